package dev.chainloop.token.cli;

import java.util.Optional;

/** The subcommands; a new one is a constant here and its class. */
enum Subcommand {
    INSPECT("inspect", "Show a token: what kind it is, whose, and until when.");

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
        };
    }
}
