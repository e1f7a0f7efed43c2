package dev.chainloop.token.core;

/**
 * What a program put between two characters of a token: a line end, also as JSON or quoted-printable text (RFC 2045
 * section 6.7) writes it, with the indentation of the next line, and colours.
 */
final class Gap {
    static final byte ESCAPE = 0x1b;

    private static final int MAX_INDENTATION = 64;
    private static final String[] LINE_END = {"=", "\r", "\n"};
    private static final String[] JSON_LINE_END = {"\\r", "\\n"};

    private Gap() {}

    /** Whether one can begin with a byte. */
    static boolean mayBegin(byte octet) {
        return octet == '\n' || octet == '\r' || octet == '=' || octet == '\\' || octet == ESCAPE;
    }

    /** How long it is; 0 where there is none. Where it reaches the end, it may go on. */
    static int length(byte[] bytes, int index, int to) {
        int line = endOfColors(bytes, index, to);
        return endOfColors(bytes, endOfLineEnd(bytes, line, to), to) - index;
    }

    /** Where the colours that begin at an index end. */
    static int endOfColors(byte[] bytes, int index, int to) {
        int end = index;
        while (end < to && bytes[end] == ESCAPE) {
            int i = end + 1;
            if (i < to && bytes[i] != '[') {
                break;
            }
            i++;
            while (i < to && (bytes[i] == ';' || (bytes[i] >= '0' && bytes[i] <= '9'))) {
                i++;
            }
            if (i >= to) {
                return to;
            }
            if (bytes[i] != 'm' && bytes[i] != 'K') {
                break;
            }
            end = i + 1;
        }
        return end;
    }

    /** Whether a colour begins at an index. */
    static boolean isColor(byte[] bytes, int index, int to) {
        return index < to && bytes[index] == ESCAPE;
    }

    /**
     * Whether a run that ends in a colour goes on behind it, for at least so many characters in all. Where the bytes
     * end before, it may.
     */
    static boolean goesOnInColor(byte[] bytes, int index, int end, int to, int least) {
        if (!isColor(bytes, end, to)) {
            return false;
        }
        int count = 0;
        int i = index;
        while (i < to && count < least) {
            int colors = endOfColors(bytes, i, to);
            if (colors == i && !Base64Url.ALPHABET[bytes[i] & 0xff]) {
                return false;
            }
            count += colors == i ? 1 : 0;
            i = Math.max(colors, i + 1);
        }
        return true;
    }

    private static int endOfLineEnd(byte[] bytes, int index, int to) {
        boolean json = index < to && bytes[index] == '\\';
        int end = index;
        for (String part : json ? JSON_LINE_END : LINE_END) {
            int i = 0;
            while (i < part.length() && end + i < to && bytes[end + i] == part.charAt(i)) {
                i++;
            }
            if (end + i == to && i > 0) {
                return to;
            }
            end = i == part.length() ? end + i : end;
        }
        if (end == index || bytes[end - 1] != (json ? 'n' : '\n')) {
            return index;
        }
        int indented = end;
        while (indented < to
                && indented - end <= MAX_INDENTATION
                && (bytes[indented] == ' ' || bytes[indented] == '\t')) {
            indented++;
        }
        return indented - end <= MAX_INDENTATION ? indented : index;
    }
}
