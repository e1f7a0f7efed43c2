package dev.chainloop.token;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chainloop.token.core.Audience;
import dev.chainloop.token.explain.KnownMessage;
import dev.chainloop.token.explain.Layer;
import dev.chainloop.token.testing.Golden;
import java.io.IOException;
import java.lang.module.ModuleDescriptor.Version;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
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
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * What this tool knows of Chainloop still stands in Chainloop's sources, of which {@code -Dupstream=FOLDER} names a clone; the
 * folder has the name of the release. What differs is printed, and written to {@code target/upstream.txt}.
 */
class UpstreamTest {
    private static final Path RECORD = Path.of("src/test/conformance/upstream.txt");

    /** A comment, or a literal. */
    private static final String LITERAL = "//[^\n]*+|/\\*(?s:.*?)\\*/|'(?:\\\\.|[^'\\\\\n])++'"
            + "|\"([^\"\\\\\n]*+(?:\\\\.[^\"\\\\\n]*+)*+)\"|`([^`]*+)`";

    /** A command where code may stand: its verbs, and its options with their values. */
    private static final String COMMAND = "(?m)(?:[`\"(:;&>=+{$] *|^ *|run )chainloop((?: [a-z][a-z-]*+)*+)"
            + "((?: --?[a-z][a-z-]*+(?:[ =][^\\s-&|;`)]\\S*)?)*+)";

    private static final String FLAG = "Flags\\(\\)\\.(?:\\w*Var|[A-Z]\\w*P|Bool|Int|String)P?\\((?:&?[\\w.]+, )?"
            + "\"([\\w-]+)\"(?:, \"(\\w)\")?";

    /** The Go files, without comments. */
    private final Map<String, String> sources = new TreeMap<>();

    private final Map<String, List<String>> literals = new TreeMap<>();

    /** The files in which each thing stands, the likeliest first; a thing is a kind and a text. */
    private final Map<String, List<String>> found = new TreeMap<>();

    /** Makes no test without a clone, so that none is skipped. */
    @TestFactory
    Stream<DynamicTest> chainloopIsAsKnown() {
        return Stream.ofNullable(System.getProperty("upstream"))
                .map(clone -> DynamicTest.dynamicTest(clone, () -> compare(Path.of(clone))));
    }

    private void compare(Path clone) throws IOException, ReflectiveOperationException {
        String[] parts = Files.readString(RECORD).split("\n\n", 2);
        read(clone);
        texts();
        commands();
        forms(parts[0].lines().filter(line -> !line.startsWith("#")).toList());
        String checked = "checked\\s+against[^0-9]*(v\\d+\\.\\d+\\.\\d+)";
        String base =
                all(checked, Files.readString(Path.of("README.md"))).get(0).group(1);
        String name = clone.toAbsolutePath().getFileName().toString();
        String release = name.matches("v\\d.*") ? name : base;
        Map<String, String> record = new TreeMap<>();
        for (String line : parts[1].lines().toList()) {
            String[] cells = line.split(" \\| ", 3);
            record.put(cells[0] + " | " + cells[2], cells[1]);
        }
        boolean update = Boolean.getBoolean("golden.update");
        (update ? Set.<String>of() : record.keySet()).forEach(thing -> found.putIfAbsent(thing, List.of()));
        StringBuilder rows = new StringBuilder(parts[0] + "\n\n");
        Map<String, Set<String>> table = new TreeMap<>();
        found.forEach((thing, files) -> {
            String where = record.getOrDefault(thing, files.isEmpty() ? "nowhere" : "not recorded");
            String first = files.isEmpty() ? "nowhere" : files.get(0);
            // The file that is recorded stays, and so does a mark.
            boolean stays = files.isEmpty() ? !where.contains(".go") : files.contains(where);
            rows.append(thing.replaceFirst(" (?=[|])", Matcher.quoteReplacement(" | " + (stays ? where : first) + " "))
                    + "\n");
            String title = isDue(where, release)
                    ? files.isEmpty() ? "gone" : stays ? "as known" : "moved"
                    : files.isEmpty() ? "not checkable" : "new";
            String row = "\n  " + thing + " | " + where + (files.isEmpty() ? "" : " -> " + first);
            table.computeIfAbsent(title, any -> new TreeSet<>()).add(row);
        });
        if (update) {
            assertEquals(base, release, "the release that README names is recorded");
            Golden.check(RECORD, rows.toString());
        }
        table.remove("as known");
        StringBuilder text = new StringBuilder("Chainloop " + release + ", compared with " + base);
        table.forEach((title, all) -> text.append("\n\n" + title + ": " + all.size() + String.join("", all)));
        Files.writeString(Path.of("target/upstream.txt"), text + "\n");
        System.out.println(text);
        assertTrue(Set.of("not checkable").containsAll(table.keySet()), "it differs: target/upstream.txt");
    }

