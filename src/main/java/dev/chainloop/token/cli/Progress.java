package dev.chainloop.token.cli;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Says on a terminal how far long work has come, from the third second on, and leaves nothing behind. Without a thread of
 * the system's to spare, the work goes on without a word.
 */
final class Progress implements AutoCloseable {
    private static final int SILENCE_MILLIS = 2000;
    private static final int PERIOD_MILLIS = 500;
    private static final String ERASE_LINE = "\r\u001b[K";

    private final AtomicLong bytes = new AtomicLong();
    private final AtomicLong lines = new AtomicLong();
    private final Console console;
    private final Thread thread = new Thread(this::tell, "progress");
    private boolean told;

    private Progress(Console console) {
        this.console = console;
        thread.setDaemon(true);
    }

    /** Starts to tell, if there is somebody to be told whom it does not disturb: on a terminal whose answers go elsewhere. */
    static Progress start(World world, Console console, boolean quiet) {
        Progress progress = new Progress(console);
        boolean disturbs =
                quiet || world.outKind().isTerminal() || world.environment().isSet("CI");
        if (!disturbs && world.outKind().isErrorTerminal()) {
            try {
                progress.thread.start();
            } catch (OutOfMemoryError e) {
                // See above.
            }
        }
        return progress;
    }

    /** So much more is done. */
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

    /** So many more bytes and lines are done. */
    void add(int moreBytes, int moreLines) {
        bytes.addAndGet(moreBytes);
        lines.addAndGet(moreLines);
    }

    private void tell() {
        try {
            Thread.sleep(SILENCE_MILLIS);
            long millis = SILENCE_MILLIS;
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
        told = true;
        console.raw(ERASE_LINE + (done >> 20) + " MiB, " + lines.get() + " lines, " + ((done * 1000 / millis) >> 20)
                + " MiB/s");
    }

    @Override
    public void close() {
        thread.interrupt();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (told) {
            console.raw(ERASE_LINE);
        }
    }
}
