package dev.chainloop.token.source;

import dev.chainloop.token.core.Parser;
import java.nio.charset.StandardCharsets;

/** Some lines of input, taken over at once; each holds a token, or nothing, or anything. */
public final class LineBatch {
    private static final Origin ORIGIN = new Origin(SourceKind.STDIN, "stdin");

    /** Stands for every line that was too long to keep: it gets the same verdict. */
    private static final String TOO_LONG = "x".repeat(Parser.MAX_LENGTH + 1);

    private final byte[] bytes;
    private final long firstLine;
    private final boolean tooLong;
    private int start;
    private long line;

    /**
     * A batch.
     *
     * @param bytes whole lines; the last may lack its end
     * @param firstLine the number of the first of them, from 1
     * @param tooLong whether this stands for one line that was too long to keep
     */
    LineBatch(byte[] bytes, long firstLine, boolean tooLong) {
        this.bytes = bytes;
        this.firstLine = firstLine;
        this.tooLong = tooLong;
        this.line = firstLine - 1;
    }

    /** The number of lines. */
    long size() {
        if (tooLong) {
            return 1;
        }
        long ends = bytes.length > 0 && bytes[bytes.length - 1] != '\n' ? 1 : 0;
        for (byte one : bytes) {
            if (one == '\n') {
                ends++;
            }
        }
        return ends;
    }

    /** Goes to the next line; false after the last. */
    public boolean next() {
        if (tooLong ? line >= firstLine : start >= bytes.length) {
            return false;
        }
        line++;
        return true;
    }

    /** The number of the current line, from 1. */
    public long line() {
        return line;
    }

    /** The token on the current line; to be asked once a line. */
    public Looked look() {
        if (tooLong) {
            return new Looked(ORIGIN, new Lookup.Found(new FoundToken(ORIGIN, Cleaned.of(TOO_LONG))));
        }
        int end = start;
        while (end < bytes.length && bytes[end] != '\n') {
            end++;
        }
        int length = end > start && bytes[end - 1] == '\r' ? end - 1 - start : end - start;
        Cleaned cleaned = Cleaned.of(new String(bytes, start, length, StandardCharsets.UTF_8));
        start = end + 1;
        return new Looked(
                ORIGIN,
                cleaned.text().isEmpty()
                        ? new Lookup.Absent("blank")
                        : new Lookup.Found(new FoundToken(ORIGIN, cleaned)));
    }
}
