package dev.chainloop.token.cli;

import dev.chainloop.token.diagnosis.Status;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** All exit statuses. */
enum ExitCode {
    OK(0, "the answer is yes: a known kind, as required, accepted, explained"),
    NEGATIVE(1, "the answer is no; `help COMMAND` says when"),
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

    /** What the statuses of a command mean: 0, 1, 3, 4 and 5, as far as it returns them, and those of every command. */
    static Map<Integer, String> meanings(String... own) {
        Map<Integer, String> meanings = meanings();
        List<ExitCode> ones = List.of(OK, NEGATIVE, MALFORMED, UNREADABLE, UNREACHABLE);
        for (int i = 0; i < ones.size(); i++) {
            if (i < own.length && !own[i].isEmpty()) {
                meanings.put(ones.get(i).status, own[i]);
            } else {
                meanings.remove(ones.get(i).status);
            }
        }
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
