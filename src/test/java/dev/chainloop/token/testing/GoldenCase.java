package dev.chainloop.token.testing;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * One golden transcript. Its folder holds
 *
 * <ul>
 *   <li>{@code args}: one argument a line, JSON escapes allowed in none; a missing file means no arguments;
 *   <li>{@code env}: {@code NAME=value} a line; {@code HOME} is set to a fresh folder;
 *   <li>{@code config.toml}: put where the CLI has its config file, an hour ago, with the mode in {@code config.mode} or
 *       644; with that file, all users can enter the folders above; {@code config.devel.toml}: put beside it;
 *   <li>{@code files/NAME}: put into the home folder as they are, such as keys;
 *   <li>{@code stdin}: a pipe with that text; without it stdin is no pipe;
 *   <li>{@code token.json}, {@code token2.json}, …: payloads; {@code @TOKEN@}, {@code @TOKEN2@}, … in the files above
 *       stand for the tokens minted from them, with {@code header.json}, {@code header2.json}, … if there;
 *       {@code @DAMAGED@} stands for the first with an unused bit set at its end;
 *   <li>{@code stdout}, {@code stderr}, {@code exit}: the transcript, with {@code @HOME@} for the home folder and
 *       {@code @VERSION@} for the tool's version.
 * </ul>
 */
public final class GoldenCase {
    private static final String NAME = "chainloop-token ";
    private static final String VERSION = System.getProperty("project.version", "@VERSION@");
    private static final Path ROOT = Path.of("src/test/resources/golden");

    private final Path folder;

    private GoldenCase(Path folder) {
        this.folder = folder;
    }

    /** All cases, by name. */
    public static List<GoldenCase> all() throws IOException {
        try (Stream<Path> folders = Files.list(ROOT)) {
            return folders.filter(Files::isDirectory)
                    .sorted()
                    .map(GoldenCase::new)
                    .toList();
        }
    }

    /** Plays the case within this JVM. */
    public CliRun.Result runInProcess(Path home) throws IOException {
        prepare(home);
        CliRun run = CliRun.withHome(home);
        environment(home).forEach(run::env);
        if (hasStdin()) {
            run.stdin(input("stdin", home));
        }
        return run.run(arguments(home).toArray(new String[0]));
    }

