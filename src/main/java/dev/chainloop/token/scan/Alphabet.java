package dev.chainloop.token.scan;

/** What tokens are written in. The builder of the executable computes these tables. */
final class Alphabet {
    /**
     * The six bits that a byte stands for in base64url (RFC 4648 section 5); -1 for other bytes that may stand within a
     * token, such as dots and line ends; -2 for the rest, blanks included.
     */
    static final byte[] SEXTETS = new byte[256];

    /** Whether two bytes may begin an object in base64url, or base64 of that with up to two bytes in front. */
    static final boolean[] BEGINNINGS = new boolean[1 << 16];

    static {
        String letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        // Dots, line ends, terminal sequences, the zeros of UTF-16.
        String others = ".%=\\\r\n\f\u000b\u001b[(;?\0";
        for (int i = 0; i < SEXTETS.length; i++) {
            SEXTETS[i] = (byte) (others.indexOf(i) < 0 && letters.indexOf(i) < 0 ? -2 : letters.indexOf(i));
        }
        for (int bits = 0; bits < 1 << 12; bits++) {
            // Behind a brace stands a blank, a quotation mark or a brace; behind the e of one, thus a w, a y or a 3.
            int next = bits & 15;
            if ((bits >> 4 == '{' && (next == 0 || next == 2 || next == 7))
                    || (bits >> 4 == 'e' && (next == 3 || next == 7))
                    || (bits >> 2 & 0xff) == 'e'
                    || (bits & 0xff) == 'e') {
                // Between the two may be a terminal sequence, perhaps escaped, or a zero of UTF-16.
                int first = letters.charAt(bits >> 6) << 8;
                BEGINNINGS[first | letters.charAt(bits & 63)] = true;
                BEGINNINGS[first | '\u001b'] = true;
                BEGINNINGS[first | '\\'] = true;
                BEGINNINGS[first] = true;
            }
        }
    }

    private Alphabet() {}
}
