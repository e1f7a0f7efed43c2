package dev.chainloop.token;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chainloop.token.source.Place;
import dev.chainloop.token.testing.Markdown;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the documents name exists, and their version is the one that is built. */
class DocumentsTest {
    static final Pattern LINK = Pattern.compile("\\]\\(([^)#: ]*)(?:#([^)]*))?\\)");
    private static final Pattern CODE = Pattern.compile("`([^`\n]+)`");
    /** A class with its package or the end of it, and optionally a member. */
    private static final Pattern CLASS = Pattern.compile("(?:[a-z]+\\.)?([A-Z][a-z]+[A-Z]?[A-Za-z]*)(?:\\.(\\w+))?");
    /** Words that look like classes of this repository, but belong to others. */
    private static final Set<String> OTHERS = Set.of(
            ("EdDSA PyJWT OptionSpec Bearer Both Fail Killed Proxy Secret Temporary The While Wrong").split(" "));

    private static final Path CHANGES = Path.of(".github/CHANGELOG.md");

    private static List<Path> filesIn(String... places) throws IOException {
        List<Path> all = new ArrayList<>();
        for (String place : places) {
            try (Stream<Path> files = Files.walk(Path.of(place))) {
                files.filter(Files::isRegularFile).sorted().forEach(all::add);
            }
        }
        return all;
    }

    static List<Path> documents() throws IOException {
        return filesIn("README.md", ".github", "src").stream()
                .filter(file -> file.toString().endsWith(".md") && !file.endsWith("PULL_REQUEST_TEMPLATE.md"))
                .toList();
    }

    private static List<MatchResult> matches(Pattern pattern, String text) {
        return pattern.matcher(text).results().toList();
    }

    /** Files, and headings within them. */
    @Test
    void everyLinkLeadsSomewhere() throws IOException {
        List<String> broken = new ArrayList<>();
        for (Path document : documents()) {
            for (MatchResult link : matches(LINK, Files.readString(document))) {
                Path target = link.group(1).isEmpty()
                        ? document
                        : document.resolveSibling(link.group(1)).normalize();
                if (!Files.exists(target)
                        || link.group(2) != null && !anchors(target).contains(link.group(2))) {
                    broken.add(document + ": " + link.group());
                }
            }
        }
        assertEquals(List.of(), broken);
    }

    /** The anchors that GitHub makes from headings. */
    private static List<String> anchors(Path document) throws IOException {
        return Files.readString(document)
                .lines()
                .filter(line -> line.startsWith("#"))
                .map(line -> line.replaceFirst("#+ ", "")
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("[^a-z0-9 _-]", "")
                        .replace(' ', '-'))
                .toList();
    }

    /** Paths, classes, members and tests of this repository; only the change log may name what no longer exists. */
    @Test
    void everyPathAndClassIsThere() throws IOException {
        List<Path> sources = filesIn("src");
        List<String> missing = new ArrayList<>();
        for (Path document : documents()) {
            String text = document.equals(CHANGES) ? "" : Files.readString(document);
            for (MatchResult tests : matches(Pattern.compile("-D(?:it\\.)?test='?([\\w,]+)"), text)) {
                Stream.of(tests.group(1).split(","))
                        .filter(test -> !isThere(test, sources))
                        .forEach(test -> missing.add(document + ": " + test));
            }
            for (MatchResult code : matches(CODE, text.replaceAll("(?ms)^```.*?^```$", ""))) {
                String word = code.group(1).replaceFirst("^sh ", "").split(" ", -1)[0];
                boolean path = word.matches("(src|\\.github|\\.ci|\\.mvn)/.*") && !word.contains("*");
                boolean type = CLASS.matcher(word).matches() && !OTHERS.contains(word);
                if (path && !Files.exists(Path.of(word)) || type && !isThere(word, sources)) {
                    missing.add(document + ": " + word);
                }
            }
        }
        assertEquals(List.of(), missing);
    }

    /** Whether a source file is the file of the class, and has the member named after it. */
    private static boolean isThere(String word, List<Path> sources) {
        MatchResult parts = matches(CLASS, word).get(0);
        return sources.stream()
                .filter(file -> file.endsWith(parts.group(1) + ".java"))
                .anyMatch(file -> {
                    try {
                        return parts.group(2) == null
                                || Pattern.compile("\\b" + parts.group(2) + "\\b")
                                        .matcher(Files.readString(file))
                                        .find();
                    } catch (IOException e) {
                        throw new AssertionError(e);
                    }
                });
    }

    /** A new CI system needs a section, or a line in the section of another. */
    @Test
    void theDocumentSaysHowEveryCiSystemChecksItsToken() throws IOException {
        String document = Files.readString(Path.of("src/site/markdown/installation.md"));
        String told = document.split("\n## Each CI system\n", -1)[1].split("\n## ", -1)[0];
        for (Place place : Place.values()) {
            assertTrue(!place.isCi() || told.toLowerCase(Locale.ROOT).contains(place.word()), place.toString());
        }
    }

