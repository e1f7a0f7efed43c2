package dev.chainloop.token;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.chainloop.token.testing.Bundle;
import dev.chainloop.token.testing.CliRun;
import dev.chainloop.token.testing.GoldenCase;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The transcripts of {@link GoldenTest} once more, in real processes: with the installed folder, and with the bundle
 * where it was built. The clock cannot be set there, so {@code --at} stands in for it.
 */
class GoldenIT {
    private static final Path INSTALLED =
            Path.of("target/chainloop-token/bin/chainloop-token").toAbsolutePath();

    @TempDir
    Path home;

    @TempDir
    Path output;

    /** Of all runs: the first makes the archive, the others take it. */
    @TempDir
    static Path cache;

    static List<Arguments> runs() throws IOException {
        List<Arguments> runs = new ArrayList<>();
        for (GoldenCase golden : GoldenCase.all()) {
            runs.add(arguments("installed", golden, INSTALLED));
            if (Bundle.isBuilt()) {
                runs.add(arguments("bundle", golden, Bundle.launcher()));
            }
        }
        return runs;
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("runs")
    void playsAsWritten(String target, GoldenCase golden, Path launcher) throws Exception {
        assumeTrue(golden.canPlayBelow(home), "the folder for temporary files is closed to others");
        Map<String, String> variables = new HashMap<>();
        variables.put("HOME", home.toString());
        if (launcher.equals(INSTALLED)) {
            variables.put("PATH", System.getenv("PATH"));
            variables.put("JAVA_HOME", System.getProperty("java.home"));
            variables.put("XDG_CACHE_HOME", cache.toString());
        }
        CliRun.Result result = golden.runProcess(launcher, home, output, variables);
        assertEquals(golden.transcript(), golden.transcriptOf(result, home));
    }
}
