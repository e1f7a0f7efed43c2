package dev.chainloop.token.cli;

import dev.chainloop.token.cli.option.OutputKind;
import dev.chainloop.token.io.Hint;
import dev.chainloop.token.io.Notes;

/** Shows the progress of long work on a terminal, from the third second on, and clears it at the end. */
final class Progress implements AutoCloseable, Notes {
    private static final int PERIOD_MILLIS = 500;
    private static final String ERASE_LINE = "\r\u001b[K";

    private final Console console;
    private final Thread thread = new Thread(this::showAll, "progress");
    private long bytes;
    private long lines;
    private boolean shown;

    /** Starts, if stderr is a terminal and the answers go elsewhere: not through a pipe, whose end may be on that terminal. */
    Progress(World world, Console console, boolean quiet) {
        this.console = console;
        OutputKind out = world.outKind();
        boolean disturbs =
                quiet || out.isTerminal() || out.isPipe() || world.environment().isSet("CI");
        if (!disturbs && out.isErrorTerminal()) {
            Hint.start(thread);
        }
    }

    void add(byte[] text, int from, int to) {
        int count = 0;
        for (int i = from; thread.isAlive() && i < to; i++) {
            count += text[i] == '\n' ? 1 : 0;
        }
        add(to - from, count);
    }

    synchronized void add(int moreBytes, int moreLines) {
        bytes += moreBytes;
        lines += moreLines;
    }

    private void showAll() {
        try {
            long millis = Hint.SILENCE.toMillis();
            for (Thread.sleep(millis); show(millis); millis += PERIOD_MILLIS) {
                Thread.sleep(PERIOD_MILLIS);
            }
        } catch (InterruptedException e) {
            // The work is done.
        }
    }

    private synchronized boolean show(long millis) {
        String done = (bytes >> 20) + " MiB, " + lines + (lines == 1 ? " line, " : " lines, ");
        shown = !thread.isInterrupted();
        console.raw(shown ? ERASE_LINE + done + ((bytes * 1000 / millis) >> 20) + " MiB/s" : "");
        return shown;
    }

    @Override
    public void note(String sentence) {
        tell("note: " + sentence);
    }

    /** Writes a line to standard error, in the place of the progress until that is shown again. */
    synchronized void tell(String line) {
        erase();
        console.tell(line);
    }

    @Override
    public synchronized void close() {
        thread.interrupt();
        erase();
    }

    private void erase() {
        console.raw(shown ? ERASE_LINE : "");
        shown = false;
    }
}
