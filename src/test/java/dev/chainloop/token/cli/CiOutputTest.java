package dev.chainloop.token.cli;

import static dev.chainloop.token.testing.TokenMint.API_TOKEN;
import static dev.chainloop.token.testing.TokenMint.FEDERATED;
import static org.junit.jupiter.api.Assertions.*;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.chainloop.token.core.Fingerprint;
import dev.chainloop.token.testing.CliRun;
import dev.chainloop.token.testing.Payload;
import dev.chainloop.token.testing.Program;
import dev.chainloop.token.testing.TokenMint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is written besides stdout for GitHub, and what is not. */
class CiOutputTest {
    private static final String TOKEN = TokenMint.token(API_TOKEN);

    @TempDir
    Path home;

    private Path output;
    private Path summary;

    @BeforeEach
    void makeFiles() throws IOException {
        output = Files.createFile(home.resolve("output"));
        summary = Files.createFile(home.resolve("summary"));
    }

    static Stream<Arguments> outputs() {
        String api = "typed,api-token,AUTH_TYPE_API_TOKEN,4b0f0dd4-4538-4269-92a9-ab5b0fce0258,"
                + "dddb8201-eab6-4e61-9201-f12b47c01892,acme,ci,,";
        String ends = TokenMint.token(Payload.of(API_TOKEN, "exp", "1767225540"));
        String federated = TokenMint.token("{\"alg\":\"RS256\"}", FEDERATED);
        return Stream.of(
                arguments(TOKEN, values(api + ",,", TOKEN)),
                arguments(ends, values(api + "2025-12-31T23:59:00Z,-60,", ends)),
                arguments(
                        federated,
                        values(
                                "typed,federated,AUTH_TYPE_FEDERATED,https://token.actions.githubusercontent.com,,,,,"
                                        + "2026-01-01T00:05:00Z,300,",
                                federated)),
                arguments("hunter2", values("malformed,,,,,,,,,,", "")),
                arguments("", values("none,,,,,,,,,,", "")));
    }

    private static Map<String, String> values(String values, String token) {
        Map<String, String> map = new LinkedHashMap<>();
        String[] each = values.split(",", -1);
        for (int i = 0; i < each.length; i++) {
            map.put(HostileClaimsTest.NAMES.get(i), each[i]);
        }
        map.put("fingerprint", token.isEmpty() ? "" : Fingerprint.of(token));
        return map;
    }

    @ParameterizedTest
    @MethodSource("outputs")
    void everyOutputIsSetAlsoWhenItIsEmpty(String token, Map<String, String> expected) throws IOException {
        for (String command : List.of("inspect", "check")) {
            Files.writeString(output, "");
            run(token, command);
            assertEquals(
                    List.copyOf(expected.entrySet()),
                    List.copyOf(HostileClaimsTest.outputsIn(Files.readString(output))
                            .entrySet()));
        }
    }

    @Test
    void theFilesAreAppendedTo() throws IOException {
        Files.writeString(output, "before=1\n");
        Files.writeString(summary, "# Before\n");
        run(TOKEN, "inspect");
        assertEquals("1", HostileClaimsTest.outputsIn(Files.readString(output)).get("before"));
        assertEquals(12, HostileClaimsTest.outputsIn(Files.readString(output)).size());
        assertEquals("# Before", Files.readAllLines(summary).get(0));
    }

    @Test
    void theDelimiterIsNoValue() throws IOException {
        String token = TokenMint.token(
                TokenMint.API_TOKEN.replace("\"ci\"", "\"end-of-value\"").replace("\"acme\"", "\"end-of-value-\""));
        run(token, "inspect");
        assertEquals("status<<end-of-value--", Files.readAllLines(output).get(0));
        assertEquals(
                "end-of-value",
                HostileClaimsTest.outputsIn(Files.readString(output)).get("token-name"));
    }

    @Test
    void theSummaryIsTheScreenInABlock() throws IOException {
        run(TOKEN, "check");
        String screen = CliRun.withHome(home)
                .env("CHAINLOOP_TOKEN", TOKEN)
                .run("check", "--color", "never")
                .out();
        assertEquals("```text\n" + screen + "```\n\n", Files.readString(summary));
    }

    @ParameterizedTest(name = "{0} for {1}")
    @CsvSource({
        "inspect,GITHUB_OUTPUT",
        "inspect,GITHUB_STEP_SUMMARY",
        "check,GITHUB_OUTPUT",
        "check,GITHUB_STEP_SUMMARY"
    })
    void aFileThatCannotBeWrittenIsReportedAndTheLogIsThereAllTheSame(String command, String variable)
            throws Exception {
        Path pipe = home.resolve("pipe");
        Program.run("mkfifo", pipe.toString());
        for (Path file : List.of(home, home.resolve("none"), pipe, Path.of("/dev/tty"), Path.of("/dev/full"))) {
            CliRun.Result result = CliRun.withHome(home)
                    .env("CHAINLOOP_TOKEN", TOKEN)
                    .env(variable, file.toString())
                    .run(command, "-o", "github");
            assertEquals(74, result.status());
            assertEquals(
                    "error: the file that $" + variable + " names cannot be written. Check the disk and the path.\n",
                    result.err());
            assertEquals(
                    "chainloop-token: " + (command.equals("check") ? "Check passed: " : "")
                            + "API token \"ci\" of acme: never expires\n",
                    result.out());
        }
    }

