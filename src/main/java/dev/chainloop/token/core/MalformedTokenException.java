package dev.chainloop.token.core;

/**
 * Thrown for a text that is not a compact JWT. Its message never quotes the text.
 *
 * <pre>{@code
 * try {
 *     new Parser().decode(compact);
 * } catch (MalformedTokenException e) {
 *     log.println("not a JWT: " + e.getMessage());
 * }
 * }</pre>
 */
public final class MalformedTokenException extends Exception {
    private static final long serialVersionUID = 1L;

    MalformedTokenException(String message) {
        // No cause: the messages of the libraries below quote what they could not read.
        super(message);
    }
}
