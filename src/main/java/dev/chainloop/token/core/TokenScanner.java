package dev.chainloop.token.core;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Finds tokens in any bytes: each JWS and JWE in compact serialization (RFC 7515 section 7.1, RFC 7516 section 7.1),
 * whatever surrounds it. That includes tokens with {@code .} written as {@code %2E} or {@code %252E}, tokens that a
 * terminal wrapped or coloured, and base64 of a whole token. A token is recognized by its header, which must decode to a
 * JSON object that names an algorithm. A token that was cut off is one, too, if it has its header and the beginning of a
 * JSON object as its payload.
 *
 * <p>What is found reaches as far as any token that begins within it: a cut token takes the beginning of the one that is
 * glued to it for its own payload or signature, and both are found as one.
 *
 * <p>Tokens are rare, and logs are long. A header has at least 18 characters, so shorter runs of base64url are passed over,
 * and most of their bytes never looked at.
 */
public final class TokenScanner {
    /** Base64 of the shortest token. */
    private static final int SHORTEST_BASE64 = 24;

    /** How many bytes it takes to tell base64 of a token from other text. */
    private static final int UNDECIDED = 8;

    /**
     * Limits the work on base64url, as a multiple of its length, beyond what is always done. Text with more places where a
     * token could begin was made to be slow, and is taken for a token without reading it.
     */
    private static final int PATIENCE = 16;

    private static final int RESERVE = 16 * TokenMatch.LONGEST_HEADER;

    /** What base64url of an object can start with, even one after white space, or base64 of a whole token. */
    private static final boolean[] MAY_START = new boolean[128];

    /** What base64 of a whole token can start with. */
    private static final boolean[] MAY_START_BASE64 = new boolean[128];

    static {
        for (int i = 0; i < MAY_START.length; i++) {
            MAY_START_BASE64[i] = "ZVl".indexOf(i) >= 0;
            MAY_START[i] = MAY_START_BASE64[i] || "eICD".indexOf(i) >= 0;
        }
    }

    /** Receives each token, in order. */
    public interface Finder {
        /**
         * A token was found.
         *
         * @param start the index of its first byte
         * @param end the index behind its last byte
         * @param compact the token in compact serialization, or what there is of it; the last of several that overlap;
         *     {@code null} when it is longer than {@link Parser#MAX_LENGTH}
         */
        void found(int start, int end, @Nullable String compact);
    }

    /** How many more bytes may be tried. */
    private long patience;

    /** A scanner; it keeps no state between calls, and is not thread-safe. */
    public TokenScanner() {}

    /** Whether a byte can stand in a token's segments. */
    public static boolean isTokenByte(byte octet) {
        return Base64Url.ALPHABET[octet & 0xff];
    }

    /**
     * Finds the tokens in a part of a stream.
     *
     * @param bytes holds the part
     * @param from where it begins
     * @param to where it ends
     * @param last whether the stream ends there
     * @param finder receives each token
     * @return the index up to which everything is decided. From there on may be the beginning of a token: pass it again
     *     together with what follows. For the last part, its end.
     */
    public int scan(byte[] bytes, int from, int to, boolean last, Finder finder) {
        int position = from;
        patience = RESERVE;
        while (true) {
            int start = nextRun(bytes, position, to);
            if (start < 0) {
                return last ? to : undecided(bytes, position, to);
            }
            int end = Base64Url.runEnd(bytes, start, to);
            int next = scanRun(bytes, start, end, to, last, finder);
            if (next < 0) {
                return -next - 1;
            }
            if (next == to) {
                return to;
            }
            position = next;
        }
    }

    /**
     * Looks for a token that begins in a run of base64url.
     *
     * @return where to go on; or, when that is not known yet, the complement of where the undecided part begins
     */
    private int scanRun(byte[] bytes, int start, int end, int to, boolean last, Finder finder) {
        boolean open = end == to && !last;
        boolean headerMayEnd = end == to ? !last : mayEndHeader(bytes[end]);
        if (!headerMayEnd && !open && end - start < SHORTEST_BASE64) {
            return end;
        }
        patience += (long) PATIENCE * (end - start + Base64Url.GLANCE);
        boolean[] mayStart = headerMayEnd ? MAY_START : MAY_START_BASE64;
        for (int i = start; i < end; i++) {
            if (!mayStart[bytes[i]]) {
                continue;
            }
            Found first = match(bytes, i, end, to, last);
            patience += (long) PATIENCE * Math.max(0, first.end() - end);
            Found found = reach(bytes, i, first, to, last);
            if (found.isOpen()) {
                return -i - 1;
            }
            if (found.isToken()) {
                finder.found(i, found.end(), found.compact());
                return found.end();
            }
        }
        return open ? -end - 1 : end;
    }

