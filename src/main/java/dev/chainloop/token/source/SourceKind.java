package dev.chainloop.token.source;

import dev.chainloop.token.core.Keyword;

/** The kinds of source, in the order in which they are looked at: the first that holds a token is used. */
public enum SourceKind implements Keyword {
    ARGUMENT("argument", "the argument"),
    STDIN("stdin", "`-`"),
    ENVIRONMENT("env", "--source env"),
    /** {@code auth.token} in the CLI's config file. */
    CONFIG("config", "--config"),
    /** In a GitLab job. */
    GITLAB("gitlab", "--source gitlab");

    private final String word;

    /** How a command line asks for this source. */
    public final String spelling;

    SourceKind(String word, String spelling) {
        this.word = word;
        this.spelling = spelling;
    }

    @Override
    public String word() {
        return word;
    }
}
