package dev.chainloop.token.advice;

import dev.chainloop.token.diagnosis.Evidence;
import dev.chainloop.token.source.Place;
import dev.chainloop.token.source.Scene;
import org.jspecify.annotations.Nullable;

/**
 * What a plan is made for.
 *
 * @param evidence what was seen
 * @param scene where the plan is carried out; {@code null} for here
 * @param judged whether the token that was seen is the one in question; if not, nothing is known of that one
 * @param works whether nothing refuses it, so that it stays in use until another is in its place
 * @param demand the token that the plan ends with
 * @param told what is known beyond that
 */
public record Situation(
        Evidence evidence, @Nullable Scene scene, boolean judged, boolean works, Demand demand, Told told) {
    public static Situation here(Evidence evidence, Demand demand) {
        return here(evidence, demand, Told.NOTHING);
    }

    public static Situation here(Evidence evidence, Demand demand, Told told) {
        return new Situation(evidence, null, true, false, demand, told);
    }

    /** The same where the token that was seen works. */
    public Situation working() {
        return new Situation(evidence, scene, judged, true, demand, told);
    }

    /** Where the plan is carried out; known only where one is made, as most tokens are in order. */
    Place place() {
        return scene != null ? scene.place() : evidence.surroundings().place();
    }

    boolean isHere() {
        return scene == null || !scene.isElsewhere(evidence.surroundings());
    }
}
