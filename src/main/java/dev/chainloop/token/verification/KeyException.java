package dev.chainloop.token.verification;

/** Thrown when there is no usable key. The message follows the name of the key's option, and quotes nothing that was read. */
public final class KeyException extends Exception {
    private static final long serialVersionUID = 1L;

    KeyException(String message) {
        // No cause: the libraries' messages can quote a key.
        super(message);
    }
}
