package dev.chainloop.token.cli;

import dev.chainloop.token.cli.option.UsageException;
import picocli.CommandLine.Model.CommandSpec;

interface Command {
    /**
     * Adds to picocli's model what it takes, what its exit statuses mean, and examples as the description; every command
     * also takes help and version.
     */
    void describe(CommandSpec spec);

    /** Does the work, unless values cannot be used together. */
    ExitCode run(World world, Console console) throws UsageException, Console.OutputException;
}
