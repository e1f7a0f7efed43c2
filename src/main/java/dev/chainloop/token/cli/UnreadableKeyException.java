package dev.chainloop.token.cli;

import dev.chainloop.token.diagnosis.Fault;

/** The key for verifying a signature is not available. */
final class UnreadableKeyException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient Fault fault;

    UnreadableKeyException(Fault fault) {
        super(fault.message());
        this.fault = fault;
    }

    Fault fault() {
        return fault;
    }
}
