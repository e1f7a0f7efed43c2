package dev.chainloop.token.diagnosis;

import dev.chainloop.token.core.Audience;
import dev.chainloop.token.core.Form;
import dev.chainloop.token.core.Spans;
import dev.chainloop.token.core.Token;
import dev.chainloop.token.source.Authority;
import dev.chainloop.token.source.ConfigReading;
import dev.chainloop.token.source.Environment;
import dev.chainloop.token.source.Host;
import dev.chainloop.token.source.Look;
import dev.chainloop.token.source.Origin;
import dev.chainloop.token.source.OtherConfig;
import dev.chainloop.token.source.Place;
import dev.chainloop.token.source.SourceKind;
import dev.chainloop.token.source.Surroundings;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The rules about where a token comes from, and what else is there. */
final class SourceRules {
    private final Evidence evidence;
    private final Inspection inspection;
    private final List<Finding> findings;

    SourceRules(Evidence evidence, List<Finding> findings) {
        this.evidence = evidence;
        this.inspection = evidence.inspection();
        this.findings = findings;
    }

    void noToken() {
        if (evidence.isMinted()) {
            String message =
                    "No token is stored here; attestation commands request a federated one, for a repository that is"
                            + " enrolled. Other commands need a stored token.";
            findings.add(new Finding(Rule.NO_TOKEN, Severity.INFO, message, null));
        } else if (inspection.status() == Status.NONE) {
            findings.add(new Finding(Rule.NO_TOKEN, "There is no token to send" + evidence.whyNone() + ".", getting()));
        }
    }

    /** What would get a token here; what explains the lack of one comes first. */
    private Cure getting() {
        if (evidence.isStdinEmpty()) {
            return Cure.RUN_PRODUCER;
        }
        if (evidence.search().asked() && evidence.surroundings().variableSet()) {
            return Cure.LIST_SOURCES;
        }
        ConfigReading config = evidence.search().config();
        if (config.empty()) {
            return afterTruncation(config);
        }
        if (evidence.search().deciding().filter(Look.Blank.class::isInstance).isPresent()) {
            return Cure.UNSET_BLANK;
        }
        if (config.misplaced().isPresent()) {
            return Cure.MOVE_TO_AUTH;
        }
        Surroundings here = evidence.surroundings();
        if (here.partialGrant().isPresent()) {
            return Cure.HAND_IN;
        }
        // Who mounts a file into a container does it on purpose.
        boolean login = here.place().isAttended() || here.place() == Place.POD || here.place() == Place.CONTAINER;
        boolean named =
                evidence.otherConfigToRead().filter(OtherConfig::relative).isPresent();
        if (here.sudo().isPresent()
                || named
                || (login && evidence.otherConfigToRead().isPresent())) {
            return Cure.READ_OTHER_CONFIG;
        }
        return !here.place().isAttended() ? Cure.HAND_IN : here.homeUnknown() ? Cure.SET_HOME : Cure.GET_TOKEN;
    }

    /** Only for a variable that wins over the config file; a user who names a token means that one. */
    void shadowed() {
        Optional<Look.Found> used = evidence.search().found();
        if (used.isPresent()
                && used.get().origin().kind() == SourceKind.ENVIRONMENT
                && evidence.search().looked(SourceKind.CONFIG).orElse(null) instanceof Look.Found other
                && !other.secret().equals(used.get().secret())) {
            findings.add(new Finding(
                    Rule.SHADOWED,
                    isWorthHaving(other, used.get()) ? Severity.WARNING : Severity.INFO,
                    TokenRules.capitalized(nameOf(used.get().origin())) + " (" + describe(used.get())
                            + ") wins over a different token in " + nameOf(other.origin()) + " (" + describe(other)
                            + ended(other) + ").",
                    Cure.CHOOSE_TOKEN));
        }
    }

    /** Whether the ignored token can do what the one in use cannot: it has not ended, and is not of the same person. */
    private boolean isWorthHaving(Look.Found ignored, Look.Found used) {
        Inspection behind = evidence.seen().inspection(ignored);
        @Nullable Token own = evidence.seen().inspection(used).token();
        boolean ended = behind.expired().orElse(false);
        boolean usedEnded = inspection.expired().orElse(false);
        boolean same = own != null
                && behind.token() != null
                && own.audience() == behind.token().audience()
                && own.id().equals(behind.token().id());
        return !ended && (!same || usedEnded);
    }

