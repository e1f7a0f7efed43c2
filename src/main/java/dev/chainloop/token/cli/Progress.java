package dev.chainloop.token.cli;

import dev.chainloop.token.cli.option.OutputKind;
import dev.chainloop.token.io.Notes;
import java.util.concurrent.atomic.AtomicLong;

/** Shows the progress of long work on a terminal, from the third second on, and clears it at the end. */
final class Progress implements AutoCloseable, Notes {
    private static final int SILENCE_MILLIS = 2000;
    private static final int PERIOD_MILLIS = 500;
    private static final String ERASE_LINE = "\r\u001b[K";

    private final AtomicLong bytes = new AtomicLong();
    private final AtomicLong lines = new AtomicLong();
    private final Console console;
    private final Thread thread = new Thread(this::showAll, "progress");
    private boolean shown;
    private boolean ended;

    private Progress(Console console) {
        this.console = console;
        thread.setDaemon(true);
    }

    /** Starts, if stderr is a terminal and the answers go elsewhere: not through a pipe, whose end may be on that terminal. */
    static Progress start(World world, Console console, boolean quiet) {
        Progress progress = new Progress(console);
        OutputKind out = world.outKind();
        boolean disturbs =
                quiet || out.isTerminal() || out.isPipe() || world.environment().isSet("CI");
        if (!disturbs && out.isErrorTerminal()) {
            try {
                progress.thread.start();
            } catch (OutOfMemoryError e) {
                // The system allows no more threads, so nothing is shown.
            }
        }
        return progress;
    }

    /** Adds to what is done. */
    void add(byte[] text, int from, int to) {
        int count = 0;
        if (thread.isAlive()) {
            for (int i = from; i < to; i++) {
                count += text[i] == '\n' ? 1 : 0;
            }
        }
        add(to - from, count);
    }

    /** Adds bytes and lines to what is done. */
    void add(int moreBytes, int moreLines) {
        bytes.addAndGet(moreBytes);
        lines.addAndGet(moreLines);
    }

    private void showAll() {
        try {
            Thread.sleep(SILENCE_MILLIS);
            for (long millis = SILENCE_MILLIS; true; millis += PERIOD_MILLIS) {
                show(bytes.get(), lines.get(), millis);
                Thread.sleep(PERIOD_MILLIS);
            }
        } catch (InterruptedException e) {
            // The work is done.
        }
    }

    private synchronized void show(long done, long count, long millis) {
        if (!ended) {
            shown = true;
            console.raw(ERASE_LINE + (done >> 20) + " MiB, " + count + (count == 1 ? " line, " : " lines, ")
                    + ((done * 1000 / millis) >> 20) + " MiB/s");
        }
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

    private void erase() {
        if (shown) {
            console.raw(ERASE_LINE);
            shown = false;
        }
    }

    @Override
    public synchronized void close() {
        thread.interrupt();
        erase();
        ended = true;
    }
}
