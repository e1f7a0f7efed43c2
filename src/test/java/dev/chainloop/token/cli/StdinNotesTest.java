package dev.chainloop.token.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chainloop.token.io.Descriptor;
import dev.chainloop.token.testing.CliRun;
import dev.chainloop.token.testing.TokenMint;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.PipedInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is said about standard input: that a person must type it, and what is taken in place of an empty one. */
class StdinNotesTest {
    @TempDir
    Path home;

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "-, the token",
        "check -q --source stdin, the token",
        "verify -q --secret-file -, the key",
        "explain -, the message",
        "mask -q, the text"
    })
    void whatIsReadFromATerminalIsNamedAtOnce(String line, String what) {
        CliRun run = CliRun.withHome(home)
                .env("CHAINLOOP_TOKEN", TokenMint.token(TokenMint.USER))
                .stdin(Descriptor.Kind.TERMINAL, InputStream.nullInputStream());
        assertEquals(
                "note: reading " + what + " from the terminal; end with Enter and Ctrl-D",
                run.run(line.split(" ")).err().lines().findFirst().orElse(""));
    }

    /** To read a pipe that is not connected is an error. */
    @ParameterizedTest
    @CsvSource({
        "explain, 2, the message cannot be read from stdin. Try",
        "inspect --field status, 4, Standard input cannot be read.",
    })
    void aPipeThatCannotBeReadIsTold(String line, int status, String why) {
        CliRun.Result result = CliRun.withHome(home)
                .stdin(Descriptor.Kind.PIPE, new PipedInputStream())
                .run(line.split(" "));
        assertEquals(status, result.status());
        assertTrue(result.err().startsWith("error: " + why), result.err());
    }

    @ParameterizedTest(name = "{0} {1} {2}")
    @CsvSource(delimiter = '|', textBlock = """
            check                 | env  | , so the token is taken from $CHAINLOOP_TOKEN
            verify --jwks no/such | env  | , so the token is taken from $CHAINLOOP_TOKEN
            ask --cli no/such     | env  | , so the token is taken from $CHAINLOOP_TOKEN
            inspect               | env  | , so the token is taken from $CHAINLOOP_TOKEN
            inspect --field kind  | env  | , so the token is taken from $CHAINLOOP_TOKEN
            sources               | env  | , so the token is taken from $CHAINLOOP_TOKEN
            explain x             | env  | , so the token is taken from $CHAINLOOP_TOKEN
            inspect               | none | ''
            check -q              | env  | -
            verify -q --jwks no/such | env | -
            inspect -             | none | -
            explain --source stdin x | none | -
            """)
    void aPersonIsToldOfAnEmptyPipe(String line, String source, String instead) {
        assertEquals(
                instead.equals("-") ? List.of() : List.of("note: stdin is empty" + instead), told(line, source, true));
        assertEquals(List.of(), told(line, source, false), "in a job, where nobody reads it at once");
    }

    private List<String> told(String line, String source, boolean person) {
        CliRun run = CliRun.withHome(home).stdin("");
        run = person ? run.errorTerminal() : run;
        if (source.equals("env")) {
            run.env("CHAINLOOP_TOKEN", TokenMint.token(TokenMint.API_TOKEN));
        }
        return run.run(line.split(" "))
                .err()
                .lines()
                .filter(one -> one.contains("stdin"))
                .toList();
    }

    /** What is piped in and blank was to be the token, so no other passes in its place. */
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
            CliRun run = CliRun.withHome(home)
                    .env("CHAINLOOP_TOKEN", TokenMint.token(TokenMint.API_TOKEN))
                    .stdin(blank);
            CliRun.Result result = run.run(line.split(" "));
            assertEquals(1, result.status(), result::toString);
            String said = (result.out() + result.err()).replaceAll("\\s+", " ");
            assertTrue(
                    said.contains(
                            "stdin holds only white space, as of an unset variable; if it is the rest of a script, add `</dev/null`"),
                    said);
            assertFalse(said.contains("acme") && !line.equals("sources"), said);
        }
    }

    /** The plan for a pipe is about the pipe. */
    @ParameterizedTest(name = "{0} {1}")
    @CsvSource({"inspect -, ''", "check -, ''", "ask -, ''", "inspect, ' '", "check --source stdin, ' '"})
    void anEmptyPipeThatIsAskedForSendsToItsLeftSide(String line, String text) {
        CliRun.Result result = CliRun.withHome(home)
                .env("CHAINLOOP_TOKEN", TokenMint.token(TokenMint.API_TOKEN))
                .env("GITHUB_ACTIONS=true CI=true")
                .stdin(text)
                .run(line.split(" "));
        assertEquals(1, result.status(), result::toString);
        assertTrue(
                result.out().contains("What to do\n  Look at the command on the left of the pipe"), result::toString);
    }

    /** A program may be about to write to it, and a gate must not pass for another token without a word. */
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
    void aSocketThatIsNotReadIsTold(String line) {
        for (boolean named : List.of(true, false)) {
            CliRun run = CliRun.withHome(home).stdin(Descriptor.Kind.SOCKET, InputStream.nullInputStream());
            if (named) {
                run.env("CHAINLOOP_TOKEN", TokenMint.token(TokenMint.API_TOKEN));
            }
            String told = run.run(line.split(" ")).err().lines().findFirst().orElse("");
            assertEquals(
                    "note: stdin is a socket that holds nothing yet, and only `-` waits for it"
                            + (named ? ", so the token is taken from $CHAINLOOP_TOKEN" : ""),
                    told);
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"check -q, 1", "check -q -, 1", "check -q --source env, 0", "sources, 0"})
    void aSocketThatHoldsATokenIsReadAsAPipeIs(String line, int status) {
        String expired = TokenMint.described("USER expired");
        CliRun run = CliRun.withHome(home)
                .env("CHAINLOOP_TOKEN", TokenMint.token(TokenMint.API_TOKEN))
                .stdin(Descriptor.Kind.SOCKET, new ByteArrayInputStream(expired.getBytes(StandardCharsets.US_ASCII)));
        CliRun.Result result = run.run(line.split(" "));
        assertEquals(status, result.status(), result.err());
        assertFalse(result.err().contains("socket"), result.err());
    }
}