    @Test
    void attestationInitHasItsTwoRequiredOptions() throws IOException {
        for (Path document : documents()) {
            for (MatchResult init : matches(Pattern.compile("attestation init[^\n|&;]*"), Files.readString(document))) {
                assertTrue(init.group().matches(".* --workflow \\S+ --project \\S+.*"), document + ": " + init.group());
            }
        }
    }

    /** A promise that no test attacks is not a promise. */
    @Test
    void everyPromiseOfSecurityHasATest() throws IOException {
        List<Path> tests = filesIn("src/test/java");
        for (List<String> row : Markdown.rows(Path.of(".github/SECURITY.md"), "| promise | attacked by |")) {
            assertTrue(row.get(1).matches("`\\w+(\\.\\w+)?`(, `\\w+(\\.\\w+)?`)*"), row::toString);
            for (String test : row.get(1).replace("`", "").split(", ", -1)) {
                Path file = tests.stream()
                        .filter(one -> one.endsWith(test.replaceFirst("\\..*", "") + ".java"))
                        .findFirst()
                        .orElseThrow(() -> new AssertionError(test));
                // A method without modifiers is a test, or prepares one.
                String method = "\n    void " + (test.contains(".") ? test.replaceFirst(".*\\.", "") + "(" : "");
                assertTrue(Files.readString(file).contains(method), test);
            }
        }
    }

    /** A release candidate counts as the version that it leads to. */
    private static String version() {
        return System.getProperty("project.version").replaceFirst("-.*", "");
    }

    /** In the change log, whose notes JReleaser must not cut off, and where something is installed: a shell, a workflow, a POM. */
    @Test
    void theVersionIsTheBuiltVersion() throws IOException {
        String changes = Files.readString(CHANGES);
        MatchResult newest = matches(
                        Pattern.compile("(?m)^## \\[(.*)\\] - ([0-9]{4}-[0-9]{2}-[0-9]{2}|not released yet)$"), changes)
                .get(0);
        assertEquals(version(), newest.group(1));
        String pom = Files.readString(Path.of("pom.xml"));
        assertTrue(newest.group(2).startsWith("not")
                || pom.contains("<project.build.outputTimestamp>" + newest.group(2) + "T"));
        for (String notes : changes.split("(?m)^## ", -1)) {
            assertTrue(notes.length() < 10_000, () -> notes.lines().findFirst().orElse(""));
        }
        boolean released =
                Pattern.compile("(?m)^## .* - [0-9]{4}-").matcher(changes).find();
        Set<String> versions = new TreeSet<>();
        for (Path document : documents()) {
            String text = Files.readString(document);
            assertTrue(!released || !text.contains("there is none yet"), document::toString);
            matches(Pattern.compile("((?m:^)version=|check-token@v|<version>|chainloop-token:)([0-9][^\\s)<`]*)"), text)
                    .forEach(one -> versions.add(one.group(2)));
        }
        matches(
                        Pattern.compile("ghcr[.]io/(?!chainloop-dev/)[^:\\s]+:(\\S+)"),
                        Files.readString(Path.of("src/ci/gitlab.yml")))
                .forEach(image -> versions.add(image.group(1)));
        assertEquals(Set.of(version()), versions);
    }

    /** The first screen shows the three uses, and explains Chainloop's most cryptic message; every other document is a link away, or two. */
    @Test
    void readmeIsShortBeginsWithASolutionAndLeadsToEveryDocument() throws IOException {
        Path readme = Path.of("README.md");
        List<String> lines = Files.readAllLines(readme);
        assertTrue(lines.size() <= 165, () -> lines.size() + " lines");
        String first = String.join("\n", lines.subList(0, 50));
        for (String part : List.of(
                "**Not released yet: [build it](#build-and-run).**",
                "$ chainloop-token inspect\n",
                " | chainloop-token inspect --field kind\napi-token\n",
                "$ chainloop-token check -q --type api-token ||",
                "$ chainloop-token explain \"issuer not found: cp.chainloop\"\n",
                "\nWhat to do\n  Log in:\n    chainloop auth login\n",
                "not an official Chainloop product")) {
            assertTrue(first.contains(part), first);
        }
        Set<Path> found = new TreeSet<>(linked(readme));
        for (Path document : List.copyOf(found)) {
            found.addAll(linked(document));
        }
        found.add(readme);
        assertEquals(new TreeSet<>(documents()), found);
    }

    /** Each as a line to copy, which {@code .ci/run} reads. */
    @Test
    void readmeSaysHowToBuildAndHowToTest() throws IOException {
        assertEquals(
                List.of("mvn -q -DskipTests package", "mvn -B verify"),
                Files.readAllLines(Path.of("README.md")).stream()
                        .filter(line -> line.startsWith("mvn "))
                        .toList());
        assertTrue(Files.readString(Path.of(".ci/run")).contains("grep '^mvn ' README.md"));
    }

    private static List<Path> linked(Path document) throws IOException {
        return matches(LINK, Files.readString(document)).stream()
                .map(link -> document.resolveSibling(link.group(1)).normalize())
                .filter(target -> target.toString().endsWith(".md"))
                .toList();
    }
}
