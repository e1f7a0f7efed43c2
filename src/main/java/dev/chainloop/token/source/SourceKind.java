package dev.chainloop.token.source;

import dev.chainloop.token.core.Keyword;

/** The kinds of source, in the order in which they are looked at: the first that holds a token wins. */
public enum SourceKind implements Keyword {
    /** The command line. */
    ARGUMENT("argument", Naming.WORD),
    /** Standard input. */
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
        /** A variable. */
        VARIABLE,
        /** The path of a file. */
        PATH
    }

    private static final String WHOLE = "Check that the whole token was given, and nothing else.";

    private final String word;
    private final Naming naming;

    SourceKind(String word, Naming naming) {
        this.word = word;
        this.naming = naming;
    }

    /** What the name of such an origin is. */
    public Naming naming() {
        return naming;
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
            case CONFIG -> "Run `chainloop auth login` to write it again.";
        };
    }

    /** Looks at this source, once. */
    Look look(Sources.Inputs inputs) {
        return switch (this) {
            case ARGUMENT -> Sources.argument(inputs.argument());
            case STDIN -> inputs.stdin().look();
            case ENVIRONMENT -> Sources.variable(this, Environment.CHAINLOOP_TOKEN, inputs.environment());
            case CONFIG -> Sources.config(inputs);
            case GITLAB -> Sources.variable(this, Environment.GITLAB_OIDC, inputs.environment());
        };
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
