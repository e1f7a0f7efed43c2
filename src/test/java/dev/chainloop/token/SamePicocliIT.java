package dev.chainloop.token;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Objects;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** The unit tests run the picocli that is shipped, which was changed and compiled again. */
class SamePicocliIT {
    @Test
    void testsLoadTheClassesOfTheShippedJar() throws IOException {
        try (JarFile jar = new JarFile("target/chainloop-token/lib/chainloop-token.jar")) {
            List<? extends ZipEntry> shipped = jar.stream()
                    .filter(entry -> entry.getName().matches("picocli/.*\\.class"))
                    .toList();
            assertTrue(shipped.size() > 100, shipped::toString);
            for (ZipEntry entry : shipped) {
                try (InputStream here = CommandLine.class.getResourceAsStream("/" + entry.getName());
                        InputStream there = jar.getInputStream(entry)) {
                    assertArrayEquals(
                            there.readAllBytes(), Objects.requireNonNull(here).readAllBytes(), entry.getName());
                }
            }
        }
    }
}
