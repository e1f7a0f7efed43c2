package dev.chainloop.token.cli;

import dev.chainloop.token.diagnosis.Diagnosis;
import dev.chainloop.token.diagnosis.Inspector;
import dev.chainloop.token.io.Hint;
import dev.chainloop.token.render.LineReport;
import dev.chainloop.token.source.LineBatch;
import dev.chainloop.token.source.LineReader;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Answers many tokens in order, one per line of stdin. One thread reads, two work, and the calling thread writes, so
 * that single lines are answered at once and large inputs use two cores; the queue between them is bounded.
 */
final class LinePipeline {
    private static final int WORKERS = 2;
    private static final int WAITING = 4;

    /** How many bytes of lines are processed at once: an answer can be many times as long as its line. */
    private static final int MAX_BYTES = 3 << 19;

    private LinePipeline() {}

    /** How lines are answered. */
    interface Answers {
        /** Whether the answers are for the public. */
        boolean redacted();

        /** A report for one thread's answers; called by several threads. */
        LineReport start();

        /**
         * Adds the answer to one token.
         *
         * @return whether the token is as required
         */
        boolean add(LineReport report, long line, Diagnosis diagnosis);
    }

    /**
     * Answers every line, and shows the progress on a terminal unless told to be quiet. Returns 3 if any is malformed,
     * else 1 if any is not as required, else 0.
     */
    static ExitCode run(World world, Console console, InstantSource now, boolean quiet, Answers answers)
            throws Console.OutputException {
        BlockingQueue<Future<Part>> parts = new ArrayBlockingQueue<>(WAITING);
        Semaphore room = new Semaphore(MAX_BYTES);
        ThreadPoolExecutor workers = new ThreadPoolExecutor(
                WORKERS, WORKERS, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), LinePipeline::daemon);
        Hint hint = Hint.after(console, "waiting for tokens on stdin, one per line");
        Lines lines = new Lines(new LineReader(world.stdin().stream()), hint);
        Thread reader = daemon(() -> read(lines, parts, room, workers, now, answers));
        ExitCode worst = ExitCode.OK;
        try {
            workers.prestartAllCoreThreads();
            reader.start();
        } catch (OutOfMemoryError e) {
            // Java's error when the system allows no more threads.
            console.error(
                    "--lines needs threads, and this process cannot start more", "Raise the limit: see `ulimit -u`.");
            return ExitCode.UNREADABLE;
        }
        try (Progress progress = Progress.start(world, console, quiet)) {
            while (true) {
                Part part = parts.take().get();
                if (part.failed) {
                    progress.tell("error: stdin cannot be read. Give it a pipe or a file.");
                    return ExitCode.UNREADABLE;
                }
                if (part.last) {
                    return worst;
                }
                worst = worse(worst, part.worst);
                if (!console.answerWhileRead(part.text)) {
                    return worst;
                }
                room.release(part.bytes);
                progress.add(part.bytes, part.lines);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw e.getCause() instanceof RuntimeException defect ? defect : new IllegalStateException(e);
        } finally {
            hint.end();
            reader.interrupt();
            workers.shutdownNow();
        }
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "lines");
        thread.setDaemon(true);
        return thread;
    }

    /** The answers to some lines, or the end of the input. */
    private static final class Part {
        final byte[] text;
        final int bytes;
        final int lines;
        final ExitCode worst;
        final boolean last;
        final boolean failed;

        Part(byte[] text, int bytes, int lines, ExitCode worst, boolean last, boolean failed) {
            this.text = text;
            this.bytes = bytes;
            this.lines = lines;
            this.worst = worst;
            this.last = last;
            this.failed = failed;
        }
    }

    /** The lines of stdin; the first of them ends the wait for them. */
    private record Lines(LineReader reader, Hint hint) {
        Optional<LineBatch> next() throws IOException {
            Optional<LineBatch> batch = reader.next();
            hint.end();
            return batch;
        }
    }

    private static void read(
            Lines lines,
            BlockingQueue<Future<Part>> parts,
            Semaphore room,
            ThreadPoolExecutor workers,
            InstantSource now,
            Answers answers) {
        Callable<Part> end;
        try {
            end = readAll(lines, parts, room, workers, now, answers);
        } catch (InterruptedException | RejectedExecutionException e) {
            // The writer has stopped.
            return;
        } catch (Throwable e) { // Otherwise the writer would wait forever, and a stack trace would go to stderr.
            end = () -> {
                if (e instanceof Error error) {
                    throw error;
                }
                throw (Exception) e;
            };
        }
        FutureTask<Part> last = new FutureTask<>(end);
        last.run();
        try {
            parts.put(last);
        } catch (InterruptedException e) {
            // As above.
        }
    }

    private static Callable<Part> readAll(
            Lines lines,
            BlockingQueue<Future<Part>> parts,
            Semaphore room,
            ThreadPoolExecutor workers,
            InstantSource now,
            Answers answers)
            throws InterruptedException {
        ThreadLocal<LineReport> reports = ThreadLocal.withInitial(answers::start);
        boolean failed = false;
        try {
            for (Optional<LineBatch> next = lines.next(); next.isPresent(); next = lines.next()) {
                LineBatch batch = next.get();
                Instant at = now.instant();
                int bytes = Math.min(batch.bytes(), MAX_BYTES);
                room.acquire(bytes);
                FutureTask<Part> task = new FutureTask<>(() -> part(batch, bytes, at, answers, reports.get()));
                parts.put(task);
                workers.execute(task);
            }
        } catch (IOException e) {
            failed = true;
        }
        Part end = new Part(new byte[0], 0, 0, ExitCode.OK, true, failed);
        return () -> end;
    }

    private static Part part(LineBatch batch, int bytes, Instant at, Answers answers, LineReport report) {
        ExitCode worst = ExitCode.OK;
        while (batch.next()) {
            Diagnosis diagnosis = Inspector.inspect(batch.look(), at, answers.redacted());
            boolean good = answers.add(report, batch.line(), diagnosis);
            worst = worse(
                    worst,
                    switch (diagnosis.inspection().status()) {
                        case MALFORMED, ERROR -> ExitCode.MALFORMED;
                        case NONE -> ExitCode.OK;
                        case TYPED, UNRECOGNIZED -> good ? ExitCode.OK : ExitCode.NEGATIVE;
                    });
        }
        return new Part(report.take(), bytes, batch.size(), worst, false, false);
    }

    private static ExitCode worse(ExitCode a, ExitCode b) {
        return a.status() >= b.status() ? a : b;
    }
}
