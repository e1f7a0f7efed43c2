package dev.chainloop.token.source;

import dev.chainloop.token.core.Keyword;

/** The kinds of source, in the order in which they are looked at: the first that holds a token wins. */
public enum SourceKind implements Keyword {
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

    @Override
    public String word() {
        return word;
    }
}
