package dev.chainloop.token.explain;

import dev.chainloop.token.diagnosis.Diagnosis;
import java.util.List;
import java.util.Optional;

/**
 * What a known message means for the very token that was sent, which leaves less open than a message by itself.
 *
 * @param title the message in short; hostile where it ends in a name
 * @param causes the surest first
 */
public record Refusal(String title, List<Cause> causes) {
    /**
     * Explains what the CLI printed when it was refused.
     *
     * @param tellsRefusals whether the CLI is known to tell one refusal from another: since v1.89.7 (#2945)
     * @param tellsExpiry whether the server is known to report each expired token as such: since v1.101.0
     * @return empty when it holds no known message, or the first one does not judge the token
     */
    public static Optional<Refusal> of(Diagnosis diagnosis, String text, boolean tellsRefusals, boolean tellsExpiry) {
        for (MessageMatch match : MessageSearch.findAll(text)) {
            if (match.message().layer() != Layer.PROGRESS) {
                KnownMessage message = match.message();
                // A whole token was sent, so something on the way has lost it, or answers in the server's place.
                boolean lost = message == KnownMessage.TOKEN_MISSING || message == KnownMessage.LINE_END_IN_TOKEN;
                return message.layer().isOfToken() && !lost
                        ? Optional.of(new Refusal(
                                match.title(), Weighing.ofSent(diagnosis, match, tellsRefusals, tellsExpiry)))
                        : Optional.empty();
            }
        }
        return Optional.empty();
    }
}
