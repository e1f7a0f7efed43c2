package dev.chainloop.token.explain;

import dev.chainloop.token.core.Keyword;
import dev.chainloop.token.diagnosis.Cure;
import dev.chainloop.token.diagnosis.Finding;
import dev.chainloop.token.diagnosis.Stage;
import java.util.Optional;

/**
 * What the token has to do with a message.
 *
 * @param sentence what it is; a cause that is ruled out is a noun phrase, with the reason after a colon
 * @param cure what would make it right, if anything would
 * @param stage where the server refuses a token for it; empty if it belongs to no stage
 * @param finding the finding that is the cause, if one is
 */
public record Cause(
        Weight weight, String sentence, Optional<Cure> cure, Optional<Stage> stage, Optional<Finding> finding)
        implements Comparable<Cause> {
    /** A cause that is not a finding and belongs to no stage. */
    public Cause(Weight weight, String sentence, Optional<Cure> cure) {
        this(weight, sentence, cure, Optional.empty(), Optional.empty());
    }

    Cause(Weight weight, String sentence, Optional<Cure> cure, Finding finding) {
        this(weight, sentence, cure, finding.stage(), Optional.of(finding));
    }

    @Override
    public int compareTo(Cause other) {
        return weight.compareTo(other.weight);
    }

    /** How sure a cause is, the surest first. */
    public enum Weight implements Keyword {
        CERTAIN,
        /** Only a warning suggests it. */
        LIKELY,
        UNKNOWN,
        /** The server stopped earlier. */
        ALSO_WRONG,
        RULED_OUT
    }
}
