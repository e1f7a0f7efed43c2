package dev.chainloop.token.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chainloop.token.testing.CliRun;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Command lines and messages of any length are read in linear time. */
class LinearTest {
    @TempDir
    Path home;

    private CliRun.Result run(List<String> line) {
        return assertTimeoutPreemptively(
                Duration.ofSeconds(10), () -> CliRun.withHome(home).run(line.toArray(new String[0])));
    }

    /** The first of them took 11 s with 2,000 words. */
    @ParameterizedTest
    @CsvSource({
        "explain --unknown, word",
        "x, check",
        "explain --unknown, -o",
        "--unknown, explain",
        "explain --at, --at",
        "explain, issuer not found: x"
    })
    void manyArguments(String before, String word) {
        List<String> line = new ArrayList<>(Arrays.asList(before.split(" ", -1)));
        line.addAll(Collections.nCopies(5_000, word));
        assertTrue(run(line).status() <= 2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"x ", "INF noise\n"})
    void aMessageAtTheEndOfALongLogIsFound(String noise) {
        String log = noise.repeat((1 << 20) / noise.length()) + "ERR issuer not found: https://issuer.example\n";
        CliRun.Result result = assertTimeoutPreemptively(
                Duration.ofSeconds(30), () -> CliRun.withHome(home).stdin(log).run("explain"));
        assertTrue(result.out().startsWith("issuer not found: https://issuer.example\n"), result.out());
        assertEquals("", result.err());
        assertEquals(0, result.status());
    }

    @Test
    void theErrorBeforeALongEndOfALogIsFoundToo() {
        String log = "ERR API token revoked\n" + "INF issuer not found: cp.chainloop\n".repeat(20_000);
        CliRun.Result result = CliRun.withHome(home).stdin(log).run("explain");
        assertTrue(result.out().startsWith("API token revoked\n"), result.out());
    }
}
