package dev.chainloop.token.diagnosis;

import dev.chainloop.token.core.ApiToken;
import dev.chainloop.token.core.Audience;
import dev.chainloop.token.core.Form;
import dev.chainloop.token.source.ConfigReading;
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
import org.jspecify.annotations.Nullable;

/** The rules about where a token came from, and what else is there. */
final class SourceRules {
    private final Evidence evidence;
    private final Inspection inspection;

    SourceRules(Evidence evidence) {
        this.evidence = evidence;
        this.inspection = evidence.inspection();
    }

    @Nullable
    Finding noToken() {
        if (inspection.status() != Status.NONE) {
            return null;
        }
        return evidence.isMinted()
                ? new Finding(
                        Rule.NO_TOKEN,
                        Severity.INFO,
                        "No stored token; attestation commands would use a federated one here.",
                        null)
                : new Finding(Rule.NO_TOKEN, "There is no token to send" + culprit() + ".", getting());
    }

    /** What is missing here: the reason for it comes first. */
    private Cure getting() {
        if (evidence.search().asked() && evidence.surroundings().variableSet()) {
            return Cure.LIST_SOURCES;
        }
        if (evidence.search().config() instanceof ConfigReading.Read read && read.empty()) {
            return Cure.WAIT_FOR_WRITER;
        }
        if (evidence.search().deciding().filter(Look.Blank.class::isInstance).isPresent()) {
            return Cure.UNSET_BLANK;
        }
        Surroundings here = evidence.surroundings();
        // Into a container the file was mounted on purpose.
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

    /** Only for a variable that wins over the config file: a user who names a token means that one. */
    @Nullable
    Finding shadowed() {
        Optional<Look.Found> used = evidence.search().found();
        if (used.isEmpty() || used.get().origin().kind() != SourceKind.ENVIRONMENT) {
            return null;
        }
        return evidence.search().looked(SourceKind.CONFIG).orElse(null) instanceof Look.Found other
                        && !other.secret().equals(used.get().secret())
                ? new Finding(
                        Rule.SHADOWED,
                        TokenRules.capitalized(nameOf(used.get().origin())) + " (" + describe(used.get())
                                + ") wins over a different token in " + nameOf(other.origin()) + " (" + describe(other)
                                + ").",
                        Cure.CHOOSE_TOKEN)
                : null;
    }

    /** Tokens in variables that neither the CLI nor this tool reads. */
    @Nullable
    Finding tokenElsewhere() {
        if (isExplicit()) {
            return null;
        }
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
        if (strays.isEmpty()) {
            return null;
        }
        return new Finding(
                Rule.TOKEN_ELSEWHERE,
                Severity.INFO,
                TokenRules.capitalized(String.join(", ", strays)) + "; the Chainloop CLI reads $CHAINLOOP_TOKEN"
                        + (federated ? ", and in a GitLab job $GITLAB_OIDC." : "."),
                Cure.SET_VARIABLE);
    }

    /** Config files that the CLI does not read, although a user may think so. */
    @Nullable
    Finding configElsewhere() {
        if (isExplicit() || evidence.otherConfigs().isEmpty()) {
            return null;
        }
        List<String> paths = new ArrayList<>();
        for (Path other : evidence.otherConfigs()) {
            paths.add(shownPath(other.toString()));
        }
        boolean one = paths.size() == 1;
        return new Finding(
                Rule.CONFIG_ELSEWHERE,
                String.join(" and ", paths) + (one ? " is there, but " : " are there, but ") + whyNotRead(),
                Cure.READ_OTHER_CONFIG);
    }

    /** A path for a person; under sudo the home folder is not the reader's. */
    private String shownPath(String path) {
        Surroundings here = evidence.surroundings();
        boolean whole = here.sudo().isPresent() && !here.redacted();
        return whole ? path : ShellWord.shortened(path, here.home());
    }

    private String whyNotRead() {
        return evidence.surroundings().sudo().isPresent()
                ? "you are root: `sudo` reads root's config file."
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

    @Nullable
    Finding sourceUnreadable() {
        List<Look.Unreadable> unreadable = evidence.search().unreadableBehind();
        if (unreadable.isEmpty()) {
            return null;
        }
        Look.Unreadable first = unreadable.get(0);
        return new Finding(
                Rule.SOURCE_UNREADABLE,
                TokenRules.capitalized(nameOf(first.origin())) + " cannot be used: " + first.why()
                        + ". This token does not come from it, but the Chainloop CLI reads that file first, and stops"
                        + " when it cannot.",
                Cure.of(first.obstacle()));
    }

    @Nullable
    Finding userTokenInCi() {
        boolean kept = inspection.isFrom(SourceKind.ENVIRONMENT) || inspection.isFrom(SourceKind.CONFIG);
        Place place = evidence.surroundings().place();
        if (!place.isCi() || !kept || !inspection.isKind(Audience.USER)) {
            return null;
        }
        return new Finding(
                Rule.USER_TOKEN_IN_CI,
                "This is a person's token, used in "
                        + place.title()
                        + ": it acts for that person, and expires within days.",
                Cure.CREATE_API_TOKEN);
    }

    @Nullable
    Finding apiTokenAsLogin() {
        if (!inspection.isFrom(SourceKind.CONFIG) || inspection.token() == null || inspection.isKind(Audience.USER)) {
            return null;
        }
        return new Finding(
                Rule.API_TOKEN_AS_LOGIN,
                "The config file holds a token of kind "
                        + inspection.token().audience().word()
                        + ", where a login stores a user token; the Chainloop CLI still reports it as one.",
                Cure.MOVE_TO_VARIABLE);
    }

    @Nullable
    Finding organizationMismatch() {
        if (!(inspection.token() instanceof ApiToken api)
                || !(evidence.search().config() instanceof ConfigReading.Read config)) {
            return null;
        }
        Optional<String> own = api.organization().name();
        String configured = config.organization().orElse("");
        if (own.isEmpty() || configured.isEmpty() || own.get().equals(configured)) {
            return null;
        }
        return new Finding(
                Rule.ORGANIZATION_MISMATCH,
                "It is for the organization " + own.get() + ", but the config file works in "
                        + (Form.isLabel(configured) ? configured : "another")
                        + ". With an API token the server ignores the latter: commands work in " + own.get() + ".",
                Cure.USE_OWN_ORGANIZATION);
    }

    @Nullable
    Finding configReadableByOthers() {
        return inspection.isFrom(SourceKind.CONFIG) && evidence.configOpen()
                ? new Finding(
                        Rule.CONFIG_READABLE_BY_OTHERS,
                        "Every user of this machine can read the file that holds this token.",
                        Cure.CLOSE_CONFIG)
                : null;
    }

    /** A login is sent to another control plane than the one beside it in the file. */
    @Nullable
    Finding loginElsewhere() {
        if (!inspection.isFrom(SourceKind.CONFIG)
                || !(evidence.search().config() instanceof ConfigReading.Read config)) {
            return null;
        }
        Optional<String> own = config.controlPlane().api();
        Optional<Host> host = evidence.search().host();
        return own.isEmpty() || host.isEmpty() || own.get().equals(host.get().address())
                ? null
                : new Finding(
                        Rule.LOGIN_ELSEWHERE,
                        host.get().from() + " (" + host.get().address()
                                + ") wins over the control plane in the config file ("
                                + new Host(own.get(), "").address()
                                + "), for which this login was made.",
                        Cure.CHECK_CONTROL_PLANE);
    }

    /** Only where a token would be sent: before that, the lack of one is in the way. */
    @Nullable
    Finding configNotMade() {
        return evidence.search().config() == ConfigReading.UNMAKEABLE
                        && !isExplicit()
                        && inspection.status() != Status.NONE
                ? new Finding(
                        Rule.CONFIG_NOT_MADE,
                        "The Chainloop CLI cannot make its config file here ("
                                + shownPath(evidence.search()
                                        .looked(SourceKind.CONFIG)
                                        .orElseThrow()
                                        .origin()
                                        .name())
                                + "), and stops with a panic before it sends the token.",
                        Cure.OWN_CONFIG)
                : null;
    }

    @Nullable
    Finding configMidWrite() {
        return evidence.search().config() instanceof ConfigReading.Read read && read.empty()
                ? new Finding(
                        Rule.CONFIG_MID_WRITE,
                        "The config file is empty: another chainloop command is writing it right now, or one was"
                                + " interrupted while writing, and any login in it is lost (Chainloop #2812).",
                        Cure.WAIT_FOR_WRITER)
                : null;
    }

    /** Only for a variable or the config file, whose value the CLI sends unchanged. */
    @Nullable
    Finding cleaned() {
        Optional<Look.Found> used = evidence.search().found();
        if (used.isEmpty() || used.get().origin().kind().naming() == SourceKind.Naming.WORD) {
            return null;
        }
        List<String> removed = used.get().removed();
        if (used.get().lineEnd()) {
            return new Finding(
                    Rule.CLEANED,
                    TokenRules.capitalized(nameOf(used.get().origin())) + " ends in a newline"
                            + (removed.isEmpty() ? "" : " and has more around the token: " + String.join(", ", removed))
                            + ". The Chainloop CLI sends it too, and fails with PROTOCOL_ERROR before the server"
                            + " sees the token.",
                    Cure.SEND_NO_LINE_END);
        }
        return removed.isEmpty()
                ? null
                : new Finding(
                        Rule.CLEANED,
                        "The value holds more than the token: " + String.join(", ", removed)
                                + ". The Chainloop CLI sends all of it, and the server refuses it.",
                        Cure.STORE_BARE);
    }

    private static String nameOf(Origin origin) {
        return origin.kind().noun(origin);
    }
}