    /** Matches a token, or base64 of one, that begins at an index of a run of base64url. */
    private Found match(byte[] bytes, int index, int end, int to, boolean last) {
        boolean open = end == to && !last;
        if (!MAY_START_BASE64[bytes[index]]) {
            if (!Base64Url.opensObject(bytes, index, end, open || goesOnInColor(bytes, index, end, to))) {
                return Found.NO;
            }
            return patience < 0 ? unread(bytes, index, to, last) : plainToken(bytes, index, to, last);
        }
        @Nullable String shared = sharedBits(bytes, index, end, open);
        if (shared == null || (!open && end - index < SHORTEST_BASE64)) {
            return Found.NO;
        }
        if (open && end - index < UNDECIDED) {
            return Found.MORE;
        }
        return patience < 0 ? unread(bytes, index, to, last) : base64Token(bytes, index, shared, to, last);
    }

    private Found plainToken(byte[] bytes, int from, int to, boolean last) {
        TokenMatch match = new TokenMatch(bytes, to, last);
        Found found = match.run(from);
        patience -= match.tried();
        return found;
    }

    /**
     * A token together with all that begin within it, and within those. A token that was cut takes the beginning of what is
     * glued to it for its own.
     */
    private Found reach(byte[] bytes, int from, Found first, int to, boolean last) {
        Found best = first;
        int run = from;
        for (int i = from + 1; i < best.end() && patience >= 0; i++) {
            run = i < run ? run : Base64Url.runEnd(bytes, i, to);
            Found other = i < run && MAY_START[bytes[i]] ? match(bytes, i, run, to, last) : Found.NO;
            if (other.isOpen()) {
                return Found.MORE;
            }
            best = other.end() > best.end() ? other : best;
        }
        return best.isToken() && patience < 0 ? unread(bytes, best.end(), to, last) : best;
    }

    /**
     * The start of the next run of base64url that is long enough for a header, or begins one and is broken by a colour; -1
     * when there is none. Each is looked at from its end, where most turn out to be too short.
     */
    private static int nextRun(byte[] bytes, int from, int to) {
        int start = from;
        while (start + TokenMatch.SHORTEST_HEADER <= to) {
            int i = start + TokenMatch.SHORTEST_HEADER - 1;
            while (i >= start && Base64Url.ALPHABET[bytes[i] & 0xff]) {
                i--;
            }
            if (i < start) {
                return start;
            }
            int colored = mayBeInColor(bytes[i]) ? coloredHeader(bytes, start, i + 1, to) : -1;
            if (colored >= 0) {
                return colored;
            }
            start = i + 1;
        }
        return -1;
    }

    /** Whether a byte can stand in a colour code, and not in base64url. */
    private static boolean mayBeInColor(byte octet) {
        return octet == Gap.ESCAPE || octet == '[' || octet == ';';
    }

    private static boolean isColored(byte[] bytes, int index, int to) {
        return index < to && bytes[index] == Gap.ESCAPE;
    }

    /**
     * Whether a run that ends in a colour goes on behind it, as far as a header has to on its first line. Where the bytes
     * end before, it may.
     */
    private static boolean goesOnInColor(byte[] bytes, int index, int end, int to) {
        if (!isColored(bytes, end, to)) {
            return false;
        }
        int count = 0;
        int i = index;
        while (i < to && count < TokenMatch.SHORTEST_HEADER) {
            int colors = Gap.endOfColors(bytes, i, to);
            if (colors == i && !isTokenByte(bytes[i])) {
                return false;
            }
            count += colors == i ? 1 : 0;
            i = Math.max(colors, i + 1);
        }
        return true;
    }

    /** Where the first run up to an index begins like a header and is broken by a colour; -1 when there is none. */
    private static int coloredHeader(byte[] bytes, int from, int upTo, int to) {
        int start = from;
        while (start < upTo) {
            int end = Base64Url.runEnd(bytes, start, upTo);
            for (int i = start; i < end && isColored(bytes, end, upTo); i++) {
                if (Base64Url.opensObject(bytes, i, end, true) && goesOnInColor(bytes, i, end, to)) {
                    return i;
                }
            }
            start = end + 1;
        }
        return -1;
    }

