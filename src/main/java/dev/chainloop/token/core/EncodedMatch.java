package dev.chainloop.token.core;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * One attempt to match base64 of a whole token, which may be broken into lines. All but the first and the last have the same
 * width; what stands in front of the first and behind the last is not known.
 */
final class EncodedMatch {
    /** Base64 of the shortest token. */
    static final int SHORTEST = 24;

    /** What it can start with; {@link #sharedBits} tells why. */
    static final String STARTS = "ZVl";

    private final TokenScanner scanner;
    private final byte[] bytes;
    private final int to;
    private final boolean last;

    /**
     * An attempt on a part of a stream.
     *
     * @param scanner finds the token in what is decoded
     */
    EncodedMatch(TokenScanner scanner, byte[] bytes, int to, boolean last) {
        this.scanner = scanner;
        this.bytes = bytes;
        this.to = to;
        this.last = last;
    }

    /**
     * Whether base64 at an index reads {@code eyJ}, in one of the three ways that depend on what was encoded before it.
     *
     * @return base64 to put in front, so that a whole number of bytes stands before {@code eyJ}; {@code null} when not
     */
    static @Nullable String sharedBits(byte[] bytes, int index, int end, boolean open) {
        return switch (bytes[index]) {
            case 'Z' -> is(bytes, index, end, "ZXlK", open) || is(bytes, index, end, "ZXlB", open) ? "" : null;
            case 'V' -> is(bytes, index, end, "V5S", open) ? "AG" : null;
            default -> is(bytes, index, end, "leUp", open) ? "AAB" : null;
        };
    }

    /** Whether a text begins at an index, or may begin there when the end is open. */
    private static boolean is(byte[] bytes, int index, int end, String text, boolean open) {
        int i = 0;
        while (i < text.length() && index + i < end && bytes[index + i] == text.charAt(i)) {
            i++;
        }
        return i == text.length() || (open && index + i == end);
    }

    /**
     * Matches base64 of a token that begins at an index.
     *
     * @param shared what {@link #sharedBits} puts in front of it
     */
    Found run(int from, String shared) {
        byte[] encoded = Arrays.copyOf(shared.getBytes(StandardCharsets.US_ASCII), Base64Url.GLANCE);
        int length = shared.length();
        int glance = Base64Url.runEnd(bytes, from, Math.min(to, from + Base64Url.GLANCE - length));
        System.arraycopy(bytes, from, encoded, length, glance - from);
        if (scanner.tokenIn(Base64Url.decode(encoded, length + glance - from), false)
                .isNone()) {
            return Found.NO;
        }
        int due = 0;
        int width = 0;
        int start = from;
        while (true) {
            int end = Base64Url.runEnd(bytes, start, to);
            if (length + end - start > 2 * Parser.MAX_LENGTH) {
                return new Found(end, null);
            }
            if (encoded.length < length + end - start) {
                encoded = Arrays.copyOf(encoded, 2 * (length + end - start));
            }
            System.arraycopy(bytes, start, encoded, length, end - start);
            length += end - start;
            int next = end + Gap.length(bytes, end, to);
            boolean lastLine = next == end || (width != 0 && end - start != width);
            boolean open = !last && (end == to || (!lastLine && Base64Url.runEnd(bytes, next, to) == to));
            boolean ended = !open && (lastLine || next == to || !TokenScanner.isTokenByte(bytes[next]));
            // All of it is decoded again each time that it has doubled.
            if (open || ended || length >= due) {
                due = 2 * length;
                if (!scanner.mayTry(length / 4)) {
                    return end == to && !last ? Found.MORE : new Found(end, null);
                }
                byte[] decoded = Base64Url.decode(encoded, length);
                Found token = scanner.tokenIn(decoded, ended);
                if (token.isNone()) {
                    return Found.NO;
                }
                if (token.isOpen()) {
                    Found whole = scanner.tokenIn(decoded, true);
                    token = whole.sure() || (whole.complete() && start == from) ? whole : Found.MORE;
                }
                if (token.isToken()) {
                    int count = (4 * token.least() + 2) / 3 - shared.length();
                    int tokenEnd = endOfPadding(endOfLine(from, count));
                    return tokenEnd == to && !last ? Found.MORE : new Found(tokenEnd, token.compact());
                }
                if (open) {
                    return Found.MORE;
                }
            }
            width = start == from ? 0 : end - start;
            start = next;
        }
    }

    /** The end of the line on which a text that is broken into lines has so many characters. */
    private int endOfLine(int from, int count) {
        int start = from;
        int left = count;
        while (true) {
            int end = Base64Url.runEnd(bytes, start, to);
            left -= end - start;
            if (left <= 0) {
                return end;
            }
            start = end + Gap.length(bytes, end, to);
        }
    }

    private int endOfPadding(int index) {
        int end = index;
        while (end < to && end < index + 2 && bytes[end] == '=') {
            end++;
        }
        return end;
    }
}
