package dev.chainloop.token.cli;

import dev.chainloop.token.cli.option.Parameters;
import dev.chainloop.token.cli.option.UsageException;
import java.util.List;

/** One subcommand: what it takes, and what it does. */
interface Command {
    /** Its own arguments and options; every command also takes help and version. */
    Parameters parameters();

    /**
     * Does the work.
     *
     * @return the exit status
     * @throws UsageException when a value is not allowed, or values cannot be used together
     * @throws Request.UnreadableKeyException when there is no usable key
     */
    ExitCode run(World world, Console console)
            throws UsageException, Request.UnreadableKeyException, Console.OutputException;

    /** Lines of the help's examples. */
    List<String> examples();

    /** What its exit statuses mean, for the help. */
    ExitMeanings exits();
}
