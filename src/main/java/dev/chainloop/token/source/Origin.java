package dev.chainloop.token.source;

/**
 * Where a token was, or could have been.
 *
 * @param name what to call it: a variable's name, {@code stdin}, the argument's name, or the config file's path. That of a file
 *     that was not found is not shown: it may be anything
 */
public record Origin(SourceKind kind, String name) {
    /** In place of the name of a file that an option names, and that is not there. */
    public static final String NOT_FOUND = "--config";

    /** Whether it is a file, in which the token is, or a variable that names one. */
    public boolean isFile() {
        return isNamedFile() || isMounted();
    }

    /** Whether it is a variable that names a file. */
    public boolean isNamedFile() {
        return kind == SourceKind.ENVIRONMENT && Environment.namesTokenFile(name);
    }

    /** Whether it is a file that the place mounts: an absolute path, or one below the folder that a variable names. */
    public boolean isMounted() {
        return kind == SourceKind.ENVIRONMENT && name.contains("/");
    }

    /** The file, as a shell names it in double quotes. */
    public String path() {
        return (name.startsWith("/") ? "" : "$") + name;
    }

    static final Origin STDIN = new Origin(SourceKind.STDIN, "stdin");
}
