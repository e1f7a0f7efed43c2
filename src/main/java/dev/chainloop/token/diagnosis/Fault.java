package dev.chainloop.token.diagnosis;

import org.jspecify.annotations.Nullable;

/**
 * Why there is no answer about a token.
 *
 * @param code a stable word for scripts, such as {@code source-unreadable}
 * @param message what is wrong, a phrase; never with a piece of the input
 * @param remedy what to do about a key or an address, a sentence; empty where a cure says it
 * @param cure what would make it right; {@code null} where that is not about the token
 */
public record Fault(
        String code,
        String message,
        String remedy,
        @Nullable Cure cure) {
    /** A fault of a key or of an address. */
    public Fault(String code, String message, String remedy) {
        this(code, message, remedy, null);
    }
}
