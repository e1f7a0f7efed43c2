package dev.chainloop.token.explain;

import dev.chainloop.token.advice.Detail;
import dev.chainloop.token.advice.Told;
import dev.chainloop.token.diagnosis.Diagnosis;
import dev.chainloop.token.diagnosis.Evidence;
import dev.chainloop.token.diagnosis.Inspection;
import dev.chainloop.token.diagnosis.Inspector;
import dev.chainloop.token.diagnosis.Status;
import dev.chainloop.token.source.Look;
import dev.chainloop.token.source.SourceKind;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What a text says about the command whose message is in it.
 *
 * @param sent which token it sent
 * @param age how old its CLI is
 * @param config the config file that it read; hostile
 * @param command the command itself
 * @param remoteState whether attestations in the text are begun with {@code --remote-state}
 * @param details what its lines tell a plan
 */
public record Testimony(
        Optional<Sent> sent,
        Age age,
        Optional<String> config,
        Shown command,
        boolean remoteState,
        Map<Detail, String> details) {
    /** A text that says nothing of it. */
    public static final Testimony NONE =
            new Testimony(Optional.empty(), Age.UNKNOWN, Optional.empty(), new Shown(0, false), false, Map.of());

    /**
     * A command as a text shows it.
     *
     * @param number how many the text has shown so far
     * @param continues whether it goes on with an attestation that another command began
     */
    record Shown(int number, boolean continues) {}

    /** The token that a command sent, by where it came from. */
    public enum Sent {
        OPTION(null, "one given by `--token`"),
        VARIABLE(SourceKind.ENVIRONMENT, "the one in $CHAINLOOP_TOKEN"),
        LOGIN(SourceKind.CONFIG, "the login in the config file"),
        REQUESTED(SourceKind.GITLAB, "a federated one from the CI system");

        private final @Nullable SourceKind kind;
        private final String phrase;

        Sent(@Nullable SourceKind kind, String phrase) {
            this.kind = kind;
            this.phrase = phrase;
        }
    }

    /** The age of a CLI, as far as its lines differ. */
    public enum Age {
        UNKNOWN,
        /** Before v1.100.10: but for attestations, a login wins over the variable. */
        OLD,
        /** Since v1.100.10. */
        CURRENT
    }

    Testimony with(Optional<String> newConfig) {
        return new Testimony(sent, age, newConfig, command, remoteState, details);
    }

    Testimony withRemoteState() {
        return new Testimony(sent, age, config, command, true, details);
    }

    Testimony with(Detail detail, String value) {
        Map<Detail, String> more = new EnumMap<>(Detail.class);
        more.putAll(details);
        more.put(detail, value);
        return new Testimony(sent, age, config, command, remoteState, more);
    }

    /** What the line of the message adds, where only that line counts. */
    Testimony withLine(String line) {
        return with(Detail::isOfMessage, line);
    }

    private Testimony with(Predicate<Detail> kind, String line) {
        Testimony all = this;
        for (Detail detail : Detail.values()) {
            Optional<String> value = kind.test(detail) ? detail.in(line) : Optional.empty();
            all = value.isPresent() ? all.with(detail, value.get()) : all;
        }
        return all;
    }

    /** What is known of a new command: what it names, that the CLI is the same, and attestations' state where it was. */
    Testimony next(String line, Optional<Sent> newSent, boolean continues) {
        Shown next = new Shown(command.number + 1, continues);
        Map<Detail, String> rest = new EnumMap<>(Detail.class);
        rest.putAll(details);
        rest.keySet().removeAll(Detail.OF_ONE_COMMAND);
        return new Testimony(newSent, age, Optional.empty(), next, remoteState, rest).with(Detail::isOfCommand, line);
    }

    /** What it tells a plan of a message that is about no project. */
    Told told() {
        return told(Optional.empty(), false, false);
    }

    /**
     * What it tells a plan.
     *
     * @param otherConfig the config file that it read, where that matters
     * @param expired whether the server says that the token has expired
     * @param ofProject whether the message is about a project
     */
    Told told(Optional<String> otherConfig, boolean expired, boolean ofProject) {
        Optional<String> project = ofProject ? Optional.of(project().orElse("")) : Optional.empty();
        return new Told(otherConfig, expired, project, isRequested(), details);
    }

    /** Whether the CLI is known not to call each refusal an expiry, as it did before v1.89.7. */
    boolean tellsReasons() {
        return age == Age.CURRENT
                || detail(Detail.VERSION)
                        .map(one -> Arrays.stream(one.replace("v", "").split("\\.", -1))
                                .mapToInt(Integer::parseInt)
                                .toArray())
                        .filter(numbers -> Arrays.compare(numbers, new int[] {1, 89, 7}) >= 0)
                        .isPresent();
    }

    /** The project that the command names, or that of the attestation where it is shown behind no prompt. */
    Optional<String> project() {
        return detail(Detail.NAMED_PROJECT)
                .or(() -> detail(Detail.PROJECT).filter(name -> command.number == 0 || command.continues));
    }

    Optional<String> workflow() {
        return detail(Detail.WORKFLOW);
    }

    private Optional<String> detail(Detail detail) {
        return Optional.ofNullable(details.get(detail));
    }

    boolean tells(Detail detail) {
        return details.containsKey(detail);
    }

    /** What a line adds; a command that shows where the value of its {@code --token} comes from says more. */
    Testimony with(LogLine line) {
        boolean known = line == LogLine.TOKEN_GIVEN && sent.isPresent();
        return new Testimony(
                known ? sent : Optional.ofNullable(line.sent).or(() -> sent),
                line.age == Age.UNKNOWN ? age : line.age,
                config,
                command,
                remoteState,
                details);
    }

    /** Whether the CLI sent the login although the variable was set. */
    boolean ignoresVariable() {
        return age == Age.OLD && sent.equals(Optional.of(Sent.LOGIN));
    }

    /** Whether an empty value of {@code --token} may have taken the word that the CLI does not know. */
    boolean mayLackOption() {
        String unknown = details.getOrDefault(Detail.UNKNOWN_WORD, "");
        boolean shownWithout = command.number > 0 && sent.isEmpty();
        boolean belowProgram = detail(Detail.UNKNOWN_COMMAND)
                .filter(text -> !text.endsWith("\"chainloop\""))
                .isPresent();
        return !unknown.startsWith("-") && !tells(Detail.UNKNOWN_OPTION) && !belowProgram && !shownWithout;
    }

    /** Whether the token was given by {@code --token}, and so can be seen nowhere here. */
    boolean isGiven() {
        return sent.equals(Optional.of(Sent.OPTION));
    }

    /** Whether what a message reports has been weighed with all else: which token was sent, or that a login is completed. */
    boolean hasUsed(KnownMessage message) {
        return (message == KnownMessage.BOTH_CREDENTIALS && age != Age.UNKNOWN)
                || (message == KnownMessage.LOGIN_PENDING && tells(Detail.LOGGED_IN));
    }

    /** Whether a token was sent: that a command names a variable does not tell whether that is empty. */
    boolean isSentForSure() {
        return sent.isPresent() && (sent.get() != Sent.VARIABLE || age == Age.CURRENT);
    }

    boolean isRequested() {
        return sent.equals(Optional.of(Sent.REQUESTED));
    }

    /** Which token was sent, a phrase; empty when the text does not say. */
    Optional<String> phrase() {
        return sent.map(one -> one.phrase);
    }

    /**
     * The token here that was sent; the one in use here where the text does not say, or where that one is not here.
     *
     * @param here the token that would be sent now
     */
    public Diagnosis sentOf(Diagnosis here) {
        @Nullable SourceKind kind = sent.map(one -> one.kind).orElse(null);
        if (kind == null || here.inspection().isGiven() || here.inspection().isFrom(kind)) {
            return here;
        }
        Diagnosis one = Inspector.only(here, kind);
        return one.inspection().status() == Status.NONE ? here : one;
    }

    /** What clears a token here: another one was sent. A token that the user gave is the one that the user means. */
    Optional<Alibi> alibi(Diagnosis diagnosis) {
        Inspection inspection = diagnosis.inspection();
        if (inspection.status() == Status.NONE || inspection.isGiven()) {
            return Optional.empty();
        }
        boolean asked = diagnosis.evidence().search().asked();
        boolean another = sent.isPresent() && (sent.get().kind == null ? !asked : !inspection.isFrom(sent.get().kind));
        if (another) {
            return Optional.of(new Alibi("the token here: the command sent " + sent.get().phrase));
        }
        return inspection.isFrom(SourceKind.CONFIG)
                ? otherConfig(diagnosis.evidence())
                        .map(file -> Alibi.because("is not in the file that the command read"))
                : Optional.empty();
    }

    /** Whether the text says that another token was sent than the one here. */
    public boolean sentAnother(Diagnosis diagnosis) {
        return alibi(diagnosis).isPresent();
    }

    /** The config file that the command read, if that is not the one that was looked at here. */
    Optional<String> otherConfig(Evidence evidence) {
        return config.filter(file -> looksAtConfig(evidence) && !isSame(file, lookedAt(evidence)));
    }

    private static boolean looksAtConfig(Evidence evidence) {
        return evidence.search().looked(SourceKind.CONFIG).isPresent()
                && !lookedAt(evidence).isEmpty();
    }

    /** The config file that was looked at; empty when none is known. */
    static String lookedAt(Evidence evidence) {
        Optional<Look> look = evidence.search().looked(SourceKind.CONFIG);
        return look.filter(one -> one instanceof Look.Found || evidence.search().asked())
                .map(one -> one.origin().name())
                .or(() -> evidence.surroundings().config().map(Path::toString))
                .orElse("");
    }

    /** Of two names for one file, only that of the file here is resolved: the other one may be of any machine. */
    private static boolean isSame(String file, String own) {
        Path path = Path.of(own);
        try {
            return file.equals(path.toAbsolutePath().normalize().toString())
                    || file.equals(path.toRealPath().toString());
        } catch (IOException e) {
            return false;
        }
    }
}
