package dev.chainloop.token.explain;

import static org.junit.jupiter.api.Assertions.*;

import dev.chainloop.token.advice.Leaks;
import dev.chainloop.token.core.Form;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which texts of Chainloop's are found in a message or a log, and what may be said of each. */
class UpstreamTextsTest {
    private static final Path RESOURCE = Path.of("src/main/resources/dev/chainloop/token/explain/upstream.txt");
    private static final UpstreamTexts TEXTS = UpstreamTexts.read();
    private static final Pattern WRAPPED = Pattern.compile(" >( .*)?$");

    /** What is said of a text; empty where nothing is, or where a message with a row is. */
    private static String found(String log) {
        MessageSearch search = new MessageSearch(new Leaks(Instant.MAX));
        search.add(log);
        if (!search.matches().isEmpty()) {
            return search.matches().get(0).message().id();
        }
        LogLines lines = search.lines();
        if (lines.areProgress()) {
            return "progress";
        }
        return TEXTS.find(lines, Form::isPlain).map(UpstreamTextsTest::told).orElse("");
    }

    private static Optional<UpstreamTexts.Match> find(String line) {
        return TEXTS.find(line, false, LogLines.Speaker.CLI, Form::isPlain);
    }

    private static String told(UpstreamTexts.Match match) {
        List<String> words = new ArrayList<>();
        match.layers().forEach(layer -> words.add(layer.word()));
        words.add(match.lookup() ? "lookup" : "");
        words.add(match.open() ? "open" : "");
        words.removeIf(String::isEmpty);
        return String.join(" ", words);
    }

    private static List<String> patterns() throws IOException {
        try (Stream<String> lines = Files.lines(RESOURCE)) {
            return lines.filter(line -> !line.matches("[#=@].*")).distinct().toList();
        }
    }

