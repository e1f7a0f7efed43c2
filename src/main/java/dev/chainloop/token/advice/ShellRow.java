package dev.chainloop.token.advice;

import java.util.List;

/** What is known of a {@link Shell}, as its row is written: patterns in which {@code %s} stands for a name, then for a value. */
final class ShellRow {
    final List<String> names;
    String unexported = "";
    String exportUnexported = "";
    String trim = "";
    String exporting = "";
    String reread = "";
    String locate = "";
    String unset = "";
    String exportVariable = "";
    String exportOutput = "";
    String exportWord = "";
    String exportToken = "";
    String capture = "";
    String output = "";
    String and = "%s &&\n  %s";
    String or = "%s ||\n  %s";
    String runWithout = "env -u %s %s";
    String read = "cat %2$s | %1$s";
    String continuation = "";

    private ShellRow(List<String> names) {
        this.names = names;
    }

    /** By the names of its programs. */
    static ShellRow of(String... names) {
        return new ShellRow(List.of(names));
    }

    /** How people set a variable that no program gets, and what exports the token then. */
    ShellRow unexported(String way, String command) {
        unexported = way;
        exportUnexported = command;
        return this;
    }

    /** Takes white space from the ends of a variable. */
    ShellRow trim(String pattern) {
        trim = pattern;
        return this;
    }

    /** What a line must say so that programs get the variable that it sets, an imperative. */
    ShellRow exporting(String words) {
        exporting = words;
        return this;
    }

    /** Reads a file of commands. */
    ShellRow reread(String pattern) {
        reread = pattern;
        return this;
    }

    /** Tells whether a name is an alias, a function or a program. */
    ShellRow locate(String pattern) {
        locate = pattern;
        return this;
    }

    ShellRow unset(String pattern) {
        unset = pattern;
        return this;
    }

    /** Exports a variable with the value of another. */
    ShellRow exportVariable(String pattern) {
        exportVariable = pattern;
        return this;
    }

    /** Exports a variable with what a command prints. */
    ShellRow exportOutput(String pattern) {
        exportOutput = pattern;
        return this;
    }

    ShellRow exportWord(String pattern) {
        exportWord = pattern;
        return this;
    }

    /** Captures what a command prints as the variable {@code token}, and runs another command if that succeeded. */
    ShellRow capture(String pattern) {
        capture = pattern;
        return this;
    }

    /** Runs a command, and another one if that succeeded; by default as most shells do. */
    ShellRow and(String pattern) {
        and = pattern;
        return this;
    }

    /** Runs a command, and another one if that failed; by default as most shells do. */
    ShellRow or(String pattern) {
        or = pattern;
        return this;
    }

    /** Exports the captured token. */
    ShellRow exportToken(String command) {
        exportToken = command;
        return this;
    }

    /** What a command prints, as a word. */
    ShellRow output(String pattern) {
        output = pattern;
        return this;
    }

    /** Runs a command without a variable; by default as any shell can. */
    ShellRow runWithout(String pattern) {
        runWithout = pattern;
        return this;
    }

    /** A command that reads a file; by default as any shell can. */
    ShellRow read(String pattern) {
        read = pattern;
        return this;
    }

    /** What stands at the end of a line that goes on in the next. */
    ShellRow continuation(String end) {
        continuation = end;
        return this;
    }
}
