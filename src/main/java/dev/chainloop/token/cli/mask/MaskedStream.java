package dev.chainloop.token.cli.mask;

import dev.chainloop.token.io.InputBuffer;
import dev.chainloop.token.scan.TokenScanner;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/**
 * Splits a stream into tokens and other text, as it arrives. What cannot be the beginning of a token is passed on at once;
 * what can be is held back, up to the length of the longest token.
 */
public final class MaskedStream {
    /** So much may be held back and scanned again whenever there is more; beyond it, only when there is an eighth more. */
    private static final int OFTEN = 16 << 10;

    /** Receives the parts of a stream. */
    public interface Sink {
        /** Bytes that belong to no token. */
        void text(byte[] bytes, int from, int to) throws IOException;

        /** A token; {@code null} for its text when it is too long to be kept. */
        void token(byte[] bytes, int from, int to, @Nullable String compact) throws IOException;

        /** The token that was passed on last ends before its signature. */
        void cutOff();

        /** More of the base64 that a token was in. */
        void hidden(byte[] bytes, int from, int to) throws IOException;

        /** No more input is available at the moment. */
        void pause() throws IOException;
    }

    /** The stream is UTF-16, of which nothing more is passed on. */
    public static final class Utf16Exception extends IOException {
        private static final long serialVersionUID = 1L;
    }

    /** The fewest letters of a line of base64 that goes on with the next. */
    private static final int WIDE = 40;

    private final TokenScanner scanner = new TokenScanner(this::found);
    private final InputBuffer buffer = new InputBuffer();
    private final Sink sink;

    /** How much of the buffer has been passed on. */
    private int written;

    /** Whether a token goes on that is too long to be read. */
    private boolean tooLong;

    /** Whether the base64 goes on that a token was in, and how many of its letters the line has. */
    private boolean inBase64;

    private int width;

    public MaskedStream(Sink sink) {
        this.sink = sink;
    }

    /** Reads a stream to its end; what was read before an error is passed on, too. */
    public void read(InputStream in) throws IOException {
        @Nullable IOException unread = null;
        boolean begun = false;
        boolean more = true;
        int due = 0;
        while (more) {
            try {
                more = buffer.read(in);
            } catch (IOException e) {
                unread = e;
                more = false;
            }
            begun = begun || !more || !mayBeUtf16();
            if (begun && (!more || buffer.filled() >= due)) {
                decide(!more);
                sink.pause();
                due = buffer.filled() < OFTEN ? 0 : buffer.filled() + buffer.filled() / 8;
            }
        }
        if (unread != null) {
            throw unread;
        }
    }

    /**
     * Whether the first bytes are too few to tell.
     *
     * @throws Utf16Exception when they are a byte-order mark, or every second one is zero
     */
    private boolean mayBeUtf16() throws Utf16Exception {
        byte[] bytes = buffer.bytes();
        int filled = buffer.filled();
        boolean marked = filled > 1 && ((bytes[0] == -2 && bytes[1] == -1) || (bytes[0] == -1 && bytes[1] == -2));
        boolean open = filled < 2 || (bytes[0] == 0) != (bytes[1] == 0);
        for (int i = 0; i < Math.min(filled, 4); i++) {
            // Binary files begin with small numbers.
            open &= (bytes[i] == 0 || bytes[i] >= '\t') && (i < 2 || (bytes[i] == 0) == (bytes[i - 2] == 0));
        }
        if (marked || (open && filled > 3)) {
            throw new Utf16Exception();
        }
        return open;
    }

    private void decide(boolean last) throws IOException {
        byte[] bytes = buffer.bytes();
        int filled = buffer.filled();
        int decided = 0;
        do {
            written = decided;
            while (tooLong && written < filled && TokenScanner.isLetter(bytes[written])) {
                written++;
            }
            tooLong = tooLong && written == filled;
            try {
                decided = scanner.scan(bytes, written, filled, last);
            } catch (UncheckedIOException e) {
                throw e.getCause();
            }
            text(bytes, decided);
        } while (tooLong && written < filled);
        buffer.drop(decided);
    }

    private void found(int start, int end, @Nullable String compact) {
        try {
            text(buffer.bytes(), start);
            if (buffer.bytes()[start] == 0 || buffer.bytes()[start + 1] == 0) {
                throw new Utf16Exception();
            }
            sink.token(buffer.bytes(), start, end, compact);
            if (compact != null
                    && compact.chars().filter(c -> c == '.').count() < 2
                    && TokenScanner.isCutOff(buffer.bytes(), end, buffer.filled())) {
                sink.cutOff();
            }
            written = end;
            tooLong = compact == null;
            inBase64 = buffer.bytes()[start] != 'e';
            width = WIDE;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean isLineEnd(int index) {
        return index == buffer.filled() || buffer.bytes()[index] == '\r' || buffer.bytes()[index] == '\n';
    }

    private void text(byte[] bytes, int to) throws IOException {
        while (inBase64 && written < to) {
            int behind = written;
            while (behind < to && TokenScanner.isInBase64(bytes[behind])) {
                behind++;
            }
            boolean letters = behind > written;
            if (letters) {
                sink.hidden(bytes, written, behind);
                width += behind - written;
            } else {
                // A line as long as lines of base64 are, or the indentation of the next.
                boolean line = bytes[written] == '\n';
                inBase64 = isLineEnd(written) ? width >= WIDE : width == 0 && bytes[written] == ' ';
                width = line ? 0 : width;
                sink.text(bytes, written, ++behind);
            }
            written = behind;
        }
        if (to > written) {
            sink.text(bytes, written, to);
        }
    }
}
