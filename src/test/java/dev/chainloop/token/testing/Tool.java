package dev.chainloop.token.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The tool as a process: the launcher of the installed folder, or the executable that {@code -Dtool=PATH} names. It must be
 * called {@code chainloop-token}, because scripts look for that name in the {@code PATH}.
 */
public final class Tool {
    private static final String NAME = "chainloop-token";
    private static final Path INSTALLED = Path.of("target", NAME).toAbsolutePath();

    private Tool() {}

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

    /**
     * For scripts around it in a home folder of the test, with only these variables: {@code $L} is the tool, {@code $JAR} the
     * installed jar, {@code $T} an API token, and {@code $CHAINLOOP_TOKEN} a user token, so the kind shows where the token came
     * from.
     */
    public static Program in(Path home) {
        return Program.of()
                .in(home)
                .alone(home)
                .with(Map.of(
                        "L", path().toString(),
                        "JAR", jar().toString(),
                        "T", TokenMint.described("API"),
                        "CHAINLOOP_TOKEN", TokenMint.described("USER")));
    }

    /** The line of the list of licenses in a list of files: the profile `release` makes it, and no other build. */
    public static String listOfLicenses() {
        return Boolean.getBoolean("licenses.listed") ? "share/doc/chainloop-token/THIRD-PARTY.txt\n" : "";
    }

    /** Deletes the links in a test's folder, because JUnit warns of each link out of it that it has to delete. */
    public static void deleteLinks(Path home) throws IOException {
        try (Stream<Path> files = Files.walk(home)) {
            for (Path link : files.filter(Files::isSymbolicLink).toList()) {
                Files.delete(link);
            }
        }
    }
}
