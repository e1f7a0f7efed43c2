package dev.chainloop.token.cli;

import dev.chainloop.token.diagnosis.Fault;

/** The key that a signature was to be judged by cannot be had. */
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
