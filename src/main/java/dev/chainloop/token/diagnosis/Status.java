package dev.chainloop.token.diagnosis;

import dev.chainloop.token.core.Keyword;

/** What was found in the place of a token. */
public enum Status implements Keyword {
    /** A token of a known kind, whose title says more. */
    TYPED("Token"),
    /** A JWT without a type: no known audience, or no identity. */
    UNRECOGNIZED("Unrecognized token"),
    MALFORMED("Not a token"),
    NONE("No token found"),
    /** There is no answer about a token. */
    ERROR("Not readable");

    public final String title;

    Status(String title) {
        this.title = title;
    }
}
