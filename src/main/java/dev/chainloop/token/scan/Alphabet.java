package dev.chainloop.token.scan;

/** What tokens are written in. It refers to no other class, so that the executable's builder computes this table. */
final class Alphabet {
    /**
     * The six bits that a byte stands for in base64url (RFC 4648 section 5); -1 for what else can stand in a token or break
     * it, but for blanks; -2 for all others.
     */
    static final byte[] SEXTETS = new byte[256];

    static {
        String letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        // Dots, line ends, terminal sequences, the zeros of UTF-16.
        String others = ".%=\\\r\n\u001b[(;?\0";
        for (int i = 0; i < SEXTETS.length; i++) {
            SEXTETS[i] = (byte) (others.indexOf(i) < 0 && letters.indexOf(i) < 0 ? -2 : letters.indexOf(i));
        }
    }

    private Alphabet() {}
}
