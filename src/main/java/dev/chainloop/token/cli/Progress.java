package dev.chainloop.token.cli;

import dev.chainloop.token.cli.option.OutputKind;
import dev.chainloop.token.io.Notes;

/** Shows the progress of long work on a terminal, from the third second on, and clears it at the end. */
final class Progress implements AutoCloseable, Notes {
    private static final long SILENCE_NANOS = 2_000_000_000L;
    private static final long PERIOD_NANOS = 500_000_000L;
    private static final String ERASE_LINE = "\r\u001b[K";

    private final Console console;

    /** Whether stderr is a terminal and the answers go elsewhere: not through a pipe, whose end may be on that terminal. */
    private final boolean visible;

    private long due = System.nanoTime() + SILENCE_NANOS;
    private long bytes;
    private boolean shown;

    Progress(World world, Console console, boolean quiet) {
        this.console = console;
        OutputKind out = world.outKind();
        boolean free =
                !out.isTerminal() && !out.isPipe() && !world.environment().isSet("CI");
        visible = !quiet && free && out.isErrorTerminal();
    }

    /** So many bytes more have been read. */
    void add(int more) {
        bytes += more;
        long now = System.nanoTime();
        if (visible && now - due >= 0) {
            due = now + PERIOD_NANOS;
            shown = true;
            console.raw(ERASE_LINE + size(bytes));
        }
    }

    static String size(long bytes) {
        return bytes < 10 << 20 ? (bytes >> 10) + " KiB" : (bytes >> 20) + " MiB";
    }

    /** Writes a line to standard error, in the place of the progress until that is shown again. */
    @Override
    public void tell(String line) {
        close();
        console.tell(line);
    }

    @Override
    public void close() {
        console.raw(shown ? ERASE_LINE : "");
        shown = false;
    }
}
