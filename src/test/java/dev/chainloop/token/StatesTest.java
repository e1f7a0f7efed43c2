package dev.chainloop.token;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import com.fasterxml.jackson.databind.JsonNode;
import dev.chainloop.token.cli.SchemaTest;
import dev.chainloop.token.explain.KnownMessage;
import dev.chainloop.token.explain.Layer;
import dev.chainloop.token.testing.CliRun;
import dev.chainloop.token.testing.GoldenCase;
import dev.chainloop.token.testing.Payload;
import dev.chainloop.token.testing.TokenMint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What the tool answers in each state that it is for, in codes: {@code src/test/states/states.txt}, which says at its head how
 * a row is read. No switch updates the table: a failure prints the codes as they stand there and as they are, in the table's
 * own form, and a person decides.
 */
class StatesTest {
    private static final Path TABLE = Path.of("src/test/states/states.txt");
    private static final Pattern TOKEN = Pattern.compile("@([A-Z][^@]*)@");
    private static final String BASE64 = "BASE64 ";

    @TempDir
    Path folder;

    static Stream<Row> rows() throws IOException {
        Map<String, List<String>> places = new HashMap<>();
        List<Row> rows = new ArrayList<>();
        for (String block : Files.readString(TABLE).split("\n\n+(?=#)")) {
            List<String> lines = block.lines().filter(line -> !line.isEmpty()).toList();
            String title = lines.get(0).replaceFirst("#+ ?", "");
            if (lines.get(0).startsWith("## ")) {
                places.put(title, lines.subList(1, lines.size()));
            } else if (lines.get(0).startsWith("# ")) {
                rows.add(Row.of(title, lines.subList(1, lines.size()), places));
            }
        }
        return rows.stream();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rows")
    void isAnswered(Row row) throws IOException {
        CliRun.Result result = row.run(folder, run -> List.of("-o", "json"));
        if (result.out().startsWith("{")) {
            SchemaTest.assertFollows(result.out());
        }
        List<String> codes = codes(result, folder);
        if (!codes.equals(row.codes())) {
            fail(difference(row, codes));
        }
    }

    /** The first screen of a terminal of 24 rows and 80 columns, less the command and the prompt. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("rows")
    void fitsAScreen(Row row) throws IOException {
        CliRun.Result result = row.run(folder, run -> {
            run.terminal().env("NO_COLOR", "1");
            return List.of();
        });
        int lines = 0;
        for (String line : (result.err() + result.out()).split("\n")) {
            lines += Math.max(1, (line.length() + 79) / 80);
        }
        assertTrue(lines <= 20 || row.isTopic(), lines + " lines:\n" + result.err() + result.out());
    }

    /** What inspect calls an error, explain does not rule out, whatever the server said of who sent it. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("rows")
    void explainContradictsNoError(Row row) throws IOException {
        if (!row.codes().get(0).contains("error:") || row.codes().get(0).endsWith(" error:no-token")) {
            return;
        }
        for (KnownMessage message : KnownMessage.values()) {
            if (message.layer() != Layer.AUTHENTICATION) {
                continue;
            }
            List<String> world = new ArrayList<>(row.world());
            world.removeIf(line -> line.startsWith("$ ") || line.startsWith("log:") || line.startsWith("stdin:"));
            world.add("$ explain '" + message.texts().get(0).replace("'", "") + "'");
            JsonNode answer = Payload.read(new Row(row.title(), world, List.of())
                    .run(folder, run -> List.of("-o", "json"))
                    .out());
            boolean wrong = false;
            for (JsonNode finding : answer.path("findings")) {
                wrong |= finding.path("severity").asText().equals("error")
                        && !finding.path("id").asText().equals("no-token");
            }
            for (JsonNode cause : answer.path("causes")) {
                boolean ruledOut = cause.path("weight").asText().equals("ruled out")
                        && cause.path("message").asText().startsWith("the token here");
                assertFalse(wrong && ruledOut, message + ": " + cause);
            }
        }
    }

    @Test
    void noRowIsThereTwice() throws IOException {
        Set<String> titles = new HashSet<>();
        rows().forEach(row -> assertTrue(titles.add(row.title()), row::title));
    }

    /** What is said of a run, however the document is laid out: nothing else reads it. */
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
                    case "not visible here", "not visible" -> weights.add("not-visible");
                    case "ruled out" -> weights.add("ruled-out");
                    default -> {} // What is behind it is not frozen.
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

    private static String difference(Row row, List<String> codes) {
        StringBuilder text = new StringBuilder(row.title()).append('\n');
        row.codes().stream()
                .filter(line -> !codes.contains(line))
                .forEach(line -> text.append("  old ").append(line).append('\n'));
        codes.stream()
                .filter(line -> !row.codes().contains(line))
                .forEach(line -> text.append("  new ").append(line).append('\n'));
        return text + "the whole answer:\n" + String.join("\n", codes) + "\n";
    }

    /**
     * A row of the table.
     *
     * @param world the lines of the world, those of its place first
     */
    record Row(String title, List<String> world, List<String> codes) {
        static Row of(String title, List<String> lines, Map<String, List<String>> places) {
            Row row = new Row(title, new ArrayList<>(), new ArrayList<>());
            for (String line : lines) {
                if (line.startsWith("in: ")) {
                    row.world.addAll(places.get(line.substring(4)));
                } else if (line.matches("[=>|] .*|says .*|fails .*")) {
                    row.codes.add(line);
                } else {
                    row.world.add(line);
                }
            }
            return row;
        }

        /** A topic is read with a pager. */
        boolean isTopic() {
            return world.stream().anyMatch(line -> line.startsWith("$ help"));
        }

        /**
         * Runs the command in that world, where everything but it is as at a person's terminal on Linux.
         *
         * @param form changes where the answer goes, and says which arguments it takes more
         */
        CliRun.Result run(Path home, Function<CliRun, List<String>> form) throws IOException {
            CliRun run = CliRun.withHome(home);
            List<String> arguments = new ArrayList<>();
            List<String> machine = new ArrayList<>();
            StringBuilder config = new StringBuilder();
            StringBuilder log = new StringBuilder();
            Map<String, String> files = new HashMap<>();
            int age = 3600;
            String mode = "600";
            for (String line : world) {
                String[] part = line.split(":? |:$", 2);
                String text = expanded(part[1], home);
                switch (part[0]) {
                    case "$" -> arguments.addAll(GoldenCase.words(text, home));
                    case "env" -> run.env(text.substring(0, text.indexOf('=')), text.substring(text.indexOf('=') + 1));
                    case "variable" -> run.env("CHAINLOOP_TOKEN", text);
                    case "config" -> config.append(text).append('\n');
                    case "login" ->
                        config.append("[auth]\ntoken = '").append(text).append("'\n");
                    case "machine" -> machine.add(text);
                    case "platform" -> run.onMac();
                    case "stdin" -> run.stdin(text);
                    case "log" -> log.append(text).append('\n');
                    case "age" -> age = Integer.parseInt(text);
                    case "mode" -> mode = text;
                    case "file" -> files.put(text.split(" = ", 2)[0], text.split(" = ", 2)[1]);
                    default -> throw new IllegalArgumentException(title + " has " + line);
                }
            }
            if (config.length() > 0) {
                files.put(".config/chainloop/config.toml", config.toString().replaceFirst("^empty\n$", ""));
            }
            for (Map.Entry<String, String> file : files.entrySet()) {
                GoldenCase.write(home, file.getKey(), file.getValue(), age, mode);
            }
            if (log.length() > 0) {
                arguments.add(0, "explain");
                run.stdin(log.toString());
            }
            if (!arguments.contains("help")) {
                arguments.addAll(form.apply(run));
            }
            return run.machine(String.join("\n", machine)).run(arguments);
        }

        private static String expanded(String text, Path home) {
            return TOKEN.matcher(text.replace("~/", home + "/"))
                    .replaceAll(token -> Matcher.quoteReplacement(token(token.group(1))))
                    .replace("\\n", "\n")
                    .replace("\\r", "\r")
                    .replace("\\s", " ");
        }

        private static String token(String description) {
            return description.startsWith(BASE64)
                    ? Base64.getEncoder()
                            .encodeToString(token(description.substring(BASE64.length()))
                                    .getBytes(UTF_8))
                    : TokenMint.described(description);
        }

        @Override
        public String toString() {
            return title;
        }
    }
}
