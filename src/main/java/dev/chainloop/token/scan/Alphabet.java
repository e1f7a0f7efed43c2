package dev.chainloop.token.scan;

import java.util.Arrays;

/** What tokens are written in. It refers to no other class, so that the executable's builder computes these tables. */
final class Alphabet {
    /** The six bits that a byte stands for in base64url (RFC 4648 section 5); -1 for one that is no letter. */
    static final byte[] SEXTETS = new byte[256];

    /** What can stand in a token and in what breaks it, but for blanks. */
    static final boolean[] PARTS = new boolean[256];

    /**
     * What two letters, by their twelve bits, can begin: 1 for a JSON object in base64url; 2, 4 and 8 for base64 of that with
     * none, one and two bytes in front of it in its group of three.
     */
    static final byte[] OPENINGS = new byte[1 << 12];

    /** Whether anything begins with a byte. */
    static final boolean[] STARTS = new boolean[256];

    static {
        String letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        Arrays.fill(SEXTETS, (byte) -1);
        for (int i = 0; i < letters.length(); i++) {
            SEXTETS[letters.charAt(i)] = (byte) i;
        }
        for (int i = 0; i < PARTS.length; i++) {
            // Dots, line ends, terminal sequences, the zeros of UTF-16.
            PARTS[i] = SEXTETS[i] >= 0 || ".%=\\\r\n\u001b[(;?\0".indexOf(i) >= 0;
        }
        // All ways in which an object can begin: a brace, a quotation mark or a blank behind it, perhaps blanks before
        // it.
        String ways = "{\"{ {\t{\r{\n {\t{\r{\n{\r\n  ";
        for (int i = 0; i < ways.length(); i += 2) {
            int bits = ways.charAt(i) << 4 | ways.charAt(i + 1) >> 4;
            int one = letters.charAt(bits >> 6);
            int two = letters.charAt(bits & 63);
            int[] pairs = {bits, one << 4 | two >> 4, (one & 15) << 8 | two, (one & 63) << 6 | two >> 2};
            for (int way = 0; way < pairs.length; way++) {
                OPENINGS[pairs[way]] |= (byte) (1 << way);
                STARTS[letters.charAt(pairs[way] >> 6)] = true;
            }
        }
    }

    private Alphabet() {}
}
