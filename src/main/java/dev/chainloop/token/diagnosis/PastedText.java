package dev.chainloop.token.diagnosis;

import org.jspecify.annotations.Nullable;

/**
 * Pasted text, made plain: without terminal sequences (ECMA-48), escapes of JSON and HTML, typographic quotes,
 * quotation marks of a mail and the time stamps at the start of its lines. White space is one blank or one line end.
 */
final class PastedText {
    private static final char ESCAPE = '\u001b';
    private static final int MAX_ENTITY = 8;
    private static final int MAX_SEQUENCE = 4096;

    private final StringBuilder plain;
    private final String text;

    private PastedText(String text) {
        this.text = text;
        this.plain = new StringBuilder(text.length());
    }

    /** The text made plain, in time that is linear in its length. */
    static String plain(String text) {
        return new PastedText(unescaped(text)).read();
    }

    private String read() {
        boolean startsLine = true;
        for (int i = 0; i < text.length(); ) {
            int end = endOfSequence(i);
            if (end > i) {
                i = end;
                continue;
            }
            if (startsLine) {
                end = endOfMark(i);
                if (end > i) {
                    i = end;
                    continue;
                }
            }
            char c = text.charAt(i);
            i++;
            if (c == '\n' || c == '\r' || c == '\u2028' || c == '\u2029' || c == '\u0085') {
                lineEnd();
                startsLine = true;
            } else if (Character.isWhitespace(c) || Character.isSpaceChar(c) || isFrame(c)) {
                blank();
            } else if (isShown(c)) {
                plain.append(straight(c));
                startsLine = false;
            }
        }
        return plain.toString();
    }

    private void blank() {
        if (plain.length() > 0 && last() != ' ' && last() != '\n') {
            plain.append(' ');
        }
    }

    private void lineEnd() {
        if (plain.length() > 0 && last() == ' ') {
            plain.setLength(plain.length() - 1);
        }
        if (plain.length() > 0 && last() != '\n') {
            plain.append('\n');
        }
    }

    private char last() {
        return plain.charAt(plain.length() - 1);
    }

    /**
     * Whether a character is visible: not a soft hyphen, a zero-width character, or a mark of byte order or direction.
     */
    private static boolean isShown(char c) {
        return Character.getType(c) != Character.FORMAT && !Character.isISOControl(c);
    }

    /** Whether a box is drawn with it, as around an error in a terminal. */
    private static boolean isFrame(char c) {
        return c >= '\u2500' && c <= '\u257f';
    }

    private static char straight(char c) {
        return switch (c) {
            case '\u2018', '\u2019', '\u201a', '\u201b', '\u2032', '\u00b4', '`', '\u02bc' -> '\'';
            case '\u201c', '\u201d', '\u201e', '\u201f', '\u2033', '\u00ab', '\u00bb' -> '"';
            case '\u2010', '\u2011', '\u2012', '\u2013', '\u2014' -> '-';
            default -> c;
        };
    }

    /** Where a terminal sequence ends that starts at an index, also one that has lost its escape character; else the index. */
    private int endOfSequence(int start) {
        char c = text.charAt(start);
        if (c == '\u009b') {
            return endOfControl(start + 1);
        }
        if (c == ESCAPE) {
            if (start + 1 >= text.length()) {
                return start + 1;
            }
            return switch (text.charAt(start + 1)) {
                case '[' -> endOfControl(start + 2);
                case ']' -> endOfCommand(start + 2);
                default -> start + 1;
            };
        }
        if (text.startsWith("^[[", start)) {
            return endOfColor(start + 3, start);
        }
        return c == '[' ? endOfColor(start + 1, start) : start;
    }

    private int endOfControl(int from) {
        int i = from;
        while (i < text.length() && (text.charAt(i) < '@' || text.charAt(i) > '~')) {
            i++;
        }
        return Math.min(i + 1, text.length());
    }

    private int endOfCommand(int from) {
        int max = Math.min(text.length(), from + MAX_SEQUENCE);
        for (int i = from; i < max; i++) {
            if (text.charAt(i) == '\u0007') {
                return i + 1;
            }
            if (text.charAt(i) == ESCAPE) {
                return i;
            }
        }
        return from;
    }

