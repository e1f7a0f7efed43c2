package dev.chainloop.token.cli;

import static org.junit.jupiter.api.Assertions.*;

import dev.chainloop.token.render.TextLayout;
import dev.chainloop.token.testing.CliRun;
import dev.chainloop.token.testing.Payload;
import dev.chainloop.token.testing.TestWorld;
import dev.chainloop.token.testing.TokenMint;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What happens to an answer: full disks, readers that have gone, and colors. */
class OutputTest {
    private static final String USER = TokenMint.token(TokenMint.USER);

    @TempDir
    Path home;

    /** If its reader has gone, an answer ends quietly with its own status; if it is lost, the status is 74. */
    @ParameterizedTest
    @CsvSource({
        "@USER@, 0",
        "@USER@ -o json, 0",
        "@USER@ --field orgId, 1",
        "'', 1",
        "--field status, 1",
        "-c nowhere --field status, 4",
        "a.b -o json, 3",
        "-c nowhere -o json, 4",
        "--version, 0"
    })
    void anAnswerThatNobodyGets(String line, int status) {
        List<String> args = TestWorld.words(line, home);
        CliRun.Result read = withHome().run(args);
        assertEquals(status, read.status());
        assertEquals(
                new CliRun.Result(status, "", read.err()),
                withHome().outFails(true).run(args));
        String lost = "error: the output cannot be written. Check the disk, and where stdout goes.\n";
        assertEquals(
                new CliRun.Result(74, "", read.err() + lost),
                withHome().outFails(false).run(args));
    }

    @ParameterizedTest(name = "{0} on a terminal {1}, {2}: {3}")
    @CsvSource(delimiter = '|', textBlock = """
            ''|true|''|true
            ''|false|''|false
            --color=always|false|''|true
            --color=never|true|''|false
            ''|true|NO_COLOR=|true
            ''|false|CLICOLOR_FORCE=1|true
            ''|false|FORCE_COLOR=1|true
            ''|false|FORCE_COLOR=0|false
            ''|true|FORCE_COLOR=0|true
            ''|false|FORCE_COLOR=false|false
            ''|true|TERM=dumb|false
            ''|true|NO_COLOR=1 FORCE_COLOR=1|false
            ''|false|TERM=dumb FORCE_COLOR=1|true
            --color=always|true|NO_COLOR=1 TERM=dumb|true
            --color=never|true|FORCE_COLOR=1 CLICOLOR_FORCE=1|false
            """)
    void colors(String option, boolean terminal, String variables, boolean expected) {
        CliRun run = withHome();
        for (String variable : variables.isEmpty() ? new String[0] : variables.split(" ")) {
            run.env(variable.substring(0, variable.indexOf('=')), variable.substring(variable.indexOf('=') + 1));
        }
        if (terminal) {
            run.terminal();
        }
        CliRun.Result result = option.isEmpty() ? run.run(USER) : run.run(USER, option);
        String plain = withHome().run(USER).out()
                + (terminal ? "\nNo problem found here; only the server knows for sure.\n" : "");
        assertEquals(expected, result.out().contains("\u001b["), result.out());
        assertEquals(plain, result.out().replaceAll("\u001b\\[[0-9]*m", ""), "color carries no meaning");
    }

    private CliRun withHome() {
        return CliRun.withHome(home);
    }