    /** A wrap of Chainloop's proves nothing about the reason that follows it; what any program says around one does. */
    @Test
    void eachTextIsFoundAsItIsSaid() throws IOException {
        List<String> missed = new ArrayList<>();
        List<String> lines = patterns();
        for (String line : lines) {
            String pattern = line.split("\t", -1)[0];
            boolean proves = lines.contains(pattern + "\tgeneral") || lines.contains(pattern + "\tgeneral lookup");
            if (pattern.startsWith(">")) {
                continue;
            }
            String said = WRAPPED.matcher(pattern).replaceAll("").replace("*", "x-1");
            Optional<UpstreamTexts.Match> alone = find(said);
            Optional<UpstreamTexts.Match> wrapping = find(said + ": out of cheese");
            boolean wraps = WRAPPED.matcher(pattern).find();
            boolean ends = !pattern.endsWith("*");
            if (alone.isEmpty()
                    || alone.get().open()
                    || (wraps
                            && (wrapping.isEmpty()
                                    || (ends
                                            && !said.endsWith("x-1")
                                            && wrapping.get().open() == proves)))) {
                missed.add(pattern);
            }
        }
        assertEquals(List.of(), missed);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // From the beginning of a message to its end, however it is logged.
                "ERR contract validation failed | request",
                "contract validation failed | request",
                "ERR rpc error: code = InvalidArgument desc = contract validation failed | request",
                "{\"level\":\"error\",\"msg\":\"contract validation failed\",\"ts\":1} | request",
                "time=x level=error msg=\"contract validation failed\" code=1 | request",
                "ERR adding material: crafting material: invalid cyclonedx sbom file: unexpected material type | cli",
                "ERR message = contract validation failed metadata = map[] cause = <nil> | request",
                "ERR CONTRACT validation failed. Use --dry-run flag if development | request",
                "ERR contract validation failed again | ''",
                "ERR my contract validation failed | ''",
                "ERR contract validation failed: out of cheese | request open",
                // What is looked for where the token belongs.
                "ERR validation error: project version \"1.2\" not found | request lookup",
                // Wraps.
                "ERR creating API token | cli",
                "ERR creating API token: rpc error: code = Unknown desc = out of cheese | cli open",
                "ERR creating API token: contract validation failed | request",
                // The command line's.
                "ERR unknown command \"psh\" for \"chainloop attestation\" | command-line",
                "unknown command \"psh\" for \"docker\" | ''",
                "ERR required flag(s) \"workflow\", \"project\" not set | command-line",
                // Rows come first.
                "ERR API token revoked | api-token-revoked",
            })
    void aTextIsFoundFromWhereAMessageBeginsToWhereItEnds(String line, String expected) {
        assertEquals(expected, found(line));
    }

    /** What stands around a reason tells where it arose, whatever the reason is; ~ is a line's end. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "ERR pushing: rpc error: code = Unavailable desc = out of cheese | connection",
                "ERR connection error: desc = \"transport: out of cheese\" | connection",
                "ERR tls: out of cheese | connection",
                "ERR pushing: dial tcp 10.0.0.1:443: connect: out of cheese | connection",
                "ERR proxyconnect tcp: dial tcp: out of cheese | connection",
                "ERR verifying: x509: out of cheese | connection cli",
                "ERR Get \"https://a.example/b\": tls: out of cheese | other-service",
                "ERR adding: Get \"https://a.example/b\": dial tcp 10.0.0.1:443: connect: out of cheese | other-service",
                "ERR signing: operation error KMS: Sign, api error AccessDenied: out of cheese | other-service",
                "ERR MANIFEST_UNKNOWN: out of cheese | other-service",
                "ERR rpc error: code = InvalidArgument desc = out of cheese | request",
                "ERR rpc error: code = AlreadyExists desc = out of cheese | request lookup",
                "ERR rpc error: code = Unauthenticated desc = out of cheese | authentication",
                "ERR rpc error: code = PermissionDenied desc = out of cheese | authorization",
                "ERR rpc error: code = Unknown desc = out of cheese | ''",
                "ERR rpc error: code = Internal desc = out of cheese | ''",
                "ERR failed to read state: open /tmp/a.json: out of cheese | cli",
                "ERR toml: out of cheese | cli-files",
                // Chainloop's own words within say more, unless they only say what was being done.
                "ERR rpc error: code = Unavailable desc = contract validation failed | request",
                "ERR rpc error: code = Unavailable desc = creating API token: out of cheese | connection",
                // A word is no frame, and only the CLI, or who speaks alone, is believed.
                "ERR my tls handshake | ''",
                "ERR we open the file | ''",
                "dial tcp 10.0.0.1:443: connect: out of cheese | connection",
                "$ make~dial tcp 10.0.0.1:443: connect: out of cheese~done | ''",
                "Error response from daemon: dial tcp 10.0.0.1:443: out of cheese | ''",
                "npm ERR! open /a/b: out of cheese | ''",
                "$ make~ERROR: open /a/b: out of cheese~INFO x | ''",
                // So it is with Chainloop's short texts, which are not believed alone.
                "ERR creating temporary file | cli",
                "ERR creating temporary file: out of cheese | cli open",
                "creating temporary file | ''",
                "$ make~creating temporary file~done | ''",
            })
    void aFrameTellsTheLayer(String lines, String expected) {
        assertEquals(expected.replace("''", ""), found(lines.replace('~', '\n')));
    }

    /** Lines that issues of Chainloop show. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "WRN API contacted in insecure mode | progress",
                "INF material kind detected kind=SBOM_CYCLONEDX_JSON | progress",
                "WRN failed to list remotes error=\"branch config: invalid merge\" | progress",
                "WRN failed to push attestation: keyless signing not configured | progress",
                "DBG policy sbom-banned-components explicitly ignored by definition | progress",
                "ERR no execution branch matched, or all of them were ignored, for kind SARIF | cli",
                "ERR the policy \"policy-gate\" is configured as a gate and has violations | cli",
                "ERR upload and craft error: uploading material: sending the finished upload message EOF | cli open",
                "ERR policy error: loading policy spec: rpc error: code = NotFound desc = policy not found | request lookup",
                "ERR duplicated: name already taken | name-taken",
                "ERR rpc error: code = Unknown desc = signature is invalid | signature-invalid",
                "no such file or directory | ''",
            })
    void linesOfIssues(String line, String expected) {
        assertEquals(expected, found(line));
    }

    @Test
    void theLastErrorIsAsked() {
        assertEquals("cli", found("""
                ERR contract validation failed
                INF going on
                ERR the policy "x" is configured as a gate and has violations
                exit status 4
                ##[error]Process completed with exit code 4.
                """));
        assertEquals("", found("ERR contract validation failed\nERR out of cheese\n"));
        assertEquals("request", found("$ chainloop x\ncontract validation failed\n"));
        assertEquals("", found("contract validation failed\nout of cheese\n"));
    }

    @Test
    void progressIsThatOfTheCliAlone() {
        assertEquals("progress", found("INF a\nWRN b\nDBG c\n"));
        assertEquals("", found("[INFO] BUILD SUCCESS\n"));
        assertEquals("", found("INF a\nout of cheese\n"));
    }

    /** A value may be a token, whole or cut. */
    @ParameterizedTest
    @ValueSource(strings = {"eyJhbGciOiJIUzI1NiJ9.eyJ4IjoxfQ.c2lnbmF0dXJl", "c2lnbmF0dXJlLU9m"})
    void noValueIsShownThatIsNoName(String value) {
        String line = "the policy \"" + value + "\" is configured as a gate and has violations";
        assertEquals(
                "the policy \"…\" is configured as a gate and has violations",
                find(line).orElseThrow().text());
    }

    /** Lines of apt, Maven, git, docker, kubectl and Gradle. */
    @Test
    void nothingIsFoundInTheLogsOfOtherPrograms() throws IOException {
        List<String> lines = Files.readAllLines(Path.of("src/test/resources/logs-of-others.txt"));
        assertTrue(lines.size() > 100);
        assertEquals(
                List.of(), lines.stream().filter(line -> !found(line).isEmpty()).toList());
        assertEquals("", found(String.join("\n", lines)));
    }
}
