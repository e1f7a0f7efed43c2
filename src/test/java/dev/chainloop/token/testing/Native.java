package dev.chainloop.token.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The native executable and its archive, which only the Maven profile {@code native} builds; a property says where.
 */
public final class Native {
    public static final String PROPERTY = "native";

    private Native() {}

    /** Whether it needs nothing of a Linux: a release's for x86-64, with musl inside. */
    public static boolean isStatic() throws IOException {
        return unpacked().getFileName().toString().matches(".*-linux-[^-]+");
    }

    public static Path executable() throws IOException {
        return unpacked().resolve("bin/chainloop-token");
    }

    public static Path archive() throws IOException {
        return folder().resolveSibling(unpacked().getFileName() + ".tar.gz");
    }

    private static Path folder() {
        return Path.of(System.getProperty(PROPERTY));
    }

    private static Path unpacked() throws IOException {
        List<Path> found = list(folder(), "chainloop-token-.*");
        if (found.size() != 1) {
            throw new IllegalStateException("not one executable in " + folder() + " but " + found);
        }
        return found.get(0);
    }

    private static List<Path> list(Path folder, String name) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().matches(name))
                    .toList();
        }
    }
}
