package dev.chainloop.token.cli;

import static org.junit.jupiter.api.Assertions.*;

import dev.chainloop.token.testing.CliRun;
import dev.chainloop.token.testing.ShortTexts;
import dev.chainloop.token.testing.TokenMint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Command lines and messages of any length are read in linear time. */
class LinearTest {
    /** What is worse than linear takes longer by far; a busy machine does not. */
    private static final Duration MOST = Duration.ofSeconds(300);

    @TempDir
    Path home;

    private CliRun.Result run(List<String> line) {
        return assertTimeoutPreemptively(MOST, () -> CliRun.withHome(home).run(line.toArray(new String[0])));
    }

    /** The first of them took 11 s with 2,000 words. */
    @ParameterizedTest
    @CsvSource({
        "explain --unknown, word",
        "x, check",
        "explain --unknown, -o",
        "--unknown, explain",
        "explain --at, --at",
        "explain, issuer not found: x"
    })
    void manyArguments(String before, String word) {
        List<String> line = new ArrayList<>(Arrays.asList(before.split(" ", -1)));
        line.addAll(Collections.nCopies(5_000, word));
        assertTrue(run(line).status() <= 2);
    }

    @ParameterizedTest
    @CsvSource({"4, file 1 does not exist, mask, x, 50000", "4, file 1 does not exist, mask --, -x, 50000"})
    void anyNumberOfFiles(int status, String error, String before, String word, int times) {
        List<String> line = new ArrayList<>(Arrays.asList(before.split(" ", -1)));
        line.addAll(Collections.nCopies(times, word));
        CliRun.Result result = run(line);
        assertEquals(status, result.status());
        assertEquals(
                "error: " + error,
                result.err().lines().findFirst().orElseThrow().replaceFirst("\\. Try .*", ""));
    }

    /** Keys that are one within another and beside it, so that there are more ways than could be tried. */
    @Test
    void aPathOfFieldsIsBounded() {
        String claims = "\"a\":1";
        for (int i = 0; i < 12; i++) {
            claims = "\"a\":{" + claims + "},\"a.a\":{" + claims + "}";
        }
        String token = TokenMint.token("{" + claims + ",\"aud\":\"user-auth.chainloop\",\"user_id\":\"u\"}");
        assertEquals(
                1,
                run(List.of(token, "--field", "claims" + ".a".repeat(18) + ".b"))
                        .status());
        assertEquals(
                2, run(List.of(token, "--field", "claims" + ".a".repeat(20))).status());
        assertEquals(
                2, run(List.of(token, "--field", "claims" + ".".repeat(60_000))).status());
        assertEquals(
                1,
                run(List.of(token, "--field", "claims." + "a".repeat(100_000))).status());
    }

    @ParameterizedTest
    @ValueSource(strings = {"x ", "INF noise\n"})
    void aMessageAtTheEndOfALongLogIsFound(String noise) {
        String log = noise.repeat((1 << 20) / noise.length()) + "ERR issuer not found: https://issuer.example\n";
        CliRun.Result result = assertTimeoutPreemptively(
                MOST, () -> CliRun.withHome(home).stdin(log).run("explain"));
        assertTrue(result.out().startsWith("issuer not found: https://issuer.example\n"), result.out());
        assertTrue(result.err().startsWith("note: the text is long: "), result.err());
        assertEquals(0, result.status());
    }

    @Test
    void theErrorBeforeALongEndOfALogIsFoundToo() {
        String log = "ERR API token revoked\n" + "INF issuer not found: cp.chainloop\n".repeat(20_000);
        CliRun.Result result = CliRun.withHome(home).stdin(log).run("explain");
        assertTrue(result.out().startsWith("API token revoked\n"), result.out());
    }

    /** `explain` took 14 s for 32 KB of line ends, and a minute for as many dots in place of an issuer. */
    @ParameterizedTest
    @ValueSource(
            strings = {"\n", "issuer_not_found:", "issuer not found: .", ".", "\u001b]", "eyJ", "[0m", "\\", "project "
            })
    void explainReadsWhatIsRepeatedInLinearTime(String text) {
        String log = "issuer not found: " + ShortTexts.repeated(text, 1 << 19) + "x";
        assertTimeoutPreemptively(MOST, () -> CliRun.withHome(home).stdin(log).run("explain"));
    }

