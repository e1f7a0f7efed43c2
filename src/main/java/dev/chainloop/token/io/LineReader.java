package dev.chainloop.token.io;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Reads a stream's lines as they arrive: from a slow pipe one by one, else some thousand at once. */
public final class LineReader {
    private static final int MOST_LINES = 2000;
    private static final int CHUNK = 256 << 10;

    private final InputStream in;
    private final int longest;
    private byte[] bytes = new byte[CHUNK];
    private int start;
    private int searched;
    private int filled;
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
     * @return the lines that are there, without their ends, in place of one that is too long as much text that says nothing;
     *     empty at the end
     */
    public List<String> next() throws IOException {
        List<String> lines = new ArrayList<>();
        split(lines);
        while (lines.isEmpty()) {
            if (!read()) {
                if (filled > start || skipping) {
                    lines.add(line(filled));
                    start = filled;
                }
                return lines;
            }
            split(lines);
        }
        return lines;
    }

    private boolean read() throws IOException {
        if (filled - start > longest) {
            skipping = true;
            start = filled;
        }
        System.arraycopy(bytes, start, bytes, 0, filled - start);
        filled -= start;
        searched -= start;
        start = 0;
        if (filled == bytes.length) {
            bytes = Arrays.copyOf(bytes, 2 * filled);
        }
        int count = in.read(bytes, filled, bytes.length - filled);
        filled += Math.max(count, 0);
        return count >= 0;
    }

    private void split(List<String> lines) {
        while (searched < filled && lines.size() < MOST_LINES) {
            if (bytes[searched++] == '\n') {
                lines.add(line(searched - 1));
                start = searched;
            }
        }
    }

    private String line(int end) {
        if (skipping || end - start > longest) {
            skipping = false;
            return "x".repeat(longest + 1);
        }
        int length = end > start && bytes[end - 1] == '\r' ? end - 1 - start : end - start;
        return new String(bytes, start, length, StandardCharsets.UTF_8);
    }
}
