package dev.chainloop.token;

import dev.chainloop.token.testing.CliRun;
import dev.chainloop.token.testing.Golden;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Compares whole runs with transcripts, one file per case in {@code src/test/golden}, as {@link Golden} reads it. {@code
 * -Dgolden.case=NAME} plays one, {@code -Dgolden.update=true} writes what would be compared.
 */
class GoldenTest {
    @TempDir
    Path folder;

    static List<Golden> cases() throws IOException {
        return Golden.chosen();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void playsAsWritten(Golden golden) throws Exception {
        Path home = Golden.homeIn(folder);
        CliRun run = golden.world().in(home);
        golden.columns(home).forEach(run::env);
        Golden.check(golden.file(), golden.of(run.run(golden.world().arguments(home)), home));
    }
}
