package dev.chainloop.token;

import static org.junit.jupiter.api.Assertions.*;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.chainloop.token.testing.LauncherRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What a release is made of; {@code .ci/run} plays the release itself. */
class ReleaseIT {
    private static final String VERSION = System.getProperty("project.version");
    /** Maven makes it only when it is online. */
    private static final Path MATERIALS = Path.of("target/chainloop-token-" + VERSION + ".cdx.json");

    @Test
    void materialsAreTheLibrariesInTheJar() throws IOException {
        LauncherRun.skipUnless(Files.exists(MATERIALS), "Maven makes no bill of materials offline");
        JsonNode materials = new ObjectMapper().readTree(MATERIALS.toFile());
        TreeSet<String> listed = new TreeSet<>();
        for (JsonNode one : materials.get("components")) {
            listed.add(one.get("group").asText() + ":" + one.get("name").asText() + ":"
                    + one.get("version").asText());
        }
        // (licence) name (group:artifact:version - address)
        Matcher lines = Pattern.compile("\\(([^ ()]+:[^ ()]+:[^ ()]+) - ")
                .matcher(Files.readString(Path.of("target/chainloop-token/share/doc/chainloop-token/THIRD-PARTY.txt")));
        TreeSet<String> inside = new TreeSet<>();
        while (lines.find()) {
            inside.add(lines.group(1));
        }
        assertTrue(inside.size() > 10, inside::toString);
        assertEquals(inside, listed);
        assertEquals(VERSION, materials.at("/metadata/component/version").asText());
    }
}
