package dev.chainloop.token.explain;

/** A text as it was before it was logged, colored, quoted and copied. */
public final class PlainText {
    private static final int LONGEST_SEQUENCE = 64;

    private PlainText() {}

    /** The text without escapes, colors and what cannot be seen; in linear time. */
    public static String of(String pasted) {
        String text = pasted.indexOf('\\') < 0 ? pasted : unescaped(pasted);
        StringBuilder plain = new StringBuilder(text.length());
        int i = 0;
        while (i < text.length()) {
            char c = text.charAt(i);
            int end = isUsual(c) ? i : endOfSequence(text, i);
            if (end > i) {
                i = end;
                continue;
            }
            i++;
            if (c == '\r' || c == '\n') {
                plain.append(c == '\r' && text.startsWith("\n", i) ? "" : "\n");
            } else if (c == '\t' || c == '\u00a0' || (c >= '\u2500' && c <= '\u257f')) {
                plain.append(' '); // The last ones frame an error in a terminal.
            } else if (isUsual(c) || !(Character.isISOControl(c) || Character.getType(c) == Character.FORMAT)) {
                plain.append(c);
            }
        }
        return plain.toString();
    }

    /** Without the escapes of JSON, however often they were escaped themselves. */
    private static String unescaped(String text) {
        StringBuilder plain = new StringBuilder(text.length());
        int i = 0;
        while (i < text.length()) {
            char c = text.charAt(i++);
            if (c != '\\') {
                plain.append(c);
                continue;
            }
            while (i < text.length() && text.charAt(i) == '\\') {
                i++;
            }
            if (text.startsWith("n", i) || text.startsWith("r", i) || text.startsWith("t", i)) {
                plain.append(text.charAt(i++) == 't' ? ' ' : '\n');
            } else if (text.startsWith("u", i) && code(text, i + 1) >= 0) {
                plain.append((char) code(text, i + 1));
                i += 5;
            }
        }
        return plain.toString();
    }

    /** The number that four hexadecimal digits write; negative when they are none. */
    private static int code(String text, int from) {
        int code = 0;
        for (int i = from; i < from + 4 && code >= 0; i++) {
            int digit = i < text.length() ? Character.digit(text.charAt(i), 16) : -1;
            code = digit < 0 ? -1 : code * 16 + digit;
        }
        return code;
    }

    private static boolean isUsual(char c) {
        return c >= ' ' && c < '\u007f' && c != '[';
    }

    /** The end of a terminal's sequence (ECMA-48) at an index, even one that lost its escape character; the index for none. */
    private static int endOfSequence(String text, int index) {
        boolean escaped = text.startsWith("\u001b[", index);
        if (!escaped && text.charAt(index) != '[') {
            return index;
        }
        int start = index + (escaped ? 2 : 1);
        int most = Math.min(text.length(), start + LONGEST_SEQUENCE);
        int i = start;
        while (i < most && ((text.charAt(i) >= '0' && text.charAt(i) <= '9') || text.charAt(i) == ';')) {
            i++;
        }
        if (escaped) {
            return Math.min(i + 1, text.length());
        }
        return i > start && text.startsWith("m", i) ? i + 1 : index;
    }
}
