package dev.chainloop.token.source;

import dev.chainloop.token.core.TokenShape;

/**
 * Where a token was, or could have been.
 *
 * @param name what to call it: a variable's name, the config file's path, {@code stdin}, or the argument's name
 */
public record Origin(SourceKind kind, String name) {
    static final Origin STDIN = new Origin(SourceKind.STDIN, "stdin");

    /** Shows no token that slipped into a name or a path. */
    public Origin {
        name = TokenShape.hidden(name);
    }
}
