package dev.chainloop.token.cli;

import dev.chainloop.token.core.Parser;
import dev.chainloop.token.core.TokenScanner;
import dev.chainloop.token.io.InputBuffer;
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
        /** What the stream's text is encoded in; called before anything else. */
        void begin(TextEncoding encoding);

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
    private TextEncoding encoding = TextEncoding.BYTES;

    /** How many units of the buffer have been passed on. */
    private int written;

    /** Whether the rest of a token that was too long is being skipped. */
    private boolean skipping;

    private @Nullable IOException unwritten;
    private @Nullable IOException unread;

    /** Reads a stream to its end. */
    void read(InputStream in, Sink sink) throws IOException {
        buffer.clear();
        skipping = false;
        unread = null;
        boolean more = more(in);
        while (more && TextEncoding.isOpen(buffer.bytes(), buffer.filled())) {
            more = more(in);
        }
        encoding = TextEncoding.of(buffer.bytes(), buffer.filled());
        sink.begin(encoding);
        int before = 0;
        for (; more; more = more(in)) {
            if (mayDecide(before)) {
                decide(sink, false);
                sink.pause();
            }
            before = buffer.filled();
        }
        decide(sink, true);
        sink.pause();
        if (unread != null) {
            throw unread;
        }
    }

    /** Reads on; what was read before an error is passed on, too. */
    private boolean more(InputStream in) {
        try {
            return buffer.read(in);
        } catch (IOException e) {
            unread = e;
            return false;
        }
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
        int width = encoding.width;
        byte[] units = encoding.units(bytes, buffer.filled());
        int filled = buffer.filled() / width;
        written = skipping ? skip(units, filled) : 0;
        int decided = scanner.scan(units, written, filled, last, new Tokens(sink, bytes));
        if (unwritten != null) {
            throw unwritten;
        }
        int end = last ? buffer.filled() : decided * width;
        if (end > written * width) {
            sink.text(bytes, written * width, end);
        }
        if (filled - decided > Parser.MAX_LENGTH) {
            sink.token(bytes, end, filled * width, null);
            skipping = true;
            end = filled * width;
        }
        buffer.drop(end);
    }

    private int skip(byte[] units, int filled) {
        int from = 0;
        while (from < filled && (TokenScanner.isTokenByte(units[from]) || units[from] == '.')) {
            from++;
        }
        skipping = from == filled;
        return from;
    }

    // Not a lambda: linking the first one takes milliseconds.
    private final class Tokens implements TokenScanner.Finder {
        private final Sink sink;
        private final byte[] bytes;

        Tokens(Sink sink, byte[] bytes) {
            this.sink = sink;
            this.bytes = bytes;
        }

        @Override
        public void found(int start, int end, @Nullable String compact) {
            if (unwritten != null) {
                return;
            }
            try {
                int width = encoding.width;
                if (start > written) {
                    sink.text(bytes, written * width, start * width);
                }
                sink.token(bytes, start * width, end * width, compact);
                written = end;
            } catch (IOException e) {
                unwritten = e;
            }
        }
    }
}
