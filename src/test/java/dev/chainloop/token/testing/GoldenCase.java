package dev.chainloop.token.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/**
 * One golden transcript: a file {@code src/test/golden/NAME.txt}, in the format txtar of the Go project, such as
 *
 * <pre>
 * $ chainloop-token check   # exit 1
 * -- env --
 * CHAINLOOP_TOKEN=&#64;API expired&#64;
 * -- stdout --
 * Check failed
 * </pre>
 *
 * The first line is the command, with its arguments quoted as in a shell, and the exit status. The texts are
 *
 * <ul>
 *   <li>{@code env}: {@code NAME=value} a line; {@code HOME} is set to a fresh folder;
 *   <li>{@code ~/PATH}: a file in the home folder, an hour old; with {@code ~/PATH mode 644}, all users can read it;
 *   <li>{@code stdin}: a pipe with that text; without it stdin is no pipe;
 *   <li>{@code stdout} and {@code stderr}: what is printed; left out if nothing is.
 * </ul>
 *
 * In all of them {@code @HOME@} is the home folder. In the input {@code @USER expired@} is a token that
 * {@link TokenMint#described} makes; in the output {@code @U+1B@} is that character, and {@code @VERSION@} the tool's version.
 */
public final class GoldenCase {
    private static final String NAME = "chainloop-token";
    private static final String VERSION = System.getProperty("project.version", "@VERSION@");
    private static final Path ROOT = Path.of("src/test/golden");
    private static final int HOME_LENGTH = 40;

    private static final Pattern COMMAND =
            Pattern.compile("(?m)\\A\\$ " + NAME + "(?<args>.*?)(?: {3}# exit (?<status>[0-9]+))?$");
    private static final Pattern WORD = Pattern.compile("(?:[^' ]|'[^']*'|\\\\')+");
    private static final Pattern TOKEN = Pattern.compile("@((?:USER|API|FEDERATED|CLAIMS|TEXT)[^@]*)@");
    private static final Pattern HOME_FILE = Pattern.compile("~/(?<path>.+?)(?: mode (?<mode>[0-7]+))?");
    private static final Pattern TEXT = Pattern.compile("(?ms)^-- ([^\n]+) --\n(.*?)(?=^-- [^\n]+ --$|\\z)");

