package dev.chainloop.token.advice;

import static org.junit.jupiter.api.Assertions.*;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.chainloop.token.source.Environment.Platform;
import dev.chainloop.token.testing.CliRun;
import dev.chainloop.token.testing.Payload;
import dev.chainloop.token.testing.Program;
import dev.chainloop.token.testing.TokenMint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which shell a plan is for, and that its commands do there what they say. */
class ShellTest {
    private static final String EXPIRED = TokenMint.described("API expired");

    @TempDir
    Path home;

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            a bash in a terminal        | bash < gnome-terminal-             | /bin/bash     | unset CHAINLOOP_TOKEN
            a bash of a user of fish    | bash < fish                        | /usr/bin/fish | unset CHAINLOOP_TOKEN
            a fish of a user of bash    | fish < bash < sshd-session < sshd  | /bin/bash     | set -e CHAINLOOP_TOKEN
            a script of the user's fish | sh < make < fish < tmux: server    | /bin/bash     | set -e CHAINLOOP_TOKEN
            a Python program            | python3 < fish                     | /bin/bash     | set -e CHAINLOOP_TOKEN
            PowerShell                  | pwsh < bash                        | /bin/bash     | Remove-Item Env:CHAINLOOP_TOKEN
            nobody near                 | a < b < c < d < bash               | /usr/bin/fish | set -e CHAINLOOP_TOKEN
            no shell at all             | init                               | ''            | unset CHAINLOOP_TOKEN
            only sh                     | sh < containerd-shim               | ''            | unset CHAINLOOP_TOKEN
            a shell that is new         | fresh < init                       | /bin/fresh    | unset CHAINLOOP_TOKEN
            tcsh                        | tcsh < sshd                        | /bin/bash     | unsetenv CHAINLOOP_TOKEN
            elvish                      | elvish < sshd                      | /bin/bash     | unset-env CHAINLOOP_TOKEN
            nushell                     | nu < sshd                          | /bin/bash     | hide-env CHAINLOOP_TOKEN
            xonsh                       | xonsh < sshd                       | /bin/bash     | del $CHAINLOOP_TOKEN
            """)
    void isTheNearestIntoWhichPeopleType(String state, String ancestors, String login, String removal) {
        List<String> run =
                plan(ancestors, login).stream().flatMap(String::lines).toList();
        assertEquals(removal, run.get(0).contains("auth login") ? "" : run.get(0), state);
    }

    /** A job's script is read by the shell that runs it, whatever anybody's login shell is. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            sh < runner   | export XDG_CONFIG_HOME="$(mktemp -d)"
            bash < runner | export XDG_CONFIG_HOME="$(mktemp -d)"
            pwsh < runner | $env:XDG_CONFIG_HOME = mktemp -d
            runner        | export XDG_CONFIG_HOME="$(mktemp -d)"
            """)
    void ofAJobIsTheOneThatRunsIt(String ancestors, String line) {
        String out = new CliRun()
                .env("CI", "true")
                .env("SHELL", "/usr/bin/fish")
                .env("HOME", "/nonexistent")
                .env("CHAINLOOP_TOKEN", TokenMint.described("API"))
                .machine("unattended\nread-only\nancestors " + ancestors)
                .run()
                .out();
        assertTrue(out.contains("    " + line + "\n"), out);
    }

    /** No plan asks a person to paste what their shell does not know. */
    @Test
    void onWindowsThereIsNoCli() {
        String out = new CliRun()
                .platform(Platform.WINDOWS)
                .env("CHAINLOOP_TOKEN", EXPIRED)
                .run()
                .out();
        String plan = out.substring(out.indexOf("What to do"));
        assertEquals(
                "Run this where the Chainloop CLI runs, in WSL or in a container: there is none for Windows, and its"
                        + " token is there.",
                plan.lines().skip(1).map(String::strip).collect(Collectors.joining(" ")));
    }

    @ParameterizedTest
    @CsvSource({"bash", "zsh", "dash", "ksh", "fish", "pwsh", "tcsh", "elvish", "nu", "xonsh"})
    void carriesOutThePlan(String shell) throws Exception {
        assumeTrue(Program.exists(shell), shell + " is missing");
        Path bin = Files.createDirectories(home.resolve("bin"));
        Path chainloop = Files.writeString(bin.resolve("chainloop"), """
                #!/bin/sh
                echo "${CHAINLOOP_TOKEN:-login}: $*" >>"$HOME/log"
                case $* in *create*) echo new;; esac
                """);
        assertTrue(chainloop.toFile().setExecutable(true));
        List<String> commands = new ArrayList<>(plan(shell, ""));
        commands.add("chainloop next");
        Path script = Files.writeString(home.resolve("plan"), String.join("\n", commands) + "\n");
        Map<String, String> variables =
                Map.of("PATH", bin + ":/usr/bin:/bin", "HOME", home.toString(), "CHAINLOOP_TOKEN", "old");
        CliRun.Result result =
                Program.of(shell, script.toString()).withOnly(variables).run();
        assertEquals(0, result.status(), result.out());
        List<String> log = Files.readAllLines(home.resolve("log"));
        assertTrue(log.stream().limit(log.size() - 1).allMatch(line -> line.startsWith("login: ")), log.toString());
        assertEquals("new: next", log.get(log.size() - 1));
    }

    /** A word with everything that a shell could take for its own means itself. */
    @ParameterizedTest
    @CsvSource({
        "bash, POSIX",
        "zsh, POSIX",
        "dash, POSIX",
        "fish, FISH",
        "pwsh, POWERSHELL",
        "tcsh, CSH",
        "elvish, ELVISH",
        "nu, NUSHELL",
        "xonsh, XONSH"
    })
    void quotes(String program, Shell shell) throws IOException, InterruptedException {
        assumeTrue(Program.exists(program), program + " is missing");
        String word = "it's a \\ \\\\ $HOME \"x\" *,@";
        Path script = Files.writeString(home.resolve("words"), "printf %s " + ShellWord.of(word, shell) + "\n");
        assertEquals(word, Program.run(program, script.toString()));
    }

    private List<String> plan(String ancestors, String login) {
        JsonNode plan = Payload.read(CliRun.withHome(home)
                        .env("SHELL", login)
                        .env("CHAINLOOP_TOKEN", EXPIRED)
                        .machine("ancestors " + ancestors)
                        .run("check", "--type", "api-token", "-o", "json")
                        .out())
                .get("plan");
        List<String> commands = new ArrayList<>();
        plan.get("steps").forEach(step -> step.path("run").forEach(command -> commands.add(command.asText())));
        return commands;
    }
}
