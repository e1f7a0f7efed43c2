package dev.chainloop.token;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.chainloop.token.testing.CliRun;
import dev.chainloop.token.testing.Golden;
import dev.chainloop.token.testing.Program;
import dev.chainloop.token.testing.StandInCli;
import dev.chainloop.token.testing.TestWorld;
import dev.chainloop.token.testing.TokenMint;
import dev.chainloop.token.testing.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The tool in real processes: what no test within one JVM can see. It applies to the installed folder and to any executable
 * that {@code -Dtool} names.
 */
@Execution(ExecutionMode.CONCURRENT)
@Order(2)
class ToolIT {
    private static final String NO_OUTPUT =
            "error: the output cannot be written. Check the disk, and where stdout goes.\n";

    private static final String SOCKET_TOLD =
            "note: stdin is a socket without data (`-` waits for it), so the token is taken from $CHAINLOOP_TOKEN\n";

    @TempDir
    Path home;

    /** $F asks for the kind, $M is mask; ~ is a line break; FULL says that the output cannot be written. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiterString = " => ", quoteCharacter = '^', textBlock = """
            a pipe is read                       => echo "$T" | $F                            => 0  => api-token~ => ^^
            a file without a name is read        => echo "$T" >f; exec 3<f; rm f; $F <&3      => 0  => api-token~ => ^^
            /dev/null is passed over             => $F </dev/null                             => 0  => user~ => ^^
            an ended pipe is passed over         => : | $F                                    => 0  => user~ => ^^
            a closed stdin is passed over        => $F <&-                                    => 0  => user~ => ^^
            a pipe is read because of -          => echo "$T" | $L --field kind -             => 0  => api-token~ => ^^
            /dev/null is all there is with -     => $L --field kind - </dev/null              => 1  => ~\
              => error: there is no token to send: stdin is empty. Check the command before the pipe,\
             which printed no token: the variable that it prints may be unset.~
            a blank pipe is an empty token       => echo "$NOTHING" | $L --field kind 2>e     => 1  => ~ => ^^
            a pipe is left alone with --source   => yes | $F --source env                     => 0  => user~ => ^^
            a closed stdout cannot be written    => $F >&-                                    => 74 => ^^ => FULL
            a full disk cannot be written        => $F >/dev/full                             => 74 => ^^ => FULL
            a closed stderr does not matter      => $F 2>&-                                   => 0  => user~ => ^^
            a full stderr does not matter        => $L --field kind x.y.z 2>/dev/full         => 3  => ~ => ^^
            a usage error keeps its status       => $L --fild 2>&-                            => 2  => ^^ => ^^
            all three closed                     => $F <&- >&- 2>&-                           => 74 => ^^ => ^^
            a reader that has gone               => { sleep 0.2; $L --all; echo $? >s; } | :; cat s => 0 => 1~ => ^^
            head takes one line                  => echo "$T" | $L | head -1 => 0 => API token "ci" of acme never expires~ => ^^
            a command substitution               => set -eu; kind=$($F); echo "<$kind>"       => 0  => <user>~ => ^^
            -c in a loop eats nothing            => printf "auth.token = '%s'" "$T" >c; echo '1~2' | while read -r n; do\
             echo "$n $($F -c c)"; done => 0 => 1 api-token~2 api-token~ => ^^
            an argument with a blank is one      => $L --field 'a b' 2>&1 | grep -c ^           => 0  => 1~ => ^^
            @ is no argument file                => echo --version >f; $L @f.. >o             => 3  => ^^ => ^^
            another script, in the C locale      => export LC_ALL=C HOME="$HOME/$(printf '\\346\\227\\245\\303\\251')";\
             unset CHAINLOOP_TOKEN; mkdir -p "$HOME/.config/chainloop"; printf "auth.token = '%s'" "$T" >"$HOME/.config/chainloop/config.toml";\
             $L --field kind,source.kind         => 0 => api-token~config~ => ^^
            # Set by the script, since the script's own shell may obey them.
            Java's variables are ignored         => env JAVA_TOOL_OPTIONS=-Dx=y JDK_JAVA_OPTIONS=-Dx=y _JAVA_OPTIONS=-Xmx32m\
             _JAVA_LAUNCHER_DEBUG=1 CLASSPATH='.:/nowhere/*:::junk.jar' TZ=Nowhere/Land $F     => 0 => user~ => ^^
            the shell's variables are ignored    => env LANG=ja_JP.eucJP TZ=:/etc/passwd IFS=aeiou major=11 java=/nowhere\
             XDG_CONFIG_HOME=relative $F         => 0 => user~ => ^^
            a socket that holds a token is read  => SOCKET $F                                 => 0  => api-token~ => ^^
            a socket is read because of -        => SOCKET $F -                               => 0  => api-token~ => ^^
            a socket that holds nothing is told  => T= && SOCKET $F                           => 0  => user~ => TOLD
            Node's is read because of -          => NODE $F -                                 => 0  => api-token~ => ^^
            with Node's no gate passes in silence => CHAINLOOP_TOKEN=$T; T=x.y.z; NODE $L check -q >o 2>&1; echo $? >s;\
             [ -s o ] && grep -E '^(error: the value is not a token|note: stdin is a socket)' o >/dev/null => 0 => ^^ => ^^
            mask: bytes that are no text stay    => printf 'caf\\303' | $M | od -An -tx1       => 0  => ^ 63 61 66 c3~^ => ^^
            mask: a full disk                    => echo x | $M >/dev/full                    => 74 => ^^ => FULL
            mask: a closed stdin is empty        => $M <&-                                    => 0  => ^^ => ^^
            mask: a closed stderr                => echo x | $M - no/such/file 2>&-           => 4  => x~ => ^^
            mask: what has passed stays          => mkfifo p; : >o; $M <p >o & exec 3>p; printf 'one~two e' >&3;\
             until [ "$(cat o)" = 'one~two ' ]; do sleep 0.05; done; kill $!; { wait $! || echo $?; } 2>e; cat o\
             => 0 => ^143~one~two ^ => ^^
            mask: each line leaves at once       => mkfifo p; : >o; $M <p >o & exec 3>p; for n in 1 2 3; do echo "$T" >&3;\
             until [ "$(grep -c sha256: o)" = $n ]; do sleep 0.05; done; done; exec 3>&-; wait $! => 0 => ^^ => ^^
            mask: a named pipe is read           => mkfifo p; echo x >p & $M p                => 0 => x~ => ^^
            """)
    void tellsWhatItsStreamsAreOpenOn(String name, String script, int status, String out, String err) throws Exception {
        if (script.contains("/dev/full")) {
            Program.require("/dev/full");
        }
        if (script.contains("SOCKET")) {
            Program.require("perl");
        }
        if (script.contains("NODE")) {
            Program.require("node");
        }
        // S is the launcher's end of a socket that is descriptor 0, P the other.
        String socket =
                "perl -MSocket -e 'socketpair(S, P, AF_UNIX, SOCK_STREAM, 0) or die; syswrite P, $ENV{T}; close P;"
                        + "open(STDIN, \"<&\", \\*S) or die; exec @ARGV'";
        String node = "node -e 'const r = require(\"child_process\").spawnSync(process.argv[1], process.argv.slice(2),"
                + "{input: process.env.T, stdio: [\"pipe\", \"inherit\", \"inherit\"]}); process.exit(r.status)' --";
        String line = script.replace("$F", "$L --field kind")
                .replace("$M", "$L mask")
                .replace("SOCKET", socket)
                .replace("NODE", node)
                .replace("$L", "\"$L\"")
                .replace('~', '\n');
        assertEquals(
                new CliRun.Result(
                        status,
                        out.replace('~', '\n'),
                        err.replace("FULL", NO_OUTPUT)
                                .replace("TOLD", SOCKET_TOLD)
                                .replace('~', '\n')),
                Tool.in(home).script(line));
    }

    /**
     * Some of each command and library; with a given executable, all that a process can play: it has the real clock, which
     * `--at` sets, and neither a screen nor another machine.
     */
    static List<Arguments> processes() throws IOException {
        List<Golden> cases = new ArrayList<>(Golden.chosen());
        cases.removeIf(one -> !one.world().all("screen").isEmpty()
                || !one.world().all("machine").isEmpty());
        List<String> tool = List.of(Tool.path().toString());
        if (!Tool.isGiven()) {
            List<String> some = List.of(
                    ("api-token-scoped-text check-genuine ci-github-check-passed explain-layer federated-github-text help"
                                    + " misuse-mistyped-option sources-several verify-key-set-by-kid")
                            .split(" "));
            cases.removeIf(one -> !some.contains(one.toString()));
        }
        List<Arguments> runs = new ArrayList<>();
        cases.forEach(golden -> runs.add(Arguments.of("tool", golden, tool)));
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        List<String> jar =
                List.of("env", "LC_ALL=C.UTF-8", java, "-jar", Tool.jar().toString());
        cases.removeIf(golden -> !golden.toString().equals("verify-key-set-by-kid"));
        cases.forEach(golden -> runs.add(Arguments.of("jar", golden, jar)));
        return runs;
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("processes")
    void playsTranscriptsAsWritten(String target, Golden golden, List<String> program) throws Exception {
        Path folder = Golden.homeIn(home);
        golden.world().makeFiles(folder);
        List<String> arguments = golden.world().arguments(folder);
        List<String> line = new ArrayList<>(program);
        line.addAll(arguments);
        if (golden.status() != 2 && takesTime(arguments)) {
            line.addAll(List.of("--at", CliRun.NOW.toString()));
        }
        Program run = Program.of(line)
                .alone(folder)
                .with(golden.world().variables(folder))
                .with(golden.columns(folder))
                .atTerminal();
        golden.world().stdin(folder).ifPresent(run::reading);
        Golden.compare(golden.file(), golden.of(run.run(), folder));
    }

    private static boolean takesTime(List<String> arguments) {
        String command = arguments.isEmpty() ? "inspect" : arguments.get(0);
        return !List.of("ask", "completion", "help", "mask", "schema").contains(command)
                && Collections.disjoint(arguments, List.of("--at", "--help", "-h", "--version", "-V", "--list"));
    }

    /** A token is never taken from elsewhere because stdin was slow. While it waits, there is no file with the JVM's data. */
    @Test
    void waitsForASilentPipe() throws Exception {
        String note =
                "note: reading the token from stdin; for the token in a variable, add `</dev/null` or `--source env`";
        assertEquals(
                new CliRun.Result(0, "api-token\n", note + "\n"), Tool.in(home).script("""
                mkfifo p
                { exec 3>p; sleep 3; printf %s "$T" >&3; } &
                "$L" --field kind <p &
                sleep 1
                ls -d /tmp/hsperfdata_*/$! 2>/dev/null
                wait $!
                """));
    }

    /** Who is there, and whether colors can be shown. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiterString = " => ", textBlock = """
            color in a terminal    => script -qec '"$L"' /dev/null </dev/null | head -1 => @[1mAPI token "ci" of acme never expires@[0m~
            no color in a pipe     => script -qec '"$L" | head -1' /dev/null </dev/null => API token "ci" of acme never expires~
            nothing typed is read  => echo "$U" | script -qec '"$L" --field kind >o' /dev/null >/dev/null; cat o => api-token
            nobody without one     => unset CHAINLOOP_TOKEN; setsid -w "$L" --field source </dev/null; setsid -w "$L" </dev/null |\
             grep -c 'auth login' => NOBODY
            """)
    void knowsATerminal(String name, String script, String out) throws Exception {
        Program.require("script", "setsid");
        CliRun.Result result = Tool.in(home)
                .env("TERM", "xterm")
                .env("CHAINLOOP_TOKEN", TokenMint.described("API"))
                .env("U", TokenMint.described("USER"))
                .script(script);
        String expected =
                out.equals("NOBODY") ? "\n0\n" : out.replace('@', '\u001b').replace("~", "\r\n");
        assertEquals(expected, out.equals("api-token") ? result.out().strip() : result.out());
    }

    /** Tokens from the variable and the file, in a successful run, a failing one, and a JVM that is killed. */
    @Test
    void leavesNoFilesBehind() throws Exception {
        TestWorld.of("login: @API@").makeFiles(home);
        Files.createDirectories(home.resolve("work"));
        List<String> before = listing();
        CliRun.Result result = Tool.in(home).script("""
                cd work
                "$L" --field kind,id
                "$L" --source config --field kind
                "$L" x.y.z >/dev/null 2>&1
                echo $?
                sleep 3 | "$L" >/dev/null 2>&1 &
                sleep 0.5
                kill -SEGV $!
                wait $! 2>/dev/null || :
                """);
        assertEquals(new CliRun.Result(0, "user\nbc0b2199-ca85-42ab-a857-042e9c109d43\napi-token\n3\n", ""), result);
        assertEquals(before, listing());
    }

    private List<String> listing() throws IOException {
        List<String> lines = new ArrayList<>();
        try (Stream<Path> files = Files.walk(home)) {
            for (Path file : files.sorted().toList()) {
                lines.add(file
                        + (Files.isRegularFile(file)
                                ? Files.getLastModifiedTime(file) + " " + Files.readString(file)
                                : ""));
            }
        }
        return lines;
    }

    @ParameterizedTest
    @ValueSource(strings = {"ulimit -n 12; \"$L\" --field kind \"$T\"", "ulimit -d 100000; \"$L\" --field kind \"$T\""})
    void aLimitEndsInASentence(String script) throws Exception {
        CliRun.Result result = Tool.in(home).script(script);
        if (result.status() != 0) {
            assertEquals("", result.out());
            assertFalse(result.err().isBlank() || result.err().contains("\tat dev.chainloop"), result.err());
        }
    }

    @Test
    void aTokenThatNeverEndsDoesNotFillTheHeap() throws Exception {
        CliRun.Result result = Tool.in(home)
                .script("{ printf '%s.' eyJhbGciOiJIUzI1NiJ9; head -c 40000000 /dev/zero | tr '\\0' A; } |"
                        + " LC_ALL=C.UTF-8 \"$JAVA_HOME/bin/java\" -Xmx16m -jar \"$JAR\" mask -q");
        assertEquals(new CliRun.Result(0, "<JWS longer than 1 MiB>", ""), result);
    }

    /** This works even if no Java hook runs. */
    @ParameterizedTest
    @ValueSource(strings = {"TERM", "INT", "HUP", "KILL"})
    void aSignalLeavesNothingOfAsk(String signal) throws Exception {
        Program.require("setsid", "ps");
        StandInCli cli = new StandInCli(
                home, "", "", "sleep 60 & echo $! >\"$here/child.\"; mv \"$here/child.\" \"$here/child\"; wait");
        Files.createDirectories(home.resolve("tmp"));
        CliRun.Result result = Tool.in(home)
                .env("TMPDIR", home.resolve("tmp").toString())
                .env("CLI", cli.program().toString())
                .script("""
                        env --default-signal=INT,TERM,HUP "$L" ask --cli "$CLI" >/dev/null 2>&1 &
                        until [ -e bin/child ]; do sleep 0.1; done
                        ls tmp | grep -c . || :
                        kill -%s $!
                        wait $! 2>/dev/null
                        for i in 1 2 3 4 5 6 7 8 9; do sleep 0.1; done
                        ls tmp | grep -c . || :
                        case $(ps -o stat= -p "$(cat bin/child)") in '' | Z*) echo ended ;; esac
                        """.formatted(signal));
        assertEquals("1\n0\nended\n", result.out(), result.err());
    }

    static final List<String> COMMANDS = List.of(
            "",
            "check -o github",
            "sources",
            "explain",
            "ask",
            "mask",
            "help leak",
            "completion bash",
            "verify --secret-file secret");

    /**
     * No command opens a socket of an internet family; the Chainloop CLI that {@code ask} starts is a stand-in that opens none.
     * Java's network library opens three when it is loaded, to see whether there are IPv4 and IPv6, and closes them unused. That
     * cannot be avoided in two cases: a native executable loads the library before {@code main}, one that only prints a word
     * does, too; and on the JVM {@code javax.crypto} reads its policy files through a channel, without which there is no HMAC.
     */
    @ParameterizedTest
    @FieldSource("COMMANDS")
    void opensNoConnection(String command) throws Exception {
        Files.writeString(home.resolve("secret"), TokenMint.SECRET);
        StandInCli cli = new StandInCli(home, "v1.106.1", "v1.106.1", "echo '{}'");
        String calls = sockets("cd \"$HOME\"; \"$L\" " + command + " </dev/null", cli.variables());
        assertFalse(calls.matches("(?s).*(connect|bind|sendto|sendmsg)\\([^\n]*AF_INET.*"), calls);
        boolean library = Tool.isGiven() || command.startsWith("verify");
        long opened = calls.lines().filter(line -> line.contains("AF_INET")).count();
        assertTrue(opened <= (library ? 3 : 0), calls);
        assertEquals(command.equals("ask"), cli.started().contains("organization|describe|"));
    }

    /** That the test above would see one. */
    @Test
    void aConnectionIsSeen() throws Exception {
        Program.require("bash");
        assertTrue(sockets("bash -c ': </dev/tcp/127.0.0.1/9' 2>/dev/null", Map.of())
                .contains("AF_INET"));
    }

    private String sockets(String command, Map<String, String> more) throws Exception {
        // Not if a container forbids it.
        assumeTrue(
                Program.exists("strace")
                        && Program.of("strace", "-o", "/dev/null", "true").run().status() == 0,
                "strace");
        Path trace = home.resolve("trace");
        String output = Files.writeString(home.resolve("output"), "").toString();
        Program.of("strace", "-f", "-qq", "-e", "trace=execve,network", "-o", trace.toString(), "sh", "-c", command)
                .with(Map.of(
                        "HOME",
                        home.toString(),
                        "TMPDIR",
                        home.toString(),
                        "L",
                        Tool.path().toString()))
                .with(Map.of("GITHUB_OUTPUT", output, "CHAINLOOP_TOKEN", TokenMint.token(TokenMint.API_TOKEN)))
                .with(more)
                .run();
        String traced = Files.readString(trace);
        assertTrue(traced.contains("execve("), traced);
        return traced;
    }
}