    private int endOfColor(int from, int otherwise) {
        int i = from;
        while (i < text.length() && i - from < MAX_ENTITY * 4 && (isDigit(i) || text.charAt(i) == ';')) {
            i++;
        }
        return i > from && i < text.length() && text.charAt(i) == 'm' ? i + 1 : otherwise;
    }

    /** Where a mark of a quoted mail, or a time stamp, ends that stands at the start of a line; else the index. */
    private int endOfMark(int start) {
        char c = text.charAt(start);
        if (c == '>' || c == '|') {
            return start + 1;
        }
        // 2026-01-01T00:00:00.000Z, as GitHub puts it before each line, and Jenkins in brackets.
        boolean bracketed = c == '[';
        int from = bracketed ? start + 1 : start;
        int i = from;
        while (i < text.length() && i - from < 36 && (isDigit(i) || "-:.TZ+".indexOf(text.charAt(i)) >= 0)) {
            i++;
        }
        if (i - from < 19 || text.charAt(from + 10) != 'T' || text.charAt(from + 13) != ':') {
            return start;
        }
        return bracketed && i < text.length() && text.charAt(i) == ']' ? i + 1 : i;
    }

    private boolean isDigit(int index) {
        return text.charAt(index) >= '0' && text.charAt(index) <= '9';
    }

    /** Without escapes of JSON, however often they were escaped themselves, of a shell, and of HTML. */
    private static String unescaped(String text) {
        if (text.indexOf('\\') < 0 && text.indexOf('&') < 0) {
            return text;
        }
        StringBuilder plain = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); ) {
            char c = text.charAt(i);
            if (c == '\\') {
                int end = i;
                while (end < text.length() && text.charAt(end) == '\\') {
                    end++;
                }
                i = unescape(text, end, plain);
            } else {
                int end = c == '&' ? endOfEntity(text, i) : -1;
                @Nullable String entity = end < 0 ? null : entity(text.substring(i + 1, end));
                plain.append(entity == null ? String.valueOf(c) : entity);
                i = entity == null ? i + 1 : end + 1;
            }
        }
        return plain.toString();
    }

    /** Reads what stands behind backslashes, and returns where that ends. */
    private static int unescape(String text, int start, StringBuilder plain) {
        if (start >= text.length()) {
            return start;
        }
        int point = -1;
        int end = start + 5;
        if (text.charAt(start) == 'u' && end <= text.length()) {
            point = hex(text, start + 1, end);
        } else if (text.startsWith("x1b", start) || text.startsWith("x1B", start) || text.startsWith("033", start)) {
            point = ESCAPE;
            end = start + 3;
        } else if (text.startsWith("e[", start)) {
            point = ESCAPE;
            end = start + 1;
        }
        if (point >= 0) {
            plain.append((char) point);
            return end;
        }
        switch (text.charAt(start)) {
            case 'n', 'r' -> plain.append('\n');
            case 't' -> plain.append(' ');
            default -> plain.append(text.charAt(start));
        }
        return start + 1;
    }

    private static int hex(String text, int start, int end) {
        int value = 0;
        for (int i = start; i < end; i++) {
            int digit = Character.digit(text.charAt(i), 16);
            if (digit < 0) {
                return -1;
            }
            value = value * 16 + digit;
        }
        return value;
    }

    private static int endOfEntity(String text, int start) {
        for (int i = start + 1; i < text.length() && i - start <= MAX_ENTITY; i++) {
            if (text.charAt(i) == ';') {
                return i;
            }
        }
        return -1;
    }

    private static @Nullable String entity(String name) {
        return switch (name) {
            case "quot", "ldquo", "rdquo" -> "\"";
            case "apos", "lsquo", "rsquo" -> "'";
            case "gt" -> ">";
            case "lt" -> "<";
            case "amp" -> "&";
            case "nbsp" -> " ";
            default -> name.startsWith("#") ? numbered(name.substring(1)) : null;
        };
    }

    private static @Nullable String numbered(String number) {
        boolean hexadecimal = number.startsWith("x") || number.startsWith("X");
        try {
            int point = hexadecimal ? Integer.parseInt(number.substring(1), 16) : Integer.parseInt(number);
            return Character.isBmpCodePoint(point) ? String.valueOf((char) point) : null;
        } catch (NumberFormatException e) {
            return null;
        }
    }
}
