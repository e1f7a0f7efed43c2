package dev.chainloop.token;

import static org.junit.jupiter.api.Assertions.*;

import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.chainloop.token.testing.CliRun;
import dev.chainloop.token.testing.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code place.sh} on a copy: where this project is on GitHub is said once, and then named everywhere. */
class PlaceTest {
    private static final List<String> COPIED =
            List.of("pom.xml", "README.md", ".github", "src/ci", "src/site", "src/release");
    private static final String NEW = "Somebody/Some.tool";

    @TempDir
    Path copy;

    @BeforeEach
    void copyTheTree() throws Exception {
        List<String> pack =
                new ArrayList<>(List.of("tar", "-cf", copy.resolve("all.tar").toString()));
        pack.addAll(COPIED);
        assertEquals(0, Program.of(pack).run().status());
        assertEquals(0, Program.of("tar", "-xf", "all.tar").in(copy).run().status());
        Files.delete(copy.resolve("all.tar"));
    }

    /** Where this project says that it is: in the POM. */
    static String place() throws IOException {
        Matcher place = Pattern.compile("<place>(.*)</place>").matcher(Files.readString(Path.of("pom.xml")));
        assertTrue(place.find());
        return place.group(1);
    }

    @Test
    void noPlaceholderAndNothingAboutOneIsLeft() throws Exception {
        TreeSet<String> before = naming(place());
        assertTrue(before.size() > 5, before::toString);
        assertEquals(new CliRun.Result(0, "", ""), move(NEW));
        TreeSet<String> after = naming(NEW);
        assertTrue(after.containsAll(before), () -> before + " but " + after);
        String owner = place().replaceFirst("/.*", "");
        for (String old : List.of(place(), owner + "/tap/", "token@" + owner, "registry.example.com/chainloop-token")) {
            assertEquals(new TreeSet<>(), naming(old), old);
        }
        assertEquals(new TreeSet<>(), naming("` stands for the"));
        String installation = Files.readString(copy.resolve("src/site/markdown/installation.md"));
        assertTrue(installation.contains("\nbrew install Somebody/tap/chainloop-token\n"), installation);
        assertTrue(installation.contains("\njbang chainloop-token@Somebody\n"), installation);
    }

    /** A registry takes lower case only. */
    @Test
    void theImageIsNamedFromThenOn() throws Exception {
        move(NEW);
        String image = "ghcr.io/somebody/some.tool:" + System.getProperty("project.version");
        assertEquals(
                image,
                new YAMLMapper()
                        .readTree(copy.resolve("src/ci/gitlab.yml").toFile())
                        .at("/variables/CHAINLOOP_TOKEN_IMAGE")
                        .asText());
        String systems = Files.readString(copy.resolve("src/site/markdown/ci.md"));
        for (String system : List.of("GitLab", "CircleCI", "Tekton", "Kubernetes")) {
            assertTrue(section(systems, system).contains(" " + image + "\n"), system);
        }
    }

    private static String section(String document, String heading) {
        return document.split("\n## " + heading + "\n", -1)[1].split("\n## ", -1)[0];
    }

    @Test
    void aProjectMayMoveAgain() throws Exception {
        TreeSet<String> before = naming(place());
        move(NEW);
        assertEquals(new CliRun.Result(0, "", ""), move("else/where"));
        assertTrue(naming("else/where").containsAll(before));
        assertEquals(new TreeSet<>(), naming("omebody/"));
    }

    @Test
    void whatIsNoPlaceIsRefused() throws Exception {
        TreeSet<String> before = naming(place());
        for (String wrong : List.of("", "owner", "a/b/c", "https://github.com/a/b", "a/b|c", "a/b\nc/d")) {
            assertEquals(new CliRun.Result(2, "", "usage: place.sh OWNER/REPOSITORY\n"), move(wrong), wrong);
        }
        assertEquals(before, naming(place()));
    }

    /** The workflow's own first step, in a repository that was not filled in, or as another one. */
    @Test
    void aReleaseRefusesToRunBefore() throws Exception {
        String changes = Files.readString(copy.resolve(".github/CHANGELOG.md"));
        Files.writeString(
                copy.resolve(".github/CHANGELOG.md"), changes.replace(" - not released yet", " - 2030-01-01"));
        CliRun.Result refused = release("somebody/else");
        assertEquals(1, refused.status(), refused::toString);
        assertEquals("::error::First fill in where this is: sh src/release/place.sh somebody/else\n", refused.out());
        move("somebody/else");
        assertEquals(0, release("somebody/else").status());
        assertEquals(1, release("somebody/els").status());
    }

    private CliRun.Result release(String repository) throws Exception {
        String step = new YAMLMapper()
                .readTree(copy.resolve(".github/workflows/release.yml").toFile())
                .at("/jobs/version/steps/1/run")
                .asText();
        return Program.of("bash", "-e", "-c", step)
                .in(copy)
                .with(Map.of(
                        "GITHUB_REPOSITORY",
                        repository,
                        "GITHUB_REF_NAME",
                        "v" + System.getProperty("project.version"),
                        "GITHUB_OUTPUT",
                        copy.resolve("outputs").toString()))
                .run();
    }

    private CliRun.Result move(String place) throws Exception {
        return Program.of("sh", copy.resolve("src/release/place.sh").toString(), place)
                .run();
    }

    /** The files of the copy that contain a text, apart from the script. */
    private TreeSet<String> naming(String text) throws IOException {
        TreeSet<String> naming = new TreeSet<>();
        try (Stream<Path> files = Files.walk(copy)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                if (!file.endsWith("place.sh") && Files.readString(file).contains(text)) {
                    naming.add(copy.relativize(file).toString());
                }
            }
        }
        return naming;
    }
}
