package dev.chainloop.token.render;

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

    /** Nearly all texts are plain ASCII and need nothing: this keeps a batch of tokens fast. */
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
}