    /** Tokens in variables that neither the CLI nor this tool reads. */
    void tokenElsewhere() {
        List<String> strays = new ArrayList<>();
        boolean federated = false;
        boolean usable = false;
        for (Look.Found stray : evidence.strays()) {
            Inspection other = evidence.seen().inspection(stray);
            boolean same = stray.secret()
                    .equals(evidence.search().found().map(Look.Found::secret).orElse(""));
            if (other.token() != null && !same) {
                Audience kind = other.token().audience();
                federated |= !kind.isIssuedByChainloop();
                usable |= !evidence.isDead(stray);
                strays.add(nameOf(stray.origin())
                        + (stray.origin().isNamedFile()
                                ? " names a file with "
                                : stray.origin().isMounted() ? " is a file with " : " holds ")
                        + kind.one()
                        + endedBrackets(stray));
            }
        }
        if (!isExplicit() && !strays.isEmpty()) {
            findings.add(new Finding(
                    Rule.TOKEN_ELSEWHERE,
                    Severity.INFO,
                    TokenRules.capitalized(String.join(", ", strays)) + "; the Chainloop CLI reads $CHAINLOOP_TOKEN"
                            + (federated ? ", and in a GitLab job $GITLAB_OIDC." : "."),
                    usable ? Cure.SET_VARIABLE : null));
        }
    }

    /** Config files that the CLI does not read, although a user may think so. */
    void configElsewhere() {
        if (isExplicit()) {
            return;
        }
        if (evidence.surroundings().configHomeIgnored() && evidence.isOfOwnConfig()) {
            findings.add(relativeConfigHome());
        }
        List<String> paths = new ArrayList<>();
        boolean toRead = false;
        for (OtherConfig other : evidence.otherConfigs()) {
            if (!other.relative()) {
                paths.add(shownPath(other.path().toString()) + ended(other));
                toRead |= evidence.isWorthReading(other);
            }
        }
        if (!paths.isEmpty()) {
            boolean one = paths.size() == 1;
            findings.add(new Finding(
                    Rule.CONFIG_ELSEWHERE,
                    // A token that is used needs no other, and a file without one that works is no loss.
                    toRead && inspection.status() == Status.NONE ? Severity.WARNING : Severity.INFO,
                    String.join(" and ", paths) + (one ? " exists, but " : " exist, but ") + whyNotRead(),
                    toRead ? Cure.READ_OTHER_CONFIG : null));
        }
    }

    /** The folder is named only if the file is there: the variable may hold anything. */
    private Finding relativeConfigHome() {
        Surroundings here = evidence.surroundings();
        Optional<OtherConfig> meant =
                evidence.otherConfigs().stream().filter(OtherConfig::relative).findFirst();
        boolean toRead = meant.filter(evidence::isWorthReading).isPresent();
        String read = here.config()
                .map(file -> "; its config file is " + shownPath(file.toString()))
                .orElse("");
        String there = meant.map(file -> ", not " + (here.redacted() ? "that" : file.path()) + ended(file))
                .orElse("");
        String without = toRead
                ? ""
                : here.place().isAttended()
                        ? " Without the variable it is the same, so remove it."
                        : " Where the variable is set, make it absolute, or remove it.";
        return new Finding(
                Rule.CONFIG_ELSEWHERE,
                // A token in a variable needs no config file.
                toRead && !inspection.isFrom(SourceKind.ENVIRONMENT) ? Severity.WARNING : Severity.INFO,
                "The Chainloop CLI ignores $XDG_CONFIG_HOME, which is not absolute" + read + there + "." + without,
                toRead ? Cure.READ_OTHER_CONFIG : null);
    }

    private String ended(OtherConfig other) {
        String ended = other.look() instanceof Look.Found found ? ended(found) : "";
        return ended.isEmpty() ? "" : " (its token " + ended.substring(2) + ")";
    }

    private String endedBrackets(Look.Found found) {
        String ended = ended(found);
        return ended.isEmpty() ? "" : " (" + ended.substring(2) + ")";
    }

    /** A path for a person, whole under sudo, where the home folder is not the reader's. */
    private String shownPath(String path) {
        Surroundings here = evidence.surroundings();
        boolean whole = here.sudo().isPresent() && !here.redacted();
        return whole ? path : Environment.shortened(path, here.home());
    }

