package dev.chainloop.token.testing;

import java.io.IOException;
import java.io.InputStream;

/** A stream with one method to implement, which gives the next byte or fails. */
public final class ByteStream extends InputStream {
    private final Next next;
    private long taken;

    @FunctionalInterface
    public interface Next {
        int get() throws IOException;
    }

    public ByteStream(Next next) {
        this.next = next;
    }

    public static ByteStream failing(Throwable failure) {
        return new ByteStream(() -> {
            if (failure instanceof Error error) {
                throw error;
            }
            throw (RuntimeException) failure;
        });
    }

    @Override
    public int read() throws IOException {
        int b = next.get();
        taken++;
        return b;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        return super.read(bytes, offset, length);
    }

    /** No data is known to be waiting. */
    @Override
    public int available() {
        return 0;
    }

    /** How many times it was asked for a byte. */
    public long taken() {
        return taken;
    }
}
