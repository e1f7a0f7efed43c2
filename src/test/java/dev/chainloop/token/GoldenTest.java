package dev.chainloop.token;

import dev.chainloop.token.testing.GoldenCase;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Compares whole runs with transcripts, one file per case in {@code src/test/golden}, as {@link GoldenCase} reads it. {@code
 * -Dgolden.case=NAME} plays one, {@code -Dgolden.update=true} writes what would be compared.
 */
class GoldenTest {
    @TempDir
    Path folder;

    static List<GoldenCase> cases() throws IOException {
        return GoldenCase.chosen();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void playsAsWritten(GoldenCase golden) throws Exception {
        Path home = GoldenCase.homeIn(folder);
        golden.check(golden.world().run(home), home);
    }
}
