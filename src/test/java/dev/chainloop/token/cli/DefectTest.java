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
import org.junit.jupiter.params.provider.FieldSource;

/** A bug in this tool is reported in one line with status 70, and quotes nothing of the input. */
class DefectTest {
    private static final String TOKEN = TokenMint.token(TokenMint.USER);

    @TempDir
    Path home;

    private static final List<Throwable> FAILURES = List.of(
            new IllegalStateException(TOKEN),
            new IllegalStateException(TOKEN, new IllegalArgumentException(TOKEN)),
            new StackOverflowError(TOKEN),
            new OutOfMemoryError(TOKEN));

    /** While stdin is read, and while the answer is written. */
    @ParameterizedTest
    @FieldSource("FAILURES")
    void isOneLineInEveryFormat(Throwable failure) {
        InputStream in = new InputStream() {
            @Override
            public int read() {
                return fail(failure);
            }
        };
        OutputStream out = new OutputStream() {
            @Override
            public void write(int b) {
                fail(failure);
            }
        };
        for (String format : List.of("text", "json")) {
            assertDefect(
                    failure,
                    CliRun.withHome(home).stdin(Descriptor.Kind.FILE, in).run("-o", format));
            assertDefect(failure, CliRun.withHome(home).outTo(out, false).run(TOKEN, "-o", format));
        }
    }

    private static int fail(Throwable failure) {
        if (failure instanceof Error error) {
            throw error;
        }
        throw (RuntimeException) failure;
    }

    private static void assertDefect(Throwable failure, CliRun.Result result) {
        assertEquals(70, result.status());
        assertEquals("", result.out());
        assertEquals(
                "error: this is a bug in chainloop-token " + Version.VALUE + " ("
                        + failure.getClass().getSimpleName()
                        + " at FILE). Please open an issue that quotes this line; it contains no part of your token.\n",
                result.err().replaceFirst("at [A-Za-z]+\\.java:[0-9]+", "at FILE"));
    }
}
