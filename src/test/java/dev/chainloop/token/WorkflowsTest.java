package dev.chainloop.token;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the workflows may do, which actions they trust, and that all they run is in this repository. */
class WorkflowsTest {
    private static final Path FOLDER = Path.of(".github/workflows");
    private static final YAMLMapper YAML = new YAMLMapper();
    /** Only GitHub's and GraalVM's actions, pinned to a commit, with the version beside it. */
    private static final Pattern PINNED =
            Pattern.compile("(actions/[a-z-]+|graalvm/setup-graalvm)@([0-9a-f]{40}) # v[0-9]+\\.[0-9]+\\.[0-9]+");

    private static final Pattern PROFILE = Pattern.compile("-P([A-Za-z]\\w*)");
    private static final Pattern SCRIPT = Pattern.compile("\\b(?:sh|bash) ([^ \"$)]+)");

    private record Job(String workflow, String name, JsonNode content) {
        List<JsonNode> steps() {
            List<JsonNode> steps = new ArrayList<>();
            content.get("steps").forEach(steps::add);
            return steps;
        }

        @Override
        public String toString() {
            return workflow + ": " + name;
        }
    }

    static List<Path> workflows() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.sorted().toList();
        }
    }

    static List<Job> jobs() throws IOException {
        List<Job> jobs = new ArrayList<>();
        for (Path workflow : workflows()) {
            read(workflow)
                    .get("jobs")
                    .properties()
                    .forEach(job -> jobs.add(new Job(workflow.getFileName().toString(), job.getKey(), job.getValue())));
        }
        return jobs;
    }

    private static JsonNode read(Path workflow) throws IOException {
        return YAML.readTree(workflow.toFile());
    }

    @ParameterizedTest
    @MethodSource("workflows")
    void givesNothingButReading(Path workflow) throws IOException {
        JsonNode content = read(workflow);
        assertTrue(content.has("permissions"));
        assertEquals(Set.of(), writing(content.get("permissions")));
        assertFalse(content.get("on").has("pull_request_target"));
        assertTrue(content.has("concurrency"));
    }

    @ParameterizedTest
    @MethodSource("jobs")
    void onlyTheJobThatPublishesMayWrite(Job job) {
        Set<String> expected = job.toString().equals("release.yml: publish")
                ? Set.of("attestations", "contents", "id-token")
                : Set.of();
        assertEquals(expected, writing(job.content().path("permissions")));
    }

    /** The write permissions; a word in place of the list, such as write-all, is returned as it is. */
    private static Set<String> writing(JsonNode permissions) {
        Set<String> writing = new HashSet<>();
        if (permissions.isTextual()) {
            writing.add(permissions.asText());
        }
        permissions.properties().forEach(permission -> {
            if (!List.of("read", "none").contains(permission.getValue().asText())) {
                writing.add(permission.getKey());
            }
        });
        return writing;
    }

    @Test
    void whatPublishesBuildsNothing() throws IOException {
        Job publish = jobs().stream()
                .filter(job -> job.toString().equals("release.yml: publish"))
                .findFirst()
                .orElseThrow();
        for (JsonNode step : publish.steps()) {
            assertFalse(step.path("run").asText().contains("mvn"));
            assertFalse(step.path("with").has("cache"), "a cache is another's word");
        }
    }

    @ParameterizedTest
    @MethodSource("jobs")
    void endsInTime(Job job) {
        assertTrue(job.content().path("timeout-minutes").isInt());
    }

    @ParameterizedTest
    @MethodSource("jobs")
    void leavesNoCredentialsInTheCheckout(Job job) {
        for (JsonNode step : job.steps()) {
            if (step.path("uses").asText().startsWith("actions/checkout@")) {
                assertEquals("false", step.at("/with/persist-credentials").asText("missing"));
            }
        }
    }

    @Test
    void actionsAreKnownAndAtOneCommitEach() throws IOException {
        Map<String, String> commits = new HashMap<>();
        for (Path workflow : workflows()) {
            for (String line : Files.readAllLines(workflow)) {
                if (!line.contains("uses:")) {
                    continue;
                }
                String used = line.replaceFirst("^[ -]*uses: ", "");
                Matcher pinned = PINNED.matcher(used);
                assertTrue(pinned.matches(), used);
                String before = commits.putIfAbsent(pinned.group(1), pinned.group(2));
                assertTrue(before == null || before.equals(pinned.group(2)), used);
            }
        }
        assertTrue(commits.containsKey("actions/checkout"));
    }

    /** In a script, a value from outside would be code; in a variable it is text. */
    @ParameterizedTest
    @MethodSource("jobs")
    void scriptsHoldNoExpression(Job job) {
        for (JsonNode step : job.steps()) {
            assertFalse(step.path("run").asText().contains("${{"), step::toString);
        }
    }

    @ParameterizedTest
    @MethodSource("jobs")
    void runsScriptsOfThisRepositoryOrMaven(Job job) throws IOException {
        String pom = Files.readString(Path.of("pom.xml"));
        for (JsonNode step : job.steps()) {
            for (String line : step.path("run").asText().lines().toList()) {
                Matcher script = SCRIPT.matcher(line);
                if (script.find()) {
                    assertTrue(Files.isRegularFile(Path.of(script.group(1))), line);
                } else {
                    assertTrue(line.startsWith("mvn -B -ntp ") || line.startsWith("echo \"version="), line);
                }
            }
        }
        Matcher profiles = PROFILE.matcher(job.content().toString());
        while (profiles.find()) {
            assertTrue(pom.contains("<id>" + profiles.group(1) + "</id>"), profiles.group());
        }
    }

    @Test
    void buildsOnEachKindOfMachine() throws IOException {
        JsonNode release = read(FOLDER.resolve("release.yml"));
        List<String> machines = new ArrayList<>();
        for (JsonNode one : release.at("/jobs/native/strategy/matrix/include")) {
            machines.add(one.get("kinds").asText() + " " + one.get("machine").asText());
        }
        assertEquals(
                List.of("native package ubuntu-22.04", "native package ubuntu-22.04-arm", "native macos-15"), machines);
        assertEquals("v*", release.at("/on/push/tags/0").asText());
    }

    /** Each executable is tested on its machine before it is packed; one that fails does not hold up the others. */
    @Test
    void anExecutableThatFailsIsLeftOut() throws IOException {
        JsonNode release = read(FOLDER.resolve("release.yml"));
        assertEquals("false", release.at("/jobs/native/strategy/fail-fast").asText());
        assertEquals(
                "${{ !cancelled() && needs.jar.result == 'success' }}",
                release.at("/jobs/publish/if").asText());
        List<String> runs = new ArrayList<>();
        release.at("/jobs/native/steps")
                .forEach(step -> runs.add(step.path("run").asText()));
        assertTrue(runs.indexOf("mvn -B -ntp -Pnative -Drevision=\"$VERSION\" verify") > 0, runs::toString);
        assertTrue(
                runs.indexOf("sh src/release/assets.sh \"$KINDS\" \"$VERSION\" assets")
                        > runs.indexOf("mvn -B -ntp -Pnative -Drevision=\"$VERSION\" verify"),
                runs::toString);
    }
}
