package dev.chainloop.token.advice;

import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;

/** What starts the CLI, as a command line shows, without the variable of whoever typed that line. */
public enum Passage {
    POWERSHELL(
            "PS [^>]{1,150}> .*[$]\\{?CHAINLOOP_TOKEN\\b.*",
            "PowerShell has no variable of its own of that name, and puts nothing in the place of `$CHAINLOOP_TOKEN`",
            "Name the environment's variable, `$env:CHAINLOOP_TOKEN`",
            "^PS [^>]{1,150}> (.*)[$]\\{?CHAINLOOP_TOKEN\\b\\}?",
            "$1\\$env:CHAINLOOP_TOKEN"),
    SUDO(
            "sudo (?!.*(?:-E\\b|--preserve-env|CHAINLOOP_TOKEN)).*",
            "`sudo` keeps no variable that it is not told to keep",
            "Have `sudo` keep the variable",
            "^sudo ",
            "sudo --preserve-env=CHAINLOOP_TOKEN "),
    SU(
            "su (?:-|-l|--login) .*",
            "`su -` starts with new variables",
            "Leave out the dash",
            "^su (?:-|-l|--login) ",
            "su "),
    CONTAINER(
            "(?:docker|podman|nerdctl)(?: compose| container)? (?:run|exec) (?!.*(?:CHAINLOOP_TOKEN|--env-file)).*",
            "a container has only the variables that it is given",
            "Hand the variable in",
            "^(\\w+(?: compose| container)? (?:run|exec)) ",
            "$1 -e CHAINLOOP_TOKEN "),
    PURE_NIX_SHELL(
            "nix-shell (?=.*--pure)(?!.*--keep CHAINLOOP_TOKEN).*",
            "`nix-shell --pure` keeps nothing",
            "Have it keep the variable",
            "--pure",
            "--pure --keep CHAINLOOP_TOKEN"),
    UNIT(
            "systemd-run (?!.*CHAINLOOP_TOKEN).*",
            "what `systemd-run` starts has the variables of the service manager",
            "Hand the variable on",
            "^systemd-run ",
            "systemd-run --setenv=CHAINLOOP_TOKEN "),
    EMPTIED(
            "env -i (?!.*CHAINLOOP_TOKEN).*",
            "`env -i` starts with no variables",
            "Leave out `-i`",
            "^env -i ",
            "env "),
    SSH(
            "ssh (?!.*CHAINLOOP_TOKEN)(?:-\\w+ )*[\\w.@-]+ (?=.*chainloop).*",
            "`ssh` passes no variables",
            "Hand the token over on stdin",
            "^ssh ((?:-\\w+ )*[\\w.@-]+) [\"']?([^'\"]*)[\"']?$",
            "printf %s \"\\$CHAINLOOP_TOKEN\" |\n  ssh $1 'export CHAINLOOP_TOKEN=\"\\$(cat)\"; $2'");

    private static final Pattern RUNS_CONTAINER = Pattern.compile("(?:sudo )?(?:docker|podman|nerdctl) ");

    /** Why the variable was not there, a sentence without its full stop. */
    public final String reason;

    final String imperative;
    private final Pattern line;
    private final Pattern before;
    private final String after;

    Passage(String line, String reason, String imperative, String before, String after) {
        this.line = Pattern.compile(line);
        this.reason = reason;
        this.imperative = imperative;
        this.before = Pattern.compile(before);
        this.after = after;
    }

    /** What started the CLI by such a line; empty for a line that hands the variable on. */
    public static Optional<Passage> of(String command) {
        return Arrays.stream(values())
                .filter(one -> one.line.matcher(command).matches())
                .findFirst();
    }

    /** Whether such a line starts the CLI in a container of its own. */
    public static boolean runsContainer(String command) {
        return RUNS_CONTAINER.matcher(command).lookingAt();
    }

    /** The line as it has to be. */
    String mended(String command) {
        return before.matcher(command).replaceFirst(after);
    }
}
