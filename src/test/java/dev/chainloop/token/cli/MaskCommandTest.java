package dev.chainloop.token.cli;

import static org.junit.jupiter.api.Assertions.*;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.chainloop.token.core.Fingerprint;
import dev.chainloop.token.io.Descriptor;
import dev.chainloop.token.testing.CliRun;
import dev.chainloop.token.testing.TestWorld;
import dev.chainloop.token.testing.TokenMint;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PipedInputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class MaskCommandTest {
    private static final String API = TokenMint.described("API");
    private static final String API_MASK = "<api-token 'ci' of acme sha256:45c70597b7cf5431>";

    @TempDir
    Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    private CliRun.Result mask(String text, String... options) {
        List<String> all = new ArrayList<>(List.of("mask"));
        all.addAll(List.of(options));
        return CliRun.withHome(folder).stdin(text).run(all);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            @USER exp=now+31d@ | `<user token, expired, `
            eyJhbGciOiJkaXIiLCJlbmMiOiJBMjU2R0NNIn0..AA.AA.AA | `<JWE `
            @USER -exp@ | <user token sha256:
            @CLAIMS iss="https://issuer.example"@ | <JWT of https://issuer.example, sha256:
            @CLAIMS sub="x"@ | <JWT sha256:
            """)
    void aMaskTellsWhatTheTokenIs(String token, String start) {
        String shown = mask(TestWorld.text(token, folder), "--at", "2026-02-01T00:00:00Z")
                .out();
        assertTrue(shown.startsWith(start), shown);
    }

    /** Nobody sees in the remaining text where it was; a line's number would cost a third of the time. */
    @Test
    void theBeginningOfATokenAtTheEndOfALineIsMaskedAndNoted() {
        String header = API.substring(0, API.indexOf('.'));
        CliRun.Result result = mask("x\nBearer " + header + "\nnext");
        String shown = "<JWS " + Fingerprint.of(header) + ">";
        assertEquals("x\nBearer " + shown + "\nnext", result.out());
        assertEquals(
                "note: what may be a token is cut off at the end of a line, and was masked as " + shown
                        + "; the next lines may hold the rest\n",
                result.err());
        assertEquals(0, result.status());
        assertEquals("", mask(header, "-q").err());
        assertTrue(mask(header, "--redact").err().contains("masked as <token>;"));
    }

    /** A mask after an escaped backslash broke it. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"token\":\"@\"}",
                "{\"msg\":\"got @ from x\",\"a\":1}",
                "{\"path\":\"C:\\\\\",\"token\":\"@\"}",
                "{\"path\":\"C:\\\\@\",\"b\":\"\\n@\\n@\\\\n@\\t\"}",
                "{\"a\":\"{\\\"token\\\":\\\"@\\\"}\",\"b\":[\"\\\\\\\"@\\\"\"]}"
            })
    void jsonStaysJson(String json) throws IOException {
        String hostile = TokenMint.described("API token_name=\"a\\\"b\\\\u001b\"");
        for (String token : List.of(API, hostile, base64(API), API + "\\\\")) {
            String masked = mask(json.replace("@", token)).out();
            assertFalse(masked.contains("eyJ") || masked.contains("ZXl"), masked);
            assertTrue(new ObjectMapper().readTree(masked).isObject(), masked);
        }
        assertEquals(json.replace("@", API_MASK), mask(json.replace("@", API)).out());
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void aNameCannotForgeLinesOrCommands() {
        String hostile = "API token_name=\"x\\n::error::y\\u001b[31m\" org_name=\"<b>\"";
        String shown = mask(TokenMint.described(hostile)).out();
        assertFalse(shown.contains("\n") || shown.contains("\u001b") || shown.contains("<b>"), shown);
    }

    /** A line, a prompt, and a token with its whole signature, but not a possible beginning of a token. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            one\\n     | one\\n
            Go on? [Y] | Go on? [Y]
            @API@\\n   | MASK\\n
            x eyJhb    | 'x '
            x e        | 'x '
            """)
    void decidedTextIsPassedOnAtOnce(String written, String seen) {
        String text = TestWorld.text(written, folder);
        assertEquals(seen.replace("MASK", API_MASK).replace("\\n", "\n"), writtenBefore(text, " and more"));
        assertEquals(text.replace(API, API_MASK) + " and more", out.toString(StandardCharsets.UTF_8));
    }

    /** What has been written of a text when the rest is asked for. */
    private String writtenBefore(String text, String rest) {
        List<String> seen = new ArrayList<>();
        InputStream more = new ByteArrayInputStream(rest.getBytes(StandardCharsets.UTF_8)) {
            @Override
            public int read(byte[] bytes, int start, int length) {
                seen.add(out.toString(StandardCharsets.UTF_8));
                return super.read(bytes, start, length);
            }
        };
        InputStream first = new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
        CliRun.withHome(folder)
                .stdin(Descriptor.Kind.PIPE, new SequenceInputStream(first, more))
                .outTo(out, true)
                .run("mask");
        return seen.get(0);
    }

    @Test
    void textReadBeforeAnErrorIsPassedOn() {
        byte[] text = "one\ntwo e".getBytes(StandardCharsets.UTF_8);
        // To read a pipe that is not connected is an error.
        InputStream broken = new SequenceInputStream(new ByteArrayInputStream(text), new PipedInputStream());
        CliRun.Result result =
                CliRun.withHome(folder).stdin(Descriptor.Kind.FILE, broken).run("mask");
        assertEquals(new CliRun.Result(4, "one\ntwo e", "error: stdin cannot be read to the end\n"), result);
    }

    @Test
    void textTooLongForATokenIsMaskedToItsEnd() {
        String text = "a eyJhbGciOiJIUzI1NiJ9." + "A".repeat(3 << 20) + " b";
        CliRun.Result result = mask(text);
        assertEquals("a <token> b", mask(text, "--redact").out());
        assertEquals("a <JWS longer than 1 MiB> b", result.out());
        assertEquals("", result.err());
    }

    @Test
    void aFileThatCannotBeReadIsReportedAndTheOthersAreRead() throws IOException {
        Path clean = Files.writeString(folder.resolve("clean.log"), "nothing\n");
        CliRun.Result result = mask("", "missing", clean.toString());
        assertEquals(new CliRun.Result(4, "nothing\n", result.err()), result);
        assertEquals("error: file 1 does not exist\n", result.err());
        assertEquals("error: the file does not exist\n", mask("", "missing").err());
        assertEquals(
                "error: " + folder + " cannot be read\n",
                mask("", folder.toString()).err());
    }

    @Test
    void noFileStaysOpen() throws IOException {
        Path descriptors = Path.of("/proc/self/fd");
        assumeTrue(Files.isDirectory(descriptors), "descriptors cannot be seen");
        Path log = Files.writeString(folder.resolve("a.log"), API).toRealPath();
        mask("", log.toString());
        try (Stream<Path> open = Files.list(descriptors)) {
            assertEquals(List.of(), open.filter(one -> leadsTo(log, one)).toList());
        }
    }

    /** Other tests close theirs meanwhile. */
    private static boolean leadsTo(Path file, Path link) {
        try {
            return Files.readSymbolicLink(link).equals(file);
        } catch (IOException e) {
            return false;
        }
    }

    @Test
    void aReaderThatHasGoneEndsItQuietly() {
        CliRun.Result result = CliRun.withHome(folder)
                .stdin("a\n".repeat(200_000))
                .outFails(true)
                .run("mask");
        assertEquals("", result.err());
        assertEquals(0, result.status());
        assertEquals(
                74,
                CliRun.withHome(folder).stdin("a\n").outFails(false).run("mask").status());
    }
}
