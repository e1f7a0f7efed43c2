package dev.chainloop.token.diagnosis;

import dev.chainloop.token.core.Form;
import java.util.Random;

/**
 * Pieces of a text that are shown differently in public. Whoever makes the text marks them, and one filter before the output
 * takes the marks out. They begin with noncharacters of Unicode and differ in each run, so no claim can contain them.
 */
public final class Redaction {
    private static final String RUN = Long.toHexString(new Random().nextLong());

    private static final String START = "\ufdd0" + RUN;
    /** Between the two versions of a piece; a text without it has none. */
    public static final String INSTEAD = "\ufdd1" + RUN;

    private static final String END = "\ufdd2" + RUN;

    private Redaction() {}

    /** A piece, and what stands in its place in public. */
    public static String of(String shown, String inPublic) {
        return shown.equals(inPublic) ? shown : START + shown + INSTEAD + inPublic + END;
    }

    /** A name; in public, no ID. */
    public static String ofName(String name) {
        return Form.isId(name) ? of(name, "(left out)") : name;
    }

    /** The text with one of the two versions of each piece. */
    public static String applied(String text, boolean redact) {
        StringBuilder applied = new StringBuilder();
        int copied = 0;
        for (int start = text.indexOf(START); start >= 0; start = text.indexOf(START, copied)) {
            int instead = text.indexOf(INSTEAD, start);
            int end = text.indexOf(END, start);
            applied.append(text, copied, start);
            applied.append(
                    redact
                            ? text.substring(instead + INSTEAD.length(), end)
                            : text.substring(start + START.length(), instead));
            copied = end + END.length();
        }
        return applied.append(text, copied, text.length()).toString();
    }
}
