package dev.chainloop.token.io;

/** Receives notes that the user should see at once. */
@FunctionalInterface
public interface Notes {
    /** A sentence, without a full stop. */
    void note(String sentence);
}
