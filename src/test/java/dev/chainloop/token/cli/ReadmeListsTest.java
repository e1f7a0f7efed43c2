package dev.chainloop.token.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import dev.chainloop.token.diagnosis.Rule;
import dev.chainloop.token.testing.CliRun;
import dev.chainloop.token.testing.Payload;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The README's lists are the program's: every finding, exit status and JSON key. */
class ReadmeListsTest {
    @TempDir
    Path home;

    private String readme = "";

    @BeforeEach
    void read() throws IOException {
        readme = Files.readString(Path.of("README.md"));
    }

    /** A finding's id stands there in code style, as a script compares it. */
    @Test
    void everyFindingIsListed() {
        List<String> missing = new ArrayList<>();
        for (Rule rule : Rule.values()) {
            if (!readme.contains("`" + rule.id() + "`")) {
                missing.add(rule.id());
            }
        }
        assertEquals(List.of(), missing);
    }

    /** An exit status starts a row of a table or an item of a list. */
    @Test
    void everyExitStatusIsListed() {
        List<Integer> missing = new ArrayList<>();
        for (ExitCode code : ExitCode.values()) {
            String start = "[|*-] *`?" + code.status() + "`?[ :|].*";
            if (readme.lines().noneMatch(line -> line.strip().matches(start))) {
                missing.add(code.status());
            }
        }
        assertEquals(List.of(), missing);
    }

    @Test
    void everyJsonKeyIsListed() {
        JsonNode object =
                Payload.read(CliRun.withHome(home).run("check", "-o", "json").out());
        List<String> missing = new ArrayList<>();
        for (Iterator<String> names = object.fieldNames(); names.hasNext(); ) {
            String name = names.next();
            if (!readme.contains("`" + name + "`")) {
                missing.add(name);
            }
        }
        assertEquals(List.of(), missing);
    }
}
