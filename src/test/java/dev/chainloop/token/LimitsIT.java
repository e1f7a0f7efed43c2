package dev.chainloop.token;

import static org.junit.jupiter.api.Assertions.*;

import dev.chainloop.token.testing.CliRun;
import dev.chainloop.token.testing.LauncherRun;
import java.nio.file.Path;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The tool within the launcher's heap limit, and within the system's limits. */
@Order(1)
class LimitsIT {
    @TempDir
    Path home;

    /** On a busy machine, what makes the input may let the tool wait. */
    private CliRun.Result script(String script) throws Exception {
        CliRun.Result result = LauncherRun.in(home).script(script);
        String told = result.err().replace("note: waiting for tokens on stdin, one per line\n", "");
        return new CliRun.Result(result.status(), result.out(), told);
    }

    /** Each line's answer is a kilobyte in JSON. */
    @Test
    void shortLinesDoNotFillTheHeap() throws Exception {
        CliRun.Result result =
                script("head -c 70000 /dev/zero | tr '\\0' x | fold -w 2 | \"$L\" --lines -o json | wc -l | tr -d ' '");
        assertEquals("", result.err());
        assertEquals("35000\n", result.out());
    }

    /** Each of their characters becomes six in JSON, and takes two bytes in memory where one is beyond Latin-1. */
    @ParameterizedTest
    @CsvSource({"-o text, ''", "-o json, ''", "-o json, \u65e5", "'--field claims,issuer', \u65e5"})
    void longTokensOfWhatHasToBeEscapedDoNotFillTheHeap(String output, String first) throws Exception {
        CliRun.Result result =
                script("payload() { printf '{\"aud\":\"chainloop\",\"iss\":\"" + first + "'; head -c 780000 /dev/zero |"
                        + " tr '\\0' '\\177'; printf '\"}'; }\n"
                        + "token=\"e30.$(payload | base64 | tr -d '\\n=' | tr '+/' '-_').\"\n"
                        + "for i in 1 2 3 4 5 6; do printf '%s\\n' \"$token\"; done | \"$L\" --lines " + output
                        + " | wc -l | tr -d ' '");
        assertEquals("", result.err());
        assertEquals("6\n", result.out());
    }

    @Test
    void aTokenThatNeverEndsDoesNotFillTheHeap() throws Exception {
        CliRun.Result result =
                script("{ printf '%s.' eyJhbGciOiJIUzI1NiJ9; head -c 40000000 /dev/zero | tr '\\0' A; } |"
                        + " \"$JAVA_HOME/bin/java\" -Xmx16m -jar \"$JAR\" mask -q");
        assertEquals(new CliRun.Result(0, "<JWT longer than 1 MiB>", ""), result);
    }

    @Test
    void aLineThatNeverEndsIsSkippedWithoutBeingKept() throws Exception {
        CliRun.Result result = script("{ head -c 100000000 /dev/zero | tr '\\0' x; printf '\\n%s\\n' \"$T\"; } |"
                + " \"$JAVA_HOME/bin/java\" -Xmx24m -jar \"$JAR\" --lines --field status,findings");
        assertEquals(
                new CliRun.Result(
                        3,
                        "malformed\t[{\"id\":\"malformed\",\"severity\":\"error\",\"message\":\"The value is not a token: it is longer than 1 MiB.\",\"cure\":\"store-whole\"}]\ntyped\t[]\n",
                        ""),
                result);
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

    /** It opens only when somebody writes to it. */
    @Test
    void aPipeThatNobodyWritesToIsNamed() throws Exception {
        CliRun.Result result =
                script("mkfifo pipe; \"$L\" mask pipe >out 2>err & until [ -s err ]; do sleep 0.1; done\n"
                        + "echo text >pipe; wait $!; cat out err");
        assertEquals("text\nnote: waiting for a writer to a file that is a pipe or a device\n", result.out());
    }

    @Test
    void aThreadDumpIsNotPartOfTheAnswer() throws Exception {
        CliRun.Result result = script("mkfifo in; \"$L\" - <in >out 2>err & sleep 0.2; exec 3>in; sleep 1\n"
                + "kill -QUIT $!; sleep 1; printf '%s' \"$T\" >&3; exec 3>&-; wait $!; head -1 out");
        assertTrue(result.out().startsWith("API token \"ci\""), result.out());
    }
}
