package dev.chainloop.token.source;

import dev.chainloop.token.core.Keyword;

/** The kinds of source, in the order in which they are looked at: the first that holds a token wins. */
public enum SourceKind implements Keyword {
    ARGUMENT("argument", Naming.WORD),
    STDIN("stdin", Naming.WORD),
    /** The variable {@code CHAINLOOP_TOKEN}. */
    ENVIRONMENT("env", Naming.VARIABLE),
    /** {@code auth.token} in the CLI's config file. */
    CONFIG("config", Naming.PATH),
    /** The variable {@code GITLAB_OIDC}, in a GitLab job. */
    GITLAB("gitlab", Naming.VARIABLE);

    /** What an origin's name is, which decides how it is shown. */
    public enum Naming {
        /** Nothing but the kind's word. */
        WORD,
        VARIABLE,
        PATH
    }

    private final String word;
    private final Naming naming;

    SourceKind(String word, Naming naming) {
        this.word = word;
        this.naming = naming;
    }

    public Naming naming() {
        return naming;
    }

    @Override
    public String word() {
        return word;
    }

    /** How a command line asks for this source. */
    public String spelling() {
        return switch (this) {
            case ARGUMENT -> "the argument";
            case STDIN -> "`-`";
            case CONFIG -> "--config";
            case ENVIRONMENT, GITLAB -> "--source " + word;
        };
    }

    /** What a sentence calls the source. */
    public String noun(Origin origin) {
        return switch (this) {
            case ARGUMENT -> "the argument";
            case STDIN -> "stdin";
            case ENVIRONMENT, GITLAB -> "$" + origin.name();
            case CONFIG -> "the config file";
        };
    }
}
