package dev.chainloop.token.cli.doc;

import dev.chainloop.token.core.Keyword;

/** The shells that can complete a command line; a new one is a constant here and its class. */
public enum Shell implements Keyword {
    BASH("bash"),
    ZSH("zsh"),
    FISH("fish");

    private final String word;

    Shell(String word) {
        this.word = word;
    }

    @Override
    public String word() {
        return word;
    }

    /** The script that the shell reads. */
    public String script(ToolModel tool) {
        return switch (this) {
            case BASH -> BashCompletion.script(tool);
            case ZSH -> ZshCompletion.script(tool);
            case FISH -> FishCompletion.script(tool);
        };
    }
}