    /** A text without a row is known by a sign in its last error. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "failed to load: ",
                "ERR failed to load: failed to read \n",
                "error adding material: \n",
                "\"failed to load\" ",
                "unknown command ",
                "ERR contract \"x\" \n"
            })
    void whatHasNoRowIsReadInLinearTime(String text) {
        String log = ShortTexts.repeated(text, 1 << 20);
        assertTimeoutPreemptively(MOST, () -> CliRun.withHome(home).stdin(log).run("explain"));
    }

    /** Each short text, repeated, in one text of a MiB. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "explain",
                "mask",
                "inspect -",
                "check -",
                "ask -",
                "verify - --secret-file FILE",
                "verify TOKEN --key -",
                "verify TOKEN --jwks -",
                "verify TOKEN --secret-file -",
                "verify TOKEN --key FILE",
                "mask FILE"
            })
    void eachCommandReadsAMebibyteOfShortTextsInLinearTime(String line) throws IOException {
        List<String> all = ShortTexts.all();
        StringBuilder text = new StringBuilder();
        all.forEach(one -> text.append(ShortTexts.repeated(one, (1 << 20) / all.size())));
        Path file = Files.writeString(home.resolve("text"), text);
        String words =
                line.replace("TOKEN", TokenMint.token(TokenMint.API_TOKEN)).replace("FILE", file.toString());
        CliRun.Result result = assertTimeoutPreemptively(
                MOST,
                () -> CliRun.withHome(home)
                        .env("SECRET", "s")
                        .stdin(text.toString())
                        .run(words.split(" ", -1)));
        assertTrue(result.status() <= 4, result.err());
    }

    /** The head tells where the log is from, the tail what failed; a message between them is not seen. */
    @Test
    void explainReadsTheFirstAndTheLastSixtyFourKibibytes() {
        String head = "##[group]Run chainloop attestation init\n";
        String gap = "ERR API token revoked\n";
        String tail = "ERR issuer not found: https://issuer.example\n";
        String log = head + noise((64 << 10) - head.length()) + gap + noise((64 << 10) - tail.length()) + tail;
        CliRun.Result result = CliRun.withHome(home).stdin(log).run("explain", "-o", "json");
        assertEquals(
                "note: the text is long: 1 KiB were left out between its first and last 64 KiB, or between the first and"
                        + " last 2 KiB of a line\n",
                result.err());
        assertTrue(result.out().contains("\"name\": \"https://issuer.example\""), result.out());
        assertFalse(result.out().contains("API token revoked"), result.out());
        assertTrue(result.out().contains("The text is from a CI job"), result.out());
    }

    @Test
    void aLogOfHundredAndTwentyEightKibibytesIsReadWhole() {
        String log = "ERR API token revoked\n";
        CliRun.Result result = CliRun.withHome(home)
                .stdin(log + noise((128 << 10) - log.length()))
                .run("explain");
        assertTrue(result.out().startsWith("API token revoked\n"), result.out());
        assertEquals("", result.err());
    }

    /** Of sixteen mebibytes, nothing but the ends is kept. */
    @Test
    void aLogOfAnyLengthIsRead() {
        String log = "ERR JWT token is missing\n" + noise(16 << 20) + "ERR API token revoked\n";
        CliRun.Result result = assertTimeoutPreemptively(
                MOST, () -> CliRun.withHome(home).stdin(log).run("explain"));
        assertTrue(result.out().startsWith("API token revoked\n"), result.out());
        assertTrue(result.out().contains("Also in the text  JWT token is missing"), result.out());
        assertTrue(result.err().contains(": 15 MiB were left out"), result.err());
    }

    private static String noise(int length) {
        return "INF noise\n".repeat(length / 10) + "\n".repeat(length % 10);
    }
}
