package dev.chainloop.token.source;

import dev.chainloop.token.core.Parser;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Optional;

/** Splits a stream into batches of whole lines as they come: a pipe that trickles gives a batch for each line. */
public final class LineReader {
    private static final int CHUNK = 128 << 10;

    /** Room for what is taken off around the longest token. */
    private static final int MAX_LINE = Parser.MAX_LENGTH + CHUNK;

    private final InputStream in;
    private byte[] buffer = new byte[2 * CHUNK];
    private int filled;
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
            int end = lastLineEnd(searched);
            if (end > 0) {
                return Optional.of(batch(end));
            }
            if (filled > MAX_LINE) {
                skipping = true;
                filled = 0;
                buffer = new byte[2 * CHUNK];
                return Optional.of(LineBatch.tooLong(nextLine++));
            }
        }
    }

    /** Drops what belongs to a line that is too long. */
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
        return filled == 0 || skipping ? Optional.empty() : Optional.of(batch(filled));
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

    private LineBatch batch(int end) {
        LineBatch batch = new LineBatch(Arrays.copyOf(buffer, end), nextLine);
        nextLine += batch.size();
        filled -= end;
        System.arraycopy(buffer, end, buffer, 0, filled);
        return batch;
    }
}
