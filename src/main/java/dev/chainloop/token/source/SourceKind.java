package dev.chainloop.token.source;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The kinds of source, in the order in which they are looked at: the first that holds a token wins. */
public enum SourceKind {
    /** The command line. */
    ARGUMENT("argument"),
    /** Standard input. */
    STDIN("stdin"),
    /** The variable {@code CHAINLOOP_TOKEN}. */
    ENVIRONMENT("env"),
    /** {@code auth.token} in the CLI's config file. */
    CONFIG("config"),
    /** The variable {@code GITLAB_OIDC}, in a GitLab job. */
    GITLAB("gitlab");

    private final String word;

    SourceKind(String word) {
        this.word = word;
    }

    /** The word for it on the command line and in JSON. */
    public String word() {
        return word;
    }

    /** All words. */
    public static List<String> words() {
        List<String> words = new ArrayList<>();
        for (SourceKind kind : values()) {
            words.add(kind.word);
        }
        return words;
    }

    /** The kind that goes by a word, or empty. */
    public static Optional<SourceKind> ofWord(String word) {
        for (SourceKind kind : values()) {
            if (kind.word.equals(word)) {
                return Optional.of(kind);
            }
        }
        return Optional.empty();
    }
}
