package dev.chainloop.token.source;

/** Programs whose new windows and terminals have the variables that the program was started with. */
public enum Keeper {
    TMUX(
            "tmux",
            "TMUX",
            "",
            "tmux set-environment -gu CHAINLOOP_TOKEN",
            "tmux set-environment -g CHAINLOOP_TOKEN",
            "tmux set-option -ga update-environment CHAINLOOP_TOKEN"),
    SCREEN("screen", "STY", "", "screen -X unsetenv CHAINLOOP_TOKEN", "screen -X setenv CHAINLOOP_TOKEN", ""),
    ZELLIJ("zellij", "ZELLIJ", "", "", "", ""),
    VS_CODE("VS Code", "TERM_PROGRAM", "vscode", "", "", ""),
    JETBRAINS("the IDE", "TERMINAL_EMULATOR", "JetBrains-JediTerm", "", "", "");

    private final String title;
    private final String variable;
    private final String value;
    private final String removal;
    private final String setting;
    private final String renewal;

    /**
     * @param variable that it sets, to the value unless that is empty
     * @param removal takes the variable from what it keeps; empty where only a new start does
     * @param setting sets it to the value that follows
     * @param renewal has it keep what the shell has that attaches to it; empty where nothing does
     */
    Keeper(String title, String variable, String value, String removal, String setting, String renewal) {
        this.title = title;
        this.variable = variable;
        this.value = value;
        this.removal = removal;
        this.setting = setting;
        this.renewal = renewal;
    }

    boolean isIn(Environment environment) {
        return environment.isSet(variable)
                && (value.isEmpty() || value.equals(environment.get(variable).orElse("")));
    }

    public String title() {
        return title;
    }

    public String removal() {
        return removal;
    }

    public String setting() {
        return setting;
    }

    public String renewal() {
        return renewal;
    }

    /** Whether it has windows that one process serves; else it is an editor with a terminal. */
    public boolean isMultiplexer() {
        return value.isEmpty();
    }
}
