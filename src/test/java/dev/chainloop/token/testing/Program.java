package dev.chainloop.token.testing;

import java.io.File;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/** A program of the system, or the tool itself, that a test runs as a process. */
public final class Program {
    private static final int SECONDS = 240;

    /** What a program gets of the variables of whoever runs the tests: where programs, their settings and their files are. */
    private static final Set<String> KEPT = Set.of("PATH", "HOME", "TMPDIR");

    private final ProcessBuilder builder;
    private String input = "";
    private boolean pipe;
    private boolean open;
    private boolean terminal;

    private Program(List<String> command) {
        builder = new ProcessBuilder(command);
        builder.environment().keySet().retainAll(KEPT);
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().put("LC_ALL", "C.UTF-8");
    }

    /** A command; its variables are few and nobody's, its stdin is {@code /dev/null}, its stdout and stderr are files. */
    public static Program of(String... command) {
        return new Program(List.of(command));
    }

    public static Program of(List<String> command) {
        return new Program(command);
    }

    /** A text as one word of a shell, whatever it contains; of fish, too, unless it contains a backslash. */
    public static String quoted(String text) {
        return "'" + text.replace("'", "'\\''") + "'";
    }

    /** What it prints. */
    public static String run(String... command) throws IOException, InterruptedException {
        return of(command).merged().run().out();
    }

    public Program in(Path folder) {
        builder.directory(folder.toFile());
        return this;
    }

    public Program with(Map<String, String> variables) {
        builder.environment().putAll(variables);
        return this;
    }

    public Program env(String name, String value) {
        return with(Map.of(name, value));
    }

    public Program unset(String name) {
        builder.environment().remove(name);
        return this;
    }

    /** With a home folder, and without whatever else is in the environment, such as a locale. */
    public Program alone(Path home) {
        builder.environment().keySet().retainAll(Set.of("PATH", "JAVA_HOME"));
        return env("HOME", home.toString());
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

    /** Runs a shell script in a folder, which is {@code @HOME@} in what it prints. */
    public CliRun.Result script(String script) throws IOException, InterruptedException {
        builder.command("sh", "-c", script);
        CliRun.Result result = run();
        String folder = builder.directory().toString();
        return new CliRun.Result(
                result.status(),
                result.out().replace(folder, "@HOME@"),
                result.err().replace(folder, "@HOME@"));
    }

    public CliRun.Result run() throws IOException, InterruptedException {
        Path out = temporary("");
        Path err = temporary("");
        boolean fed = pipe && !terminal;
        if (terminal) {
            List<String> words = new ArrayList<>(builder.command());
            words.replaceAll(Program::quoted);
            String line = (pipe ? "cat " + temporary(input) + " | " : "</dev/null ") + String.join(" ", words);
            String errors = builder.redirectErrorStream() ? "&1" : err.toString();
            builder.command("script", "-qefc", line + " >" + out + " 2>" + errors, "/dev/null");
            builder.redirectErrorStream(false).redirectError(ProcessBuilder.Redirect.DISCARD);
            builder.redirectOutput(ProcessBuilder.Redirect.DISCARD);
        } else {
            builder.redirectOutput(out.toFile()).redirectError(err.toFile());
        }
        Process process = (fed ? builder : builder.redirectInput(new File("/dev/null"))).start();
        try {
            Writer stdin = process.outputWriter(StandardCharsets.UTF_8);
            stdin.append(input).flush();
            if (!open) {
                stdin.close();
            }
        } catch (IOException e) {
            // It may end without reading everything.
        }
        if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
            throw new IllegalStateException("still running after " + SECONDS + " seconds: " + builder.command());
        }
        return new CliRun.Result(process.exitValue(), text(out), text(err));
    }

    private static Path temporary(String text) throws IOException {
        Path file = Files.writeString(Files.createTempFile("program", ""), text);
        file.toFile().deleteOnExit();
        return file;
    }

    private static String text(Path file) throws IOException {
        return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    }

    /** Whether there is a program or a file. The {@code script} of macOS takes other options, and without /dev/pts it fails. */
    public static boolean exists(String name) {
        String test =
                name.equals("script") ? "script -qefc true /dev/null" : "[ -e '" + name + "' ] || command -v " + name;
        try {
            return of("sh", "-c", test).run().status() == 0;
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Skips the test, and says why, if a program or a file is missing; {@code -Dprograms=required} makes it fail. */
    public static void require(String... names) {
        for (String name : names) {
            String missing = "there is no " + name + " on this machine";
            if (!exists(name)) {
                System.err.println("skipped: " + missing);
                Assertions.assertNotEquals("required", System.getProperty("programs"), missing);
                Assumptions.abort(missing);
            }
        }
    }
}
