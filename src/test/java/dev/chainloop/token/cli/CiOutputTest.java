package dev.chainloop.token.cli;

import static dev.chainloop.token.testing.TokenMint.API_TOKEN;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.chainloop.token.core.Fingerprint;
import dev.chainloop.token.testing.CliRun;
import dev.chainloop.token.testing.Program;
import dev.chainloop.token.testing.TokenMint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is written besides stdout for GitHub, and what is not. */
public class CiOutputTest {
    static final List<String> NAMES = List.of(("status kind type id org-id org-name token-name project-name expires-at "
                    + "expires-in-seconds fingerprint")
            .split(" "));

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

    /** As the runner reads the file: {@code name=value}, or {@code name<<delimiter} and lines up to the delimiter. */
    public static Map<String, String> outputsIn(String text) {
        Map<String, String> outputs = new LinkedHashMap<>();
        String[] lines = text.split("\r\n|\r|\n", -1);
        for (int i = 0; i < lines.length - 1; i++) {
            int equals = lines[i].indexOf('=');
            int heredoc = lines[i].indexOf("<<");
            if (equals >= 0 && (heredoc < 0 || equals < heredoc)) {
                outputs.put(lines[i].substring(0, equals), lines[i].substring(equals + 1));
                continue;
            }
            String name = lines[i].substring(0, heredoc);
            String delimiter = lines[i].substring(heredoc + 2);
            List<String> value = new ArrayList<>();
            for (i++; !lines[i].equals(delimiter); i++) {
                value.add(lines[i]);
            }
            assertEquals(null, outputs.put(name, String.join("\n", value)), "an output given twice");
        }
        return outputs;
    }

    /** Of the annotations in a log. */
    static List<String> titlesIn(String log) {
        return log.lines()
                .filter(line -> line.startsWith("::"))
                .map(line -> line.replaceFirst("(?<=.)::.*", ""))
                .toList();
    }

    /** Also those that are empty; T stands for the IDs of an API token. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            API              | typed,api-token,AUTH_TYPE_API_TOKEN,T,acme,ci,,,,
            API exp=now-60s  | typed,api-token,AUTH_TYPE_API_TOKEN,T,acme,ci,,2025-12-31T23:59:00Z,-60,
            FEDERATED header={"alg":"RS256"} | typed,federated,AUTH_TYPE_FEDERATED,\
            https://token.actions.githubusercontent.com,,,,,2026-01-01T00:05:00Z,300,
            hunter2          | malformed,,,,,,,,,,
            ``               | none,,,,,,,,,,
            """)
    void everyOutputIsSet(String description, String values) throws IOException {
        boolean made = description.matches("[A-Z]+\\b.*");
        String token = made ? TokenMint.described(description) : description;
        for (String command : List.of("inspect", "check")) {
            Files.writeString(output, "before=1\n");
            Files.writeString(summary, "# Before\n");
            run(token, command);
            Map<String, String> seen = outputsIn(Files.readString(output));
            assertEquals("1", seen.remove("before"));
            assertEquals("# Before", Files.readAllLines(summary).get(0));
            assertEquals(NAMES, List.copyOf(seen.keySet()));
            assertEquals(
                    values.replace("T,", "4b0f0dd4-4538-4269-92a9-ab5b0fce0258,dddb8201-eab6-4e61-9201-f12b47c01892,")
                            + (made ? Fingerprint.of(token) : ""),
                    String.join(",", seen.values()));
        }
    }

    /** The fence is longer than any within the block. */
    @ParameterizedTest
    @CsvSource({"ci, ```", "a ``` b, ````", "a ````` b ``` c, ``````"})
    void theSummaryIsTheScreenInABlock(String name, String fence) throws IOException {
        String token = TokenMint.described("API token_name=\"" + name + "\"");
        run(token, "check", "--all");
        CliRun plain = CliRun.withHome(home).env("CHAINLOOP_TOKEN", token);
        String screen = plain.run("check", "--all").out();
        assertEquals(fence + "text\n" + screen + fence + "\n\n", Files.readString(summary));
    }

    @ParameterizedTest
    @ValueSource(strings = {"GITHUB_OUTPUT", "GITHUB_STEP_SUMMARY"})
    void aFileThatCannotBeWrittenIsReportedAndTheLogIsThereAllTheSame(String variable) throws Exception {
        Path pipe = home.resolve("pipe");
        Program.run("mkfifo", pipe.toString());
        for (Path file : List.of(home, home.resolve("none"), pipe, Path.of("/dev/tty"), Path.of("/dev/full"))) {
            for (String args : List.of("inspect", "check", "check -q")) {
                CliRun.Result result = CliRun.withHome(home)
                        .env("CHAINLOOP_TOKEN", TOKEN)
                        .env(variable, file.toString())
                        .run((args + " -o github").split(" "));
                String log = "chainloop-token: " + (args.equals("check") ? "Check passed: " : "")
                        + "API token \"ci\" of acme: never expires\n";
                assertEquals(
                        new CliRun.Result(
                                74,
                                args.endsWith("-q") ? "" : log,
                                "error: the file that $" + variable
                                        + " names cannot be written. Check the disk and the path.\n"),
                        result);
            }
        }
    }

    @Test
    void withoutTheVariablesOrInAnotherFormatNoFileIsWritten() throws IOException {
        CliRun run = CliRun.withHome(home).env("CHAINLOOP_TOKEN", TOKEN).env("GITHUB_OUTPUT", "/dev/null");
        assertEquals(
                new CliRun.Result(0, "chainloop-token: API token \"ci\" of acme: never expires\n", ""),
                run.run("-o", "github"));
        for (String format : List.of("text", "json", "dotenv")) {
            CliRun.withHome(home)
                    .env("CHAINLOOP_TOKEN", TOKEN)
                    .env("GITHUB_OUTPUT", output.toString())
                    .env("GITHUB_STEP_SUMMARY", summary.toString())
                    .run("check", "-o", format);
        }
        assertEquals(0, Files.size(output) + Files.size(summary));
        assertEquals(2, home.toFile().list().length);
    }

    /** A text that is not a token is annotated once. */
    @ParameterizedTest
    @ValueSource(strings = {"", "x"})
    void aCheckWithoutATokenIsAnnotated(String token) {
        List<String> titles = titlesIn(run(token, "check").out());
        assertEquals(List.of("::error title=chainloop-token%3A token"), titles);
    }

    private CliRun.Result run(String token, String... command) {
        List<String> args = new ArrayList<>(List.of(command));
        args.addAll(List.of("-o", "github"));
        return CliRun.withHome(home)
                .env("FORCE_COLOR", "1")
                .env("COLUMNS", "40")
                .env("CHAINLOOP_TOKEN", token)
                .env("GITHUB_OUTPUT", output.toString())
                .env("GITHUB_STEP_SUMMARY", summary.toString())
                .run(args);
    }
}
