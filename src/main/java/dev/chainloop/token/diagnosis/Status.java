package dev.chainloop.token.diagnosis;

import dev.chainloop.token.core.Keyword;

/** How an inspection went. */
public enum Status implements Keyword {
    /** A token of a known kind. */
    TYPED,
    /** A JWT without a type: no known audience, or no identity. */
    UNRECOGNIZED,
    MALFORMED,
    NONE,
    /** No inspection took place. */
    ERROR
}
