package dev.chainloop.token.core;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Allows escapes of lone surrogates in the names of a JSON text. RFC 8259 section 8.2 allows them in names and values,
 * and the Chainloop CLI reads both, but Jackson accepts them only in values. So each is replaced by a mark and four
 * hexadecimal digits before the text is parsed, and restored afterwards. The mark itself is replaced too, so nothing
 * can be mistaken for one.
 */
final class LoneSurrogates {
    private static final char MARK = '\uE000';
    private static final int DIGITS = 4;

    private LoneSurrogates() {}

    /** Whether a JSON text has any escape of a surrogate. */
    static boolean mayBeIn(String json) {
        int escape = json.indexOf("\\u");
        while (escape >= 0) {
            if (escape + 2 < json.length() && (json.charAt(escape + 2) | ' ') == 'd') {
                return true;
            }
            escape = json.indexOf("\\u", escape + 2);
        }
        return false;
    }

    /** The same JSON text without lone surrogates. */
    static String away(String json) {
        StringBuilder text = new StringBuilder(json.length() + 64);
        int i = 0;
        while (i < json.length()) {
            char c = json.charAt(i);
            if (c == MARK) {
                mark(text, MARK);
                i++;
            } else if (c != '\\' || i + 1 == json.length()) {
                text.append(c);
                i++;
            } else {
                int unit = unit(json, i);
                boolean pair = unit >= 0 && Character.isHighSurrogate((char) unit) && isLow(unit(json, i + 2 + DIGITS));
                int length = unit < 0 ? 2 : pair ? 2 * (2 + DIGITS) : 2 + DIGITS;
                if (unit == MARK || (unit >= 0 && !pair && Character.isSurrogate((char) unit))) {
                    mark(text, (char) unit);
                } else {
                    text.append(json, i, i + length);
                }
                i += length;
            }
        }
        return text.toString();
    }

    private static boolean isLow(int unit) {
        return unit >= 0 && Character.isLowSurrogate((char) unit);
    }

    /** The code unit of the escape at an index; -1 when there is none. */
    private static int unit(String json, int index) {
        if (!json.startsWith("\\u", index) || index + 2 + DIGITS > json.length()) {
            return -1;
        }
        int unit = 0;
        for (int i = index + 2; i < index + 2 + DIGITS; i++) {
            char c = json.charAt(i);
            // Character also accepts digits beyond ASCII; JSON does not.
            int digit = c < 0x80 ? Character.digit(c, 16) : -1;
            if (digit < 0) {
                return -1;
            }
            unit = unit << 4 | digit;
        }
        return unit;
    }

    private static void mark(StringBuilder text, char unit) {
        text.append(MARK);
        for (int shift = 12; shift >= 0; shift -= 4) {
            text.append(Character.forDigit((unit >> shift) & 0xf, 16));
        }
    }

    /** The object with its lone surrogates restored. */
    static Map<String, ?> back(Map<String, ? extends @Nullable Object> object) {
        Map<String, @Nullable Object> result = new LinkedHashMap<>();
        for (Map.Entry<String, ? extends @Nullable Object> member : object.entrySet()) {
            result.put(text(member.getKey()), value(member.getValue()));
        }
        return result;
    }

    private static @Nullable Object value(@Nullable Object value) {
        if (value instanceof String text) {
            return text(text);
        }
        if (value instanceof List<?> list) {
            List<@Nullable Object> result = new ArrayList<>(list.size());
            for (Object member : list) {
                result.add(value(member));
            }
            return Collections.unmodifiableList(result);
        }
        if (value instanceof Map<?, ?> map) {
            Map<String, @Nullable Object> result = new LinkedHashMap<>();
            for (Map.Entry<?, ?> member : map.entrySet()) {
                result.put(text((String) member.getKey()), value(member.getValue()));
            }
            return Collections.unmodifiableMap(result);
        }
        return value;
    }

    private static String text(String marked) {
        int mark = marked.indexOf(MARK);
        if (mark < 0) {
            return marked;
        }
        StringBuilder text = new StringBuilder(marked.length());
        int done = 0;
        for (; mark >= 0; mark = marked.indexOf(MARK, done)) {
            text.append(marked, done, mark);
            text.append((char) Integer.parseInt(marked, mark + 1, mark + 1 + DIGITS, 16));
            done = mark + 1 + DIGITS;
        }
        return text.append(marked, done, marked.length()).toString();
    }
}
