package dev.chainloop.token.testing;

import dev.chainloop.token.cli.Cli;
import dev.chainloop.token.cli.World;
import dev.chainloop.token.io.Descriptor;
import dev.chainloop.token.io.StandardInput;
import dev.chainloop.token.source.Environment;
import dev.chainloop.token.source.Machine;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PipedOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TimeZone;

/** A run of the command line in a world that the test makes; {@link #run} may be called once. */
public final class CliRun {
    /** The time in all tests that do not set another. */
    public static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    static {
        // No answer depends on the zone of the machine, which often is UTC.
        TimeZone.setDefault(TimeZone.getTimeZone("Asia/Kathmandu"));
    }

    private final Map<String, String> variables = new HashMap<>();
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private List<String> machine = List.of();
    private boolean mac;
    private StandardInput stdin = new StandardInput(Descriptor.Kind.OTHER, InputStream.nullInputStream());
    private OutputStream outTo = out;
    private Descriptor.Kind outKind = Descriptor.Kind.FILE;
    private Descriptor.Kind errKind = Descriptor.Kind.FILE;
    private Instant time = NOW;

    public record Result(int status, String out, String err) {}

    public static CliRun withHome(Path home) {
        return new CliRun().env("HOME", home.toString());
    }

    public CliRun env(String name, String value) {
        variables.put(name, value);
        return this;
    }

    public CliRun at(Instant now) {
        time = now;
        return this;
    }

    public CliRun onMac() {
        mac = true;
        return this;
    }

    /** It runs on a machine as {@link FixedMachine} reads it from lines; otherwise at a person's terminal. */
    public CliRun machine(String lines) {
        machine = lines.lines().toList();
        return this;
    }

    public CliRun stdin(String text) {
        return stdin(Descriptor.Kind.PIPE, new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    }

    public CliRun stdin(Descriptor.Kind kind, InputStream stream) {
        stdin = new StandardInput(kind, stream);
        return this;
    }

    public CliRun errorTerminal() {
        errKind = Descriptor.Kind.TERMINAL;
        return this;
    }

    public CliRun terminal() {
        outKind = Descriptor.Kind.TERMINAL;
        return this;
    }

    public CliRun outTo(OutputStream stream, boolean isPipe) {
        outTo = stream;
        outKind = isPipe ? Descriptor.Kind.PIPE : Descriptor.Kind.FILE;
        return this;
    }

    /** Answers go to a full disk, or to a pipe whose reader has gone. */
    public CliRun outFails(boolean isPipe) {
        return outTo(new PipedOutputStream(), isPipe);
    }

    /** What it has written to standard error so far. */
    public String err() {
        return err.toString(StandardCharsets.UTF_8);
    }

    public String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    public Result run(List<String> args) {
        return run(args.toArray(new String[0]));
    }

    public Result run(String... args) {
        World world = new World(
                new Environment(
                        variables,
                        mac,
                        new FixedMachine(machine, Path.of(variables.getOrDefault("HOME", "/none")), outKind, errKind)),
                stdin,
                outTo,
                err,
                () -> time);
        int status = Cli.run(world, args);
        return new Result(status, out.toString(StandardCharsets.UTF_8), err());
    }

    /**
     * A machine that a test makes; without lines, one where a person is at a terminal.
     *
     * Its lines are {@code unattended}, {@code home /root}, {@code folder DIR}, {@code FILE} or {@code FILE CONTENT};
     * {@code folder} is where it runs, unless a line says that.
     */
    public static final class FixedMachine extends Machine {
        private final List<String> lines;
        private final Path folder;
        private final Descriptor.Kind outKind;
        private final Descriptor.Kind errKind;

        public FixedMachine(List<String> lines, Path folder, Descriptor.Kind outKind, Descriptor.Kind errKind) {
            this.lines = lines;
            this.folder = folder;
            this.outKind = outKind;
            this.errKind = errKind;
        }

        @Override
        public Descriptor.Kind kind(Descriptor one) {
            return one == Descriptor.OUT ? outKind : errKind;
        }

        @Override
        public boolean attended() {
            return !lines.contains("unattended");
        }

        @Override
        public boolean exists(String path) {
            return read(path).isPresent();
        }

        @Override
        public Path folder() {
            return read("folder").map(Path::of).orElse(folder);
        }

        @Override
        public Optional<String> home() {
            return read("home");
        }

        @Override
        public Optional<String> read(String path) {
            return lines.stream()
                    .filter(line -> (line + " ").startsWith(path + " "))
                    .map(line -> line.substring(path.length()).stripLeading())
                    .findFirst();
        }

        @Override
        public void pause(int millis) {}
    }
}
