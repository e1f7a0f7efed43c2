package dev.chainloop.token;

import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.chainloop.token.testing.GoldenCase;
import dev.chainloop.token.testing.ShippedJar;
import dev.chainloop.token.testing.Tool;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Plays the transcripts of {@link GoldenTest} with what is shipped: all with its jar in this JVM, and some of each
 * kind as processes; all as processes if {@code -Dtool} names an executable. A process has the real clock, so {@code --at}
 * sets the time.
 */
@Order(2)
class GoldenIT {
    private static final String JAVA =
            Path.of(System.getProperty("java.home"), "bin", "java").toString();

    /** Always played as processes. */
    private static final List<String> SOME =
            List.of(("api-token-scoped-json api-token-on-stdin check-genuine ci-github expired-text explain-json "
                            + "federated-github-text field-many help malformed-variable misuse-mistyped-option "
                            + "sources-several verify-key-set-by-kid version")
                    .split(" "));

    /** Of these, those that are also played without the launcher: one for each library. */
    private static final List<String> JAR_ALONE = List.of("api-token-on-stdin", "verify-key-set-by-kid");

    @AutoClose
    private static ShippedJar jar;

    @TempDir
    Path folder;

    private Path home;

    @BeforeEach
    void makeHome() throws IOException {
        home = GoldenCase.homeIn(folder);
    }

    @BeforeAll
    static void open() throws IOException {
        jar = new ShippedJar();
    }

    static List<GoldenCase> cases() throws IOException {
        return GoldenCase.chosen();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void playsAsWrittenFromTheJar(GoldenCase golden) throws Exception {
        assumeFalse(Tool.isGiven(), "-Dtool names another");
        canPlay(golden);
        golden.compare(golden.play(jar, home), home);
    }

    static List<Arguments> processes() throws IOException {
        List<Arguments> runs = new ArrayList<>();
        List<GoldenCase> some = SOME.stream().map(GoldenCase::named).toList();
        List<String> tool = List.of(Tool.path().toString());
        for (GoldenCase golden : Tool.isGiven() ? GoldenCase.chosen() : some) {
            runs.add(arguments("tool", golden, tool));
        }
        for (String name : JAR_ALONE) {
            runs.add(arguments(
                    "jar",
                    GoldenCase.named(name),
                    List.of(JAVA, "-jar", Tool.jar().toString())));
        }
        return runs;
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("processes")
    void playsAsWritten(String target, GoldenCase golden, List<String> program) throws Exception {
        canPlay(golden);
        assumeTrue(golden.canPlayAsProcess(), "no process can be made to run there");
        Map<String, String> variables = Map.of(
                "HOME", home.toString(),
                "PATH", System.getenv("PATH"),
                "JAVA_HOME", System.getProperty("java.home"));
        golden.compare(golden.playAsProcess(program, home, variables), home);
    }

    private void canPlay(GoldenCase golden) {
        assumeTrue(golden.canPlayBelow(home), "the folder for temporary files is closed to others");
    }
}
