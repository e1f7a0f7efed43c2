package dev.chainloop.token.explain;

import dev.chainloop.token.controlplane.Question;
import dev.chainloop.token.controlplane.Reply;
import dev.chainloop.token.core.Audience;
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

/** What the server's own answer means. It is about this very token, so it leaves little open. */
final class Refusal {
    private final Diagnosis diagnosis;
    private final Inspection inspection;
    private final Reply reply;
    private final Optional<String> version;
    private final List<MessageMatch> matches;
    private final Reply known;

    Refusal(Diagnosis diagnosis, Reply reply, Optional<String> version) {
        this.diagnosis = diagnosis;
        this.inspection = diagnosis.inspection();
        this.reply = reply;
        this.version = version;
        // The operator's own authorizer can say anything.
        boolean operators = reply.reason().equals(Optional.of("operation_denied"));
        List<MessageMatch> said = operators ? List.of() : find(reply.message());
        this.matches = said.isEmpty() ? find(reply.reason().orElse("")) : said;
        this.known = said.isEmpty() ? reply : reply.inWords(said.get(0).title());
    }

    /** The known messages about a token; any other failure of the server is not a refusal. */
    private static List<MessageMatch> find(String words) {
        return MessageSearch.findAll(words).stream()
                .filter(match -> match.message().layer().isOfToken())
                .toList();
    }

    /** The answer; a known text is replaced by its title, an operator's own text is kept. */
    Reply reply() {
        return known;
    }

    /** The causes, the surest first; none when the server's message is not known. */
    List<Cause> causes() {
        if (matches.isEmpty()) {
            return List.of();
        }
        MessageMatch match = matches.get(0);
        List<Cause> causes = new ArrayList<>();
        causes.add(certain(match));
        causes.add(new Cause(Weight.RULED_OUT, "a different token: the one shown here was refused", null));
        if (match.message().layer() == Layer.AUTHORIZATION) {
            causes.add(new Cause(Weight.RULED_OUT, "a wrong secret: the server accepted the signature", null));
        }
        if (isSecret(match) && tellsExpiry() && !inspection.expired().orElse(false)) {
            causes.add(new Cause(Weight.RULED_OUT, "expiry: this server reports that differently", null));
        }
        return causes;
    }

    private Cause certain(MessageMatch match) {
        Cure renewal = Cure.renewal(inspection.kind());
        return switch (match.message()) {
            case TOKEN_EXPIRED ->
                new Cause(
                        Weight.CERTAIN,
                        inspection.time("exp").isPresent()
                                ? "It has expired by the server's clock."
                                : "The server says that it has expired, although it has no expiry, so the real reason"
                                        + " is a different one.",
                        renewal);
            case TOKEN_INVALID, INVALID_AUDIENCE ->
                new Cause(Weight.CERTAIN, match.message().meaning(), error().orElse(renewal));
            case ISSUER_NOT_FOUND, NO_PROVIDER, SIGNATURE_INVALID -> notRecognized(match);
            default -> {
                Row row = match.message().row(inspection.kind().orElse(null));
                yield new Cause(Weight.CERTAIN, row.meaning(), row.cure());
            }
        };
    }

    /** All of the server's checks rejected it. */
    private Cause notRecognized(MessageMatch match) {
        boolean url = match.name().orElse("").startsWith("http");
        if (url) {
            return new Cause(
                    Weight.CERTAIN,
                    "The CI provider or the repository is not enrolled with the organization.",
                    error().orElse(Cure.ENROLL));
        }
        if (inspection.kind().equals(Optional.of(Audience.GENERIC))) {
            boolean attestation = reply.question() == Question.GET_CONTRACT;
            return new Cause(
                    Weight.CERTAIN,
                    attestation
                            ? "This control plane accepts no federated tokens."
                            : "A federated token only works for attestations, and this call does not accept one.",
                    Cure.CREATE_API_TOKEN);
        }
        if (inspection.expired().orElse(false) && !tellsExpiry() && match.message() == KnownMessage.ISSUER_NOT_FOUND) {
            return new Cause(
                    Weight.CERTAIN,
                    "It has expired; servers before v1.101.0 report that in these words.",
                    Cure.renewal(inspection.kind()));
        }
        // The federated provider is asked last, so its message also covers what the others refused for other reasons.
        boolean open = inspection.token() == null && match.message() == KnownMessage.ISSUER_NOT_FOUND;
        return new Cause(
                Weight.CERTAIN,
                open
                        ? "The server does not know its audience, or it was not signed with the server's secret."
                        : "It was not signed with this control plane's secret: it comes from another installation, or the"
                                + " secret has changed since.",
                error().orElse(Cure.CHECK_CONTROL_PLANE));
    }

    private static boolean isSecret(MessageMatch match) {
        return match.message() == KnownMessage.SIGNATURE_INVALID
                || (match.message() == KnownMessage.ISSUER_NOT_FOUND
                        && !match.name().orElse("").startsWith("http"));
    }

    /** The cure of the worst finding, which explains the refusal. */
    private Optional<Cure> error() {
        for (Finding finding : diagnosis.findings()) {
            @Nullable Cure cure = finding.cure();
            if (finding.severity() == Severity.ERROR && cure != null) {
                return Optional.of(cure);
            }
        }
        return Optional.empty();
    }

    /** Whether the server reports an expired token as such in every call: since v1.101.0. */
    private boolean tellsExpiry() {
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
