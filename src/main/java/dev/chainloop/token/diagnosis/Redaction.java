package dev.chainloop.token.diagnosis;

/**
 * Pieces of a text that are shown differently in public. Whoever makes the text marks them, and one filter before the output
 * takes the marks out. They are noncharacters of Unicode, which no text that is exchanged has.
 */
public final class Redaction {
    private static final char START = '\ufdd0';
    /** Between the two versions of a piece; a text without it has none. */
    public static final char INSTEAD = '\ufdd1';

    private static final char END = '\ufdd2';

    private Redaction() {}

    /** A piece, and what stands in its place in public. */
    public static String of(String shown, String inPublic) {
        return shown.equals(inPublic) ? shown : START + bare(shown) + INSTEAD + bare(inPublic) + END;
    }

    /** The text with one of the two in the place of each piece. */
    public static String applied(String text, boolean redact) {
        StringBuilder applied = new StringBuilder();
        int copied = 0;
        for (int instead = text.indexOf(INSTEAD); instead >= 0; instead = text.indexOf(INSTEAD, instead + 1)) {
            int start = text.lastIndexOf(START, instead);
            int end = text.indexOf(END, instead);
            if (start >= copied && end >= 0) {
                applied.append(text, copied, start);
                applied.append(redact ? text.substring(instead + 1, end) : text.substring(start + 1, instead));
                copied = end + 1;
            }
        }
        return applied.append(text, copied, text.length()).toString();
    }

    /** Without marks, which only a forger has. */
    private static String bare(String text) {
        return text.replace(START, '\ufffd').replace(INSTEAD, '\ufffd').replace(END, '\ufffd');
    }
}
