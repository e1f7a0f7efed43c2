package dev.chainloop.token.diagnosis;

import dev.chainloop.token.core.Keyword;

/** How an inspection went. */
public enum Status implements Keyword {
    /** A token of a known kind. */
    TYPED("typed"),
    /** A JWT without a type: no known audience, or no identity. */
    UNRECOGNIZED("unrecognized"),
    /** Not a JWT. */
    MALFORMED("malformed"),
    /** No token anywhere. */
    NONE("none"),
    /** No inspection took place. */
    ERROR("error");

    private final String word;

    Status(String word) {
        this.word = word;
    }

    @Override
    public String word() {
        return word;
    }
}
