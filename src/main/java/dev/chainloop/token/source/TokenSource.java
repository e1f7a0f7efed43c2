package dev.chainloop.token.source;

/** One place where a token can be. */
interface TokenSource {
    /** What to call it. */
    Origin origin();

    /** Reads it, once. */
    Look look();
}
