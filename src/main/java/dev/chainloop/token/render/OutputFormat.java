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

    /** An answer in this format. */
    public Output output(Answer answer, ViewOptions view) {
        ViewOptions plain = view.plain();
        return switch (this) {
            case TEXT -> new Output(TextReport.of(answer, view), Map.of());
            case JSON -> new Output(JsonReport.of(answer, view), Map.of());
            case GITHUB -> new Output(GithubReport.log(answer), GithubReport.appended(answer, plain));
            case DOTENV -> new Output(GithubReport.dotenv(answer, plain), Map.of());
        };
    }

    /** Every message that is known, with what it means. */
    public String messages(ViewOptions view) {
        return this == JSON ? JsonReport.ofMessages() : TextReport.ofMessages(view);
    }

    /**
     * What an answer is in a format, and where it goes.
     *
     * @param text for stdout
     * @param appended what to append to files, by the variables that name them
     */
    public record Output(String text, Map<String, String> appended) {}
}
