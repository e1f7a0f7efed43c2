package dev.chainloop.token.cli;

import dev.chainloop.token.core.Parser;
import dev.chainloop.token.diagnosis.Diagnosis;
import dev.chainloop.token.diagnosis.Inspector;
import dev.chainloop.token.diagnosis.Status;
import dev.chainloop.token.io.Hint;
import dev.chainloop.token.io.LineReader;
import dev.chainloop.token.source.Look;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.IntStream;

/**
 * Answers many tokens in order, one per line of stdin. The lines that have arrived are answered in parallel; so a single line
 * is answered at once, and memory stays constant.
 */
record TokenLines(World world, Console console, InstantSource now, boolean redacted, boolean quiet) {
    /** How many lines one thread answers at once. */
    private static final int SLICE = 32;

    /** The longest token, and room for what is removed around it. */
    private static final int LONGEST = Parser.MAX_LENGTH + (128 << 10);

    /** The answer to one line, and whether its token is as required; made by several threads. */
    record Line(String text, boolean good) {}

    /**
     * Answers every line. Returns 3 if any is malformed, else 1 if any is not as required, else 0.
     *
     * @param gate whether it fails, too, when there is no token, or its reader leaves before all are answered
     */
    ExitCode run(boolean gate, BiFunction<Long, Diagnosis, Line> judge) throws Console.OutputException {
        Hint hint = Hint.after(console, "waiting for tokens on stdin, one per line");
        LineReader reader = new LineReader(world.stdin().stream(), LONGEST);
        ExitCode worst = ExitCode.OK;
        try (Progress progress = new Progress(world, console, quiet)) {
            long done = 0;
            boolean seen = false;
            for (List<String> lines = reader.next(); !lines.isEmpty(); lines = reader.next()) {
                hint.end();
                for (Slice slice : slices(lines, done, judge)) {
                    worst = worse(worst, slice.worst);
                    seen |= slice.tokens > 0;
                    if (!console.answer(slice.text)) {
                        return gate ? ExitCode.OUTPUT : worst;
                    }
                }
                done += lines.size();
                progress.add(lines.stream().mapToInt(line -> line.length() + 1).sum());
            }
            if (gate && !seen) {
                console.error("there is no token on stdin", "Give it tokens, one per line.");
                return ExitCode.NEGATIVE;
            }
            return worst;
        } catch (IOException e) {
            console.error("stdin cannot be read", "Give it a pipe or a file.");
            return ExitCode.UNREADABLE;
        } finally {
            hint.end();
        }
    }

    private List<Slice> slices(List<String> lines, long done, BiFunction<Long, Diagnosis, Line> judge) {
        Instant at = now.instant();
        return IntStream.range(0, (lines.size() + SLICE - 1) / SLICE)
                .parallel()
                .mapToObj(i -> {
                    int from = i * SLICE;
                    int to = Math.min(from + SLICE, lines.size());
                    return slice(lines.subList(from, to), done + from, at, judge);
                })
                .toList();
    }

    private Slice slice(List<String> lines, long before, Instant at, BiFunction<Long, Diagnosis, Line> judge) {
        StringBuilder text = new StringBuilder(lines.size() << 11);
        ExitCode worst = ExitCode.OK;
        long number = before;
        int tokens = 0;
        for (String line : lines) {
            Diagnosis diagnosis = Inspector.inspect(Look.ofLine(line), at, redacted);
            Line answer = judge.apply(++number, diagnosis);
            if (!quiet) {
                text.append(answer.text).append('\n');
            }
            worst = worse(
                    worst,
                    switch (diagnosis.inspection().status()) {
                        case MALFORMED, ERROR -> ExitCode.MALFORMED;
                        case NONE -> ExitCode.OK;
                        case TYPED, UNRECOGNIZED -> answer.good ? ExitCode.OK : ExitCode.NEGATIVE;
                    });
            tokens += diagnosis.inspection().status() == Status.NONE ? 0 : 1;
        }
        return new Slice(text.toString().getBytes(StandardCharsets.UTF_8), tokens, worst);
    }

    /** The answers to some lines, in UTF-8. */
    @SuppressWarnings("ArrayRecordComponent") // Slices are not compared.
    private record Slice(byte[] text, int tokens, ExitCode worst) {}

    private static ExitCode worse(ExitCode a, ExitCode b) {
        return a.status >= b.status ? a : b;
    }
}
