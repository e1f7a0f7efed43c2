package dev.chainloop.token.diagnosis;

import dev.chainloop.token.core.Keyword;

/** What keeps a value from being a token although one stands in it. Scripts may rely on the words. */
public enum Wrapping implements Keyword {
    TEXT_BEFORE("other text before it"),
    BEARER("`Bearer ` before it"),
    ASSIGNMENT("a variable's name before it"),
    QUOTES("quotes around it"),
    LEADING_SPACE("white space before it"),
    LEADING_LINE_END("a line break before it"),
    TRAILING_SPACE("white space at its end"),
    TRAILING_LINE_END("a line break at its end"),
    TRAILING_CARRIAGE_RETURN("a carriage return at its end"),
    PADDING("`=` padding at its end"),
    TRAILING_DOT("a dot at its end"),
    INVISIBLE("an invisible character around it"),
    TEXT_AFTER("other text after it"),

    /** After these, the phrase names the place. */
    INNER_SPACE("white space"),
    INNER_LINE_END("a line break"),
    INNER_PADDING("`=` padding"),
    INNER_INVISIBLE("an invisible character");

    final String phrase;

    Wrapping(String phrase) {
        this.phrase = phrase;
    }

    /** Whether a copy by hand may have added it. */
    boolean isWhiteSpace() {
        return compareTo(LEADING_SPACE) >= 0 && compareTo(TRAILING_CARRIAGE_RETURN) <= 0;
    }

    /** Whether no header can carry it (RFC 9110 section 5.5). */
    boolean isUnsendable() {
        return switch (this) {
            case LEADING_LINE_END, TRAILING_LINE_END, TRAILING_CARRIAGE_RETURN, INNER_LINE_END -> true;
            default -> false;
        };
    }
}
