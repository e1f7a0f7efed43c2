package dev.chainloop.token.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chainloop.token.io.Descriptor;
import dev.chainloop.token.testing.CliRun;
import dev.chainloop.token.testing.TestWorld;
import dev.chainloop.token.testing.TokenMint;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is said about standard input: that a person must type it, and what is used in place of an empty one. */
class StdinNotesTest {
    @TempDir
    Path home;

    /** Where the variable holds an API token, or nothing does. */
    private CliRun with(boolean token, Descriptor.Kind kind, InputStream stdin) {
        CliRun run = CliRun.withHome(home).stdin(kind, stdin);
        return token ? run.env("CHAINLOOP_TOKEN", TokenMint.token(TokenMint.API_TOKEN)) : run;
    }

    private static InputStream text(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String firstNote(CliRun.Result result) {
        return result.err().lines().findFirst().orElse("");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "-, the token",
        "check -q --source stdin, the token",
        "verify -q --secret-file -, the key",
        "explain -, the message",
        "mask -q, the text"
    })
    void inputFromATerminalIsNamedAtOnce(String line, String what) {
        CliRun run = with(true, Descriptor.Kind.TERMINAL, InputStream.nullInputStream());
        assertEquals(
                "note: reading " + what + " from the terminal; end with Enter and Ctrl-D",
                firstNote(run.run(line.split(" "))));
    }

    /** To read a pipe that is not connected is an error. */
    @ParameterizedTest
    @CsvSource({
        "explain, 2, the message cannot be read from stdin. Try",
        "inspect --field status, 4, standard input cannot be read.",
    })
    void aPipeThatCannotBeReadIsReported(String line, int status, String why) {
        CliRun.Result result =
                with(false, Descriptor.Kind.PIPE, new PipedInputStream()).run(line.split(" "));
        assertEquals(status, result.status());
        assertTrue(result.err().startsWith("error: " + why), result.err());
    }

    /** And not in a job, where nobody reads it at once. */
    @ParameterizedTest(name = "{0} {1} {2}")
    @CsvSource(delimiter = '|', textBlock = """
            check                    | true  | note: stdin is empty, so the token is taken from $CHAINLOOP_TOKEN
            verify --jwks no/such    | true  | note: stdin is empty, so the token is taken from $CHAINLOOP_TOKEN
            ask --cli no/such        | true  | note: stdin is empty, so the token is taken from $CHAINLOOP_TOKEN
            inspect                  | true  | note: stdin is empty, so the token is taken from $CHAINLOOP_TOKEN
            inspect --field kind     | true  | note: stdin is empty, so the token is taken from $CHAINLOOP_TOKEN
            sources                  | true  | note: stdin is empty, so the token is taken from $CHAINLOOP_TOKEN
            explain x                | true  | note: stdin is empty, so the token is taken from $CHAINLOOP_TOKEN
            inspect                  | false | note: stdin is empty
            check -q                 | true  | ''
            verify -q --jwks no/such | true  | ''
            inspect -                | false | ''
            explain --source stdin x | false | ''
            """)
    void aPersonIsToldOfAnEmptyPipe(String line, boolean token, String note) {
        String[] words = line.split(" ");
        CliRun.Result told =
                with(token, Descriptor.Kind.PIPE, text("")).errorTerminal().run(words);
        assertEquals(
                note.isEmpty() ? List.of() : List.of(note),
                told.err().lines().filter(one -> one.contains("stdin")).toList());
        assertFalse(with(token, Descriptor.Kind.PIPE, text("")).run(words).err().contains("stdin"));
    }

