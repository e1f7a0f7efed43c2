package dev.chainloop.token.render;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;

/**
 * Makes hostile text safe to print. A terminal obeys control characters, invisible and right-to-left characters mislead
 * a reader, and a CI runner obeys {@code ##[…]} anywhere in a line and {@code ::…} at its start.
 */
public final class Sanitizer {
    /** The version of Unicode that {@link #UNSAFE} was made from. */
    static final String UNICODE_VERSION = "18.0";

    /**
     * Where each range of code points beyond ASCII that must not be printed starts, and where it ends (exclusive):
     * controls, format characters,
     * line and paragraph separators, surrogates (the general categories Cc, Cf, Zl, Zp and Cs), and all that has the
     * property Default_Ignorable_Code_Point, that is, invisible ones. A table, because {@link Character} does not know that
     * property, nor code points that are newer than its JDK.
     */
    private static final int[] UNSAFE = {
        0x7f, 0xa0, 0xad, 0xae, 0x34f, 0x350, 0x600, 0x606, 0x61c, 0x61d,
        0x6dd, 0x6de, 0x70f, 0x710, 0x890, 0x892, 0x8e2, 0x8e3, 0x115f, 0x1161,
        0x17b4, 0x17b6, 0x180b, 0x1810, 0x200b, 0x2010, 0x2028, 0x202f, 0x2060, 0x2070,
        0x3164, 0x3165, 0xd800, 0xe000, 0xfe00, 0xfe10, 0xfeff, 0xff00, 0xffa0, 0xffa1,
        0xfff0, 0xfffc, 0x110bd, 0x110be, 0x110cd, 0x110ce, 0x13430, 0x13440, 0x1bca0, 0x1bca4,
        0x1d173, 0x1d17b, 0xe0000, 0xe1000,
    };

    private static final int ZWNJ = 0x200c;
    private static final int ZWJ = 0x200d;

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
            if (i == start || isUnsafe(value, i, point) || isLegacyCommand(value, i)) {
                escape(safe, point);
            } else {
                safe.appendCodePoint(point);
            }
            i += Character.charCount(point);
        }
        return safe.toString();
    }

    /**
     * Escapes what JSON allows but must not be printed. Such characters occur in strings only,
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
            if ((isUnsafe(json, i, point) && point != '\n') || isLegacyCommand(json, i)) {
                escape(safe, point);
            } else {
                safe.appendCodePoint(point);
            }
            i += Character.charCount(point);
        }
        return safe.toString();
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

    private static boolean isUnsafe(String text, int index, int point) {
        if (point < 0x7f) {
            return point < ' ';
        }
        return (point == ZWNJ || point == ZWJ) ? !Joiners.belongsToWord(text, index) : isInTable(point);
    }

    private static boolean isInTable(int point) {
        int found = Arrays.binarySearch(UNSAFE, point);
        int below = found >= 0 ? found : -found - 2;
        return below >= 0 && below % 2 == 0;
    }

    /** Where a {@code ::} command would start if the value began a line; -1 when nowhere. */
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

    /** Whether the character at an index is the second one of {@code ##[}. */
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
     * The two joiners are invisible, and yet part of words: they keep letters apart or draw them together in scripts
     * whose letters join (The Unicode Standard, section 23.2), and make one emoji of several. Anywhere else they could
     * hide a text. In a class of its own, because hardly any answer needs it.
     */
    private static final class Joiners {
        private static final Set<Character.UnicodeScript> SCRIPTS = EnumSet.of(
                Character.UnicodeScript.ARABIC,
                Character.UnicodeScript.SYRIAC,
                Character.UnicodeScript.NKO,
                Character.UnicodeScript.MONGOLIAN,
                Character.UnicodeScript.DEVANAGARI,
                Character.UnicodeScript.BENGALI,
                Character.UnicodeScript.GURMUKHI,
                Character.UnicodeScript.GUJARATI,
                Character.UnicodeScript.ORIYA,
                Character.UnicodeScript.TAMIL,
                Character.UnicodeScript.TELUGU,
                Character.UnicodeScript.KANNADA,
                Character.UnicodeScript.MALAYALAM,
                Character.UnicodeScript.SINHALA,
                Character.UnicodeScript.KHMER,
                Character.UnicodeScript.MYANMAR,
                Character.UnicodeScript.TIBETAN,
                Character.UnicodeScript.BALINESE,
                Character.UnicodeScript.JAVANESE);

        /** Whether the joiner at an index is between two letters that it can join or separate, or joins two emoji. */
        static boolean belongsToWord(String text, int index) {
            if (index == 0 || index + 1 == text.length()) {
                return false;
            }
            int before = text.codePointBefore(index);
            int after = text.codePointAt(index + 1);
            return (isJoining(before, true) && isJoining(after, false))
                    || (text.charAt(index) == ZWJ && isEmoji(before, true) && isEmoji(after, false));
        }

        private static boolean isJoining(int point, boolean orMark) {
            Character.UnicodeScript script = Character.UnicodeScript.of(point);
            return switch (Character.getType(point)) {
                case Character.OTHER_LETTER -> SCRIPTS.contains(script);
                // A virama, or a vowel's mark, which several scripts may share.
                case Character.NON_SPACING_MARK, Character.COMBINING_SPACING_MARK ->
                    orMark && (SCRIPTS.contains(script) || script == Character.UnicodeScript.INHERITED);
                default -> false;
            };
        }

        private static boolean isEmoji(int point, boolean orModifier) {
            int type = Character.getType(point);
            // Skin tones are modifiers.
            return type == Character.OTHER_SYMBOL || (orModifier && type == Character.MODIFIER_SYMBOL);
        }
    }
}
