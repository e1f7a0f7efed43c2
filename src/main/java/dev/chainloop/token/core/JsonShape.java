package dev.chainloop.token.core;

/**
 * Checks byte by byte whether a text can be a JSON object. It looks only at strings, brackets and the characters between
 * them, to say no early and cheaply; what passes may still not be JSON.
 */
final class JsonShape {
    private static final String BETWEEN = " \t\r\n,:+-.0123456789truefalsnE";

    private int depth;
    private boolean inString;
    private boolean escaped;
    private boolean opened;
    private boolean broken;

    /** Takes the next byte; false from the first byte on that cannot occur there. */
    boolean take(int octet) {
        broken = broken || !fits(octet);
        return !broken;
    }

    private boolean fits(int octet) {
        if (inString) {
            if (escaped) {
                escaped = false;
            } else if (octet == '\\') {
                escaped = true;
            } else if (octet == '"') {
                inString = false;
            }
            return octet >= ' ';
        }
        boolean blank = octet == ' ' || octet == '\t' || octet == '\r' || octet == '\n';
        if (depth == 0) {
            if (octet == '{' && !opened) {
                opened = true;
                depth = 1;
                return true;
            }
            return blank;
        }
        switch (octet) {
            case '"' -> inString = true;
            case '{', '[' -> depth++;
            case '}', ']' -> depth--;
            default -> {
                return BETWEEN.indexOf(octet) >= 0;
            }
        }
        return true;
    }

    /** Whether the bytes so far are one complete object. */
    boolean isWhole() {
        return !broken && opened && depth == 0;
    }
}
