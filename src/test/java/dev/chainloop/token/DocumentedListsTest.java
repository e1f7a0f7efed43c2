package dev.chainloop.token;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.chainloop.token.core.Audience;
import dev.chainloop.token.diagnosis.Rule;
import dev.chainloop.token.render.JsonKey;
import dev.chainloop.token.testing.CliRun;
import dev.chainloop.token.testing.MarkdownTable;
import dev.chainloop.token.testing.Payload;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The lists in the documents are the program's, row by row and word by word. {@code -Dgolden.update=true} writes them anew.
 */
class DocumentedListsTest {
    private static final Path README = Path.of("README.md");

    private interface Rows {
        List<String> get() throws IOException;
    }

    /** Which document holds which list: a list that moves has its new place here. */
    enum Listed {
        KINDS(README, "| kind | type in Chainloop | audience | identity |", DocumentedListsTest::kinds),
        FINDINGS(README, "| id | severity | when |", DocumentedListsTest::findings),
        MESSAGES(README, "| message | what the server means |", DocumentedListsTest::messages),
        KEYS(README, "| option | which key |", () -> options("verify", "Key")),
        EXPECTATIONS(README, "| option | expectation |", () -> options("check", "Expectations")),
        ACTION_INPUTS(README, "| input | default | |", DocumentedListsTest::actionInputs),
        EXIT_STATUSES(README, "| status | meaning |", DocumentedListsTest::exitStatuses),
        JSON_KEYS(README, "| key | value |", DocumentedListsTest::jsonKeys);

        private final Path document;
        private final String heading;
        private final Rows rows;

        Listed(Path document, String heading, Rows rows) {
            this.document = document;
            this.heading = heading;
            this.rows = rows;
        }
    }

    @ParameterizedTest
    @EnumSource
    void everyRowIsTheProgramsOwn(Listed listed) throws IOException {
        List<String> expected = listed.rows.get();
        assertTrue(expected.size() > 1, expected::toString);
        if (Boolean.getBoolean("golden.update")) {
            MarkdownTable.in(listed.document, listed.heading).replace(expected);
        }
        List<String> differences =
                MarkdownTable.in(listed.document, listed.heading).differences(expected);
        assertEquals(List.of(), differences, () -> String.join("\n", differences));
    }

    private static List<String> kinds() {
        List<String> rows = new ArrayList<>();
        for (Audience audience : Audience.values()) {
            rows.add(MarkdownTable.row(
                    code(audience.word()),
                    code(audience.authType()),
                    code(audience.value()),
                    code(audience.identityClaim())));
        }
        return rows;
    }

    private static List<String> findings() {
        List<String> rows = new ArrayList<>();
        for (Rule rule : Rule.values()) {
            rows.add(MarkdownTable.row(code(rule.id()), rule.severity().word(), rule.meaning()));
        }
        return rows;
    }

    private static List<String> messages() {
        List<String> rows = new ArrayList<>();
        String list = new CliRun().run("explain", "--list", "-o", "json").out();
        for (JsonNode message : Payload.read(list).get("messages")) {
            List<String> texts = new ArrayList<>();
            message.get("texts").forEach(text -> texts.add(code(text.asText())));
            rows.add(MarkdownTable.row(
                    String.join(", ", texts), message.get("meaning").asText()));
        }
        return rows;
    }

    private static List<String> jsonKeys() {
        List<String> rows = new ArrayList<>();
        for (JsonKey key : JsonKey.values()) {
            rows.add(MarkdownTable.row(code(key.word()), key.meaning()));
        }
        return rows;
    }

    private static List<String> exitStatuses() {
        List<String> rows = new ArrayList<>();
        helpSection("inspect", "Exit status", new CliRun().run("--help").out())
                .forEach((status, meaning) -> rows.add(MarkdownTable.row(status, meaning)));
        return rows;
    }

    /** The options below a heading of a command's help. */
    private static List<String> options(String command, String heading) {
        List<String> rows = new ArrayList<>();
        String help = new CliRun().env("COLUMNS", "120").run(command, "--help").out();
        helpSection(command, heading, help).forEach((option, text) -> rows.add(MarkdownTable.row(code(option), text)));
        return rows;
    }

    private static Map<String, String> helpSection(String command, String heading, String help) {
        Matcher section =
                Pattern.compile("(?ms)^" + heading + ":\n(.*?)(?:^\\s*$|\\z)").matcher(help);
        assertTrue(section.find(), "the help of " + command + " has no part " + heading);
        Map<String, String> rows = new LinkedHashMap<>();
        String name = "";
        for (String line : section.group(1).lines().toList()) {
            Matcher start = Pattern.compile(" {2,6}(\\S.*?)(?: {2,}(.*))?").matcher(line);
            if (start.matches()) {
                name = start.group(1);
                rows.put(name, start.group(2) == null ? "" : start.group(2));
            } else {
                rows.merge(name, line.strip(), (before, more) -> (before + " " + more).strip());
            }
        }
        return rows;
    }

    private static List<String> actionInputs() throws IOException {
        List<String> rows = new ArrayList<>();
        JsonNode action = new YAMLMapper()
                .readTree(Path.of(".github/actions/check-token/action.yml").toFile());
        for (Map.Entry<String, JsonNode> input : action.get("inputs").properties()) {
            String value = input.getValue().get("default").asText();
            rows.add(MarkdownTable.row(
                    code(input.getKey()),
                    value.isEmpty() ? "empty" : code(value),
                    input.getValue().get("description").asText().strip()));
        }
        return rows;
    }

    private static String code(String text) {
        return "`" + text + "`";
    }

    /** What the table of the JSON keys is made of is what the schemas promise. */
    @Test
    void jsonKeysAreTheSchemasKeys() {
        Set<String> promised = new LinkedHashSet<>();
        for (String schema : List.of("inspect", "verify", "check", "ask")) {
            JsonNode properties =
                    Payload.read(new CliRun().run("schema", schema).out()).get("properties");
            properties.fieldNames().forEachRemaining(promised::add);
        }
        List<String> words = new ArrayList<>();
        for (JsonKey key : JsonKey.values()) {
            words.add(key.word());
        }
        assertEquals(List.copyOf(promised), words);
    }

    /** Whoever copies a message of the CLI from there is helped by the command beside it. */
    @Test
    void messagesOfTheCliAreExplainedByTheCommandBesideThem() throws IOException {
        for (String row :
                MarkdownTable.in(README, "| the Chainloop CLI says | run |").rows()) {
            List<String> cells = MarkdownTable.cells(row);
            String message = cells.get(0).replace("`", "");
            String command = cells.get(1).replace("`", "");
            if (message.equals("anything else")) {
                continue;
            }
            assertEquals(0, new CliRun().run("explain", message).status(), message);
            assertTrue(
                    List.of("chainloop-token", "chainloop-token sources", "chainloop-token explain \"" + message + "\"")
                            .contains(command),
                    row);
        }
    }
}
