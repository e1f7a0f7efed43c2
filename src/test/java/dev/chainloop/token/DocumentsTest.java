package dev.chainloop.token;

import static org.junit.jupiter.api.Assertions.*;

import dev.chainloop.token.core.Claims;
import dev.chainloop.token.core.DecodedToken;
import dev.chainloop.token.core.Fingerprint;
import dev.chainloop.token.core.Parser;
import dev.chainloop.token.core.Token;
import dev.chainloop.token.testing.MarkdownTable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the documents name exists, and their version is the one that is built. */
class DocumentsTest {
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)#: ]*)(?:#([^)]*))?\\)");
    /** A class with its package or the end of it, and optionally a member. */
    private static final Pattern CLASS = Pattern.compile("([a-z]+\\.)?([A-Z][a-z]+[A-Z]?[A-Za-z]*)(?:\\.(\\w+))?");
    /** Words that look like classes of this repository, but belong to others. */
    private static final List<String> OTHERS = List.of(
            "EdDSA",
            "PyJWT",
            "OptionSpec",
            "Bearer",
            "Both",
            "Fail",
            "Killed",
            "Proxy",
            "Secret",
            "Temporary",
            "The",
            "While",
            "Wrong");

    private static final int MOST_LINES = 165;
    private static final int FIRST_SCREEN = 45;

    private static final Pattern CODE = Pattern.compile("`([^`\n]+)`");

    static List<Path> documents() throws IOException {
        List<Path> documents = new ArrayList<>(List.of(Path.of("README.md")));
        for (Path folder : List.of(Path.of(".github"), Path.of("src"))) {
            try (Stream<Path> files = Files.walk(folder)) {
                files.filter(file -> file.toString().endsWith(".md")).sorted().forEach(documents::add);
            }
        }
        return documents;
    }

    /** The documents that contain a match of a pattern. */
    static List<Path> documents(Pattern form) throws IOException {
        List<Path> documents = new ArrayList<>();
        for (Path document : documents()) {
            if (form.matcher(Files.readString(document)).find()) {
                documents.add(document);
            }
        }
        return documents;
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

    /** The anchors that GitHub makes from headings. */
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

    /** Paths, classes and members of this repository; only the change log may name what no longer exists. */
    @ParameterizedTest
    @MethodSource("documents")
    void everyPathAndClassIsThere(Path document) throws IOException {
        if (document.endsWith("CHANGELOG.md")) {
            return;
        }
        List<String> missing = new ArrayList<>();
        Matcher code = CODE.matcher(withoutBlocks(Files.readString(document)));
        while (code.find()) {
            String word = code.group(1).replaceFirst("^sh ", "").split(" ", -1)[0];
            if (word.matches("(src|\\.github|\\.ci|\\.mvn)/.*") && !isFile(word)) {
                missing.add(word);
            }
            if (CLASS.matcher(word).matches() && !OTHERS.contains(word) && !isThere(word)) {
                missing.add(word);
            }
        }
        assertEquals(List.of(), missing);
    }

    /** Whether there is such a file or folder, or one that matches a pattern such as {@code src/x/*.txt}. */
    private static boolean isFile(String word) throws IOException {
        Path path = Path.of(word);
        if (!word.contains("*")) {
            return Files.exists(path);
        }
        try (DirectoryStream<Path> found =
                Files.newDirectoryStream(path.getParent(), path.getFileName().toString())) {
            return found.iterator().hasNext();
        }
    }

    private static boolean isReadByATest(String property) throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src/test/java"))) {
            for (Path source :
                    files.filter(file -> file.toString().endsWith(".java")).toList()) {
                if (Files.readString(source).contains("\"" + property + "\"")) {
                    return true;
                }
            }
        }
        return false;
    }

    private static String withoutBlocks(String text) {
        return text.replaceAll("(?ms)^```.*?^```$", "");
    }

    /** Whether a source file is that of the class, and has the member named after it. */
    private static boolean isThere(String word) throws IOException {
        Matcher parts = CLASS.matcher(word);
        if (!parts.matches()) {
            return false;
        }
        String file = "/" + (parts.group(1) == null ? "" : parts.group(1).replace('.', '/')) + parts.group(2) + ".java";
        try (Stream<Path> files = Files.walk(Path.of("src"))) {
            for (Path source :
                    files.filter(path -> path.toString().endsWith(file)).toList()) {
                if (parts.group(3) == null
                        || Pattern.compile("\\b" + parts.group(3) + "\\b")
                                .matcher(Files.readString(source))
                                .find()) {
                    return true;
                }
            }
        }
        return false;
    }

    /** What CONTRIBUTING tells to type exists: test classes, profiles, plugins, scripts and properties. */
    @Test
    void everyCommandOfContributingCanBeRun() throws IOException {
        String pom = Files.readString(Path.of("pom.xml"));
        String text = Files.readString(Path.of(".github/CONTRIBUTING.md"));
        List<String> wrong = new ArrayList<>();
        int commands = 0;
        for (Matcher command = Pattern.compile("(?:mvn|sh) [^`|\n\\\\]*").matcher(text); command.find(); ) {
            commands++;
            for (String word : command.group().replace("'", "").split("\\s+", -1)) {
                if (!canBeRun(word, pom)) {
                    wrong.add(word + " in: " + command.group());
                }
            }
        }
        assertTrue(commands > 5, text);
        assertEquals(List.of(), wrong);
    }

    /** The calls in the table of the library's document. */
    @Test
    void theLibraryHasEachCallThatItsDocumentNames() throws IOException {
        Map<String, Class<?>> owners = Map.of(
                "parser", Parser.class,
                "decoded", DecodedToken.class,
                "claims", Claims.class,
                "token", Token.class,
                "Fingerprint", Fingerprint.class);
        List<String> missing = new ArrayList<>();
        int calls = 0;
        for (String row : MarkdownTable.in(Path.of("src/site/markdown/library.md"), "| call | gives | throws |")
                .rows()) {
            Class<?> owner = Object.class;
            for (Matcher call = Pattern.compile("(?:(\\w+)\\.)?(\\w+)\\(")
                            .matcher(MarkdownTable.cells(row).get(0));
                    call.find(); ) {
                calls++;
                owner = owners.getOrDefault(String.valueOf(call.group(1)), owner);
                String name = call.group(2);
                if (Stream.of(owner.getMethods())
                        .noneMatch(method -> method.getName().equals(name))) {
                    missing.add(call.group());
                }
            }
        }
        assertTrue(calls > 15, "calls: " + calls);
        assertEquals(List.of(), missing);
    }

    /** A newcomer adds one of these as a constant, and CONTRIBUTING says where. */
    @Test
    void everyEnumThatGrowsHasItsRowInContributing() throws ReflectiveOperationException, IOException {
        List<String> named = new ArrayList<>();
        for (String row : MarkdownTable.in(Path.of(".github/CONTRIBUTING.md"), "| to add | start with | then |")
                .rows()) {
            Matcher constant = Pattern.compile("a constant in `([\\w.]+)`")
                    .matcher(MarkdownTable.cells(row).get(1));
            if (constant.find()) {
                named.add(constant.group(1));
                assertTrue(
                        Class.forName("dev.chainloop.token." + constant.group(1))
                                .isEnum(),
                        row);
            }
        }
        List<String> unnamed = new ArrayList<>(List.of(
                ("core.Audience source.SourceKind diagnosis.Rule diagnosis.Cure source.Place explain.KnownMessage"
                                + " render.OutputFormat cli.Subcommand check.Expectation cli.doc.Topic cli.ExitCode")
                        .split(" ")));
        unnamed.removeAll(named);
        assertEquals(List.of(), unnamed);
    }

    /** A promise that no test attacks is none. */
    @Test
    void everyPromiseOfSecurityHasATest() throws IOException {
        for (String row : MarkdownTable.in(Path.of(".github/SECURITY.md"), "| promise | attacked by |")
                .rows()) {
            String named = MarkdownTable.cells(row).get(1);
            assertTrue(named.matches("`\\w+(\\.\\w+)?`(, `\\w+(\\.\\w+)?`)*"), row);
            for (String test : named.replace("`", "").split(", ", -1)) {
                String[] parts = test.split("\\.", -1);
                // A method without modifiers is a test, or prepares one.
                String method = "\n    void " + (parts.length == 1 ? "" : parts[1] + "(");
                assertTrue(source(parts[0]).contains(method), test);
            }
        }
    }

    private static String source(String test) throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src/test/java"))) {
            return Files.readString(files.filter(file -> file.endsWith(test + ".java"))
                    .findFirst()
                    .orElseThrow());
        }
    }

    private static boolean canBeRun(String word, String pom) throws IOException {
        if (word.matches("-D(it\\.)?test=.*")) {
            for (String name : word.replaceFirst(".*=", "").split(",", -1)) {
                if (!isThere(name)) {
                    return false;
                }
            }
            return true;
        }
        if (word.startsWith("-P")) {
            return pom.contains("<id>" + word.substring("-P".length()) + "</id>");
        }
        if (word.startsWith("src/")) {
            return Files.isRegularFile(Path.of(word));
        }
        if (word.matches("-D[a-z]+\\.[a-z]+=.*")) {
            String property = word.replaceFirst("-D", "").replaceFirst("=.*", "");
            String value = word.replaceFirst(".*=", "");
            return (pom.contains("<" + property + ">") || isReadByATest(property))
                    && (!property.equals("golden.case") || Files.exists(Path.of("src/test/golden", value + ".txt")));
        }
        return !word.contains(":")
                || pom.contains("<artifactId>" + word.replaceFirst(":.*", "") + "-maven</artifactId>")
                || pom.contains("<artifactId>" + word.replaceFirst(":.*", "") + "-maven-plugin</artifactId>")
                || pom.contains("<artifactId>maven-" + word.replaceFirst(":.*", "") + "-plugin</artifactId>");
    }

    /** A release candidate counts as the version that it leads to. */
    private static String version() {
        return System.getProperty("project.version").replaceFirst("-.*", "");
    }

    /** The manual shows that date. */
    @Test
    void whatIsBuiltHasTheDateOfItsRelease() throws IOException {
        Matcher released = Pattern.compile("(?m)^## \\[" + Pattern.quote(version()) + "\\] - ([0-9-]{10})$")
                .matcher(Files.readString(Path.of(".github/CHANGELOG.md")));
        if (released.find()) {
            String pom = Files.readString(Path.of("pom.xml"));
            assertTrue(pom.contains("<project.build.outputTimestamp>" + released.group(1) + "T"), released.group());
        }
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

    /** JReleaser cuts longer notes off, and publishes them as one more file. */
    @Test
    void changesOfAVersionFitIntoItsReleaseNotes() throws IOException {
        for (String version : Files.readString(Path.of(".github/CHANGELOG.md")).split("(?m)^## ", -1)) {
            assertTrue(
                    version.length() < 10_000, () -> version.lines().findFirst().orElse("") + ": " + version.length());
        }
    }

    /** What documents say of the time before the first release ends with it. */
    @Test
    void noReleaseIsDeniedOnceThereIsOne() throws IOException {
        String changes = Files.readString(Path.of(".github/CHANGELOG.md"));
        boolean released =
                Pattern.compile("(?m)^## .* - [0-9]{4}-").matcher(changes).find();
        for (Path document : List.of(Path.of("README.md"), Path.of("src/site/markdown/installation.md"))) {
            assertEquals(!released, Files.readString(document).contains("there is none yet"), document::toString);
        }
    }

    /** In the shell, in a GitHub workflow and in a POM. */
    @Test
    void versionToInstallIsTheOneThatIsBuilt() throws IOException {
        Set<String> versions = new TreeSet<>();
        for (Path document : documents()) {
            Pattern.compile("(?:(?m:^)version=|check-token@v|<version>)([0-9][^\\s)<`]*)")
                    .matcher(Files.readString(document))
                    .results()
                    .forEach(match -> versions.add(match.group()));
        }
        assertEquals(
                new TreeSet<>(List.of("version=" + version(), "check-token@v" + version(), "<version>" + version())),
                versions);
    }

    private static final Pattern BRITISH = Pattern.compile(
            "(?i)colo[u]r|licen[c]e|neighbo[u]r|behavio[u]r|label[l]ed|judge[m]ent|misspel[t]|\\bfor[ ]ever\\b");

    /** American, in code, tests, transcripts and documents. */
    @Test
    void spellingIsOfOneKind() throws IOException {
        List<String> found = new ArrayList<>();
        try (Stream<Path> files =
                Stream.of("README.md", ".github", "src", "pom.xml").flatMap(place -> filesIn(Path.of(place)))) {
            for (Path file : files.filter(one -> one.toString().matches(".*\\.(java|md|txt|json|xml|ya?ml|sh|mdoc)"))
                    .filter(one -> !one.endsWith("logs-of-others.txt"))
                    .toList()) {
                BRITISH.matcher(Files.readString(file))
                        .results()
                        .forEach(word -> found.add(file + ": " + word.group()));
            }
        }
        assertEquals(List.of(), found);
    }

    private static Stream<Path> filesIn(Path place) {
        try {
            return Files.walk(place).filter(Files::isRegularFile);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The first screen explains Chainloop's most cryptic message. */
    @Test
    void readmeStaysShortAndBeginsWithASolution() throws IOException {
        List<String> lines = Files.readAllLines(Path.of("README.md"));
        assertTrue(lines.size() <= MOST_LINES, () -> lines.size() + " lines");
        String first = String.join("\n", lines.subList(0, FIRST_SCREEN));
        assertTrue(first.contains("$ chainloop-token explain \"issuer not found: cp.chainloop\"\n"), first);
        assertTrue(first.contains("\nWhat to do\n  Log in:\n    chainloop auth login\n"), first);
        assertTrue(first.contains("not an official Chainloop product"), first);
    }

    /** So that none is left that nobody finds: each is a link away, or two. */
    @Test
    void readmeLeadsToEveryDocument() throws IOException {
        Set<Path> found = new TreeSet<>(linked(Path.of("README.md")));
        for (Path document : List.copyOf(found)) {
            found.addAll(linked(document));
        }
        found.add(Path.of("README.md"));
        assertEquals(new TreeSet<>(documents()), found);
    }

    private static List<Path> linked(Path document) throws IOException {
        return LINK.matcher(Files.readString(document))
                .results()
                .map(link -> document.resolveSibling(link.group(1)).normalize())
                .filter(target -> target.toString().endsWith(".md"))
                .toList();
    }
}
