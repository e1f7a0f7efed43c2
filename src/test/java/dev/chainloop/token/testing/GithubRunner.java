package dev.chainloop.token.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A job on a GitHub Actions runner that plays a composite action: its steps in order, each in a real shell and with the
 * files that the runner gives it. It refuses what it does not know, so that no action relies on more than this plays.
 */
public final class GithubRunner {
    /** The repository whose job it is. */
    public static final String REPOSITORY = "acme/web";

    private static final Pattern EXPRESSION = Pattern.compile("\\$\\{\\{ ([a-z_]+)\\.([a-z0-9_.-]+) }}");
    private static final Set<String> STEP_KEYS = Set.of("name", "id", "shell", "env", "run");
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path folder;
    private final Map<String, String> variables = new TreeMap<>();
    private final Map<String, String> inputs = new TreeMap<>();
    private final ObjectNode github = JSON.createObjectNode();

    /**
     * What an action did.
     *
     * @param status of the step that failed, else 0
     * @param outputs of the action, in the order of its file
     * @param raw the log as the steps wrote it
     * @param log the log as people see it: without the commands that add masks, and masked
     * @param summary what is shown on the page of the run
     */
    public record Played(int status, Map<String, String> outputs, String raw, String log, String summary) {
        /** The annotations of a kind: the title, and the message. */
        public List<String> annotations(String kind) {
            List<String> found = new ArrayList<>();
            Matcher commands =
                    Pattern.compile("(?m)^::" + kind + " title=([^:]*)::(.*)$").matcher(log);
            while (commands.find()) {
                found.add(data(commands.group(1)).replace("%3A", ":").replace("%2C", ",") + "\n"
                        + data(commands.group(2)));
            }
            return found;
        }
    }

    private GithubRunner(Path folder) throws IOException {
        this.folder = folder;
        for (String name : List.of("temp", "tools", "home", "workspace", "files")) {
            Files.createDirectories(folder.resolve(name));
        }
        env("PATH", System.getenv("PATH"));
        env("JAVA_HOME", System.getProperty("java.home"));
        env("HOME", folder.resolve("home").toString());
        env("CI", "true");
        env("GITHUB_ACTIONS", "true");
        env("GITHUB_WORKSPACE", folder.resolve("workspace").toString());
        env("GITHUB_ACTOR", "octocat");
        env("GITHUB_REPOSITORY", REPOSITORY);
        env("GITHUB_SERVER_URL", "https://github.com");
        env("RUNNER_OS", "Linux");
        env("RUNNER_TEMP", folder.resolve("temp").toString());
        env("RUNNER_TOOL_CACHE", folder.resolve("tools").toString());
        actionOf("owner/repository", "0123456789012345678901234567890123456789");
        event("push", "{}");
    }

    /** A job whose runner has its folders below a folder of the test. */
    public static GithubRunner in(Path folder) throws IOException {
        return new GithubRunner(folder);
    }

    /** A variable of the job. */
    public GithubRunner env(String name, String value) {
        variables.put(name, value);
        return this;
    }

    public GithubRunner unset(String name) {
        variables.remove(name);
        return this;
    }

    /** A value of the step's {@code with}. */
    public GithubRunner input(String name, String value) {
        inputs.put(name, value);
        return this;
    }

    /**
     * The repository and the ref of the step's {@code uses}; both are empty for an action of the job's own checkout.
     */
    public GithubRunner actionOf(String repository, String ref) {
        github.put("action_repository", repository);
        github.put("action_ref", ref);
        return this;
    }

    /** The event that started the workflow. */
    public GithubRunner event(String name, String payload) throws IOException {
        Path file = folder.resolve("files/event.json");
        Files.writeString(file, payload);
        env("GITHUB_EVENT_NAME", name);
        env("GITHUB_EVENT_PATH", file.toString());
        github.set("event", JSON.readTree(file.toFile()));
        return this;
    }

    /** A pull request from the branch of a repository. */
    public GithubRunner pullRequestFrom(String repository) throws IOException {
        return event(
                "pull_request",
                "{\"pull_request\":{\"head\":{\"repo\":{\"full_name\":\"" + repository
                        + "\"}},\"base\":{\"repo\":{\"full_name\":\"" + REPOSITORY + "\"}}}}");
    }

