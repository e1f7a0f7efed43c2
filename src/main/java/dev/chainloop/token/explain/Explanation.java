package dev.chainloop.token.explain;

import dev.chainloop.token.advice.Demand;
import dev.chainloop.token.advice.Plan;
import dev.chainloop.token.advice.Situation;
import dev.chainloop.token.diagnosis.Cure;
import dev.chainloop.token.diagnosis.Diagnosis;
import dev.chainloop.token.diagnosis.Evidence;
import dev.chainloop.token.explain.Cause.Weight;
import dev.chainloop.token.source.Place;
import dev.chainloop.token.source.SourceKind;
import dev.chainloop.token.source.Surroundings;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What a message means for the token that may have caused it.
 *
 * @param match the message
 * @param causes its possible causes, the surest first
 * @param plan what to do, where the message arose
 * @param further other messages in the same text
 */
public record Explanation(MessageMatch match, List<Cause> causes, Optional<Plan> plan, List<MessageMatch> further) {
    /**
     * Explains the first of some messages.
     *
     * @param diagnosis the token here that would have been sent
     * @param arose the place where the message arose, as far as its text tells
     * @param matches at least one
     */
    public static Explanation of(Diagnosis diagnosis, Optional<Place> arose, List<MessageMatch> matches) {
        MessageMatch match = matches.get(0);
        Evidence evidence = diagnosis.evidence();
        Place here = evidence.surroundings().place();
        boolean elsewhere = arose.isPresent() && arose.get() != here;
        // A login stays on one machine; a token in a variable, or one that was named, may have been sent from there.
        boolean login = diagnosis.inspection().isFrom(SourceKind.CONFIG)
                && !evidence.search().asked();
        Weighing weighing = new Weighing(diagnosis, match);
        if (elsewhere && (login || diagnosis.inspection().decoded() == null)) {
            weighing.weighWithoutToken(arose.get());
        } else {
            weighing.weigh();
        }
        List<Cause> causes = weighing.causes();
        List<Cure> cures = cures(weighing, causes, arose.isPresent());
        if (elsewhere && weighing.hasToken()) {
            String sentence = "Whether the token here is the one that was sent from "
                    + arose.get().title() + ".";
            causes.add(new Cause(Weight.NOT_VISIBLE, sentence, null));
            causes.sort(Comparator.comparing(Cause::weight));
        }
        // A message about the login itself comes from the person who logs in.
        boolean away = weighing.isOther() && !here.isCi() && weighing.row.cure != Cure.LOG_IN;
        Place place = arose.orElse(away ? Place.ELSEWHERE : here);
        Surroundings there = evidence.surroundings().naming(place).ofPlan();
        Situation situation = !weighing.isOther()
                ? new Situation(evidence, there, Demand.like(diagnosis.inspection()), false)
                : place == here
                        ? Situation.here(evidence.withoutTokens(), Demand.ANY)
                        : new Situation(evidence.withoutTokens(), there, Demand.ANY, false);
        return new Explanation(match, causes, Plan.of(situation, cures), matches.subList(1, matches.size()));
    }

    /** The cures of the certain causes, else of the others; the message's own cure where those have none. */
    private static List<Cure> cures(Weighing weighing, List<Cause> causes, boolean arose) {
        Row row = weighing.row;
        List<Cure> cures = new ArrayList<>();
        boolean certain = weighing.isCertain();
        causes.stream()
                .filter(cause -> cause.weight() == Weight.CERTAIN
                        || (!certain && cause.weight() != Weight.RULED_OUT)
                        || (weighing.isOther() && cause.weight() == Weight.NOT_VISIBLE))
                .map(Cause::cure)
                .filter(Objects::nonNull)
                .forEach(cures::add);
        if (row.cure != null && cures.stream().allMatch(cure -> cure == Cure.LOOK_THERE)) {
            cures.add(row.cure);
        }
        if (arose && row.cure != null) {
            // The place is known, and so is what helps there.
            cures.remove(Cure.LOOK_THERE);
        }
        boolean guess = !certain
                && !row.isGenuine()
                && weighing.hasToken()
                && causes.stream().anyMatch(cause -> cause.weight() == Weight.NOT_VISIBLE);
        if (guess) {
            // A replaced token gets revoked, which a mere guess does not justify.
            cures.removeIf(Cure::getsToken);
            if (cures.isEmpty()) {
                cures.add(Cure.ASK_SERVER);
            }
        }
        return cures;
    }
}
