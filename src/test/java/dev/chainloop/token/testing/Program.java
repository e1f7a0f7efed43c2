package dev.chainloop.token.testing;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assumptions;

/** Programs of the system that some tests need. */
public final class Program {
    private Program() {}

    /** Skips the test, and says why, when one of the programs is not there. */
    public static void require(String... names) {
        for (String name : names) {
            require(
                    name,
                    List.of(System.getenv("PATH").split(File.pathSeparator, -1)).stream()
                            .anyMatch(folder -> Files.isExecutable(Path.of(folder, name))));
        }
    }

    /** The same for a file. */
    public static void requireFile(Path file) {
        require(file.toString(), Files.exists(file));
    }

    /** The same for what cannot be told by a file. */
    static void require(String name, boolean there) {
        if (!there) {
            System.err.println("skipped: there is no " + name + " on this machine");
        }
        Assumptions.assumeTrue(there, "there is no " + name + " on this machine");
    }

    /** Runs a program and gives all that it prints. */
    public static String run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectInput(new File("/dev/null"))
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return output;
    }
}
