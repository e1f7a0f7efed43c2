package dev.chainloop.token;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.chainloop.token.cli.SchemaTest;
import dev.chainloop.token.explain.KnownMessage;
import dev.chainloop.token.explain.Layer;
import dev.chainloop.token.testing.CliRun;
import dev.chainloop.token.testing.Payload;
import dev.chainloop.token.testing.RowNames;
import dev.chainloop.token.testing.TestWorld;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What the tool answers in each state that it is for, in codes: {@code src/test/states/states.txt}, which says at its head how
 * a row is read. No switch updates the table: a failure prints the codes as they stand there and as they are, in the table's
 * own form, and a person decides.
 */
@ExtendWith(RowNames.class)
class StatesTest {
    private static final Path TABLE = Path.of("src/test/states/states.txt");

    private static final Pattern PAYLOAD = Pattern.compile("eyJ[\\w-]+\\.(eyJ[\\w-]+)\\.");
    private static final Pattern ID = Pattern.compile("[0-9a-f]{8}-[0-9a-f-]{27}");

    @TempDir
    Path folder;

    static List<TestWorld> rows() throws IOException {
        return TestWorld.rows(TABLE);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rows")
    void isAnswered(TestWorld row) throws IOException {
        CliRun.Result result = row.run(folder, "-o", "json");
        if (result.out().startsWith("{")) {
            SchemaTest.assertFollows(result.out());
        }
        List<String> written = new ArrayList<>(row.answer());
        written.removeIf(line -> line.matches("(words|not): .*"));
        assertEquals(String.join("\n", written), String.join("\n", codes(result, folder)));
    }

    /**
     * The first screen of a terminal of 24 rows and 80 columns, less the command and the prompt; and the words that a row wants or
     * does not want, in text or in JSON.
     */
    @ParameterizedTest(name = "{0}")
    @MethodSource("rows")
    void fitsAScreen(TestWorld row) throws IOException {
        CliRun.Result result = row.in(folder).terminal().env("NO_COLOR", "1").run(row.arguments(folder));
        int lines = 0;
        for (String line : (result.err() + result.out()).split("\n")) {
            lines += Math.max(1, (line.length() + 79) / 80);
        }
        assertTrue(lines <= 20, lines + " lines:\n" + result.err() + result.out());
        boolean typed = row.one("=", "").matches("[0-9] typed .*") && !row.hasLog();
        if (typed && row.one("$", "").matches("|inspect.*|(?!.*(--field|-q))(-|check|verify).*")) {
            for (String asked : List.of("Type", "Audience", "Expires")) {
                assertTrue(result.out().contains("\n  " + asked + "  "), asked + " is not shown:\n" + result.out());
            }
        }
        for (String words : row.all("words")) {
            String all =
                    result.out() + result.err() + row.run(folder, "-o", "json").out();
            assertTrue(all.replaceAll("\\s+", " ").contains(words), all);
        }
        row.all("not").forEach(words -> assertFalse(result.out().contains(words), result::out));
    }

    /** In public, no format has an ID or a path of the world; README says what remains. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("rows")
    void isFitForThePublic(TestWorld row) throws IOException {
        Set<String> secret = new HashSet<>(List.of(folder.toString(), "\ufdd0", "\ufdd1"));
        String held = String.join(" ", row.variables(folder).values())
                + row.all("login").stream()
                        .map(line -> TestWorld.text(line, folder))
                        .collect(Collectors.joining(" "));
        for (Matcher payload = PAYLOAD.matcher(held); payload.find(); ) {
            String claims = new String(Base64.getUrlDecoder().decode(payload.group(1)), StandardCharsets.UTF_8);
            ID.matcher(claims).results().forEach(id -> secret.add(id.group()));
        }
        for (String format : List.of("text", "json", "github", "dotenv")) {
            CliRun.Result result = row.run(folder, "--redact", "-o", format);
            String all = result.out() + result.err();
            secret.forEach(one -> assertFalse(all.contains(one), () -> one + " in " + all));
        }
    }

    /** explain does not rule out what inspect calls an error, whatever the server said about the sender. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("rows")
    void explainContradictsNoError(TestWorld row) throws IOException {
        String head = row.one("=", "");
        if (!head.contains("error:") || head.endsWith(" error:no-token")) {
            return;
        }
        for (KnownMessage message : KnownMessage.values()) {
            if (message.layer != Layer.AUTHENTICATION) {
                continue;
            }
            String text = message.texts.get(0).replace("'", "");
            JsonNode answer = Payload.read(row.asked("explain '" + text + "'")
                    .run(folder, "-o", "json")
                    .out());
            boolean wrong = false;
            for (JsonNode finding : answer.path("findings")) {
                wrong |= finding.path("severity").asText().equals("error")
                        && !finding.path("id").asText().equals("no-token");
            }
            for (JsonNode cause : answer.path("causes")) {
                boolean ruledOut = cause.path("weight").asText().equals("ruled-out")
                        && cause.path("message").asText().startsWith("the token here");
                assertFalse(wrong && ruledOut, message + ": " + cause);
            }
        }
    }

    /** In an explanation, no row takes back what another says, and no sentence promises what the plan does not do. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("rows")
    void whatIsSaidAboveAgreesWithWhatIsSaidBelow(TestWorld row) throws IOException {
        JsonNode answer = !row.hasLog()
                ? Payload.read("{}")
                : Payload.read(row.run(folder, "-o", "json").out());
        Set<String> certain = new HashSet<>();
        Set<String> unknown = new HashSet<>();
        StringBuilder said = new StringBuilder();
        for (JsonNode cause : answer.path("causes")) {
            String weight = cause.path("weight").asText();
            if (weight.equals("certain")) {
                certain.add(cause.path("stage").asText());
            } else if (weight.equals("unknown")) {
                unknown.add(cause.path("stage").asText());
            }
            said.append(cause.path("message").asText()).append('\n');
        }
        unknown.retainAll(certain);
        unknown.remove("null");
        assertEquals(Set.of(), unknown, said::toString);
        boolean one = said.toString().matches("(?s).*(?<!another token |Which token |no token )was sent.*");
        assertFalse(one && said.toString().contains("another token was sent"), said::toString);
        String text = row.run(folder).out();
        boolean renews = text.matches("(?s).*(auth login|api-token create|run the job again|request).*");
        assertTrue(renews || !text.contains("replace it"), text);
    }

    /** Whatever fails a check is said to a person, in a job's only line, to GitHub and in the document. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("rows")
    void aFailedCheckSaysItsReasons(TestWorld row) throws IOException {
        TestWorld check = row.asked("check --fail-on warning --type api-token --min-remaining 20m --require-exp");
        JsonNode answer = Payload.read(check.run(folder, "-o", "json").out());
        List<String> reasons = new ArrayList<>();
        for (JsonNode finding : answer.path("findings")) {
            if (!finding.path("severity").asText().equals("info")) {
                reasons.add(finding.path("message").asText());
            }
        }
        answer.at("/check/failures")
                .forEach(failure -> reasons.add(failure.path("message").asText()));
        // A file that cannot be read has a reason of its own; an expectation about the expiry says that it cannot be
        // read.
        reasons.removeIf(reason -> reason.matches("Its source cannot be read.*|[^,]*: exp is not a number.*"));
        assertEquals(
                answer.at("/check/passed").asBoolean(),
                answer.at("/check/failures").isEmpty());
        CliRun terminal = check.in(folder).terminal().env("NO_COLOR", "1");
        for (CliRun.Result said : List.of(
                terminal.run(check.arguments(folder)), check.run(folder, "-q"), check.run(folder, "-o", "github"))) {
            String all = (said.out() + said.err()).replaceAll("%0A|\\s+", " ").toLowerCase(Locale.ROOT);
            for (String reason : reasons) {
                // A headline joins clauses that begin with "it": what they say is there.
                String clause =
                        reason.replaceAll("(?s)(?<=[^.]{3})\\. .*|\\.$", "").replaceFirst("^Its? (has )?", "");
                assertTrue(all.contains(clause.toLowerCase(Locale.ROOT)), reason + "\nis not in\n" + all);
            }
        }
    }

    /** What is said about a run, however the document is laid out: nothing else reads it. */
    private static List<String> codes(CliRun.Result result, Path home) {
        if (!result.out().startsWith("{")) {
            return List.of("= " + result.status());
        }
        JsonNode answer = Payload.read(result.out().replace(home.toString(), "~"));
        // The table of the sources is not about one token.
        String token = answer.has("sources")
                ? "- -"
                : answer.path("status").asText() + " " + answer.path("kind").asText("-");
        StringBuilder head = new StringBuilder("= " + result.status() + " " + token);
        for (JsonNode finding : answer.path("findings")) {
            head.append(' ')
                    .append(finding.path("severity").asText())
                    .append(':')
                    .append(finding.path("id").asText());
        }
        List<String> codes = new ArrayList<>(List.of(head.toString()));
        if (answer.at("/message/id").isTextual()) {
            Set<String> weights = new TreeSet<>();
            for (JsonNode cause : answer.path("causes")) {
                String weight = cause.path("weight").asText();
                switch (weight) {
                    case "certain", "likely" ->
                        weights.add(weight + cause.path("finding").asText("").replaceFirst("^(?=.)", ":"));
                    case "unknown", "ruled-out" -> weights.add(weight);
                    default -> {} // What is also wrong is not frozen.
                }
            }
            codes.add(("says " + answer.at("/message/id").asText() + " " + String.join(" ", weights)).strip());
        }
        answer.at("/check/failures")
                .forEach(one -> codes.add("fails " + one.path("expectation").asText()));
        JsonNode steps = answer.at("/plan/steps");
        int before = codes.size();
        for (JsonNode step : steps) {
            if (step.path("cure").equals(steps.at("/0/cure"))) {
                step.path("run")
                        .forEach(line -> codes.add("> " + line.asText().replaceAll("(?: \\\\)?\\s*\n\\s*", " ")));
                step.path("put").forEach(line -> codes.add("| " + line.asText()));
            }
            if (step == steps.get(0) && codes.size() == before) {
                codes.add("> in words");
            }
        }
        return codes;
    }
}
