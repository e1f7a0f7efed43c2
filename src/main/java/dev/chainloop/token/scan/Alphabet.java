package dev.chainloop.token.scan;

import java.nio.charset.StandardCharsets;

/** What tokens are written in. The builder of the executable computes the tables. */
final class Alphabet {
    /** The six bits that a letter of base64url stands for (RFC 4648 section 5); -1 for a dot, -2 for any other byte. */
    static final byte[] SEXTETS = new byte[256];

    /** 0 for what cannot stand in a token, 2 for the second letter of what {@link #mayBegin} looks for, else 1. */
    static final byte[] KINDS = new byte[256];

    static {
        String letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        for (int i = 0; i < SEXTETS.length; i++) {
            SEXTETS[i] = (byte) (i == '.' ? -1 : letters.indexOf(i) < 0 ? -2 : letters.indexOf(i));
            KINDS[i] = (byte) ("ywXVl".indexOf(i) >= 0 ? 2 : SEXTETS[i] > -2 ? 1 : 0);
        }
    }

    private Alphabet() {}

    static boolean isInToken(byte octet) {
        return KINDS[octet & 0xff] > 0;
    }

    /**
     * Whether the first letters of an object stand there, which is a brace and a quotation mark or a blank, or base64 of them: that
     * depends on how many bytes are in front, and begins with a letter that shares its last bits with them.
     *
     * <pre>
     * as they are   eyJ, eyA, or with a line end ew
     * base64        ZX        behind one byte   ?V5 or ?V3       behind two   ?leU or ?ld2
     * </pre>
     */
    static boolean mayBegin(byte[] bytes, int at, int to) {
        int bits = SEXTETS[bytes[at] & 0xff];
        boolean more = at + 3 < to;
        int third = more ? bytes[at + 2] : 0;
        int fourth = more ? bytes[at + 3] : 0;
        return switch (bytes[at + 1]) {
            case 'y' -> bytes[at] == 'e' && (!more || third == 'J' || third == 'A');
            case 'w' -> bytes[at] == 'e' && (!more || ("ko0".indexOf(third) >= 0 && "igJKN".indexOf(fourth) >= 0));
            case 'X' -> bytes[at] == 'Z';
            case 'V' -> (bits & 0b1111) == 0b0110 && (!more || third == '5' || third == '3');
            case 'l' ->
                (bits & 0b11) == 0b01
                        && (!more || (third == 'e' && fourth == 'U') || (third == 'd' && "23z".indexOf(fourth) >= 0));
            default -> false;
        };
    }

    /** Whether the same may go on behind a letter. */
    static boolean isFirst(byte letter) {
        int bits = SEXTETS[letter & 0xff];
        return letter == 'e' || (bits & 0b1111) == 0b0110 || (bits & 0b11) == 0b01;
    }

    /** How many letters are missing in front of base64 that {@link #mayBegin} has found, by the second one that is there. */
    static int missing(byte second) {
        return second == 'X' ? 0 : second == 'V' ? 1 : 2;
    }

    /** The bytes that letters stand for, a character each, where {@code missing} of their group's letters stand in front. */
    static String decoded(byte[] letters, int from, int to, int missing) {
        byte[] octets = new byte[to - from];
        int length = 0;
        int bits = 0;
        for (int i = from; i < to; i++) {
            bits = bits << 6 | SEXTETS[letters[i]];
            int place = i - from + missing & 3;
            if (place > 0) {
                octets[length++] = (byte) (bits >> (6 - 2 * place));
            }
        }
        return new String(octets, 0, length, StandardCharsets.ISO_8859_1);
    }
}
