package dev.chainloop.token.cli;

/** A command line that cannot be followed. The message names options and positions, never a value: it may be a token. */
final class UsageException extends Exception {
    private static final long serialVersionUID = 1L;

    UsageException(String message) {
        super(message);
    }
}
