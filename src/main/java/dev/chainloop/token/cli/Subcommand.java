package dev.chainloop.token.cli;

import dev.chainloop.token.core.Keyword;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;

/** The subcommands, in the order in which people need them; a new one is a constant here and its class. */
enum Subcommand implements Keyword {
    INSPECT("Show what a token is, whose it is, and what is wrong with it."),
    EXPLAIN("Explain what an error message of the Chainloop CLI means."),
    CHECK("Check that a token meets your requirements."),
    SOURCES("Show every place a token can come from, and which one is used."),
    ASK("Ask the server, through the Chainloop CLI, whether it accepts the token."),
    MASK("Mask the tokens in a log."),
    VERIFY("Verify a token's signature with your key."),
    HELP("List the topics, or show the help of a command or a topic."),
    COMPLETION("Print a completion script for bash, zsh or fish.");

    final String summary;

    Subcommand(String summary) {
        this.summary = summary;
    }

    static Optional<Subcommand> ofWord(String word) {
        return Keyword.find(List.of(values()), word);
    }

    /** A model of the tool as its help shows it: with the names of its commands, and without options. */
    static CommandSpec tool() {
        CommandSpec tool = CommandSpec.create().name("chainloop-token");
        for (Subcommand one : values()) {
            CommandSpec named = CommandSpec.create();
            named.usageMessage().header(one.summary);
            tool.addSubcommand(one.word(), named);
        }
        tool.usageMessage()
                .header("Show what a Chainloop token is, and why Chainloop would refuse it.")
                .description(
                        "chainloop-token                              is my token OK?",
                        "chainloop-token explain <err.log             why did the command fail?",
                        "chainloop-token check --min-remaining 30m    is it good enough for this job?")
                .footer(
                        "Without a command, the options are those of `chainloop-token inspect --help`.",
                        "It opens no connection itself; `ask` runs the Chainloop CLI, which does.",
                        "It reads $CHAINLOOP_TOKEN itself: do not pipe the variable into it.",
                        "Exit status: 0 yes, 1 no, 2 to 5 errors; see the help of each command.");
        return tool;
    }
}
