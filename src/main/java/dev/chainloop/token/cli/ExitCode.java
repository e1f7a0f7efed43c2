package dev.chainloop.token.cli;

import dev.chainloop.token.diagnosis.Status;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

enum ExitCode {
    OK(0, "the answer is yes, or the text was printed"),
    NEGATIVE(1, "the answer is no; `chainloop-token help COMMAND` says when"),
    USAGE(2, "the command line is wrong"),
    MALFORMED(3, "the value is not a token"),
    UNREADABLE(4, "a source or a key cannot be read"),
    UNREACHABLE(5, "ask: the control plane cannot be asked"),
    NO_JAVA(69, "no usable Java was found"),
    DEFECT(70, "a bug in chainloop-token"),
    OUTPUT(74, "the output cannot be written");

    final int status;
    /** What it means for every command; a command may say it more exactly. */
    final String meaning;

    ExitCode(int status, String meaning) {
        this.status = status;
        this.meaning = meaning;
    }

    /** The meanings of a command's own statuses: 0, 1, 3, 4 and 5, as far as it returns them. */
    static Map<String, String> meanings(String... own) {
        List<ExitCode> codes = List.of(OK, NEGATIVE, MALFORMED, UNREADABLE, UNREACHABLE);
        Map<String, String> meanings = new TreeMap<>(Map.of(String.valueOf(USAGE.status), USAGE.meaning));
        for (int i = 0; i < own.length; i++) {
            meanings.put(String.valueOf(codes.get(i).status), own[i]);
        }
        return meanings;
    }

    /** The status of an answer about a token: if there is a token to judge, whether the answer is yes. */
    static ExitCode of(Status status, boolean yes) {
        if (status == Status.MALFORMED || status == Status.ERROR) {
            return status == Status.MALFORMED ? MALFORMED : UNREADABLE;
        }
        return yes ? OK : NEGATIVE;
    }
}
