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
    void aRecipeOfMakeIsAJobThatNobodyAttends() throws Exception {
        LauncherRun.need("make");
        assertEquals("job", place("""
                printf 'all:\\n\\t@"$(L)" -o json </dev/null || :\\n' >Makefile
                setsid -w make -s
                """));
    }

    @Test
    void aCommandOverSshHasNoTerminal() throws Exception {
        needSshd();
        assertEquals("job", place(SSH + "over"));
    }

    private void needSshd() throws Exception {
        LauncherRun.need("ssh");
        LauncherRun.skipUnless(Path.of("/usr/sbin/sshd").toFile().canExecute(), "there is no sshd here");
        LauncherRun.skipUnless(
                run(SSH + "over >/dev/null 2>&1 || [ $? != 255 ]").status() == 0, "sshd lets nobody in");
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
