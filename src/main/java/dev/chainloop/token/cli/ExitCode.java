package dev.chainloop.token.cli;

import dev.chainloop.token.diagnosis.Status;
import java.util.LinkedHashMap;
import java.util.Map;

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

    /** What each status means, by its number. */
    static Map<Integer, String> meanings() {
        Map<Integer, String> meanings = new LinkedHashMap<>();
        for (ExitCode code : values()) {
            meanings.put(code.status, code.meaning);
        }
        return meanings;
    }

    /** What the statuses of a command mean. Those that it does not share have no meaning where it never returns them. */
    static Map<Integer, String> meanings(
            String ok, String negative, String malformed, String unreadable, String unreachable) {
        Map<Integer, String> meanings = meanings();
        meanings.put(OK.status, ok);
        meanings.put(NEGATIVE.status, negative);
        meanings.put(MALFORMED.status, malformed);
        meanings.put(UNREADABLE.status, unreadable);
        meanings.put(UNREACHABLE.status, unreachable);
        meanings.values().removeIf(String::isEmpty);
        return meanings;
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
