package dev.chainloop.token.diagnosis;

import dev.chainloop.token.core.Keyword;

/** What was found in the place of a token. */
public enum Status implements Keyword {
    /** A token of a known kind, whose title says more. */
    TYPED("token"),
    /** A JWT without a type: no known audience, or no identity. */
    UNRECOGNIZED("unrecognized token"),
    MALFORMED("not a token"),
    NONE("no token found"),
    /** There is no answer about a token. */
    ERROR("not readable");

    public final String title;

    Status(String title) {
        this.title = title;
    }
}
