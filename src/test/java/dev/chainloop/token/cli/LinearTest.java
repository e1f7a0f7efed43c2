package dev.chainloop.token.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chainloop.token.source.Machine;
import dev.chainloop.token.testing.CliRun;
import dev.chainloop.token.testing.TestWorld;
import dev.chainloop.token.testing.TokenMint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Command lines, messages and files of any length are read in linear time. */
class LinearTest {
    /** Anything worse than linear takes much longer; a busy machine does not. */
    private static final Duration MOST = Duration.ofSeconds(300);

    /** Characters and words that the project's loops stop at. */
    private static final List<String> PIECES = List.of(
            ("\n|\r\n|\u0085|\t| |\u00a0|:|.|eyJ|[|\\|\"|=|-|a|Z|1|/|@|#|\u001b]|level=|[0m|project |issuer_not_found:|"
                            + "issuer not found: .|failed to load: |ERR failed to load: failed to read \n|"
                            + "unknown command |ERR contract \"x\" \n")
                    .split("[|]"));

    @TempDir
    Path home;

    private CliRun.Result run(String stdin, String line) {
        return assertTimeoutPreemptively(
                MOST, () -> CliRun.withHome(home).stdin(stdin).run(line.split(" ")));
    }

    /** Without a bound, 2,000 words after an unknown option took 11 s, and 4,000 options more than 25 s. */
    @ParameterizedTest(name = "{0} {1} {2}")
    @CsvSource(delimiter = '|', textBlock = """
            explain --unknown | word                | 5000   | 2 | unknown option --unknown (argument 2)
            x                 | check               | 5000   | 2 | the command must come first, as in `chainloop-token check …`
            explain --unknown | -o                  | 5000   | 2 | MANY
            --unknown         | explain             | 5000   | 2 | unknown option --unknown (argument 1)
            explain --at      | --at                | 5000   | 2 | MANY
            explain           | issuer not found: x | 5000   | 0 | ''
            check             | --org=a             | 101    | 2 | MANY
            check             | --org=a             | 100000 | 2 | MANY
            check             | --all               | 20     | 2 | option --all is given twice
            check             | --org=a             | 20     | 2 | option --org is given twice
            check -t --       | --org=a             | 101    | 2 | MANY
            check -t --       | --org=a             | 4000   | 2 | MANY
            --redact          | --redact            | 20     | 2 | option --redact is given twice
            verify            | -qqqqqqqqq          | 1      | 2 | MANY
            check             | -qVhqVhqVh          | 1      | 2 | MANY
            mask              | -q                  | 101    | 2 | MANY
            check             | x                   | 101    | 2 | there are 101 arguments, but only one token can be given; quote a value that contains spaces
            mask              | x                   | 50000  | 4 | file 1 does not exist
            mask --           | -x                  | 50000  | 4 | file 1 does not exist
            """)
    void anyNumberOfArgumentsEndsSoon(String before, String word, int times, int status, String error) {
        List<String> line = new ArrayList<>(List.of(before.split(" ")));
        line.addAll(Collections.nCopies(times, word));
        CliRun.Result result = assertTimeoutPreemptively(
                Duration.ofSeconds(30), () -> CliRun.withHome(home).stdin("").run(line));
        assertEquals(status, result.status());
        String many = "too many options: at most 100 are allowed, and at most 8 in one argument";
        String first = result.err().replaceFirst("^error: ", "").split("[.\n]", 2)[0];
        assertEquals(error.replace("MANY", many), first);
    }

    /** Keys that are one within another and beside it, so that there are more ways than could be tried. */
    @ParameterizedTest
    @CsvSource({"1, .a, 18", "2, .a, 20", "2, ., 60000", "1, a, 100000"})
    void aPathOfFieldsIsBounded(int status, String piece, int times) {
        String claims = "\"a\":1";
        for (int i = 0; i < 12; i++) {
            claims = "\"a\":{" + claims + "},\"a.a\":{" + claims + "}";
        }
        String token = TokenMint.token("{" + claims + ",\"aud\":\"user-auth.chainloop\",\"user_id\":\"u\"}");
        String path = "claims" + (piece.equals("a") ? "." : "") + piece.repeat(times) + (times == 18 ? ".b" : "");
        assertEquals(status, run("", token + " --field " + path).status());
    }

    /** What GitHub writes of an event: its first MiB, however deep. */
    @Test
    void anEventIsReadUpToALengthAndAtOnce() throws IOException {
        Path file = Files.writeString(home.resolve("event"), "x".repeat((1 << 20) + 1));
        assertEquals(1 << 20, new Machine().read(file.toString()).orElseThrow().length());
        String deep = "{\"a\":".repeat(900) + "{" + "\"full_name\":\"\",".repeat(60_000);
        CliRun run = TestWorld.of(
                        "in: github",
                        "env: GITHUB_EVENT_NAME=pull_request",
                        "env: GITHUB_EVENT_PATH=/e",
                        "machine: /e " + deep)
                .in(home);
        assertEquals(
                1,
                assertTimeoutPreemptively(Duration.ofSeconds(5), () -> run.run("inspect"))
                        .status());
    }

