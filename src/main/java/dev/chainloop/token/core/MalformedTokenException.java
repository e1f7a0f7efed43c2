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

    /** Why a text is not a compact JWT. */
    public enum Reason {
        /** It is longer than {@link Parser#MAX_LENGTH}. */
        LENGTH,
        /** It does not have three segments (RFC 7515 section 7.1). */
        SEGMENTS,
        /** A segment is empty, or not Base64url (RFC 4648 section 5). */
        ENCODING,
        /** A header or payload is not JSON, perhaps because it was cut off. */
        NOT_JSON,
        /** A header or payload is complete JSON, but not one object that can be read. */
        OBJECT
    }

    private final Reason reason;

    MalformedTokenException(Reason reason, String message) {
        // No cause: the messages of the libraries below quote what they could not read.
        super(message);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
