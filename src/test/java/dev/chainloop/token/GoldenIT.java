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
import java.util.Set;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The transcripts of {@link GoldenTest} once more, in real processes: with the installed folder, with the bundle where it
 * was built, and some with the bare jar. The clock cannot be set there, so {@code --at} stands in for it.
 */
class GoldenIT {
    private static final Path INSTALLED =
            Path.of("target/chainloop-token/bin/chainloop-token").toAbsolutePath();
    private static final Path JAR =
            INSTALLED.resolve("../../lib/chainloop-token.jar").normalize();
    private static final Path JAVA = Path.of(System.getProperty("java.home"), "bin", "java");

    @TempDir
    Path home;

    @TempDir
    Path output;

    /** Played with the bare jar too, as on a system for which there is no launcher: some of each kind. */
    private static final Set<String> WITH_THE_JAR = Set.of(
            "api-token-scoped-json",
            "api-token-on-stdin",
            "check-passed-with-everything",
            "check-findings",
            "ci-github-check-failed",
            "expired-text",
            "explain-issuer-not-found",
            "federated-github-text",
            "field-many",
            "help",
            "lines-json",
            "malformed-variable",
            "misuse-mistyped-option",
            "sources-several",
            "unreadable-config-asked-missing",
            "verify-discover-another-issuer",
            "verify-public-key",
            "version");

    static List<Arguments> runs() throws IOException {
        List<Arguments> runs = new ArrayList<>();
        List<String> withTheJar = new ArrayList<>(WITH_THE_JAR);
        for (GoldenCase golden : GoldenCase.all()) {
            runs.add(arguments("installed", golden, List.of(INSTALLED.toString())));
            if (Bundle.isBuilt()) {
                runs.add(arguments("bundle", golden, List.of(Bundle.launcher().toString())));
            }
            if (withTheJar.remove(golden.toString())) {
                runs.add(arguments("jar", golden, List.of(JAVA.toString(), "-jar", JAR.toString())));
            }
        }
        assertEquals(List.of(), withTheJar);
        return runs;
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("runs")
    void playsAsWritten(String target, GoldenCase golden, List<String> program) throws Exception {
        assumeTrue(golden.canPlayBelow(home), "the folder for temporary files is closed to others");
        Map<String, String> variables = new HashMap<>();
        variables.put("HOME", home.toString());
        if (target.equals("installed")) {
            variables.put("PATH", System.getenv("PATH"));
            variables.put("JAVA_HOME", System.getProperty("java.home"));
        }
        CliRun.Result result = golden.runProcess(program, home, output, variables);
        golden.compare(result, home);
    }
}
