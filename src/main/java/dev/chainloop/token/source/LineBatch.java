package dev.chainloop.token.source;

import dev.chainloop.token.core.Parser;
import java.nio.charset.StandardCharsets;

/** Some lines of input that are processed together. A line should hold a token or nothing, but can hold anything. */
public final class LineBatch {
    /** Replaces a line that was too long to keep, and is just as malformed. */
    private static final byte[] TOO_LONG = "x".repeat(Parser.MAX_LENGTH + 1).getBytes(StandardCharsets.US_ASCII);

    private final byte[] bytes;
    private final int[] ends;
    private final long firstLine;

    private int current = -1;

    /**
     * A batch.
     *
     * @param bytes whole lines; the last may lack its end
     * @param ends where each line ends: at its {@code \n}, or behind the last byte
     * @param firstLine the number of the first of them, from 1
     */
    LineBatch(byte[] bytes, int[] ends, long firstLine) {
        this.bytes = bytes;
        this.ends = ends;
        this.firstLine = firstLine;
    }

    /** Replaces one line that was too long to keep. */
    static LineBatch tooLong(long line) {
        return new LineBatch(TOO_LONG, new int[] {TOO_LONG.length}, line);
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
        return cleaned.text().isEmpty()
                ? new Look.Absent(StdinSource.ORIGIN, "blank")
                : new Look.Found(StdinSource.ORIGIN, cleaned);
    }
}
