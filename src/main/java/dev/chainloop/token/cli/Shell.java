package dev.chainloop.token.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The shells that can complete a command line; a new one is a constant here and its class. */
enum Shell {
    BASH("bash"),
    ZSH("zsh"),
    FISH("fish");

    private final String word;

    Shell(String word) {
        this.word = word;
    }

    static Optional<Shell> ofWord(String word) {
        for (Shell shell : values()) {
            if (shell.word.equals(word)) {
                return Optional.of(shell);
            }
        }
        return Optional.empty();
    }

    /** All words. */
    static List<String> words() {
        List<String> words = new ArrayList<>();
        for (Shell shell : values()) {
            words.add(shell.word);
        }
        return words;
    }

    /** The script that the shell reads. */
    String script() {
        return switch (this) {
            case BASH -> BashCompletion.script();
            case ZSH -> ZshCompletion.script();
            case FISH -> FishCompletion.script();
        };
    }
}
