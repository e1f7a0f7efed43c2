package dev.chainloop.token.explain;

import static org.junit.jupiter.api.Assertions.*;

import com.fasterxml.jackson.databind.JsonNode;
import dev.chainloop.token.core.JudgeTest;
import dev.chainloop.token.core.JudgeTest.JudgedToken;
import dev.chainloop.token.diagnosis.Stage;
import dev.chainloop.token.testing.CliRun;
import dev.chainloop.token.testing.Payload;
import dev.chainloop.token.testing.RowNames;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is said about a token agrees with the server's own code: {@code src/test/conformance/server.txt}. */
@ExtendWith(RowNames.class)
class ServerTest {
    private static final Path TABLE = Path.of("src/test/conformance/server.txt");

    /** When the server was asked. */
    private static final String AT = "2026-11-30T21:10:00Z";

    /** The stages at which the server may stop with an answer; if there are several, the token tells which. */
    private static final Map<String, List<Stage>> STAGES = Map.of(
            "invalid", List.of(Stage.FORM),
            "none", List.of(Stage.FORM),
            "parse", List.of(Stage.SIGNATURE, Stage.TYPES),
            "signature", List.of(Stage.SIGNATURE),
            "key", List.of(Stage.SIGNATURE),
            "expired", List.of(Stage.EXPIRY),
            "type", List.of(Stage.TYPES),
            "method", List.of(Stage.ALGORITHM),
            "audience", List.of(Stage.AUDIENCE),
            "down", List.of(Stage.FORM, Stage.SIGNATURE, Stage.TYPES, Stage.ALGORITHM, Stage.AUDIENCE));

    static List<JudgedToken> rows() throws IOException {
        return RowNames.chosen(JudgeTest.read(TABLE));
    }

    /** An error if every call refuses it, a warning if only some do, nothing if none does. */
    @ParameterizedTest
    @MethodSource("rows")
    void aSeverityIsTheServers(JudgedToken row) {
        List<String> refusals = row.answers().subList(0, 2);
        String worst = "none";
        for (JsonNode finding : read(row, "inspect").path("findings")) {
            String severity = finding.path("severity").asText();
            // A fault after the table's last step, or both there and after it, is in no answer.
            boolean judged = finding.path("stage").isTextual() && stage(finding).compareTo(Stage.IDENTITY) < 0;
            boolean only = stage(finding) == Stage.AUDIENCE && refusals.get(0).equals("ok");
            if (judged && !worst.equals("error")) {
                worst = only ? "warning" : severity;
            }
        }
        long refused = refusals.stream().filter(one -> !one.equals("ok")).count();
        String expected = refused == 2 ? "error" : refused == 1 ? "warning" : "none";
        if (!row.section().contains("secret")) {
            assertEquals(expected, worst);
        }
    }

    /** No fault at another stage is certain, a visible fault at the right stage is, the secret is named, and the token is not ruled out. */
    @ParameterizedTest
    @MethodSource("rows")
    void anAnswerIsExplainedByWhatTheServerRefused(JudgedToken row) throws IOException {
        Set<String> answers = new LinkedHashSet<>(row.answers());
        answers.remove("ok");
        for (String answer : answers) {
            JsonNode explained = read(row, "explain", "ERR " + textOf(answer));
            List<Stage> stages = STAGES.get(answer);
            boolean seen = false;
            boolean certain = false;
            boolean secret = false;
            for (JsonNode cause : explained.path("causes")) {
                if (cause.path("weight").asText().equals("certain")) {
                    assertTrue(stages.contains(stage(cause)), () -> answer + ": " + cause);
                    certain = true;
                    seen |= cause.path("finding").isTextual();
                }
                secret |= cause.path("stage").asText().equals("signature");
                assertFalse(cause.path("message").asText().startsWith("the token here"), () -> answer + ": " + cause);
            }
            String causes = answer + ": " + explained.path("causes");
            if (!row.section().contains("secret")) {
                assertTrue(seen, causes);
            } else if (!answer.equals("down")) {
                assertTrue(certain && secret, causes);
            }
        }
    }

    /** As the table's head has it. */
    private static String textOf(String answer) throws IOException {
        return Files.readAllLines(TABLE).stream()
                .filter(line -> line.startsWith("#   " + answer + " "))
                .findFirst()
                .map(line -> line.substring(4 + answer.length()).strip())
                .orElseThrow();
    }

    private static Stage stage(JsonNode node) {
        return Stage.valueOf(node.path("stage").asText("permission").toUpperCase(Locale.ROOT));
    }

    private static JsonNode read(JudgedToken row, String command, String... text) {
        List<String> line = new ArrayList<>(List.of(command, "--at", AT, "-o", "json", "--token", row.text()));
        line.addAll(List.of(text));
        return Payload.read(new CliRun().run(line.toArray(String[]::new)).out());
    }
}