    @ParameterizedTest
    @CsvSource({"api-token,0", "user,1"})
    void quietLeavesOutTheLogAndNothingElse(String type, int status) throws IOException {
        run(TOKEN, "check", "--type", type);
        Map<String, String> outputs = HostileClaimsTest.outputsIn(Files.readString(output));
        String shown = Files.readString(summary);
        Files.writeString(output, "");
        Files.writeString(summary, "");
        CliRun.Result result = run(TOKEN, "check", "--type", type, "-q");
        assertEquals(status, result.status());
        assertEquals("", result.out());
        assertEquals(status == 0, result.err().isEmpty());
        assertEquals(outputs, HostileClaimsTest.outputsIn(Files.readString(output)));
        assertEquals(shown, Files.readString(summary));
    }

    @Test
    void quietStillTellsOfAFileThatCannotBeWritten() {
        output = home;
        assertEquals(
                new CliRun.Result(
                        74,
                        "",
                        "error: the file that $GITHUB_OUTPUT names cannot be written. Check the disk and the path.\n"),
                run(TOKEN, "check", "-q"));
    }

    @Test
    void withoutTheVariablesOrWithEmptyOnesThereIsOnlyTheLog() throws IOException {
        CliRun.Result plain =
                CliRun.withHome(home).env("CHAINLOOP_TOKEN", TOKEN).run("-o", "github");
        CliRun.Result empty = CliRun.withHome(home)
                .env("CHAINLOOP_TOKEN", TOKEN)
                .env("GITHUB_OUTPUT", "")
                .env("GITHUB_STEP_SUMMARY", "")
                .run("-o", "github");
        assertEquals(new CliRun.Result(0, "chainloop-token: API token \"ci\" of acme: never expires\n", ""), plain);
        assertEquals(plain, empty);
        try (Stream<Path> files = Files.list(home)) {
            assertEquals(Set.of(output, summary), files.collect(Collectors.toSet()));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"text", "json", "dotenv", "shell"})
    void otherFormatsWriteNoFiles(String format) throws IOException {
        CliRun.withHome(home)
                .env("CHAINLOOP_TOKEN", TOKEN)
                .env("GITHUB_OUTPUT", output.toString())
                .env("GITHUB_STEP_SUMMARY", summary.toString())
                .run("check", "-o", format);
        assertEquals(List.of("", ""), List.of(Files.readString(output), Files.readString(summary)));
    }

    /** A text that is not a token is annotated once. */
    @ParameterizedTest(name = "\"{0}\"")
    @ValueSource(strings = {"", "x"})
    void aCheckWithoutATokenIsAnnotated(String token) throws IOException {
        List<String> lines = run(token, "check").out().lines().toList();
        assertEquals(
                List.of("::error title=chainloop-token%3A token"),
                lines.stream()
                        .filter(line -> line.startsWith("::error"))
                        .map(line -> line.replaceFirst("(?<=.)::.*", ""))
                        .toList());
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"8, ''", "9, and 1 more"})
    void atMostEightAreAnnotated(int problems, String rest) throws IOException {
        String[][] faults = {
            {"exp", "1767225540"},
            {"nbf", "1767225601"},
            {"iat", "1767225661"},
            {"iss", "\"x\""},
            {"sub", "5"},
            {"aud", "[\"api-token-auth.chainloop\",\"chainloop\",5]"},
            {"scope", "\"project\""}
        };
        String payload = API_TOKEN;
        for (String[] fault : faults) {
            payload = Payload.of(payload, fault);
        }
        String token = TokenMint.token("{\"alg\":\"none\"}", payload);
        CliRun run = CliRun.withHome(home).env("CHAINLOOP_TOKEN", token);
        if (problems > 8) {
            Path config = home.resolve(".config/chainloop/config.toml");
            Files.createDirectories(config.getParent());
            Files.writeString(config, "[auth]\ntoken = '" + TOKEN + "'\n");
        }
        List<String> lines = run.run("-o", "github").out().lines().toList();
        assertEquals(8, lines.stream().filter(line -> line.startsWith("::")).count());
        assertEquals(rest, lines.size() > 9 ? lines.get(9) : "");
    }

    private CliRun.Result run(String token, String... command) {
        List<String> args = new ArrayList<>(List.of(command));
        args.addAll(List.of("-o", "github"));
        return CliRun.withHome(home)
                .env("CHAINLOOP_TOKEN", token)
                .env("GITHUB_OUTPUT", output.toString())
                .env("GITHUB_STEP_SUMMARY", summary.toString())
                .run(args.toArray(new String[0]));
    }
}
