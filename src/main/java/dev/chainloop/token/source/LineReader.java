package dev.chainloop.token.source;

import dev.chainloop.token.core.ByteSearch;
import dev.chainloop.token.core.Parser;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Optional;

/** Splits a stream into batches of complete lines as they arrive; a slow pipe gives one batch per line. */
public final class LineReader {
    private static final int CHUNK = 128 << 10;

    /** The most lines in a batch, however short they are, since each answer may be long. */
    private static final int MAX_LINES = 1000;

    /** The longest token, and room for what is removed around it. */
    private static final int MAX_LINE = Parser.MAX_LENGTH + CHUNK;

    private final InputStream in;
    private byte[] buffer = new byte[2 * CHUNK];
    private int filled;

    /** How many of the filled bytes make up complete lines. */
    private int whole;

    private long nextLine = 1;
    private boolean skipping;

    /** A reader of a stream, which need not be buffered. */
    public LineReader(InputStream in) {
        this.in = in;
    }

    /**
     * Waits for lines.
     *
     * @return at least one line, or empty at the end
     */
    public Optional<LineBatch> next() throws IOException {
        if (whole > 0) {
            return Optional.of(batch());
        }
        while (true) {
            if (buffer.length - filled < CHUNK) {
                buffer = Arrays.copyOf(buffer, 2 * buffer.length);
            }
            int searched = filled;
            int read = in.read(buffer, filled, CHUNK);
            if (read < 0) {
                return end();
            }
            filled += read;
            if (skipping) {
                skip();
                searched = 0;
            }
            whole = lastLineEnd(searched);
            if (whole > 0) {
                return Optional.of(batch());
            }
            if (filled > MAX_LINE) {
                skipping = true;
                filled = 0;
                buffer = new byte[2 * CHUNK];
                return Optional.of(LineBatch.tooLong(nextLine++));
            }
        }
    }

    /** Drops the rest of a line that is too long. */
    private void skip() {
        for (int i = 0; i < filled; i++) {
            if (buffer[i] == '\n') {
                filled -= i + 1;
                System.arraycopy(buffer, i + 1, buffer, 0, filled);
                skipping = false;
                return;
            }
        }
        filled = 0;
    }

    private Optional<LineBatch> end() {
        if (filled == 0 || skipping) {
            return Optional.empty();
        }
        whole = filled;
        return Optional.of(batch());
    }

    /** The index behind the last line end; 0 when there is none from an index on. */
    private int lastLineEnd(int from) {
        for (int i = filled - 1; i >= from; i--) {
            if (buffer[i] == '\n') {
                return i + 1;
            }
        }
        return 0;
    }

    private LineBatch batch() {
        int[] ends = new int[64];
        int count = 0;
        int end = 0;
        while (end < whole && count < MAX_LINES) {
            int lineEnd = ByteSearch.indexOf(buffer, end, whole, '\n');
            if (count == ends.length) {
                ends = Arrays.copyOf(ends, 2 * count);
            }
            ends[count++] = lineEnd;
            end = Math.min(lineEnd + 1, whole);
        }
        LineBatch batch = new LineBatch(Arrays.copyOf(buffer, end), Arrays.copyOf(ends, count), nextLine);
        nextLine += count;
        filled -= end;
        whole -= end;
        System.arraycopy(buffer, end, buffer, 0, filled);
        return batch;
    }
}
