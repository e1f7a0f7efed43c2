package dev.chainloop.token.core;

import org.jspecify.annotations.Nullable;

/**
 * What was matched at a place.
 *
 * @param end the index behind its last byte
 * @param compact the token without what breaks it; {@code null} when it is longer than {@link Parser#MAX_LENGTH}
 * @param least where it ends if its signature is no longer than its algorithm demands
 * @param complete whether its signature is as long as one of its algorithm usually is
 * @param sure whether its signature is as long as one of its algorithm can be at most
 */
record Found(int end, @Nullable String compact, int least, boolean complete, boolean sure) {
    /** There is no token. */
    static final Found NO = new Found(-1, null, -1, false, false);

    /** What is there may be the beginning of one. */
    static final Found MORE = new Found(-2, null, -2, false, false);

    /** With nothing known of its signature. */
    Found(int end, @Nullable String compact) {
        this(end, compact, end, false, false);
    }

    /** Whether more bytes must tell. */
    boolean isOpen() {
        return end == MORE.end;
    }

    boolean isNone() {
        return end == NO.end;
    }

    /** Whether it is a token. */
    boolean isToken() {
        return end >= 0;
    }
}
