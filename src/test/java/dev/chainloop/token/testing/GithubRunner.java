package dev.chainloop.token.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A job on a GitHub Actions runner that plays a composite action: its steps in order, each in a real shell and with the
 * files that the runner gives it. It refuses what it does not know, so that no action relies on more than this plays.
 */
public final class GithubRunner {
    private static final Pattern EXPRESSION = Pattern.compile("\\$\\{\\{ ([a-z_]+)\\.([a-z0-9_.-]+) }}");

    private final Path folder;
    private final Map<String, String> variables = new TreeMap<>();
    private final Map<String, String> inputs = new TreeMap<>();
    private final Map<String, String> github = new TreeMap<>();
    private final Map<String, Map<String, String>> outputs = new TreeMap<>();

    /**
     * What an action did.
     *
     * @param status of the step that failed, else 0
     * @param outputs of the action, in the order of its file
     * @param raw the log as the steps wrote it
     * @param summary what is shown on the page of the run
     */
    public record Played(int status, Map<String, String> outputs, String raw, String summary) {
        /** The log as people see it: without the commands that add masks, and masked. */
        public String log() {
            List<String> masks = new ArrayList<>();
            StringBuilder log = new StringBuilder();
            for (String line : raw.lines().toList()) {
                if (line.startsWith("::add-mask::")) {
                    masks.add(line.substring("::add-mask::".length()).replace("%25", "%"));
                    continue;
                }
                String shown = line;
                for (String mask : masks) {
                    shown = shown.replace(mask, "***");
                }
                log.append(shown).append('\n');
            }
            return log.toString();
        }
        /** The titles of the annotations of a kind. */
        public List<String> annotations(String kind) {
            return Pattern.compile("(?m)^::" + kind + " title=chainloop-token%3A ([^:]*)::.+$")
                    .matcher(log())
                    .results()
                    .map(one -> one.group(1))
                    .toList();
        }
    }

    /** A job whose runner has its folders below a folder of the test. */
    public GithubRunner(Path folder) throws IOException {
        this.folder = folder;
        for (String name : List.of("temp", "home", "workspace", "files")) {
            Files.createDirectories(folder.resolve(name));
        }
        variables.putAll(Map.of(
                "PATH",
                System.getenv("PATH"),
                "JAVA_HOME",
                System.getProperty("java.home"),
                "HOME",
                folder + "/home",
                "CI",
                "true",
                "GITHUB_ACTIONS",
                "true",
                "GITHUB_WORKSPACE",
                folder + "/workspace",
                "GITHUB_REPOSITORY",
                "acme/web",
                "GITHUB_RUN_ID",
                "1",
                "GITHUB_SERVER_URL",
                "https://github.com",
                "RUNNER_TEMP",
                folder + "/temp"));
        github.putAll(Map.of("action_repository", "owner/repository", "action_ref", "main"));
    }

    public GithubRunner env(String name, String value) {
        variables.put(name, value);
        return this;
    }

    public GithubRunner input(String name, String value) {
        inputs.put(name, value);
        return this;
    }

    /** The ref of the step's {@code uses}, which is empty for an action of the job's own checkout. */
    public GithubRunner actionOf(String ref) {
        github.put("action_ref", ref);
        return this;
    }

