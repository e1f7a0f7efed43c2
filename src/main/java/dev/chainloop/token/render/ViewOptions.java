package dev.chainloop.token.render;

import dev.chainloop.token.source.Environment;
import dev.chainloop.token.source.Origin;
import dev.chainloop.token.source.SourceKind;
import java.nio.file.Path;
import java.util.Optional;

/**
 * How the user wants to see the answer.
 *
 * @param home the home folder, to be shortened to {@code ~}
 * @param redact whether the output is for the public: no header, no claims, no IDs
 * @param all whether to show the facts that are nearly always the same
 * @param claims whether to show header and claims
 */
public record ViewOptions(
        Optional<Path> home, boolean redact, boolean all, boolean claims, Palette palette, Width width) {
    /** How many columns sentences have. */
    public interface Width {
        int LEAST = 40;

        /** Where none is known. Not by a lambda, which would take two milliseconds of each start. */
        Width USUAL = new Width() {};

        default int columns() {
            return 80;
        }

        /** Whether a terminal breaks what is wider, anywhere. */
        default boolean isTerminal() {
            return false;
        }
    }

    /** Everything, without colors, paths in full. */
    public static final ViewOptions PLAIN =
            new ViewOptions(Optional.empty(), false, false, false, Palette.PLAIN, Width.USUAL);

    /** The same with header and claims. */
    public ViewOptions withClaims() {
        return new ViewOptions(home, redact, all, true, palette, width);
    }

    ViewOptions plain() {
        return new ViewOptions(home, redact, all, claims, Palette.PLAIN, Width.USUAL);
    }

    /** A source's name for a person; safe to print. */
    public String nameOf(Origin origin) {
        return switch (origin.kind().naming()) {
            case WORD -> origin.kind().word();
            case VARIABLE -> "$" + origin.name();
            case PATH -> Sanitizer.line(shorten(origin.name()));
        };
    }

    /** A source's name for a program: the path in full, unless the output is for the public. */
    String rawNameOf(Origin origin) {
        return redact && origin.kind().naming() == SourceKind.Naming.PATH ? shorten(origin.name()) : origin.name();
    }

    private String shorten(String path) {
        return Environment.shortened(path, home);
    }
}
