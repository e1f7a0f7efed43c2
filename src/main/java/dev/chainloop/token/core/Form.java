package dev.chainloop.token.core;

import java.util.Arrays;

/**
 * What a value must look like to be used or shown. A token that is in the wrong place, whole or cut, in whatever encoding,
 * has none of these forms: it is too long for a label, or has capitals.
 */
public final class Form {
    private static final String DIGITS = "0123456789";
    private static final String LABEL = "-abcdefghijklmnopqrstuvwxyz" + DIGITS;
    private static final String CAPITALS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";

    private static final int LONGEST_LABEL = 63;
    private static final int LONGEST_HOST = 253;

    /** Longer than a UUID, and shorter than the shortest signature. */
    private static final int LONGEST_PIECE = 40;

    /**
     * Where each range of code points beyond ASCII that must not be printed starts, and where it ends (exclusive): controls,
     * format characters, separators of lines and paragraphs, surrogates (the general categories Cc, Cf, Zl, Zp and Cs), invisible
     * ones (the property Default_Ignorable_Code_Point), and blocks of signs of which some have no shape (Braille's blank, and the
     * blocks of hieroglyphs' controls, of ideographic symbols and of musical symbols). A table from Unicode 18, because {@link Character} does not
     * know that property, nor code points that are newer than its JDK.
     */
    private static final int[] HIDDEN = {
        0x7f, 0xa0, 0xad, 0xae, 0x34f, 0x350, 0x600, 0x606, 0x61c, 0x61d, 0x6dd, 0x6de, 0x70f, 0x710, 0x890, 0x892,
        0x8e2, 0x8e3, 0x115f, 0x1161, 0x17b4, 0x17b6, 0x180b, 0x1810, 0x200b, 0x2010, 0x2028, 0x202f, 0x2060, 0x2070,
        0x2800, 0x2801, 0x3164, 0x3165, 0xd800, 0xe000, 0xfdd0, 0xfdf0, 0xfe00, 0xfe10, 0xfeff, 0xff00, 0xffa0, 0xffa1,
        0xfff0, 0xfffc, 0x110bd, 0x110be, 0x110cd, 0x110ce, 0x13430, 0x13460, 0x16fe0, 0x17000, 0x1bca0, 0x1bca4,
        0x1d100, 0x1d200, 0xe0000, 0xe1000,
    };

    private Form() {}

    /** Whether a code point is a control, turns the direction of writing, or cannot be seen. */
    public static boolean isHidden(int point) {
        if (point < 0x7f) {
            return point < ' ';
        }
        int found = Arrays.binarySearch(HIDDEN, point);
        int below = found >= 0 ? found : -found - 2;
        return below >= 0 && below % 2 == 0;
    }

    /** Whether it can be a name in Chainloop: a label of RFC 1123 in lower case. */
    public static boolean isLabel(String text) {
        return text.length() <= LONGEST_LABEL
                && consistsOf(LABEL, text)
                && !text.startsWith("-")
                && !text.endsWith("-");
    }

    /** Whether it has the form of a UUID, as Chainloop's IDs have, in either case. */
    public static boolean isId(String text) {
        boolean id = text.length() == 36;
        for (int i = 0; id && i < text.length(); i++) {
            boolean dash = i == 8 || i == 13 || i == 18 || i == 23;
            id = dash ? text.charAt(i) == '-' : "0123456789abcdefABCDEF".indexOf(text.charAt(i)) >= 0;
        }
        return id;
    }

    /** Whether it can be a host's name or address, in lower case. */
    public static boolean isHost(String text) {
        if (text.startsWith("[") && text.endsWith("]")) {
            return text.length() <= LONGEST_PIECE + 2 && consistsOf(LABEL + ":.", text.substring(1, text.length() - 1));
        }
        boolean host = text.length() <= LONGEST_HOST;
        for (String label : text.split("\\.", -1)) {
            host &= isLabel(label);
        }
        return host;
    }

    /** Whether it can be a host and a port. */
    public static boolean isAddress(String text) {
        int colon = text.lastIndexOf(':');
        String port = text.substring(colon + 1);
        return colon > 0 && isHost(text.substring(0, colon)) && port.length() <= 5 && isNumber(port);
    }

    /** Whether it consists of digits, and is not empty. */
    public static boolean isNumber(String text) {
        return consistsOf(DIGITS, text);
    }

    /** Whether it can be an issuer: a host, or a URL without a query whose path consists of short pieces. */
    public static boolean isIssuer(String text) {
        int start = text.indexOf("://");
        if (start < 0) {
            return isHost(text);
        }
        String[] parts = text.substring(start + 3).split("/", -1);
        boolean url = isLabel(text.substring(0, start)) && (isHost(parts[0]) || isAddress(parts[0]));
        for (String piece : parts) {
            boolean isShort = piece.length() <= LONGEST_PIECE && consistsOf(LABEL + CAPITALS + "_~.", piece);
            url &= piece.isEmpty() || piece.equals(parts[0]) || isShort;
        }
        return url;
    }

    /** Whether it is a repository's name at GitHub that consists of two labels, in either case. */
    public static boolean isRepository(String text) {
        String[] parts = lower(text).split("/", -1);
        boolean ascii = consistsOf(LABEL + CAPITALS + "/", text);
        return ascii && parts.length == 2 && isLabel(parts[0]) && isLabel(parts[1]);
    }

    /** Whether it is a base64url character. */
    public static boolean isBase64Url(char c) {
        return c < 128 && (Character.isLetterOrDigit(c) || c == '-' || c == '_');
    }

    /** In lower case, character by character: Java copies the whole text for each character that grows, such as \u0130. */
    public static String lower(String text) {
        char[] letters = text.toCharArray();
        for (int i = 0; i < letters.length; i++) {
            letters[i] = Character.toLowerCase(letters[i]);
        }
        return new String(letters);
    }

    private static boolean consistsOf(String characters, String text) {
        for (int i = 0; i < text.length(); i++) {
            if (characters.indexOf(text.charAt(i)) < 0) {
                return false;
            }
        }
        return !text.isEmpty();
    }
}
