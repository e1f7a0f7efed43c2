package dev.chainloop.token.cli;

import dev.chainloop.token.cli.option.OutputKind;
import dev.chainloop.token.io.Notes;
import java.time.InstantSource;

/** Shows the progress of long work on a terminal, from the third second on, and clears it at the end. */
final class Progress implements Notes {
    private static final int SILENCE_MILLIS = 2_000;
    private static final int PERIOD_MILLIS = 500;
    private static final String ERASE_LINE = "\r\u001b[K";

    private final Console console;

    /** Whether stderr is a terminal and the answers go elsewhere: not through a pipe, whose end may be on that terminal. */
    private final boolean visible;

    private final InstantSource clock;
    private long due;
    private long bytes;
    private boolean shown;

    Progress(World world, Console console, boolean quiet) {
        this.console = console;
        clock = world.clock();
        due = clock.millis() + SILENCE_MILLIS;
        OutputKind out = world.outKind();
        boolean free =
                !out.isTerminal() && !out.isPipe() && !world.environment().isSet("CI");
        visible = !quiet && free && out.isErrorTerminal();
    }

    /** So many bytes more have been read. */
    void add(int more) {
        bytes += more;
        if (visible && clock.millis() >= due) {
            due = clock.millis() + PERIOD_MILLIS;
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

    void close() {
        console.raw(shown ? ERASE_LINE : "");
        shown = false;
    }
}
