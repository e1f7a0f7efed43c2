package dev.chainloop.token.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import dev.chainloop.token.core.Keyword;
import dev.chainloop.token.render.JsonSchema;
import dev.chainloop.token.testing.GoldenCase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Compares the JSON Schemas with every JSON transcript, and with what they promised before. */
final class SchemaTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path home;

    /** A transcript's answer in JSON, and the schema that it must follow. */
    record Answer(GoldenCase golden, JsonSchema schema) {}

    static List<Answer> answers() throws IOException {
        List<Answer> answers = new ArrayList<>();
        for (GoldenCase golden : GoldenCase.all()) {
            List<String> args = golden.arguments(Path.of("/home"));
            Subcommand subcommand =
                    Invocation.of(args.toArray(new String[0])).named().orElse(Subcommand.INSPECT);
            // A field can itself be an object, and masked text can be anything.
            if (golden.stdout().startsWith("{")
                    && subcommand != Subcommand.SCHEMA
                    && (subcommand != Subcommand.MASK || args.contains("--report"))
                    && !args.contains("--field")) {
                answers.add(new Answer(
                        golden,
                        Keyword.find(List.of(JsonSchema.values()), subcommand.word())
                                .orElseThrow()));
            }
        }
        return answers;
    }

    @ParameterizedTest
    @MethodSource("answers")
    void everyTranscriptFollowsItsSchema(Answer answer) throws IOException {
        List<String> args = answer.golden().arguments(home);
        boolean many = args.contains("--lines") || args.contains("--report");
        List<String> texts = many
                ? answer.golden().stdout().lines().toList()
                : List.of(answer.golden().stdout());
        for (String text : texts) {
            assertEquals(Set.of(), violations(answer.schema(), text));
        }
    }

    @Test
    void everySchemaHasTranscripts() throws IOException {
        Set<JsonSchema> schemas = EnumSet.noneOf(JsonSchema.class);
        answers().forEach(answer -> schemas.add(answer.schema()));

        assertEquals(EnumSet.allOf(JsonSchema.class), schemas);
    }

    @ParameterizedTest
    @CsvSource({
        "a key that is not known, '\"expired\":false,', '\"expired\":false,\"other\":1,'",
        "a key that is missing, '\"expired\":false,', ''",
        "a value of another type, '\"expired\":false', '\"expired\":\"no\"'",
        "a word that is not known, '\"kind\":\"user\"', '\"kind\":\"robot\"'",
    })
    void schemaRefuses(String what, String from, String to) throws IOException {
        GoldenCase golden = GoldenCase.named("user-in-config-json");
        String right = JSON.readTree(golden.stdout()).toString();
        String wrong = right.replace(from, to);

        assertTrue(!wrong.equals(right), right);
        assertEquals(1, violations(JsonSchema.INSPECT, wrong).size(), what);
    }

    /** For tests whose answers are in no transcript. */
    static void assertFollows(String command, String text) {
        assertEquals(
                Set.of(),
                violations(Keyword.find(List.of(JsonSchema.values()), command).orElseThrow(), text));
    }

    private static Set<String> violations(JsonSchema schema, String text) {
        Set<String> violations = new TreeSet<>();
        for (ValidationMessage message : JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                .getSchema(schema.text())
                .validate(text, InputFormat.JSON)) {
            violations.add(message.toString());
        }
        return violations;
    }

    /**
     * What each schema promises is kept by version, one line per promise. A version may gain promises ({@code
     * -Dgolden.update=true} adds them), but never lose one.
     */
    @ParameterizedTest
    @EnumSource
    void promisesAreKeptWithinAVersion(JsonSchema schema) throws IOException {
        JsonNode now = JSON.readTree(schema.text());
        String version = now.get("$id").textValue().replaceFirst("urn:chainloop-token:", "");
        Path file = Path.of("src/test/resources/schemas", version.replace(':', '-') + ".txt");
        List<String> promises = new ArrayList<>();
        collect("", now, promises);
        promises.sort(Comparator.naturalOrder());

        List<String> before = Files.exists(file) ? Files.readAllLines(file) : List.of();
        assertEquals(
                List.of(),
                before.stream().filter(line -> !promises.contains(line)).toList(),
                "a promise is taken back: raise JsonReport.SCHEMA_VERSION");
        if (Boolean.getBoolean("golden.update")) {
            Files.createDirectories(file.getParent());
            Files.write(file, promises);
        } else {
            assertEquals(before, promises);
        }
    }

    private static void collect(String path, JsonNode node, List<String> promises) {
        if (node.isObject()) {
            for (Map.Entry<String, JsonNode> entry : node.properties()) {
                collect(path + "/" + entry.getKey(), entry.getValue(), promises);
            }
        } else if (path.endsWith("/type")) {
            promises.add(path + " " + node);
        } else if (node.isArray()) {
            for (int i = 0; i < node.size(); i++) {
                collect(path + (node.get(i).isObject() ? "/" + i : ""), node.get(i), promises);
            }
        } else {
            promises.add(path + " " + node);
        }
    }
}
