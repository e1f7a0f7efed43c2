package dev.chainloop.token.cli;

import java.util.List;
import picocli.CommandLine.Model.CommandSpec;

/** One subcommand: what it takes, and what it does. */
interface Command {
    /** The options and arguments, with their help. */
    CommandSpec spec();

    /** How it answers; asked also when the command line turned out wrong, so that a script gets the object it wants. */
    default OutputOptions output() {
        return OutputOptions.ofTextAndJson();
    }

    /**
     * Does the work.
     *
     * @return the exit status
     * @throws UsageException when values contradict each other or are none of the allowed ones
     * @throws UnreadableKeyException when there is no key to judge a signature by
     */
    ExitCode run(World world, Console console) throws UsageException, UnreadableKeyException, Console.OutputException;

    /** The options that belong together, with a heading each; the others are shown last. */
    default List<OptionGroup> groups() {
        return List.of();
    }

    /** Lines of the help's examples. */
    List<String> examples();

    /** What its exit statuses mean, for the help. */
    Exits exits();
}
