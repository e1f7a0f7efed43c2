package dev.chainloop.token.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chainloop.token.io.StandardInput;
import dev.chainloop.token.testing.CliRun;
import dev.chainloop.token.testing.TokenMint;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/** What {@code --lines} keeps in memory. */
@Isolated("measures the heap")
class LinesHeapTest {
    private static final String TOKEN = TokenMint.token(TokenMint.API_TOKEN);

    @TempDir
    Path home;

    @Test
    void skipsALineWithoutEndWithoutKeepingIt() {
        byte[] end = ("\n" + TOKEN + "\n").getBytes(StandardCharsets.UTF_8);
        Xs line = new Xs(1L << 28);
        InputStream stdin = new SequenceInputStream(line, new ByteArrayInputStream(end));
        long before = usedMemory();

        CliRun.Result result = CliRun.withHome(home)
                .stdin(StandardInput.Kind.PIPE, stdin)
                .run("--lines", "--field", "status,error.message");

        assertEquals("malformed\tnot a JWT: it is longer than 1 MiB\ntyped\t\n", result.out());
        assertEquals(3, result.status());
        long kept = line.mostMemory - before;
        assertTrue(kept < 64 << 20, kept + " bytes were kept while it was read");
    }

    private static long usedMemory() {
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }

    /** The letter x, that many times; now and then it looks how much memory is used. */
    private static final class Xs extends InputStream {
        private static final long PART = 32 << 20;

        private long left;
        private long nextLook;
        private long mostMemory;

        Xs(long count) {
            left = count;
            nextLook = count - PART;
        }

        @Override
        public int read() {
            return left-- > 0 ? 'x' : -1;
        }

        @Override
        public int read(byte[] buffer, int from, int length) {
            if (left <= 0) {
                return -1;
            }
            int count = (int) Math.min(left, length);
            Arrays.fill(buffer, from, from + count, (byte) 'x');
            left -= count;
            if (left <= nextLook) {
                nextLook -= PART;
                mostMemory = Math.max(mostMemory, usedMemory());
            }
            return count;
        }
    }
}
