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

    /** So many characters of the start of a line and of its end, where Go puts the innermost error. */
    private static final int HALF_LINE = 2 << 10;

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
        String text = text(head) + (skipped == 0 ? tail : "\n" + tail.substring(tail.indexOf('\n') + 1));
        StringBuilder cut = new StringBuilder();
        int copied = 0;
        for (int start = 0; start < text.length(); ) {
            int feed = text.indexOf('\n', start);
            int end = feed < 0 ? text.length() : feed;
            if (end - start > 2 * HALF_LINE) {
                cut.append(text, copied, start + HALF_LINE).append(" … ");
                copied = end - HALF_LINE;
                skipped += copied - start - HALF_LINE;
            }
            start = end + 1;
        }
        return new Excerpt(
                copied == 0 ? text : cut.append(text, copied, text.length()).toString(), skipped);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
