package dev.chainloop.token.cli;

import static org.junit.jupiter.api.Assertions.*;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.chainloop.token.advice.Step;
import dev.chainloop.token.ask.Verdict;
import dev.chainloop.token.core.Audience;
import dev.chainloop.token.core.Keyword;
import dev.chainloop.token.diagnosis.Cure;
import dev.chainloop.token.diagnosis.Evidence;
import dev.chainloop.token.diagnosis.Severity;
import dev.chainloop.token.diagnosis.Stage;
import dev.chainloop.token.diagnosis.Status;
import dev.chainloop.token.explain.Cause;
import dev.chainloop.token.source.Place;
import dev.chainloop.token.source.SourceKind;
import dev.chainloop.token.testing.CliRun;
import dev.chainloop.token.testing.Golden;
import dev.chainloop.token.testing.Payload;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The JSON Schema has the program's lists of words; {@code StatesTest} holds each answer to it. */
public final class SchemaTest {
    private static final Path SCHEMA = Path.of("src/site/markdown/schema.json");

    private static final Pattern LIST = Pattern.compile("(?m)^ {4}\"(\\w+)\": \\{\"enum\".*\\}");

    /** The lists of words, by the definitions that hold them. */
    private static final Map<String, List<String>> WORDS = Map.ofEntries(
            Map.entry("status", words(Status.values())),
            Map.entry(
                    "type", Stream.of(Audience.values()).map(Audience::authType).toList()),
            Map.entry("kind", words(Audience.values())),
            Map.entry("severity", words(Severity.values())),
            Map.entry("stage", words(Stage.values())),
            Map.entry("cure", words(Cure.values())),
            Map.entry("place", words(Place.values())),
            Map.entry("where", words(Step.Where.values())),
            Map.entry("sourceKind", words(SourceKind.values())),
            Map.entry(
                    "weight",
                    Stream.of(Cause.Weight.values()).map(Cause.Weight::word).toList()),
            Map.entry("outcome", words(Verdict.Outcome.values())),
            Map.entry("state", words(Evidence.State.values())));

    private static final Map<String, Schema> SCHEMAS = new ConcurrentHashMap<>();

    private static List<String> words(Keyword... constants) {
        return Keyword.words(List.of(constants));
    }

    @Test
    void theListOfMessagesFollowsTheSchema() {
        assertFollows(new CliRun().run("explain", "--list", "-o", "json").out());
    }

    /** Fails if an answer breaks the definition that its keys ask for, or does not end with its line. */
    public static void assertFollows(String text) {
        assertTrue(text.endsWith("\n}\n"), text);
        String definition = text.contains("\"messages\"") ? "list" : "answer";
        Set<String> violations = new TreeSet<>();
        for (Error message :
                SCHEMAS.computeIfAbsent(definition, SchemaTest::read).validate(text, InputFormat.JSON)) {
            violations.add(message.toString());
        }
        assertEquals(Set.of(), violations);
    }

    /** A single one, because a violation of one of several would be reported for all. */
    private static Schema read(String definition) {
        String one = "\"\\$ref\": \"#/\\$defs/" + definition + "\"";
        return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(generated().replaceFirst("(?s)\"anyOf\": \\[.*?\n  ]", one));
    }

    private static String schema() {
        try {
            return Files.readString(SCHEMA);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** The lists of words are the program's own; {@code -Dgolden.update=true} writes them. */
    @Test
    void generatingAgainChangesNothing() throws IOException {
        Golden.check(SCHEMA, generated());
    }

    /** The schema as it should be. */
    public static String generated() {
        return LIST.matcher(schema()).replaceAll(list -> Matcher.quoteReplacement(listOf(list.group(1))));
    }

    private static String listOf(String name) {
        List<String> words = Objects.requireNonNull(WORDS.get(name), name);
        return "    \"" + name + "\": {\"enum\": [\"" + String.join("\", \"", words) + "\"]}";
    }

    @Test
    void everyDefinitionIsUsed() {
        Payload.read(schema())
                .path("$defs")
                .fieldNames()
                .forEachRemaining(name -> assertTrue(schema().contains("#/$defs/" + name + "\""), name));
    }
}
