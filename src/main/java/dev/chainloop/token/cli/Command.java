package dev.chainloop.token.cli;

import dev.chainloop.token.cli.option.CommandModel;
import dev.chainloop.token.cli.option.UsageException;

/** One subcommand. */
interface Command {
    /** Says what it takes and what its exit statuses mean, with examples; every command also takes help and version. */
    void describe(CommandModel model);

    /** Does the work, unless values cannot be used together. */
    ExitCode run(World world, Console console) throws UsageException, Console.OutputException;
}
