package dev.chainloop.token.render;

/** Colors for a terminal; they only underline what the words say. */
public enum Palette {
    PLAIN,
    /** SGR colors (ECMA-48), the sixteen that every terminal's theme defines. */
    COLOR;

    String strong(String text) {
        return sgr("1", text);
    }

    String faint(String text) {
        return sgr("2", text);
    }

    String bad(String text) {
        return sgr("31", text);
    }

    String warning(String text) {
        return sgr("33", text);
    }

    private String sgr(String code, String text) {
        return this == PLAIN ? text : "\u001b[" + code + "m" + text + "\u001b[0m";
    }
}
