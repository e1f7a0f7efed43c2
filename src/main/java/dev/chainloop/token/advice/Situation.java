package dev.chainloop.token.advice;

import dev.chainloop.token.diagnosis.Evidence;
import dev.chainloop.token.source.Place;

/**
 * What a plan is made for.
 *
 * @param evidence what was seen
 * @param place where the plan is carried out
 * @param judged whether the token that was seen is the one in question; if not, nothing is known of that one
 * @param demand the token that the plan ends with
 */
public record Situation(Evidence evidence, Place place, boolean judged, Demand demand) {
    public static Situation here(Evidence evidence, Demand demand) {
        return new Situation(evidence, evidence.surroundings().place(), true, demand);
    }

    SecretStore custody() {
        return SecretStore.of(place);
    }

    boolean isHere() {
        return place == evidence.surroundings().place();
    }
}
