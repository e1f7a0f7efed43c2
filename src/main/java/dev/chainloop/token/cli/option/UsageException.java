package dev.chainloop.token.cli.option;

/** A wrong command line. The message names options and positions, never a value, which may be a token. */
public final class UsageException extends Exception {
    private static final long serialVersionUID = 1L;

    public UsageException(String message) {
        super(message);
    }
}
