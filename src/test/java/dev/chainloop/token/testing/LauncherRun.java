package dev.chainloop.token.testing;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * A run of a shell script around the installed launcher, in a real process. The script finds the launcher in {@code $L},
 * its jar in {@code $JAR}, an API token in {@code $T}, and a folder of its own in {@code $HOME}, where it starts.
 * {@code $CHAINLOOP_TOKEN} is a user token, so that a kind tells where the token came from.
 */
public final class LauncherRun {
    private static final Path INSTALLED = Path.of("target/chainloop-token").toAbsolutePath();
    private static final int SECONDS = 60;

    private final Path home;
    private final Map<String, String> variables = new TreeMap<>();

    private LauncherRun(Path home) {
        this.home = home;
        env("PATH", System.getenv("PATH"));
        env("JAVA_HOME", System.getProperty("java.home"));
        env("HOME", home.toString());
        env("L", INSTALLED.resolve("bin/chainloop-token").toString());
        env("JAR", INSTALLED.resolve("lib/chainloop-token.jar").toString());
        env("T", TokenMint.token(TokenMint.API_TOKEN));
        env("CHAINLOOP_TOKEN", TokenMint.token(TokenMint.USER));
    }

    /** Runs in a home folder of the test's, with no other variables than the ones above. */
    public static LauncherRun in(Path home) {
        return new LauncherRun(home);
    }

    /** Whether the {@code PATH} has a program. */
    public static boolean has(String program) {
        for (String folder : System.getenv("PATH").split(File.pathSeparator, -1)) {
            if (Files.isExecutable(Path.of(folder, program))) {
                return true;
            }
        }
        return false;
    }

    /** Skips the test, and says so, where a program is missing. */
    public static void need(String program) {
        skipUnless(has(program), "there is no " + program + " here");
    }

    /** Skips the test, and says so, unless something holds. */
    public static void skipUnless(boolean holds, String why) {
        if (!holds) {
            System.out.println("Skipped: " + why);
        }
        assumeTrue(holds, why);
    }

    public LauncherRun env(String name, String value) {
        variables.put(name, value);
        return this;
    }

    public LauncherRun unset(String name) {
        variables.remove(name);
        return this;
    }

    /** Plays a script. Its stdin is {@code /dev/null}; its stdout and stderr are files. */
    public CliRun.Result script(String script) throws IOException, InterruptedException {
        Path out = Files.createTempFile("out", "");
        Path err = Files.createTempFile("err", "");
        try {
            ProcessBuilder builder = new ProcessBuilder("sh", "-c", script)
                    .directory(home.toFile())
                    .redirectInput(new File("/dev/null"))
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile());
            builder.environment().clear();
            builder.environment().putAll(variables);
            Process process = builder.start();
            if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
                throw new IllegalStateException("still running after " + SECONDS + " seconds: " + script);
            }
            return new CliRun.Result(process.exitValue(), text(out), text(err));
        } finally {
            Files.delete(out);
            Files.delete(err);
        }
    }

    private String text(Path file) throws IOException {
        return new String(Files.readAllBytes(file), StandardCharsets.UTF_8).replace(home.toString(), "@HOME@");
    }
}
