package dev.chainloop.token.cli.doc;

import dev.chainloop.token.core.Keyword;
import java.util.List;

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
    public String script(List<CommandModel> models) {
        return switch (this) {
            case BASH -> BashCompletion.script(models);
            case ZSH -> ZshCompletion.script(models);
            case FISH -> FishCompletion.script(models);
        };
    }
}