    /**
     * Plays the case as a process with those variables and the case's. It is told the time that {@link CliRun} has, unless
     * the case tells one itself or fails on its command line.
     */
    public CliRun.Result runProcess(List<String> program, Path home, Path output, Map<String, String> variables)
            throws IOException, InterruptedException {
        prepare(home);
        List<String> args = new ArrayList<>(arguments(home));
        if (takesTime(args)) {
            args.addAll(List.of("--at", CliRun.NOW.toString()));
        }
        List<String> command = new ArrayList<>(program);
        command.addAll(args);
        Path out = output.resolve("stdout");
        Path err = output.resolve("stderr");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(new File(System.getProperty("user.dir")))
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        if (!hasStdin()) {
            builder.redirectInput(new File("/dev/null"));
        }
        builder.environment().clear();
        builder.environment().putAll(variables);
        builder.environment().putAll(environment(home));
        Process process = builder.start();
        if (hasStdin()) {
            try (OutputStream stdin = process.getOutputStream()) {
                stdin.write(input("stdin", home).getBytes(StandardCharsets.UTF_8));
            } catch (IOException e) {
                // It may end without having read all.
            }
        }
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IllegalStateException("still running: " + this);
        }
        return new CliRun.Result(process.exitValue(), Files.readString(out), Files.readString(err));
    }

    private boolean takesTime(List<String> args) throws IOException {
        return status() != 2
                && (args.isEmpty() || !List.of("help", "completion", "schema").contains(args.get(0)))
                && Collections.disjoint(args, List.of("--at", "--help", "-h", "--version", "-V", "--list"))
                && args.stream().noneMatch(word -> word.startsWith("--at="));
    }

    /** Puts the config file in its place below a home folder, and the other files into that. */
    public void prepare(Path home) throws IOException {
        copyFiles(home);
        Path folder = home.resolve(".config/chainloop");
        for (String name : List.of("config.toml", "config.devel.toml")) {
            if (has(name)) {
                Files.createDirectories(folder);
                Path file = folder.resolve(name);
                Files.writeString(file, input(name, home));
                Files.setLastModifiedTime(file, FileTime.from(CliRun.NOW.minusSeconds(3600)));
                setMode(file, has("config.mode") ? read("config.mode").strip() : "644");
            }
        }
        if (has("config.mode")) {
            for (Path above = folder; above.startsWith(home); above = above.getParent()) {
                setMode(above, "755");
            }
        }
    }

    private void copyFiles(Path home) throws IOException {
        if (has("files")) {
            try (Stream<Path> files = Files.list(folder.resolve("files"))) {
                for (Path file : files.toList()) {
                    Files.copy(file, home.resolve(file.getFileName()));
                }
            }
        }
    }

    /** Whether the folder for temporary files is one that the case can be played in. */
    public boolean canPlayBelow(Path home) {
        return !has("config.mode") || isOpen(home.getParent());
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

    private boolean has(String name) {
        return Files.exists(folder.resolve(name));
    }

    public boolean hasStdin() {
        return has("stdin");
    }

    public String stdin(Path home) throws IOException {
        return input("stdin", home);
    }

    public List<String> arguments(Path home) throws IOException {
        return input("args", home).lines().toList();
    }

    public Map<String, String> environment(Path home) throws IOException {
        Map<String, String> variables = new LinkedHashMap<>();
        for (String line : input("env", home).lines().toList()) {
            int equals = line.indexOf('=');
            variables.put(line.substring(0, equals), line.substring(equals + 1));
        }
        return variables;
    }

    /** The transcript's answer. */
    public String stdout() throws IOException {
        return read("stdout");
    }

    /** The transcript's exit status. */
    public int status() throws IOException {
        return Integer.parseInt(read("exit").strip());
    }

    public boolean hasTranscript() {
        return has("exit");
    }

    /** The transcript as written. */
    public String transcript() throws IOException {
        return join(read("stdout"), read("stderr"), read("exit").strip());
    }

    /** The same of a run. */
    public String transcriptOf(CliRun.Result result, Path home) {
        return join(homeless(result.out(), home), homeless(result.err(), home), String.valueOf(result.status()));
    }

    /** Makes a run the transcript. */
    public void write(CliRun.Result result, Path home) throws IOException {
        Files.writeString(folder.resolve("stdout"), homeless(result.out(), home));
        Files.writeString(folder.resolve("stderr"), homeless(result.err(), home));
        Files.writeString(folder.resolve("exit"), result.status() + "\n");
    }

    @Override
    public String toString() {
        return folder.getFileName().toString();
    }

    private static String join(String out, String err, String status) {
        return "--- stdout\n" + out + "--- stderr\n" + err + "--- exit\n" + status;
    }

    private static String homeless(String text, Path home) {
        return text.replace(home.toString(), "@HOME@").replace(NAME + VERSION, NAME + "@VERSION@");
    }

    private String input(String name, Path home) throws IOException {
        String text = read(name).replace("@HOME@", home.toString());
        for (String number : numbers()) {
            if (text.contains("@TOKEN" + number + "@")) {
                text = text.replace("@TOKEN" + number + "@", token(number));
            }
        }
        return text.contains("@DAMAGED@") ? text.replace("@DAMAGED@", TokenMint.withSpareBit(token(""))) : text;
    }

    private List<String> numbers() {
        List<String> numbers = new ArrayList<>();
        for (int i = 1; Files.exists(folder.resolve("token" + (i == 1 ? "" : i) + ".json")); i++) {
            numbers.add(i == 1 ? "" : String.valueOf(i));
        }
        return numbers;
    }

    private String token(String number) throws IOException {
        String header = read("header" + number + ".json").strip();
        String payload = read("token" + number + ".json").strip();
        return TokenMint.token(header.isEmpty() ? TokenMint.HS256 : header, payload);
    }

    private String read(String name) throws IOException {
        Path file = folder.resolve(name);
        return Files.exists(file) ? Files.readString(file, StandardCharsets.UTF_8) : "";
    }
}
