package dev.chainloop.token.cli;

import dev.chainloop.token.cli.option.Parameters;
import dev.chainloop.token.cli.option.UsageException;
import java.util.List;
import java.util.Map;

/** One subcommand: what it takes, and what it does. */
interface Command {
    /** Its own arguments and options; every command also takes help and version. */
    Parameters parameters();

    /**
     * Does the work.
     *
     * @return the exit status
     * @throws UsageException when values cannot be used together
     */
    ExitCode run(World world, Console console) throws UsageException, Console.OutputException;

    /** Lines of the help's examples. */
    List<String> examples();

    /** What its exit statuses mean, for the help. */
    Map<Integer, String> exits();
}
