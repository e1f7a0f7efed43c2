package dev.chainloop.token.explain;

import dev.chainloop.token.controlplane.Question;
import dev.chainloop.token.controlplane.Reply;
import dev.chainloop.token.core.Audience;
import dev.chainloop.token.diagnosis.Cure;
import dev.chainloop.token.diagnosis.Diagnosis;
import dev.chainloop.token.diagnosis.Finding;
import dev.chainloop.token.diagnosis.Severity;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/** What may be asked when the server itself answered so about the token here: {@code ask} knows more. */
final class Asked extends Facts {
    private static final Pattern SEPARATOR = Pattern.compile("[.+-]");

    private final Reply reply;
    private final Optional<String> version;

    /**
     * The facts about an answer.
     *
     * @param text the words that identified the message in it
     * @param name what the message names; hostile
     * @param version the server's version
     */
    Asked(Diagnosis diagnosis, String text, Optional<String> name, Reply reply, Optional<String> version) {
        super(diagnosis, text, name, Testimony.NONE);
        this.reply = reply;
        this.version = version;
    }

    boolean hasExpiry() {
        return inspection.time("exp").isPresent();
    }

    boolean isFederated() {
        return inspection.kind().equals(Optional.of(Audience.GENERIC));
    }

    /** Whether a federated token was sent with the only kind of call that takes one. */
    boolean isFederatedForAttestation() {
        return isFederated() && reply.question() == Question.GET_CONTRACT;
    }

    /** Whether it has expired, and the server is too old to say so. */
    boolean isExpiredUntold() {
        return isExpired() && !tellsExpiry();
    }

    /** Whether the token's own expiry is no reason: the server would have said so. */
    boolean isNotForExpiry() {
        return !isExpired() && tellsExpiry() && !namesProvider();
    }

    /** Whether the server reports an expired token as such in every call: since v1.101.0. */
    private boolean tellsExpiry() {
        if (version.isEmpty() || !version.get().startsWith("v")) {
            return false;
        }
        String[] numbers = SEPARATOR.split(version.get().substring(1), -1);
        try {
            int major = Integer.parseInt(numbers[0]);
            return major > 1 || (major == 1 && numbers.length > 1 && Integer.parseInt(numbers[1]) >= 101);
        } catch (NumberFormatException e) {
            return false;
        }
    }

    Cure renewal() {
        return Cure.renewal(inspection.kind());
    }

    Cure errorsOrRenewal() {
        return errorsOr(renewal());
    }

    Cure errorsOrControlPlane() {
        return errorsOr(Cure.CHECK_CONTROL_PLANE);
    }

    Cure errorsOrEnrollment() {
        return errorsOr(Cure.ENROLL);
    }

    /** The cure of the worst error in the token, which explains the refusal; another one if there is none. */
    private Cure errorsOr(Cure other) {
        return diagnosis.findings().stream()
                .filter(finding -> finding.severity() == Severity.ERROR)
                .map(Finding::cure)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(other);
    }
}
