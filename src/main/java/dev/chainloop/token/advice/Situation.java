package dev.chainloop.token.advice;

import dev.chainloop.token.core.Keyword;
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
 * @param role the role that a message asks for
 */
public record Situation(Evidence evidence, Surroundings surroundings, Demand demand, boolean works, Role role) {
    /** A role in an organization, as the CLI's option takes it; or the reader's choice. */
    public enum Role implements Keyword {
        OWNER,
        ADMIN,
        ANY
    }

    /** Here, or in the place that the user names, with the token that was found. */
    public static Situation here(Evidence evidence, Demand demand) {
        return new Situation(evidence, evidence.ofPlan(), demand, false, Role.ANY);
    }

    /** The same where the token at hand works. */
    public Situation working() {
        return new Situation(evidence, surroundings, demand, true, role);
    }

    /** The same where a role is asked for. */
    public Situation asking(Role other) {
        return new Situation(evidence, surroundings, demand, works, other);
    }

    /** Whether it is elsewhere, and nothing is known of the token that was sent there. */
    boolean isUnseen() {
        return !isHere() && evidence.search().readings().isEmpty();
    }

    Place place() {
        return surroundings.place();
    }

    /** Whether the plan is carried out where this runs. */
    boolean isHere() {
        return surroundings.place() == evidence.surroundings().place();
    }
}
