package dev.chainloop.token.diagnosis;

import java.util.Optional;

/**
 * An expectation that a token does not meet.
 *
 * @param expectation a stable word: the option's name, {@code token}, or {@code findings}
 * @param expected what was expected
 * @param actual what was found; empty when there was nothing to tell it from
 * @param message both, a sentence
 * @param remedy what to do
 */
public record Failure(String expectation, String expected, Optional<String> actual, String message, String remedy) {
    /** One whose message says what was found where something else was expected, both phrases. */
    static Failure unmet(String expectation, String expected, Optional<String> actual, String found, String remedy) {
        return new Failure(expectation, expected, actual, "Expected " + expected + ", but " + found + ".", remedy);
    }
}
