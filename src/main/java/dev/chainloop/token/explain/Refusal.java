package dev.chainloop.token.explain;

import dev.chainloop.token.controlplane.Question;
import dev.chainloop.token.controlplane.Reply;
import dev.chainloop.token.diagnosis.Cure;
import dev.chainloop.token.diagnosis.Diagnosis;
import dev.chainloop.token.explain.Cause.Weight;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the server's own answer means, by the row of its message. It is about this very token, so it leaves little open. */
final class Refusal {
    private final Diagnosis diagnosis;
    private final Reply reply;
    private final Optional<String> version;
    private final Optional<MessageMatch> match;

    Refusal(Diagnosis diagnosis, Reply reply, Optional<String> version) {
        this.diagnosis = diagnosis;
        this.version = version;
        // The operator's own authorizer can say anything.
        boolean operators = reply.reason().equals(Optional.of("operation_denied"));
        Optional<MessageMatch> said = operators ? Optional.empty() : find(reply.message());
        this.match = said.or(() -> find(reply.reason().orElse("")));
        this.reply = said.map(MessageMatch::title).map(reply::inWords).orElse(reply);
    }

    /** The known message about a token; any other failure of the server is not a refusal. */
    private static Optional<MessageMatch> find(String words) {
        return MessageSearch.findAll(words).stream()
                .filter(match -> !match.message().isForeign())
                .findFirst();
    }

    /** The answer; a known text is replaced by its title, an operator's own text is kept. */
    Reply reply() {
        return reply;
    }

    /** Whether the server has judged the token; if not, it failed. */
    boolean isJudgment() {
        return match.isPresent() || reply.code() == Reply.UNAUTHENTICATED || reply.code() == Reply.PERMISSION_DENIED;
    }

    /** The causes, the surest first; none when the server has not judged the token. */
    List<Cause> causes() {
        if (match.isPresent()) {
            return causes(match.get());
        }
        return isJudgment()
                ? List.of(new Cause(
                        Weight.CERTAIN,
                        "The control plane refuses it with a message that is not known here.",
                        Cure.ASK_ADMINISTRATOR))
                : List.of();
    }

    private List<Cause> causes(MessageMatch known) {
        Row row = known.message().row();
        Asked asked = new Asked(diagnosis, known.text(), known.name(), reply, version);
        List<Cause> causes = new ArrayList<>();
        causes.add(row.meaningFor(asked));
        causes.add(Cause.ruledOut("a different token: the one shown here was refused"));
        if (row.isGenuine()) {
            causes.add(Cause.ruledOut("a wrong secret: the server accepted the signature"));
        }
        if (row.notForExpiry && asked.isNotForExpiry()) {
            causes.add(Cause.ruledOut("expiry: this server reports that differently"));
        }
        return causes;
    }

    /** Whether it says that the token has expired. */
    boolean isExpiry() {
        return match.filter(one -> one.message() == KnownMessage.TOKEN_EXPIRED).isPresent();
    }

    /** Whether it refuses attestations only, and only for lack of rights. */
    boolean isOfAttestationRights() {
        return reply.question() == Question.GET_CONTRACT
                && causes().stream().map(Cause::cure).anyMatch(Refusal::isOfRights);
    }

    private static boolean isOfRights(@Nullable Cure cure) {
        return cure == Cure.ASK_FOR_ROLE
                || cure == Cure.ASK_FOR_RIGHTS
                || cure == Cure.JOIN_ORGANIZATION
                || cure == Cure.CHOOSE_ORGANIZATION;
    }
}
