package dev.chainloop.token.testing;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/** A program of the system, or the tool itself, that a test runs as a process. */
public final class Program {
    private static final int SECONDS = 240;

    /** What a program gets of the variables of whoever runs the tests: where programs, their settings and their files are. */
    private static final Set<String> KEPT = Set.of("PATH", "HOME", "TMPDIR");

    private static final boolean SCRIPT_RUNS_COMMANDS = scriptRunsCommands();

    private final ProcessBuilder builder;
    private String input = "";
    private boolean pipe;
    private boolean open;
    private boolean terminal;

    private Program(String... command) {
        builder = new ProcessBuilder(command);
        builder.environment().keySet().retainAll(KEPT);
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().put("LC_ALL", "C.UTF-8");
    }

    /** A command; its variables are few and nobody's, its stdin is {@code /dev/null}, its stdout and stderr are files. */
    public static Program of(String... command) {
        return new Program(command);
    }

    public static Program of(List<String> command) {
        return new Program(command.toArray(new String[0]));
    }

    public Program in(Path folder) {
        builder.directory(folder.toFile());
        return this;
    }

    public Program with(Map<String, String> variables) {
        builder.environment().putAll(variables);
        return this;
    }

    public Program withOnly(Map<String, String> variables) {
        builder.environment().clear();
        return with(variables);
    }

    public Program reading(String text) {
        input = text;
        pipe = true;
        return this;
    }

    /** The same, but the pipe stays open until it ends: {@code script} sleeps two seconds when it is closed before all is read. */
    public Program typing(String text) {
        open = true;
        return reading(text);
    }

    public Program merged() {
        builder.redirectErrorStream(true);
        return this;
    }

    /** Gives it a terminal, although its streams are files or pipes, as a shell gives it to what a person runs. */
    public Program atTerminal() {
        terminal = exists("script");
        return this;
    }

    public CliRun.Result run() throws IOException, InterruptedException {
        Path out = Files.createTempFile("out", "");
        Path err = Files.createTempFile("err", "");
        Path in = Files.createTempFile("in", "");
        try {
            if (terminal) {
                return runAtTerminal(in, out, err);
            }
            builder.redirectOutput(out.toFile()).redirectError(err.toFile());
            if (!pipe) {
                builder.redirectInput(new File("/dev/null"));
            }
            Process process = builder.start();
            feed(process);
            if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
                throw new IllegalStateException("still running after " + SECONDS + " seconds: " + builder.command());
            }
            return new CliRun.Result(process.exitValue(), text(out), text(err));
        } finally {
            Files.delete(in);
            Files.delete(out);
            Files.delete(err);
        }
    }

    private CliRun.Result runAtTerminal(Path in, Path out, Path err) throws IOException, InterruptedException {
        Files.writeString(in, input);
        String words = builder.command().stream()
                .map(word -> "'" + word.replace("'", "'\\''") + "'")
                .collect(Collectors.joining(" "));
        String command = (pipe ? "cat " + in + " | " + words : words + " </dev/null") + " >" + out + " 2>"
                + (builder.redirectErrorStream() ? "&1" : err);
        builder.command("script", "-qefc", command, "/dev/null")
                .redirectInput(new File("/dev/null"))
                .redirectOutput(ProcessBuilder.Redirect.DISCARD);
        Process process = builder.start();
        if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IllegalStateException("still running after " + SECONDS + " seconds: " + words);
        }
        return new CliRun.Result(process.exitValue(), text(out), text(err));
    }

    /** Starts it for a test that talks with it: its stdin and stdout are pipes, its stderr is this process's. */
    public Process start() throws IOException {
        return builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
    }

    private void feed(Process process) {
        if (pipe) {
            try {
                OutputStream stdin = process.getOutputStream();
                stdin.write(input.getBytes(StandardCharsets.UTF_8));
                stdin.flush();
                if (!open) {
                    stdin.close();
                }
            } catch (IOException e) {
                // It may end without reading everything.
            }
        }
    }

    private static String text(Path file) throws IOException {
        return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    }

    public static String run(String... command) throws IOException, InterruptedException {
        return of(command).merged().run().out();
    }

    /** What to start a command with that has itself and all that it starts written to a file, with all arguments. */
    public static List<String> tracedTo(Path file) {
        return List.of("strace", "-f", "-qq", "-A", "-e", "trace=execve", "-s", "65536", "-o", file.toString());
    }

    public static boolean exists(String name) {
        return isInPath(name) && (!name.equals("script") || SCRIPT_RUNS_COMMANDS);
    }

    private static boolean isInPath(String name) {
        return List.of(System.getenv("PATH").split(File.pathSeparator, -1)).stream()
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, name)));
    }

    /** That of macOS and the BSDs takes a command in another way. */
    private static boolean scriptRunsCommands() {
        try {
            return isInPath("script")
                    && of("script", "-qec", "exit 3", "/dev/null").run().status() == 3;
        } catch (IOException | InterruptedException e) {
            return false;
        }
    }

    /** Skips the test, and says why, when one of the programs is not there; {@code -Dprograms=required} has it fail. */
    public static void require(String... names) {
        for (String name : names) {
            require(name, exists(name));
        }
    }

    public static void requireFile(Path file) {
        require(file.toString(), Files.exists(file));
    }

    static void require(String name, boolean there) {
        require(name, there, "required".equals(System.getProperty("programs")));
    }

    static void require(String name, boolean there, boolean required) {
        String missing = "there is no " + name + " on this machine";
        if (!there && !required) {
            System.err.println("skipped: " + missing);
        }
        Assertions.assertTrue(there || !required, missing);
        Assumptions.assumeTrue(there, missing);
    }
}