    private static boolean mayEndHeader(byte octet) {
        return octet == '.' || octet == '%' || Gap.mayBegin(octet);
    }

    /** Where base64url, which colours may break, may begin a token that the end of the part cuts off. */
    private static int undecided(byte[] bytes, int from, int to) {
        int run = to;
        while (run > from && Base64Url.ALPHABET[bytes[run - 1] & 0xff]) {
            run--;
        }
        int start = run;
        while (start > from && (Base64Url.ALPHABET[bytes[start - 1] & 0xff] || mayBeInColor(bytes[start - 1]))) {
            start--;
        }
        int colored = coloredHeader(bytes, start, run, to);
        if (colored >= 0) {
            return colored;
        }
        for (int i = run; i < to; i++) {
            boolean base64 = MAY_START_BASE64[bytes[i]] && sharedBits(bytes, i, to, true) != null;
            if (base64 || Base64Url.opensObject(bytes, i, to, true)) {
                return i;
            }
        }
        return to;
    }

    /** Treats all base64url and separators from an index on as a token. */
    private static Found unread(byte[] bytes, int from, int to, boolean last) {
        int end = from;
        while (end < to && (Base64Url.ALPHABET[bytes[end] & 0xff] || bytes[end] == '.')) {
            end++;
        }
        return end == to && !last ? Found.MORE : new Found(end, null);
    }

    /**
     * Whether base64 at an index reads {@code eyJ}, in one of the three ways that depend on what was encoded before it.
     *
     * @return base64 to put in front, so that a whole number of bytes stands before {@code eyJ}; {@code null} when not
     */
    private static @Nullable String sharedBits(byte[] bytes, int index, int end, boolean open) {
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
     * Matches base64 of a token, which may be broken into lines. All but the first and the last have the same width; what
     * stands in front of the first and behind the last is not known.
     */
    private Found base64Token(byte[] bytes, int from, String shared, int to, boolean last) {
        byte[] encoded = Arrays.copyOf(shared.getBytes(StandardCharsets.US_ASCII), Base64Url.GLANCE);
        int length = shared.length();
        int glance = Base64Url.runEnd(bytes, from, Math.min(to, from + Base64Url.GLANCE - length));
        System.arraycopy(bytes, from, encoded, length, glance - from);
        if (tokenIn(Base64Url.decode(encoded, length + glance - from), false).isNone()) {
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
            encoded = Arrays.copyOf(encoded, Math.max(encoded.length, 2 * (length + end - start)));
            System.arraycopy(bytes, start, encoded, length, end - start);
            length += end - start;
            int next = end + Gap.length(bytes, end, to);
            boolean lastLine = next == end || (width != 0 && end - start != width);
            boolean open = !last && (end == to || (!lastLine && Base64Url.runEnd(bytes, next, to) == to));
            boolean ended = !open && (lastLine || next == to || !isTokenByte(bytes[next]));
            // All of it is decoded again each time that it has doubled.
            if (open || ended || length >= due) {
                due = 2 * length;
                patience -= length / 4;
                if (patience < 0) {
                    return end == to && !last ? Found.MORE : new Found(end, null);
                }
                byte[] decoded = Base64Url.decode(encoded, length);
                Found token = tokenIn(decoded, ended);
                if (token.isNone()) {
                    return Found.NO;
                }
                if (token.isOpen()) {
                    Found whole = tokenIn(decoded, true);
                    token = whole.sure() || (whole.complete() && start == from) ? whole : Found.MORE;
                }
                if (token.isToken()) {
                    int count = (4 * token.least() + 2) / 3 - shared.length();
                    int tokenEnd = endOfPadding(bytes, endOfLine(bytes, from, count, to), to);
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
    private static int endOfLine(byte[] bytes, int from, int count, int to) {
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

    private static int endOfPadding(byte[] bytes, int index, int to) {
        int end = index;
        while (end < to && end < index + 2 && bytes[end] == '=') {
            end++;
        }
        return end;
    }

    /** Matches a token among the first bytes of decoded base64, behind those of a shared quantum. */
    private Found tokenIn(byte[] decoded, boolean last) {
        for (int i = 0; i < Math.min(3, decoded.length); i++) {
            if (Base64Url.opensObject(decoded, i, Base64Url.runEnd(decoded, i, decoded.length), false)) {
                return reach(decoded, i, plainToken(decoded, i, decoded.length, last), decoded.length, last);
            }
        }
        return Found.NO;
    }
}
