package dev.chainloop.token.cli;

import dev.chainloop.token.cli.option.CommandModel;
import dev.chainloop.token.core.Keyword;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The subcommands, in the order in which people need them; a new one is a constant here and its class. */
enum Subcommand implements Keyword {
    INSPECT(
            "Show what a token is, whose it is, and what is wrong with it.",
            "Without an argument, that is the token that the Chainloop CLI would send: see `chainloop-token help order`."
                    + " It is decoded, not verified: anyone can write a token that looks like one of Chainloop's."),
    EXPLAIN(
            "Explain what an error message of the Chainloop CLI means.",
            "It weighs the possible causes against the token that the CLI would send. Of a whole log, it explains the"
                    + " error that ended the command, and names the others."),
    CHECK(
            "Check that a token meets your requirements.",
            "Without options, that is any token of a known kind without an error; each option requires more, and a key"
                    + " that the signature is genuine."),
    SOURCES(
            "Show every place a token can come from, and which one is used.",
            "The Chainloop CLI sends the first token that it finds; the others, such as a new login behind a forgotten"
                    + " variable, are ignored."),
    ASK(
            "Ask the control plane whether it accepts the token. Goes online.",
            "It sends the token, but only to the control plane that the Chainloop CLI would send it to, or that you name."
                    + " Only there is it known whether the signature is genuine, and whether the token was revoked."
                    + " Without a token, it says whether the control plane can be reached."),
    MASK(
            "Mask the tokens in a log, or find tokens in files.",
            "It copies the text and replaces each token by a mask, such as <user token sha256:390ac7b9d746ca79>."
                    + " Any JWT counts, whoever issued it: letters of base64url and dots that"
                    + " begin like a JSON object, also cut off, broken into lines, coloured or in Base64. All else passes"
                    + " unchanged, each line as soon as it is complete."),
    VERIFY(
            "Verify a token's signature with a key that you name.",
            "It passes a token of any kind that this key signed and that is valid at this time."),
    HELP("Show help for the tool, a command or a topic.", ""),
    COMPLETION("Print a completion script for bash, zsh or fish.", ""),
    SCHEMA(
            "Print the JSON Schema of a command's JSON output.",
            "It describes each key; none is removed or changed within one schemaVersion.");

    private final String summary;
    private final String description;

    Subcommand(String summary, String description) {
        this.summary = summary;
        this.description = description;
    }

    static Optional<Subcommand> ofWord(String word) {
        return Keyword.find(List.of(values()), word);
    }

    /** The tool without a command, then all commands, as their documents describe them. */
    static List<CommandModel> models() {
        List<CommandModel> models = new ArrayList<>(List.of(Invocation.of().model()));
        for (Subcommand subcommand : values()) {
            models.add(Invocation.of(subcommand.word()).model());
        }
        return models;
    }

    @Override
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    String summary() {
        return summary;
    }

    /** What else is to be known. */
    String description() {
        return description;
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
            case HELP -> WordCommand.help();
            case COMPLETION -> WordCommand.completion();
            case SCHEMA -> WordCommand.schema();
        };
    }
}
