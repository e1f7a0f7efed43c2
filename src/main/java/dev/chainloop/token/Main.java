package dev.chainloop.token;

import dev.chainloop.token.cli.Cli;
import dev.chainloop.token.cli.World;
import dev.chainloop.token.io.Descriptor;
import dev.chainloop.token.io.StandardInput;
import dev.chainloop.token.source.Environment;
import dev.chainloop.token.source.Machine;
import java.io.BufferedInputStream;
import java.io.File;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileNotFoundException;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.time.InstantSource;
import org.graalvm.nativeimage.VMRuntime;

/** The process: builds the {@link World} and exits with the status. */
public final class Main {
    /** Keeps these open: the garbage collector must not close them. */
    private static final InputStream[] HELD = new InputStream[3];

    private Main() {}

    public static void main(String[] args) {
        if (System.getProperty("java.home") == null) { // A native executable does not have one.
            // Makes the runtime ignore SIGPIPE, which it otherwise does while reading its own options.
            VMRuntime.initialize();
            holdClosedDescriptors();
        }
        // No converters to exclude: with the default, picocli compiles an empty pattern for each of nineteen.
        System.setProperty("picocli.converters.excludes", ",");
        // Without the hooks of System.exit: all output has been flushed, and they cost time.
        Runtime.getRuntime().halt(Cli.run(world(), args));
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
        boolean mac = System.getProperty("os.name").startsWith("Mac");
        // Not System.out: a PrintStream swallows errors. Buffered: a bare FileInputStream.readNBytes of JDK 17 seeks,
        // which a pipe cannot.
        InputStream in = new BufferedInputStream(new FileInputStream(FileDescriptor.in));
        return new World(
                new Environment(System.getenv(), mac, new Machine()),
                new StandardInput(Descriptor.IN.kind(), in),
                new FileOutputStream(FileDescriptor.out),
                new FileOutputStream(FileDescriptor.err),
                InstantSource.system());
    }
}
