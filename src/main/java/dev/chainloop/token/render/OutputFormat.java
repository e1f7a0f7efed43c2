package dev.chainloop.token.render;

import dev.chainloop.token.core.Keyword;
import java.util.Map;

/** The formats that answers can have; a new one is a constant here and its class. */
public enum OutputFormat implements Keyword {
    TEXT,
    JSON,
    GITHUB,
    /** For GitLab's dotenv reports. */
    DOTENV;

    public String text(Answer answer, ViewOptions view) {
        return switch (this) {
            case TEXT -> TextReport.of(answer, view, !view.terminal());
            case JSON -> JsonReport.of(answer, view);
            case GITHUB -> GithubReport.log(answer);
            case DOTENV -> GithubReport.dotenv(answer, view);
        };
    }

    /** What else of an answer to append to files, by the variables that name them. */
    public Map<String, String> appended(Answer answer, ViewOptions view) {
        return this == GITHUB ? GithubReport.appended(answer, view.plain(false)) : Map.of();
    }

    /** Every message that is known, with what it means. */
    public String messages(ViewOptions view) {
        return this == JSON ? JsonReport.ofMessages(view) : TextReport.ofMessages(view);
    }
}
