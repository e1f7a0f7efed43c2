package dev.chainloop.token.source;

import java.util.List;
import java.util.Optional;

/**
 * A program whose new windows, terminals and shells have the variables that the program was started with.
 *
 * @param variable that it sets, to the value unless that is empty
 * @param removal takes the token's variable from what it keeps; empty where only a new start does
 * @param setting sets it to the value that follows; empty where nothing does, as below
 * @param renewal has it keep what the shell has that attaches to it
 * @param passing where and by which lines a variable gets through that it may drop for its name; none where it drops none
 */
public record Keeper(
        Kind kind,
        String title,
        String variable,
        String value,
        String removal,
        String setting,
        String renewal,
        List<String> passing) {
    /** Who is at its shells. */
    public enum Kind {
        /** An AI agent runs each command in a shell of its own, at no terminal, and a person started the agent. */
        AGENT,
        /** It has windows that one process serves. */
        MULTIPLEXER,
        /** It has terminals. */
        EDITOR
    }

    private static final List<String> CODEX =
            List.of("~/.codex/config.toml", "[shell_environment_policy]", "ignore_default_excludes = true");

    private static final List<Keeper> ALL = List.of(
            agent("Claude Code", "CLAUDECODE", List.of()),
            agent("Cursor's agent", "CURSOR_AGENT", List.of()),
            agent("Codex", "CODEX_SANDBOX", CODEX),
            agent("Codex", "CODEX_SANDBOX_NETWORK_DISABLED", CODEX),
            agent("Codex", "CODEX_THREAD_ID", CODEX),
            agent(
                    "Gemini CLI",
                    "GEMINI_CLI",
                    List.of(
                            "~/.gemini/settings.json",
                            "\"security\": {\"environmentVariableRedaction\": {\"allowed\": [\"CHAINLOOP_TOKEN\"]}}")),
            agent("OpenCode", "OPENCODE", List.of()),
            agent("Copilot's agent", "COPILOT_AGENT_SESSION_ID", List.of()),
            agent("the AI agent", "AI_AGENT", List.of()),
            new Keeper(
                    Kind.MULTIPLEXER,
                    "tmux",
                    "TMUX",
                    "",
                    "tmux set-environment -gu CHAINLOOP_TOKEN",
                    "tmux set-environment -g CHAINLOOP_TOKEN",
                    "tmux set-option -ga update-environment CHAINLOOP_TOKEN",
                    List.of()),
            new Keeper(
                    Kind.MULTIPLEXER,
                    "screen",
                    "STY",
                    "",
                    "screen -X unsetenv CHAINLOOP_TOKEN",
                    "screen -X setenv CHAINLOOP_TOKEN",
                    "",
                    List.of()),
            new Keeper(Kind.MULTIPLEXER, "zellij", "ZELLIJ", "", "", "", "", List.of()),
            new Keeper(Kind.EDITOR, "VS Code", "TERM_PROGRAM", "vscode", "", "", "", List.of()),
            new Keeper(Kind.EDITOR, "the IDE", "TERMINAL_EMULATOR", "JetBrains-JediTerm", "", "", "", List.of()));

    private static Keeper agent(String title, String variable, List<String> passing) {
        return new Keeper(Kind.AGENT, title, variable, "", "", "", "", passing);
    }

    /** The nearest one that started what runs here; empty for none. */
    static Optional<Keeper> of(Environment environment) {
        return ALL.stream().filter(one -> one.isIn(environment)).findFirst();
    }

    /** Whether an AI agent's shell runs this. */
    static boolean isAgent(Environment environment) {
        return of(environment).filter(one -> one.kind == Kind.AGENT).isPresent();
    }

    private boolean isIn(Environment environment) {
        return environment.isSet(variable)
                && (value.isEmpty() || value.equals(environment.get(variable).orElse("")));
    }
}
