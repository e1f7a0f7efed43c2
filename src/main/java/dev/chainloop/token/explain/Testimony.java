package dev.chainloop.token.explain;

import dev.chainloop.token.diagnosis.Diagnosis;
import dev.chainloop.token.diagnosis.Evidence;
import dev.chainloop.token.diagnosis.Inspection;
import dev.chainloop.token.diagnosis.Inspector;
import dev.chainloop.token.diagnosis.Status;
import dev.chainloop.token.source.Look;
import dev.chainloop.token.source.SourceKind;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a text says about the command whose message is in it.
 *
 * @param sent which token it sent
 * @param age how old its CLI is
 * @param config the config file that it read; hostile
 * @param continues whether it goes on with an attestation that another command began
 * @param remoteState whether attestations in the text are begun with {@code --remote-state}
 */
public record Testimony(Optional<Sent> sent, Age age, Optional<String> config, boolean continues, boolean remoteState) {
    /** A text that says nothing of it. */
    public static final Testimony NONE = new Testimony(Optional.empty(), Age.UNKNOWN, Optional.empty(), false, false);

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
        return new Testimony(sent, age, newConfig, continues, remoteState);
    }

    /** What a line adds; a command that shows where the value of its {@code --token} comes from says more. */
    Testimony with(LogLine line) {
        boolean known = line == LogLine.TOKEN_GIVEN && sent.isPresent();
        return new Testimony(
                known ? sent : Optional.ofNullable(line.sent).or(() -> sent),
                line.age == Age.UNKNOWN ? age : line.age,
                config,
                continues,
                remoteState);
    }

    /** Whether the CLI sent the login although the variable was set. */
    boolean ignoresVariable() {
        return age == Age.OLD && sent.equals(Optional.of(Sent.LOGIN));
    }

    /** Whether the token was given by {@code --token}, and so can be seen nowhere here. */
    boolean isGiven() {
        return sent.equals(Optional.of(Sent.OPTION));
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
