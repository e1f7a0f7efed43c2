package dev.chainloop.token.cli;

import dev.chainloop.token.cli.option.OutputKind;
import dev.chainloop.token.source.Search;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Shows the progress of long work on a terminal, from the third second on, and clears it at the end, also when a signal
 * ends the process. Where no thread can be started, it shows nothing.
 */
final class Progress implements AutoCloseable, Search.Notes {
    private static final int SILENCE_MILLIS = 2000;
    private static final int PERIOD_MILLIS = 500;
    private static final String ERASE_LINE = "\r\u001b[K";

    private final AtomicLong bytes = new AtomicLong();
    private final AtomicLong lines = new AtomicLong();
    private final Console console;
    private final World.Ending ending;
    private final Thread thread = new Teller();
    private boolean shown;
    private boolean ended;

    private Progress(Console console, World.Ending ending) {
        this.console = console;
        this.ending = ending;
        thread.setDaemon(true);
    }

    /** Starts, if stderr is a terminal and the answers go elsewhere: not through a pipe, whose end may be on that terminal. */
    static Progress start(World world, Console console, boolean quiet) {
        Progress progress = new Progress(console, world.ending());
        OutputKind out = world.outKind();
        boolean disturbs =
                quiet || out.isTerminal() || out.isPipe() || world.environment().isSet("CI");
        if (!disturbs && out.isErrorTerminal()) {
            try {
                progress.thread.start();
            } catch (OutOfMemoryError e) {
                // See above.
            }
        }
        return progress;
    }

    /** Adds to what is done. */
    void add(byte[] text, int from, int to) {
        bytes.addAndGet(to - from);
        if (thread.isAlive()) {
            int count = 0;
            for (int i = from; i < to; i++) {
                count += text[i] == '\n' ? 1 : 0;
            }
            lines.addAndGet(count);
        }
    }

    /** Adds bytes and lines to what is done. */
    void add(int moreBytes, int moreLines) {
        bytes.addAndGet(moreBytes);
        lines.addAndGet(moreLines);
    }

    // Not a lambda: linking the first one takes milliseconds.
    private final class Teller extends Thread {
        Teller() {
            super("progress");
        }

        @Override
        public void run() {
            showAll();
        }
    }

    private void showAll() {
        try {
            Thread.sleep(SILENCE_MILLIS);
            long millis = SILENCE_MILLIS;
            ending.before(this::end);
            while (true) {
                show(bytes.get(), millis);
                Thread.sleep(PERIOD_MILLIS);
                millis += PERIOD_MILLIS;
            }
        } catch (InterruptedException e) {
            // The work is done.
        }
    }

    private synchronized void show(long done, long millis) {
        if (ended) {
            return;
        }
        shown = true;
        long count = lines.get();
        console.raw(ERASE_LINE + (done >> 20) + " MiB, " + count + (count == 1 ? " line, " : " lines, ")
                + ((done * 1000 / millis) >> 20) + " MiB/s");
    }

    /** Writes a line to standard error, in the place of the progress until that is shown again. */
    synchronized void tell(String line) {
        erase();
        console.tell(line);
    }

    @Override
    public void note(String sentence) {
        tell("note: " + sentence);
    }

    private synchronized void erase() {
        if (shown) {
            console.raw(ERASE_LINE);
            shown = false;
        }
    }

    private synchronized void end() {
        erase();
        ended = true;
    }

    @Override
    public void close() {
        thread.interrupt();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        erase();
    }
}
