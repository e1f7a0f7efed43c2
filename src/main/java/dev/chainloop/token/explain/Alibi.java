package dev.chainloop.token.explain;

/**
 * What clears the token here: it did not cause the message, so nothing seen of it counts.
 *
 * @param phrase what is cleared, and after a colon why
 */
record Alibi(String phrase) {
    /** What the token here is or has, which the token that was sent is not or has not. */
    static Alibi because(String why) {
        return new Alibi("the token here: it " + why);
    }

    /** How a reader is told. */
    Cause cause() {
        return Cause.ruledOut(phrase);
    }
}
