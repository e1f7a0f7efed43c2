package dev.chainloop.token.controlplane;

/** Removes a token from text: every piece of it that is too long to be there by chance. */
final class Secret {
    private static final int PIECE = 12;
    private static final String MARK = "<token>";

    private final String token;

    Secret(String token) {
        this.token = token;
    }

    /** The text, with every piece of the token of twelve characters or more replaced by a mark. */
    String removedFrom(String words) {
        StringBuilder clean = new StringBuilder(words.length());
        int i = 0;
        while (i < words.length()) {
            int length = pieceAt(words, i);
            if (length < PIECE) {
                clean.append(words.charAt(i));
                i++;
            } else {
                clean.append(MARK);
                i += length;
            }
        }
        return clean.toString();
    }

    /** How many characters from an index on also occur in the token, in the same order. */
    private int pieceAt(String words, int start) {
        int longest = 0;
        if (start + PIECE > words.length()) {
            return 0;
        }
        String piece = words.substring(start, start + PIECE);
        for (int at = token.indexOf(piece); at >= 0; at = token.indexOf(piece, at + 1)) {
            int length = PIECE;
            while (start + length < words.length()
                    && at + length < token.length()
                    && words.charAt(start + length) == token.charAt(at + length)) {
                length++;
            }
            longest = Math.max(longest, length);
        }
        return longest;
    }

    @Override
    public String toString() {
        return "<redacted>";
    }
}
