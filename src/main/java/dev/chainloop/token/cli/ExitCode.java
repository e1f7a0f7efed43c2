package dev.chainloop.token.cli;

import dev.chainloop.token.diagnosis.Status;

/** All exit statuses. */
enum ExitCode {
    OK(0, "a token of a known kind; check, verify: it passed; ask: accepted; explain: the message is known"),
    NEGATIVE(
            1,
            "no token, an unknown audience, or no identity claim; --field: a field is absent; check, verify: it failed; ask: refused; explain: the message is unknown"),
    USAGE(2, "the command line is wrong"),
    MALFORMED(3, "the token is not a JWT"),
    UNREADABLE(4, "a source or a key cannot be read"),
    UNREACHABLE(5, "ask: the control plane cannot be asked"),
    NO_JAVA(69, "no usable Java was found"),
    DEFECT(70, "a bug in chainloop-token"),
    OUTPUT(74, "the output cannot be written");

    private final int status;
    private final String meaning;

    ExitCode(int status, String meaning) {
        this.status = status;
        this.meaning = meaning;
    }

    int status() {
        return status;
    }

    String meaning() {
        return meaning;
    }

    /** The status of an answer about a token. */
    static ExitCode of(Status status) {
        return switch (status) {
            case TYPED -> OK;
            case UNRECOGNIZED, NONE -> NEGATIVE;
            case MALFORMED -> MALFORMED;
            case ERROR -> UNREADABLE;
        };
    }
}
