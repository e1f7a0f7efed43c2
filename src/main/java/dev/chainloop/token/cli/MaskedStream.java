package dev.chainloop.token.cli;

import dev.chainloop.token.core.Parser;
import dev.chainloop.token.core.TokenScanner;
import dev.chainloop.token.source.InputBuffer;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * Splits streams into tokens and other text, as they arrive. What cannot be the beginning of a token is passed on at once;
 * what can be is held back, up to the length of the longest token.
 */
final class MaskedStream {
    /** Receives the parts of a stream. */
    interface Sink {
        /** Bytes that belong to no token. */
        void text(byte[] bytes, int from, int to) throws IOException;

        /**
         * A token.
         *
         * @param from where it begins; what is in front of it came before it
         * @param compact {@code null} when it is too long to be kept
         */
        void token(byte[] bytes, int from, int to, @Nullable String compact) throws IOException;

        /** No more input is available at the moment. */
        void pause() throws IOException;
    }

    private final TokenScanner scanner = new TokenScanner();
    private final InputBuffer buffer = new InputBuffer();
    private int written;

    /** Whether the rest of a token that was too long is being skipped. */
    private boolean skipping;

    private @Nullable IOException unwritten;

    /** Reads a stream to its end. */
    void read(InputStream in, Sink sink) throws IOException {
        buffer.clear();
        skipping = false;
        int before = 0;
        while (buffer.read(in)) {
            if (mayDecide(before)) {
                decide(sink, false);
                sink.pause();
            }
            before = buffer.filled();
        }
        decide(sink, true);
        sink.pause();
    }

    /** Whether scanning again can decide more: a long run of base64url that only grew is not scanned again. */
    private boolean mayDecide(int before) {
        if (before < InputBuffer.CHUNK || buffer.filled() > Parser.MAX_LENGTH) {
            return true;
        }
        for (int i = before; i < buffer.filled(); i++) {
            if (!TokenScanner.isTokenByte(buffer.bytes()[i])) {
                return true;
            }
        }
        return false;
    }

    private void decide(Sink sink, boolean last) throws IOException {
        byte[] bytes = buffer.bytes();
        int filled = buffer.filled();
        written = skipping ? skip(bytes, filled) : 0;
        int decided = scanner.scan(
                bytes, written, filled, last, (start, end, compact) -> token(sink, bytes, start, end, compact));
        if (unwritten != null) {
            throw unwritten;
        }
        if (decided > written) {
            sink.text(bytes, written, decided);
        }
        if (filled - decided > Parser.MAX_LENGTH) {
            sink.token(bytes, decided, filled, null);
            skipping = true;
            decided = filled;
        }
        buffer.drop(decided);
    }

    private int skip(byte[] bytes, int filled) {
        int from = 0;
        while (from < filled && (TokenScanner.isTokenByte(bytes[from]) || bytes[from] == '.')) {
            from++;
        }
        skipping = from == filled;
        return from;
    }

    private void token(Sink sink, byte[] bytes, int start, int end, @Nullable String compact) {
        if (unwritten != null) {
            return;
        }
        try {
            if (start > written) {
                sink.text(bytes, written, start);
            }
            sink.token(bytes, start, end, compact);
            written = end;
        } catch (IOException e) {
            unwritten = e;
        }
    }
}
