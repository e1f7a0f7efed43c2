package dev.chainloop.token.cli;

import dev.chainloop.token.cli.doc.CommandModel;
import dev.chainloop.token.core.Keyword;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The subcommands; a new one is a constant here and its class. */
enum Subcommand implements Keyword {
    INSPECT("inspect", "Show what kind of token it is, whose it is and when it expires."),
    CHECK("check", "Check that a token meets your requirements."),
    VERIFY("verify", "Verify a token's signature with a key that you name."),
    SOURCES("sources", "Show every place a token can come from, and which one is used."),
    ASK("ask", "Ask the control plane itself whether it accepts the token. Goes online."),
    EXPLAIN("explain", "Explain what an error message of the Chainloop CLI means for your token."),
    MASK("mask", "Mask the tokens in a log, or find tokens in files."),
    HELP("help", "Show help for the tool or for a command."),
    COMPLETION("completion", "Print a completion script for bash, zsh or fish."),
    SCHEMA("schema", "Print the JSON Schema of a command's JSON output.");

    private final String word;
    private final String summary;

    Subcommand(String word, String summary) {
        this.word = word;
        this.summary = summary;
    }

    static Optional<Subcommand> ofWord(String word) {
        return Keyword.find(List.of(values()), word);
    }

    /** The tool without a command, then all commands, as their documents describe them. */
    static List<CommandModel> models() {
        List<CommandModel> models = new ArrayList<>(List.of(Invocation.of().model()));
        for (Subcommand subcommand : values()) {
            models.add(Invocation.of(subcommand.word).model());
        }
        return models;
    }

    @Override
    public String word() {
        return word;
    }

    String summary() {
        return summary;
    }

    Command create() {
        return switch (this) {
            case INSPECT -> new InspectCommand();
            case CHECK -> CheckCommand.check();
            case VERIFY -> CheckCommand.verify();
            case SOURCES -> new SourcesCommand();
            case ASK -> new AskCommand();
            case EXPLAIN -> new ExplainCommand();
            case MASK -> new MaskCommand();
            case HELP -> WordCommand.help();
            case COMPLETION -> WordCommand.completion();
            case SCHEMA -> WordCommand.schema();
        };
    }
}
