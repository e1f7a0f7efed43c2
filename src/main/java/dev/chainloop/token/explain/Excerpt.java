package dev.chainloop.token.explain;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/**
 * The part of a text that is searched: all of a short text; of a long one, the head, which tells where it is from, and the tail,
 * which tells why the command failed.
 *
 * @param skipped how many bytes were left out
 */
public record Excerpt(String text, long skipped) {
    /** The number of bytes of the head, and the least number of the tail. */
    private static final int PART = 1 << 20;

    /** Reads a text to its end. */
    public static Excerpt of(InputStream in) throws IOException {
        byte[] head = in.readNBytes(PART);
        byte[] before = {};
        byte[] last = {};
        long skipped = 0;
        // Stops at a short read, because a terminal that was read to its end would be read again.
        for (int filled = head.length; filled == PART; filled = last.length) {
            skipped += before.length;
            before = last;
            last = in.readNBytes(PART);
        }
        String tail = text(before) + text(last);
        // A line that began in the part left out is dropped, because nobody knows its level.
        return new Excerpt(text(head) + (skipped == 0 ? tail : "\n" + tail.substring(tail.indexOf('\n') + 1)), skipped);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
