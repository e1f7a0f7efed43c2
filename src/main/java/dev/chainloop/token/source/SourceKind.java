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

    /**
     * What to do about a value that is not a JWT.
     *
     * @param asked whether the user named this source
     */
    public String remedyOfMalformed(boolean asked) {
        return switch (this) {
            case ARGUMENT -> WHOLE;
            case STDIN ->
                asked
                        ? WHOLE
                        : "It came from stdin; to skip stdin, add `</dev/null`, or name a source with `--source`.";
            case ENVIRONMENT, GITLAB -> "Check what sets the variable.";
            case CONFIG -> "Run `chainloop auth login` to have it written anew.";
        };
    }

    /** What looks there. */
    TokenSource source(Search.Places places) {
        return switch (this) {
            case ARGUMENT -> new ArgumentSource(places.argument());
            case STDIN -> places.stdin();
            case ENVIRONMENT -> VariableSource.chainloop(places.environment());
            case CONFIG -> places.configSource();
            case GITLAB -> VariableSource.gitlab(places.environment());
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

    private static final String WHOLE = "Check that the whole token was given, and nothing else.";
}
