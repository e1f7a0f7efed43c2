package dev.chainloop.token.render;

import dev.chainloop.token.core.Keyword;

/** The formats that answers can have; a new one is a constant here and its class. */
public enum OutputFormat implements Keyword {
    TEXT,
    JSON,
    GITHUB,
    /** For GitLab's dotenv reports. */
    DOTENV,
    /** Assignments for a shell's {@code eval}. */
    SHELL;

    /** The format of an answer when none is asked for. */
    public static final OutputFormat DEFAULT = TEXT;

    /** {@code table} is text, as the Chainloop CLI's users type it. */
    @Override
    public boolean isMeantBy(String typed) {
        return Keyword.super.isMeantBy(typed) || (this == TEXT && typed.equals("table"));
    }

    /** Whether an answer has this format when none is asked for. */
    public boolean isDefault() {
        return this == DEFAULT;
    }

    public Report report() {
        return switch (this) {
            case TEXT -> new TextReport();
            case JSON -> new JsonReport();
            case GITHUB -> new GithubReport();
            case DOTENV -> new CiValues.DotenvReport();
            case SHELL -> new CiValues.ShellReport();
        };
    }
}
