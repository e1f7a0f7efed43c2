package dev.chainloop.token.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.chainloop.token.io.Descriptor;
import dev.chainloop.token.testing.CliRun;
import dev.chainloop.token.testing.TokenMint;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A bug in this tool is reported in one line with status 70, and quotes nothing of the input. */
class DefectTest {
    private static final String TOKEN = TokenMint.token(TokenMint.USER);

    @TempDir
    Path home;

    static List<Throwable> failures() {
        return List.of(
                new IllegalStateException(TOKEN),
                new IllegalStateException(TOKEN, new IllegalArgumentException(TOKEN)),
                new StackOverflowError(TOKEN),
                new OutOfMemoryError(TOKEN));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void isOneLineInEveryFormat(Throwable failure) {
        for (String[] args : new String[][] {{}, {"-o", "json"}}) {
            CliRun.Result result = CliRun.withHome(home)
                    .stdin(Descriptor.Kind.FILE, failing(failure))
                    .run(args);
            assertDefect(failure.getClass().getSimpleName(), result);
        }
    }

    private static InputStream failing(Throwable failure) {
        return new InputStream() {
            @Override
            public int read() {
                if (failure instanceof Error error) {
                    throw error;
                }
                throw (RuntimeException) failure;
            }
        };
    }

    @ParameterizedTest
    @ValueSource(strings = {"text", "json"})
    void ofTheOutputItself(String format) {
        CliRun.Result result = CliRun.withHome(home).outTo(new Broken(), false).run(TOKEN, "-o", format);
        assertDefect("IllegalStateException", result);
    }

    private static void assertDefect(String type, CliRun.Result result) {
        assertEquals(70, result.status());
        assertEquals("", result.out());
        assertEquals(
                "error: this is a bug in chainloop-token VERSION (" + type
                        + " at FILE). Please open an issue that quotes this line; it contains nothing of your"
                        + " token.\n",
                result.err()
                        .replace(
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
