package dev.chainloop.token;

import static org.junit.jupiter.api.Assertions.*;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.chainloop.token.testing.Payload;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the workflows may do, and which actions they trust. */
class WorkflowsTest {
    private static final Path FOLDER = Path.of(".github/workflows");
    private static final Path ACTION = Path.of(".github/actions/check-token/action.yml");
    /** Only GitHub's and GraalVM's actions, pinned to a commit, with the version beside it. */
    private static final Pattern PINNED =
            Pattern.compile("(actions/[a-z-]+|graalvm/setup-graalvm)@([0-9a-f]{40}) # v[0-9]+\\.[0-9]+\\.[0-9]+");

    private record Job(String name, JsonNode content) {
        @Override
        public String toString() {
            return name;
        }
    }

    static List<Job> jobs() throws IOException {
        List<Job> jobs = new ArrayList<>();
        for (String workflow : List.of("ci.yml", "release.yml")) {
            read(workflow)
                    .get("jobs")
                    .properties()
                    .forEach(job -> jobs.add(new Job(workflow + ": " + job.getKey(), job.getValue())));
        }
        return jobs;
    }

    private static JsonNode read(String workflow) throws IOException {
        return new YAMLMapper().readTree(FOLDER.resolve(workflow).toFile());
    }

    @ParameterizedTest
    @ValueSource(strings = {"ci.yml", "release.yml"})
    void givesNothingButReading(String workflow) throws IOException {
        JsonNode content = read(workflow);
        assertTrue(content.has("permissions"));
        assertEquals(Set.of(), writing(content.get("permissions")));
        assertFalse(content.get("on").has("pull_request_target"));
        assertTrue(content.has("concurrency"));
    }

    @ParameterizedTest
    @MethodSource("jobs")
    void onlyTheJobsThatPublishMayWrite(Job job) {
        Set<String> expected = switch (job.name()) {
            case "release.yml: publish" -> Set.of("attestations", "contents", "id-token");
            case "release.yml: image" -> Set.of("attestations", "id-token", "packages");
            default -> Set.of();
        };
        assertEquals(expected, writing(job.content().path("permissions")));
    }

    /** The write permissions; a word in place of the list, such as write-all, is returned as it is. */
    private static Set<String> writing(JsonNode permissions) {
        Set<String> writing = new TreeSet<>();
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

    /** It ends in time, leaves no credentials in the checkout, and no value from outside is code in a script of it. */
    @ParameterizedTest
    @MethodSource("jobs")
    void isCareful(Job job) {
        assertTrue(job.content().path("timeout-minutes").isInt());
        for (JsonNode step : job.content().get("steps")) {
            assertFalse(step.path("run").asText().contains("${{"), step::toString);
            if (step.path("uses").asText().startsWith("actions/checkout@")) {
                assertEquals("false", step.at("/with/persist-credentials").asText("missing"));
            }
        }
    }

    @Test
    void actionsAreKnownAndAtOneCommitEach() throws IOException {
        Map<String, String> commits = new HashMap<>();
        for (Path file : List.of(FOLDER.resolve("ci.yml"), FOLDER.resolve("release.yml"), ACTION)) {
            Matcher uses = Pattern.compile("uses: (.*)").matcher(Files.readString(file));
            while (uses.find()) {
                Matcher pinned = PINNED.matcher(uses.group(1));
                assertTrue(pinned.matches(), uses.group(1));
                String before = commits.putIfAbsent(pinned.group(1), pinned.group(2));
                assertTrue(before == null || before.equals(pinned.group(2)), uses.group(1));
            }
        }
        assertTrue(commits.containsKey("actions/checkout"));
    }

    /** Any job of a repository can write its caches. */
    @Test
    void theActionTakesNothingFromACache() throws IOException {
        for (JsonNode step : new YAMLMapper().readTree(ACTION.toFile()).at("/runs/steps")) {
            assertTrue(step.path("uses").asText().matches("|actions/setup-java@.*"), step::toString);
            assertFalse(step.path("with").has("cache"), "a cache is another's word");
        }
    }

    /** Neither GitHub nor JReleaser leaves out a system whose executable could not be built. */
    @Test
    void aReleaseThatLacksASystemFails() throws IOException {
        JsonNode publish = read("release.yml").at("/jobs/publish");
        assertEquals(Payload.read("[\"version\", \"jar\", \"native\"]"), publish.get("needs"));
        assertFalse(publish.has("if"));
        JsonNode artifacts = new YAMLMapper()
                .readTree(Path.of("src/release/jreleaser.yml").toFile())
                .at("/distributions/chainloop-token/artifacts");
        assertEquals(4, artifacts.size());
        artifacts.forEach(artifact -> assertFalse(artifact.has("extraProperties"), artifact::toString));
    }

    /** The jobs that publish build nothing, run nothing but JReleaser and the script of the image, and trust no cache. */
    @ParameterizedTest
    @ValueSource(strings = {"publish", "image"})
    void whatPublishesBuildsNothing(String job) throws IOException {
        JsonNode steps = read("release.yml").at("/jobs/" + job + "/steps");
        assertTrue(steps.size() > 4, steps::toString);
        for (JsonNode step : steps) {
            String run = step.path("run").asText();
            assertTrue(
                    run.matches(
                            "|mvn -B -ntp -Drevision=\"[$]VERSION\" (-Djreleaser[.a-z]+=\"[$]EXCLUDED\" )?jreleaser:[a-z-]+"
                                    + "|(cp [^\n]+\n)+|printf %s \"[$]TOKEN\" [|] docker login .*|sh src/container/push.sh .*"),
                    run);
            assertFalse(step.path("with").has("cache"), "a cache is another's word");
        }
    }

    /** A candidate is announced to nobody who would install it as if it were the release. */
    @Test
    void aCandidateLeavesOutWhatInstallsReleases() throws IOException {
        String excluded = read("release.yml").at("/jobs/publish/env/EXCLUDED").asText();
        assertEquals("${{ contains(needs.version.outputs.version, '-') && 'brew,jbang' || '' }}", excluded);
    }
}
