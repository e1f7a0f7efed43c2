package dev.chainloop.token.cli.option;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.UnmatchedArgumentException;

/** Finds the word that was probably meant, as picocli finds subcommands. */
public final class Similar {
    private static final int LONGEST = 30;

    /** To picocli two words are similar when they have any two neighbouring letters in common. */
    private static final int LETTERS_MORE_OR_LESS = 2;

    private Similar() {}

    /** A question, to follow a phrase, whether the most similar of the words was meant; empty when none is. */
    public static String hint(String typed, Iterable<String> words) {
        Optional<String> meant = to(typed, words);
        return meant.isPresent() ? "; did you mean " + meant.get() + "?" : "";
    }

    /** The most similar of the words, if it is about as long and begins or ends with the same letter. */
    public static Optional<String> to(String typed, Iterable<String> words) {
        if (typed.length() > LONGEST) {
            return Optional.empty();
        }
        Map<String, String> byLetters = new TreeMap<>();
        CommandSpec spec = CommandSpec.create();
        for (String word : words) {
            if (word.equalsIgnoreCase(typed)) {
                return Optional.of(word);
            }
            byLetters.put(letters(word), word);
            spec.addSubcommand(letters(word), CommandSpec.create());
        }
        String bare = letters(typed);
        List<String> similar = new UnmatchedArgumentException(new CommandLine(spec), List.of(bare)).getSuggestions();
        if (similar.isEmpty() || !isNear(bare, similar.get(0))) {
            return Optional.empty();
        }
        return Optional.ofNullable(byLetters.get(similar.get(0)));
    }

    private static boolean isNear(String typed, String word) {
        return Math.abs(typed.length() - word.length()) <= LETTERS_MORE_OR_LESS
                && (typed.charAt(0) == word.charAt(0)
                        || typed.charAt(typed.length() - 1) == word.charAt(word.length() - 1));
    }

    /** Without the dashes before an option's name, by which picocli would tell options from subcommands. */
    private static String letters(String word) {
        return word.replaceFirst("^-+", "");
    }
}
