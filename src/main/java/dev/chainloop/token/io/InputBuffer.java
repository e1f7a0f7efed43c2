package dev.chainloop.token.io;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/** Reads a stream as it arrives. What has not been dropped stays in front of what is read next. */
public final class InputBuffer {
    /** How much is read at once, at most. */
    public static final int CHUNK = 128 << 10;

    private byte[] bytes = new byte[2 * CHUNK];
    private int filled;

    /** Waits for more bytes; false at the end of the stream. */
    public boolean read(InputStream in) throws IOException {
        if (bytes.length - filled < CHUNK) {
            bytes = Arrays.copyOf(bytes, 2 * bytes.length);
        }
        int count = in.read(bytes, filled, CHUNK);
        filled += Math.max(count, 0);
        return count >= 0;
    }

    /** The bytes, of which {@link #filled} count; another array after each reading. */
    public byte[] bytes() {
        return bytes;
    }

    public int filled() {
        return filled;
    }

    /** The index behind the last line end between two indexes; the latter when there is none. */
    public int endOfLines(int from, int to) {
        for (int i = to - 1; i >= from; i--) {
            if (bytes[i] == '\n') {
                return i + 1;
            }
        }
        return to;
    }

    /** The index behind the first line end between two indexes; the former when there is none. */
    public int endOfLine(int from, int to) {
        for (int i = from; i < to; i++) {
            if (bytes[i] == '\n') {
                return i + 1;
            }
        }
        return from;
    }

    public void drop(int count) {
        drop(0, count);
    }

    /** Drops the bytes between two indexes. */
    public void drop(int from, int to) {
        System.arraycopy(bytes, to, bytes, from, filled - to);
        filled -= to - from;
    }
}
