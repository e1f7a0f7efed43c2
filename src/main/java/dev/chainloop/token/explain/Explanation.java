package dev.chainloop.token.explain;

import dev.chainloop.token.advice.Demand;
import dev.chainloop.token.advice.Plan;
import dev.chainloop.token.advice.Situation;
import dev.chainloop.token.diagnosis.Cure;
import dev.chainloop.token.diagnosis.Diagnosis;
import dev.chainloop.token.diagnosis.Evidence;
import dev.chainloop.token.diagnosis.Inspector;
import dev.chainloop.token.explain.Cause.Weight;
import dev.chainloop.token.source.SourceKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a text means for the token that would be sent here.
 *
 * @param match the message; empty when none with a row is known
 * @param layer where it arises; empty when that is not known
 * @param empty whether there was no text at all
 * @param diagnosis the token that is weighed
 * @param causes what it has to do with the message, the surest first
 * @param plan what to do
 * @param further other messages in the same text
 */
public record Explanation(
        Optional<MessageMatch> match,
        Optional<Layer> layer,
        boolean empty,
        Diagnosis diagnosis,
        List<Cause> causes,
        Optional<Plan> plan,
        List<MessageMatch> further) {

    /**
     * Explains a text.
     *
     * @param here the token that would be sent here
     */
    public static Explanation of(MessageSearch search, Diagnosis here) {
        if (search.isBlank()) {
            return new Explanation(
                    Optional.empty(), Optional.empty(), true, here, List.of(), Optional.empty(), List.of());
        }
        Optional<MessageMatch> match = search.match();
        boolean ofJob = search.isOfJob()
                || match.filter(one -> one.message().isOfJob(one.text())).isPresent();
        boolean elsewhere = ofJob
                && !here.evidence().surroundings().place().isCi()
                && !here.evidence().search().asked()
                && !here.inspection().isGiven();
        Optional<SourceKind> ignored = elsewhere ? Optional.empty() : search.ignored();
        Diagnosis diagnosis = ignored.filter(here.inspection()::isFrom)
                .map(kind -> Inspector.without(here, kind))
                .orElse(here);
        if (match.isEmpty()) {
            return unknown(search.layer(), diagnosis, search.further());
        }
        KnownMessage message = match.get().message();
        boolean unseen = elsewhere && message.layer().isOfToken();
        List<Cause> causes = unseen
                ? Weighing.elsewhere(match.get(), search.showsEmptyVariable())
                : Weighing.of(diagnosis, match.get(), search.showsEmptyVariable());
        if (ignored.equals(Optional.of(SourceKind.ENVIRONMENT))) {
            causes.add(
                    0,
                    new Cause(
                            Weight.CERTAIN,
                            "The login was sent, as the text says: CLIs before v1.100.10 prefer it to $CHAINLOOP_TOKEN.",
                            Cure.UPDATE_CLI));
        }
        return new Explanation(
                match,
                Optional.of(message.layer()),
                false,
                diagnosis,
                causes,
                unseen ? there(message, diagnosis) : plan(message, causes, diagnosis),
                search.further());
    }

    /** Whether there is something to say of the text. */
    public boolean isKnown() {
        return layer.isPresent();
    }

    /** Without a message that has a row: the layer, if a sign of gRPC, Go or the command line's library tells it. */
    private static Explanation unknown(Optional<Layer> layer, Diagnosis diagnosis, List<MessageMatch> further) {
        boolean ofToken = layer.filter(Layer::isOfToken).isPresent();
        List<Cause> causes = layer.isEmpty() || ofToken || layer.get() == Layer.PROGRESS
                ? List.of()
                : List.of(
                        new Cause(Weight.RULED_OUT, "the token: " + layer.get().reason(), null));
        Optional<Plan> plan = layer.isEmpty() || ofToken ? Plan.of(diagnosis) : Optional.empty();
        boolean asks = plan.isEmpty() && ofToken && diagnosis.inspection().decoded() != null;
        return new Explanation(
                Optional.empty(),
                layer,
                false,
                diagnosis,
                causes,
                asks ? plan(List.of(Cure.ASK_SERVER), diagnosis) : plan,
                further);
    }

    /** The cures of what is certain, else of the rest, else the message's own; a guess alone replaces no token. */
    private static Optional<Plan> plan(KnownMessage message, List<Cause> causes, Diagnosis diagnosis) {
        Row row = message.row(diagnosis.inspection().matched().orElse(null));
        boolean certain = causes.stream().anyMatch(cause -> cause.weight() == Weight.CERTAIN);
        List<Cure> cures = new ArrayList<>();
        for (Cause cause : causes) {
            if (cause.cure() != null && (!certain || cause.weight() == Weight.CERTAIN)) {
                cures.add(cause.cure());
            }
        }
        if (cures.contains(Cure.UPDATE_CLI)) {
            cures = List.of(Cure.UPDATE_CLI); // Another token would not be sent, either.
        } else if (cures.contains(Cure.LOOK_THERE)) {
            cures = List.of(Cure.LOOK_THERE);
        } else if (cures.isEmpty()) {
            boolean guess = !certain
                    && row.layer() == Layer.AUTHENTICATION
                    && row.cure().getsToken();
            cures = List.of(guess ? Cure.ASK_SERVER : row.cure());
        }
        return plan(cures, diagnosis);
    }

    /** For a job's message that is read elsewhere: it is explained there, unless the user names the place. */
    private static Optional<Plan> there(KnownMessage message, Diagnosis diagnosis) {
        Evidence evidence = diagnosis.evidence();
        boolean named = evidence.surroundings().ofPlan().place()
                != evidence.surroundings().place();
        return named
                ? Plan.of(
                        Situation.ofMessage(evidence, Demand.ANY),
                        List.of(message.row(null).cure()))
                : Plan.of(Situation.elsewhere(evidence), List.of(Cure.LOOK_THERE));
    }

    private static Optional<Plan> plan(List<Cure> cures, Diagnosis diagnosis) {
        return Plan.of(Situation.ofMessage(diagnosis.evidence(), Demand.like(diagnosis.inspection())), cures);
    }
}
