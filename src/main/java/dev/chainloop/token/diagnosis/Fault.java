package dev.chainloop.token.diagnosis;

/**
 * Why there is no answer about a token.
 *
 * @param code a stable word for scripts: {@code malformed}, {@code source-unreadable}, {@code usage}, {@code defect}
 * @param message what is wrong, a phrase; never with a piece of the input
 * @param remedy what to do, a sentence; may be empty
 */
public record Fault(String code, String message, String remedy) {}