    private String whyNotRead() {
        return evidence.surroundings().sudo().isPresent()
                ? "under `sudo` " + evidence.surroundings().user() + "'s config file is read."
                : (evidence.surroundings().configHome()
                                ? "because of $XDG_CONFIG_HOME"
                                : evidence.surroundings().homeUnknown() ? "without $HOME" : "here")
                        + " the config file is read from "
                        + evidence.search()
                                .looked(SourceKind.CONFIG)
                                .map(look -> shownPath(look.origin().name()))
                                .orElse("elsewhere")
                        + ".";
    }

    private boolean isExplicit() {
        return evidence.search().asked() || inspection.isGiven();
    }

    private String describe(Look.Found found) {
        Inspection other = evidence.seen().inspection(found);
        if (other.fingerprint() == null) {
            return "not a JWT";
        }
        String kind = other.token() != null ? other.token().audience().word() : "unrecognized";
        return kind + ", " + other.fingerprint() + evidence.justWritten(found.origin());
    }

    private String ended(Look.Found found) {
        Inspection other = evidence.seen().inspection(found);
        return other.expired().orElse(false)
                ? ", expired " + Spans.distance(other.at(), other.time("exp").orElseThrow())
                : "";
    }

    void sourceUnreadable() {
        List<Look.Unreadable> unreadable = evidence.search().unreadableBehind();
        if (!unreadable.isEmpty()) {
            Look.Unreadable first = unreadable.get(0);
            findings.add(new Finding(
                    Rule.SOURCE_UNREADABLE,
                    TokenRules.capitalized(nameOf(first.origin())) + " cannot be used: " + first.why()
                            + ". This token does not come from it, but the Chainloop CLI reads that file first, and stops"
                            + " when it cannot.",
                    Cure.of(first.obstacle())));
        }
    }

    void userTokenInCi() {
        boolean kept = inspection.isFrom(SourceKind.ENVIRONMENT) || inspection.isFrom(SourceKind.CONFIG);
        if (kept && inspection.isPersonal() && !evidence.surroundings().isStartedByPerson()) {
            findings.add(new Finding(
                    Rule.USER_TOKEN_IN_CI,
                    "A person's token is used in "
                            + evidence.surroundings().place().title()
                            + ". It acts in that person's name, and nobody is there to log in again when it ends.",
                    Cure.CREATE_API_TOKEN));
        }
    }

    void apiTokenAsLogin() {
        if (inspection.isFrom(SourceKind.CONFIG) && inspection.token() != null && !inspection.isPersonal()) {
            findings.add(new Finding(
                    Rule.API_TOKEN_AS_LOGIN,
                    "The config file holds a token of kind "
                            + inspection.token().audience().word()
                            + ", where a login stores a user token; the Chainloop CLI still calls it a user token.",
                    Cure.MOVE_TO_VARIABLE));
        }
    }

    void organizationMismatch() {
        Optional<String> own =
                inspection.token() != null ? inspection.token().organization().name() : Optional.empty();
        String configured = evidence.search().config().organization().orElse("");
        if (own.isPresent() && !configured.isEmpty() && !own.get().equals(configured)) {
            findings.add(new Finding(
                    Rule.ORGANIZATION_MISMATCH,
                    "It is for the organization " + Form.quoted(own.get()) + ", but the config file names "
                            + (Form.isLabel(configured) ? Form.quoted(configured) : "another")
                            + ". With an API token the server ignores that, so commands work in "
                            + Form.quoted(own.get()) + ".",
                    Cure.USE_OWN_ORGANIZATION));
        }
    }

    void configReadableByOthers() {
        if (inspection.isFrom(SourceKind.CONFIG) && evidence.configOpen()) {
            String message = "Every user of this machine can read the file that holds this token.";
            findings.add(new Finding(Rule.CONFIG_READABLE_BY_OTHERS, message, Cure.CLOSE_CONFIG));
        }
    }

    /** A login is not sent to the control plane that stands beside it in the file. */
    void loginElsewhere() {
        Optional<String> own = evidence.search().config().controlPlane().api();
        Optional<Host> host = evidence.search().host();
        if (inspection.isFrom(SourceKind.CONFIG)
                && own.isPresent()
                && host.isPresent()
                && !new Host(own.get(), "").address().equals(host.get().address())) {
            findings.add(new Finding(
                    Rule.LOGIN_ELSEWHERE,
                    host.get().from() + " (" + host.get().address()
                            + ") wins over the control plane in the config file ("
                            + new Host(own.get(), "").address()
                            + "), for which this login was made.",
                    Cure.CHECK_CONTROL_PLANE));
        }
    }

