package dev.chainloop.token.cli.doc;

import dev.chainloop.token.cli.option.Parameters;
import java.util.List;

/**
 * A command as its documents describe it.
 *
 * @param word its name behind the tool's; empty for the tool without a command
 * @param summary what it does, in a sentence
 * @param parameters what it takes
 * @param examples command lines, with a remark each or without
 * @param exits its exit statuses
 */
public record CommandModel(
        String word, String summary, Parameters parameters, List<String> examples, List<Exit> exits) {
    private static final String TOOL = "chainloop-token";

    /** An exit status and what it means. */
    public record Exit(int status, String meaning) {}

    /** A command in a list of commands. */
    public record Name(String word, String summary) {}

    boolean isTool() {
        return word.isEmpty();
    }

    /** The words that run it. */
    String name() {
        return isTool() ? TOOL : TOOL + " " + word;
    }
}
