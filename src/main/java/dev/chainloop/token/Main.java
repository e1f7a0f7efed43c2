package dev.chainloop.token;

import dev.chainloop.token.cli.Cli;
import dev.chainloop.token.cli.ProcessOutput;
import dev.chainloop.token.cli.World;
import dev.chainloop.token.source.Environment;
import dev.chainloop.token.source.ProcessInput;
import dev.chainloop.token.source.Search;
import java.io.BufferedInputStream;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;

/** The process: builds the world from what only a process has, and exits with the status. */
public final class Main {
    /** As when no usable Java was found. */
    private static final int NO_JAVA = 69;

    private static final byte[] OUT_OF_LIMITS =
            "error: Java cannot load what it needs. Raise the limits of this process, see `ulimit -a`, first of all `ulimit -n`.\n"
                    .getBytes(StandardCharsets.US_ASCII);

    private Main() {}

    /** Runs the command line. */
    public static void main(String[] args) {
        try {
            exit(new Cli(world(variables())).run(args));
        } catch (LinkageError e) {
            exit(outOfLimits());
        }
    }

    /**
     * Says that Java could not load a class. The package has them all, so the system did not let it: with few descriptors, for
     * one, no file can be opened any more. Hence nothing is used here that is not loaded.
     */
    private static int outOfLimits() {
        try (FileOutputStream err = new FileOutputStream(FileDescriptor.err)) {
            err.write(OUT_OF_LIMITS);
        } catch (IOException e) {
            // There is nobody left to tell.
        }
        return NO_JAVA;
    }

    static Map<String, String> variables() {
        return System.getenv();
    }

    /** Without the hooks of {@code System.exit}: all output has been flushed, and they cost time. */
    static void exit(int status) {
        Runtime.getRuntime().halt(status);
    }

    /** The process's world but for its variables. */
    static World world(Map<String, String> variables) {
        Environment.Platform platform = Environment.Platform.of(System.getProperty("os.name"));
        // Not System.out: a PrintStream swallows errors. Buffered: a bare FileInputStream.readNBytes of JDK 17 seeks,
        // which a pipe cannot.
        InputStream in = new BufferedInputStream(new FileInputStream(FileDescriptor.in));
        return new World(
                new Environment(variables, platform),
                new ProcessInput(in, Path.of(System.getProperty("java.home"))),
                new FileOutputStream(FileDescriptor.out),
                new FileOutputStream(FileDescriptor.err),
                new ProcessOutput(),
                InstantSource.system(),
                new Sleep());
    }

    // Not a method reference: the first one takes 8 ms to link.
    private static final class Sleep implements Search.Pause {
        @Override
        public void millis(int millis) {
            try {
                Thread.sleep(millis);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
