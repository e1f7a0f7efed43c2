package dev.chainloop.token;

import static dev.chainloop.token.testing.Markdown.row;
import static org.junit.jupiter.api.Assertions.*;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.chainloop.token.cli.SchemaTest;
import dev.chainloop.token.core.Audience;
import dev.chainloop.token.core.Keyword;
import dev.chainloop.token.diagnosis.Rule;
import dev.chainloop.token.diagnosis.Severity;
import dev.chainloop.token.explain.KnownMessage;
import dev.chainloop.token.testing.CliRun;
import dev.chainloop.token.testing.Golden;
import dev.chainloop.token.testing.Markdown;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The lists in the documents are the program's own: to generate them again changes nothing. {@code -Dgolden.update=true}
 * does so.
 */
class DocumentedListsTest {
    private static final Path README = Path.of("README.md");
    private static final Path ACTION = Path.of(".github/actions/check-token");
    private static final Path SITE = Path.of("src/site/markdown");

    private interface Rows {
        List<String> get() throws IOException;
    }

    /** Which document holds which list; a list that moves gets its new place here. */
    enum Listed {
        KINDS(
                SITE.resolve("topics.md"),
                "| kind | type in Chainloop | audience | identity |",
                DocumentedListsTest::kinds),
        FINDINGS(SITE.resolve("reference.md"), "| finding | severity | when |", DocumentedListsTest::findings),
        MESSAGES(SITE.resolve("reference.md"), "| message | its texts | meaning |", DocumentedListsTest::messages),
        KEYS(SITE.resolve("reference.md"), "| key | type | value |", DocumentedListsTest::keys),
        ACTION_INPUTS(ACTION.resolve("README.md"), "| input | default | |", DocumentedListsTest::actionInputs),
        ACTION_OUTPUTS(ACTION.resolve("README.md"), "| output | value |", DocumentedListsTest::actionOutputs);
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
    void generatingAgainChangesNothing(Listed listed) throws IOException {
        List<String> rows = listed.rows.get();
        assertTrue(rows.size() > 1, rows::toString);
        Golden.check(listed.document, Markdown.with(listed.document, listed.heading, rows));
    }

    private static List<String> kinds() {
        return rows(
                List.of(Audience.values()),
                kind -> row(code(kind.word()), code(kind.authType()), code(kind.value()), code(kind.identityClaim())));
    }

    /** The document alone says when there is a finding. */
    private static List<String> findings() throws IOException {
        Map<String, String> when = new HashMap<>();
        for (String line : Files.readAllLines(SITE.resolve("reference.md"))) {
            String[] cells = line.split(" [|] ", -1);
            if (cells.length == 3
                    && Keyword.find(List.of(Severity.values()), cells[1]).isPresent()) {
                when.put(cells[0].replace("| ", ""), cells[2].replace(" |", ""));
            }
        }
        return rows(List.of(Rule.values()), rule -> {
            String id = code(rule.word());
            assertTrue(when.containsKey(id), () -> "reference.md does not say when there is " + id);
            return row(id, rule.severity.word(), when.get(id));
        });
    }

    private static List<String> messages() {
        return rows(
                List.of(KnownMessage.values()),
                message -> row(code(message.word()), code(String.join("`<br>`", message.texts)), message.meaning));
    }

    private static List<String> keys() throws IOException {
        // Not the file, which another test may be writing.
        JsonNode definitions =
                new ObjectMapper().readTree(SchemaTest.generated()).get("$defs");
        List<String> rows = new ArrayList<>();
        keys("", definitions.get("answer"), definitions, new HashMap<>(), rows);
        return rows;
    }

    /** The keys of a nested object as in {@code a.b}, of a list's members as in {@code a[].b}; a recurring object only the first time. */
    private static void keys(
            String path, JsonNode object, JsonNode definitions, Map<String, String> listed, List<String> rows) {
        for (Map.Entry<String, JsonNode> entry : object.path("properties").properties()) {
            String key = path + entry.getKey();
            JsonNode described = entry.getValue();
            boolean nullable = described.has("anyOf");
            JsonNode value = nullable ? described.get("anyOf").get(0) : described;
            String name = (value.has("items") ? value.get("items") : value)
                    .path("$ref")
                    .asText();
            JsonNode named = name.isEmpty() ? value : definitions.get(name.replace("#/$defs/", ""));
            String first = name.isEmpty() ? key : listed.computeIfAbsent(name, any -> key);
            String type = value.has("type")
                    ? words(value.get("type"))
                    : words(named.path(named.has("enum") ? "enum" : "type"));
            String like = (value.has("type") ? type + ", " : "") + "as " + code(first);
            rows.add(row(
                    code(key),
                    (first.equals(key) ? type : like) + (nullable ? ", null" : ""),
                    described.get("description").asText()));
            if (first.equals(key)) {
                keys(key + (value.has("items") ? "[]." : "."), named, definitions, listed, rows);
            }
        }
    }

    private static String words(JsonNode types) {
        return types.isArray() ? String.join(", ", rows(types, JsonNode::asText)) : types.asText();
    }

    private static <T> List<String> rows(Iterable<T> all, Function<T, String> row) {
        List<String> rows = new ArrayList<>();
        all.forEach(one -> rows.add(row.apply(one)));
        return rows;
    }

    private static List<String> actionInputs() throws IOException {
        return rows(action("inputs"), input -> {
            String value = input.getValue().get("default").asText();
            return row(code(input.getKey()), value.isEmpty() ? "empty" : code(value), description(input));
        });
    }

    private static List<String> actionOutputs() throws IOException {
        return rows(action("outputs"), output -> row(code(output.getKey()), description(output)));
    }

    private static Set<Map.Entry<String, JsonNode>> action(String part) throws IOException {
        return new YAMLMapper()
                .readTree(ACTION.resolve("action.yml").toFile())
                .get(part)
                .properties();
    }

    private static String description(Map.Entry<String, JsonNode> described) {
        return described.getValue().get("description").asText().strip();
    }

    private static String code(String text) {
        return "`" + text + "`";
    }

    /** The command beside each message explains that message. */
    @Test
    void messagesOfTheCliAreExplainedByTheCommandBesideThem() throws IOException {
        for (List<String> cells : Markdown.rows(
                Path.of("src/site/markdown/reference.md"), "| the Chainloop CLI says | often because | run |")) {
            String message = cells.get(0).replace("`", "");
            String command = cells.get(2).replace("`", "");
            if (message.equals("anything else")) {
                continue;
            }
            assertEquals(0, new CliRun().run("explain", message).status(), message);
            assertTrue(
                    List.of(
                                    "chainloop-token",
                                    "chainloop-token ask",
                                    "chainloop-token sources",
                                    "chainloop-token explain \"" + message + "\"")
                            .contains(command),
                    cells::toString);
        }
    }
}
