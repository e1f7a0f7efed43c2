package dev.chainloop.token.cli;

import dev.chainloop.token.core.Parser;
import dev.chainloop.token.diagnosis.Diagnosis;
import dev.chainloop.token.diagnosis.Inspector;
import dev.chainloop.token.diagnosis.Status;
import dev.chainloop.token.io.Hint;
import dev.chainloop.token.io.LineReader;
import dev.chainloop.token.render.Report.LineReport;
import dev.chainloop.token.source.Look;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;

/** Answers many tokens in order, one per line of stdin; blank lines are skipped. Each answer is written before the next is made. */
record TokenLines(World world, Console console, InstantSource now, boolean redacted, boolean quiet) {
    /** The longest token, and room for what is removed around it. */
    private static final int LONGEST = Parser.MAX_LENGTH + (128 << 10);

    /** The answer to one line as {@link LineReport} gives it, and whether its token is as required. */
    @SuppressWarnings("ArrayRecordComponent") // Lines are not compared.
    record Line(byte[] text, boolean good) {}

    /**
     * Answers every line that is not blank. Returns 3 if any is malformed, else 1 if any is not as required, else 0.
     *
     * @param gate whether it fails, too, when there is no token, or its reader leaves before all are answered
     */
    ExitCode run(boolean gate, BiFunction<Long, Diagnosis, Line> judge) throws Console.OutputException {
        Hint hint = Hint.after(console, "waiting for tokens on stdin, one per line");
        LineReader reader = new LineReader(world.stdin().stream(), LONGEST);
        ExitCode worst = ExitCode.OK;
        try (Progress progress = new Progress(world, console, quiet)) {
            long number = 0;
            long wrapped = 0;
            String example = "";
            boolean seen = false;
            for (String line = reader.next(); line != null; line = reader.next()) {
                hint.end();
                number++;
                progress.add(line.length() + 1);
                Diagnosis diagnosis = Inspector.inspect(Look.ofLine(line), now.instant(), redacted);
                Status status = diagnosis.inspection().status();
                if (status == Status.NONE) {
                    continue;
                }
                seen = true;
                Line answer = judge.apply(number, diagnosis);
                List<String> around = around(diagnosis);
                if (!around.isEmpty()) {
                    example = wrapped == 0 ? "line " + number + ", " + String.join(", ", around) : example;
                    wrapped++;
                }
                worst = worse(worst, exitCode(status, answer.good));
                if (!quiet && !console.answer(answer.text)) {
                    return gate ? ExitCode.OUTPUT : worst;
                }
            }
            if (wrapped > 0 && !quiet) {
                console.note("stdin: " + (wrapped == 1 ? "a line holds" : wrapped + " lines hold")
                        + " more than a token: " + example);
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

    /** What is around a line's token, in words. */
    private static List<String> around(Diagnosis diagnosis) {
        Optional<Look.Found> found = diagnosis.evidence().search().found();
        return found.isPresent() && diagnosis.inspection().decoded() != null
                ? found.get().removed()
                : List.of();
    }

    private static ExitCode exitCode(Status status, boolean good) {
        return switch (status) {
            case MALFORMED, ERROR -> ExitCode.MALFORMED;
            case NONE -> ExitCode.OK;
            case TYPED, UNRECOGNIZED -> good ? ExitCode.OK : ExitCode.NEGATIVE;
        };
    }

    private static ExitCode worse(ExitCode a, ExitCode b) {
        return a.status >= b.status ? a : b;
    }
}
