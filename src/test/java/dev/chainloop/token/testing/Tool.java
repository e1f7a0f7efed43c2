package dev.chainloop.token.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The tool as a process: the launcher of the installed folder, or the executable that {@code -Dtool=PATH} names. It must be
 * called {@code chainloop-token}, since scripts look for that name in the {@code PATH}.
 *
 * <p>An instance runs shell scripts around it. A script finds the tool in {@code $L}, the installed jar in {@code $JAR}, an API
 * token in {@code $T}, and a folder of its own in {@code $HOME}, where it starts. {@code $CHAINLOOP_TOKEN} is a user token, so
 * the kind shows where the token came from.
 */
public final class Tool {
    private static final String NAME = "chainloop-token";
    private static final Path INSTALLED = Path.of("target", NAME).toAbsolutePath();

    private final Path home;
    private final Map<String, String> variables = new TreeMap<>();
    private boolean terminal;

    private Tool(Path home) {
        this.home = home;
    }

    public static Path path() {
        String given = System.getProperty("tool");
        Path path = given == null
                ? INSTALLED.resolve("bin").resolve(NAME)
                : Path.of(given).toAbsolutePath();
        if (!path.endsWith(NAME) || !Files.isExecutable(path)) {
            throw new IllegalStateException(path + " is no executable file called " + NAME);
        }
        return path;
    }

    public static boolean isGiven() {
        return System.getProperty("tool") != null;
    }

    public static Path jar() {
        return INSTALLED.resolve("lib").resolve(NAME + ".jar");
    }

    /** Runs scripts in a home folder of the test, with only the variables above. */
    public static Tool in(Path home) {
        return new Tool(home)
                .env("PATH", System.getenv("PATH"))
                .env("JAVA_HOME", System.getProperty("java.home"))
                .env("HOME", home.toString())
                .env("L", path().toString())
                .env("JAR", jar().toString())
                .env("T", TokenMint.token(TokenMint.API_TOKEN))
                .env("CHAINLOOP_TOKEN", TokenMint.token(TokenMint.USER));
    }

    public Tool env(String name, String value) {
        variables.put(name, value);
        return this;
    }

    public Tool unset(String name) {
        variables.remove(name);
        return this;
    }

    /** Plays the script as a person does, not as a job that nobody attends; its streams are the same. */
    public Tool atTerminal() {
        Program.require("script");
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

    /** Deletes the links in a test's folder: JUnit warns of each link out of it that it has to delete. */
    public static void deleteLinks(Path home) throws IOException {
        try (Stream<Path> files = Files.walk(home)) {
            for (Path link : files.filter(Files::isSymbolicLink).toList()) {
                Files.delete(link);
            }
        }
    }
}
