package dev.chainloop.token.scan;

import org.jspecify.annotations.Nullable;

/** Receives each token, in order. */
public interface Finder {
    /** A token is there; {@code null} for its text when it is too long to be read, and may go on. */
    void found(int start, int end, @Nullable String compact);
}
