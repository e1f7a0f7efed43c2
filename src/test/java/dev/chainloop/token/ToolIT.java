package dev.chainloop.token;

import static org.junit.jupiter.api.Assertions.*;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.chainloop.token.testing.CliRun;
import dev.chainloop.token.testing.LauncherRun;
import dev.chainloop.token.testing.TokenMint;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The tool in real processes: what no test within one JVM can see. It applies to any executable that
 * {@code -Dtool} names.
 */
@Execution(ExecutionMode.CONCURRENT)
@Order(2)
class ToolIT {
    private static final String USER = "user\n";
    private static final String API_TOKEN = "api-token\n";
    private static final String NOTHING = "";
    private static final String NO_OUTPUT =
            "error: the output cannot be written. Check the disk, and where stdout goes.\n";

    private static final String FIELD = "\"$L\" --field kind";

    @TempDir
    Path home;

    /** $F asks for the kind; ~ is a line's end. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiterString = " => ", quoteCharacter = '^', textBlock = """
            a pipe is read                                            => echo "$T" | $F                               \
                                                       => 0  => api-token~                             => ^^
            a regular file is read                                    => echo "$T" >f; $F <f                          \
                                                       => 0  => api-token~                             => ^^
            a file without a name is read                             => echo "$T" >f; exec 3<f; rm f; $F <&3         \
                                                       => 0  => api-token~                             => ^^
            a here-document is read                                   => $F <<E~$T~E~                                 \
                                                       => 0  => api-token~                             => ^^
            /dev/null is passed over                                  => $F </dev/null                                \
                                                       => 0  => user~                                  => ^^
            an ended pipe is passed over                              => : | $F                                       \
                                                       => 0  => user~                                  => ^^
            a pipe with a blank line is passed over                   => echo | $F                                    \
                                                       => 0  => user~                                  => ^^
            an empty file is passed over                              => : >f; $F <f                                  \
                                                       => 0  => user~                                  => ^^
            a closed stdin is passed over                             => $F <&-                                       \
                                                       => 0  => user~                                  => ^^
            a folder as stdin is passed over                          => $F <.                                        \
                                                       => 0  => user~                                  => ^^
            a pipe is read because of -                               => echo "$T" | $L --field kind -                \
                                                       => 0  => api-token~                             => ^^
            /dev/null is all there is with -                          => $L --field kind - </dev/null                 \
                                                       => 1  => ~                                      => ^^
            a closed stdin is all there is with -                     => $L --field kind - <&-                        \
                                                       => 1  => ~                                      => ^^
            a pipe is left alone with --source                        => yes | $F --source env                        \
                                                       => 0  => user~                                  => ^^
            a closed stdout cannot be written                         => $F >&-                                       \
                                                       => 74 => ^^                                     => NO_OUTPUT
            a full disk cannot be written                             => $F >/dev/full                                \
                                                       => 74 => ^^                                     => NO_OUTPUT
            a full disk tells its status also with JSON               => $L -o json >/dev/full                        \
                                                       => 74 => ^^                                     => NO_OUTPUT
            a closed stderr does not matter                           => $F 2>&-                                      \
                                                       => 0  => user~                                  => ^^
            a full stderr does not matter                             => $L --field kind x.y.z 2>/dev/full            \
                                                       => 3  => ~                                      => ^^
            a closed stderr leaves a usage error its status           => $L --fild 2>&-                               \
                                                       => 2  => ^^                                     => ^^
            all three closed                                          => $F <&- >&- 2>&-                              \
                                                       => 74 => ^^                                     => ^^
            stdin and stderr closed                                   => $F <&- 2>&-                                  \
                                                       => 0  => user~                                  => ^^
            a reader that has gone leaves the status of an expired login => { sleep 0.2; $L --claims; echo $? >status; }\
             | :; cat status                            => 0  => 1~                                     => ^^
            a reader that has gone leaves the status of nil           => unset CHAINLOOP_TOKEN; { sleep 0.2; $L\
             --field kind; echo $? >status; } | :; cat status => 0  => 1~                                     => ^^
            head takes one line                                       => echo "$T" | $L | head -1                     \
                                                       => 0  => API token "ci" of acme: never expires~ => ^^
            """)
    void tellsWhatItsStreamsAreOpenOn(String name, String script, int status, String out, String err) throws Exception {
        String lines =
                script.replace("$F", "$L --field kind").replace("$L", "\"$L\"").replace('~', '\n');
        plays(LauncherRun.in(home), lines, status, out.replace('~', '\n'), err.replace("NO_OUTPUT", NO_OUTPUT));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiterString = " => ", quoteCharacter = '`', textBlock = """
            set -eu and a command substitution => set -eu; kind=$("$L" --field kind); echo "<$kind>" => 0 => `<user>\n`
            -c in a loop eats nothing of what the loop reads => printf "[auth]\\ntoken = '%s'\\n" "$T" >c; printf\
             '1\\n2\\n3\\n' | while read -r n; do echo "$n $("$L" -c c --field kind)"; done => 0 => `1 api-token\n2\
             api-token\n3 api-token\n`
            a hook's pipe with nothing in it => mkfifo p; : >p & sh -c 'exec <p; "$0" --field kind; :' "$L"\
              => 0 => `user\n`
            the status steers an if => if "$L" x.y.z >o 2>&1; then echo yes; else echo $?; fi => 0 => `3\n`
            arguments arrive as they are => "$L" --field 'a b' 2>&1 | wc -l => 0 => `1\n`
            @ is no argument file => echo --version >f; "$L" @f.. >o; echo $? => 0 => `3\n`
            """)
    void fitsIntoScripts(String name, String script, int status, String out) throws Exception {
        LauncherRun run = LauncherRun.in(home);
        CliRun.Result result = run.script(script);
        assertEquals(new CliRun.Result(status, out, NOTHING), result);
    }

    static List<Arguments> sockets() {
        return List.of(
                arguments("a socket is left alone", FIELD, USER),
                arguments("with - it is read", FIELD + " -", API_TOKEN));
    }

    /** Descriptor 0 is a socket: S is the tool's end, P the other. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("sockets")
    void readsASocketOnlyIfAsked(String name, String command, String out) throws Exception {
        LauncherRun.need("perl");
        String script =
                "perl -MSocket -e 'socketpair(S, P, AF_UNIX, SOCK_STREAM, 0) or die; syswrite P, $ENV{T}; close P;"
                        + " open(STDIN, \"<&\", \\*S) or die; exec @ARGV' " + command;
        plays(LauncherRun.in(home), script, 0, out, NOTHING);
    }

    /** A token is never taken from elsewhere because stdin was slow. While it waits, there is no file with the JVM's data. */
    @Test
    void waitsForASilentPipe() throws Exception {
        plays(LauncherRun.in(home), """
                mkfifo p
                { exec 3>p; sleep 3; printf %s "$T" >&3; } &
                "$L" --field kind <p &
                sleep 1
                ls -d /tmp/hsperfdata_*/$! 2>/dev/null
                wait $!
                """, 0, API_TOKEN, NOTHING);
    }

