package dev.chainloop.token;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.chainloop.token.testing.CliRun;
import dev.chainloop.token.testing.GoldenCase;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whole runs against transcripts: one folder a case below {@code src/test/resources/golden}, as {@link GoldenCase} reads
 * it. {@code mvn test -Dgolden.update=true -Dtest=GoldenTest} writes what it would compare.
 */
class GoldenTest {
    @TempDir
    Path home;

    static List<GoldenCase> cases() throws IOException {
        return GoldenCase.all();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void playsAsWritten(GoldenCase golden) throws IOException {
        assumeTrue(golden.canPlayBelow(home), "the folder for temporary files is closed to others");
        CliRun.Result result = golden.runInProcess(home);
        if (Boolean.getBoolean("golden.update")) {
            golden.write(result, home);
            return;
        }
        if (!golden.hasTranscript()) {
            fail("no transcript yet: run with -Dgolden.update=true and review it");
        }
        assertEquals(golden.transcript(), golden.transcriptOf(result, home));
    }
}
