package dev.chainloop.token.diagnosis;

import dev.chainloop.token.core.ApiToken;
import dev.chainloop.token.core.Audience;
import dev.chainloop.token.source.ConfigReading;
import dev.chainloop.token.source.FoundToken;
import dev.chainloop.token.source.Looked;
import dev.chainloop.token.source.Lookup;
import dev.chainloop.token.source.Origin;
import dev.chainloop.token.source.SourceKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The rules about where a token came from, and what else is there. */
final class SourceRules {
    private final Situation situation;
    private final Inspection inspection;

    SourceRules(Situation situation) {
        this.situation = situation;
        this.inspection = situation.inspection();
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
        Optional<Looked> deciding = situation.search().deciding();
        if (deciding.isPresent() && deciding.get().lookup() instanceof Lookup.Blank blank) {
            return ": " + nameOf(deciding.get().origin()) + " is " + blank.why();
        }
        for (Looked looked : situation.search().looked()) {
            if (looked.origin().kind() == SourceKind.ENVIRONMENT && looked.lookup() instanceof Lookup.Absent absent) {
                return ": " + nameOf(looked.origin()) + " is " + absent.why();
            }
        }
        return "";
    }

    @Nullable
    Finding shadowed() {
        Optional<FoundToken> used = used();
        if (used.isEmpty()) {
            return null;
        }
        List<String> others = new ArrayList<>();
        boolean config = false;
        for (Looked looked : situation.search().looked()) {
            if (looked.lookup() instanceof Lookup.Found other
                    && !other.token().secret().equals(used.get().secret())) {
                others.add(nameOf(other.token().origin()) + " (" + describe(other.token()) + ")");
                config |= looked.origin().kind() == SourceKind.CONFIG;
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

    private String describe(FoundToken found) {
        Inspection other = Inspection.of(found, inspection.at());
        if (other.fingerprint().isEmpty()) {
            return "not a JWT";
        }
        String kind = other.token().isPresent() ? other.token().get().audience().kind() : "unrecognized";
        return kind + ", " + other.fingerprint().get();
    }

    @Nullable
    Finding sourceUnreadable() {
        List<Looked> unreadable = situation.search().unreadableBehind();
        if (unreadable.isEmpty() || !(unreadable.get(0).lookup() instanceof Lookup.Unreadable first)) {
            return null;
        }
        return new Finding(
                Rule.SOURCE_UNREADABLE,
                capitalized(nameOf(unreadable.get(0).origin())) + ", which is not needed here, cannot be used: "
                        + first.why() + ".",
                first.next());
    }

    @Nullable
    Finding userTokenInCi() {
        boolean kept = isFrom(SourceKind.ENVIRONMENT) || isFrom(SourceKind.CONFIG);
        if (situation.ci().isEmpty() || !kept || !isKind(Audience.USER)) {
            return null;
        }
        return new Finding(
                Rule.USER_TOKEN_IN_CI,
                "This is a person's token, and it is used in "
                        + situation.ci().get().title() + ": it acts for that person, and ends within days.",
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
                || !(situation.search().config() instanceof ConfigReading.Read config)) {
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
        return isFrom(SourceKind.CONFIG) && situation.configOpen()
                ? new Finding(
                        Rule.CONFIG_READABLE_BY_OTHERS,
                        "Every user of this machine can read the file that holds this token.",
                        "Run `chmod 600 " + situation.configWord() + "`.")
                : null;
    }

    @Nullable
    Finding configMidWrite() {
        if (!(situation.search().config() instanceof ConfigReading.Read read)) {
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
        Optional<FoundToken> used = used();
        if (used.isEmpty() || used.get().removed().isEmpty()) {
            return null;
        }
        return new Finding(
                Rule.CLEANED,
                "Taken off here: " + String.join(", ", used.get().removed())
                        + ". The Chainloop CLI sends the value as it is, and the server refuses it.",
                "Put the bare token there, with nothing around it.");
    }

    private Optional<FoundToken> used() {
        Optional<Looked> deciding = situation.search().deciding();
        return deciding.isPresent() && deciding.get().lookup() instanceof Lookup.Found found
                ? Optional.of(found.token())
                : Optional.empty();
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
        return switch (origin.kind()) {
            case ARGUMENT -> "the argument";
            case STDIN -> "stdin";
            case ENVIRONMENT, GITLAB -> "$" + origin.name();
            case CONFIG -> "the config file";
        };
    }

    private static String capitalized(String text) {
        return Character.toUpperCase(text.charAt(0)) + text.substring(1);
    }
}