    static List<Arguments> terminals() {
        String headline = "\033[1mAPI token \"ci\" of acme: never expires\033[0m\r\n";
        String plain = "API token \"ci\" of acme: never expires\r\n";
        String inTerminal = "CHAINLOOP_TOKEN=$T script -qec '\"$L\"' /dev/null </dev/null | head -1";
        return List.of(
                arguments("color in a terminal", inTerminal, headline),
                arguments("no color with NO_COLOR", "export NO_COLOR=1; " + inTerminal, plain),
                arguments("no color on a dumb terminal", "export TERM=dumb; " + inTerminal, plain),
                arguments(
                        "no color in a pipe out of a terminal",
                        "CHAINLOOP_TOKEN=$T script -qec '\"$L\" | head -1' /dev/null </dev/null",
                        plain),
                arguments(
                        "what is typed is not read",
                        "echo \"$T\" | script -qec '\"$L\" --field kind >o' /dev/null >/dev/null; cat o",
                        USER));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("terminals")
    void knowsATerminal(String name, String script, String out) throws Exception {
        LauncherRun.need("script");
        plays(LauncherRun.in(home).env("TERM", "xterm"), script, 0, out, NOTHING);
    }

    /** Set by the script, since the script's own shell may obey them. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "JAVA_TOOL_OPTIONS=-Dx=y JDK_JAVA_OPTIONS=-Dx=y _JAVA_OPTIONS=-Xmx32m _JAVA_LAUNCHER_DEBUG=1"
                        + " CLASSPATH='.:/nowhere/*:::junk.jar' TZ=Nowhere/Land",
                "LANG=ja_JP.eucJP TZ=:/etc/passwd IFS=aeiou major=11 java=/nowhere XDG_CONFIG_HOME=relative",
                "LC_ALL=C TZ=XXX-25:61:61 POSIXLY_CORRECT=1",
                "LC_ALL=tr_TR.UTF-8",
            })
    void ignoresTheEnvironment(String variables) throws Exception {
        // bash itself reports a missing locale, before the launcher does anything.
        boolean bash = LauncherRun.in(home)
                .script("sh -c 'echo ${BASH_VERSION+bash}'")
                .out()
                .equals("bash\n");
        LauncherRun.skipUnless(
                !bash || !variables.startsWith("LC_ALL"), "sh is a bash here, which complains of locales");
        plays(LauncherRun.in(home), "env " + variables + " " + FIELD, 0, USER, NOTHING);
    }

    @Test
    void readsAConfigFileOfAnotherScriptInTheCLocale() throws Exception {
        plays(
                LauncherRun.in(home).env("LC_ALL", "C").unset("CHAINLOOP_TOKEN"),
                """
                HOME=$HOME/$(printf '\\346\\227\\245\\303\\251')
                mkdir -p "$HOME/.config/chainloop"
                printf "[auth]\\ntoken = '%s'\\n" "$T" >"$HOME/.config/chainloop/config.toml"
                "$L" --field kind,source.kind
                "$L" -c "$HOME/.config/chainloop/config.toml" --field kind
                """,
                0,
                "api-token\nconfig\napi-token\n",
                NOTHING);
    }

    /** Tokens from the variable and the file, in a successful run, a failing one, and a JVM that is killed. */
    @Test
    void leavesNoFilesBehind() throws Exception {
        Path config = home.resolve(".config/chainloop/config.toml");
        Files.createDirectories(config.getParent());
        Files.writeString(config, "[auth]\ntoken = '" + TokenMint.token(TokenMint.API_TOKEN) + "'\n");
        FileTime longAgo = FileTime.from(Instant.parse("2020-01-01T00:00:00Z"));
        Files.setLastModifiedTime(config, longAgo);
        Files.createDirectories(home.resolve("work"));
        List<String> before = listing();
        plays(LauncherRun.in(home), """
                cd work
                "$L" --field kind,id
                "$L" --source config --field kind
                "$L" x.y.z >/dev/null 2>&1
                echo $?
                sleep 3 | "$L" >/dev/null 2>&1 &
                sleep 0.5
                kill -SEGV $!
                wait $! 2>/dev/null || :
                """, 0, "user\nbc0b2199-ca85-42ab-a857-042e9c109d43\napi-token\n3\n", NOTHING);
        assertEquals(before, listing());
        assertEquals(longAgo, Files.getLastModifiedTime(config));
    }

    private List<String> listing() throws IOException {
        List<String> lines = new ArrayList<>();
        try (Stream<Path> files = Files.walk(home)) {
            for (Path file : files.sorted().toList()) {
                lines.add(home.relativize(file) + (Files.isRegularFile(file) ? " " + Files.readString(file) : ""));
            }
        }
        return lines;
    }

    /** As the CLI writes it: truncate, write, fsync; slower here, so that readers see each state. */
    @Test
    void neverAnswersWronglyWhileTheConfigFileIsRewritten() throws Exception {
        Path config = home.resolve(".config/chainloop/config.toml");
        Files.createDirectories(config.getParent());
        Files.writeString(config, config(TokenMint.API_TOKEN));
        Writer writer = new Writer(config);
        Thread thread = new Thread(writer);
        thread.start();
        CliRun.Result result;
        try {
            result = LauncherRun.in(home)
                    .unset("CHAINLOOP_TOKEN")
                    .script("i=0; while [ $i -lt 10 ]; do " + FIELD + " || echo \"status $?\"; i=$((i + 1)); done");
        } finally {
            writer.stop = true;
            thread.join();
        }
        assertNull(writer.failure);
        List<String> wrong = result.out()
                .lines()
                .filter(line -> !line.equals("user") && !line.equals("api-token"))
                .toList();
        assertEquals(List.of(), wrong);
        assertEquals(10, result.out().lines().count());
        assertEquals(new CliRun.Result(0, result.out(), NOTHING), result);
    }

    private static String config(String payload) {
        return "api-insecure = false\norganization = 'my-org'\n\n[auth]\ntoken = '" + TokenMint.token(payload)
                + "'\n\n[control-plane]\napi = 'api.cp.chainloop.dev:443'\napi-ca = ''\n";
    }

    private static final class Writer implements Runnable {
        private final Path file;
        private volatile boolean stop;
        private volatile IOException failure;

        Writer(Path file) {
            this.file = file;
        }

        @Override
        public void run() {
            Random random = new Random(2812);
            try {
                for (int i = 0; !stop; i++) {
                    byte[] text = config(i % 2 == 0 ? TokenMint.USER : TokenMint.API_TOKEN)
                            .getBytes(StandardCharsets.UTF_8);
                    // In the middle of the token.
                    int cut = 200 + random.nextInt(100);
                    try (FileChannel channel =
                            FileChannel.open(file, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
                        pause(random.nextInt(8));
                        channel.write(ByteBuffer.wrap(text, 0, cut));
                        pause(random.nextInt(8));
                        channel.write(ByteBuffer.wrap(text, cut, text.length - cut));
                        channel.force(true);
                    }
                    pause(10 + random.nextInt(40));
                }
            } catch (IOException e) {
                failure = e;
            }
        }

        private static void pause(int millis) {
            try {
                Thread.sleep(millis);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static void plays(LauncherRun run, String script, int status, String out, String err) throws Exception {
        assertEquals(new CliRun.Result(status, out, err), run.script(script));
    }
}
