package dev.chainloop.token.advice;

import dev.chainloop.token.source.Surroundings;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The shells into which people paste commands, and how each says what a plan needs. What one cannot say is empty, and a
 * sentence says it; a program with its options is the same in all of them.
 */
public enum Shell {
    POSIX(ShellRow.of("bash", "zsh", "ksh", "ksh93", "mksh", "rbash", "sh", "dash", "ash", "busybox")
            .unset("unset %s")
            .exportVariable("export %s=\"$%s\"")
            .exportOutput("export %s=\"$(%s)\"")
            .exportWord("export %s=%s")
            .capture("token=$(%s) &&\n  %s")
            .exportToken("export CHAINLOOP_TOKEN=\"$token\"")
            .output("\"$(%s)\"")
            .runWithout("%s= %s")
            .read("%s <%s")
            .continuation(" \\")),
    FISH(ShellRow.of("fish")
            .unset("set -e %s")
            .exportVariable("set -gx %s \"$%s\"")
            .exportOutput("set -gx %s (%s)")
            .exportWord("set -gx %s %s")
            .capture("set token (%s) &&\n  %s")
            .exportToken("set -gx CHAINLOOP_TOKEN \"$token\"")
            .output("(%s)")
            .runWithout("%s= %s")
            .read("%s <%s")
            .continuation(" \\")),
    /** As Linux and macOS have it; it has no {@code <}, and sets no variable for one command. */
    POWERSHELL(ShellRow.of("pwsh")
            .unset("Remove-Item Env:%s")
            .exportVariable("$env:%s = $env:%s")
            .exportOutput("$env:%s = %s")
            .exportWord("$env:%s = %s")
            .capture("$token = %s\nif ($LASTEXITCODE -eq 0) { %s }")
            .exportToken("$env:CHAINLOOP_TOKEN = $token")
            .output("\"$(%s)\"")
            .continuation(" `")),
    /** Of these only the names are known. */
    OTHER(ShellRow.of("csh", "tcsh", "nu", "elvish", "xonsh"));

    /** Farther up are those who started the terminal. */
    private static final int NEAR = 4;

    private static final Pattern SINGLE_QUOTE = Pattern.compile("['\u2018\u2019\u201a\u201b]");

    /** People type into others; these run programs' commands and scripts. */
    private static final List<String> OF_SCRIPTS = List.of("sh", "dash", "ash", "busybox");

    @SuppressWarnings("ImmutableEnumChecker") // A row is not changed once it is here.
    private final ShellRow row;

    Shell(ShellRow row) {
        this.row = row;
    }

    /**
     * The shell of a place: where a person is, the nearest into which people type, else that of the login; in a job, the
     * nearest that runs it.
     */
    public static Shell of(Surroundings here) {
        if (here.onWindows()) {
            return OTHER;
        }
        boolean typed = here.place().isAttended();
        for (String name : here.ancestors().stream().limit(NEAR).toList()) {
            Optional<Shell> shell = named(name);
            if (shell.isPresent() && !(typed && OF_SCRIPTS.contains(name))) {
                return shell.get();
            }
        }
        return typed ? named(here.loginShell()).orElse(POSIX) : POSIX;
    }

    private static Optional<Shell> named(String name) {
        for (Shell shell : values()) {
            if (shell.row.names.contains(name)) {
                return Optional.of(shell);
            }
        }
        return Optional.empty();
    }

    /** Whether it has words of its own for variables. */
    boolean hasWords() {
        return !row.unset.isEmpty();
    }

    /** Whether a POSIX shell's pipes of filters, of a variable in quotes and of {@code printf} mean the same in it. */
    boolean pipes() {
        return this == POSIX || this == FISH;
    }

    /** Whether {@code <} has a command read a file. */
    boolean redirects() {
        return row.read.contains("<");
    }

    /** Removes a variable. */
    String unset(String name) {
        return row.unset.formatted(name);
    }

    /** Exports a variable with another one's value. */
    String exportVariable(String name, String other) {
        return row.exportVariable.formatted(name, other);
    }

    /** Exports a variable with what a command prints. */
    String exportOutput(String name, String command) {
        return row.exportOutput.formatted(name, command);
    }

    /** Exports a variable with a word of this shell. */
    String exportWord(String name, String word) {
        // There a bare word would be a command.
        return row.exportWord.formatted(name, this == POWERSHELL && !isQuoted(word) ? quoted(word) : word);
    }

    private static boolean isQuoted(String word) {
        return word.startsWith("'") || word.startsWith("\"");
    }

    /** A command that does not get a variable. */
    String runWithout(String name, String command) {
        return row.runWithout.formatted(name, command);
    }

    /** A command that prints the file that a variable names, perhaps with a path below it. */
    String reading(String name) {
        return (this == POWERSHELL ? "cat \"$env:" : "cat \"$") + name + "\"";
    }

    /** What a command prints, as a word. */
    String output(String command) {
        return row.output.formatted(command);
    }

    /** A command that stores what another one prints, which is in the variable {@code token}, if that succeeds. */
    String capture(String command, String store) {
        return row.capture.formatted(command, store);
    }

    /** Exports the captured token. */
    String exportToken() {
        return row.exportToken;
    }

    /** A command that reads a file on its standard input. */
    public String reading(String command, String file) {
        return row.read.formatted(command, file);
    }

    /** What stands at the end of a line that goes on in the next; empty if nothing is known. */
    public String continuation() {
        return row.continuation;
    }

    /** A word that means itself. */
    String quoted(String word) {
        return switch (this) {
            case FISH -> "'" + word.replace("\\", "\\\\").replace("'", "\\'") + "'";
            // It takes a typographic quotation mark for a straight one.
            case POWERSHELL -> "'" + SINGLE_QUOTE.matcher(word).replaceAll("$0$0") + "'";
            case POSIX, OTHER -> "'" + word.replace("'", "'\\''") + "'";
        };
    }
}
