package dev.chainloop.token.source;

/** One place where a token can be. */
interface TokenSource {
    /** Reads it, once. */
    Look look();
}
