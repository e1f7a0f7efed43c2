package dev.chainloop.token.cli;

import static org.junit.jupiter.api.Assertions.*;

import dev.chainloop.token.core.JsonNumber;
import dev.chainloop.token.core.JsonObjectReader;
import dev.chainloop.token.io.Descriptor;
import dev.chainloop.token.testing.ByteStream;
import dev.chainloop.token.testing.CliRun;
import dev.chainloop.token.testing.TokenMint;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code --lines} beyond what a transcript shows: order under load, slow input, readers that stop. */
@Timeout(90) // Otherwise, input without end that is read on, or an answer that is kept back, would never fail.
@Order(1)
class LinesTest {
    private static final String TOKEN = TokenMint.token(TokenMint.API_TOKEN);
    private static final String USER = TokenMint.token(TokenMint.USER);

    @TempDir
    Path home;

    @Test
    void keepsTheOrderOfManyLines() {
        int count = 20_000;
        String input = IntStream.range(0, count)
                .mapToObj(i -> i % 3 == 0 ? TOKEN : i % 3 == 1 ? USER : "line-" + i)
                .collect(Collectors.joining("\n"));
        String expected = IntStream.range(0, count)
                .mapToObj(i -> i % 3 == 0 ? "api-token" : i % 3 == 1 ? "user" : "")
                .collect(Collectors.joining("\n", "", "\n"));
        CliRun.Result result = run().stdin(input).run("--lines", "--field", "kind");
        assertEquals(3, result.status());
        assertEquals("", result.err());
        assertEquals(expected, result.out());
    }

    @ParameterizedTest
    @ValueSource(strings = {"text", "json"})
    void anErrorOfTheReaderEndsTheRunWithOneLine(String format) {
        for (Throwable failure : List.of(new IllegalStateException(TOKEN), new OutOfMemoryError(TOKEN))) {
            InputStream broken =
                    new SequenceInputStream(new ByteArrayInputStream(bytes(TOKEN + "\n")), ByteStream.failing(failure));
            CliRun.Result result = assertTimeoutPreemptively(
                    Duration.ofSeconds(20),
                    () -> run().stdin(Descriptor.Kind.PIPE, broken).run("--lines", "-o", format));
            assertEquals(70, result.status());
            assertEquals(1, result.err().lines().count(), result.err());
            assertTrue(result.err().contains("(" + failure.getClass().getSimpleName()), result.err());
            assertFalse(result.err().contains("eyJ"), result.err());
            assertTrue(result.out().lines().count() <= 1, result.out());
        }
    }

    @Test
    void saysThatItWaitsForLines() {
        InputStream late = new ByteStream(() -> {
            sleep(2_500);
            return -1;
        });
        CliRun.Result result = run().stdin(Descriptor.Kind.PIPE, late).run("--lines");
        assertEquals("note: waiting for tokens on stdin, one per line\n", result.err());
        assertEquals(0, result.status());
    }

    @Test
    void tellsATerminalHowFarItIs() {
        String expected = "\r\u001b[K" + (10 * (TOKEN.length() + 1) >> 10) + " KiB";
        CliRun run = run().errorTerminal();
        String shown = run.stdin(
                        Descriptor.Kind.PIPE, tokenUntil(() -> run.err().contains(expected)))
                .run("check", "--lines")
                .err();
        assertTrue(shown.contains(expected), shown);
        assertTrue(shown.endsWith("\r\u001b[K"), "nothing is left behind");
    }

    @Test
    void anErrorTakesTheProgressAway() {
        CliRun run = run().errorTerminal();
        String shown = run.stdin(
                        Descriptor.Kind.PIPE, tokenUntil(() -> run.err().contains("KiB")))
                .run("mask", "-", "missing")
                .err();
        assertTrue(shown.contains("KiB\r\u001b[Kerror: file 2 does not exist\n"), shown);
    }

    /** Nobody would read the progress there, or it would be in the way. */
    @Test
    void tellsNobodyElseHowFarItIs() {
        Map<String, CliRun> runs = Map.of(
                "stderr elsewhere", run(),
                "quiet", run().errorTerminal(),
                "stdout on the terminal", run().errorTerminal().terminal(),
                "stdout a pipe", run().errorTerminal().outTo(OutputStream.nullOutputStream(), true),
                "a CI job", run().errorTerminal().env("CI", "true"));
        Map<String, CompletableFuture<String>> told = new LinkedHashMap<>();
        long end = System.nanoTime() + 2_500_000_000L;
        runs.forEach((where, run) -> {
            run.stdin(Descriptor.Kind.PIPE, tokenUntil(() -> System.nanoTime() > end));
            String[] args =
                    where.equals("quiet") ? new String[] {"check", "--lines", "-q"} : new String[] {"check", "--lines"};
            told.put(where, CompletableFuture.supplyAsync(() -> run.run(args).err(), task -> new Thread(task).start()));
        });
        told.forEach((where, text) -> assertEquals("", text.join(), where));
    }

