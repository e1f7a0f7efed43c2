package dev.chainloop.token.diagnosis;

import dev.chainloop.token.core.Keyword;

/** How an inspection went. */
public enum Status implements Keyword {
    /** A token of a known kind. */
    TYPED,
    /** A JWT without a type: no known audience, or no identity. */
    UNRECOGNIZED,
    /** Not a JWT. */
    MALFORMED,
    /** No token anywhere. */
    NONE,
    /** No inspection took place. */
    ERROR
}
