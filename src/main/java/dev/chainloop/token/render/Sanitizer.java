package dev.chainloop.token.render;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * Makes hostile text safe to print. A terminal obeys control characters, a reader is misled by invisible and by
 * right-to-left ones, and a CI runner obeys {@code ##[…]} anywhere in a line and {@code ::…} at its start.
 */
public final class Sanitizer {
    private Sanitizer() {}

    /**
     * Escapes a value for a line of text: what must not be printed becomes {@code \}{@code u001b} and the like.
     *
     * @param value any text
     * @return one line that starts no workflow command, wherever on a line it is put
     */
    public static String line(String value) {
        StringBuilder safe = new StringBuilder(value.length() + 16);
        int start = commandStart(value);
        for (int i = 0; i < value.length(); ) {
            int point = value.codePointAt(i);
            if (i == start || isUnsafe(point) || isLegacyCommand(value, i)) {
                escape(safe, point);
            } else {
                safe.appendCodePoint(point);
            }
            i += Character.charCount(point);
        }
        return safe.toString();
    }

    /**
     * Escapes what a JSON text may hold by its grammar and must not hold here. Such characters occur in strings only,
     * where the escapes mean the same character.
     *
     * @param json a JSON text whose strings have their C0 controls escaped
     */
    static String json(String json) {
        int i = firstUnsafeInJson(json);
        if (i == json.length()) {
            return json;
        }
        StringBuilder safe = new StringBuilder(json.length() + 64).append(json, 0, i);
        while (i < json.length()) {
            int point = json.codePointAt(i);
            if ((isUnsafe(point) && point != '\n') || isLegacyCommand(json, i)) {
                escape(safe, point);
            } else {
                safe.appendCodePoint(point);
            }
            i += Character.charCount(point);
        }
        return safe.toString();
    }

    /**
     * The same for a JSON text in UTF-8.
     *
     * @return the text itself when nothing in it needs an escape
     */
    static byte[] json(byte[] utf8) {
        return Plain.isPlain(utf8)
                ? utf8
                : json(new String(utf8, StandardCharsets.UTF_8)).getBytes(StandardCharsets.UTF_8);
    }

    private static int firstUnsafeInJson(String json) {
        for (int i = 0; i < json.length(); i++) {
            char c = json.charAt(i);
            boolean plain = c >= ' ' && c < 0x7f && c != '#';
            if (!plain && c != '\n' && (c != '#' || isLegacyCommand(json, i))) {
                return i;
            }
        }
        return json.length();
    }

    private static boolean isUnsafe(int point) {
        if (point < 0x7f) {
            return point < ' ';
        }
        return switch (Character.getType(point)) {
            case Character.CONTROL, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR, Character.SURROGATE ->
                true;
            // Bidi controls, tags and other invisible characters; the two joiners are part of real words.
            case Character.FORMAT -> point != 0x200c && point != 0x200d;
            default -> false;
        };
    }

    /** Where in the value a {@code ::} command would start, should the value start its line; -1 when nowhere. */
    private static int commandStart(String value) {
        int i = 0;
        while (i < value.length() && isBlank(value.charAt(i))) {
            i++;
        }
        return value.startsWith("::", i) ? i : -1;
    }

    private static boolean isBlank(char c) {
        return Character.isWhitespace(c) || Character.isSpaceChar(c);
    }

    /** Whether the second character of {@code ##[} stands at an index. */
    private static boolean isLegacyCommand(String text, int index) {
        return text.charAt(index) == '#' && index > 0 && text.startsWith("##[", index - 1);
    }

    private static void escape(StringBuilder safe, int point) {
        for (char c : Character.toChars(point)) {
            safe.append("\\u");
            for (int shift = 12; shift >= 0; shift -= 4) {
                safe.append(Character.forDigit((c >> shift) & 0xf, 16));
            }
        }
    }

    /**
     * Nearly all of many tokens are plain ASCII: looking at eight bytes at once keeps them fast. In a class of its own, so
     * that a single answer does not build it.
     */
    private static final class Plain {
        private static final VarHandle LONGS =
                MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());
        private static final long EACH = 0x0101_0101_0101_0101L;
        private static final long HIGH = 0x8080_8080_8080_8080L;
        private static final long HASHES = 0x2323_2323_2323_2323L;

        /** Whether a JSON text holds neither DEL nor anything beyond ASCII, nor two hashes in a row. */
        static boolean isPlain(byte[] utf8) {
            int i = 0;
            for (; i <= utf8.length - Long.BYTES; i += Long.BYTES) {
                long eight = (long) LONGS.get(utf8, i);
                long other = eight ^ HASHES;
                // A byte's high bit is set, or set by adding one to it; or the byte is a hash, and zero in `other`.
                long suspect = (eight | (eight + EACH) | ((other - EACH) & ~other)) & HIGH;
                if (suspect != 0 && !isPlain(utf8, i, i + Long.BYTES)) {
                    return false;
                }
            }
            return isPlain(utf8, i, utf8.length);
        }

        private static boolean isPlain(byte[] utf8, int from, int to) {
            for (int i = from; i < to; i++) {
                if (utf8[i] < 0 || utf8[i] == 0x7f || (utf8[i] == '#' && i > 0 && utf8[i - 1] == '#')) {
                    return false;
                }
            }
            return true;
        }
    }
}