    /** Whether a release has what stands there by the record. */
    private static boolean isDue(String where, String release) {
        String since = where.matches("(after|until) v\\d.*") ? where.split(" v")[1] : release.substring(1);
        int order = Version.parse(release.substring(1)).compareTo(Version.parse(since));
        return where.contains(".go") || where.equals("nowhere") || (where.startsWith("after") ? order > 0 : order < 0);
    }

    private static List<MatchResult> all(String form, String text) {
        return Pattern.compile(form).matcher(text).results().toList();
    }

    /** All regular files: a link could lead out of the clone. */
    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> Files.isRegularFile(file, NOFOLLOW_LINKS))
                    .toList();
        }
    }

    private void read(Path clone) throws IOException {
        for (Path file : files(clone)) {
            String name = clone.relativize(file).toString();
            if (name.endsWith(".go") && !name.endsWith("_test.go")) {
                String joined = Files.readString(file).replaceAll("\"\\s*\\+\\s*\"", "");
                List<String> said = new ArrayList<>();
                sources.put(name, Pattern.compile(LITERAL).matcher(joined).replaceAll(part -> {
                    said.add(part.group(1) != null ? part.group(1) : part.group(2) != null ? part.group(2) : "");
                    return part.group().startsWith("/") ? "" : Matcher.quoteReplacement(part.group());
                }));
                literals.put(name, said);
            }
        }
        // The CLI's options and keys are named by constants.
        String constant = "(\\w+): &confOpt\\{\\s*viperKey: *(\"[^\"]+\"),(?:\\s*flagName: *(\"[^\"]+\"))?";
        for (MatchResult option : all(constant, sources.getOrDefault("app/cli/cmd/config.go", ""))) {
            String of = "confOptions." + option.group(1);
            sources.replaceAll((file, code) -> code.replace(of + ".viperKey", option.group(2))
                    .replace(of + ".flagName", option.group(3) == null ? "" : option.group(3)));
        }
    }

    private static String letters(String text) {
        return text.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
    }

    private void texts() throws ReflectiveOperationException {
        Map<String, String> texts = new TreeMap<>();
        List.of(KnownMessage.values())
                .forEach(message -> message.texts.forEach(text -> texts.put(text, letters(text))));
        Field signs = Layer.class.getDeclaredField("signs");
        Method others = Layer.class.getDeclaredMethod("texts");
        Stream.of(signs, others).forEach(hidden -> hidden.setAccessible(true));
        ((Map<?, ?>) others.invoke(null)).keySet().forEach(text -> texts.put((String) text, letters((String) text)));
        for (Layer layer : Layer.values()) {
            List.of((String[]) signs.get(layer)).forEach(text -> texts.put(text, letters(text)));
        }
        texts.keySet().forEach(text -> found.put("text | " + text, new ArrayList<>()));
        literals.forEach((file, said) -> said.forEach(literal -> texts.forEach((text, letters) -> {
            String rank = "%09d %s".formatted(literal.length(), file);
            boolean whole = letters.length() < 12
                    ? literal.contains(text)
                    : letters(literal).contains(letters);
            if (whole || (literal.contains("%") && hasPart(letters, literal))) {
                found.get("text | " + text).add(whole ? "0" + rank : "1" + rank + ", in parts");
            }
        })));
        found.replaceAll((any, ranked) ->
                ranked.stream().sorted().map(file -> file.substring(11)).toList());
    }

    /** Whether a fixed part of a literal with {@code %s} is half of a text, or more. */
    private static boolean hasPart(String letters, String literal) {
        return Stream.of(literal.split("%[-+#]?[a-z]"))
                .map(UpstreamTest::letters)
                .anyMatch(part -> part.length() >= Math.max(12, letters.length() / 2) && letters.contains(part));
    }

    /** The commands that the tool and its pages print, each option by itself. */
    private void commands() throws IOException {
        Map<String, String> functions = new TreeMap<>();
        sources.forEach((file, code) -> {
            for (String function : file.startsWith("app/cli/cmd/") ? code.split("\nfunc ") : new String[0]) {
                String name = function.replaceFirst("^\\([^)]*\\) ", "").split("\\(", 2)[0];
                functions.merge(name, file + "\n" + function, String::concat);
            }
        });
        for (String folder : "README.md src/main src/site src/ci .github src/test/golden src/test/states".split(" ")) {
            for (Path file : files(Path.of(folder))) {
                // Of a transcript, what is printed; of the states, the plans.
                String text = Files.readString(file).replaceFirst("(?s)^\\$ .*?\n-- ", "");
                String said = file.endsWith("states.txt") ? text.replaceAll("(?m)^[^>].*", "") : text;
                for (MatchResult command : all(COMMAND, said.replace("\\\n", ""))) {
                    String verbs = command.group(1);
                    String flags = functions.computeIfAbsent(verbs, any -> flags(any.strip(), functions));
                    for (MatchResult option : all("$| --?[a-z][a-z-]*", command.group(2))) {
                        boolean has = option.group().isEmpty()
                                || flags.contains("\n" + option.group().strip() + "\n");
                        List<String> where = flags.isEmpty() || !has ? List.of() : List.of(flags.split("\n", 2)[0]);
                        found.put("command | chainloop" + verbs + option.group(), where);
                    }
                }
            }
        }
    }

    /** The file of the command that cobra finds by these verbs, and its options, each on a line; nothing if there is none. */
    private static String flags(String verbs, Map<String, String> functions) {
        String command = functions.getOrDefault("NewRootCmd", "");
        StringBuilder path = new StringBuilder(command);
        for (String verb : verbs.isEmpty() ? new String[0] : verbs.split(" ")) {
            String use = "Use: *\"" + verb + "[ \"]|Aliases: *\\[\\]string\\{[^}]*\"" + verb + "\"";
            String next = "";
            for (MatchResult child : all("\\b[nN]ew\\w+(?=\\()", command)) {
                String function = functions.getOrDefault(child.group(), "");
                next = all(use, function).isEmpty() ? next : function;
            }
            command = next;
            path.append(command);
        }
        all("\\w+(?=\\(cmd\\b)", command).forEach(call -> path.append(functions.getOrDefault(call.group(), "")));
        StringBuilder flags = new StringBuilder(command.split("\n", 2)[0] + "\n--help\n");
        all(FLAG, path.toString()).forEach(flag -> flags.append("--" + flag.group(1) + "\n-" + flag.group(2) + "\n"));
        return command.isEmpty() ? "" : flags.toString();
    }

    private void forms(List<String> rows) {
        List.of(Audience.values()).forEach(kind -> found.put("audience | " + kind.value(), new ArrayList<>()));
        for (String row : rows) {
            String[] cells = row.split(" \\| ", 3);
            sources.forEach((file, code) -> {
                String text = cells[0].equals("sentence") ? String.join("\n", literals.get(file)) : code;
                for (MatchResult match : file.startsWith(cells[1]) ? all(cells[2], text) : List.<MatchResult>of()) {
                    String thing = match.group(match.groupCount()).strip();
                    // As the CLI's CalculateEnvVarName has it.
                    String name = thing.toUpperCase(Locale.ROOT).replaceAll("[-.]", "_");
                    String found = cells[0] + " | " + (cells[2].startsWith("BindEnv") ? "CHAINLOOP_" + name : thing);
                    this.found.computeIfAbsent(found, any -> new ArrayList<>()).add(file);
                }
            });
        }
    }
}
