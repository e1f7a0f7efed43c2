package dev.chainloop.token.explain;

import dev.chainloop.token.io.InputBuffer;
import java.nio.charset.StandardCharsets;

/**
 * What is searched of a text: where it is long, its head, which tells where it is from, and its tail, which tells why the
 * command failed.
 *
 * @param skipped how many bytes were left out
 */
public record Excerpt(String text, long skipped) {
    /** So many bytes each of the head and of the tail. */
    public static final int PART = 64 << 10;

    /** So many characters of the start of a line and of its end, where Go puts the innermost error. */
    private static final int HALF_LINE = 2 << 10;

    /**
     * Takes from a buffer what is searched.
     *
     * @param dropped how many bytes were dropped between its first {@link #PART} and the rest
     */
    public static Excerpt of(InputBuffer buffer, long dropped) {
        int filled = buffer.filled();
        if (dropped == 0 && filled <= 2 * PART) {
            return cut(text(buffer, 0, filled), 0);
        }
        int end = buffer.endOfLines(0, PART);
        int start = buffer.endOfLine(filled - PART, filled);
        start = start == filled ? filled - PART : start; // One line, cut.
        return cut(text(buffer, 0, end) + "\n" + text(buffer, start, filled), dropped + start - end);
    }

    private static String text(InputBuffer buffer, int from, int to) {
        return new String(buffer.bytes(), from, to - from, StandardCharsets.UTF_8);
    }

    private static Excerpt cut(String text, long skipped) {
        StringBuilder cut = new StringBuilder();
        int copied = 0;
        long all = skipped;
        for (int start = 0; start < text.length(); ) {
            int feed = text.indexOf('\n', start);
            int end = feed < 0 ? text.length() : feed;
            if (end - start > 2 * HALF_LINE) {
                cut.append(text, copied, start + HALF_LINE).append(" … ");
                copied = end - HALF_LINE;
                all += copied - start - HALF_LINE;
            }
            start = end + 1;
        }
        return new Excerpt(
                copied == 0 ? text : cut.append(text, copied, text.length()).toString(), all);
    }
}
