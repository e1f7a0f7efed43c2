package dev.chainloop.token.core;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Recognizes what looks like a token or a part of one, so that it is not shown as part of other text. */
public final class TokenShape {
    /** A run this long that begins like a JSON object is taken for a header or a payload. */
    private static final int MIN_OBJECT = 8;

    /** The length of the shortest signature, an HMAC with SHA-256, less what may have been cut off. */
    private static final int MIN_SIGNATURE = 40;

    private TokenShape() {}

    /**
     * Whether a text contains a token, a segment or a longer piece of one: a run of base64url that decodes to the start of
     * a JSON object, or one that is long and looks random.
     */
    public static boolean isIn(String text) {
        int start = 0;
        for (int i = 0; i <= text.length(); i++) {
            if (i == text.length() || !isBase64Url(text.charAt(i))) {
                if (isObject(text, start, i) || isRandom(text, start, i)) {
                    return true;
                }
                start = i + 1;
            }
        }
        return false;
    }

    /** The text, or words instead of it if a token {@link #isIn} it. */
    public static String hidden(String text) {
        return isIn(text) ? "(looks like a token)" : text;
    }

    private static boolean isBase64Url(char c) {
        return isLower(c) || isUpper(c) || isDigit(c) || c == '-' || c == '_';
    }

    private static boolean isLower(char c) {
        return c >= 'a' && c <= 'z';
    }

    private static boolean isUpper(char c) {
        return c >= 'A' && c <= 'Z';
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    /** A brace, then only white space up to a quotation mark, the closing brace or the end. */
    private static boolean isObject(String text, int start, int end) {
        if (end - start < MIN_OBJECT || text.charAt(start) != 'e') {
            return false;
        }
        int length = (end - start) / 4 * 4;
        byte[] bytes = Base64.getUrlDecoder()
                .decode(text.substring(start, start + length).getBytes(StandardCharsets.ISO_8859_1));
        if (bytes[0] != '{') {
            return false;
        }
        int i = 1;
        while (i < bytes.length && (bytes[i] == ' ' || bytes[i] == '\t' || bytes[i] == '\r' || bytes[i] == '\n')) {
            i++;
        }
        return i == bytes.length || bytes[i] == '"' || bytes[i] == '}';
    }

    /** Random text has lower case, upper case and digits, and changes between them far more often than words do. */
    private static boolean isRandom(String text, int start, int end) {
        if (end - start < MIN_SIGNATURE) {
            return false;
        }
        int lower = 0;
        int upper = 0;
        int digits = 0;
        int changes = 0;
        int last = -1;
        for (int i = start; i < end; i++) {
            char c = text.charAt(i);
            if (c == '-' || c == '_') {
                continue;
            }
            int kind = isLower(c) ? 0 : isUpper(c) ? 1 : 2;
            lower += kind == 0 ? 1 : 0;
            upper += kind == 1 ? 1 : 0;
            digits += kind == 2 ? 1 : 0;
            changes += last >= 0 && kind != last ? 1 : 0;
            last = kind;
        }
        int all = lower + upper + digits;
        return lower > 0 && upper > 0 && digits > 0 && 100 * changes > 38 * all;
    }
}