    /** Gives tokens at once, and ends when something has happened, or after a minute. */
    private static InputStream tokenUntil(BooleanSupplier event) {
        long last = System.nanoTime() + 60_000_000_000L;
        return new SequenceInputStream(
                new ByteArrayInputStream((TOKEN + "\n").repeat(10).getBytes(StandardCharsets.UTF_8)),
                new ByteStream(() -> {
                    while (!event.getAsBoolean() && System.nanoTime() < last) {
                        sleep(50);
                    }
                    return -1;
                }));
    }

    private static void sleep(int millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void numbersEveryLine() {
        String input = (TOKEN + "\n").repeat(5_000);
        CliRun.Result result = run().stdin(input).run("--lines");
        assertEquals(0, result.status());
        int[] numbers = result.out()
                .lines()
                .mapToInt(line -> Integer.parseInt(line.substring(0, line.indexOf(' '))))
                .toArray();
        assertEquals(Arrays.toString(IntStream.rangeClosed(1, 5_000).toArray()), Arrays.toString(numbers));
    }

    @Test
    void saysOfOddTextWhatASingleInspectionSays() {
        String token = TokenMint.token(
                "{\"aud\":\"chainloop\",\"iss\":\"\u202e##[x] \u007f\u00e9\u20ac\ud83d\ude00\",\"lone\":\"\\ud800\\u001b\"}");
        String one = run().stdin(token)
                .run("-o", "json", "--at", "2026-01-01T00:00:00Z")
                .out();
        String line = run().stdin(token)
                .run("--lines", "-o", "json", "--at", "2026-01-01T00:00:00Z")
                .out();
        Map<String, Object> expected = new LinkedHashMap<>(new JsonObjectReader().read(bytes(one)));
        expected.put("controlPlane", null); // Where one of many tokens will be used is not known.
        expected.remove("plan");
        expected.put("line", new JsonNumber("1"));
        assertEquals(expected, new JsonObjectReader().read(bytes(line)));
        assertFalse(line.contains("\u202e") || line.contains("\u007f") || line.contains("##["), line);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void answersATrickleLineByLine() throws Exception {
        PipedOutputStream tokens = new PipedOutputStream();
        PipedInputStream stdin = new PipedInputStream(tokens, 1 << 16);
        PipedInputStream answers = new PipedInputStream(1 << 16);
        OutputStream stdout = new PipedOutputStream(answers);
        CliRun run = run().stdin(Descriptor.Kind.PIPE, stdin).outTo(stdout, true);
        CompletableFuture<CliRun.Result> result =
                CompletableFuture.supplyAsync(() -> run.run("--lines", "--field", "kind"));
        for (int i = 0; i < 5; i++) {
            tokens.write((USER + "\n").getBytes(StandardCharsets.UTF_8));
            tokens.flush();
            assertEquals("user\n", new String(answers.readNBytes(5), StandardCharsets.UTF_8));
        }
        tokens.close();
        assertEquals(0, result.get(10, TimeUnit.SECONDS).status());
    }

    @Test
    void stopsReadingWhenItsReaderHasGone() {
        byte[] line = bytes(TOKEN + "\n");
        int[] next = {0};
        InputStream endless = new ByteStream(() -> line[next[0]++ % line.length]);
        CliRun.Result result =
                run().stdin(Descriptor.Kind.PIPE, endless).outFails(true).run("--lines");
        assertEquals(new CliRun.Result(0, "", ""), result);
    }

    @Test
    void aGateWhoseReaderHasGoneHasFailed() {
        assertEquals(
                74, run().stdin(TOKEN).outFails(true).run("check", "--lines").status());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n", " \n\t\n"})
    void aGateWithoutATokenHasFailed(String input) {
        CliRun.Result result = run().stdin(input).run("check", "--lines", "-q");
        assertEquals(
                new CliRun.Result(1, "", "error: there is no token on stdin. Give it tokens, one per line.\n"), result);
        assertEquals(0, run().stdin(input).run("--lines").status());
    }

    @Test
    void tellsAFullDisk() {
        assertEquals(74, run().stdin(TOKEN).outFails(false).run("--lines").status());
    }

    @Test
    void tellsAStdinThatCannotBeRead() {
        InputStream broken = new ByteStream(() -> {
            throw new IOException("Is a directory");
        });
        CliRun.Result result = run().stdin(Descriptor.Kind.FILE, broken).run("--lines");
        assertEquals(4, result.status());
        assertEquals("error: stdin cannot be read. Give it a pipe or a file.\n", result.err());
    }

    private CliRun run() {
        return CliRun.withHome(home);
    }
}
