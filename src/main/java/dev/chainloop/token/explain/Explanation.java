package dev.chainloop.token.explain;

import dev.chainloop.token.advice.Demand;
import dev.chainloop.token.advice.Leaks;
import dev.chainloop.token.advice.Plan;
import dev.chainloop.token.advice.Situation;
import dev.chainloop.token.diagnosis.Cure;
import dev.chainloop.token.diagnosis.Diagnosis;
import dev.chainloop.token.diagnosis.Evidence;
import dev.chainloop.token.explain.Cause.Weight;
import dev.chainloop.token.source.Place;
import dev.chainloop.token.source.SourceKind;
import java.util.ArrayList;
import java.util.List;
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
     * @param leaks the tokens in the text
     */
    public static Explanation of(Diagnosis diagnosis, Optional<Place> arose, List<MessageMatch> matches, Leaks leaks) {
        MessageMatch match = matches.get(0);
        Facts facts = new Facts(diagnosis, match.text(), match.name());
        Weighed weighed = weigh(match.message().row(), facts, arose, leaks);
        return new Explanation(match, weighed.causes, weighed.plan, matches.subList(1, matches.size()));
    }

    /** What follows from a row and the token here. */
    record Weighed(List<Cause> causes, Optional<Plan> plan) {}

    static Weighed weigh(Row row, Facts facts, Optional<Place> arose, Leaks leaks) {
        Diagnosis diagnosis = facts.diagnosis;
        Evidence evidence = diagnosis.evidence();
        Place here = evidence.surroundings().place();
        Optional<Place> elsewhere = arose.filter(place -> place != here);
        Weighing weighing = new Weighing(row, facts);
        if (elsewhere.isPresent() && !canBeSentFromElsewhere(diagnosis)) {
            weighing.weighWithoutToken(elsewhere.get());
        } else {
            weighing.weigh();
        }
        List<Cure> cures = cures(row, weighing, arose.isPresent());
        if (elsewhere.isPresent() && weighing.isAboutToken()) {
            weighing.doubt(elsewhere.get());
        }
        boolean away = weighing.isAboutAnother() && !here.isCi() && !row.isOfLogin();
        Place place = arose.orElse(away ? Place.ELSEWHERE : here);
        Situation situation = weighing.isAboutAnother()
                ? new Situation(evidence.withoutTokens(), place, false, false, Demand.ANY)
                : new Situation(evidence, place, true, false, Demand.like(diagnosis.inspection()));
        Optional<Plan> plan = Plan.of(Plan.of(situation, cures), evidence, leaks);
        return new Weighed(weighing.told(), plan);
    }

    /** A login stays on one machine; a token in a variable, or one that was named, may have been sent from elsewhere. */
    private static boolean canBeSentFromElsewhere(Diagnosis diagnosis) {
        boolean login = diagnosis.inspection().isFrom(SourceKind.CONFIG)
                && !diagnosis.evidence().search().asked();
        return diagnosis.inspection().decoded() != null && !login;
    }

    /**
     * The cures of the causes that count; the message's own cure where those have none.
     *
     * @param told whether the text tells where it arose
     */
    private static List<Cure> cures(Row row, Weighing weighing, boolean told) {
        List<Cure> cures = new ArrayList<>();
        for (Cause cause : weighing.found()) {
            if (counts(cause, weighing) && cause.cure() != null) {
                cures.add(cause.cure());
            }
        }
        if (cures.isEmpty() && row.cure != null) {
            cures.add(row.cure);
        }
        if (weighing.isCleared()) {
            cures.add(Cure.LOOK_THERE);
        }
        if (told && row.cure != null) {
            // The place is known, and so is what helps there.
            cures.remove(Cure.LOOK_THERE);
        }
        if (isGuess(row, weighing)) {
            // A replaced token gets revoked, which a mere guess does not justify.
            cures.removeIf(Cure::getsToken);
            if (cures.isEmpty()) {
                cures.add(Cure.ASK_SERVER);
            }
        }
        return cures;
    }

    /** Whether a cause is cured: those that are certain, else the others; and what is left for a token that is not here. */
    private static boolean counts(Cause cause, Weighing weighing) {
        return switch (cause.weight()) {
            case CERTAIN -> true;
            case LIKELY -> !weighing.isCertain();
            case NOT_VISIBLE -> !weighing.isCertain() || weighing.isAboutAnother();
            case RULED_OUT -> false;
        };
    }

    /** Whether the token here may be in order, and the message has a cause that cannot be seen in it. */
    private static boolean isGuess(Row row, Weighing weighing) {
        return !weighing.isCertain()
                && !row.isGenuine()
                && weighing.isAboutToken()
                && weighing.found().stream().anyMatch(cause -> cause.weight() == Weight.NOT_VISIBLE);
    }
}
