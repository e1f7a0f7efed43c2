package dev.chainloop.token.source;

import java.util.List;
import java.util.Optional;

/**
 * A program whose new windows and terminals have the variables that the program was started with.
 *
 * @param variable that it sets, to the value unless that is empty
 * @param removal takes the token's variable from what it keeps; empty where only a new start does
 * @param setting sets it to the value that follows; empty where nothing does, as below
 * @param renewal has it keep what the shell has that attaches to it
 */
public record Keeper(String title, String variable, String value, String removal, String setting, String renewal) {
    private static final List<Keeper> ALL = List.of(
            new Keeper(
                    "tmux",
                    "TMUX",
                    "",
                    "tmux set-environment -gu CHAINLOOP_TOKEN",
                    "tmux set-environment -g CHAINLOOP_TOKEN",
                    "tmux set-option -ga update-environment CHAINLOOP_TOKEN"),
            new Keeper(
                    "screen", "STY", "", "screen -X unsetenv CHAINLOOP_TOKEN", "screen -X setenv CHAINLOOP_TOKEN", ""),
            new Keeper("zellij", "ZELLIJ", "", "", "", ""),
            new Keeper("VS Code", "TERM_PROGRAM", "vscode", "", "", ""),
            new Keeper("the IDE", "TERMINAL_EMULATOR", "JetBrains-JediTerm", "", "", ""));

    /** The nearest one that started what runs here; empty for none. */
    static Optional<Keeper> of(Environment environment) {
        return ALL.stream().filter(one -> one.isIn(environment)).findFirst();
    }

    private boolean isIn(Environment environment) {
        return environment.isSet(variable)
                && (value.isEmpty() || value.equals(environment.get(variable).orElse("")));
    }

    /** Whether it has windows that one process serves; else it is an editor with a terminal. */
    public boolean isMultiplexer() {
        return value.isEmpty();
    }
}
