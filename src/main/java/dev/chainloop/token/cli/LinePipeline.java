package dev.chainloop.token.cli;

import dev.chainloop.token.diagnosis.Diagnosis;
import dev.chainloop.token.diagnosis.Inspection;
import dev.chainloop.token.diagnosis.Situation;
import dev.chainloop.token.render.LineReport;
import dev.chainloop.token.source.ConfigReading;
import dev.chainloop.token.source.LineBatch;
import dev.chainloop.token.source.LineReader;
import dev.chainloop.token.source.SearchResult;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;

/**
 * Many tokens, one a line on stdin, one result a line out, in order. One thread reads, two work, and this one writes, so
 * that a trickle is answered at once and a flood at the speed of both cores; what waits between them is bounded.
 */
final class LinePipeline {
    private static final int WORKERS = 2;
    private static final int WAITING = 4;

    private LinePipeline() {}

    /** How lines are answered. */
    interface Answers {
        /** A report for some lines; called by several threads. */
        LineReport start();

        /**
         * Adds the answer to one token.
         *
         * @return whether the token is what it should be
         */
        boolean add(LineReport report, long line, Diagnosis diagnosis);
    }

    /** Answers every line; 3 when some are malformed, else 1 when some are not what they should be, else 0. */
    static ExitCode run(World world, Console console, InstantSource now, Answers answers)
            throws Console.OutputException {
        BlockingQueue<Future<Part>> parts = new ArrayBlockingQueue<>(WAITING);
        ExecutorService workers = Executors.newFixedThreadPool(WORKERS, LinePipeline::daemon);
        Thread reader = daemon(() -> read(new LineReader(world.stdin().stream()), parts, workers, now, answers));
        reader.start();
        ExitCode worst = ExitCode.OK;
        try {
            while (true) {
                Part part = parts.take().get();
                if (part.failed) {
                    console.error("stdin cannot be read", "Give it a pipe or a file.");
                    return ExitCode.UNREADABLE;
                }
                if (part.last) {
                    return worst;
                }
                worst = worse(worst, part.worst);
                if (!console.answerWhileRead(part.text)) {
                    return worst;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("a line's answer failed", e);
        } finally {
            reader.interrupt();
            workers.shutdownNow();
        }
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "lines");
        thread.setDaemon(true);
        return thread;
    }

    /** The answers to some lines, or a mark. */
    private static final class Part {
        final byte[] text;
        final ExitCode worst;
        final boolean last;
        final boolean failed;

        Part(byte[] text, ExitCode worst, boolean last, boolean failed) {
            this.text = text;
            this.worst = worst;
            this.last = last;
            this.failed = failed;
        }
    }

    private static void read(
            LineReader reader,
            BlockingQueue<Future<Part>> parts,
            ExecutorService workers,
            InstantSource now,
            Answers answers) {
        try {
            boolean failed = false;
            try {
                for (Optional<LineBatch> batch = reader.next(); batch.isPresent(); batch = reader.next()) {
                    LineBatch lines = batch.get();
                    Instant at = now.instant();
                    FutureTask<Part> task = new FutureTask<>(() -> part(lines, at, answers));
                    parts.put(task);
                    workers.execute(task);
                }
            } catch (IOException e) {
                failed = true;
            }
            FutureTask<Part> end = new FutureTask<>(() -> {}, new Part(new byte[0], ExitCode.OK, true, failed));
            end.run();
            parts.put(end);
        } catch (InterruptedException e) {
            // The writer has left.
        }
    }

    private static Part part(LineBatch batch, Instant at, Answers answers) {
        LineReport report = answers.start();
        ExitCode worst = ExitCode.OK;
        while (batch.next()) {
            SearchResult search = new SearchResult(List.of(batch.look()), new ConfigReading.Missing(""), true);
            Inspection inspection = Inspection.of(search, at);
            Diagnosis diagnosis = Diagnosis.of(new Situation(inspection, search, Optional.empty(), "", false));
            boolean good = answers.add(report, batch.line(), diagnosis);
            worst = worse(
                    worst,
                    switch (inspection.status()) {
                        case MALFORMED, ERROR -> ExitCode.MALFORMED;
                        case NONE -> ExitCode.OK;
                        case TYPED, UNRECOGNIZED -> good ? ExitCode.OK : ExitCode.NIL;
                    });
        }
        return new Part(report.finish(), worst, false, false);
    }

    private static ExitCode worse(ExitCode a, ExitCode b) {
        return a.status() >= b.status() ? a : b;
    }
}
