package dev.chainloop.token;

import static org.junit.jupiter.api.Assertions.*;

import dev.chainloop.token.testing.CliRun;
import dev.chainloop.token.testing.LauncherRun;
import java.nio.file.Path;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The tool within the launcher's heap limit, and within the system's limits. */
@Order(1)
class LimitsIT {
    @TempDir
    Path home;

    private CliRun.Result script(String script) throws Exception {
        return LauncherRun.in(home).script(script);
    }

    @Test
    void aTokenThatNeverEndsDoesNotFillTheHeap() throws Exception {
        CliRun.Result result =
                script("{ printf '%s.' eyJhbGciOiJIUzI1NiJ9; head -c 40000000 /dev/zero | tr '\\0' A; } |"
                        + " \"$JAVA_HOME/bin/java\" -Xmx16m -jar \"$JAR\" mask -q");
        assertEquals(new CliRun.Result(0, "<JWT longer than 1 MiB>", ""), result);
    }

    /**
     * Java is started without the launcher, whose shell needs more descriptors than Java does. With 4 and 5 it does not start,
     * with 6 it does.
     */
    @ParameterizedTest
    @ValueSource(ints = {4, 5, 6, 8})
    void fewOpenFilesEndInASentence(int files) throws Exception {
        CliRun.Result result = script(
                "ulimit -n " + files
                        + "; \"$JAVA_HOME/bin/java\" -XX:+DisplayVMOutputToStderr -jar \"$JAR\" check --type user --at 2026-01-01T00:00:00Z");
        if (result.status() != 0) {
            assertEquals("", result.out());
            assertFalse(result.err().contains("\tat dev.chainloop"), result.err());
            assertFalse(result.err().isEmpty());
        }
    }

    /** dash, which is often /bin/sh, closes stderr when it has no descriptor left for a copy of it. */
    @ParameterizedTest
    @ValueSource(ints = {10, 12, 14})
    void fewOpenFilesForTheLauncherEndInASentence(int files) throws Exception {
        assertEndsInASentence(script("ulimit -n " + files + "; \"$L\" --field kind \"$T\""));
    }

    /** The JVM itself would report on stdout that there is no memory left. */
    @ParameterizedTest
    @ValueSource(ints = {60_000, 100_000, 200_000})
    void littleMemoryEndsInASentence(int kibibytes) throws Exception {
        assertEndsInASentence(script("ulimit -d " + kibibytes + "; \"$L\" --field kind \"$T\""));
    }

    private static void assertEndsInASentence(CliRun.Result result) {
        if (result.status() != 0) {
            assertEquals("", result.out());
            assertFalse(result.err().isBlank());
        }
    }

    @Test
    void aThreadDumpIsNotPartOfTheAnswer() throws Exception {
        CliRun.Result result = script("mkfifo in; \"$L\" - <in >out 2>err & sleep 0.2; exec 3>in; sleep 1\n"
                + "kill -QUIT $!; sleep 1; printf '%s' \"$T\" >&3; exec 3>&-; wait $!; head -1 out");
        assertTrue(result.out().startsWith("API token \"ci\""), result.out());
    }
}
