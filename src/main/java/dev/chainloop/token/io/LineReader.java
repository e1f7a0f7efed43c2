package dev.chainloop.token.io;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Reads a stream's lines one by one, each as soon as it is there, and keeps none that is too long. */
public final class LineReader {
    private final InputStream in;
    private final int longest;
    private final InputBuffer buffer = new InputBuffer();
    private int start;
    private boolean skipping;

    /**
     * A reader of a stream, which need not be buffered.
     *
     * @param longest how many bytes a line may have to be kept
     */
    public LineReader(InputStream in, int longest) {
        this.in = in;
        this.longest = longest;
    }

    /**
     * Waits for a line.
     *
     * @return the line, without its end; null at the end of the stream. One that is too long is replaced by so many {@code
     *     x} that it still is
     */
    public @Nullable String next() throws IOException {
        for (int end = start; ; end++) {
            while (end == buffer.filled()) {
                buffer.drop(start);
                start = 0;
                if (buffer.filled() > longest) {
                    skipping = true;
                    buffer.drop(buffer.filled());
                }
                end = buffer.filled();
                if (!buffer.read(in)) {
                    start = end;
                    return end > 0 || skipping ? line(0, end) : null;
                }
            }
            if (buffer.bytes()[end] == '\n') {
                String line = line(start, end);
                start = end + 1;
                return line;
            }
        }
    }

    private String line(int from, int to) {
        if (skipping || to - from > longest) {
            skipping = false;
            return "x".repeat(longest + 1);
        }
        int length = to > from && buffer.bytes()[to - 1] == '\r' ? to - 1 - from : to - from;
        return new String(buffer.bytes(), from, length, StandardCharsets.UTF_8);
    }
}
