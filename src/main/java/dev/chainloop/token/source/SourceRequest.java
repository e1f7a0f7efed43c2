package dev.chainloop.token.source;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Which token the user asked for. Contradictory options have been refused already.
 *
 * @param only the one kind of source to look at; empty for the search in order
 * @param argument the token on the command line, with the name of the option or argument that gave it
 * @param config a config file to read instead of the CLI's
 */
public record SourceRequest(Optional<SourceKind> only, Optional<Argument> argument, Optional<Path> config) {
    /** The search in order, nothing asked for. */
    public static final SourceRequest ANY = new SourceRequest(Optional.empty(), Optional.empty(), Optional.empty());

    /**
     * A token on the command line.
     *
     * @param name {@code TOKEN} or {@code --token}
     * @param secret its text as given
     */
    public record Argument(String name, String secret) {
        @Override
        public String toString() {
            return "Argument[" + name + ", <redacted>]";
        }
    }
}
