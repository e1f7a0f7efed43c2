package dev.chainloop.token.explain;

import dev.chainloop.token.diagnosis.Cure;
import dev.chainloop.token.explain.Cause.Weight;

/**
 * What clears the token here: it did not cause the message, so nothing seen of it counts.
 *
 * @param sentence why not
 */
record Alibi(String sentence) {
    /** What the token here is or has, which the token that was sent is not or has not. */
    static Alibi because(String why) {
        return new Alibi("The token here did not cause this: it " + why + ".");
    }

    /** How a reader is told; what is left to do is to find the token that was sent. */
    Cause cause() {
        return new Cause(Weight.CERTAIN, sentence, Cure.LOOK_THERE);
    }
}
