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
    private boolean shown;

    /** Starts, if stderr is a terminal and the answers go elsewhere: not through a pipe, whose end may be on that terminal. */
    Progress(World world, Console console, boolean quiet) {
        this.console = console;
        OutputKind out = world.outKind();
        boolean free =
                !out.isTerminal() && !out.isPipe() && !world.environment().isSet("CI");
        if (!quiet && free && out.isErrorTerminal()) {
            Hint.start(thread);
        }
    }

    synchronized void add(int more) {
        bytes += more;
    }

    private void showAll() {
        try {
            for (Thread.sleep(Hint.SILENCE.toMillis()); show(); ) {
                Thread.sleep(PERIOD_MILLIS);
            }
        } catch (InterruptedException e) {
            // The work is done.
        }
    }

    private synchronized boolean show() {
        shown = !thread.isInterrupted();
        console.raw(shown ? ERASE_LINE + size(bytes) : "");
        return shown;
    }

    static String size(long bytes) {
        return bytes < 10 << 20 ? (bytes >> 10) + " KiB" : (bytes >> 20) + " MiB";
    }

    /** Writes a line to standard error, in the place of the progress until that is shown again. */
    @Override
    public synchronized void tell(String line) {
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
