package dev.chainloop.token.explain;

import dev.chainloop.token.diagnosis.Cure;
import dev.chainloop.token.diagnosis.Diagnosis;
import dev.chainloop.token.diagnosis.Finding;
import dev.chainloop.token.diagnosis.Inspection;
import dev.chainloop.token.diagnosis.Severity;
import dev.chainloop.token.explain.Cause.Weight;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a known message means for the very token that was sent, which leaves less open than a message by itself.
 *
 * @param title the message in short; hostile where it ends in a name
 * @param meaning what it means for any token
 * @param judges whether it is a judgment of the token; if not, the command failed for another reason
 * @param causes of a judgment, the surest first; of anything else one, with its cure
 */
public record Refusal(String title, String meaning, boolean judges, List<Cause> causes) {
    /**
     * Explains what the CLI printed when it was refused.
     *
     * @param exact whether the CLI is known to tell one refusal from another: since v1.89.7 (#2945)
     * @param tellsExpiry whether the server is known to report each expired token as such: since v1.101.0
     * @return empty when it holds no known message
     */
    public static Optional<Refusal> of(Diagnosis diagnosis, String text, boolean exact, boolean tellsExpiry) {
        for (MessageMatch match : MessageSearch.findAll(text)) {
            if (match.message().layer() != Layer.PROGRESS) {
                Row row = match.message().row(diagnosis.inspection().kind().orElse(null));
                boolean judges = judges(match.message());
                List<Cause> causes = judges
                        ? new Weigher(diagnosis, match.message(), row, exact, tellsExpiry).causes()
                        : List.of(new Cause(exact ? Weight.CERTAIN : Weight.NOT_VISIBLE, row.meaning(), row.cure()));
                return Optional.of(new Refusal(match.title(), match.meaning(), judges, causes));
            }
        }
        return Optional.empty();
    }

    private static boolean judges(KnownMessage message) {
        return switch (message) {
            // A whole token was sent, so something on the way has lost it, or answers in the server's place.
            case TOKEN_MISSING, LINE_END_IN_TOKEN -> false;
            default -> message.layer().isOfToken();
        };
    }

    private record Weigher(Diagnosis diagnosis, KnownMessage message, Row row, boolean exact, boolean tellsExpiry) {
        List<Cause> causes() {
            Inspection inspection = diagnosis.inspection();
            boolean expired = inspection.expired().orElse(false);
            Cure renewal = Cure.renewal(inspection.kind());
            List<Cause> causes = new ArrayList<>();
            switch (message) {
                case TOKEN_EXPIRED -> causes.add(expired(expired, renewal));
                case TOKEN_INVALID, INVALID_AUDIENCE -> causes.add(said(row.meaning(), error().orElse(renewal)));
                case SIGNATURE_INVALID, ISSUER_NOT_FOUND, NO_PROVIDER -> {
                    if (expired && !tellsExpiry) {
                        causes.add(new Cause(
                                Weight.NOT_VISIBLE,
                                "It has expired, which servers before v1.101.0 can report in these words.",
                                renewal));
                    }
                    causes.add(secret(expired));
                    if (!expired && inspection.time("exp").isPresent()) {
                        causes.add(
                                tellsExpiry
                                        ? new Cause(
                                                Weight.RULED_OUT, "expiry: this server reports that differently", null)
                                        : new Cause(
                                                Weight.NOT_VISIBLE,
                                                "Whether it has expired by the server's clock: servers before v1.101.0 can"
                                                        + " report that in these words.",
                                                null));
                    }
                }
                default -> causes.add(said(row.meaning(), row.cure()));
            }
            if (row.layer() == Layer.AUTHORIZATION && exact) {
                causes.add(new Cause(Weight.RULED_OUT, "a wrong secret: the server accepted the signature", null));
            }
            return causes;
        }

        /** A cause that the message itself names. */
        private Cause said(String sentence, @Nullable Cure cure) {
            return new Cause(exact ? Weight.CERTAIN : Weight.NOT_VISIBLE, sentence, cure);
        }

        private Cause expired(boolean expired, Cure renewal) {
            if (expired) {
                return said("It has expired by the server's clock.", renewal);
            }
            if (!exact) {
                return new Cause(
                        Weight.NOT_VISIBLE,
                        "It was refused for another reason: Chainloop CLIs before v1.89.7 report every refusal as an"
                                + " expiry, and it has not expired by this machine's clock.",
                        Cure.UPDATE_CLI);
            }
            boolean ends = diagnosis.inspection().time("exp").isPresent();
            return ends
                    ? said(
                            "By the server's clock it has expired or is not valid yet; by this machine's it is in time."
                                    + " One of the two clocks is wrong.",
                            Cure.SET_CLOCK)
                    : said(
                            "The server says that it has expired, although it has no expiry, so the real reason is a"
                                    + " different one.",
                            renewal);
        }

        private Cause secret(boolean expired) {
            String sentence =
                    "It was not signed with this control plane's secret: it comes from another installation, or"
                            + " the secret has changed since.";
            Cure cure = error().orElse(Cure.CHECK_CONTROL_PLANE);
            boolean certain = message == KnownMessage.SIGNATURE_INVALID && !(expired && !tellsExpiry);
            return certain ? said(sentence, cure) : new Cause(Weight.NOT_VISIBLE, sentence, cure);
        }

        /** The cure of the worst finding, which explains the refusal. */
        private Optional<Cure> error() {
            for (Finding finding : diagnosis.findings()) {
                if (finding.severity() == Severity.ERROR && finding.cure() != null) {
                    return Optional.of(finding.cure());
                }
            }
            return Optional.empty();
        }
    }
}
