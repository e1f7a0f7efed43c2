package dev.chainloop.token.advice;

import dev.chainloop.token.diagnosis.Evidence;
import dev.chainloop.token.source.Place;
import dev.chainloop.token.source.Surroundings;

/**
 * What a plan is made for.
 *
 * @param evidence what was seen
 * @param surroundings where the plan is carried out
 * @param demand the token that the plan ends with
 * @param works whether nothing refuses the token at hand, so that it stays in use until another is in its place
 */
public record Situation(Evidence evidence, Surroundings surroundings, Demand demand, boolean works) {
    /** Here, or in the place that the user names, with the token that was found. */
    public static Situation here(Evidence evidence, Demand demand) {
        return new Situation(evidence, evidence.ofPlan(), demand, false);
    }

    /**
     * Where a message arose. If the user names another place than this, the token that was found here is not the one in
     * question, unless the user gave that one.
     */
    public static Situation ofMessage(Evidence evidence, Demand demand) {
        boolean other = evidence.ofPlan().place() != evidence.surroundings().place();
        boolean named = evidence.inspection().isGiven() || evidence.search().asked();
        return other && !named ? here(evidence.withoutTokens(), Demand.ANY) : here(evidence, demand);
    }

    /** In a job of which nothing is known. */
    public static Situation elsewhere(Evidence evidence) {
        Surroundings there =
                Surroundings.elsewhere(Place.ELSEWHERE, evidence.surroundings().redacted());
        return new Situation(evidence.withoutTokens(), there, Demand.ANY, false);
    }

    /** The same where the token at hand works. */
    public Situation working() {
        return new Situation(evidence, surroundings, demand, true);
    }

    Place place() {
        return surroundings.place();
    }

    /** Whether the plan is carried out where this runs. */
    boolean isHere() {
        return surroundings.place() == evidence.surroundings().place();
    }
}
