package dev.chainloop.token.diagnosis;

import dev.chainloop.token.core.ApiToken;
import dev.chainloop.token.core.Audience;
import dev.chainloop.token.core.Form;
import dev.chainloop.token.source.ConfigReading;
import dev.chainloop.token.source.Environment;
import dev.chainloop.token.source.Host;
import dev.chainloop.token.source.Look;
import dev.chainloop.token.source.Origin;
import dev.chainloop.token.source.Place;
import dev.chainloop.token.source.SourceKind;
import dev.chainloop.token.source.Surroundings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

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
            String message = "No token is stored here; attestation commands would use a federated one.";
            findings.add(new Finding(Rule.NO_TOKEN, Severity.INFO, message, null));
        } else if (inspection.status() == Status.NONE) {
            findings.add(new Finding(Rule.NO_TOKEN, "There is no token to send" + culprit() + ".", getting()));
        }
    }

    /** What would get a token here; what explains the lack of one comes first. */
    private Cure getting() {
        if (evidence.search().asked() && evidence.surroundings().variableSet()) {
            return Cure.LOOK_THERE;
        }
        if (evidence.search().config() instanceof ConfigReading.Read read && read.empty()) {
            return Cure.WAIT_FOR_WRITER;
        }
        if (evidence.search().deciding().filter(Look.Blank.class::isInstance).isPresent()) {
            return Cure.HAND_IN;
        }
        Surroundings here = evidence.surroundings();
        // Who mounts a file into a container does it on purpose.
        boolean login = here.place().isAttended() || here.place() == Place.POD || here.place() == Place.CONTAINER;
        if (here.sudo().isPresent() || (login && !evidence.otherConfigs().isEmpty())) {
            return Cure.READ_OTHER_CONFIG;
        }
        return !here.place().isAttended() ? Cure.HAND_IN : here.homeUnknown() ? Cure.SET_HOME : Cure.GET_TOKEN;
    }

    /** The source that ended the search without a token, else the one that a pipeline would use. */
    private String culprit() {
        Optional<Look> deciding = evidence.search().deciding();
        if (deciding.isPresent() && deciding.get() instanceof Look.Blank blank) {
            return ": " + nameOf(blank.origin()) + " is " + blank.why();
        }
        return evidence.search().looked(SourceKind.ENVIRONMENT).orElse(null) instanceof Look.Absent absent
                ? ": " + nameOf(absent.origin()) + " is " + absent.why()
                        + (evidence.surroundings().homeUnknown()
                                ? ", and without $HOME the CLI's config file is in /.config"
                                : evidence.surroundings().configHomeIgnored()
                                        ? ", and $XDG_CONFIG_HOME, which is not absolute, is ignored"
                                        : "")
                : "";
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
                    TokenRules.capitalized(nameOf(used.get().origin())) + " (" + describe(used.get())
                            + ") wins over a different token in " + nameOf(other.origin()) + " (" + describe(other)
                            + ").",
                    Cure.CHOOSE_TOKEN));
        }
    }

    /** Tokens in variables that neither the CLI nor this tool reads. */
    void tokenElsewhere() {
        List<String> strays = new ArrayList<>();
        boolean federated = false;
        for (Look.Found stray : evidence.strays()) {
            Inspection other = Inspection.of(stray, inspection.at());
            if (other.token() != null) {
                Audience kind = other.token().audience();
                federated |= kind == Audience.GENERIC;
                strays.add(nameOf(stray.origin()) + " holds " + kind.one());
            }
        }
        if (!isExplicit() && !strays.isEmpty()) {
            findings.add(new Finding(
                    Rule.TOKEN_ELSEWHERE,
                    Severity.INFO,
                    TokenRules.capitalized(String.join(", ", strays)) + "; the Chainloop CLI reads $CHAINLOOP_TOKEN"
                            + (federated ? ", and in a GitLab job $GITLAB_OIDC." : "."),
                    Cure.SET_VARIABLE));
        }
    }

    /** Config files that the CLI does not read, although a user may think so. */
    void configElsewhere() {
        if (!isExplicit() && !evidence.otherConfigs().isEmpty()) {
            List<String> paths = new ArrayList<>();
            for (Path other : evidence.otherConfigs()) {
                paths.add(shownPath(other.toString()));
            }
            boolean one = paths.size() == 1;
            findings.add(new Finding(
                    Rule.CONFIG_ELSEWHERE,
                    String.join(" and ", paths) + (one ? " exists, but " : " exist, but ") + whyNotRead(),
                    Cure.READ_OTHER_CONFIG));
        }
    }

    /** A path for a person, whole under sudo, where the home folder is not the reader's. */
    private String shownPath(String path) {
        Surroundings here = evidence.surroundings();
        boolean whole = here.sudo().isPresent() && !here.redacted();
        return whole ? path : Environment.shortened(path, here.home());
    }

    private String whyNotRead() {
        return evidence.surroundings().sudo().isPresent()
                ? "under `sudo` root's config file is read."
                : (evidence.surroundings().configHome()
                                ? "because of $XDG_CONFIG_HOME"
                                : evidence.surroundings().homeUnknown() ? "without $HOME" : "on this system")
                        + " the config file is read from elsewhere.";
    }

    private boolean isExplicit() {
        return evidence.search().asked() || inspection.isGiven();
    }

    private String describe(Look.Found found) {
        Inspection other = Inspection.of(found, inspection.at());
        if (other.fingerprint() == null) {
            return "not a JWT";
        }
        String kind = other.token() != null ? other.token().audience().word() : "unrecognized";
        return kind + ", " + other.fingerprint() + evidence.justWritten(found.origin());
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
        Place place = evidence.surroundings().place();
        if (place.isCi() && kept && inspection.isKind(Audience.USER)) {
            findings.add(new Finding(
                    Rule.USER_TOKEN_IN_CI,
                    "A person's token is used in "
                            + place.title()
                            + ". It acts in that person's name, and expires within days.",
                    Cure.CREATE_API_TOKEN));
        }
    }

    void apiTokenAsLogin() {
        if (inspection.isFrom(SourceKind.CONFIG) && inspection.token() != null && !inspection.isKind(Audience.USER)) {
            findings.add(new Finding(
                    Rule.API_TOKEN_AS_LOGIN,
                    "The config file holds a token of kind "
                            + inspection.token().audience().word()
                            + ", where a login stores a user token; the Chainloop CLI still calls it a user token.",
                    Cure.CHOOSE_TOKEN));
        }
    }

    void organizationMismatch() {
        Optional<String> own =
                inspection.token() instanceof ApiToken api ? api.organization().name() : Optional.empty();
        String configured = evidence.search().config() instanceof ConfigReading.Read config
                ? config.organization().orElse("")
                : "";
        if (own.isPresent() && !configured.isEmpty() && !own.get().equals(configured)) {
            findings.add(new Finding(
                    Rule.ORGANIZATION_MISMATCH,
                    "It is for the organization " + own.get() + ", but the config file names "
                            + (Form.isLabel(configured) ? configured : "another")
                            + ". With an API token the server ignores that, so commands work in " + own.get() + ".",
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
        Optional<String> own = evidence.search().config() instanceof ConfigReading.Read config
                ? config.controlPlane().api()
                : Optional.empty();
        Optional<Host> host = evidence.search().host();
        if (inspection.isFrom(SourceKind.CONFIG)
                && own.isPresent()
                && host.isPresent()
                && !own.get().equals(host.get().address())) {
            findings.add(new Finding(
                    Rule.LOGIN_ELSEWHERE,
                    host.get().from() + " (" + host.get().address()
                            + ") wins over the control plane in the config file ("
                            + new Host(own.get(), "").address()
                            + "), for which this login was made.",
                    Cure.CHECK_CONTROL_PLANE));
        }
    }

    /** Only where a token would be sent; without one, that is the first thing to mend. */
    void configNotMade() {
        if (evidence.search().config() == ConfigReading.UNMAKEABLE
                && !isExplicit()
                && inspection.status() != Status.NONE) {
            findings.add(new Finding(
                    Rule.CONFIG_NOT_MADE,
                    "The Chainloop CLI cannot create its config file here ("
                            + shownPath(evidence.search()
                                    .looked(SourceKind.CONFIG)
                                    .orElseThrow()
                                    .origin()
                                    .name())
                            + "), and stops with a panic before it sends the token.",
                    Cure.OWN_CONFIG));
        }
    }

    void configMidWrite() {
        if (evidence.search().config() instanceof ConfigReading.Read read && read.empty()) {
            findings.add(new Finding(
                    Rule.CONFIG_MID_WRITE,
                    "The config file is empty: another chainloop command is writing it right now, or one was"
                            + " interrupted while writing, and any login in it is lost (Chainloop #2812).",
                    Cure.WAIT_FOR_WRITER));
        }
    }

    /** Only for a variable or the config file, whose value the CLI sends unchanged. */
    void cleaned() {
        Optional<Look.Found> used = evidence.search().found();
        if (used.isEmpty() || used.get().origin().kind().naming() == SourceKind.Naming.WORD) {
            return;
        }
        String removed = String.join(", ", used.get().removed());
        if (used.get().lineEnd()) {
            findings.add(new Finding(
                    Rule.CLEANED,
                    TokenRules.capitalized(nameOf(used.get().origin())) + " ends in a newline"
                            + (removed.isEmpty() ? "" : " and has more around the token: " + removed)
                            + ". The Chainloop CLI sends it too, and fails with PROTOCOL_ERROR before the server"
                            + " sees the token.",
                    Cure.STORE_ALONE));
        } else if (!removed.isEmpty()) {
            findings.add(new Finding(
                    Rule.CLEANED,
                    "The value holds more than the token: " + removed
                            + ". The Chainloop CLI sends all of it, and the server refuses it.",
                    Cure.STORE_ALONE));
        }
    }

    private static String nameOf(Origin origin) {
        return origin.kind().noun(origin);
    }
}