    public Played play(Path action) throws Exception {
        JsonNode file = new YAMLMapper().readTree(action.resolve("action.yml").toFile());
        require(file.at("/runs/using").asText().equals("composite"), "not a composite action");
        for (String name : inputs.keySet()) {
            require(file.get("inputs").has(name), "no such input: " + name);
        }
        // A default replaces an input that is not given, but not an empty one.
        for (Map.Entry<String, JsonNode> input : file.get("inputs").properties()) {
            inputs.putIfAbsent(input.getKey(), input.getValue().get("default").asText());
        }
        outputs.clear();
        StringBuilder raw = new StringBuilder();
        Path summary = Files.createTempFile(folder.resolve("files"), "summary", "");
        Map<String, String> common = new TreeMap<>(variables);
        common.put("GITHUB_ACTION_PATH", action.toAbsolutePath().toString());
        common.put("GITHUB_STEP_SUMMARY", summary.toString());
        int status = 0;
        for (JsonNode step : file.at("/runs/steps")) {
            String id = step.path("id").asText(step.path("uses").asText());
            outputs.put(id, Map.of());
            String condition = step.path("if").asText();
            if (status == 0
                    && (condition.isEmpty()
                            || !evaluate("${{ " + condition + " }}").isEmpty())) {
                if (step.has("uses")) {
                    outputs.put(id, use(step));
                } else {
                    status = run(step, common, raw);
                }
            }
        }
        Map<String, String> results = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> output : file.get("outputs").properties()) {
            results.put(output.getKey(), evaluate(output.getValue().get("value").asText()));
        }
        return new Played(status, results, raw.toString(), Files.readString(summary));
    }

    /** Java is there already. */
    private static Map<String, String> use(JsonNode step) {
        String name = step.get("uses").asText().replaceFirst("@.*", "");
        require(name.equals("actions/setup-java"), "an action that this runner does not know: " + name);
        return Map.of("path", System.getProperty("java.home"));
    }

    private String evaluate(String text) {
        String value =
                EXPRESSION.matcher(text).replaceAll(one -> Matcher.quoteReplacement(value(one.group(1), one.group(2))));
        require(!value.contains("${{"), "an expression that this runner does not know: " + text);
        return value;
    }

    private String value(String context, String name) {
        return switch (context) {
            case "inputs" -> inputs.get(name);
            case "github" -> github.get(name);
            case "steps" -> {
                String[] parts = name.split("\\.outputs\\.", -1);
                require(parts.length == 2 && outputs.containsKey(parts[0]), "no output of a step up to here: " + name);
                yield outputs.get(parts[0]).getOrDefault(parts[1], "");
            }
            default -> throw new IllegalArgumentException("a context that this runner does not know: " + context);
        };
    }

    private int run(JsonNode step, Map<String, String> common, StringBuilder raw) throws Exception {
        String text = step.get("run").asText();
        require(!text.contains("${{"), "an expression in the text of a run, where its value is code: " + text);
        require(step.get("shell").asText().equals("sh"), "a shell that this runner does not know");
        Map<String, String> environment = new TreeMap<>(common);
        for (Map.Entry<String, JsonNode> variable : step.path("env").properties()) {
            environment.put(variable.getKey(), evaluate(variable.getValue().asText()));
        }
        Path output = Files.createTempFile(folder.resolve("files"), "output", "");
        environment.put("GITHUB_OUTPUT", output.toString());
        Path script = Files.writeString(folder.resolve("temp/step.sh"), text + "\n");
        // Found in the job's own PATH.
        CliRun.Result result = Program.of("env", "sh", "-e", script.toString())
                .in(folder.resolve("workspace"))
                .withOnly(environment)
                .merged()
                .run();
        raw.append(result.out());
        outputs.put(step.get("id").asText(), outputs(Files.readString(output)));
        return result.status();
    }

    /** Reads the file that {@code GITHUB_OUTPUT} names: values on their line, or between two delimiters. */
    private static Map<String, String> outputs(String text) {
        Map<String, String> outputs = new LinkedHashMap<>();
        Pattern.compile("(?m)^([a-z-]+)(?:=(.*)|<<(.+)\\n(?:((?s:.*?))\\n)?\\3)$")
                .matcher(text)
                .results()
                .forEach(one -> outputs.put(
                        one.group(1), (one.group(2) != null ? one.group(2) : String.valueOf(one.group(4)))));
        return outputs;
    }

    private static void require(boolean holds, String what) {
        if (!holds) {
            throw new IllegalArgumentException(what);
        }
    }
}
