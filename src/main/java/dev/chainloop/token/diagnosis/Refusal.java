package dev.chainloop.token.diagnosis;

import dev.chainloop.token.controlplane.Reply;
import dev.chainloop.token.core.Audience;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What the server's answer means when it is known to be about this very token, so that nothing is left open. The first
 * row that fits counts. Texts and reasons are those of the control plane's own code.
 */
enum Refusal {
    NOT_ALLOWED(
            true,
            "Your user is not on the control plane's allow-list.",
            advice -> "Ask the administrator of the control plane to add you to it; a new token will not help.",
            KnownMessage.ALLOW_LIST),
    SUSPENDED(
            true,
            "The organization is suspended.",
            advice -> "Ask the administrator of the control plane; a new token will not help.",
            "suspended"),
    NO_MEMBERSHIP(
            true,
            "Your user is in no organization.",
            advice -> "Ask to be invited, or create an organization; a new token will not help.",
            KnownMessage.NO_ORGANIZATION),
    NOT_A_MEMBER(
            true,
            "Your user is not in the organization that was named, or no organization has that name.",
            advice -> "See which there are with `chainloop organization list`, and choose one with `chainloop"
                    + " organization set --name NAME`.",
            KnownMessage.OTHER_ORGANIZATION),
    REVOKED(
            true,
            "The API token was revoked: by someone, or by the server because it was not used for a long time.",
            Advice::afterRevocation,
            "api token revoked"),
    NO_SUCH_TOKEN(
            true,
            "The signature is right, but the server has no such API token on record: it was deleted, or belongs to"
                    + " another database.",
            Advice::afterRevocation,
            "token not found"),
    ROBOT_REVOKED(
            true,
            "The robot account was revoked or deleted; robot accounts no longer exist.",
            advice -> "Use an API token. " + advice.firstApiToken(),
            "robot account revoked",
            "robot account not found"),
    NO_SUCH_USER(
            true, "The signature is right, but the account is gone.", Advice::newAccount, KnownMessage.USER_NOT_FOUND),
    EXPIRED(true, "It has expired by the server's clock.", Advice::renewal, KnownMessage.EXPIRED),
    UNREADABLE(
            false,
            "The server cannot read it: it is damaged, unsigned, or has something around it.",
            Advice::renewal,
            KnownMessage.INVALID),
    FEDERATION_DOWN(
            false,
            "The server could not reach the verifier of federated tokens, which checks every token that its own"
                    + " providers do not recognize; this says nothing about the token.",
            advice -> "Try again later, or tell the administrator of the control plane.",
            KnownMessage.FEDERATION_UNREACHABLE),
    FOREIGN_AUDIENCE(
            true,
            "The signature is right, but this call does not accept the token's audience.",
            Advice::renewal,
            KnownMessage.AUDIENCE),
    NOT_ENROLLED(
            false,
            "The CI provider or the repository is not enrolled with the organization.",
            advice -> "Enroll the repository with the organization, or use an API token.",
            "issuer not found: http"),
    OTHER_SECRET(
            false,
            "It was signed with another secret than this control plane's: another installation issued it, or the"
                    + " secret has been changed since.",
            Advice::otherInstallation,
            "fail to parse jwt token",
            "failed to parse authentication token",
            "signature is invalid",
            "issuer not found: cp.chainloop",
            "no issuers configured");

    static final String VERY_ONE = "A different token was sent: this very one was refused.";

    private final boolean genuine;
    private final String meaning;

    @SuppressWarnings("ImmutableEnumChecker") // It has no state.
    private final Cure cure;

    @SuppressWarnings("ImmutableEnumChecker") // List.of makes lists that cannot be changed.
    private final List<String> texts;

    /** What to do about a refusal here. */
    @FunctionalInterface
    private interface Cure {
        /** A sentence. */
        String by(Advice advice);
    }

    Refusal(boolean genuine, String meaning, Cure cure, KnownMessage message) {
        this(genuine, meaning, cure, message.texts().toArray(new String[0]));
    }

    /** A refusal with only some texts of a known message, or a text of its own. */
    Refusal(boolean genuine, String meaning, Cure cure, String... texts) {
        this.genuine = genuine;
        this.meaning = meaning;
        this.cure = cure;
        this.texts = List.of(texts);
    }