    /** Characters whose lower or upper case is longer, for each of which Java copies the whole text: a minute for 60,000 of them. */
    @ParameterizedTest
    @ValueSource(strings = {"\u0130", "\u0149", "\u01f0", "\u0390", "\ufb03"})
    void aCharacterThatGrowsIsReadInLinearTime(String letter) throws IOException {
        String many = letter.repeat(60_000);
        Path repository = Files.createDirectories(home.resolve(".git")).getParent();
        Files.writeString(repository.resolve(".chainloop.yml"), "organization: " + letter.repeat(20_000) + "\n");
        Path config = Files.createDirectories(home.resolve(".config/chainloop")).resolve("config.toml");
        Files.writeString(config, "\"" + many + "\" = 1\n");
        String claims = "{\"aud\":\"user-auth.chainloop\",\"user_id\":\"" + many + "\",\"iss\":\"" + many + "\"}";
        assertTimeoutPreemptively(Duration.ofSeconds(20), () -> {
            assertEquals(
                    3,
                    CliRun.withHome(home)
                                    .env("CHAINLOOP_TOKEN", many)
                                    .run("sources")
                                    .status()
                            + 3);
            assertEquals(3, CliRun.withHome(home).stdin(many).run("inspect").status());
            assertTrue(CliRun.withHome(home)
                            .stdin(TokenMint.token(claims))
                            .run("-")
                            .status()
                    < 2);
            for (String text : List.of(many, "ERR " + many + "\nERR x", "organization " + many + " not found")) {
                assertTrue(CliRun.withHome(home).stdin(text).run("explain").status() < 2);
            }
        });
    }

    /** Each piece, and any two of them, repeated, in one text of a MiB; and each of the long pieces alone. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "explain",
                "mask",
                "inspect -",
                "ask -",
                "verify - --secret-file FILE",
                "verify TOKEN --key -",
                "verify TOKEN --jwks -",
                "verify TOKEN --key FILE",
                "mask FILE"
            })
    void eachCommandReadsAMebibyteInLinearTime(String line) throws IOException {
        StringBuilder text = new StringBuilder("issuer not found: ");
        for (String first : PIECES) {
            for (String second : PIECES) {
                String piece = first.equals(second) ? first : first + second;
                text.append(piece.repeat((1 << 20) / PIECES.size() / PIECES.size() / piece.length() + 1));
            }
        }
        Path file = Files.writeString(home.resolve("text"), text);
        String words =
                line.replace("TOKEN", TokenMint.token(TokenMint.API_TOKEN)).replace("FILE", file.toString());
        assertTrue(run(text.toString(), words).status() <= 4);
        for (String piece : line.equals("explain") ? PIECES : List.<String>of()) {
            run("issuer not found: " + piece.repeat((1 << 18) / piece.length()) + "x", "explain");
        }
    }

    /** The head tells where the log is from, the tail what failed; a message between them is skipped. */
    @Test
    void explainReadsTheFirstAndTheLastMebibyte() {
        String head = "##[group]Run chainloop attestation init\n";
        String gap = "ERR API token revoked\n";
        String tail = "ERR issuer not found: https://issuer.example\n";
        String log = head + noise((1 << 20) - head.length()) + gap + noise(2 << 20) + tail;
        CliRun.Result result = run(log, "explain -o json");
        assertEquals(
                "note: the text is long: 1024 KiB in its middle were not read; if the error is there, pass it by itself\n",
                result.err());
        assertTrue(result.out().contains("\"name\": \"https://issuer.example\""), result.out());
        assertFalse(result.out().contains("API token revoked"), result.out());
        String late = noise((3 << 20) - gap.length()) + gap + "exit status 1\n";
        String words = "x ".repeat(4 << 10);
        for (String text : List.of(
                late,
                gap + noise((2 << 20) - gap.length()),
                "ERR API token revoked: " + words,
                "ERR " + words + ": API token revoked")) {
            CliRun.Result read = run(text, "explain");
            assertTrue(read.out().startsWith("API token revoked\n"), read.out());
            assertEquals(!text.equals(late), read.err().isEmpty());
        }
    }

    /** Only the ends of sixteen mebibytes are kept, also of a line without an end. */
    @ParameterizedTest
    @ValueSource(strings = {"INF noise\n", "x ", "INF issuer not found: cp.chainloop\n"})
    void aLogOfAnyLengthIsRead(String noise) {
        String log =
                "ERR JWT token is missing\n" + noise.repeat((16 << 20) / noise.length()) + "\nERR API token revoked\n";
        CliRun.Result result = run(log, "explain");
        assertTrue(result.out().startsWith("API token revoked\n"), result.out());
        assertTrue(result.out().contains("Also in the text  JWT token is missing"), result.out());
        assertTrue(result.err().contains(": 14336 KiB in its middle") || noise.equals("x "), result.err());
    }

    private static String noise(int length) {
        return "INF noise\n".repeat(length / 10) + "\n".repeat(length % 10);
    }
}
