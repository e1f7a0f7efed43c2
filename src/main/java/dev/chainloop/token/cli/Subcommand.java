package dev.chainloop.token.cli;

import java.util.Optional;

/** The subcommands; a new one is a constant here and its class. */
enum Subcommand {
    INSPECT("inspect", "Show a token: what kind it is, whose, and until when."),
    CHECK("check", "Hold a token against expectations, for CI."),
    VERIFY("verify", "Say whether a token was really signed with a given key."),
    SOURCES("sources", "Show every place where a token can be, and which one is used."),
    EXPLAIN("explain", "Say what an error message of the Chainloop CLI means for the token.");

    private final String word;
    private final String summary;

    Subcommand(String word, String summary) {
        this.word = word;
        this.summary = summary;
    }

    static Optional<Subcommand> ofWord(String word) {
        for (Subcommand subcommand : values()) {
            if (subcommand.word.equals(word)) {
                return Optional.of(subcommand);
            }
        }
        return Optional.empty();
    }

    String word() {
        return word;
    }

    String summary() {
        return summary;
    }

    Command create() {
        return switch (this) {
            case INSPECT -> new InspectCommand();
            case CHECK -> new CheckCommand();
            case VERIFY -> new VerifyCommand();
            case SOURCES -> new SourcesCommand();
            case EXPLAIN -> new ExplainCommand();
        };
    }
}
