package dev.chainloop.token.cli;

import dev.chainloop.token.cli.option.Parameters;
import dev.chainloop.token.cli.option.UsageException;
import java.util.List;

/** One subcommand: what it takes, and what it does. */
interface Command {
    /** The arguments and options that it has of its own; all commands take help and version besides. */
    Parameters parameters();

    /**
     * Does the work.
     *
     * @return the exit status
     * @throws UsageException when values cannot be used together or are none of the allowed ones
     * @throws UnreadableKeyException when there is no key to judge a signature by
     */
    ExitCode run(World world, Console console) throws UsageException, UnreadableKeyException, Console.OutputException;

    /** Lines of the help's examples. */
    List<String> examples();

    /** What its exit statuses mean, for the help. */
    ExitMeanings exits();
}
