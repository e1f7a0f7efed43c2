package dev.chainloop.token;

import dev.chainloop.token.cli.Cli;
import dev.chainloop.token.cli.World;
import dev.chainloop.token.cli.option.OutputKind;
import dev.chainloop.token.io.StandardInput;
import dev.chainloop.token.source.Environment;
import java.io.BufferedInputStream;
import java.io.File;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileNotFoundException;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import org.graalvm.nativeimage.VMRuntime;
import org.jspecify.annotations.Nullable;

/** The process: builds the {@link World} and exits with the status. */
public final class Main {
    /** The status of the launcher when it finds no usable Java. */
    private static final int NO_JAVA = 69;

    private static final byte[] OUT_OF_LIMITS =
            "error: Java could not load a class, probably because the process has run out of file descriptors. Raise the limit: `ulimit -n`.\n"
                    .getBytes(StandardCharsets.US_ASCII);

    private static final byte[] NO_FOLDER = "error: the current directory no longer exists. Change to another one.\n"
            .getBytes(StandardCharsets.US_ASCII);

    /** Keeps these open: the garbage collector must not close them. */
    private static final InputStream[] HELD = new InputStream[3];

    /** The folder of the running Java; a native executable has none. */
    private static final @Nullable String JAVA_HOME = System.getProperty("java.home");

    private Main() {}

    /** Runs the command line. */
    public static void main(String[] args) {
        if (JAVA_HOME == null) {
            // Makes the runtime ignore SIGPIPE, which it otherwise does while reading its own options.
            VMRuntime.initialize();
            holdClosedDescriptors();
            if (isCurrentFolderGone()) {
                exit(fail(NO_FOLDER));
            }
        }
        // No converters to exclude: with the default, picocli compiles an empty pattern for each of nineteen.
        System.setProperty("picocli.converters.excludes", ",");
        try {
            exit(new Cli(world()).run(args));
        } catch (LinkageError e) {
            exit(fail(OUT_OF_LIMITS));
        }
    }

    /**
     * Says why nothing can be done, without loading another class. The package has all classes, so when Java cannot
     * load one, a limit of the system is the reason: with too few descriptors, for example, no file can be opened.
     */
    private static int fail(byte[] message) {
        try (FileOutputStream err = new FileOutputStream(FileDescriptor.err)) {
            err.write(message);
        } catch (IOException e) {
            // It cannot be reported.
        }
        return NO_JAVA;
    }

    /** Without the hooks of {@code System.exit}: all output has been flushed, and they cost time. */
    private static void exit(int status) {
        Runtime.getRuntime().halt(status);
    }

    /** A native executable could not run there; on the JVM the launcher has changed to another folder. */
    private static boolean isCurrentFolderGone() {
        try {
            return System.getProperty("user.dir") == null;
        } catch (Error e) {
            return true;
        }
    }

    /**
     * Opens {@code /dev/null} in place of each standard descriptor that the caller had closed. Otherwise the next file
     * to be opened would get its number, and stdout would be written to that file. Opened for reading only, so that
     * writing fails, as it must. On the JVM the launcher does this, because the JVM opens files before it gets here.
     */
    private static void holdClosedDescriptors() {
        for (int descriptor = 0; descriptor <= 2; descriptor++) {
            if (!new File("/dev/fd/" + descriptor).exists()) {
                try {
                    HELD[descriptor] = new FileInputStream("/dev/null");
                } catch (FileNotFoundException e) {
                    // Without the device, a closed descriptor stays closed.
                }
            }
        }
    }

    private static World world() {
        boolean mac = Environment.isMac(System.getProperty("os.name"));
        // Not System.out: a PrintStream swallows errors. Buffered: a bare FileInputStream.readNBytes of JDK 17 seeks,
        // which a pipe cannot.
        InputStream in = new BufferedInputStream(new FileInputStream(FileDescriptor.in));
        return new World(
                new Environment(System.getenv(), mac),
                new StandardInput.ProcessInput(
                        in, JAVA_HOME == null ? Optional.empty() : Optional.of(Path.of(JAVA_HOME))),
                new FileOutputStream(FileDescriptor.out),
                new FileOutputStream(FileDescriptor.err),
                new OutputKind.ProcessOutput(),
                InstantSource.system());
    }
}
