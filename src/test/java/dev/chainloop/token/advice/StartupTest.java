package dev.chainloop.token.advice;

import static org.junit.jupiter.api.Assertions.*;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.chainloop.token.source.Machine;
import dev.chainloop.token.testing.CliRun;
import dev.chainloop.token.testing.Program;
import dev.chainloop.token.testing.TokenMint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What startup files of shells say about the variable, and what a plan makes of it. No value is printed. */
class StartupTest {
    private static final String GOOD = TokenMint.described("API");
    private static final String DEAD = TokenMint.described("API expired");

    @TempDir
    Path home;

    /** {@code GOOD} and {@code DEAD} are tokens, {@code ~} is a line end; an empty variable is not set. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            zsh, not exported           | zsh    | .zshrc              | x=1~CHAINLOOP_TOKEN=GOOD | | In line 2 of ~/.zshrc, which sets CHAINLOOP_TOKEN but does not export it, put `export` before it
            with a quoted value         | bash   | .bashrc             | CHAINLOOP_TOKEN="GOOD" # mine | | In line 1 of ~/.bashrc, which
            exported in another line    | bash   | .bashrc             | CHAINLOOP_TOKEN=GOOD~export A CHAINLOOP_TOKEN | | Read the file again: line 1 of ~/.bashrc sets
            with all that is exported   | bash   | .bashrc             | set -a~CHAINLOOP_TOKEN=GOOD | | Read the file again: line 2 of ~/.bashrc sets
            in a login's file           | bash   | .profile            | declare -x CHAINLOOP_TOKEN=GOOD | | Read the file again: line 1 of ~/.profile sets
            what a command prints       | zsh    | .zshrc              | export CHAINLOOP_TOKEN="$(op read x)" | | Read the file again: line 1 of ~/.zshrc sets
            it may print another now    | zsh    | .zshrc              | export CHAINLOOP_TOKEN="$(op read x)" | DEAD | If what it reads was renewed, have line 1 of ~/.zshrc
            a newer one                 | zsh    | .zshrc              | export CHAINLOOP_TOKEN=GOOD | DEAD | Read the file again: line 1 of ~/.zshrc sets CHAINLOOP_TOKEN to another token
            the same expired one        | zsh    | .zshrc              | export CHAINLOOP_TOKEN=DEAD | DEAD | Remove CHAINLOOP_TOKEN, here and in line 1 of ~/.zshrc
            another expired one         | zsh    | .zshrc              | export CHAINLOOP_TOKEN=DEAD | | Log in:
            another shell's file        | zsh    | .bashrc             | export CHAINLOOP_TOKEN=GOOD | | Put what line 1 of ~/.bashrc sets, CHAINLOOP_TOKEN, into ~/.zshrc: zsh does not read
            of a shell above            | bash < zsh | .zshrc          | CHAINLOOP_TOKEN=GOOD | | In line 1 of ~/.zshrc, which
            of a shell that is new      | fresh  | .bashrc             | export CHAINLOOP_TOKEN=GOOD | | Log in:
            within a function           | bash   | .bashrc             | f() {~  export CHAINLOOP_TOKEN=GOOD~} | | Log in:
            behind a function           | bash   | .bashrc             | f() {~  :~}~export CHAINLOOP_TOKEN=GOOD | | Read the file again: line 4
            for one command             | bash   | .bashrc             | CHAINLOOP_TOKEN=GOOD chainloop version | | Log in:
            in an alias                 | bash   | .bashrc             | alias c='CHAINLOOP_TOKEN=GOOD chainloop' | | Log in:
            a comment                   | bash   | .bashrc             | #export CHAINLOOP_TOKEN=GOOD | | Log in:
            of itself                   | bash   | .bashrc             | export CHAINLOOP_TOKEN="$CHAINLOOP_TOKEN" | | Log in:
            a placeholder               | bash   | .bashrc             | export CHAINLOOP_TOKEN=TODO | | Log in:
            fish, not exported          | fish   | .config/fish/config.fish | set CHAINLOOP_TOKEN GOOD | | In line 1 of ~/.config/fish/config.fish, which sets CHAINLOOP_TOKEN but does not export it, write `set -gx`
            fish, exported              | fish   | .config/fish/config.fish | set -g -x CHAINLOOP_TOKEN GOOD | | Read the file again: line 1
            fish's universal one        | fish   | .config/fish/fish_variables | SETUVAR CHAINLOOP_TOKEN:GOOD | | Export the universal variable CHAINLOOP_TOKEN, which was set without `-x`
            hidden by a global one      | fish   | .config/fish/fish_variables | SETUVAR --export CHAINLOOP_TOKEN:GOOD | DEAD | Erase the global variable CHAINLOOP_TOKEN, here and where it is set
            the universal one expired   | fish   | .config/fish/fish_variables | SETUVAR --export CHAINLOOP_TOKEN:DEAD | DEAD | Remove the universal variable CHAINLOOP_TOKEN, and log in
            PowerShell, not exported    | pwsh   | .config/powershell/profile.ps1 | $CHAINLOOP_TOKEN = 'GOOD' | | In line 1 of ~/.config/powershell/profile.ps1, which sets CHAINLOOP_TOKEN but does not export it, write `$env:CHAINLOOP_TOKEN`
            PowerShell, for Windows     | pwsh   | .config/powershell/profile.ps1 | [Environment]::SetEnvironmentVariable('CHAINLOOP_TOKEN', 'GOOD', 'User') | | In line 1 of ~/.config/powershell/profile.ps1, which
            PowerShell, a newer one     | pwsh   | .config/powershell/profile.ps1 | $env:CHAINLOOP_TOKEN = 'GOOD' | DEAD | Read the file again: line 1
            tcsh, not exported          | tcsh   | .tcshrc             | set CHAINLOOP_TOKEN=GOOD | | In line 1 of ~/.tcshrc, which sets CHAINLOOP_TOKEN but does not export it, write `setenv
            tcsh, a newer one           | tcsh   | .cshrc              | setenv CHAINLOOP_TOKEN GOOD | DEAD | Read the file again: line 1
            nushell, not exported       | nu     | .config/nushell/config.nu | let CHAINLOOP_TOKEN = 'GOOD' | | In line 1 of ~/.config/nushell/config.nu, which
            elvish, a newer one         | elvish | .config/elvish/rc.elv | set-env CHAINLOOP_TOKEN GOOD | DEAD | Read the file again: line 1
            xonsh, a newer one          | xonsh  | .xonshrc            | $CHAINLOOP_TOKEN = 'GOOD' | DEAD | Read the file again: line 1
            """)
    void aLineOfAStartupFileIsNamed(
            String state, String ancestors, String file, String lines, String variable, String first)
            throws IOException {
        write(file, lines);
        CliRun run = CliRun.withHome(home).env("SHELL", "/bin/unknown").machine("ancestors " + ancestors);
        if (variable != null) {
            run.env("CHAINLOOP_TOKEN", filled(variable));
        }
        CliRun.Result result = run.run();
        assertTrue(plan(result).startsWith(first), result.out());
        assertFalse((result.out() + result.err()).contains("eyJ"), result.out());
    }

    /** In a startup file, whatever is in it costs no time and no stack. */
    @ParameterizedTest
    @Timeout(20)
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            bash | .bashrc                  | `export `  | `a `
            bash | .bashrc                  | `declare -` | x
            bash | .bashrc                  | `;export ` | `;export a `
            bash | .bashrc                  | `[`        | `] && `
            fish | .config/fish/config.fish | `set `     | `-a `
            fish | .config/fish/config.fish | `set -`    | x
            tcsh | .tcshrc                  | `set CHAINLOOP_TOKEN` | =
            """)
    void aLongLineTakesNoTime(String shell, String file, String start, String repeated) throws IOException {
        String without = planIn(shell);
        write(file, start + repeated.repeat(900_000 / repeated.length()) + "\tx");
        assertEquals(without, planIn(shell));
    }

    private String planIn(String shell) {
        return plan(CliRun.withHome(home)
                .env("SHELL", "/bin/unknown")
                .machine("ancestors " + shell)
                .run());
    }

    @Test
    @Timeout(20)
    @EnabledOnOs(OS.LINUX)
    void aFileWithoutALengthIsNotRead() throws IOException {
        Files.createSymbolicLink(home.resolve(".bashrc"), Path.of("/proc/kmsg"));
        assertEquals(
                Optional.empty(), new Machine.Own().read(home.resolve(".bashrc").toString()));
        CliRun run = CliRun.withHome(home).env("SHELL", "/bin/unknown").machine("ancestors bash");
        assertTrue(plan(run.run()).startsWith("Log in:"));
    }

    /** A file in the folder here, or above it in the repository, is named if nothing loaded it. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            direnv                   | /w/a/.envrc export CHAINLOOP_TOKEN=GOOD | | | Have direnv load line 1 of .envrc, which sets CHAINLOOP_TOKEN; fill in COMMAND: direnv allow ./.envrc direnv exec /w/a COMMAND
            what a command prints    | /w/a/.envrc export CHAINLOOP_TOKEN="$(op read x)" | | | Have direnv load line 1 of .envrc
            it may print what is set | /w/a/.envrc export CHAINLOOP_TOKEN="$(op read x)" | CHAINLOOP_TOKEN=DEAD | | Remove CHAINLOOP_TOKEN, here and where it is set
            above, in the repository | /w/.envrc export CHAINLOOP_TOKEN='GOOD'; /w/.git | | | Have direnv load line 1 of /w/.envrc, which sets CHAINLOOP_TOKEN; fill in COMMAND: direnv allow /w/.envrc
            above the repository     | /w/.envrc export CHAINLOOP_TOKEN='GOOD'; /w/a/.git | | | Log in:
            above, in no repository  | /w/.envrc export CHAINLOOP_TOKEN='GOOD' | | | Log in:
            mise                     | /w/a/mise.toml env.CHAINLOOP_TOKEN = "GOOD" | | | Have mise load line 1 of mise.toml, which sets CHAINLOOP_TOKEN; fill in COMMAND: mise trust ./mise.toml mise exec -- COMMAND
            devbox                   | /w/a/devbox.json {"env": {"CHAINLOOP_TOKEN": "GOOD"}} | | | Have devbox load line 1 of devbox.json, which sets CHAINLOOP_TOKEN; fill in COMMAND: devbox run -- COMMAND
            a flake                  | /w/a/flake.nix { CHAINLOOP_TOKEN = "GOOD"; } | | | Have Nix load line 1 of flake.nix, which sets CHAINLOOP_TOKEN: nix develop /w/a
            an editor's settings     | /w/a/.vscode/settings.json {"terminal.integrated.env.linux": {"CHAINLOOP_TOKEN": "GOOD"}} | | | Have a new terminal of VS Code load line 1 of .vscode/settings.json
            dotenv                   | /w/a/.env CHAINLOOP_TOKEN="GOOD" # till spring | | | Load line 1 of .env, which sets CHAINLOOP_TOKEN: no shell reads that file by itself: set -a; . ./.env; set +a
            dotenv, under make       | /w/a/.env CHAINLOOP_TOKEN=GOOD; ancestors make < bash | MAKELEVEL=1 | | Load line 1 of .env
            dotenv, a newer one      | /w/a/.env CHAINLOOP_TOKEN=GOOD | CHAINLOOP_TOKEN=DEAD | | Load line 1 of .env, which sets CHAINLOOP_TOKEN to another token: no shell
            dotenv, behind nothing   | /w/a/.env CHAINLOOP_TOKEN=GOOD | CHAINLOOP_TOKEN=BLANK | | Load line 1 of .env, which sets CHAINLOOP_TOKEN: no shell
            dotenv, the same         | /w/a/.env CHAINLOOP_TOKEN=DEAD | CHAINLOOP_TOKEN=DEAD | | Remove CHAINLOOP_TOKEN, here and where it is set
            dotenv, in fish          | /w/a/.env CHAINLOOP_TOKEN=GOOD; ancestors fish | | | Set CHAINLOOP_TOKEN to what line 1 of .env sets: no shell reads that file by itself.
            dotenv, no shell's line  | /w/a/.env CHAINLOOP_TOKEN = GOOD | | | Log in:
            dotenv, an expired one   | /w/a/.env CHAINLOOP_TOKEN=DEAD | | | Log in:
            dotenv, a placeholder    | /w/a/.env CHAINLOOP_TOKEN=TODO | | | Log in:
            dotenv, a comment        | /w/a/.env # CHAINLOOP_TOKEN=GOOD | | | Log in:
            dotenv, another name     | /w/a/.env OLD_CHAINLOOP_TOKEN=GOOD | | | Log in:
            dotenv, a longer name    | /w/a/.env CHAINLOOP_TOKEN_OLD=GOOD | | | Log in:
            dotenv, in a hook        | /w/a/.env CHAINLOOP_TOKEN=GOOD; unattended; ancestors sh < git | GIT_DIR=.git | | Load line 1 of .env
            dotenv, in a checkout    | /w/a/.env CHAINLOOP_TOKEN=GOOD; unattended | GITHUB_ACTIONS=true | | Do not count on line 1 of .env, which sets CHAINLOOP_TOKEN: nothing loads that file here. Hand the secret to the step
            dotenv, in a container   | /w/a/.env CHAINLOOP_TOKEN=GOOD; /.dockerenv; unattended | | | Do not count on line 1 of .env, which sets CHAINLOOP_TOKEN: nothing loads that file here.
            systemd's                | HOME/.config/environment.d/c.conf CHAINLOOP_TOKEN=GOOD | | | Have systemd (at your next login on this machine) load line 1 of ~/.config/environment.d/c.conf
            for the public           | /w/a/.env CHAINLOOP_TOKEN=GOOD | | --redact | Load line 1 of .env, which sets CHAINLOOP_TOKEN: no shell reads that file by itself.
            """)
    void aFileThatNothingLoadedIsNamed(String state, String machine, String variable, String option, String first) {
        CliRun run = CliRun.withHome(home)
                .env("PWD", "/w/a")
                .machine(filled(machine)
                        .replace("HOME", home.toString())
                        .replace("; /", "\n/")
                        .replace("; un", "\nun")
                        .replace("; an", "\nan"));
        if (variable != null) {
            run.env(variable.split("=")[0], filled(variable.split("=")[1]));
        }
        CliRun.Result result = option == null ? run.run() : run.run(option);
        assertTrue(plan(result).startsWith(first), result.out());
        assertFalse((result.out() + result.err()).contains("eyJ"), result.out());
    }

    /** A token that works needs no file; a token that was given is not the shell's; where nobody is, no such file is read. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            a token that works | ancestors zsh                         | GOOD | ''
            a job of cron      | unattended; ancestors sh < cron       | ''   | Do not count on line 1 of ~/.zshrc (zsh reads ~/.zshenv everywhere), which sets
            a CI job           | unattended; ancestors sh < runner     | ''   | Do not count on line 1 of ~/.zshrc (zsh reads ~/.zshenv everywhere), which sets
            """)
    void onlyWhereThatIsTheCause(String state, String machine, String variable, String first) throws IOException {
        write(".zshrc", "export CHAINLOOP_TOKEN=GOOD");
        CliRun run = CliRun.withHome(home).machine(machine.replace("; ", "\n"));
        if (!variable.isEmpty()) {
            run.env("CHAINLOOP_TOKEN", filled(variable));
        }
        CliRun.Result result = run.run();
        assertTrue(plan(result).startsWith(first), result.out());
        assertEquals(first.isEmpty(), !result.out().contains("zshrc"), result.out());
    }

    /** A shell without a terminal reads some of its files, too. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            fish -c | fish | .config/fish/fish_variables | SETUVAR CHAINLOOP_TOKEN:GOOD | Export the universal variable
            zsh -c  | zsh  | .zshenv    | CHAINLOOP_TOKEN=GOOD       | In line 1 of ~/.zshenv, which sets CHAINLOOP_TOKEN but does not export it, put `export` before it
            tcsh -c | tcsh | .tcshrc    | set CHAINLOOP_TOKEN = GOOD | In line 1 of ~/.tcshrc
            zsh -c, what it does not read | zsh | .zshrc | export CHAINLOOP_TOKEN=GOOD | Copy line 1 of ~/.zshrc, which sets CHAINLOOP_TOKEN, to ~/.zshenv: zsh reads that everywhere
            bash -c | bash | .bashrc    | export CHAINLOOP_TOKEN=GOOD | Do not count on line 1 of ~/.bashrc
            bash over ssh | bash < sshd | .bashrc | case $- in~ *i*) ;;~ *) return;;~esac~export CHAINLOOP_TOKEN=GOOD | Put line 5 of ~/.bashrc, which sets CHAINLOOP_TOKEN, above line 1: there bash stops reading that file where nobody types.
            bash over ssh, not exported | bash < sshd | .bashrc | [ -z "$PS1" ] && return~CHAINLOOP_TOKEN=GOOD | Put line 2 of ~/.bashrc, which sets CHAINLOOP_TOKEN, above line 1, and `export` before it: there
            bash over ssh, another test | bash < sshd | .bashrc | [[ $- != *i* ]] && return~export CHAINLOOP_TOKEN=GOOD | Put line 2
            bash over ssh, before the test | bash < sshd | .bashrc | export CHAINLOOP_TOKEN=GOOD~[ -z "$PS1" ] && return | Do not count on line 1
            bash over ssh, a prompt | bash < sshd | .bashrc | [ -n "$PS1" ] && PS1=x~export CHAINLOOP_TOKEN=GOOD | Do not count on line 2
            zsh over ssh | zsh < sshd | .zshrc | [ -z "$PS1" ] && return~export CHAINLOOP_TOKEN=GOOD | Do not count on line 2
            """)
    void withoutATerminal(String state, String shell, String file, String line, String first) throws IOException {
        write(file, line);
        CliRun.Result result = CliRun.withHome(home)
                .machine("unattended\nancestors " + shell + (shell.contains("sshd") ? "" : " < ide"))
                .run();
        assertTrue(plan(result).startsWith(first), result.out());
        assertFalse(result.out().contains("api-token create"), result.out());
    }

    @Test
    void aLaterFileSetsTheOldToken() throws IOException {
        write(".tcshrc", "setenv CHAINLOOP_TOKEN GOOD");
        write(".login", "setenv CHAINLOOP_TOKEN DEAD");
        CliRun.Result result = CliRun.withHome(home)
                .env("CHAINLOOP_TOKEN", DEAD)
                .machine("ancestors tcsh")
                .run();
        assertTrue(
                plan(result)
                        .startsWith("Remove line 1 of ~/.login, which sets this old token although line 1 of ~/.tcshrc"
                                + " sets another; then read the latter file again: source ~/.tcshrc"),
                result.out());
    }

    /** Of a shell without a startup file that tells, only what people do there is known; some trim by themselves. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            pwsh   | '' | If you set CHAINLOOP_TOKEN with `$CHAINLOOP_TOKEN = …`, which exports nothing, export it: $env:CHAINLOOP_TOKEN = $CHAINLOOP_TOKEN
            tcsh   | '' | If you set CHAINLOOP_TOKEN with `set`, which exports nothing, export it: setenv CHAINLOOP_TOKEN "$CHAINLOOP_TOKEN"
            fish   | '' | If you set CHAINLOOP_TOKEN with `set` alone, which exports nothing, export it: set -gx CHAINLOOP_TOKEN $CHAINLOOP_TOKEN
            bash   | '' | Log in:
            nu     | GOOD~ | Remove the line end, here and where the variable is set: $env.CHAINLOOP_TOKEN = ($env.CHAINLOOP_TOKEN | str trim)
            pwsh   | GOOD~ | Remove the line end, here and where the variable is set: $env:CHAINLOOP_TOKEN = $env:CHAINLOOP_TOKEN.Trim()
            bash   | GOOD~ | Keep only the token, here and where the variable is set: token=
            """)
    void inTheShellsOwnWords(String shell, String variable, String first) {
        CliRun run = CliRun.withHome(home).machine("ancestors " + shell);
        if (!variable.isEmpty()) {
            run.env("CHAINLOOP_TOKEN", filled(variable));
        }
        CliRun.Result result = run.run();
        assertTrue(plan(result).startsWith(first), result.out());
    }

    /** Somebody may mean the login, or the token that no program gets. */
    @Test
    void besideALoginThatHasExpired() throws IOException {
        write(".cshrc", "set CHAINLOOP_TOKEN = GOOD");
        write(".config/chainloop/config.toml", "[auth]~token = '" + TokenMint.described("USER expired") + "'");
        CliRun.Result result = CliRun.withHome(home).machine("ancestors tcsh").run();
        assertTrue(
                plan(result).startsWith("If you mean the token of a startup file, in line 1 of ~/.cshrc, which sets"),
                result.out());
        assertTrue(result.out().contains("chainloop auth login"), result.out());
    }

    /** What keeps old values is told before a new token is made. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            TMUX=/tmp/tmux,1,0 | If CHAINLOOP_TOKEN was renewed after tmux was started, set it to the new one here; then have new windows get that, too: tmux set-environment -g CHAINLOOP_TOKEN "$CHAINLOOP_TOKEN"
            STY=1.pts-0.host   | If CHAINLOOP_TOKEN was renewed after screen was started, set it to the new one here; then have new windows get that, too: screen -X setenv CHAINLOOP_TOKEN "$CHAINLOOP_TOKEN"
            ZELLIJ=0           | If CHAINLOOP_TOKEN was renewed after zellij was started, set it to the new one here.
            TERM_PROGRAM=vscode | If CHAINLOOP_TOKEN was renewed after VS Code was started, quit VS Code with all its windows, and start it anew.
            TERM_PROGRAM=tmux  | Remove CHAINLOOP_TOKEN, here and where it is set
            """)
    void whatKeepsAnOldValueIsTold(String variable, String first) {
        CliRun.Result result = CliRun.withHome(home)
                .env("CHAINLOOP_TOKEN", DEAD)
                .env(variable.split("=")[0], variable.split("=")[1])
                .run();
        assertTrue(plan(result).startsWith(first), result.out());
    }

    @Test
    void aSharedScreenNamesNoFile() throws IOException {
        write(".zshrc", "CHAINLOOP_TOKEN=GOOD");
        CliRun.Result result = CliRun.withHome(home).machine("ancestors zsh").run("--redact");
        assertTrue(plan(result).startsWith("In line 1 of FILE, which"), result.out());
    }

    /** What fish keeps of a universal variable is read as fish writes it, and its plan exports it. */
    @Test
    void fishsOwnFileIsRead() throws Exception {
        assumeTrue(Program.exists("fish"), "fish is missing");
        Map<String, String> variables = Map.of("PATH", "/usr/bin:/bin", "HOME", home.toString());
        Program.of("fish", "-c", "set -U CHAINLOOP_TOKEN " + GOOD)
                .withOnly(variables)
                .run();
        CliRun.Result result = CliRun.withHome(home).machine("ancestors fish").run();
        String command = "set -Ux CHAINLOOP_TOKEN $CHAINLOOP_TOKEN";
        assertTrue(result.out().contains("    " + command + "\n"), result.out());
        CliRun.Result after = Program.of("fish", "-c", command + "; printenv CHAINLOOP_TOKEN")
                .withOnly(variables)
                .run();
        assertEquals(GOOD + "\n", after.out());
    }

    private void write(String file, String lines) throws IOException {
        Path path = home.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, filled(lines) + "\n");
    }

    private static String filled(String text) {
        return text.replace("GOOD", GOOD)
                .replace("DEAD", DEAD)
                .replace("BLANK", " ")
                .replace("~", "\n");
    }

    /** The plan in one line; empty where there is none. */
    private static String plan(CliRun.Result result) {
        int start = result.out().indexOf("What to do\n");
        return start < 0
                ? ""
                : result.out()
                        .substring(start)
                        .lines()
                        .skip(1)
                        .map(String::strip)
                        .collect(Collectors.joining(" "));
    }
}