    /** Plays the action in a folder. */
    public Played play(Path action) throws IOException, InterruptedException {
        JsonNode file = new YAMLMapper().readTree(action.resolve("action.yml").toFile());
        require(file.at("/runs/using").asText().equals("composite"), "not a composite action");
        Map<String, String> given = given(file.get("inputs"));
        Map<String, Map<String, String>> outputs = new LinkedHashMap<>();
        StringBuilder raw = new StringBuilder();
        Path summary = Files.createTempFile(folder.resolve("files"), "summary", "");
        int status = 0;
        for (JsonNode step : file.at("/runs/steps")) {
            if (status == 0) {
                Map<String, String> environment = new TreeMap<>(variables);
                environment.put("GITHUB_ACTION_PATH", action.toAbsolutePath().toString());
                environment.put("GITHUB_STEP_SUMMARY", summary.toString());
                for (Map.Entry<String, JsonNode> variable : step.path("env").properties()) {
                    environment.put(
                            variable.getKey(), evaluate(variable.getValue().asText(), given, outputs));
                }
                status = run(step, environment, outputs, raw);
            } else {
                outputs.put(step.get("id").asText(), Map.of());
            }
        }
        Map<String, String> results = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> output : file.get("outputs").properties()) {
            results.put(output.getKey(), evaluate(output.getValue().get("value").asText(), given, outputs));
        }
        return new Played(status, results, raw.toString(), masked(raw.toString()), Files.readString(summary));
    }

    /** The inputs; a default replaces one that is not given, but not an empty one. */
    private Map<String, String> given(JsonNode declared) {
        Map<String, String> given = new TreeMap<>();
        for (Map.Entry<String, JsonNode> input : declared.properties()) {
            given.put(input.getKey(), input.getValue().path("default").asText(""));
        }
        for (Map.Entry<String, String> input : inputs.entrySet()) {
            require(given.containsKey(input.getKey()), "no such input: " + input.getKey());
            given.put(input.getKey(), input.getValue());
        }
        return given;
    }

    private String evaluate(String text, Map<String, String> given, Map<String, Map<String, String>> outputs) {
        Matcher expression = EXPRESSION.matcher(text);
        if (!expression.matches()) {
            require(!text.contains("${{"), "an expression that this runner does not know: " + text);
            return text;
        }
        String name = expression.group(2);
        switch (expression.group(1)) {
            case "inputs" -> {
                require(given.containsKey(name), "no such input: " + text);
                return given.get(name);
            }
            case "steps" -> {
                String[] parts = name.split("\\.", -1);
                require(parts.length == 3 && parts[1].equals("outputs"), "not an output of a step: " + text);
                require(outputs.containsKey(parts[0]), "no such step up to here: " + text);
                return outputs.get(parts[0]).getOrDefault(parts[2], "");
            }
            case "github" -> {
                require(github.has(name.replaceFirst("\\..*", "")), "a value that this runner does not have: " + text);
                return github.at("/" + name.replace('.', '/')).asText("");
            }
            default -> throw new IllegalArgumentException("a context that this runner does not know: " + text);
        }
    }

    private int run(
            JsonNode step, Map<String, String> environment, Map<String, Map<String, String>> outputs, StringBuilder raw)
            throws IOException, InterruptedException {
        for (Iterator<String> keys = step.fieldNames(); keys.hasNext(); ) {
            String key = keys.next();
            require(STEP_KEYS.contains(key), "a key that this runner does not know: " + key);
        }
        String text = step.get("run").asText();
        require(!text.contains("${{"), "an expression in the text of a run, where its value is code: " + text);
        Path files = Files.createTempDirectory(folder.resolve("files"), "step");
        for (String name : List.of("OUTPUT", "ENV", "PATH", "STATE")) {
            environment.put(
                    "GITHUB_" + name, Files.createFile(files.resolve(name)).toString());
        }
        Path script = Files.writeString(folder.resolve("temp/step.sh"), text + "\n");
        List<String> command = new ArrayList<>(shell(step.get("shell").asText()));
        command.add(script.toString());
        CliRun.Result result = Program.of(command)
                .in(folder.resolve("workspace"))
                .withOnly(environment)
                .merged()
                .run();
        raw.append(result.out());
        outputs.put(step.get("id").asText(), outputs(Files.readString(files.resolve("OUTPUT"))));
        for (String name : List.of("ENV", "PATH", "STATE")) {
            require(Files.size(files.resolve(name)) == 0, "GITHUB_" + name + " was written to");
        }
        return result.status();
    }

    private static List<String> shell(String name) {
        return switch (name) {
            // Found in the job's own PATH.
            case "sh" -> List.of("env", "sh", "-e");
            case "bash" -> List.of("env", "bash", "--noprofile", "--norc", "-eo", "pipefail");
            default -> throw new IllegalArgumentException("a shell that this runner does not know: " + name);
        };
    }

    /** Reads the file that {@code GITHUB_OUTPUT} names. */
    private static Map<String, String> outputs(String text) {
        Map<String, String> outputs = new LinkedHashMap<>();
        Iterator<String> lines = text.lines().iterator();
        while (lines.hasNext()) {
            String line = lines.next();
            int equals = line.indexOf('=');
            int document = line.indexOf("<<");
            if (equals >= 0 && (document < 0 || equals < document)) {
                outputs.put(line.substring(0, equals), line.substring(equals + 1));
                continue;
            }
            require(document > 0, "a line that this runner does not know: " + line);
            String delimiter = line.substring(document + 2);
            List<String> value = new ArrayList<>();
            for (String next = lines.next(); !next.equals(delimiter); next = lines.next()) {
                value.add(next);
            }
            outputs.put(line.substring(0, document), String.join("\n", value));
        }
        return outputs;
    }

    /** A mask applies from the line after its command on. */
    private static String masked(String raw) {
        String command = "::add-mask::";
        List<String> masks = new ArrayList<>();
        StringBuilder log = new StringBuilder();
        for (String line : raw.lines().toList()) {
            if (line.startsWith(command)) {
                masks.add(data(line.substring(command.length())));
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

    private static String data(String text) {
        return text.replace("%0D", "\r").replace("%0A", "\n").replace("%25", "%");
    }

    private static void require(boolean holds, String what) {
        if (!holds) {
            throw new IllegalArgumentException(what);
        }
    }
}
