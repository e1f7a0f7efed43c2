package dev.chainloop.token.source;

import dev.chainloop.token.core.Parser;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Some lines of input that are handled together. A line is expected to hold a token or nothing, but can hold anything. */
public final class LineBatch {
    private static final Origin ORIGIN = new Origin(SourceKind.STDIN, "stdin");

    /** Takes the place of a line that was too long to keep, and gets the same verdict. */
    private static final byte[] TOO_LONG = "x".repeat(Parser.MAX_LENGTH + 1).getBytes(StandardCharsets.US_ASCII);

    private final byte[] bytes;
    private final long firstLine;

    /** Where each line ends: at its {@code \n}, or behind the last byte. */
    private final int[] ends;

    private int current = -1;

    /**
     * A batch.
     *
     * @param bytes whole lines; the last may lack its end
     * @param firstLine the number of the first of them, from 1
     */
    LineBatch(byte[] bytes, long firstLine) {
        this.bytes = bytes;
        this.firstLine = firstLine;
        this.ends = ends(bytes);
    }

    /** Takes the place of one line that was too long to keep. */
    static LineBatch tooLong(long line) {
        return new LineBatch(TOO_LONG, line);
    }

    private static int[] ends(byte[] bytes) {
        int[] ends = new int[64];
        int count = 0;
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] == '\n' || i == bytes.length - 1) {
                if (count == ends.length) {
                    ends = Arrays.copyOf(ends, 2 * count);
                }
                ends[count++] = bytes[i] == '\n' ? i : i + 1;
            }
        }
        return Arrays.copyOf(ends, count);
    }

    /** The number of bytes. */
    public int bytes() {
        return bytes.length;
    }

    /** The number of lines. */
    public int size() {
        return ends.length;
    }

    /** Goes to the next line; false after the last. */
    public boolean next() {
        return ++current < ends.length;
    }

    /** The number of the current line, from 1. */
    public long line() {
        return firstLine + current;
    }

    /** The token on the current line. */
    public Look look() {
        int start = current == 0 ? 0 : ends[current - 1] + 1;
        int end = ends[current];
        int length = end > start && bytes[end - 1] == '\r' ? end - 1 - start : end - start;
        Cleaned cleaned = Cleaned.of(new String(bytes, start, length, StandardCharsets.UTF_8));
        return cleaned.text().isEmpty() ? new Look.Absent(ORIGIN, "blank") : new Look.Found(ORIGIN, cleaned);
    }
}
