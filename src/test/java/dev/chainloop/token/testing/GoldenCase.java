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

/**
 * One golden transcript: a file {@code src/test/golden/NAME.txt}, in the format that {@link Txtar} describes, such as
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
 *   <li>{@code ~/PATH}: a file in the home folder. One in {@code .config} is an hour old and has the mode 644, or that at
 *       the end of {@code ~/PATH mode 600}; with such a mode, all users can enter the folders above;
 *   <li>{@code machine}: what else tells where this runs, as {@link FixedMachine} reads it; without it a person's terminal;
 *   <li>{@code stdin}: a pipe with that text; without it stdin is no pipe;
 *   <li>{@code stdout} and {@code stderr}: what is printed; left out if nothing is.
 * </ul>
 *
 * In all of them {@code @HOME@} is the home folder. In the input {@code @USER expired@} is a token that
 * {@link TokenMint#described} makes, and {@code @KEYS/rsa.pem@} what that file in {@code src/test/resources/keys} holds; in
 * the output {@code @VERSION@} is the tool's version.
 */
public final class GoldenCase {
    private static final String NAME = "chainloop-token";
    private static final String VERSION = System.getProperty("project.version", "@VERSION@");
    private static final Path ROOT = Path.of("src/test/golden");
    private static final Path KEYS = Path.of("src/test/resources/keys");
    private static final String SUFFIX = ".txt";
    private static final int HOME_LENGTH = 40;

    private static final Pattern COMMAND =
            Pattern.compile("^\\$ " + NAME + "(?<args>.*?)(?: {3}# exit (?<status>[0-9]+))?$", Pattern.MULTILINE);
    private static final Pattern WORD = Pattern.compile("(?:[^' ]|'[^']*'|\\\\')+");
    private static final Pattern REFERENCE =
            Pattern.compile("@(?:(?<home>HOME)|KEYS/(?<key>[^@]+)|(?<token>(?:USER|API|FEDERATED|CLAIMS|TEXT)[^@]*))@");
    private static final Pattern HOME_FILE = Pattern.compile("~/(?<path>.+?)(?: mode (?<mode>[0-7]+))?");

    private final String name;
    private final Txtar txtar;
    private final Matcher command;

    GoldenCase(String name, Txtar txtar) {
        this.name = name;
        this.txtar = txtar;
        command = COMMAND.matcher(txtar.comment());
        if (!command.find()) {
            throw new IllegalStateException(name + " does not begin with `$ " + NAME + "`");
        }
    }

    private static GoldenCase of(Path file) {
        try {
            return new GoldenCase(
                    file.getFileName().toString().replace(SUFFIX, ""), Txtar.parse(Files.readString(file)));
        } catch (IOException e) {
            throw new IllegalStateException(file.toString(), e);
        }
    }

    public static List<GoldenCase> all() throws IOException {
        try (Stream<Path> files = Files.list(ROOT)) {
            return files.sorted().map(GoldenCase::of).toList();
        }
    }

    public static GoldenCase named(String name) {
        return of(ROOT.resolve(name + SUFFIX));
    }

    /** The cases to play: all, or the one that {@code -Dgolden.case=NAME} asks for. */
    public static List<GoldenCase> chosen() throws IOException {
        String name = System.getProperty("golden.case");
        return name == null ? all() : List.of(named(name));
    }

    @FunctionalInterface
    public interface Player {
        /**
         * Runs the tool to its end.
         *
         * @param variables all but {@code HOME}
         * @param machine what else tells where it runs; empty for a person's terminal
         * @param stdin what a pipe holds; null if stdin is no pipe
         */
        CliRun.Result play(
                Path home, Map<String, String> variables, String machine, String stdin, List<String> arguments)
                throws Exception;
    }

    /**
     * Makes a home folder within a new folder for temporary files. Its path always has the same length: otherwise the lines
     * that print it would wrap differently each time.
     */
    public static Path homeIn(Path folder) throws IOException {
        opened(folder);
        int length = Math.max(1, HOME_LENGTH - folder.toString().length() - 1);
        Path home = Files.createDirectories(folder.resolve("h".repeat(length)));
        setMode(home, "700");
        return home;
    }

    /** The folder, which all users can enter. */
    static Path opened(Path folder) throws IOException {
        setMode(folder, "755");
        return folder;
    }

    public CliRun.Result play(Player player, Path home) throws Exception {
        prepare(home);
        return player.play(
                home, environment(home), input(machine(), home), hasStdin() ? stdin(home) : null, arguments(home));
    }

    public static CliRun.Result inProcess(
            Path home, Map<String, String> variables, String machine, String stdin, List<String> arguments) {
        CliRun run = CliRun.withHome(home).machine(machine);
        variables.forEach(run::env);
        if (stdin != null) {
            run.stdin(stdin);
        }
        return run.run(arguments.toArray(new String[0]));
    }

