package dev.chainloop.token.advice;

import dev.chainloop.token.advice.ShellRow.Way;
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
            .with(Way.LOCATE, "type %s")
            .with(Way.EXPORTING, "put `export` before it")
            .with(Way.REREAD, ". %s")
            .with(Way.UNSET, "unset %s")
            .with(Way.EXPORT_VARIABLE, "export %s=\"$%s\"")
            .with(Way.EXPORT_OUTPUT, "export %s=\"$(%s)\"")
            .with(Way.EXPORT_WORD, "export %s=%s")
            .with(Way.CAPTURE, "token=$(%s) &&\n  %s")
            .with(Way.EXPORT_TOKEN, "export CHAINLOOP_TOKEN=\"$token\"")
            .with(Way.OUTPUT, "\"$(%s)\"")
            .with(Way.RUN_WITHOUT, "%s= %s")
            .with(Way.READ, "%s <%s")
            .with(Way.CONTINUATION, " \\")),
    FISH(ShellRow.of("fish")
            .with(Way.LOCATE, "type %s")
            .with(Way.EXPORTING, "write `set -gx` for `set`")
            .with(Way.REREAD, "source %s")
            .with(Way.UNEXPORTED, "`set` alone")
            .with(Way.EXPORT_UNEXPORTED, "set -gx CHAINLOOP_TOKEN $CHAINLOOP_TOKEN")
            .with(Way.UNSET, "set -e %s")
            .with(Way.EXPORT_VARIABLE, "set -gx %s \"$%s\"")
            .with(Way.EXPORT_OUTPUT, "set -gx %s (%s)")
            .with(Way.EXPORT_WORD, "set -gx %s %s")
            .with(Way.CAPTURE, "set token (%s) &&\n  %s")
            .with(Way.EXPORT_TOKEN, "set -gx CHAINLOOP_TOKEN \"$token\"")
            .with(Way.OUTPUT, "(%s)")
            .with(Way.RUN_WITHOUT, "%s= %s")
            .with(Way.READ, "%s <%s")
            .with(Way.CONTINUATION, " \\")),
    /** As Linux and macOS have it; it has no {@code <}, and sets no variable for one command. */
    POWERSHELL(ShellRow.of("pwsh")
            .with(Way.LOCATE, "Get-Command %s")
            .with(Way.EXPORTING, "write `$env:CHAINLOOP_TOKEN`")
            .with(Way.REREAD, ". %s")
            .with(Way.UNEXPORTED, "`$CHAINLOOP_TOKEN = …`")
            .with(Way.EXPORT_UNEXPORTED, "$env:CHAINLOOP_TOKEN = $CHAINLOOP_TOKEN")
            .with(Way.TRIM, "$env:%1$s = $env:%1$s.Trim()")
            .with(Way.UNSET, "Remove-Item Env:%s")
            .with(Way.EXPORT_VARIABLE, "$env:%s = $env:%s")
            .with(Way.EXPORT_OUTPUT, "$env:%s = %s")
            .with(Way.EXPORT_WORD, "$env:%s = %s")
            .with(Way.CAPTURE, "$token = %s\nif ($LASTEXITCODE -eq 0) { %s }")
            .with(Way.EXPORT_TOKEN, "$env:CHAINLOOP_TOKEN = $token")
            .with(Way.OUTPUT, "\"$(%s)\"")
            .with(Way.CONTINUATION, " `")),
    CSH(ShellRow.of("csh", "tcsh")
            .with(Way.LOCATE, "which %s")
            .with(Way.EXPORTING, "write `setenv CHAINLOOP_TOKEN VALUE`")
            .with(Way.REREAD, "source %s")
            .with(Way.UNEXPORTED, "`set`")
            .with(Way.EXPORT_UNEXPORTED, "setenv CHAINLOOP_TOKEN \"$CHAINLOOP_TOKEN\"")
            .with(Way.UNSET, "unsetenv %s")
            .with(Way.EXPORT_VARIABLE, "setenv %s \"$%s\"")
            .with(Way.EXPORT_OUTPUT, "setenv %s \"`%s`\"")
            .with(Way.EXPORT_WORD, "setenv %s %s")
            .with(Way.CAPTURE, "set token = \"`%s`\" && \\\n  %s")
            .with(Way.EXPORT_TOKEN, "setenv CHAINLOOP_TOKEN \"$token\"")
            .with(Way.OUTPUT, "\"`%s`\"")
            .with(Way.READ, "%s <%s")
            .with(Way.AND, "%s && \\\n  %s")
            .with(Way.OR, "%s || \\\n  %s")
            .with(Way.CONTINUATION, " \\")),
    /** A command that fails is an exception. */
    ELVISH(ShellRow.of("elvish")
            .with(Way.EXPORTING, "use `set-env`")
            .with(Way.REREAD, "eval (slurp <%s)")
            .with(Way.UNEXPORTED, "`var`")
            .with(Way.EXPORT_UNEXPORTED, "set-env CHAINLOOP_TOKEN $CHAINLOOP_TOKEN")
            .with(Way.UNSET, "unset-env %s")
            .with(Way.EXPORT_VARIABLE, "set-env %s $E:%s")
            .with(Way.EXPORT_OUTPUT, "set-env %s (%s)")
            .with(Way.EXPORT_WORD, "set-env %s %s")
            .with(Way.CAPTURE, "var token = (%s); %s")
            .with(Way.EXPORT_TOKEN, "set-env CHAINLOOP_TOKEN $token")
            .with(Way.OUTPUT, "(%s)")
            .with(Way.READ, "%s <%s")
            .with(Way.AND, "%s; %s")
            .with(Way.OR, "try { %s } catch { %s }")),
    /** A command that fails is an error. */
    NUSHELL(ShellRow.of("nu")
            .with(Way.LOCATE, "which %s")
            .with(Way.EXPORTING, "write `$env.CHAINLOOP_TOKEN`")
            .with(Way.REREAD, "source %s")
            .with(Way.UNEXPORTED, "`let`")
            .with(Way.EXPORT_UNEXPORTED, "$env.CHAINLOOP_TOKEN = $CHAINLOOP_TOKEN")
            .with(Way.TRIM, "$env.%1$s = ($env.%1$s | str trim)")
            .with(Way.UNSET, "hide-env %s")
            .with(Way.EXPORT_VARIABLE, "$env.%s = $env.%s")
            .with(Way.EXPORT_OUTPUT, "$env.%s = (%s | str trim)")
            .with(Way.EXPORT_WORD, "$env.%s = %s")
            .with(Way.CAPTURE, "let token = (%s | str trim); %s")
            .with(Way.EXPORT_TOKEN, "$env.CHAINLOOP_TOKEN = $token")
            .with(Way.OUTPUT, "(%s | str trim)")
            .with(Way.AND, "%s; %s")
            .with(Way.OR, "try { %s } catch { %s }")),
    XONSH(ShellRow.of("xonsh")
            .with(Way.LOCATE, "which %s")
            .with(Way.EXPORTING, "write `$CHAINLOOP_TOKEN`")
            .with(Way.REREAD, "source %s")
            .with(Way.UNEXPORTED, "`CHAINLOOP_TOKEN = …`")
            .with(Way.EXPORT_UNEXPORTED, "$CHAINLOOP_TOKEN = CHAINLOOP_TOKEN")
            .with(Way.TRIM, "$%1$s = $%1$s.strip()")
            .with(Way.UNSET, "del $%s")
            .with(Way.EXPORT_VARIABLE, "$%s = $%s")
            .with(Way.EXPORT_OUTPUT, "$%s = $(%s).strip()")
            .with(Way.EXPORT_WORD, "$%s = %s")
            .with(Way.CAPTURE, "token = $(%s).strip()\nif token: %s")
            .with(Way.EXPORT_TOKEN, "$CHAINLOOP_TOKEN = token")
            .with(Way.OUTPUT, "@$(%s)")),
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
            if (shell.row.isNamed(name)) {
                return Optional.of(shell);
            }
        }
        return Optional.empty();
    }

    /** Whether it has words of its own for variables. */
    boolean hasWords() {
        return !row.say(Way.UNSET, "").isEmpty();
    }

    /** Whether a POSIX shell's pipes of filters, of a variable in quotes and of {@code printf} mean the same in it. */
    boolean pipes() {
        return this == POSIX || this == FISH;
    }

    /** Whether {@code <} has a command read a file. */
    boolean redirects() {
        return reading("", "").contains("<");
    }

    /** Removes a variable. */
    String unset(String name) {
        return row.say(Way.UNSET, name);
    }

    /** Exports a variable with another one's value. */
    String exportVariable(String name, String other) {
        return row.say(Way.EXPORT_VARIABLE, name, other);
    }

    /** Exports a variable with what a command prints. */
    String exportOutput(String name, String command) {
        return row.say(Way.EXPORT_OUTPUT, name, command);
    }

    /** Exports a variable with a word of this shell. */
    String exportWord(String name, String word) {
        return row.say(Way.EXPORT_WORD, name, takesNoBareWord() && !isQuoted(word) ? quoted(word) : word);
    }

    /** Exports a variable with what is listed in a variable and one more item. */
    String exportAppended(String name, String list, String item) {
        String word = switch (this) {
            case POSIX, FISH, OTHER -> "\"$" + list + "," + item + "\"";
            case CSH -> "\"${" + list + "}," + item + "\"";
            case POWERSHELL -> "\"$env:" + list + "," + item + "\"";
            case ELVISH -> "$E:" + list + "','" + item;
            case NUSHELL -> "($env." + list + " + \"," + item + "\")";
            case XONSH -> "$" + list + " + \"," + item + "\"";
        };
        return row.say(Way.EXPORT_WORD, name, word);
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
        return row.say(Way.RUN_WITHOUT, name, command);
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
        return row.say(Way.OUTPUT, command);
    }

    /** A command that stores what another one prints, which is in the variable {@code token}, if that succeeds. */
    String capture(String command, String store) {
        return row.say(Way.CAPTURE, command, store);
    }

    /** A command, and another one if that succeeds. */
    String and(String command, String next) {
        return next.isEmpty() ? command : row.say(Way.AND, command, next);
    }

    /** A command, and another one if that fails. */
    String or(String command, String next) {
        return row.say(Way.OR, command, next);
    }

    /** How people set a variable that no program gets; empty where that is not told. */
    String unexported() {
        return row.say(Way.UNEXPORTED);
    }

    /** Exports the token that was set like that. */
    String exportUnexported() {
        return row.say(Way.EXPORT_UNEXPORTED);
    }

    /** Takes white space from the ends of a variable; empty where filters do that. */
    String trim(String name) {
        return row.say(Way.TRIM, name);
    }

    /** What a line must say so that programs get the variable that it sets, an imperative. */
    String exporting() {
        return row.say(Way.EXPORTING);
    }

    /** Has this shell read a file of commands. */
    String rereading(String file) {
        return row.say(Way.REREAD, file);
    }

    /** What tells whether a name is an alias, a function or a program; empty if nothing is known. */
    List<String> locate(String name) {
        String command = row.say(Way.LOCATE, name);
        return command.isEmpty() ? List.of() : List.of(command);
    }

    /** Exports the captured token. */
    String exportToken() {
        return row.say(Way.EXPORT_TOKEN);
    }

    /** A command that reads a file on its standard input. */
    public String reading(String command, String file) {
        return row.say(Way.READ, command, file);
    }

    /** What stands at the end of a line that goes on in the next; empty if nothing is known. */
    public String continuation() {
        return row.say(Way.CONTINUATION);
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
