package dev.chainloop.token.render;

/**
 * A token that was found where none should be.
 *
 * @param file the file's name, as it was given or found
 * @param line the token's line, from 1
 * @param column the character at which it begins, from 1
 * @param mask what the token is
 */
public record Leak(String file, long line, long column, Mask mask) {}
