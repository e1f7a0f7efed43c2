package dev.chainloop.token.explain;

import java.util.regex.Pattern;

/** A text as it was before it was logged, colored, quoted and copied. */
public final class PlainText {
    /** A JSON escape may have been escaped itself, any number of times. */
    private static final Pattern BACKSLASHES = Pattern.compile("\\\\++");

    /** A terminal's sequence (ECMA-48), or a color that lost its escape character. */
    private static final Pattern SEQUENCE = Pattern.compile("(?s)\u001b\\[[0-9;]{0,64}+.?|\\[[0-9;]{1,64}+m");

    private static final Pattern LINE_END = Pattern.compile("\r\n?");

    /** The last ones frame an error in a terminal. */
    private static final Pattern BLANK = Pattern.compile("[\t\u00a0\u2500-\u257f]");

    private static final Pattern UNSEEN = Pattern.compile("[\\p{Cc}\\p{Cf}&&[^\n]]");

    private PlainText() {}

    /** The text without escapes, colors and what cannot be seen; in linear time. */
    public static String of(String pasted) {
        String text = BACKSLASHES
                .matcher(pasted)
                .replaceAll("\\\\")
                .replace("\\n", "\n")
                .replace("\\r", "\n")
                .replace("\\t", " ")
                .replace("\\u0027", "'") // Some programs write every apostrophe like this.
                .replace("\\", "");
        text = SEQUENCE.matcher(text).replaceAll("");
        text = LINE_END.matcher(text).replaceAll("\n");
        text = BLANK.matcher(text).replaceAll(" ");
        return UNSEEN.matcher(text).replaceAll("");
    }
}
