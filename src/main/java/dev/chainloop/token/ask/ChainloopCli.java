package dev.chainloop.token.ask;

import dev.chainloop.token.source.Environment;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** Finds and runs the user's own Chainloop CLI. No other class starts a process. */
final class ChainloopCli {
    static final String NAME = "chainloop";
    static final int SECONDS = 10;

    private static final int WATCH_MILLIS = 50;
    private static final int STREAMS_MILLIS = 500;

    /** More of a stream is read, so that the CLI does not block, and thrown away. */
    private static final int MOST_BYTES = 1 << 18;

    /**
     * What a run left.
     *
     * @param ended whether it ended in time; if not, it and its children were killed
     * @param status its exit status; of no meaning when it was killed
     */
    record Run(boolean ended, int status, String out, String err) {
        /** What was printed may hold a token. */
        @Override
        public String toString() {
            return "Run[" + ended + ", " + status + ", <redacted>]";
        }
    }

    private ChainloopCli() {}

    /** The first program of that name in the absolute folders of PATH: one in the current folder may be anybody's. */
    static Optional<Path> find(Environment environment) {
        for (String folder : environment.nonEmpty("PATH").orElse("").split(File.pathSeparator, -1)) {
            Optional<Path> program = program(folder + "/" + NAME);
            if (program.isPresent() && program.get().isAbsolute()) {
                return program;
            }
        }
        return Optional.empty();
    }

    /** The file, if it can be run. */
    static Optional<Path> program(String file) {
        try {
            Path path = Path.of(file);
            return Files.isRegularFile(path) && Files.isExecutable(path) ? Optional.of(path) : Optional.empty();
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }

    /**
     * Runs it with nothing on its stdin, for ten seconds at most, without telemetry and without colors.
     *
     * @param variables all others that it gets
     * @throws IOException when it cannot be started
     */
    static Run run(Path program, List<String> arguments, Map<String, String> variables) throws IOException {
        List<String> command = new ArrayList<>(List.of(program.toAbsolutePath().toString()));
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command).redirectInput(new File("/dev/null"));
        builder.environment().clear();
        builder.environment().putAll(variables);
        builder.environment().putAll(Map.of("DO_NOT_TRACK", "1", "NO_COLOR", "1"));
        Process process = builder.start();
        Drain out = new Drain(process.getInputStream());
        Drain err = new Drain(process.getErrorStream());
        out.start();
        err.start();
        Set<ProcessHandle> children = ConcurrentHashMap.newKeySet();
        Thread watch = new Thread(() -> watch(process, children));
        watch.setDaemon(true);
        watch.start();
        boolean ended = false;
        try {
            ended = process.waitFor(SECONDS, TimeUnit.SECONDS);
            // A child may hold the streams open.
            if (ended) {
                out.join(STREAMS_MILLIS);
                err.join(STREAMS_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            process.descendants().forEach(children::add);
            process.destroyForcibly();
            children.forEach(ProcessHandle::destroyForcibly);
        }
        return new Run(ended, ended ? process.exitValue() : 0, out.kept(), err.kept());
    }

    /** Notes the children while they can be told: once the process has ended, nobody knows which were its own. */
    private static void watch(Process process, Set<ProcessHandle> children) {
        try {
            do {
                process.descendants().forEach(children::add);
            } while (!process.waitFor(WATCH_MILLIS, TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Reads a stream to its end and keeps its beginning. */
    private static final class Drain extends Thread {
        private final InputStream in;
        private final ByteArrayOutputStream kept = new ByteArrayOutputStream();

        Drain(InputStream in) {
            this.in = in;
            setDaemon(true);
        }

        @Override
        public void run() {
            byte[] chunk = new byte[1 << 13];
            try {
                for (int count = in.read(chunk); count >= 0; count = in.read(chunk)) {
                    kept.write(chunk, 0, Math.min(count, MOST_BYTES - kept.size()));
                }
            } catch (IOException e) {
                // It was killed; what it said before counts.
            }
        }

        String kept() {
            return kept.toString(StandardCharsets.UTF_8);
        }
    }
}
