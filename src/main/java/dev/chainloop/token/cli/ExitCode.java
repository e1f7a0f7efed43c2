package dev.chainloop.token.cli;

import dev.chainloop.token.diagnosis.Diagnosis;
import dev.chainloop.token.diagnosis.Status;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

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

    /** What each status means. A command names its own meanings of 0, 1, 3, 4 and 5, as far as it returns them. */
    static Map<Integer, String> meanings(String... own) {
        List<ExitCode> ones = List.of(OK, NEGATIVE, MALFORMED, UNREADABLE, UNREACHABLE);
        Map<Integer, String> meanings = new LinkedHashMap<>();
        for (ExitCode code : values()) {
            int place = own.length == 0 ? -1 : ones.indexOf(code);
            String meaning = place < 0 ? code.meaning : place < own.length ? own[place] : "";
            if (!meaning.isEmpty()) {
                meanings.put(code.status, meaning);
            }
        }
        return meanings;
    }

    /** That of an answer about a token by itself. */
    static ExitCode of(Diagnosis diagnosis) {
        return switch (diagnosis.inspection().status()) {
            case MALFORMED -> MALFORMED;
            case ERROR -> UNREADABLE;
            case TYPED, UNRECOGNIZED, NONE -> diagnosis.firstError().isPresent() ? NEGATIVE : OK;
        };
    }

    /** The same where the answer is a part of it. */
    static ExitCode of(Status status) {
        return switch (status) {
            case TYPED -> OK;
            case UNRECOGNIZED, NONE -> NEGATIVE;
            case MALFORMED -> MALFORMED;
            case ERROR -> UNREADABLE;
        };
    }
}