    /** Control characters but TAB and LF, those that change the direction of text or have no width, blanks at line ends. */
    private static final Pattern HIDDEN = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}&&[^\t\n]]|[ \t](?=\n|\\z)");

    private final Path file;
    private final Map<String, String> texts = new LinkedHashMap<>();
    private final Matcher command;

    private GoldenCase(Path file) {
        this.file = file;
        try {
            String all = Files.readString(file);
            TEXT.matcher(all).results().forEach(text -> texts.put(text.group(1), text.group(2)));
            command = COMMAND.matcher(all);
        } catch (IOException e) {
            throw new IllegalStateException(file.toString(), e);
        }
        if (!command.find()) {
            throw new IllegalStateException(file + " does not begin with `$ " + NAME + "`");
        }
    }

    public static List<GoldenCase> all() throws IOException {
        try (Stream<Path> files = Files.list(ROOT)) {
            return files.sorted().map(GoldenCase::new).toList();
        }
    }

    public static GoldenCase named(String name) {
        return new GoldenCase(ROOT.resolve(name + ".txt"));
    }

    /** The cases to play: all, or the one that {@code -Dgolden.case=NAME} asks for. */
    public static List<GoldenCase> chosen() throws IOException {
        String name = System.getProperty("golden.case");
        return name == null ? all() : List.of(named(name));
    }

    /**
     * Makes a home folder within a new folder for temporary files. Its path always has the same length: otherwise the lines
     * that print it would wrap differently each time.
     */
    public static Path homeIn(Path folder) throws IOException {
        setMode(folder, "755");
        int length = Math.max(1, HOME_LENGTH - folder.toString().length() - 1);
        Path home = Files.createDirectories(folder.resolve("h".repeat(length)));
        setMode(home, "700");
        return home;
    }

    /** Plays the case in this JVM, with more arguments behind its own. */
    public CliRun.Result play(Path home, String... more) throws IOException {
        prepare(home);
        CliRun run = CliRun.withHome(home);
        environment(home).forEach(run::env);
        if (texts.containsKey("stdin")) {
            run.stdin(input(texts.get("stdin"), home));
        }
        List<String> arguments = arguments(home);
        arguments.addAll(List.of(more));
        return run.run(arguments);
    }

    /**
     * Plays the case as a process with those variables and the case's. The time is that of {@link CliRun}, unless
     * the case sets it itself or has a wrong command line.
     */
    public CliRun.Result playAsProcess(List<String> words, Path home, Map<String, String> variables)
            throws IOException, InterruptedException {
        prepare(home);
        List<String> line = new ArrayList<>(words);
        line.addAll(arguments(home));
        if (takesTime(arguments(home))) {
            line.addAll(List.of("--at", CliRun.NOW.toString()));
        }
        Program program =
                Program.of(line).withOnly(variables).with(environment(home)).atTerminal();
        return (texts.containsKey("stdin") ? program.reading(input(texts.get("stdin"), home)) : program).run();
    }

    private boolean takesTime(List<String> args) {
        return status() != 2
                && (args.isEmpty()
                        || !List.of("ask", "completion", "help", "mask", "schema")
                                .contains(args.get(0)))
                && Collections.disjoint(args, List.of("--at", "--help", "-h", "--version", "-V", "--list"));
    }

    private void prepare(Path home) throws IOException {
        for (Map.Entry<String, String> text : texts.entrySet()) {
            Matcher file = HOME_FILE.matcher(text.getKey());
            if (file.matches()) {
                String mode = file.group("mode") == null ? "600" : file.group("mode");
                write(home, file.group("path"), input(text.getValue(), home), 3600, mode);
                Assumptions.assumeTrue(mode.equals("600") || isOpen(home), "others cannot enter the temporary folder");
            }
        }
    }

    private static boolean isOpen(Path folder) throws IOException {
        boolean open = true;
        for (Path above = folder.toRealPath(); above != null; above = above.getParent()) {
            open &= ((Integer) Files.getAttribute(above, "unix:mode") & 1) != 0;
        }
        return open;
    }

    /** Somebody has logged in an hour ago. */
    public static void logIn(Path home, String token) throws IOException {
        write(home, ".config/chainloop/config.toml", "[auth]\ntoken = '" + token + "'\n", 3600, "600");
    }

    /** Writes a file so many seconds ago; one that others can read lies in folders that they can enter. */
    public static void write(Path home, String path, String text, int age, String mode) throws IOException {
        Path file = home.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        Files.setLastModifiedTime(file, FileTime.from(CliRun.NOW.minusSeconds(age)));
        setMode(file, mode);
        for (Path above = file.getParent(); above.startsWith(home); above = above.getParent()) {
            setMode(above, mode.equals("600") ? "700" : "755");
        }
    }

    private static void setMode(Path path, String octal) throws IOException {
        Files.setAttribute(path, "unix:mode", Integer.parseInt(octal, 8));
    }

    public List<String> arguments(Path home) {
        return words(command.group("args"), home);
    }

    /** The words of a command line, with tokens in the place of their descriptions. */
    public static List<String> words(String line, Path home) {
        List<String> words = new ArrayList<>();
        for (Matcher matcher = WORD.matcher(line); matcher.find(); ) {
            String word = matcher.group().replace("\\'", "\0").replace("'", "").replace('\0', '\'');
            words.add(input(word, home));
        }
        return words;
    }

    private Map<String, String> environment(Path home) {
        Map<String, String> variables = new LinkedHashMap<>();
        for (String line : texts.getOrDefault("env", "").lines().toList()) {
            int equals = line.indexOf('=');
            variables.put(line.substring(0, equals), input(line.substring(equals + 1), home));
        }
        return variables;
    }

    public int status() {
        return Integer.parseInt(command.group("status"));
    }

    /** Compares a run with the transcript, or with {@code -Dgolden.update=true} makes it the transcript. */
    public void check(CliRun.Result result, Path home) throws IOException {
        Golden.check(file, transcriptOf(result, home));
    }

    public void compare(CliRun.Result result, Path home) throws IOException {
        Golden.compare(file, transcriptOf(result, home));
    }

    private String transcriptOf(CliRun.Result result, Path home) {
        StringBuilder transcript =
                new StringBuilder("$ " + NAME + command.group("args") + "   # exit " + result.status() + "\n");
        Map<String, String> all = new LinkedHashMap<>(texts);
        all.remove("stdout");
        all.remove("stderr");
        all.put("stdout", escape(homeless(result.out(), home)));
        all.put("stderr", escape(homeless(result.err(), home)));
        all.forEach((name, text) -> {
            if (!text.isEmpty() || !List.of("stdout", "stderr").contains(name)) {
                transcript.append("-- ").append(name).append(" --\n").append(text);
            }
        });
        return transcript.toString();
    }

    private static String homeless(String text, Path home) {
        return text.replace(home.toString(), "@HOME@").replace(NAME + " " + VERSION, NAME + " @VERSION@");
    }

    private static String escape(String text) {
        return HIDDEN.matcher(text)
                .replaceAll(match -> "@U+%X@".formatted(match.group().codePointAt(0)));
    }

    @Override
    public String toString() {
        return file.getFileName().toString().replace(".txt", "");
    }

    private static String input(String text, Path home) {
        return TOKEN.matcher(text.replace("@HOME@", home.toString()))
                .replaceAll(match -> Matcher.quoteReplacement(TokenMint.described(match.group(1))));
    }
}
