package dev.chainloop.token.source;

import dev.chainloop.token.core.Keyword;
import java.util.Optional;

/** The kinds of source, in the order in which they are looked at: the first that holds a token is used. */
public enum SourceKind implements Keyword {
    ARGUMENT("argument"),
    STDIN("stdin"),
    ENVIRONMENT("env", Environment.CHAINLOOP_TOKEN),
    /** {@code auth.token} in the CLI's config file. */
    CONFIG("config"),
    /** In a GitLab job. */
    GITLAB("gitlab", Environment.GITLAB_OIDC);

    private final String word;
    final Optional<String> variable;

    SourceKind(String word) {
        this.word = word;
        this.variable = Optional.empty();
    }

    SourceKind(String word, String variable) {
        this.word = word;
        this.variable = Optional.of(variable);
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
}
