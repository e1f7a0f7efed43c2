package dev.chainloop.token.diagnosis;

import dev.chainloop.token.core.ApiToken;
import dev.chainloop.token.core.Audience;
import dev.chainloop.token.source.ConfigReading;
import dev.chainloop.token.source.Look;
import dev.chainloop.token.source.Origin;
import dev.chainloop.token.source.SourceKind;
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
        return inspection.status() == Status.NONE
                ? new Finding(
                        Rule.NO_TOKEN,
                        "There is no token to send" + culprit() + ".",
                        "Run `chainloop auth login`, or set $CHAINLOOP_TOKEN to an API token.")
                : null;
    }

    /** The source that ended the search without a token, else the one that a pipeline would use. */
    private String culprit() {
        Optional<Look> deciding = evidence.search().deciding();
        if (deciding.isPresent() && deciding.get() instanceof Look.Blank blank) {
            return ": " + nameOf(blank.origin()) + " is " + blank.why();
        }
        for (Look look : evidence.search().looked()) {
            if (look instanceof Look.Absent absent && absent.origin().kind() == SourceKind.ENVIRONMENT) {
                return ": " + nameOf(absent.origin()) + " is " + absent.why();
            }
        }
        return "";
    }

    @Nullable
    Finding shadowed() {
        Optional<Look.Found> used = evidence.search().found();
        if (used.isEmpty()) {
            return null;
        }
        List<String> others = new ArrayList<>();
        boolean config = false;
        for (Look look : evidence.search().looked()) {
            if (look instanceof Look.Found other
                    && !other.secret().equals(used.get().secret())) {
                others.add(nameOf(other.origin()) + " (" + describe(other) + ")");
                config |= other.origin().kind() == SourceKind.CONFIG;
            }
        }
        if (others.isEmpty()) {
            return null;
        }
        String order = config && used.get().origin().kind() == SourceKind.ENVIRONMENT
                ? " The Chainloop CLI does so since v1.100.10; from v0.181.0 on the config file had won, except for"
                        + " attestation commands."
                : "";
        return new Finding(
                Rule.SHADOWED,
                capitalized(nameOf(used.get().origin())) + " (" + describe(used.get())
                        + ") wins over a different token in " + String.join(" and in ", others) + "." + order,
                "Remove the one that is not meant, or name the source with --source.");
    }

    private String describe(Look.Found found) {
        Inspection other = Inspector.inspect(found, inspection.at(), true);
        if (other.fingerprint().isEmpty()) {
            return "not a JWT";
        }
        String kind = other.token().isPresent() ? other.token().get().audience().kind() : "unrecognized";
        return kind + ", " + other.fingerprint().get();
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
                capitalized(nameOf(first.origin())) + ", which is not needed here, cannot be used: " + first.why()
                        + ".",
                first.remedy());
    }

    @Nullable
    Finding userTokenInCi() {
        boolean kept = isFrom(SourceKind.ENVIRONMENT) || isFrom(SourceKind.CONFIG);
        if (evidence.ci().isEmpty() || !kept || !isKind(Audience.USER)) {
            return null;
        }
        return new Finding(
                Rule.USER_TOKEN_IN_CI,
                "This is a person's token, and it is used in "
                        + evidence.ci().get().title() + ": it acts for that person, and ends within days.",
                Remedies.FIRST_API_TOKEN);
    }

    @Nullable
    Finding apiTokenAsLogin() {
        if (!isFrom(SourceKind.CONFIG) || inspection.token().isEmpty() || isKind(Audience.USER)) {
            return null;
        }
        return new Finding(
                Rule.API_TOKEN_AS_LOGIN,
                "The config file holds a token of kind "
                        + inspection.token().get().audience().kind()
                        + ", where a login puts a user's; the Chainloop CLI calls it a user's all the same.",
                "To work as yourself, run `chainloop auth login`; to use this token, set $CHAINLOOP_TOKEN.");
    }

    @Nullable
    Finding organizationMismatch() {
        if (inspection.token().isEmpty()
                || !(inspection.token().get() instanceof ApiToken api)
                || !(evidence.search().config() instanceof ConfigReading.Read config)) {
            return null;
        }
        Optional<String> own = api.organization().name();
        String configured = config.organization().orElse("");
        if (own.isEmpty() || configured.isEmpty() || own.get().equalsIgnoreCase(configured)) {
            return null;
        }
        return new Finding(
                Rule.ORGANIZATION_MISMATCH,
                "It is for the organization " + own.get() + ", but the config file works in " + configured + ".",
                "Use a token of that organization, or run `chainloop organization set --name "
                        + (isPlainName(own.get()) ? own.get() : "NAME") + "`.");
    }

    @Nullable
    Finding configReadableByOthers() {
        return isFrom(SourceKind.CONFIG) && evidence.configOpen()
                ? new Finding(
                        Rule.CONFIG_READABLE_BY_OTHERS,
                        "Every user of this machine can read the file that holds this token.",
                        "Run `chmod 600 " + evidence.configWord() + "`.")
                : null;
    }

    @Nullable
    Finding configMidWrite() {
        if (!(evidence.search().config() instanceof ConfigReading.Read read)) {
            return null;
        }
        return switch (read.tear()) {
            case NONE, STILL_CUT_OFF -> null;
            case AT_FIRST ->
                new Finding(
                        Rule.CONFIG_MID_WRITE,
                        "The config file was empty or cut off at first, and whole a moment later: another chainloop command"
                                + " was writing it. Such a command can also put an older token back over a fresh login"
                                + " (Chainloop #2812).",
                        "Let other chainloop commands end before a login.");
            case STILL_EMPTY ->
                new Finding(
                        Rule.CONFIG_MID_WRITE,
                        "The config file is empty: another chainloop command is writing it just now, or one was stopped"
                                + " while it wrote, and a login in it is lost (Chainloop #2812).",
                        "Let other chainloop commands end; if it stays empty, run `chainloop auth login`.");
        };
    }

    @Nullable
    Finding cleaned() {
        Optional<Look.Found> used = evidence.search().found();
        if (used.isEmpty() || used.get().removed().isEmpty()) {
            return null;
        }
        return new Finding(
                Rule.CLEANED,
                "Taken off here: " + String.join(", ", used.get().removed())
                        + ". The Chainloop CLI sends the value as it is, and the server refuses it.",
                "Put the bare token there, with nothing around it.");
    }

    private boolean isFrom(SourceKind kind) {
        return inspection.origin().isPresent() && inspection.origin().get().kind() == kind;
    }

    private boolean isKind(Audience audience) {
        return inspection.token().isPresent() && inspection.token().get().audience() == audience;
    }

    /** Whether a name is one that Chainloop allows, which a shell takes as it is; anything else is hostile. */
    private static boolean isPlainName(String name) {
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if ((c < 'a' || c > 'z') && (c < '0' || c > '9') && (c != '-' || i == 0)) {
                return false;
            }
        }
        return true;
    }

    private static String nameOf(Origin origin) {
        return origin.kind().noun(origin);
    }

    private static String capitalized(String text) {
        return Character.toUpperCase(text.charAt(0)) + text.substring(1);
    }
}
