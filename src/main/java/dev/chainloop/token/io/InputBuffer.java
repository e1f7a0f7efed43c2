package dev.chainloop.token.io;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/** Reads a stream as it arrives. What has not been dropped stays in front of what is read next. */
public final class InputBuffer {
    /** How much is read at once, at most. Of more, Java makes a copy that it allocates and frees each time. */
    public static final int CHUNK = 8 << 10;

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

    /** Drops the first bytes. */
    public void drop(int count) {
        if (count > 0) {
            System.arraycopy(bytes, count, bytes, 0, filled - count);
            filled -= count;
        }
    }
}
