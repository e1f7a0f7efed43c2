package dev.chainloop.token.source;

/**
 * Where a token was, or could have been.
 *
 * @param name what to call it: a variable's name, {@code stdin}, the argument's name, or the config file's path. The path of a
 *     file that was not found is not shown, because it may be anything
 */
public record Origin(SourceKind kind, String name) {
    /** In place of the name of a missing file that an option names. */
    public static final String NOT_FOUND = "--config";

    static final Origin STDIN = new Origin(SourceKind.STDIN, "stdin");

    /** Whether a person passed the token to this command. */
    public boolean isGiven() {
        return kind == SourceKind.ARGUMENT || kind == SourceKind.STDIN;
    }

    /** What a sentence calls it. */
    public String noun() {
        return switch (kind) {
            case ENVIRONMENT, GITLAB -> "$" + name;
            case STDIN -> "stdin";
            case CONFIG -> "the config file";
            case ARGUMENT -> "the argument";
        };
    }
}
