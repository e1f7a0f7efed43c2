package dev.chainloop.token.advice;

import dev.chainloop.token.core.Keyword;
import dev.chainloop.token.diagnosis.Evidence;
import dev.chainloop.token.source.Place;
import dev.chainloop.token.source.Surroundings;

/**
 * What a plan is made for.
 *
 * @param evidence what was seen
 * @param demand the token that the plan ends with
 * @param tokenWorks whether nothing refuses the token at hand, so that it stays in use until another is in its place
 * @param role the role that a message asks for
 */
public record Situation(Evidence evidence, Demand demand, boolean tokenWorks, Role role) {
    /** A role in an organization, as the CLI's option takes it; or the reader's choice. */
    public enum Role implements Keyword {
        OWNER,
        ADMIN,
        ANY
    }

    /** With the token that was found. */
    public static Situation of(Evidence evidence, Demand demand) {
        return new Situation(evidence, demand, false, Role.ANY);
    }

    /** The same where the token at hand works. */
    public Situation working() {
        return new Situation(evidence, demand, true, role);
    }

    /** The same where a role is asked for. */
    public Situation asking(Role other) {
        return new Situation(evidence, demand, tokenWorks, other);
    }

    /** Where the plan is carried out. */
    Surroundings there() {
        return evidence.there();
    }

    Place place() {
        return there().place();
    }

    /** Whether the plan is carried out where this runs. */
    boolean isHere() {
        return place() == evidence.here().place();
    }

    /** Whether it is elsewhere, and nothing is known of the token that was sent there. */
    boolean isUnseen() {
        return !isHere() && evidence.seen().readings().isEmpty();
    }
}
