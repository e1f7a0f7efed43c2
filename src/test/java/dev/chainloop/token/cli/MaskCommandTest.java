package dev.chainloop.token.cli;

import static org.junit.jupiter.api.Assertions.*;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.chainloop.token.io.Descriptor;
import dev.chainloop.token.render.Leak;
import dev.chainloop.token.render.Mask;
import dev.chainloop.token.render.OutputFormat;
import dev.chainloop.token.testing.ByteStream;
import dev.chainloop.token.testing.CliRun;
import dev.chainloop.token.testing.Program;
import dev.chainloop.token.testing.TokenMint;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
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

    @BeforeEach
    void writeFiles() throws IOException {
        Files.createDirectories(folder.resolve("b"));
        Files.writeString(folder.resolve("a.log"), "one\n€ " + API + "\n" + API + "\n");
        Files.writeString(folder.resolve("b/clean.log"), "nothing\n");
        Files.createSymbolicLink(folder.resolve("b/link"), folder.resolve("a.log"));
        Files.createSymbolicLink(folder.resolve("b/loop"), folder);
    }

    private CliRun.Result mask(String text, String... args) {
        List<String> all = new ArrayList<>(List.of("mask"));
        all.addAll(List.of(args));
        return CliRun.withHome(folder).stdin(text).run(all.toArray(new String[0]));
    }

    @Test
    void aLogPassesWithoutItsTokens() {
        CliRun.Result result = mask("Bearer " + API + "\nnext " + API);
        assertEquals("Bearer " + API_MASK + "\nnext " + API_MASK, result.out());
        assertEquals("", result.err());
        assertEquals(0, result.status());
    }

    /** For a person, who sees at the end that it worked; a log is told nothing. */
    @ParameterizedTest
    @CsvSource({
        "mask, note: masked 2 tokens",
        "mask --redact, note: masked 2 tokens",
        "mask -q, ''",
        "mask clean, note: masked no token",
        "mask one, note: masked 1 token",
        "mask --report -q, ''",
        "mask missing, error: file 1 does not exist",
    })
    void aTerminalIsToldHowManyTokensWereMasked(String args, String told) throws IOException {
        Files.writeString(folder.resolve("clean"), "a.b.c");
        Files.writeString(folder.resolve("one"), API);
        String[] words = args.replaceFirst("(?= (clean|one))", " " + folder + "/")
                .replace("/ ", "/")
                .split(" ", -1);
        CliRun run = CliRun.withHome(folder).stdin(API + "\n" + API).errorTerminal();
        assertEquals(told.isEmpty() ? "" : told + "\n", run.run(words).err());
        run = CliRun.withHome(folder).stdin(API + "\n" + API).errorTerminal().terminal();
        String below = told.startsWith("note") ? "\n" + told : told;
        assertEquals(told.isEmpty() ? "" : below + "\n", run.run(words).err(), "below the text");
    }

    @Test
    void redactedMasksSayNothing() {
        assertEquals("a <token> b", mask("a " + API + " b", "--redact").out());
    }

    @Test
    void aMaskTellsWhatTheTokenIs() {
        Map<String, String> masks = Map.of(
                TokenMint.described("USER expired"), "<user token, expired, ",
                TokenMint.described("USER -exp"), "<user token sha256:",
                TokenMint.described("CLAIMS iss=\"https://issuer.example\""),
                        "<JWT of https://issuer.example," + " sha256:",
                TokenMint.described("CLAIMS sub=\"x\""), "<JWT sha256:");
        masks.forEach((token, start) ->
                assertTrue(mask(token).out().startsWith(start), mask(token).out()));
    }

    /** Lines of 40 letters are the narrowest of base64; shorter ones end in words. */
    @Test
    void aTokenMayBeginWithTheLastTwoLettersOfALineOfBase64() {
        String wrapped = ("A".repeat(38) + API).replaceAll("(.{40})", "$1\n");
        assertEquals("A".repeat(38) + API_MASK, mask(wrapped).out());
    }

    /** H, P and S are the segments of a token, and h the first 24 letters of its header; the note is said of line 2. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\u00a7', textBlock = """
            x\\nBearer h\\nP.S         | x\\nBearer <>             | false
            x\\nBearer h\\n+P.S        | x\\nBearer <>              | false
            x\\nBearer h\\r\\nnext       | x\\nBearer <>\\r\\nnext      | true
            x\\nBearer h               | x\\nBearer <>              | true
            x\\nBearer H\\n0080: S     | x\\nBearer <>\\n0080: S    | true
            x\\nH.\\n                  | x\\n<>\\n                  | true
            x\\nH.eyJvcm\\n+nfs        | x\\n<>\\n+nfs              | true
            x\\nH.eyJvcmdfaWQiO\\n+nfs | x\\n<>\\n+nfs              | true
            x\\nh...\\n                | x\\nh...\\n                | false
            x\\nH.eyJ...\\n            | x\\nH.eyJ...\\n            | false
            x\\nH.<payload>\\n         | x\\nH.<payload>\\n         | false
            x\\nh…\\n                  | x\\nh…\\n                  | false
            x\\nh x\\n                 | x\\n<> x\\n                | true
            x\\n"h" │\\n               | x\\n"<>" │\\n              | true
            x\\nH" │\\n                | x\\nH" │\\n                | false
            x\\nH." │\\n               | x\\nH." │\\n               | false
            x\\nH.eyJvcm" │\\n         | x\\n<>" │\\n               | true
            x\\nH.eyJvcmdfaWQiO │\\n   | x\\n<> │\\n                | true
            x\\nH.eyJvcmdfaWQiO…\\n    | x\\n<>…\\n                 | false
            x\\nh/A\\n                 | x\\nh/A\\n                 | false
            x\\neyJhbGciOiJIUzI1Ni\\n  | x\\neyJhbGciOiJIUzI1Ni\\n  | false
            x\\neyJhbGciOiJIUzI1NiI\\n | x\\neyJhbGciOiJIUzI1NiI\\n | false
            x\\neyJhbGciOiJIUzI1NiIs\\n | x\\n<>\\n                 | true
            x\\neyJuYW1lIjoid2ViIiwi\\n | x\\neyJuYW1lIjoid2ViIiwi\\n | false
            x\\nH.P.S\\n               | x\\n<>\\n                  | false
            x\\n'H.\\\\nP.\\\\nS'      | x\\n'<>'                  | false
            """)
    void whatBeginsAsATokenAtALinesEndIsMaskedAndTold(String text, String masked, boolean told) {
        String[] parts = API.split("\\.");
        for (boolean report : new boolean[] {false, true}) {
            CliRun.Result result = report ? mask(filled(text, parts), "--report") : mask(filled(text, parts));
            assertEquals(report && masked.contains("<>") ? 1 : 0, result.status());
            if (!report) {
                assertEquals(filled(masked, parts), result.out().replaceAll("<(JWS|api|JWT)[^>]*>", "<>"));
            }
            assertEquals(
                    told,
                    result.err()
                            .contains("note: " + (report ? "stdin:2" : "line 2")
                                    + ": a token is cut off here; the next lines may hold the rest\n"),
                    result.err());
        }
        assertEquals("", mask(filled(text, parts), "-q").err());
    }

    /** Each line of a wrapped token is framed: a log's prefix, a table's borders, a string's quotation marks. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "│ %s",
                "│ %s │",
                "| x | %s | note |",
                "> %s",
                "+%s",
                "web-1  | %s",
                "2026-01-01T00:00:0#.#Z %s",
                " # \t%s",
                "00#0: %s",
                "[build] %s",
                "# %s",
                "  \"%s\"",
                "'%s' +",
                "    %s \\",
                "%s "
            })
    void aTokenInAFrameIsMaskedToItsEnd(String frame) {
        for (int width : new int[] {40, 64, 120}) {
            StringBuilder text = new StringBuilder();
            List<String> lines = List.of(API.split("(?<=\\G.{" + width + "})"));
            for (int i = 0; i < lines.size(); i++) {
                text.append(frame.replace("#", String.valueOf(i)).replace("%s", lines.get(i)))
                        .append('\n');
            }
            String first = frame.replace("#", "0").replace("%s", API_MASK);
            String last = frame.substring(frame.indexOf("%s") + 2);
            assertEquals(
                    first.substring(0, first.length() - last.length()) + last + "\n",
                    mask(text.toString()).out());
            InputStream bytes = new ByteArrayInputStream(text.toString().getBytes(StandardCharsets.UTF_8));
            assertEquals(
                    mask(text.toString()).out(),
                    CliRun.withHome(folder)
                            .stdin(Descriptor.Kind.PIPE, new ByteStream(bytes::read))
                            .run("mask")
                            .out());
        }
    }

    /** A table names the value in its first line only; a log's line has more in front of the token. */
    @Test
    void aFrameMayHoldMoreInItsFirstLine() {
        String[] half = {API.substring(0, 100), API.substring(100)};
        String table = "│ NAME │ " + half[0] + " │ new │\n│      │ " + half[1] + " │     │\n";
        assertEquals("│ NAME │ " + API_MASK + " │     │\n", mask(table).out());
        String log = "web-1  | token: " + half[0] + "\nweb-1  | " + half[1] + "\nweb-1  | done\n";
        assertEquals(
                "web-1  | token: " + API_MASK + "\nweb-1  | done\n", mask(log).out());
    }

    /** What only looks like a frame is kept. */
    @Test
    void theLinesBehindAWholeTokenAreKept() {
        String log = "I 1 sent " + API + " ok\nI 2 id dXNlcjEyMzQ1Njc4OTAxMjM0\n";
        assertEquals(log.replace(API, API_MASK), mask(log).out());
        String cut = "I 1 sent " + API.substring(0, 100) + " (cut)\nI 2 sending the request again\n";
        assertTrue(
                mask(cut).out().endsWith("> (cut)\nI 2 sending the request again\n"),
                mask(cut).out());
    }

    private static String filled(String text, String[] parts) {
        return text.replace("\\n", "\n")
                .replace("\\r", "\r")
                .replaceAll("\\bH\\b", parts[0])
                .replaceAll("\\bh\\b", parts[0].substring(0, 24))
                .replaceAll("\\bP\\b", parts[1])
                .replaceAll("\\bS\\b", parts[2]);
    }

    /** As in the Secret of a registry, whose {@code auth} has the token once more, in base64. */
    @Test
    void base64ThatHeldATokenIsMaskedToItsEnd() {
        String auth = base64("user:" + API);
        String secret = base64("{\"auths\":{\"r\":{\"password\":\"" + API + "\",\"auth\":\"" + auth + "\"}}}");
        for (int width : new int[] {10_000, 76, 40}) {
            String wrapped = secret.replaceAll("(.{" + width + "})", "$1\n  ");
            String masked =
                    mask(".dockerconfigjson: " + wrapped + "\nnext: line\n").out();
            assertTrue(
                    masked.matches("(?s)\\.dockerconfigjson: \\w{24,40}<api-token [^>]*>\\s*=*\\s*\nnext: line\n"),
                    masked);
        }
        String two = base64(API + " and " + API + " end");
        assertEquals(
                API_MASK + API_MASK + " next\n",
                mask(two.replace("=", "") + " next\n").out());
        assertTrue(mask(two + " " + API, "--report").out().contains("\nstdin:1:" + (two.length() + 2) + " "));
    }

    @Test
    void standardInputIsReadOnce() {
        CliRun.Result result = mask(API, "-", "-");
        assertEquals(2, result.status());
        assertEquals("", result.out());
        assertEquals(
                "error: stdin can be read only once; give `-` once. Try `chainloop-token mask --help`.\n",
                result.err());
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
        for (String token : List.of(API, hostile, base64(API), API.replaceAll("(.{70})", "$1\\\\n"), API + "\\\\")) {
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
    void aNameCannotEndTheStringThatTheMaskIsIn() {
        String hostile = TokenMint.described("API token_name=\"a\\\"b\\\\u001b\"");
        String shown = mask("{\"token\":\"" + hostile + "\"}").out();
        assertTrue(shown.startsWith("{\"token\":\"<api-token '…' of acme sha256:"), shown);
    }

    @Test
    void aNameThatIsATokenIsNotShownInTheMask() {
        String shown =
                mask(TokenMint.described("API token_name=\"" + API + "\"")).out();
        assertFalse(shown.contains("eyJ"), shown);
        assertTrue(shown.startsWith("<api-token '…' of acme sha256:"), shown);
    }

    @Test
    void aNameCannotForgeLinesOrCommands() {
        String hostile = TokenMint.token("{\"jti\":\"j\",\"aud\":[\"api-token-auth.chainloop\"],"
                + "\"token_name\":\"x\\n::error::y\\u001b[31m\",\"org_name\":\"<b>\"}");
        String shown = mask(hostile).out();
        assertFalse(shown.contains("\n") || shown.contains("\u001b") || shown.contains("<b>"), shown);
    }

    @Test
    void allOtherBytesStayAsTheyAre() throws IOException {
        byte[] noise = new byte[1 << 20];
        new Random(5).nextBytes(noise);
        CliRun.withHome(folder)
                .stdin(Descriptor.Kind.PIPE, new ByteArrayInputStream(noise))
                .outTo(out, true)
                .run("mask");
        assertArrayEquals(noise, out.toByteArray());
    }

    /** Where the first character was not ASCII, it passed. */
    @ParameterizedTest
    @CsvSource({
        "UTF-16LE, \ufeffINF ", "UTF-16BE, \ufeffINF ", "UTF-16LE, \ufeff\u20ac ", "UTF-16BE, \ufeff\ud83d\ude00 ",
        "UTF-16LE, INF ", "UTF-16BE, INF ", "UTF-16LE, \u20ac ", "UTF-16BE, \u0416 "
    })
    void utf16IsRefusedAndNeverPassedOnUnread(String name, String front) throws IOException {
        Path log = folder.resolve("b/utf16.log");
        for (String token : List.of(API, base64(API), base64("u:" + API))) {
            Files.writeString(log, front + "Bearer " + token + "\r\n", Charset.forName(name));
            CliRun.Result masked = mask("", log.toString());
            assertEquals(
                    "error: " + log + " is UTF-16, which is not read. Convert it: `iconv -f UTF-16 -t UTF-8 FILE |"
                            + " chainloop-token mask`\n",
                    masked.err());
            assertEquals(4, masked.status());
            assertFalse(masked.out().replace("\0", "").contains("ey"), masked.out());
            assertEquals(new CliRun.Result(4, "", masked.err()), mask("", "--report", "--redact", log.toString()));
            ByteStream slow = new ByteStream(new ByteArrayInputStream(Files.readAllBytes(log))::read);
            CliRun.Result piped =
                    CliRun.withHome(folder).stdin(Descriptor.Kind.PIPE, slow).run("mask");
            assertEquals(masked.out(), piped.out());
            assertEquals(4, piped.status());
        }
    }

    @Test
    void whatIsInZerosButNoTextPasses() {
        String binary = "\0\1\0\2\0\2 l\0e\0s\0s\0o\0n\0 \0l\0e\0a\0r\0n\0e\0d\0";
        assertEquals(binary, mask(binary).out());
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        a whole line leaves at once          | one\\n     | one\\n
        a prompt leaves at once              | Go on? [Y] | Go on? [Y]
        the beginning of a token is held     | x eyJhb    | 'x '
        the first letter of a token is held  | x e        | 'x '
        """)
    void whatCannotBeATokenIsPassedOnAtOnce(String name, String written, String seen) {
        String text = written.replace("\\n", "\n");
        assertEquals(seen.replace("\\n", "\n"), writtenBefore(text, " and more"));
        assertEquals(text + " and more", out.toString(StandardCharsets.UTF_8));
    }

    /** What has been written of a text when the rest is asked for. */
    private String writtenBefore(String text, String rest) {
        InputStream more = new ByteArrayInputStream(rest.getBytes(StandardCharsets.UTF_8));
        List<String> seen = new ArrayList<>();
        InputStream first = new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
        CliRun.withHome(folder)
                .stdin(Descriptor.Kind.PIPE, new SequenceInputStream(first, new ByteStream(() -> {
                    seen.add(out.toString(StandardCharsets.UTF_8));
                    return more.read();
                })))
                .outTo(out, true)
                .run("mask");
        return seen.get(0);
    }

    @Test
    void whatWasReadBeforeAnErrorIsPassedOn() {
        byte[] text = "one\ntwo e".getBytes(StandardCharsets.UTF_8);
        InputStream broken = new SequenceInputStream(new ByteArrayInputStream(text), new ByteStream(() -> {
            throw new IOException("Input/output error");
        }));
        CliRun.Result result =
                CliRun.withHome(folder).stdin(Descriptor.Kind.FILE, broken).run("mask");
        assertEquals(new CliRun.Result(4, "one\ntwo e", "error: stdin cannot be read to the end\n"), result);
    }

    @Test
    void aTokenWithAWholeSignatureLeavesWithItsLine() {
        assertEquals(API_MASK + "\n", writtenBefore(API + "\n", "next"));
    }

    @Test
    void whatIsTooLongToBeATokenIsMaskedWithANote() {
        String long1 = "eyJhbGciOiJIUzI1NiJ9." + "A".repeat(3 << 20);
        CliRun.Result result = mask("a " + long1 + " b");
        assertEquals("a <JWT longer than 1 MiB> b", result.out());
        assertEquals(
                "note: stdin contains what looks like a token longer than 1 MiB; it was masked without being"
                        + " decoded\n",
                result.err());
        assertEquals("", mask("a " + long1 + " b", "-q").err());
        CliRun.Result redacted = mask("a " + long1 + " b", "--redact");
        assertEquals("a <token> b", redacted.out());
        assertEquals(result.err(), redacted.err());
    }

    @Test
    void reportTellsEachPlace() {
        String a = folder.resolve("a.log").toString();
        CliRun.Result result = mask("", "--report", folder.toString());
        assertEquals(
                a + ":2:3 api-token sha256:45c70597b7cf5431\n" + a + ":3:1 api-token sha256:45c70597b7cf5431\n",
                result.out());
        assertEquals(1, result.status());
        assertEquals(
                a + ":2:3 token\n" + a + ":3:1 token\n",
                mask("", "--report", "--redact", a).out());
    }

    @Test
    void reportAsJsonHasALineEach() {
        CliRun.Result result = mask("x " + API, "--report", "-o", "json");
        assertEquals(
                "{\"schemaVersion\":1,\"file\":\"stdin\",\"line\":1,\"column\":3,\"kind\":\"api-token\",\"expired\":false,"
                        + "\"fingerprint\":\"sha256:45c70597b7cf5431\"}\n",
                result.out());
    }

    @Test
    void reportForGithubEscapesTheFilesName() throws IOException {
        Path odd = folder.resolve("b/a:b,c%.log");
        Files.writeString(odd, API);
        String line = mask("", "--report", "-o", "github", odd.toString()).out();
        assertTrue(line.startsWith("::error file="), line);
        assertTrue(line.contains("a%3Ab%2Cc%25.log,line=1,col=1,"), line);
    }

    @Test
    void githubFindsAFileOnlyWithoutTheDotBeforeIt() {
        assertEquals(
                "::error file=a,line=1,col=1,",
                new Leak("./a", 1, 1, Mask.of(null, Instant.EPOCH))
                        .in(OutputFormat.GITHUB, true)
                        .substring(0, 28));
    }

    /** Of a file's path, only the name with the token is left out. */
    @Test
    void aTokenInTheNameOfAFileIsNotShown() throws IOException {
        Path inside = Files.createDirectories(folder.resolve("b").resolve(API.substring(0, 200)));
        Files.writeString(inside.resolve("c.log"), API);
        assertEquals(
                folder + "/b/(a token)/c.log:1:1 token\n",
                mask("", "--report", "--redact", folder.resolve("b").toString()).out());
    }

    @Test
    void aLinkThatIsNamedIsFollowed() {
        assertEquals(
                folder + "/b/link:2:3 token\n" + folder + "/b/link:3:1 token\n",
                mask("", "--report", "--redact", folder.resolve("b/link").toString())
                        .out());
    }

    @Test
    void anEmptyNameIsRefused() {
        CliRun.Result result = mask("", "--report", "");
        assertEquals(2, result.status());
        assertEquals("", result.out());
    }

    /** {@code mask --report . | head -n 1} still fails where there is a token, under {@code pipefail}. */
    @Test
    void aReportWhoseReaderHasGoneKeepsItsStatus() {
        assertEquals(
                1,
                CliRun.withHome(folder)
                        .outFails(true)
                        .run("mask", "--report", folder.toString())
                        .status());
    }

    @Test
    void aFileThatCannotBeReadIsReportedAndTheOthersAreRead() {
        String clean = folder.resolve("b/clean.log").toString();
        CliRun.Result result = mask("", "missing", clean);
        assertEquals(new CliRun.Result(4, "nothing\n", result.err()), result);
        assertTrue(result.err().endsWith(" does not exist\n"), result.err());
        assertEquals(new CliRun.Result(0, "", ""), mask("", "--report", clean));
        assertEquals(
                4,
                mask("", "--report", "missing", folder.resolve("a.log").toString())
                        .status());
    }

    @Test
    void aFolderThatCannotBeReadIsReported() throws IOException {
        Path closed = Files.createDirectory(
                folder.resolve("closed"), PosixFilePermissions.asFileAttribute(java.util.Set.of()));
        Assumptions.assumeFalse(Files.isReadable(closed), "this user reads everything");
        CliRun.Result result = mask("", "--report", closed.toString());
        assertEquals("error: " + closed + " cannot be read\n", result.err());
        assertEquals(4, result.status());
    }

    /** What is in a path of more than 4096 bytes cannot be read, and is in no folder that cannot be. */
    @Test
    void whatCannotEvenBeLookedAtIsReported() throws Exception {
        Program.require("sh");
        Program.run(
                "sh",
                "-c",
                "cd \"$0\"; for i in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21; do n=$(printf %200s | tr ' ' d);"
                        + " mkdir $n; cd $n; done; echo >deep",
                folder.resolve("b").toString());
        CliRun.Result result = mask("", "--report", folder.resolve("b").toString());
        // Java cannot delete it either.
        Program.run("rm", "-rf", folder.resolve("b").toString());
        assertEquals(4, result.status());
        assertTrue(result.err().endsWith("ddd cannot be read\n"), result.err());
    }

    @Test
    void aFolderNeedsReport() {
        CliRun.Result result = mask("", folder.toString());
        assertEquals("error: " + folder + " is a folder; --report searches folders\n", result.err());
        assertEquals(4, result.status());
    }

    @Test
    void aTokenAsAnArgumentIsNotShown() {
        assertEquals(new CliRun.Result(4, "", "error: file 2 does not exist\n"), mask("", "/dev/null", API));
    }

    @Test
    void aFormatWithoutReportIsRefused() {
        assertEquals(2, mask("", "-o", "json").status());
        assertEquals(2, mask("", "--report", "-o", "shell").status());
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
