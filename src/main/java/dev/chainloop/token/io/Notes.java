package dev.chainloop.token.io;

/** Tells the user something at once. */
@FunctionalInterface
public interface Notes {
    void tell(String line);

    /** Shows a sentence, given without a full stop, as a note. */
    default void note(String sentence) {
        tell("note: " + sentence);
    }
}
