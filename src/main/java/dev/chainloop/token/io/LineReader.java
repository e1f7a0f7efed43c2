package dev.chainloop.token.io;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Reads a stream's lines as they arrive: from a slow pipe one by one, else some thousand at once. */
public final class LineReader {
    private static final int MOST_LINES = 2000;

    private final InputStream in;
    private final int longest;
    private final InputBuffer buffer = new InputBuffer();
    private int searched;
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
     * @return the lines that are there, without their ends; empty at the end of the stream. A line that is too long is
     *     replaced by so many {@code x} that it still is
     */
    public List<String> next() throws IOException {
        List<String> lines = new ArrayList<>();
        while (true) {
            byte[] bytes = buffer.bytes();
            int filled = buffer.filled();
            int start = 0;
            int i = searched;
            for (; i < filled && lines.size() < MOST_LINES; i++) {
                if (bytes[i] == '\n') {
                    lines.add(line(start, i));
                    start = i + 1;
                }
            }
            searched = i;
            drop(start);
            if (!lines.isEmpty()) {
                return lines;
            }
            if (buffer.filled() > longest) {
                skipping = true;
                drop(buffer.filled());
            }
            if (!buffer.read(in)) {
                if (buffer.filled() > 0 || skipping) {
                    lines.add(line(0, buffer.filled()));
                    drop(buffer.filled());
                }
                return lines;
            }
        }
    }

    private void drop(int count) {
        buffer.drop(count);
        searched -= count;
    }

    private String line(int start, int end) {
        if (skipping || end - start > longest) {
            skipping = false;
            return "x".repeat(longest + 1);
        }
        int length = end > start && buffer.bytes()[end - 1] == '\r' ? end - 1 - start : end - start;
        return new String(buffer.bytes(), start, length, StandardCharsets.UTF_8);
    }
}
