package dev.chainloop.token;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.chainloop.token.core.Keyword;
import dev.chainloop.token.diagnosis.Cure;
import dev.chainloop.token.diagnosis.Rule;
import dev.chainloop.token.testing.CliRun;
import dev.chainloop.token.testing.Golden;
import dev.chainloop.token.testing.Payload;
import dev.chainloop.token.testing.TestWorld;
import dev.chainloop.token.testing.TokenMint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Each sentence in the answers of the states, once, after the ID of the finding, cure or message that says it: {@code
 * src/test/states/sentences.txt}. The codes tell where it is said, and beside what.
 */
class SentencesTest {
    private static final Path SENTENCES = Path.of("src/test/states/sentences.txt");

    private final Set<String> said = new TreeSet<>();

    @TempDir
    Path home;

    @Test
    void eachIsSaidAsWritten() throws Exception {
        assertTrue(home.toFile().setExecutable(true, false));
        for (TestWorld row : StatesTest.rows()) {
            // What one row leaves in its home is not in the home of another.
            listen(row.run(Files.createTempDirectory(home, ""), "-o", "json"));
        }
        String list = new CliRun().run("explain", "--list", "-o", "json").out();
        for (JsonNode message : Payload.read(list).path("messages")) {
            String text = message.at("/texts/0").asText();
            for (String token : List.of("API", "USER", "FEDERATED header={\"alg\":\"RS256\"}")) {
                listen(new CliRun()
                        .env("CI", "true")
                        .env("CHAINLOOP_TOKEN", TokenMint.described(token))
                        .run("explain", "-o", "json", text));
            }
        }
        for (Golden golden : Golden.chosen()) {
            listen(golden.world().run(Golden.homeIn(Files.createTempDirectory(home, "")), "-o", "json"));
        }
        Golden.check(SENTENCES, String.join("\n", said) + "\n");
    }

    private void listen(CliRun.Result result) {
        if (!result.out().startsWith("{")) {
            return;
        }
        JsonNode answer =
                Payload.read(result.out().replaceAll(Pattern.quote(home.toString()) + "(/[0-9]+(/h+)?)?", "~"));
        JsonNode message = answer.path("message");
        if (message.isObject()) {
            said.add("message " + message.path("id").asText() + ": "
                    + message.path("meaning").asText());
        }
        answer.path("findings").forEach(one -> say("finding", one, "id", "message"));
        Set<String> findings = new TreeSet<>();
        answer.path("findings").forEach(one -> findings.add(one.path("message").asText()));
        answer.path("causes").forEach(one -> {
            if (!findings.contains(one.path("message").asText())) {
                say("cause", one, "weight", "message");
            }
        });
        answer.at("/plan/steps").forEach(one -> say("cure", one, "cure", "text"));
    }

    private void say(String what, JsonNode node, String id, String text) {
        said.add(what + " " + node.path(id).asText() + ": " + node.path(text).asText());
    }

    /** A list says what no other does. */
    @Test
    void noLineStandsInTwoLists() throws IOException {
        Set<String> lines = new HashSet<>();
        for (String list : List.of("messages", "misuse", "sentences", "states")) {
            List<String> own = Files.readAllLines(SENTENCES.resolveSibling(list + ".txt"));
            for (String line : new HashSet<>(own)) {
                assertTrue(line.isEmpty() || lines.add(line), list + ".txt has a line of another list: " + line);
            }
        }
    }

    /** Sentences that were said once, but were untrue or unclear. */
    @Test
    void noRetiredSentenceIsSaidAgain() throws IOException {
        String sentences = Files.readString(SENTENCES)
                + Files.readString(Path.of("src/site/markdown/reference.md"))
                + Files.readString(Path.of("src/site/markdown/topics.md"));
        for (String sentence : List.of(
                "only with `secrets: inherit`",
                "a truncated token",
                ", and is for \"",
                "See that",
                "see that the",
                "No token is stored here",
                "of the job's context (",
                "perhaps before a job",
                "wins over your login",
                "for a plan in the words of",
                "Run this in the job that failed")) {
            assertFalse(sentences.contains(sentence), sentence);
        }
    }

    @Test
    void everyFindingAndCureHasOne() throws IOException {
        String sentences = "\n" + Files.readString(SENTENCES);
        List<String> without = new ArrayList<>();
        Keyword.words(List.of(Rule.values())).forEach(finding -> without.add("finding " + finding + ": "));
        Keyword.words(List.of(Cure.values())).forEach(cure -> without.add("cure " + cure + ": "));
        // Of a file that only some can read; and an aside, which no first cure is.
        without.removeAll(List.of("cure own-config: ", "cure set-variable: "));
        without.removeIf(start -> sentences.contains("\n" + start));
        assertEquals(
                List.of(),
                without,
                SENTENCES + " has no sentence of these: write a state or a transcript that shows one, and update");
    }
}
