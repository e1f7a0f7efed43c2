package dev.chainloop.token.cli.doc;

import java.util.ArrayList;
import java.util.List;

/**
 * The whole tool as its documents describe it.
 *
 * @param tool the tool without a command
 * @param commands the commands
 */
public record ToolModel(CommandModel tool, List<CommandModel> commands) {
    /** The words of all commands. */
    List<String> words() {
        List<String> words = new ArrayList<>();
        for (CommandModel command : commands) {
            words.add(command.word());
        }
        return words;
    }
}
