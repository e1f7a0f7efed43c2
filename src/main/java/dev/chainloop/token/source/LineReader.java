package dev.chainloop.token.source;

import dev.chainloop.token.core.ByteSearch;
import dev.chainloop.token.core.Parser;
import dev.chainloop.token.io.InputBuffer;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Optional;

/** Splits a stream into batches of complete lines as they arrive; a slow pipe gives one batch per line. */
public final class LineReader {
    /** The most lines in a batch, however short they are, since each answer may be long. */
    private static final int MAX_LINES = 1000;

    /** The longest token, and room for what is removed around it. */
    private static final int MAX_LINE = Parser.MAX_LENGTH + InputBuffer.CHUNK;

    /**
     * How much is read at once. So few lines that their answers are below 128 KiB: a native executable gets the memory for
     * each array of that size from the system, and gives it back.
     */
    private static final int CHUNK = 32 << 10;

    private final InputStream in;
    private final InputBuffer buffer = new InputBuffer(CHUNK);

    /** How many of the bytes read make up complete lines. */
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
        while (whole == 0) {
            int searched = buffer.filled();
            if (!buffer.read(in)) {
                return end();
            }
            if (skipping) {
                skip();
                searched = 0;
            }
            whole = buffer.endOfLines(searched);
            if (whole == 0 && buffer.filled() > MAX_LINE) {
                skipping = true;
                buffer.clear();
                return Optional.of(LineBatch.tooLong(nextLine++));
            }
        }
        return Optional.of(batch());
    }

    /** Drops the rest of a line that is too long. */
    private void skip() {
        int end = ByteSearch.indexOf(buffer.bytes(), 0, buffer.filled(), '\n');
        skipping = end == buffer.filled();
        buffer.drop(skipping ? end : end + 1);
    }

    private Optional<LineBatch> end() {
        if (buffer.filled() == 0 || skipping) {
            return Optional.empty();
        }
        whole = buffer.filled();
        return Optional.of(batch());
    }

    private LineBatch batch() {
        byte[] bytes = buffer.bytes();
        int[] ends = new int[64];
        int count = 0;
        int end = 0;
        while (end < whole && count < MAX_LINES) {
            int lineEnd = ByteSearch.indexOf(bytes, end, whole, '\n');
            if (count == ends.length) {
                ends = Arrays.copyOf(ends, 2 * count);
            }
            ends[count++] = lineEnd;
            end = Math.min(lineEnd + 1, whole);
        }
        LineBatch batch = new LineBatch(Arrays.copyOf(bytes, end), Arrays.copyOf(ends, count), nextLine);
        nextLine += count;
        whole -= end;
        buffer.drop(end);
        return batch;
    }
}
