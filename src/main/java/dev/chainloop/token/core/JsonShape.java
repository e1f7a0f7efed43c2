package dev.chainloop.token.core;

/**
 * Whether bytes, taken one by one, can be a JSON object. It looks at strings, brackets and the characters between them
 * only, so that it says "no" early and cheaply; what it lets through may still be no JSON.
 */
final class JsonShape {
    private static final String BETWEEN = " \t\r\n,:+-.0123456789truefalsnE";

    private int depth;
    private boolean inString;
    private boolean escaped;
    private boolean opened;
    private boolean broken;

    /** Takes the next byte; false from the first one on that fits nowhere. */
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

    /** Whether the bytes so far are one whole object. */
    boolean isWhole() {
        return !broken && opened && depth == 0;
    }
}
