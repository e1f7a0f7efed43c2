package dev.chainloop.token;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The samples of CONTRIBUTING compile where they say that they belong, all at once. */
class SamplesTest {
    private static final Path PAGE = Path.of(".github/CONTRIBUTING.md");
    private static final Path SOURCES = Path.of("src/main/java");

    /** The texts before which the pieces are put, by name. */
    private static final Map<String, String> ANCHORS = Map.ofEntries(
            Map.entry("KnownMessage", "    NAME_TAKEN("),
            Map.entry("Rule", "    ODD_CLAIM("),
            Map.entry("TokenRules", "    private void expiry() {"),
            Map.entry("Place", "    CI(\""),
            Map.entry("Place.isThe", "            case AZURE -> "),
            Map.entry("SecretStore.of", "            case TEAMCITY ->"),
            Map.entry("Cure", "    ASK_ADMINISTRATOR,"),
            Map.entry("Planner.cured", "            case TRY_AGAIN ->"),
            Map.entry("MaskCommand", "    @Override\n    public void describe("),
            Map.entry("MaskCommand.describe", "        spec.usageMessage()"),
            Map.entry("MaskCommand.run", "        List<String> names = "),
            Map.entry("SourceKind", "    /** In a GitLab job. */"),
            Map.entry("Origin.noun", "            case CONFIG -> "),
            Map.entry("Search.run", "                        case CONFIG -> "));

    @TempDir
    Path folder;

    @Test
    void allCompile() throws IOException {
        String section = Files.readString(PAGE).split("\n### Samples\n", -1)[1].split("\n## ", -1)[0];
        Map<String, String> changed = new TreeMap<>();
        Set<String> named = new TreeSet<>();
        for (MatchResult piece : Pattern.compile("(?ms)^// ([\\w.]+)\n(.*?)(?=^// |^```)")
                .matcher(section)
                .results()
                .toList()) {
            String name = piece.group(1);
            String type = name.replaceFirst("\\..*", "");
            String text = changed.getOrDefault(type, Files.readString(file(type)));
            String anchor = ANCHORS.get(name);
            assertTrue(anchor != null && text.contains(anchor), name + " has no place before " + anchor);
            int at = text.indexOf(anchor);
            changed.put(type, text.substring(0, at) + piece.group(2) + text.substring(at));
            named.add(name);
        }
        assertEquals(new TreeSet<>(ANCHORS.keySet()), named);
        assertEquals(List.of(), compile(changed));
    }

    private static Path file(String type) throws IOException {
        try (Stream<Path> files = Files.walk(SOURCES)) {
            return files.filter(file -> file.endsWith(type + ".java"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    /** The errors of the sources, with these in place of the originals. */
    private List<String> compile(Map<String, String> changed) throws IOException {
        List<JavaFileObject> sources = new ArrayList<>();
        for (Path root : List.of(SOURCES, Path.of("target/generated-sources/java-templates"))) {
            try (Stream<Path> files = Files.walk(root)) {
                for (Path file :
                        files.filter(one -> one.toString().endsWith(".java")).toList()) {
                    String type = file.getFileName().toString().replace(".java", "");
                    String text = changed.getOrDefault(type, Files.readString(file));
                    sources.add(
                            new SimpleJavaFileObject(
                                    URI.create("string:///" + type + ".java"), JavaFileObject.Kind.SOURCE) {
                                @Override
                                public CharSequence getCharContent(boolean ignored) {
                                    return text;
                                }
                            });
                }
            }
        }
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        DiagnosticCollector<JavaFileObject> told = new DiagnosticCollector<>();
        List<String> options = List.of(
                "-d", folder.toString(), "-proc:none", "--release", "17", "-cp", System.getProperty("java.class.path"));
        compiler.getTask(null, null, told, options, null, sources).call();
        return told.getDiagnostics().stream()
                .filter(one -> one.getKind() == Diagnostic.Kind.ERROR)
                .map(one -> one.getMessage(Locale.ROOT) + " in " + one.getSource() + ":" + one.getLineNumber())
                .toList();
    }
}
