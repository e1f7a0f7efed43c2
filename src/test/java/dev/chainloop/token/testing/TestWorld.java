package dev.chainloop.token.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assumptions;

/**
 * The world of one run, as {@code src/test/states/states.txt} tells it at its head, and what a table says of that run.
 *
 * @param where the table's name and the title's line there; empty for a world of no table
 * @param lines those of a place in the place's stead
 */
public record TestWorld(String where, String title, List<String> lines) {
    private static final Set<String> FIELDS = Set.of(
            ("$ in env variable config login mode age file machine platform screen time stdin log lines cli versions")
                    .split(" "));
    private static final Map<String, List<String>> PLACES = blocks(Path.of("src/test/states/states.txt"), "## ");

    private static final Pattern WORD = Pattern.compile("(?:[^' ]|'[^']*'|\\\\')+");
    private static final Pattern TOKEN = Pattern.compile("@(BASE64 |SPLIT )?([A-Z][^@]*)@");
    private static final Pattern CHARACTER = Pattern.compile("\\\\u([0-9a-f]{4})");
    private static final String OR = "or ";
    private static final String VERSIONS = "v1.106.1 v1.106.1";
    private static final String CONFIG = ".config/chainloop/config.toml";

    /** The rows of a file: each begins with {@code # TITLE}, and ends with an empty line. */
    public static List<TestWorld> rows(Path file) {
        List<TestWorld> rows = new ArrayList<>();
        try {
            List<String> all = Files.readAllLines(file);
            blocks(file, "# ").forEach((title, lines) -> {
                addAll(rows, file.getFileName() + ":" + (all.indexOf("# " + title) + 1), title, lines);
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return RowNames.chosen(rows);
    }

    /** A row, and one more for each line that begins with {@code or} and takes the place of the line above. */
    private static void addAll(List<TestWorld> rows, String where, String title, List<String> lines) {
        List<String> first = new ArrayList<>(lines);
        first.removeIf(line -> line.startsWith(OR));
        rows.add(of(where, title, first));
        int above = -1;
        for (String line : lines) {
            if (line.startsWith(OR)) {
                List<String> other = new ArrayList<>(first);
                other.set(above, line.substring(OR.length()));
                rows.add(of(where, title + ", " + line, other));
            } else {
                above++;
            }
        }
    }

    /** The lines below each title that begins with a mark. */
    private static Map<String, List<String>> blocks(Path file, String mark) {
        Map<String, List<String>> blocks = new LinkedHashMap<>();
        try {
            for (String block : Files.readString(file).split("\n\n+")) {
                List<String> lines = block.lines().toList();
                if (block.startsWith(mark)
                        && blocks.put(lines.get(0).substring(mark.length()), lines.subList(1, lines.size())) != null) {
                    throw new IllegalArgumentException(file + " has two of " + lines.get(0));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return blocks;
    }

    public static TestWorld of(String... lines) {
        return of("", List.of(lines));
    }

    public static TestWorld of(String title, List<String> lines) {
        return of("", title, lines);
    }

    private static TestWorld of(String where, String title, List<String> lines) {
        List<String> all = new ArrayList<>();
        for (String line : lines) {
            if (line.startsWith("in: ")) {
                List<String> place = PLACES.get(line.substring(4));
                all.addAll(of(where, title, Objects.requireNonNull(place, "states.txt has no place " + line)).lines);
            } else {
                all.add(line);
            }
        }
        return new TestWorld(where, title, all);
    }

    public List<String> world() {
        return lines.stream().filter(line -> FIELDS.contains(part(line)[0])).toList();
    }

    /** The lines that are not about the world. */
    public List<String> answer() {
        return lines.stream().filter(line -> !FIELDS.contains(part(line)[0])).toList();
    }

    /** A line's name, without a colon, and what it holds. */
    private static String[] part(String line) {
        int blank = (line + " ").indexOf(' ');
        String name = line.substring(0, blank);
        String rest = line.substring(Math.min(blank + 1, line.length()));
        return new String[] {name.endsWith(":") ? name.substring(0, name.length() - 1) : name, rest};
    }

    /** The same world with another command. */
    public TestWorld asked(String command) {
        List<String> others = new ArrayList<>(world());
        others.removeIf(line -> Set.of("$", "log", "lines", "stdin").contains(part(line)[0]));
        others.add("$ " + command);
        return new TestWorld(where, title, others);
    }

    /** What the lines with that name hold. */
    public List<String> all(String field) {
        return lines.stream()
                .map(TestWorld::part)
                .filter(part -> part[0].equals(field))
                .map(part -> part[1])
                .toList();
    }

    private String joined(String field, Path home) {
        return text(String.join("\n", all(field)), home);
    }

    public String one(String field, String otherwise) {
        return all(field).stream().findFirst().orElse(otherwise);
    }

    public List<String> arguments(Path home) {
        List<String> arguments = words(one("$", ""), home);
        if (hasLog()) {
            arguments.add(0, "explain");
        }
        return arguments;
    }

    /** Whether `explain` reads a text in it. */
    public boolean hasLog() {
        return !all("log").isEmpty() || !all("lines").isEmpty();
    }

    /** The words of a command line, quoted as in a shell. */
    public static List<String> words(String line, Path home) {
        List<String> words = new ArrayList<>();
        for (Matcher matcher = WORD.matcher(text(line, home)); matcher.find(); ) {
            words.add(matcher.group().replace("\\'", "\0").replace("'", "").replace('\0', '\''));
        }
        return words;
    }

    public Map<String, String> variables(Path home) {
        Map<String, String> variables = new LinkedHashMap<>();
        for (String line : world()) {
            String text = text(part(line)[1], home);
            switch (part(line)[0]) {
                case "variable" -> variables.put("CHAINLOOP_TOKEN", text);
                case "env" ->
                    variables.put(text.substring(0, text.indexOf('=')), text.substring(text.indexOf('=') + 1));
                case "cli" -> variables.put("PATH", StandInCli.path(home));
                default -> {}
            }
        }
        return variables;
    }

    /** What a pipe holds, where stdin is one. */
    public Optional<String> stdin(Path home) {
        List<String> pieces = new ArrayList<>(all("stdin"));
        all("log").forEach(line -> pieces.add(line + "\\n"));
        all("lines").forEach(log -> lines(log).forEach(line -> pieces.add(line + "\n")));
        return pieces.isEmpty() ? Optional.empty() : Optional.of(text(String.join("", pieces), home));
    }

    /** A log below src/test/states/logs, whole, without its head and tail, or only its last lines. */
    private static List<String> lines(String log) {
        try {
            String[] name = log.split(" ", 2);
            List<String> lines = Files.readAllLines(Path.of("src/test/states/logs", name[0] + ".log"));
            String part = name.length < 2 ? "" : name[1];
            int from = part.equals("middle") ? 5 : part.equals("last") ? lines.size() - 5 : 0;
            return lines.subList(from, part.equals("middle") ? lines.size() - 5 : lines.size());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A run in this world: its files are in that home folder, and everything else is as at a person's terminal on Linux. */
    public CliRun in(Path home) throws IOException {
        makeFiles(home);
        return around(home);
    }

    /** The same, with the files as they are. */
    public CliRun around(Path home) {
        CliRun run = CliRun.withHome(home).machine(joined("machine", home));
        variables(home).forEach(run::env);
        stdin(home).ifPresent(run::stdin);
        all("time").forEach(time -> run.at(Instant.parse(time)));
        all("platform").forEach(mac -> run.onMac());
        all("screen").forEach(columns -> run.terminal().errorTerminal().env("COLUMNS", columns));
        return run;
    }

    public CliRun.Result run(Path home, String... more) throws IOException {
        List<String> arguments = arguments(home);
        arguments.addAll(List.of(more));
        return in(home).run(arguments);
    }

    public void makeFiles(Path home) throws IOException {
        StringBuilder config = new StringBuilder();
        for (String line : world()) {
            String text = text(part(line)[1], home);
            switch (part(line)[0]) {
                case "config" -> config.append(text.equals("empty") ? "" : text + "\n");
                case "login" -> config.append("[auth]\ntoken = '").append(text).append("'\n");
                case "file" -> write(home, text.split(" = ", 2)[0], text.split(" = ", 2)[1]);
                default -> {}
            }
        }
        if (!all("config").isEmpty() || !all("login").isEmpty()) {
            write(home, CONFIG, config.toString());
        }
        if (!all("cli").isEmpty()) {
            String[] versions = one("versions", VERSIONS).split(" ");
            new StandInCli(home, versions[0], versions[1], StandInCli.saying(joined("cli", home)));
        }
    }

    /** A file that others can read lies in folders that they can enter. */
    private void write(Path home, String path, String text) throws IOException {
        Path file = home.resolve(path);
        String mode = one("mode", "600");
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        Files.setLastModifiedTime(file, FileTime.from(CliRun.NOW.minusSeconds(Long.parseLong(one("age", "3600")))));
        setMode(file, mode);
        for (Path above = file.getParent(); above.startsWith(home); above = above.getParent()) {
            setMode(above, mode.equals("600") ? "700" : "755");
        }
        Assumptions.assumeTrue(mode.equals("600") || isOpen(home), "others cannot enter the temporary folder");
    }

    /** Whether every user of the machine can enter a folder. */
    public static boolean isOpen(Path folder) throws IOException {
        boolean open = true;
        for (Path above = folder.toRealPath(); above != null; above = above.getParent()) {
            open &= ((Integer) Files.getAttribute(above, "unix:mode") & 1) != 0;
        }
        return open;
    }

    public static void setMode(Path path, String octal) throws IOException {
        Files.setAttribute(path, "unix:mode", Integer.parseInt(octal, 8));
    }

    /** With tokens in place of their descriptions. */
    public static String text(String text, Path home) {
        String described = TOKEN.matcher(text.replace("~/", home + "/")).replaceAll(match -> {
            String token = TokenMint.described(match.group(2));
            if ("SPLIT ".equals(match.group(1))) {
                return token.substring(0, 100) + "\n" + token.substring(100);
            }
            return match.group(1) == null
                    ? token
                    : Base64.getEncoder().encodeToString(token.getBytes(StandardCharsets.UTF_8));
        });
        return CHARACTER
                .matcher(described)
                .replaceAll(code -> Matcher.quoteReplacement(Character.toString(Integer.parseInt(code.group(1), 16))))
                .replace("\\n", "\n")
                .replace("\\r", "\r")
                .replace("\\s", " ");
    }

    @Override
    public String toString() {
        return (where + " " + title).strip();
    }
}
