package dev.chainloop.token.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The bundle for machines without Java, which only the Maven profile of that name builds, and tells by a property. */
public final class Bundle {
    /** The name of the property. */
    public static final String PROPERTY = "bundle";

    private Bundle() {}

    public static boolean isBuilt() {
        return System.getProperty(PROPERTY) != null;
    }

    /** The one in the unpacked bundle. */
    public static Path launcher() throws IOException {
        Path folder = only(Path.of(System.getProperty(PROPERTY)), "chainloop-token-");
        return folder.resolve("bin/chainloop-token");
    }

    /** What is published. */
    public static Path archive() throws IOException {
        Path folder = only(Path.of(System.getProperty(PROPERTY)), "chainloop-token-");
        return Path.of(System.getProperty(PROPERTY)).resolveSibling(folder.getFileName() + ".tar.gz");
    }

    /** The one made of it, or none where Debian's tools are missing. */
    public static List<Path> debianPackages() throws IOException {
        try (Stream<Path> files =
                Files.list(Path.of(System.getProperty(PROPERTY)).getParent())) {
            return files.filter(file -> file.getFileName().toString().matches("chainloop-token_.*[.]deb"))
                    .toList();
        }
    }

    private static Path only(Path folder, String prefix) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> found = files.filter(
                            file -> file.getFileName().toString().startsWith(prefix))
                    .toList();
            if (found.size() != 1) {
                throw new IllegalStateException("not one " + prefix + " in " + folder + " but " + found.size());
            }
            return found.get(0);
        }
    }
}
