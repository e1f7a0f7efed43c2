package dev.chainloop.token.cli;

import dev.chainloop.token.core.Parser;
import dev.chainloop.token.core.TokenScanner;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Splits a stream into tokens and other text, as it arrives. What cannot be the beginning of a token is passed on at
 * once; what can be is held back, up to the length of the longest token.
 */
final class MaskedStream {
    private static final int CHUNK = 256 << 10;

    /** Receives the parts of a stream. */
    interface Sink {
        /** Bytes that belong to no token. */
        void text(byte[] bytes, int from, int to) throws IOException;

        /** A token; {@code compact} is {@code null} when it is too long to be kept. */
        void token(byte[] bytes, int from, int to, @Nullable String compact) throws IOException;

        /** No more input is available at the moment. */
        void pause() throws IOException;
    }

    private final Sink sink;
    private final TokenScanner scanner = new TokenScanner();
    private byte[] buffer = new byte[2 * CHUNK];
    private int filled;
    private int written;

    /** Whether the rest of a token that was too long is being skipped. */
    private boolean skipping;

    private @Nullable IOException unwritten;

    MaskedStream(Sink sink) {
        this.sink = sink;
    }

    /** Reads a stream to its end. */
    void read(InputStream in) throws IOException {
        while (true) {
            if (buffer.length - filled < CHUNK) {
                buffer = Arrays.copyOf(buffer, 2 * buffer.length);
            }
            int count = in.read(buffer, filled, CHUNK);
            if (count < 0) {
                break;
            }
            int added = filled;
            filled += count;
            if (mayDecide(added)) {
                decide(false);
                sink.pause();
            }
        }
        decide(true);
        sink.pause();
    }

    /** Whether scanning again can decide more: a long run of base64url that only grew is not scanned again. */
    private boolean mayDecide(int added) {
        if (added < CHUNK || filled > Parser.MAX_LENGTH) {
            return true;
        }
        for (int i = added; i < filled; i++) {
            if (!TokenScanner.isTokenByte(buffer[i])) {
                return true;
            }
        }
        return false;
    }

    private void decide(boolean last) throws IOException {
        int from = skipping ? skip() : 0;
        written = from;
        int decided = scanner.scan(buffer, from, filled, last, this::token);
        throwUnwritten();
        if (decided > written) {
            sink.text(buffer, written, decided);
        }
        if (filled - decided > Parser.MAX_LENGTH) {
            sink.token(buffer, decided, filled, null);
            skipping = true;
            decided = filled;
        }
        filled -= decided;
        System.arraycopy(buffer, decided, buffer, 0, filled);
    }

    private int skip() {
        int from = 0;
        while (from < filled && (TokenScanner.isTokenByte(buffer[from]) || buffer[from] == '.')) {
            from++;
        }
        skipping = from == filled;
        return from;
    }

    private void token(int start, int end, @Nullable String compact) {
        if (unwritten != null) {
            return;
        }
        try {
            if (start > written) {
                sink.text(buffer, written, start);
            }
            sink.token(buffer, start, end, compact);
            written = end;
        } catch (IOException e) {
            unwritten = e;
        }
    }

    private void throwUnwritten() throws IOException {
        if (unwritten != null) {
            throw unwritten;
        }
    }
}
