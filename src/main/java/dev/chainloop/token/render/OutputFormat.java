package dev.chainloop.token.render;

import java.util.Optional;

/** The formats that answers can have; a new one is a constant here and its class. */
public enum OutputFormat {
    /** For a person at a terminal. */
    TEXT("text"),
    /** One object, for a program. */
    JSON("json"),
    /** A log with annotations for GitHub Actions. */
    GITHUB("github"),
    /** For GitLab's dotenv reports. */
    DOTENV("dotenv"),
    /** Assignments for a shell's {@code eval}. */
    SHELL("shell");

    private final String word;

    OutputFormat(String word) {
        this.word = word;
    }

    /** The word for it on the command line. */
    public String word() {
        return word;
    }

    /** The format that goes by a word; {@code table} is text, as the Chainloop CLI's users type it. */
    public static Optional<OutputFormat> ofWord(String word) {
        if (word.equals("table")) {
            return Optional.of(TEXT);
        }
        for (OutputFormat format : values()) {
            if (format.word.equals(word)) {
                return Optional.of(format);
            }
        }
        return Optional.empty();
    }
}
