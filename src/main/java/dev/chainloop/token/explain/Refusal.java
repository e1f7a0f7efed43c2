package dev.chainloop.token.explain;

import dev.chainloop.token.diagnosis.Cure;
import dev.chainloop.token.diagnosis.Diagnosis;
import dev.chainloop.token.diagnosis.Finding;
import dev.chainloop.token.diagnosis.Inspection;
import dev.chainloop.token.explain.Cause.Weight;
import java.util.ArrayList;
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
     * @param exact whether the CLI is known to tell one refusal from another: since v1.89.7 (#2945)
     * @param tellsExpiry whether the server is known to report each expired token as such: since v1.101.0
     * @return empty when it holds no known message, or the first one does not judge the token
     */
    public static Optional<Refusal> of(Diagnosis diagnosis, String text, boolean exact, boolean tellsExpiry) {
        for (MessageMatch match : MessageSearch.findAll(text)) {
            if (match.message().layer() != Layer.PROGRESS) {
                KnownMessage message = match.message();
                // A whole token was sent, so something on the way has lost it, or answers in the server's place.
                boolean lost = message == KnownMessage.TOKEN_MISSING || message == KnownMessage.LINE_END_IN_TOKEN;
                return message.layer().isOfToken() && !lost
                        ? Optional.of(new Refusal(match.title(), causes(diagnosis, message, exact, tellsExpiry)))
                        : Optional.empty();
            }
        }
        return Optional.empty();
    }

    private static List<Cause> causes(Diagnosis diagnosis, KnownMessage message, boolean exact, boolean tellsExpiry) {
        Inspection inspection = diagnosis.inspection();
        Row row = message.row(inspection.kind().orElse(null));
        Weight sure = exact ? Weight.CERTAIN : Weight.NOT_VISIBLE;
        boolean ends = inspection.time("exp").isPresent();
        boolean expired = inspection.expired().orElse(false);
        Cure renewal = Cure.renewal(inspection.kind());
        List<Cause> causes = new ArrayList<>();
        switch (message) {
            case TOKEN_EXPIRED -> causes.add(expired(expired || (exact && !ends), renewal, exact));
            case TOKEN_INVALID, INVALID_AUDIENCE ->
                causes.add(new Cause(
                        sure,
                        row.meaning(),
                        diagnosis.firstError().map(Finding::cure).orElse(renewal)));
            case SIGNATURE_INVALID, ISSUER_NOT_FOUND, NO_PROVIDER -> {
                boolean certain = message == KnownMessage.SIGNATURE_INVALID && !(expired && !tellsExpiry);
                causes.add(new Cause(
                        certain ? sure : Weight.NOT_VISIBLE,
                        certain
                                ? "It was not signed with this control plane's secret: it comes from another installation, or"
                                        + " the secret has changed since."
                                : KnownMessage.secret(),
                        diagnosis.firstError().map(Finding::cure).orElse(Cure.CHECK_CONTROL_PLANE)));
                if (ends && !tellsExpiry) {
                    // An expiry that is seen here is the first suspect.
                    causes.add(
                            expired ? 0 : 1,
                            new Cause(
                                    Weight.NOT_VISIBLE,
                                    "Whether it has expired by the server's clock: servers before v1.101.0 can report that"
                                            + " in these words.",
                                    expired ? renewal : null));
                } else if (ends && !expired) {
                    causes.add(new Cause(Weight.RULED_OUT, "expiry: this server reports that differently", null));
                }
            }
            default -> causes.add(new Cause(sure, row.meaning(), row.cure()));
        }
        if (message.layer() == Layer.AUTHORIZATION && exact) {
            causes.add(new Cause(Weight.RULED_OUT, "a wrong secret: the server accepted the signature", null));
        }
        return causes;
    }

    private static Cause expired(boolean expired, Cure renewal, boolean exact) {
        if (expired) {
            return new Cause(
                    exact ? Weight.CERTAIN : Weight.NOT_VISIBLE, "The server says that it has expired.", renewal);
        }
        return exact
                ? new Cause(
                        Weight.CERTAIN,
                        "By the server's clock it has expired or is not valid yet; by this machine's it is in time. One of"
                                + " the two clocks is wrong.",
                        Cure.SET_CLOCK)
                : new Cause(
                        Weight.NOT_VISIBLE,
                        "It was refused for another reason: Chainloop CLIs before v1.89.7 report every refusal as an"
                                + " expiry, and it has not expired by this machine's clock.",
                        Cure.UPDATE_CLI);
    }
}