    /**
     * Plays the case as a process with those variables and the case's. The time is that of {@link CliRun}, unless
     * the case sets it itself or has a wrong command line.
     */
    public CliRun.Result playAsProcess(List<String> words, Path home, Map<String, String> variables) throws Exception {
        return play(
                (folder, own, machine, stdin, arguments) -> {
                    List<String> command = new ArrayList<>(words);
                    command.addAll(arguments);
                    if (takesTime(arguments)) {
                        command.addAll(List.of("--at", CliRun.NOW.toString()));
                    }
                    Program program = Program.of(command).withOnly(variables).with(own);
                    Program process = machine.isEmpty() ? program.atTerminal() : program;
                    return (stdin == null ? process : process.reading(stdin)).run();
                },
                home);
    }

    /** What tells where it runs, besides the variables; empty for a person's terminal. */
    private String machine() {
        return txtar.texts().getOrDefault("machine", "");
    }

    /** Whether a process can be made to run there: at a terminal, or where nobody is. */
    public boolean canPlayAsProcess() {
        return !isOfItsRun() && (machine().isEmpty() || machine().strip().equals("unattended"));
    }

    /** Whether it prints what differs from one process to the next: its parent, or times for which it takes no {@code --at}. */
    private boolean isOfItsRun() {
        String printed =
                txtar.texts().getOrDefault("stdout", "") + txtar.texts().getOrDefault("stderr", "");
        return printed.contains("starts this")
                || (command.group("args").contains(" mask ") && printed.contains("expires in"));
    }

    private boolean takesTime(List<String> args) {
        return status() != 2
                && (args.isEmpty()
                        || !List.of("ask", "completion", "help", "mask", "schema")
                                .contains(args.get(0)))
                && Collections.disjoint(args, List.of("--at", "--help", "-h", "--version", "-V", "--list"))
                && args.stream().noneMatch(word -> word.startsWith("--at="));
    }

    private void prepare(Path home) throws IOException {
        for (String name : txtar.texts().keySet()) {
            Matcher matcher = HOME_FILE.matcher(name);
            if (matcher.matches()) {
                Path file = home.resolve(matcher.group("path"));
                Files.createDirectories(file.getParent());
                Files.writeString(file, input(txtar.text(name), home));
                if (matcher.group("path").startsWith(".config/")) {
                    makeConfig(file, matcher.group("mode"), home);
                }
            }
        }
    }

    private static void makeConfig(Path file, String mode, Path home) throws IOException {
        Files.setLastModifiedTime(file, FileTime.from(CliRun.NOW.minusSeconds(3600)));
        if (mode == null) {
            setMode(file, "644");
        } else {
            setMode(file, mode);
            for (Path above = file.getParent(); above.startsWith(home); above = above.getParent()) {
                setMode(above, "755");
            }
        }
    }

    /** Whether the case can be played in the folder for temporary files. */
    public boolean canPlayBelow(Path home) {
        return txtar.texts().keySet().stream().noneMatch(name -> name.contains(" mode ")) || isOpen(home.getParent());
    }

