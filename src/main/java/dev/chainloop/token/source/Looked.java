package dev.chainloop.token.source;

/**
 * A source that was looked at.
 *
 * @param origin the source
 * @param lookup what it gave
 */
public record Looked(Origin origin, Lookup lookup) {}
