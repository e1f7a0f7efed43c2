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
            .locate("type %s")
            .exporting("put `export` before it")
            .reread(". %s")
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
            .locate("type %s")
            .exporting("write `set -gx` for `set`")
            .reread("source %s")
            .unexported("`set` alone", "set -gx CHAINLOOP_TOKEN $CHAINLOOP_TOKEN")
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
            .locate("Get-Command %s")
            .exporting("write `$env:CHAINLOOP_TOKEN`")
            .reread(". %s")
            .unexported("`$CHAINLOOP_TOKEN = …`", "$env:CHAINLOOP_TOKEN = $CHAINLOOP_TOKEN")
            .trim("$env:%1$s = $env:%1$s.Trim()")
            .unset("Remove-Item Env:%s")
            .exportVariable("$env:%s = $env:%s")
            .exportOutput("$env:%s = %s")
            .exportWord("$env:%s = %s")
            .capture("$token = %s\nif ($LASTEXITCODE -eq 0) { %s }")
            .exportToken("$env:CHAINLOOP_TOKEN = $token")
            .output("\"$(%s)\"")
            .continuation(" `")),
    CSH(ShellRow.of("csh", "tcsh")
            .locate("which %s")
            .exporting("write `setenv CHAINLOOP_TOKEN VALUE`")
            .reread("source %s")
            .unexported("`set`", "setenv CHAINLOOP_TOKEN \"$CHAINLOOP_TOKEN\"")
            .unset("unsetenv %s")
            .exportVariable("setenv %s \"$%s\"")
            .exportOutput("setenv %s \"`%s`\"")
            .exportWord("setenv %s %s")
            .capture("set token = \"`%s`\" && \\\n  %s")
            .exportToken("setenv CHAINLOOP_TOKEN \"$token\"")
            .output("\"`%s`\"")
            .read("%s <%s")
            .and("%s && \\\n  %s")
            .or("%s || \\\n  %s")
            .continuation(" \\")),
    /** A command that fails is an exception. */
    ELVISH(ShellRow.of("elvish")
            .exporting("use `set-env`")
            .reread("eval (slurp <%s)")
            .unexported("`var`", "set-env CHAINLOOP_TOKEN $CHAINLOOP_TOKEN")
            .unset("unset-env %s")
            .exportVariable("set-env %s $E:%s")
            .exportOutput("set-env %s (%s)")
            .exportWord("set-env %s %s")
            .capture("var token = (%s); %s")
            .exportToken("set-env CHAINLOOP_TOKEN $token")
            .output("(%s)")
            .read("%s <%s")
            .and("%s; %s")
            .or("try { %s } catch { %s }")),
    /** A command that fails is an error. */
    NUSHELL(ShellRow.of("nu")
            .locate("which %s")
            .exporting("write `$env.CHAINLOOP_TOKEN`")
            .reread("source %s")
            .unexported("`let`", "$env.CHAINLOOP_TOKEN = $CHAINLOOP_TOKEN")
            .trim("$env.%1$s = ($env.%1$s | str trim)")
            .unset("hide-env %s")
            .exportVariable("$env.%s = $env.%s")
            .exportOutput("$env.%s = (%s | str trim)")
            .exportWord("$env.%s = %s")
            .capture("let token = (%s | str trim); %s")
            .exportToken("$env.CHAINLOOP_TOKEN = $token")
            .output("(%s | str trim)")
            .and("%s; %s")
            .or("try { %s } catch { %s }")),
    XONSH(ShellRow.of("xonsh")
            .locate("which %s")
            .exporting("write `$CHAINLOOP_TOKEN`")
            .reread("source %s")
            .unexported("`CHAINLOOP_TOKEN = …`", "$CHAINLOOP_TOKEN = CHAINLOOP_TOKEN")
            .trim("$%1$s = $%1$s.strip()")
            .unset("del $%s")
            .exportVariable("$%s = $%s")
            .exportOutput("$%s = $(%s).strip()")
            .exportWord("$%s = %s")
            .capture("token = $(%s).strip()\nif token: %s")
            .exportToken("$CHAINLOOP_TOKEN = token")
            .output("@$(%s)")),
    /** Those of Windows, for which there is no Chainloop CLI. */
    OTHER(ShellRow.of());

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
        return here.onWindows()
                ? OTHER
                : programs(here).stream().findFirst().flatMap(Shell::named).orElse(POSIX);
    }

    /** The names of the programs of that shell, and of those that started it, the nearest first. */
    static List<String> programs(Surroundings here) {
        boolean typed = here.place().isAttended();
        List<String> near = here.ancestors().stream()
                .limit(NEAR)
                .filter(name -> named(name).isPresent() && !(typed && OF_SCRIPTS.contains(name)))
                .toList();
        return near.isEmpty() && typed ? List.of(here.loginShell()) : near;
    }

    /** By the name of its program. */
    static Optional<Shell> named(String name) {
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
        return row.exportWord.formatted(name, takesNoBareWord() && !isQuoted(word) ? quoted(word) : word);
    }

    /** Whether a bare word would be a command, or a name, where a value belongs; it has no half-quoted words either. */
    boolean takesNoBareWord() {
        return this == POWERSHELL || this == NUSHELL || this == XONSH;
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
        return "cat " + variable(name);
    }

    /** The value of a variable as a word, perhaps with a path below it. */
    String variable(String name) {
        int slash = name.indexOf('/');
        String variable = slash < 0 ? name : name.substring(0, slash);
        String below = name.substring(variable.length());
        return switch (this) {
            case POWERSHELL -> "\"$env:" + name + "\"";
            case NUSHELL -> below.isEmpty() ? "$env." + variable : "($env." + variable + " + \"" + below + "\")";
            case ELVISH -> "$E:" + name;
            case XONSH -> below.isEmpty() ? "$" + variable : "@($" + variable + " + \"" + below + "\")";
            case POSIX, FISH, CSH, OTHER -> "\"$" + name + "\"";
        };
    }

    /** What a command prints, as a word. */
    String output(String command) {
        return row.output.formatted(command);
    }

    /** A command that stores what another one prints, which is in the variable {@code token}, if that succeeds. */
    String capture(String command, String store) {
        return row.capture.formatted(command, store);
    }

    /** A command, and another one if that succeeds. */
    String and(String command, String next) {
        return next.isEmpty() ? command : row.and.formatted(command, next);
    }

    /** A command, and another one if that fails. */
    String or(String command, String next) {
        return row.or.formatted(command, next);
    }

    /** How people set a variable that no program gets; empty where that is not told. */
    String unexported() {
        return row.unexported;
    }

    /** Exports the token that was set like that. */
    String exportUnexported() {
        return row.exportUnexported;
    }

    /** Takes white space from the ends of a variable; empty where filters do that. */
    String trim(String name) {
        return row.trim.formatted(name);
    }

    /** What a line must say so that programs get the variable that it sets, an imperative. */
    String exporting() {
        return row.exporting;
    }

    /** Has this shell read a file of commands. */
    String rereading(String file) {
        return row.reread.formatted(file);
    }

    /** What tells whether a name is an alias, a function or a program; empty if nothing is known. */
    List<String> locate(String name) {
        return row.locate.isEmpty() ? List.of() : List.of(row.locate.formatted(name));
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
            case CSH -> "'" + word.replace("'", "'\\''").replace("!", "\\!") + "'";
            case ELVISH -> "'" + word.replace("'", "''") + "'";
            case NUSHELL, XONSH -> "\"" + word.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
            case POSIX, OTHER -> "'" + word.replace("'", "'\\''") + "'";
        };
    }
}