    /** Whoever asks; the config file's token counts where it is asked for, or where stdin is no pipe. */
    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "inspect, 1",
        "inspect --field kind, 1",
        "check, 1",
        "check -q, 1",
        "check --field kind, 1",
        "check -o github, 1",
        "verify --secret-file ~/key, 1",
        "ask --cli no/such, 1",
        "sources, 1",
        "check --source config, 0",
        "verify --secret-file ~/key --source config, 0"
    })
    void noLoginIsUsedAfterAnEmptyPipe(String line, int status) throws IOException {
        TestWorld world = TestWorld.of("login: @USER@", "file: key = " + TokenMint.SECRET, "stdin:", "$ " + line);
        CliRun.Result result = world.run(home);
        assertEquals(status, result.status(), result::toString);
        String said = (result.out() + result.err()).toLowerCase(Locale.ROOT);
        String told = "stdin was empty; to use the login, add `</dev/null` or `--source config`";
        assertEquals(status == 1, said.contains(told), said);
        assertFalse(status == 1 && said.contains("user-auth"), said);
    }

    /** What a person, and no job, waits for; whoever asked for stdin knows. */
    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "inspect --field kind, 1, true",
        "check -q, 5, true",
        "inspect - --field kind, 1, false",
        "check -q --source stdin, 5, false"
    })
    void aSilentPipeIsToldOnce(String line, int seconds, boolean told) throws Exception {
        PipedInputStream in = new PipedInputStream();
        CliRun run = with(false, Descriptor.Kind.PIPE, new BufferedInputStream(in));
        Thread running = new Thread(() -> run.run(line.split(" ")));
        try (PipedOutputStream out = new PipedOutputStream(in)) {
            running.start();
            Thread.sleep(seconds * 1000L - 600);
            assertEquals("", run.err());
            Thread.sleep(1200);
            assertEquals(
                    told
                            ? "note: reading the token from stdin; for the token in a variable, add `</dev/null` or"
                                    + " `--source env`\n"
                            : "",
                    run.err());
            out.write(TokenMint.described("API").getBytes(StandardCharsets.UTF_8));
        }
        running.join();
        assertTrue(!line.contains("--field") || run.out().equals("api-token\n"), run.out());
    }

    /** White space in a pipe was meant to be the token, so no other token passes in its place. */
    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "inspect",
                "inspect -",
                "inspect -o json",
                "inspect -o github",
                "inspect --field kind",
                "inspect --field status",
                "check",
                "check -q",
                "check --field kind",
                "verify --secret-file /dev/null",
                "ask --cli no/such",
                "ask -",
                "sources",
            })
    void whiteSpaceOnStdinIsAnEmptyToken(String line) {
        for (String blank : List.of("\n", "\r\n", " \n\t")) {
            CliRun.Result result = with(true, Descriptor.Kind.PIPE, text(blank)).run(line.split(" "));
            assertEquals(1, result.status(), result::toString);
            String said = (result.out() + result.err()).replaceAll("\\s+", " ");
            assertTrue(
                    said.contains(
                            "stdin holds only white space, perhaps from an unset variable; if stdin is the rest of a script, add `</dev/null`"),
                    said);
            assertFalse(said.contains("acme") && !line.equals("sources"), said);
        }
    }

    /** The plan for a pipe is about the pipe. */
    @ParameterizedTest(name = "{0} {1}")
    @CsvSource({"inspect -, ''", "check -, ''", "ask -, ''", "inspect, ' '", "check --source stdin, ' '"})
    void anEmptyPipeThatIsAskedForSendsToItsLeftSide(String line, String text) {
        CliRun run = with(true, Descriptor.Kind.PIPE, text(text))
                .env("GITHUB_ACTIONS", "true")
                .env("CI", "true");
        CliRun.Result result = run.run(line.split(" "));
        assertEquals(1, result.status(), result::toString);
        assertTrue(
                result.out().contains("What to do\n  Check the command before the pipe, which printed no token:"),
                result::toString);
    }

    /** A program may be about to write to it, and a gate must not silently pass for another token. */
    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "inspect --field kind",
                "check -q",
                "verify -q --secret-file no/such",
                "sources",
                "ask --cli no/such",
                "explain x"
            })
    void aSocketThatIsNotReadIsReported(String line) {
        String note = "note: stdin is a socket without data (`-` waits for it)";
        String[] words = line.split(" ");
        assertEquals(
                note, firstNote(with(false, Descriptor.Kind.SOCKET, text("")).run(words)));
        assertEquals(
                note + ", so the token is taken from $CHAINLOOP_TOKEN",
                firstNote(with(true, Descriptor.Kind.SOCKET, text("")).run(words)));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"check -q, 1", "check -q -, 1", "check -q --source env, 0", "sources, 0"})
    void aSocketThatHoldsATokenIsReadAsAPipeIs(String line, int status) {
        CliRun run = with(true, Descriptor.Kind.SOCKET, text(TokenMint.described("USER expired")));
        CliRun.Result result = run.run(line.split(" "));
        assertEquals(status, result.status(), result.err());
        assertFalse(result.err().contains("socket"), result.err());
    }
}
