package dev.chainloop.token;

import static org.junit.jupiter.api.Assertions.*;

import dev.chainloop.token.testing.CliRun;
import dev.chainloop.token.testing.LauncherRun;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Places as the programs themselves make them. What a machine does not have is skipped. */
class PlacesIT {
    private static final Pattern PLACE = Pattern.compile("\"place\":\\s*\"([a-z-]+)\"");

    /** A server of one's own on a free port, and a client that knows its key. */
    private static final String SSH = """
            [ "$(id -u)" != 0 ] || mkdir -p /run/sshd
            rm -f host* key* log
            ssh-keygen -qt ed25519 -N '' -f host
            ssh-keygen -qt ed25519 -N '' -f key
            port=$((20000 + $$ % 20000))
            setsid /usr/sbin/sshd -D -e -f /dev/null -h "$HOME/host" -p "$port" -o ListenAddress=127.0.0.1 \\
                -o PidFile=none -o StrictModes=no -o AuthorizedKeysFile="$HOME/key.pub" \\
                -o UsePAM="$([ "$(id -u)" = 0 ] && echo yes || echo no)" >log 2>&1 &
            server=$!
            trap 'kill "$server"' EXIT
            for _ in 1 2 3 4 5 6 7 8 9 10; do grep -q 'Server listening' log && break; sleep 0.1; done
            over() {
                ssh -F /dev/null -i key -p "$port" -o BatchMode=yes -o LogLevel=ERROR -o StrictHostKeyChecking=no \\
                    -o UserKnownHostsFile=/dev/null "$@" 127.0.0.1 "JAVA_HOME='$JAVA_HOME' '$L' -o json </dev/null" \\
                    </dev/null
            }
            """;

    @TempDir
    Path home;

    /** In a container, say, all of them are known by that. */
    @BeforeEach
    void nothingElseIsKnownOfThisPlace() throws Exception {
        LauncherRun.need("setsid");
        String place = place("setsid -w \"$L\" -o json </dev/null");
        LauncherRun.skipUnless(place.equals("job"), "these tests run in the place '" + place + "'");
    }

    @Test
    void aRecipeOfMakeIsTheJobOfAnUnknownPlace() throws Exception {
        LauncherRun.need("make");
        String text = run("""
                printf 'all:\\n\\t@"$(L)" </dev/null || :\\n' >Makefile
                setsid -w make -s
                """).out();
        assertTrue(text.contains("whatever starts this (its parent: make)"), text);
    }

    @Test
    void gitsHookIsKnown() throws Exception {
        LauncherRun.need("git");
        assertEquals("hook", place("""
                git init -q r
                cd r
                printf '#!/bin/sh\\n"$L" -o json </dev/null\\n:\\n' >.git/hooks/post-commit
                chmod +x .git/hooks/post-commit
                setsid -w git -c user.name=a -c user.email=a@example.com commit -q --allow-empty -m x 2>&1
                """));
    }

    /** The name of a process is that of its program's file. */
    @Test
    void anAncestorCronIsKnownEvenBehindATerminal() throws Exception {
        String cron = "cp \"$(command -v dash || command -v bash)\" cron\n";
        assertEquals("cron", place(cron + "setsid -w ./cron -c '\"$L\" -o json </dev/null; :'"));
        LauncherRun.need("script");
        assertEquals(
                "cron",
                place(cron + "setsid -w ./cron -c 'script -qec \"\\\"$L\\\" -o json </dev/null\" /dev/null; :'"));
    }

    @Test
    void aJobOfAtIsKnown() throws Exception {
        LauncherRun.need("at");
        LauncherRun.skipUnless(run("pgrep -x atd").status() == 0, "atd does not run here");
        assertEquals("at", place("""
                echo '"$L" -o json </dev/null >out; mv out "$HOME/done"' | at now 2>/dev/null
                for _ in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15; do [ -f done ] && break; sleep 1; done
                cat done
                """));
    }

    @Test
    void aCommandOverSshHasNoTerminal() throws Exception {
        needSshd();
        assertEquals("remote", place(SSH + "over"));
    }

    private void needSshd() throws Exception {
        LauncherRun.need("ssh");
        LauncherRun.skipUnless(Path.of("/usr/sbin/sshd").toFile().canExecute(), "there is no sshd here");
        LauncherRun.skipUnless(
                run(SSH + "over >/dev/null 2>&1 || [ $? != 255 ]").status() == 0, "sshd lets nobody in");
    }

    /** What the plan has a person run takes the variable out of new windows. */
    @Test
    void aWindowOfTmuxHasTheVariableUntilTheServerForgetsIt() throws Exception {
        LauncherRun.need("tmux");
        String text = run("""
                export TMUX_TMPDIR="$HOME" CHAINLOOP_TOKEN=token
                tmux -f /dev/null -L t new-session -d 'sleep 60'
                tmux -L t new-window 'echo "[$CHAINLOOP_TOKEN]" >one; tmux -L t wait-for -S one'
                tmux -L t wait-for one
                tmux -L t set-environment -gu CHAINLOOP_TOKEN
                tmux -L t new-window 'echo "[$CHAINLOOP_TOKEN]" >two; tmux -L t wait-for -S two'
                tmux -L t wait-for two
                tmux -L t kill-server
                cat one two
                """).out();
        assertEquals("[token]\n[]\n", text);
    }

    private String place(String script) throws Exception {
        CliRun.Result result = run(script);
        Matcher place = PLACE.matcher(result.out());
        assertTrue(place.find(), result::toString);
        return place.group(1);
    }

    private CliRun.Result run(String script) throws Exception {
        return LauncherRun.in(home).unset("CHAINLOOP_TOKEN").unset("T").script(script);
    }
}