    /** A ! marks a text that must be missing. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            API         | --all                   | Expires never
            API iat=now-1d | --all                | Issued 2025-12-31T00:00:00Z (1 d ago)
            API         | explain --all operation not allowed | Type api-token (AUTH_TYPE_API_TOKEN)
            API         | --all --redact          | !Claims
            API         | explain --all no such host | !Claims
            API         | check --all             | Claims
            API         | sources --all           | $GITLAB_OIDC
            API exp="x" | explain operation not allowed | of acme has an expiry that cannot be read
            USER aud="acme inc. portal" | inspect | audience that Chainloop accepts, only "acme inc. portal"
            API expired | check --in github       | gh secret set CHAINLOOP_TOKEN --repo OWNER/REPO
            USER expired | explain issuer not found: cp.chainloop | Control plane api.cp.chainloop.dev:443 (default)
            API         | explain --list          | issuer not found failed to load
            API         | --no-such -h            | Usage: chainloop-token
            API         | verify -h               | 4 a source or the key cannot be read
            API         | sources -c LICENSE -t x | Config file mode
            API         | --token=                | argument blank
            API iat=now-1d | --all --at 2026-01-02 | Issued 2025-12-31T00:00:00Z (2 d ago)
            API         | sources -t hunter2      | used; it has 1 segment, but a JWT has 3
            API project_id="p-1" | inspect        | Project p-1
            FEDERATED   | --all                   | Repository
            API expired iss="x" | -o github       | !cp.chainloop. Remove
            USER aud="x%0Ay" | -o github          | x%250Ay
            API exp=1798761600000 | inspect       | exp is in milliseconds
            API expired | -o github               | unset CHAINLOOP_TOKEN; chainloop auth login
            API         | -t hunter2 --field source.name | --token
            API         | -c LICENSE              | LICENSE: not valid TOML
            USER nbf=now+1h | --field notBefore   | 2026-01-01T01:00:00Z
            USER nbf=now | inspect                | !not valid yet
            API         | sources -o json -c LICENSE | "mode": "6
            API exp=now+3h | --color always       | [33m!
            API iat=now+90s | -o github           | Its iat claim says that it will be
            API token_name="a b" | -o dotenv      | !TOKEN_NAME
            FEDERATED   | -o dotenv               | CHAINLOOP_TOKEN_ID=https://token.actions.githubusercontent.com
            """)
    void aFactIsShown(String token, String line, String fact) throws IOException {
        TestWorld world = TestWorld.of("variable: @" + token + "@", "$ " + line);
        String out = world.run(home).out().replaceAll("\\s+", " ");
        assertEquals(!fact.startsWith("!"), out.contains(fact.replaceFirst("^!", "")), out);
    }

    @Test
    void aNoteIsNotAnAnnotation() throws IOException {
        TestWorld world = TestWorld.of("variable: @API@", "env: OTHER=@USER@", "$ -o github");
        String out = world.run(home).out();
        assertTrue(out.contains("\ninfo: $OTHER holds a user token;"), out);
    }

    /** In words, and where the locale has it, with a sign; not in what programs read. */
    @ParameterizedTest(name = "{0} {1}: {2}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            USER expired    | -                      | LC_ALL=C         | Error: user token
            USER expired    | -                      | LC_ALL=POSIX     | Error: user token
            USER expired    | -                      | LC_ALL= LANG=C   | Error: user token
            USER expired    | -                      | LANG=C           | Error: user token
            USER expired    | -                      | LANG=C.UTF-8     | ✗ Error: user token
            USER expired    | -                      | LC_ALL=C.UTF-8 LANG=C | ✗ Error: user token
            USER expired    | -                      | LC_ALL=C.UTF-8 LC_MESSAGES=C | Error: user token
            USER expired    | -                      | A=               | ✗ Error: user token
            API exp=now+55h | -                      | A=               | ! Warning: API token "ci" of acme expires soon, in 2 d 7 h
            API exp=now+55h | -                      | LC_ALL=C         | Warning: API token "ci" of acme expires soon, in 2 d 7 h
            API exp=now+55h | check                  | A=               | ! Warning: the check passed, but API token "ci" of acme expires soon,
            API exp=now+55h | check -q --warn-remaining 14d | A=        | warning: API token "ci" of acme expires soon, in 2 d 7 h.
            API             | check                  | A=               | Check passed: API token "ci" of acme never expires
            USER            | check --type api-token | A=               | ✗ Error: the token is a user token, but an API token was expected
            USER            | check --type api-token -q | A=            | error: the token is a user token, but an API token was expected.
            USER            | check --type api-token -o github | A=     | chainloop-token: The token is a user token, but an API token was
            USER            | verify --secret-file ~/key | A=           | Check passed: user token
            API letters=42  | verify --secret-file ~/key | A=           | ✗ Error: API token "ci" of acme: its signature has 42 characters
            ghp_0123        | ask                    | A=               | ✗ Error: nothing was asked, because the value is not a token
            """)
    void aWordSaysHowBadItIs(String token, String line, String variables, String start) throws IOException {
        CliRun run = TestWorld.of("file: key = " + TokenMint.SECRET).in(home);
        for (String variable : variables.split(" ")) {
            run.env(variable.substring(0, variable.indexOf('=')), variable.substring(variable.indexOf('=') + 1));
        }
        String value = token.matches("[A-Z].*") ? TokenMint.described(token) : token;
        CliRun.Result result = run.env("CHAINLOOP_TOKEN", value)
                .run(line.replace("~", home.toString())
                        .replaceFirst("^-$", "inspect")
                        .split(" "));
        assertTrue((result.out() + result.err()).startsWith(start), result.out() + result.err());
    }

    /** The JSON's headline is a sentence's beginning, without that word. */
    @ParameterizedTest
    @CsvSource({"inspect, User token", "check --type api-token, The token is a user token", "sources, User token"})
    void aProgramReadsTheSeverityElsewhere(String line, String headline) throws IOException {
        TestWorld world = TestWorld.of("variable: @USER expired@", "$ " + line + " -o json");
        assertTrue(Payload.read(world.run(home).out()).path("headline").asText().startsWith(headline));
    }

    /** Rows and words are the same whatever the width; programs find the words of a sentence in one line. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            variable: @API exp=now-3d@          | inspect
            in: github                          | check
            variable: @API@                     | explain issuer not found: cp.chainloop
            variable: @API@                     | sources
            stdin: @API scope="environment"@    | inspect
            """)
    void noAnswerIsFoldedOffATerminal(String world, String line) throws IOException {
        TestWorld asked = TestWorld.of(world, "$ " + line);
        String whole = asked.run(home).out();
        assertTrue(whole.lines().anyMatch(one -> one.length() > 80), whole);
        for (String columns : List.of("0", "-1", "x", "")) {
            assertEquals(
                    whole,
                    asked.in(home)
                            .env("COLUMNS", columns)
                            .run(asked.arguments(home))
                            .out());
        }
        for (String columns : List.of("60", "80", "100")) {
            String folded = asked.in(home)
                    .env("COLUMNS", columns)
                    .run(asked.arguments(home))
                    .out();
            assertEquals(whole.replaceAll("\\s+", " "), folded.replaceAll("\\s+", " "));
            String screen = asked.in(home)
                    .terminal()
                    .env("COLUMNS", columns)
                    .env("NO_COLOR", "1")
                    .run(asked.arguments(home))
                    .out();
            assertEquals(whole.replaceAll("\\s+", " "), screen.replaceAll("(?: \\\\)?\\s+", " "));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"3 d", "3 h", "3 min", "3 s", "2 d 7 h", "4 min 9 s", "\"a b c\"", "`chainloop auth login`"})
    void aSpanANameAndACommandStandInOneLine(String whole) {
        for (int width = 1; width < 40; width++) {
            String folded = TextLayout.wrap("", "it is in " + whole + ", or so", "", width);
            assertTrue(folded.contains(whole), folded);
        }
        assertEquals("in\n" + whole + "\n", TextLayout.wrap("", "in " + whole, "", 4));
    }

