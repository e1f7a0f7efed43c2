package dev.chainloop.token.render;

import java.util.Arrays;
import java.util.HexFormat;

/**
 * Makes hostile text safe to print. A terminal obeys control characters, invisible and right-to-left characters mislead
 * a reader, and a CI runner obeys {@code ##[…]} anywhere in a line and {@code ::…} at its start.
 */
public final class Sanitizer {
    /** The version of Unicode that {@link #UNSAFE} was made from. */
    static final String UNICODE_VERSION = "18.0";

    /**
     * Where each range of code points beyond ASCII that must not be printed starts, and where it ends (exclusive): controls,
     * format characters, separators of lines and paragraphs, surrogates (the general categories Cc, Cf, Zl, Zp and Cs), and
     * invisible ones (the property Default_Ignorable_Code_Point, and Braille's blank). A table, because {@link Character} does
     * not know that property, nor code points that are newer than its JDK.
     */
    private static final int[] UNSAFE = {
        0x7f, 0xa0, 0xad, 0xae, 0x34f, 0x350, 0x600, 0x606, 0x61c, 0x61d,
        0x6dd, 0x6de, 0x70f, 0x710, 0x890, 0x892, 0x8e2, 0x8e3, 0x115f, 0x1161,
        0x17b4, 0x17b6, 0x180b, 0x1810, 0x200b, 0x2010, 0x2028, 0x202f, 0x2060, 0x2070,
        0x2800, 0x2801, 0x3164, 0x3165, 0xd800, 0xe000, 0xfe00, 0xfe10, 0xfeff, 0xff00,
        0xffa0, 0xffa1, 0xfff0, 0xfffc, 0x110bd, 0x110be, 0x110cd, 0x110ce, 0x13430, 0x13440,
        0x1bca0, 0x1bca4, 0x1d173, 0x1d17b, 0xe0000, 0xe1000,
    };

    private Sanitizer() {}

    /**
     * Escapes a value for a line of text: what must not be printed becomes {@code \}{@code u001b} and the like. The
     * line starts no workflow command, wherever on a line it is put.
     */
    public static String line(String value) {
        return escaped(value, commandStart(value), "");
    }

    /** Escapes a text for a JSON string; what must not be printed is escaped there, too, and means the same. */
    static String json(String text) {
        return escaped(text, -1, "\"\\\b\t\n\f\r");
    }

    /** Escapes what is unsafe, the start of a command, and named characters by a letter. */
    private static String escaped(String text, int command, String named) {
        StringBuilder safe = new StringBuilder(text.length() + 16);
        for (int i = 0; i < text.length(); ) {
            int point = text.codePointAt(i);
            int letter = named.indexOf(point);
            if (letter >= 0) {
                safe.append('\\').append("\"\\btnfr".charAt(letter));
            } else if (isUnsafe(point) || i == command || isLegacyCommand(text, i)) {
                escape(safe, point);
            } else {
                safe.appendCodePoint(point);
            }
            i += Character.charCount(point);
        }
        return safe.toString();
    }

    private static boolean isUnsafe(int point) {
        if (point < 0x7f) {
            return point < ' ';
        }
        int found = Arrays.binarySearch(UNSAFE, point);
        int below = found >= 0 ? found : -found - 2;
        return below >= 0 && below % 2 == 0;
    }

    /** Where a {@code ::} command would start if the value began a line; -1 when nowhere. */
    private static int commandStart(String value) {
        int i = 0;
        while (i < value.length()
                && (Character.isWhitespace(value.charAt(i)) || Character.isSpaceChar(value.charAt(i)))) {
            i++;
        }
        return value.startsWith("::", i) ? i : -1;
    }

    /** Whether the character at an index is the second one of {@code ##[}, Azure's {@code ##vso[} or TeamCity's. */
    private static boolean isLegacyCommand(String text, int index) {
        boolean command =
                text.startsWith("#[", index) || text.startsWith("#vso[", index) || text.startsWith("#teamcity[", index);
        return command && index > 0 && text.charAt(index - 1) == '#';
    }

    private static void escape(StringBuilder safe, int point) {
        for (char c : Character.toChars(point)) {
            safe.append("\\u").append(HexFormat.of().toHexDigits(c));
        }
    }
}
