package dev.chainloop.token.ask;

import dev.chainloop.token.source.Environment;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Finds and runs the user's own Chainloop CLI. No other class starts a process. */
final class ChainloopCli {
    static final int SECONDS = 10;

    /** A child may hold the streams open. */
    private static final int STREAMS_MILLIS = 500;

    /** Only Linux has it; elsewhere, only children that still have their parents are known. */
    private static final File SETSID = new File("/usr/bin/setsid");

    /**
     * Becomes the program. A shell beside it kills the group at the end of stdin: when the program has ended or must
     * end, or when this tool has ended. If the program is still running then, the shell deletes the file that is named first, and its folder.
     */
    private static final String WATCHED = "exec 3<&0; { PATH=/usr/bin:/bin; read -r line; kill -0 $$ && rm -f \"$0\" &&"
            + " rmdir \"${0%/*}\"; kill -9 0; } <&3 >/dev/null 2>&1 & exec \"$@\" </dev/null 3<&-";

    /** More of a stream is read and thrown away, so that the CLI does not block. */
    private static final int MOST_BYTES = 1 << 18;

    /** The result of a run that ended in time. */
    record Run(int status, String out, String err) {
        /** What was printed may hold a token. */
        @Override
        public String toString() {
            return "Run[" + status + ", <redacted>]";
        }
    }

    private ChainloopCli() {}

    /** The first {@code chainloop} in the absolute folders of PATH; a program in the current folder may be anybody's. */
    static Optional<File> find(Environment environment) {
        for (String folder : environment.nonEmpty("PATH").orElse("").split(File.pathSeparator, -1)) {
            File program = new File(folder, "chainloop");
            if (folder.startsWith("/") && program.isFile() && program.canExecute()) {
                return Optional.of(program);
            }
        }
        return Optional.empty();
    }

    /**
     * Runs it with nothing on its stdin, without telemetry and without colors. At its end, or after ten seconds, its process group
     * is killed.
     *
     * @param empty deleted with its folder if a signal ends this
     * @param variables all other variables that it gets
     * @return empty when it was killed
     * @throws IOException when it cannot be started
     */
    static Optional<Run> run(File program, Path empty, List<String> arguments, Map<String, String> variables)
            throws IOException {
        boolean group = SETSID.canExecute();
        List<String> command = new ArrayList<>(
                group ? List.of(SETSID.getPath(), "/bin/sh", "-c", WATCHED, empty.toString()) : List.of());
        command.add(program.getAbsolutePath());
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().clear();
        builder.environment().putAll(variables);
        builder.environment().putAll(Map.of("DO_NOT_TRACK", "1", "NO_COLOR", "1"));
        Process process = builder.start();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Thread reader = reading(process.getInputStream(), out);
        Thread second = reading(process.getErrorStream(), err);
        try {
            boolean ended = process.waitFor(SECONDS, TimeUnit.SECONDS);
            process.getOutputStream().close();
            if (!ended) {
                // The watching shell must not be killed before it kills.
                process.waitFor(STREAMS_MILLIS, TimeUnit.MILLISECONDS);
                return Optional.empty();
            }
            reader.join(STREAMS_MILLIS);
            second.join(STREAMS_MILLIS);
            if (group && (process.exitValue() == 126 || process.exitValue() == 127)) {
                throw new IOException("the shell could not start it");
            }
            return Optional.of(new Run(
                    process.exitValue(), out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8)));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    /** Reads a stream to its end and keeps its beginning. */
    private static Thread reading(InputStream in, ByteArrayOutputStream kept) {
        Thread thread = new Thread(() -> {
            try {
                kept.writeBytes(in.readNBytes(MOST_BYTES));
                in.transferTo(OutputStream.nullOutputStream());
            } catch (IOException e) {
                // It was killed.
            }
        });
        thread.setDaemon(true);
        thread.start();
        return thread;
    }
}
