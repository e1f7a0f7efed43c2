package dev.chainloop.token;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the documents name is there, and their version is the one that is built. */
class DocumentsTest {
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)#: ]*)(?:#([^)]*))?\\)");
    private static final Pattern CODE = Pattern.compile("`([^`\n]+)`");

    static List<Path> documents() {
        return List.of(
                Path.of("README.md"),
                Path.of(".github/CHANGELOG.md"),
                Path.of(".github/CONTRIBUTING.md"),
                Path.of(".github/SECURITY.md"));
    }

    /** Files, and headings within them. */
    @ParameterizedTest
    @MethodSource("documents")
    void everyLinkLeadsSomewhere(Path document) throws IOException {
        Matcher links = LINK.matcher(Files.readString(document));
        while (links.find()) {
            Path target = links.group(1).isEmpty()
                    ? document
                    : document.resolveSibling(links.group(1)).normalize();
            assertTrue(Files.exists(target), links.group());
            if (links.group(2) != null) {
                assertTrue(anchors(target).contains(links.group(2)), links.group());
            }
        }
    }

    /** As GitHub makes them of headings. */
    private static List<String> anchors(Path document) throws IOException {
        return Files.readString(document)
                .lines()
                .filter(line -> line.matches("#+ .*"))
                .map(line -> line.replaceFirst("#+ ", "")
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("[^a-z0-9 _-]", "")
                        .replace(' ', '-'))
                .toList();
    }

    /** Paths and classes of this repository that CONTRIBUTING and SECURITY name. */
    @Test
    void everyPathAndClassIsThere() throws IOException {
        List<String> sources;
        try (Stream<Path> files = Files.walk(Path.of("src"))) {
            sources = files.map(Path::toString).toList();
        }
        List<String> missing = new ArrayList<>();
        for (Path document : List.of(Path.of(".github/CONTRIBUTING.md"), Path.of(".github/SECURITY.md"))) {
            Matcher code = CODE.matcher(Files.readString(document));
            while (code.find()) {
                String word = code.group(1).replaceFirst("^sh ", "").split(" ", -1)[0];
                if (word.matches("(src|\\.github|\\.ci)/.*") && !Files.exists(Path.of(word))) {
                    missing.add(word);
                }
                if (word.matches("([a-z]+\\.)?[A-Z][a-z]+[A-Z]?\\w*") && !word.contains("_")) {
                    String file = "/" + word.replace('.', '/') + ".java";
                    if (sources.stream().noneMatch(path -> path.endsWith(file)) && !isMember(word, sources)) {
                        missing.add(word);
                    }
                }
            }
        }
        assertEquals(List.of("PyJWT", "OptionSpec"), missing, "only what is others'");
    }

    private static boolean isMember(String word, List<String> sources) {
        String owner = word.replaceFirst("\\..*", "");
        return sources.stream().anyMatch(path -> path.endsWith("/" + owner + ".java"));
    }

    /** A candidate is one of the version that it leads to. */
    private static String version() {
        return System.getProperty("project.version").replaceFirst("-.*", "");
    }

    @Test
    void newestChangesAreOfTheVersionThatIsBuilt() throws IOException {
        String newest = Files.readString(Path.of(".github/CHANGELOG.md"))
                .lines()
                .filter(line -> line.startsWith("## "))
                .findFirst()
                .orElseThrow();
        assertTrue(
                newest.matches(
                        "## \\[" + Pattern.quote(version()) + "\\] - ([0-9]{4}-[0-9]{2}-[0-9]{2}|not released yet)"),
                newest);
    }

    /** In the shell, in a GitHub workflow and in a GitLab job. */
    @Test
    void versionToInstallIsTheOneThatIsBuilt() throws IOException {
        assertEquals(
                List.of("version=" + version(), "check-token@v" + version(), "VERSION: " + version()),
                Pattern.compile("(?:(?m:^)version=|check-token@v|VERSION: )[0-9][^\\s)]*")
                        .matcher(Files.readString(Path.of("README.md")))
                        .results()
                        .map(MatchResult::group)
                        .toList());
    }
}