    private static boolean isOpen(Path folder) {
        try {
            for (Path above = folder.toRealPath(); above != null; above = above.getParent()) {
                if (((Integer) Files.getAttribute(above, "unix:mode") & 1) == 0) {
                    return false;
                }
            }
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static void setMode(Path path, String octal) throws IOException {
        Files.setAttribute(path, "unix:mode", Integer.parseInt(octal, 8));
    }

    private boolean hasStdin() {
        return txtar.texts().containsKey("stdin");
    }

    private String stdin(Path home) {
        return input(txtar.text("stdin"), home);
    }

    public List<String> arguments(Path home) {
        return words(command.group("args"), home);
    }

    /** The words of a command line, with tokens in the place of their descriptions. */
    public static List<String> words(String line, Path home) {
        List<String> words = new ArrayList<>();
        Matcher matcher = WORD.matcher(line);
        while (matcher.find()) {
            String word = matcher.group().replace("\\'", "\0").replace("'", "").replace('\0', '\'');
            words.add(input(word, home));
        }
        return words;
    }

    private Map<String, String> environment(Path home) {
        Map<String, String> variables = new LinkedHashMap<>();
        for (String line : txtar.text("env").lines().toList()) {
            int equals = line.indexOf('=');
            variables.put(line.substring(0, equals), input(line.substring(equals + 1), home));
        }
        return variables;
    }

    public String stdout() {
        return Txtar.unescape(txtar.text("stdout"));
    }

    public int status() {
        return Integer.parseInt(command.group("status"));
    }

    /** Compares a run with the transcript, or with {@code -Dgolden.update=true} makes it the transcript. */
    public void check(CliRun.Result result, Path home) throws IOException {
        Golden.check(ROOT.resolve(name + SUFFIX), transcriptOf(result, home));
    }

    public void compare(CliRun.Result result, Path home) throws IOException {
        Golden.compare(ROOT.resolve(name + SUFFIX), transcriptOf(result, home));
    }

    private String transcriptOf(CliRun.Result result, Path home) {
        String line = commandLine(result.status());
        Map<String, String> texts = new LinkedHashMap<>(txtar.texts());
        put(texts, "stdout", homeless(result.out(), home));
        // A busy machine is waited for.
        put(texts, "stderr", homeless(result.err(), home));
        return new Txtar(txtar.comment().replace(command.group(), line), texts).toString();
    }

    /** The command, if it ends like that. */
    String commandLine(int status) {
        return "$ " + NAME + command.group("args") + "   # exit " + status;
    }

    private static void put(Map<String, String> texts, String name, String text) {
        texts.remove(name);
        if (!text.isEmpty()) {
            texts.put(name, Txtar.escape(text));
        }
    }

    private static String homeless(String text, Path home) {
        return text.replace(home.toString(), "@HOME@").replace(NAME + " " + VERSION, NAME + " @VERSION@");
    }

    @Override
    public String toString() {
        return name;
    }

    private static String input(String text, Path home) {
        Matcher reference = REFERENCE.matcher(Txtar.unescape(text));
        StringBuilder expanded = new StringBuilder();
        while (reference.find()) {
            reference.appendReplacement(expanded, Matcher.quoteReplacement(referent(reference, home)));
        }
        return reference.appendTail(expanded).toString();
    }

    private static String referent(Matcher reference, Path home) {
        if (reference.group("home") != null) {
            return home.toString();
        }
        if (reference.group("key") != null) {
            return key(reference.group("key"));
        }
        return TokenMint.described(reference.group("token"));
    }

    private static String key(String name) {
        try {
            return Files.readString(KEYS.resolve(name));
        } catch (IOException e) {
            throw new IllegalStateException("no key is named " + name, e);
        }
    }

    /**
     * Several texts in one file, in the format txtar of the Go project: a comment, then for each text a line {@code -- name --}
     * and its lines. What the format cannot hold, or a reader cannot see, is escaped: {@code @U+1B@} is that character,
     * and {@code @NOEOL@} at the end of a text removes its last line end.
     *
     * @param comment what stands above the first text
     * @param texts with their escapes, by name
     */
    private record Txtar(String comment, Map<String, String> texts) {
        private static final Pattern MARK = Pattern.compile("^-- (.+) --\n", Pattern.MULTILINE);
        private static final Pattern CHARACTER = Pattern.compile("@U\\+([0-9A-F]+)@");
        private static final String NO_END = "@NOEOL@\n";

        /**
         * Control characters but TAB and LF, those that change the direction of text or have no width, blanks at line
         * ends.
         */
        private static final Pattern HIDDEN = Pattern.compile(
                "[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}&&[^\t\n]]|[ \t](?=\n|\\z)|@(?=U\\+|NOEOL@)|^-(?=- .+ --$)",
                Pattern.MULTILINE);

        static Txtar parse(String file) {
            Map<String, String> texts = new LinkedHashMap<>();
            Matcher mark = MARK.matcher(file);
            String name = "";
            int start = 0;
            while (mark.find()) {
                put(texts, name, file.substring(start, mark.start()));
                name = mark.group(1);
                start = mark.end();
            }
            put(texts, name, file.substring(start));
            return new Txtar(texts.remove(""), texts);
        }

        private static void put(Map<String, String> texts, String name, String text) {
            if (texts.put(name, text) != null) {
                throw new IllegalArgumentException("there twice: " + name);
            }
        }

        String text(String name) {
            return texts.getOrDefault(name, "");
        }

        static String escape(String text) {
            String shown = HIDDEN.matcher(text)
                    .replaceAll(match -> "@U+%X@".formatted(match.group().codePointAt(0)));
            return shown.isEmpty() || shown.endsWith("\n") ? shown : shown + NO_END;
        }

        static String unescape(String text) {
            String whole = text.endsWith(NO_END) ? text.substring(0, text.length() - NO_END.length()) : text;
            return CHARACTER
                    .matcher(whole)
                    .replaceAll(match ->
                            Matcher.quoteReplacement(Character.toString(Integer.parseInt(match.group(1), 16))));
        }

        @Override
        public String toString() {
            StringBuilder file = new StringBuilder(comment);
            texts.forEach((name, text) ->
                    file.append("-- ").append(name).append(" --\n").append(text));
            return file.toString();
        }
    }
}
