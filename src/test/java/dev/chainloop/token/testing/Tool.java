package dev.chainloop.token.testing;

import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The tool that tests run as a process: the launcher of the installed folder, or the executable that {@code -Dtool=PATH}
 * names. It must be called {@code chainloop-token}, since scripts look for that name in the {@code PATH}.
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
}
