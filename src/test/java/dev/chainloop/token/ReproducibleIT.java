package dev.chainloop.token;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.chainloop.token.testing.Native;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * Builds the jar twice, in different places; only with the executable's profile, since it takes a while. The executable
 * itself is not yet reproducible.
 */
@EnabledIfSystemProperty(named = Native.PROPERTY, matches = ".+")
class ReproducibleIT {
    private static final String VERSION = System.getProperty("project.version");
    private static final String MATERIALS = "chainloop-token-" + VERSION + ".cdx.json";
    private static final String SCRIPT = """
            sh src/release/build.sh "$KINDS" "$V" "$A" >"$A.said" 2>&1 || { cat "$A.said"; exit 1; }
            sh src/release/again.sh "$KINDS" "$V" "$A"
            """;

    @TempDir
    Path home;

    @Test
    void twoBuildsAreTheSame() throws Exception {
        Path said = home.resolve("said");
        // Maven makes the bill of materials only when it is online, as it was if this build has one.
        boolean online = Files.exists(Path.of("target", MATERIALS));
        String kinds = "java" + (online ? " materials" : "");
        ProcessBuilder builder =
                new ProcessBuilder("sh", "-c", SCRIPT).redirectErrorStream(true).redirectOutput(said.toFile());
        builder.environment()
                .putAll(Map.of(
                        "KINDS",
                        kinds,
                        "V",
                        VERSION,
                        "A",
                        home.resolve("assets").toString(),
                        "JAVA_HOME",
                        System.getProperty("java.home"),
                        "MAVEN_ARGS",
                        online ? "" : "-o"));
        int status = builder.start().waitFor();
        List<String> lines = Files.readAllLines(said);
        assertEquals(0, status, () -> String.join("\n", lines));
        assertEquals(
                kinds.split(" ", -1).length,
                lines.stream()
                        .filter(line -> line.startsWith("the same twice: "))
                        .count());
    }
}
