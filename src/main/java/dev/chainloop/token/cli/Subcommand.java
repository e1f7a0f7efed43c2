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
    ASK("Have the Chainloop CLI ask whether the server accepts the token."),
    MASK("Mask the tokens in a log."),
    VERIFY("Verify a token's signature with a key that you name."),
    HELP("List the topics, or show the help of a command or a topic."),
    COMPLETION("Print a completion script for bash, zsh or fish.");

    final String summary;

    Subcommand(String summary) {
        this.summary = summary;
    }

    static Optional<Subcommand> ofWord(String word) {
        return Keyword.find(List.of(values()), word);
    }

    /** The tool with all its commands, as documents describe it. */
    static CommandSpec tool() {
        CommandSpec tool = Invocation.of().spec();
        for (Subcommand one : values()) {
            tool.addSubcommand(one.word(), Invocation.of(one.word()).spec());
        }
        return tool;
    }

    Command create() {
        return switch (this) {
            case INSPECT -> new InspectCommand();
            case EXPLAIN -> new ExplainCommand();
            case CHECK -> new CheckCommand(false);
            case SOURCES -> new SourcesCommand();
            case ASK -> new AskCommand();
            case MASK -> new MaskCommand();
            case VERIFY -> new CheckCommand(true);
            case HELP -> new HelpCommand();
            case COMPLETION -> new CompletionCommand();
        };
    }
}
