package dev.chainloop.token.render;

import dev.chainloop.token.core.Form;
import java.util.HexFormat;

/**
 * Makes hostile text safe to print. A terminal obeys control characters, invisible and right-to-left characters mislead
 * a reader, and a CI runner obeys {@code ##[…]} anywhere in a line and {@code ::…} at its start.
 */
public final class Sanitizer {
    private Sanitizer() {}

    /**
     * Escapes a value for a line of text: what must not be printed becomes {@code \}{@code u001b} and the like. The
     * line starts no workflow command, wherever on a line it is put.
     */
    public static String line(String value) {
        int i = 0;
        while (i < value.length()
                && (Character.isWhitespace(value.charAt(i)) || Character.isSpaceChar(value.charAt(i)))) {
            i++;
        }
        return escaped(value, value.startsWith("::", i) ? i : -1, "");
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
            } else if (Form.isHidden(point) || i == command || isLegacyCommand(text, i)) {
                for (char c : Character.toChars(point)) {
                    safe.append("\\u").append(HexFormat.of().toHexDigits(c));
                }
            } else {
                safe.appendCodePoint(point);
            }
            i += Character.charCount(point);
        }
        return safe.toString();
    }

    /** Whether the character at an index is the second one of {@code ##[}, Azure's {@code ##vso[} or TeamCity's. */
    private static boolean isLegacyCommand(String text, int index) {
        boolean command =
                text.startsWith("#[", index) || text.startsWith("#vso[", index) || text.startsWith("#teamcity[", index);
        return command && index > 0 && text.charAt(index - 1) == '#';
    }
}
