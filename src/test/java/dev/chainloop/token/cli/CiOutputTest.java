package dev.chainloop.token.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chainloop.token.testing.CliRun;
import dev.chainloop.token.testing.Program;
import dev.chainloop.token.testing.TestWorld;
import dev.chainloop.token.testing.TokenMint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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

    @TempDir
    Path home;

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
            @API@             | typed,api-token,AUTH_TYPE_API_TOKEN,T,acme,ci,,,,sha256:45c70597b7cf5431
            @API exp=now-60s@ | typed,api-token,AUTH_TYPE_API_TOKEN,T,acme,ci,,2025-12-31T23:59:00Z,-60,sha256:755fc38679e285cb
            @FEDERATED header={"alg":"RS256"}@ | typed,federated,AUTH_TYPE_FEDERATED,\
            https://token.actions.githubusercontent.com,,,,,2026-01-01T00:05:00Z,300,sha256:cdf0be3c72344303
            hunter2           | malformed,,,,,,,,,,
            ``                | none,,,,,,,,,,
            """)
    void everyOutputIsSet(String token, String values) throws IOException {
        for (String command : List.of("inspect", "check")) {
            run(token, command + " -o github");
            Map<String, String> seen = outputsIn(read("output"));
            assertEquals("1", seen.remove("before"));
            assertTrue(read("summary").startsWith("# Before\n"));
            assertEquals(NAMES, List.copyOf(seen.keySet()));
            assertEquals(
                    values.replace("T,", "4b0f0dd4-4538-4269-92a9-ab5b0fce0258,dddb8201-eab6-4e61-9201-f12b47c01892,"),
                    String.join(",", seen.values()));
        }
    }

    /** The fence is longer than any fence within the block. */
    @ParameterizedTest
    @CsvSource({"ci, ```", "a ``` b, ````", "a ````` b ``` c, ``````"})
    void theSummaryIsTheScreenInABlock(String name, String fence) throws IOException {
        String token = "@API token_name=\"" + name + "\"@";
        run(token, "check --all -o github");
        String screen =
                TestWorld.of("variable: " + token, "$ check --all").run(home).out();
        assertEquals("# Before\n" + fence + "text\n" + screen + fence + "\n\n", read("summary"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"GITHUB_OUTPUT", "GITHUB_STEP_SUMMARY"})
    void aFileThatCannotBeWrittenIsReportedAndTheLogIsThereAllTheSame(String variable) throws Exception {
        Path pipe = home.resolve("pipe");
        Program.run("mkfifo", pipe.toString());
        for (Path file : List.of(home, home.resolve("none"), pipe, Path.of("/dev/tty"), Path.of("/dev/full"))) {
            for (String args : List.of("inspect", "check", "check -q")) {
                CliRun.Result result = CliRun.withHome(home)
                        .env("CHAINLOOP_TOKEN", TokenMint.described("API"))
                        .env(variable, file.toString())
                        .run((args + " -o github").split(" "));
                String log = "chainloop-token: " + (args.equals("check") ? "Check passed: " : "")
                        + "API token \"ci\" of acme never expires\n";
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
        TestWorld world = TestWorld.of("variable: @API@", "env: GITHUB_OUTPUT=/dev/null", "$ -o github");
        assertEquals(
                new CliRun.Result(0, "chainloop-token: API token \"ci\" of acme never expires\n", ""), world.run(home));
        for (String format : List.of("text", "json", "dotenv")) {
            run("@API@", "check -o " + format);
            assertEquals("before=1\n# Before\n", read("output") + read("summary"));
        }
        assertEquals(2, home.toFile().list().length);
    }

    /** Annotations say that the summary has the commands. A log says only where to see them. */
    @Test
    void aPassingCheckThatWarnsHasItsPlanInTheSummary() throws IOException {
        String command = "chainloop org api-token create --name ci-2 ";
        run("@API exp=now+23d@", "check -o github --warn-remaining 30d");
        assertTrue(read("summary").contains(command), read("summary"));
        String log = TestWorld.of("variable: @API exp=now+23d@", "env: COLUMNS=80", "$ check --warn-remaining 30d")
                .run(home)
                .out();
        assertTrue(log.endsWith("\nTo see what to do, run this check at a terminal.\n"), log);
        assertFalse(log.contains(command), log);
    }

    /** A text that is not a token is annotated once. */
    @ParameterizedTest
    @ValueSource(strings = {"", "x"})
    void aCheckWithoutATokenIsAnnotated(String token) throws IOException {
        List<String> titles = titlesIn(run(token, "check -o github").out());
        assertEquals(List.of("::error title=chainloop-token%3A token"), titles);
    }

    /** In a step whose files hold something already. */
    private CliRun.Result run(String token, String line) throws IOException {
        return TestWorld.of(
                        "variable: " + token,
                        "env: FORCE_COLOR=1",
                        "env: COLUMNS=40",
                        "env: GITHUB_OUTPUT=~/output",
                        "env: GITHUB_STEP_SUMMARY=~/summary",
                        "file: output = before=1\\n",
                        "file: summary = # Before\\n",
                        "$ " + line)
                .run(home);
    }

    private String read(String file) throws IOException {
        return Files.readString(home.resolve(file));
    }
}
