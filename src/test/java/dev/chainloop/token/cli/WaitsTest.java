package dev.chainloop.token.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.chainloop.token.io.Descriptor;
import dev.chainloop.token.testing.CliRun;
import dev.chainloop.token.testing.Program;
import dev.chainloop.token.testing.TokenMint;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Whatever a command waits for is named after two seconds, also where it was asked to be quiet. */
class WaitsTest {
    private static final String TOKEN =
            "a token on stdin, a pipe; to skip it: `</dev/null`, or `--source env` or `config`";
    private static final String WRITER = "a writer to a file that is a pipe or a device";

    /** What is waited for, by command line; the others wait for stdin. */
    private static final List<List<String>> ROWS = List.of(
            List.of("-c FIFO", "the --config file, which is a pipe or a device"),
            List.of("check -q -c FIFO", "the --config file, which is a pipe or a device"),
            List.of("explain -c FIFO revoked", "the --config file, which is a pipe or a device"),
            List.of("verify -q --key FIFO --token JWT", "the file with the key, which is a pipe or a device"),
            List.of("mask -q FIFO", WRITER),
            List.of("check -q", TOKEN),
            List.of("-o json -", TOKEN),
            List.of("verify -q --secret-file - --token JWT", "the key on stdin"),
            List.of("explain", "the message on stdin; it can also be given as an argument"));

    @TempDir
    Path home;

    @Test
    @Timeout(30)
    void areNamed() throws Exception {
        List<CompletableFuture<String>> said = new ArrayList<>();
        List<OutputStream> stdins = new ArrayList<>();
        for (int i = 0; i < ROWS.size(); i++) {
            Path fifo = home.resolve("fifo" + i);
            Program.run("mkfifo", fifo.toString());
            String[] line = ROWS.get(i)
                    .get(0)
                    .replace("FIFO", fifo.toString())
                    .replace("JWT", TokenMint.token(TokenMint.USER))
                    .split(" ", -1);
            boolean piped = !ROWS.get(i).get(0).contains("FIFO");
            PipedOutputStream writer = new PipedOutputStream();
            CliRun run = CliRun.withHome(home)
                    .stdin(piped ? Descriptor.Kind.PIPE : Descriptor.Kind.OTHER, new PipedInputStream(writer));
            // A part of a token is no token.
            writer.write(ROWS.get(i).get(1).equals(TOKEN) ? "x".getBytes(StandardCharsets.US_ASCII) : new byte[0]);
            stdins.add(writer);
            said.add(CompletableFuture.supplyAsync(
                    () -> run.run(line).err(), work -> thread(work).start()));
        }
        TimeUnit.MILLISECONDS.sleep(2600);
        List<String> expected = new ArrayList<>();
        List<String> notes = new ArrayList<>();
        for (int i = 0; i < ROWS.size(); i++) {
            stdins.get(i).close();
            if (ROWS.get(i).get(0).contains("FIFO")) {
                // Read, too, so that it opens even if nobody waits.
                new RandomAccessFile(home.resolve("fifo" + i).toFile(), "rw").close();
            }
            expected.add(
                    ROWS.get(i).get(0) + ": note: waiting for " + ROWS.get(i).get(1));
            notes.add(ROWS.get(i).get(0) + ": "
                    + said.get(i)
                            .get(5, TimeUnit.SECONDS)
                            .lines()
                            .filter(one -> one.contains("waiting"))
                            .findFirst()
                            .orElse("silence"));
        }
        assertEquals(expected, notes);
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work);
        thread.setDaemon(true);
        return thread;
    }
}
