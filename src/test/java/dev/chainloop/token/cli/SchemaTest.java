package dev.chainloop.token.cli;

import static org.junit.jupiter.api.Assertions.*;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.chainloop.token.advice.Step;
import dev.chainloop.token.ask.Verdict;
import dev.chainloop.token.core.Audience;
import dev.chainloop.token.core.Keyword;
import dev.chainloop.token.diagnosis.Cure;
import dev.chainloop.token.diagnosis.Severity;
import dev.chainloop.token.diagnosis.Status;
import dev.chainloop.token.diagnosis.Survey;
import dev.chainloop.token.explain.Cause;
import dev.chainloop.token.source.Place;
import dev.chainloop.token.source.SourceKind;
import dev.chainloop.token.testing.CliRun;
import dev.chainloop.token.testing.Golden;
import dev.chainloop.token.testing.GoldenCase;
import dev.chainloop.token.verification.Algorithm;
import dev.chainloop.token.verification.VerificationKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The JSON Schemas agree with every JSON transcript, with the program's lists of words, and with each other. */
final class SchemaTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** One definition, on one line or several. */
    private static final Path DEFINITIONS =
            Path.of("src/main/resources/dev/chainloop/token/cli/schema/definitions.json");

    private static final Pattern LIST = Pattern.compile("(?m)^ {4}\"(\\w+)\": \\{\"enum\".*\\}");

    /** The lists of words, by the definitions that hold them. */
    private static final Map<String, List<String>> WORDS = Map.ofEntries(
            Map.entry("status", words(Status.values())),
            Map.entry(
                    "type", Stream.of(Audience.values()).map(Audience::authType).toList()),
            Map.entry("kind", words(Audience.values())),
            Map.entry("severity", words(Severity.values())),
            Map.entry("cure", words(Cure.values())),
            Map.entry("place", words(Place.values())),
            Map.entry("where", words(Step.Where.values())),
            Map.entry("sourceKind", words(SourceKind.values())),
            Map.entry("keyKind", words(VerificationKey.Kind.values())),
            Map.entry("algorithm", words(Algorithm.values())),
            Map.entry(
                    "weight",
                    Stream.of(Cause.Weight.values()).map(Cause.Weight::words).toList()),
            Map.entry("outcome", words(Verdict.Outcome.values())),
            Map.entry("state", words(Survey.State.values())),
            Map.entry(
                    "leakKind",
                    Stream.concat(words(Audience.values()).stream(), Stream.of("jwt", "jws", "jwe"))
                            .toList()));

    private static List<String> words(Keyword... constants) {
        return Keyword.words(List.of(constants));
    }

    @TempDir
    Path home;

    /** A transcript's answer in JSON, and the schema that it must follow. */
    record Answer(GoldenCase golden, Subcommand schema) {}

    static List<Answer> answers() throws IOException {
        List<Answer> answers = new ArrayList<>();
        for (GoldenCase golden : GoldenCase.all()) {
            List<String> args = golden.arguments(Path.of("/home"));
            Subcommand subcommand = commandOf(golden);
            // A field can itself be an object, and masked text can be anything.
            if (golden.stdout().startsWith("{")
                    && subcommand != Subcommand.SCHEMA
                    && (subcommand != Subcommand.MASK || args.contains("--report"))
                    && !args.contains("--field")) {
                answers.add(new Answer(golden, subcommand));
            }
        }
        return answers;
    }

    private static Subcommand commandOf(GoldenCase golden) {
        String[] args = golden.arguments(Path.of("/home")).toArray(new String[0]);
        return Invocation.of(args).named.orElse(Subcommand.INSPECT);
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
        Set<Subcommand> schemas = EnumSet.noneOf(Subcommand.class);
        answers().forEach(answer -> schemas.add(answer.schema()));
        assertEquals(EnumSet.copyOf(WordCommand.DESCRIBED), schemas);
    }

    @ParameterizedTest
    @CsvSource({
        "a key that is not known, '\"expired\":false,', '\"expired\":false,\"other\":1,', 'other'",
        "a key that is missing, '\"expired\":false,', '', 'property ''expired'' not found'",
        "a value of another type, '\"expired\":false', '\"expired\":\"no\"', '/expired: string found'",
        "a word that is not known, '\"kind\":\"user\"', '\"kind\":\"robot\"', '/kind: does not have a value in'",
    })
    void schemaRefuses(String what, String from, String to, String told) throws IOException {
        GoldenCase golden = GoldenCase.named("user-in-config-json");
        String right = JSON.readTree(golden.stdout()).toString();
        String wrong = right.replace(from, to);
        assertTrue(!wrong.equals(right), right);
        Set<String> violations = violations(Subcommand.INSPECT, wrong);
        assertTrue(violations.stream().anyMatch(one -> one.contains(told)), () -> what + ": " + violations);
    }

    @Test
    void theListOfMessagesFollowsItsSchema() {
        assertFollows(
                "explain", new CliRun().run("explain", "--list", "-o", "json").out());
    }

    static void assertFollows(GoldenCase golden, String text) {
        assertFollows(commandOf(golden).word(), text);
    }

    /** For tests whose answers are in no transcript. */
    static void assertFollows(String command, String text) {
        assertEquals(Set.of(), violations(Subcommand.ofWord(command).orElseThrow(), text));
    }

    private static Set<String> violations(Subcommand schema, String text) {
        Set<String> violations = new TreeSet<>();
        for (Error message : SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(textOf(schema))
                .validate(text, InputFormat.JSON)) {
            violations.add(message.toString());
        }
        return violations;
    }

    /** The lists of words are the program's own; {@code -Dgolden.update=true} writes them. */
    @Test
    void generatingAgainChangesNothing() throws IOException {
        String lists = LIST.matcher(Files.readString(DEFINITIONS))
                .replaceAll(list -> Matcher.quoteReplacement(listOf(list.group(1))));
        Golden.check(DEFINITIONS, lists);
    }

    private static String listOf(String name) {
        List<String> words = Objects.requireNonNull(WORDS.get(name), name);
        return "    \"" + name + "\": {\"enum\": [\"" + String.join("\", \"", words) + "\"]}";
    }

    /** Each definition stands in a schema, and each schema has those that it needs. */
    @Test
    void everyDefinitionIsUsed() throws IOException {
        Set<String> used = new TreeSet<>();
        for (Subcommand command : WordCommand.DESCRIBED) {
            JSON.readTree(textOf(command)).path("$defs").fieldNames().forEachRemaining(used::add);
        }
        Set<String> defined = new TreeSet<>();
        JSON.readTree(Files.readString(DEFINITIONS)).path("$defs").fieldNames().forEachRemaining(defined::add);
        assertEquals(defined, used);
    }

    private static String textOf(Subcommand command) {
        return new CliRun().run("schema", command.word()).out();
    }
}