    /** The refusal in a reply; empty when the server's message is not known. */
    static Optional<Refusal> of(Reply reply) {
        String words = reply.message().toLowerCase(Locale.ROOT);
        for (Refusal refusal : values()) {
            if (refusal.fits(words, reply.reason())) {
                return Optional.of(refusal);
            }
        }
        return Optional.empty();
    }

    /** Whether the person lacks a membership, which other commands may do without. */
    boolean isOfRights() {
        return this == NO_MEMBERSHIP || this == NOT_A_MEMBER;
    }

    /** Whether the server's message, in lower case, or its reason means this. */
    private boolean fits(String words, Optional<String> reason) {
        for (String text : texts) {
            if (words.contains(text.toLowerCase(Locale.ROOT)) || reason.equals(Optional.of(text))) {
                return true;
            }
        }
        return false;
    }

    /** What applies to this token and what does not, the most certain first. */
    List<Cause> causes(Reply reply, Inspection inspection, Optional<String> version) {
        List<Cause> causes = new ArrayList<>();
        causes.add(new Cause(Cause.Weight.CERTAIN, meaning(reply, inspection, version)));
        causes.add(new Cause(Cause.Weight.RULED_OUT, VERY_ONE));
        if (genuine) {
            causes.add(new Cause(
                    Cause.Weight.RULED_OUT, "It was signed with another secret: the server knew the signature."));
        }
        if (this == OTHER_SECRET
                && tellsExpiry(version)
                && !inspection.expired().orElse(false)) {
            causes.add(new Cause(
                    Cause.Weight.RULED_OUT, "It has expired: this server version reports that in other words."));
        }
        return causes;
    }

    /** What to do. */
    String remedy(Reply reply, Diagnosis diagnosis, Optional<String> version) {
        Inspection inspection = diagnosis.inspection();
        Advice advice = new Advice(diagnosis.evidence());
        if (this == OTHER_SECRET && isFederated(inspection)) {
            return "Use an API token, or ask the administrator of the control plane to accept federated tokens.";
        }
        if (this == OTHER_SECRET && isExpiry(reply, inspection, version)) {
            return advice.renewal();
        }
        if (this == UNREADABLE || this == FOREIGN_AUDIENCE || this == OTHER_SECRET) {
            for (Finding finding : diagnosis.findings()) {
                if (finding.severity() == Severity.ERROR) {
                    return finding.remedy();
                }
            }
        }
        return cure.by(advice);
    }

    private String meaning(Reply reply, Inspection inspection, Optional<String> version) {
        if (this == EXPIRED && inspection.time("exp").isEmpty()) {
            return "The server says that it has expired, although it has no expiry: it refuses the token for another"
                    + " reason.";
        }
        if (this != OTHER_SECRET) {
            return meaning;
        }
        if (isFederated(inspection)) {
            return "This control plane accepts no federated tokens.";
        }
        if (isExpiry(reply, inspection, version)) {
            return "It has expired; servers before v1.101.0 report it in these words.";
        }
        // The federated provider is the last one, so its message also covers what the others refused for another
        // reason.
        return inspection.token() == null && isIssuer(reply)
                ? "The server does not know its audience, or it was signed with another secret."
                : meaning;
    }

    private static boolean isFederated(Inspection inspection) {
        return inspection.isKind(Audience.GENERIC);
    }

    private static boolean isIssuer(Reply reply) {
        return reply.message().contains("issuer not found");
    }

    private static boolean isExpiry(Reply reply, Inspection inspection, Optional<String> version) {
        return isIssuer(reply) && inspection.expired().orElse(false) && !tellsExpiry(version);
    }

    /** Whether the server reports an expired token as such in every call: since v1.101.0. */
    private static boolean tellsExpiry(Optional<String> version) {
        if (version.isEmpty() || !version.get().startsWith("v")) {
            return false;
        }
        String[] numbers = version.get().substring(1).split("[.+-]", -1);
        try {
            int major = Integer.parseInt(numbers[0]);
            return major > 1 || (major == 1 && numbers.length > 1 && Integer.parseInt(numbers[1]) >= 101);
        } catch (NumberFormatException e) {
            return false;
        }
    }
}
