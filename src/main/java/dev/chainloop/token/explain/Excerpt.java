package dev.chainloop.token.explain;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/**
 * What is searched of a text: where it is long, its head, which tells where it is from, and its tail, which tells why the
 * command failed.
 *
 * @param skipped how many bytes were left out
 */
public record Excerpt(String text, long skipped) {
    /** So many bytes of the head, and at least so many of the tail. */
    private static final int PART = 64 << 10;

    /** Reads a text to its end. */
    public static Excerpt of(InputStream in) throws IOException {
        byte[] head = in.readNBytes(PART);
        byte[] before = {};
        byte[] last = {};
        long skipped = 0;
        // A terminal that was read to its end would be read again.
        for (int filled = head.length; filled == PART; filled = last.length) {
            skipped += before.length;
            before = last;
            last = in.readNBytes(PART);
        }
        String tail = text(before) + text(last);
        // Of a line that began in what is left out, nobody knows the level.
        return new Excerpt(text(head) + (skipped == 0 ? tail : "\n" + tail.substring(tail.indexOf('\n') + 1)), skipped);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
