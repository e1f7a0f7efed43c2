package dev.chainloop.token.scan;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A run of base64url characters and dots, and the search for the first token in it. Each character is read a bounded number of times: where a
 * token may begin, only the beginning and the end of its header are read; and all characters are decoded once in each of the four ways
 * to group them.
 */
final class TokenRun {
    /** Whatever is found has so many characters in a row, so most of a log can be skipped. */
    static final int LEAST = 20;

    static final int LONGEST_HEADER = 64 << 10;

    /** 0 for bytes that cannot be in a token, 2 for the second character of what {@link #mayBegin} looks for, else 1. */
    static final byte[] KINDS = new byte[256];

    /** The six bits that a character stands for (RFC 4648 section 5); -1 for a dot and any other byte. */
    private static final byte[] SEXTETS = new byte[256];

    /** The fewest characters after the first dot. Examples have fewer before their ellipsis. */
    private static final int LEAST_BEHIND = 10;

    private static final int ELLIPSIS = 3;

    /** How headers begin, by their first name: alg, typ, kid, enc. Other JSON in Base64 is not a secret. */
    private static final String HEADERS = "eyJhbGci eyJ0eXAi eyJraWQi eyJlbmMi";

    static {
        String letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        for (int i = 0; i < KINDS.length; i++) {
            SEXTETS[i] = (byte) letters.indexOf(i);
            KINDS[i] = (byte) ("ywXVl".indexOf(i) >= 0 ? 2 : SEXTETS[i] >= 0 || i == '.' ? 1 : 0);
        }
    }

    /**
     * @param compact the token, or what there is of it
     * @param cut whether it breaks off at the end of a line
     * @param hidden whether it is in Base64, and goes on to the end of that
     */
    record Match(int start, int end, String compact, boolean cut, boolean hidden) {}

    /** How often a character was read beyond the first time. */
    long work;

    private final byte[] bytes;
    private final int end;

    /** Whether a line ends with the run. */
    private final boolean line;

    /** The ends of the header and of the run after the place where a token was looked for last. */
    private int dot;

    private int tail;

    /** The run that ends at an index. */
    TokenRun(byte[] bytes, int end, boolean line) {
        this.bytes = bytes;
        this.end = end;
        this.line = line;
    }

    /**
     * Whether a token may begin at a character, also if the characters that decide it have not arrived. It begins with a brace, and a quotation
     * mark or white space. In Base64, none, two or four bits of its first character belong to what is in front:
     *
     * <pre>
     * as it is    eyJ, eyA, or with a line break ew
     * in Base64   ZX     ?V5 or ?V3     ?le or ?ld
     * </pre>
     */
    static boolean mayBegin(byte[] bytes, int at, int to) {
        byte first = bytes[at];
        int bits = SEXTETS[first & 0xff];
        int third = at + 2 < to ? bytes[at + 2] : 0;
        return switch (at + 1 < to ? bytes[at + 1] : 0) {
            case 0 -> first == 'e' || first == 'Z' || (bits & 0b1111) == 0b0110 || (bits & 0b11) == 0b01;
            case 'y' -> first == 'e' && (third == 0 || third == 'J' || third == 'A');
            case 'w' ->
                first == 'e' && (at + 3 >= to || ("ko0".indexOf(third) >= 0 && "igJKN".indexOf(bytes[at + 3]) >= 0));
            case 'X' -> first == 'Z';
            case 'V' -> (bits & 0b1111) == 0b0110 && (third == 0 || third == '5' || third == '3');
            case 'l' -> (bits & 0b11) == 0b01 && (third == 0 || third == 'e' || third == 'd');
            default -> false;
        };
    }

    /** The first token that begins between two indexes, as it is or in Base64. */
    @Nullable
    Match first(int from, int to) {
        @Nullable Match first = plain(from, to);
        for (int begin = from, stop; begin < to; begin = stop + 1) {
            stop = begin;
            while (stop < end && bytes[stop] != '.') {
                stop++;
            }
            for (int bits = 0; bits < 8 && stop - begin > LEAST; bits += 2) {
                TokenRun octets = decoded(begin, bits, stop);
                @Nullable Match token = octets.plain(0, octets.end);
                work += 2L * (stop - begin) + octets.work;
                int start = token == null ? end : begin + (bits + 8 * token.start) / 6;
                if (token != null && (first == null || start < first.start)) {
                    first = new Match(start, end, token.compact, token.cut, true);
                }
            }
        }
        return first;
    }

    /** What characters without a dot stand for, after the first bits. */
    private TokenRun decoded(int from, int bits, int to) {
        byte[] octets = new byte[(6 * (to - from) - bits) / 8];
        for (int i = 0; i < octets.length; i++) {
            octets[i] = (byte) octet(from, bits + 8 * i);
        }
        return new TokenRun(octets, octets.length, line && to == end);
    }

    /** The byte after so many bits of what the characters stand for. */
    private int octet(int from, int bits) {
        int letter = from + bits / 6;
        int two = SEXTETS[bytes[letter] & 0xff] << 6 | SEXTETS[bytes[letter + 1] & 0xff];
        return two >> (4 - bits % 6) & 0xff;
    }

    private @Nullable Match plain(int from, int to) {
        for (int i = from; i + LEAST <= to; i++) {
            if (bytes[i] == 'e' && mayBegin(bytes, i, end)) {
                @Nullable Match token = at(i);
                if (token != null) {
                    return token;
                }
            }
        }
        return null;
    }

    /** The token that begins at an index; these grow from one call to the next. */
    private @Nullable Match at(int start) {
        dot = Math.max(dot, start);
        while (dot < end && SEXTETS[bytes[dot] & 0xff] >= 0) {
            dot++;
        }
        tail = Math.max(tail, dot);
        while (tail < end && KINDS[bytes[tail] & 0xff] != 0) {
            tail++;
        }
        work++;
        boolean lineEnds = tail == end ? line : bytes[tail] == '\n' || bytes[tail] == '\r';
        if (tail - start < LEAST || dot - start > LONGEST_HEADER) {
            return null;
        }
        if (dot == tail) {
            boolean header = HEADERS.contains(new String(bytes, start, 8, StandardCharsets.ISO_8859_1));
            return lineEnds && header ? token(start, tail, true) : null;
        }
        if ((dot - start) % 4 == 1 || "} \t\r\n".indexOf(octet(start, (dot - start) * 3 / 4 * 8 - 8)) < 0) {
            return null;
        }
        int last = tail;
        while (tail - last < ELLIPSIS && bytes[last - 1] == '.') {
            last--;
        }
        if (last - dot <= LEAST_BEHIND) {
            return lineEnds && tail - last < 2 ? token(start, tail, true) : null;
        }
        int second = dot + 1;
        while (second < last && bytes[second] != '.') {
            second++;
        }
        // A token without a signature ends with a dot.
        return token(start, second == last && tail - last == 1 ? tail : last, lineEnds && second == tail);
    }

    private Match token(int start, int to, boolean cut) {
        return new Match(start, to, new String(bytes, start, to - start, StandardCharsets.US_ASCII), cut, false);
    }
}
