package dev.chainloop.token;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.chainloop.token.testing.Bundle;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** Builds all a second time, in another place: with the profile of the bundle only, for it takes a minute. */
@EnabledIfSystemProperty(named = Bundle.PROPERTY, matches = ".+")
class ReproducibleIT {
    private static final String VERSION = System.getProperty("project.version");

    @TempDir
    Path home;

    @Test
    void bundleAndPackageAreTheSameTwice() throws Exception {
        twice("native");
    }

    /** With the Java of the bundle's build here; a release builds it with the oldest that it runs on. */
    @Test
    void jarFolderAndMaterialsAreTheSameTwice() throws Exception {
        twice("java");
    }

    private void twice(String kind) throws Exception {
        Path said = home.resolve("said");
        ProcessBuilder builder = new ProcessBuilder(
                        "sh",
                        "-c",
                        "sh src/main/release/assets.sh \"$KIND\" \"$V\" \"$A\" && sh src/main/release/again.sh \"$KIND\" \"$V\" \"$A\"")
                .redirectErrorStream(true)
                .redirectOutput(said.toFile());
        builder.environment()
                .putAll(Map.of(
                        "KIND",
                        kind,
                        "V",
                        VERSION,
                        "A",
                        home.resolve("assets").toString(),
                        "JAVA_HOME",
                        System.getProperty("java.home"),
                        "MAVEN_ARGS",
                        "-o"));
        int status = builder.start().waitFor();
        try (Stream<String> lines = Files.readAllLines(said, StandardCharsets.UTF_8).stream()) {
            String text = String.join("\n", lines.toList());
            assertEquals(0, status, text);
            assertEquals(
                    2,
                    text.lines()
                            .filter(line -> line.startsWith("the same twice: "))
                            .count(),
                    text);
        }
    }
}