    /** The deciding one is marked; what is behind it, of many, is counted. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            USER aud=["a","user-auth.chainloop"] | a, user-auth.chainloop (decides the type)
            USER aud=["user-auth.chainloop","a","b","c"] | user-auth.chainloop (decides the type), a, b, c
            USER aud=["user-auth.chainloop","a","b","c","d"] | user-auth.chainloop (decides the type) … and 4 more
            USER aud=["a","b","c","d","e","user-auth.chainloop","f"] | a, b, c, d, …, user-auth.chainloop (decides the type) … and 1 more
            USER aud=["a","b","c","d","e"] | a, b, c, d … and 1 more
            USER | user-auth.chainloop
            """)
    void theAudienceIsShown(String token, String audience) throws IOException {
        String out = TestWorld.of("variable: @" + token + "@").run(home).out();
        assertTrue(out.contains("\n  Audience      " + audience + "\n"), out);
    }

    /** Commands are broken where a shell reads on; a log, and a shell that does not read on, get them whole. */
    @ParameterizedTest
    @CsvSource({
        "/bin/bash, true, true",
        "/usr/bin/fish, true, true",
        "/usr/bin/pwsh, true, false",
        "/bin/sh, false, false"
    })
    void commandsAreBrokenOnATerminalAlone(String shell, boolean terminal, boolean broken) throws IOException {
        TestWorld world = TestWorld.of("variable: @API exp=now-3d@", "env: SHELL=" + shell);
        CliRun run = world.in(home).env("COLUMNS", "80");
        String out = (terminal ? run.terminal() : run).run("--color", "never").out();
        assertEquals(broken, out.lines().allMatch(line -> line.length() <= 80), out);
        String log = world.in(home).env("COLUMNS", "80").run().out();
        assertEquals(log, out.replaceAll(" \\\\\n {6}(?! )", " "));
    }
}
