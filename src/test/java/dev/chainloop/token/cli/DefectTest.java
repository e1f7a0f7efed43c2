package dev.chainloop.token.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.chainloop.token.io.StandardInput;
import dev.chainloop.token.testing.ByteStream;
import dev.chainloop.token.testing.CliRun;
import dev.chainloop.token.testing.TokenMint;
import java.io.OutputStream;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A bug in this tool is reported in one line with status 70, and quotes nothing of the input. */
class DefectTest {
    private static final String TOKEN = TokenMint.token(TokenMint.USER);

    @TempDir
    Path home;

    @Test
    void ofAnException() {
        assertDefect(
                "IllegalStateException",
                failing(new IllegalStateException(TOKEN)).run());
    }

    @Test
    void ofAnExceptionWithACause() {
        assertDefect(
                "IllegalStateException",
                failing(new IllegalStateException(TOKEN, new IllegalArgumentException(TOKEN)))
                        .run());
    }

    @Test
    void ofAnError() {
        assertDefect(
                "StackOverflowError", failing(new StackOverflowError(TOKEN)).run());
    }

    @Test
    void ofAFullHeap() {
        assertDefect("OutOfMemoryError", failing(new OutOfMemoryError(TOKEN)).run());
    }

    @Test
    void isOneLineInEveryFormat() {
        assertDefect(
                "IllegalStateException",
                failing(new IllegalStateException(TOKEN)).run("-o", "json"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"text", "json"})
    void ofTheOutputItself(String format) {
        CliRun.Result result = CliRun.withHome(home).outTo(new Broken(), false).run(TOKEN, "-o", format);
        assertDefect("IllegalStateException", result);
    }

    private CliRun failing(Throwable failure) {
        return CliRun.withHome(home).stdin(StandardInput.Kind.FILE, new ByteStream(() -> {
            if (failure instanceof Error error) {
                throw error;
            }
            throw (RuntimeException) failure;
        }));
    }

    private static void assertDefect(String type, CliRun.Result result) {
        assertDefect(type, result.status(), result.err(), result.out());
    }

    private static void assertDefect(String type, int status, String err, String out) {
        assertEquals(70, status);
        assertEquals("", out);
        assertEquals(
                "error: this is a bug in chainloop-token VERSION (" + type
                        + " at FILE). Please open an issue that quotes this line; it contains nothing of your"
                        + " token.\n",
                err.replace(
                                "chainloop-token " + System.getProperty("project.version") + " ",
                                "chainloop-token VERSION ")
                        .replaceFirst("at [A-Za-z]+\\.java:[0-9]+", "at FILE"));
    }

    private static final class Broken extends OutputStream {
        @Override
        public void write(int b) {
            throw new IllegalStateException(TOKEN);
        }
    }
}
