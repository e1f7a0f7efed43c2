package dev.chainloop.token.core;

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
    /** How many bytes it takes to tell base64 of a token from other text. */
    private static final int UNDECIDED = 8;

    /**
     * Limits the work on base64url, as a multiple of its length, beyond what is always done. Text with more places where a
     * token could begin was made to be slow, and is taken for a token without reading it.
     */
    private static final int PATIENCE = 16;

    private static final int RESERVE = 16 * TokenMatch.LONGEST_HEADER;

    /** What a token, or base64 of one, can start with. */
    private static final boolean[] MAY_START = new boolean[128];

    /** What base64 of one can start with. */
    private static final boolean[] MAY_START_ENCODED = new boolean[128];

    static {
        for (int i = 0; i < MAY_START.length; i++) {
            MAY_START_ENCODED[i] = EncodedMatch.STARTS.indexOf(i) >= 0;
            MAY_START[i] = MAY_START_ENCODED[i] || Base64Url.OBJECT_STARTS.indexOf(i) >= 0;
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
        if (!headerMayEnd && !open && end - start < EncodedMatch.SHORTEST) {
            return end;
        }
        patience += (long) PATIENCE * (end - start + Base64Url.GLANCE);
        boolean[] mayStart = headerMayEnd ? MAY_START : MAY_START_ENCODED;
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
        if (!MAY_START_ENCODED[bytes[index]]) {
            if (!Base64Url.opensObject(
                    bytes, index, end, open || Gap.goesOnInColor(bytes, index, end, to, TokenMatch.SHORTEST_HEADER))) {
                return Found.NO;
            }
            return patience < 0 ? unread(bytes, index, to, last) : plainToken(bytes, index, to, last);
        }
        @Nullable String shared = EncodedMatch.sharedBits(bytes, index, end, open);
        if (shared == null || (!open && end - index < EncodedMatch.SHORTEST)) {
            return Found.NO;
        }
        if (open && end - index < UNDECIDED) {
            return Found.MORE;
        }
        return patience < 0
                ? unread(bytes, index, to, last)
                : new EncodedMatch(this, bytes, to, last).run(index, shared);
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

    /** Where the first run up to an index begins like a header and is broken by a colour; -1 when there is none. */
    private static int coloredHeader(byte[] bytes, int from, int upTo, int to) {
        int start = from;
        while (start < upTo) {
            int end = Base64Url.runEnd(bytes, start, upTo);
            for (int i = start; i < end && Gap.isColor(bytes, end, upTo); i++) {
                if (Base64Url.opensObject(bytes, i, end, true)
                        && Gap.goesOnInColor(bytes, i, end, to, TokenMatch.SHORTEST_HEADER)) {
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
            boolean base64 = MAY_START_ENCODED[bytes[i]] && EncodedMatch.sharedBits(bytes, i, to, true) != null;
            if (base64 || Base64Url.opensObject(bytes, i, to, true)) {
                return i;
            }
        }
        return to;
    }

    /** Whether so many more bytes may be tried. */
    boolean mayTry(int more) {
        patience -= more;
        return patience >= 0;
    }

    /** Treats all base64url and separators from an index on as a token. */
    private static Found unread(byte[] bytes, int from, int to, boolean last) {
        int end = from;
        while (end < to && (Base64Url.ALPHABET[bytes[end] & 0xff] || bytes[end] == '.')) {
            end++;
        }
        return end == to && !last ? Found.MORE : new Found(end, null);
    }

    /** Matches a token among the first bytes of decoded base64, behind those of a shared quantum. */
    Found tokenIn(byte[] decoded, boolean last) {
        for (int i = 0; i < Math.min(3, decoded.length); i++) {
            if (Base64Url.opensObject(decoded, i, Base64Url.runEnd(decoded, i, decoded.length), false)) {
                return reach(decoded, i, plainToken(decoded, i, decoded.length, last), decoded.length, last);
            }
        }
        return Found.NO;
    }
}