    /** The CLI dials HOST:PORT and nothing else. */
    void addressUnusable() {
        Optional<Host> host = evidence.search().host();
        Optional<Host.Mistake> mistake = host.isPresent() ? host.get().mistake() : Optional.empty();
        if (!isExplicit() && mistake.isPresent()) {
            findings.add(new Finding(
                    Rule.ADDRESS_UNUSABLE,
                    (host.get().from().startsWith("$") ? "" : "The config file's ")
                            + host.get().from() + " is \""
                            + mistake.get().written()
                            + "\". The Chainloop CLI dials only HOST:PORT, as in \""
                            + mistake.get().meant() + "\", so no command reaches the control plane.",
                    Cure.CHECK_ADDRESS));
        }
    }

    /** A token that was given need not be for the control plane of this place. */
    void authorityUnreadable() {
        Optional<Authority> authority =
                evidence.surroundings().authority(evidence.search().config());
        if (!isExplicit() && authority.isPresent() && !authority.get().isReadable()) {
            findings.add(new Finding(
                    Rule.AUTHORITY_UNREADABLE,
                    TokenRules.capitalized(authority.get().from())
                            + " has no certificate that can be read; it must be the path of a PEM file"
                            + " (BEGIN CERTIFICATE), its text, or its text in base64.",
                    Cure.TRUST_AUTHORITY));
        }
    }

    void configNotMade() {
        if (evidence.search().config() == ConfigReading.Missing.UNMAKEABLE && !isExplicit()) {
            findings.add(new Finding(
                    Rule.CONFIG_NOT_MADE,
                    "The Chainloop CLI cannot create its config file here ("
                            + shownPath(evidence.search()
                                    .looked(SourceKind.CONFIG)
                                    .orElseThrow()
                                    .origin()
                                    .name())
                            + "), and stops with a panic"
                            + (inspection.status() == Status.NONE ? "." : " before it sends the token."),
                    Cure.OWN_CONFIG));
        }
    }

    void configMidWrite() {
        ConfigReading read = evidence.search().config();
        if (read.empty()) {
            findings.add(new Finding(
                    Rule.CONFIG_MID_WRITE,
                    // A token from elsewhere is sent all the same.
                    inspection.status() == Status.NONE ? Severity.WARNING : Severity.INFO,
                    read.midWrite()
                            ? "The config file is empty: another chainloop command is writing it right now, or one was"
                                    + " interrupted while writing, and any login in it is lost (Chainloop #2812)."
                            : "The config file is empty, as after a chainloop command that was interrupted while writing"
                                    + " it: any login and address in it is lost (Chainloop #2812).",
                    afterTruncation(read)));
        }
    }

    private static Cure afterTruncation(ConfigReading empty) {
        return empty.midWrite() ? Cure.WAIT_FOR_WRITER : Cure.MEND_CONFIG;
    }

    /** Only for a variable or the config file, whose value the CLI sends unchanged. */
    void cleaned() {
        Optional<Look.Found> used = evidence.search().found();
        if (used.isEmpty() || used.get().origin().kind().naming() == SourceKind.Naming.WORD) {
            return;
        }
        String removed = String.join(", ", used.get().removed());
        Optional<String> wrapping = used.get().wrapping();
        if (wrapping.isPresent()) {
            findings.add(new Finding(
                    Rule.CLEANED,
                    TokenRules.capitalized(nameOf(used.get().origin())) + " holds " + wrapping.get()
                            + (removed.isEmpty() ? "" : " (and " + removed + ")") + ". The Chainloop CLI sends "
                            + (used.get().isThroughPath() ? "the path itself" : "all of it")
                            + ", and the server refuses it.",
                    Cure.of(used.get().extraction().orElseThrow())));
            return;
        }
        if (used.get().lineEnd()) {
            findings.add(new Finding(
                    Rule.CLEANED,
                    TokenRules.capitalized(nameOf(used.get().origin())) + " ends in a newline"
                            + (removed.isEmpty() ? "" : " and has more around the token: " + removed)
                            + ". The Chainloop CLI sends it too, and fails with PROTOCOL_ERROR before the server"
                            + " sees the token.",
                    Cure.SEND_NO_LINE_END));
        } else if (!removed.isEmpty()) {
            findings.add(new Finding(
                    Rule.CLEANED,
                    "The value holds more than the token: " + removed
                            + ". The Chainloop CLI sends all of it, and the server refuses it.",
                    Cure.STORE_BARE));
        }
    }

    private static String nameOf(Origin origin) {
        return origin.kind().noun(origin);
    }
}
