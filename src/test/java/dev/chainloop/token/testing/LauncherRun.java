package dev.chainloop.token.testing;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A run of a shell script around the {@link Tool}, in a real process. The script finds the tool in {@code $L},
 * the installed jar in {@code $JAR}, an API token in {@code $T}, and a folder of its own in {@code $HOME}, where it starts.
 * {@code $CHAINLOOP_TOKEN} is a user token, so the kind shows where the token came from.
 */
public final class LauncherRun {
    private final Path home;
    private final Map<String, String> variables = new TreeMap<>();
    private boolean terminal;

    private LauncherRun(Path home) {
        this.home = home;
        env("PATH", System.getenv("PATH"));
        env("JAVA_HOME", System.getProperty("java.home"));
        env("HOME", home.toString());
    }

    /** Runs in a home folder of the test, with only the variables above. */
    public static LauncherRun in(Path home) {
        return withoutTool(home)
                .env("L", Tool.path().toString())
                .env("JAR", Tool.jar().toString())
                .env("T", TokenMint.token(TokenMint.API_TOKEN))
                .env("CHAINLOOP_TOKEN", TokenMint.token(TokenMint.USER));
    }

    /** The same for a test that needs no tool, and may run before there is one. */
    public static LauncherRun withoutTool(Path home) {
        return new LauncherRun(home);
    }

    /** Deletes the links in a test's folder: JUnit warns of each link out of it that it has to delete. */
    public static void deleteLinks(Path home) throws IOException {
        try (Stream<Path> files = Files.walk(home)) {
            for (Path link : files.filter(Files::isSymbolicLink).toList()) {
                Files.delete(link);
            }
        }
    }

    public static void need(String program) {
        Program.require(program);
    }

    /** macOS refuses this limit. */
    public static void needLimitsOfAddressSpace() throws IOException, InterruptedException {
        boolean refused = Program.of("sh", "-c", "ulimit -v 300000").run().status() != 0;
        skipUnless(!refused, "this system does not limit the address space");
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

    /** Plays the script as a person does, not as a job that nobody attends; its streams are the same. */
    public LauncherRun atTerminal() {
        need("script");
        terminal = true;
        return this;
    }

    /** Plays a script. Its stdin is {@code /dev/null}; its stdout and stderr are files. */
    public CliRun.Result script(String script) throws IOException, InterruptedException {
        Program program = Program.of("sh", "-c", script).in(home).withOnly(variables);
        CliRun.Result result = (terminal ? program.atTerminal() : program).run();
        return new CliRun.Result(result.status(), homeless(result.out()), homeless(result.err()));
    }

    private String homeless(String text) {
        return text.replace(home.toString(), "@HOME@");
    }
}
