package dev.chainloop.token.render;

import dev.chainloop.token.diagnosis.Redaction;
import dev.chainloop.token.source.Environment;
import dev.chainloop.token.source.Origin;
import dev.chainloop.token.source.SourceKind;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * How the user wants to see the answer.
 *
 * @param home the home folder, to be shortened to {@code ~}
 * @param redact whether the output is for the public: no header, no claims, no IDs
 * @param all whether to show what is nearly always the same, and header and claims
 * @param colored whether terminal colors underline what the words say
 * @param terminal whether a person reads it at a terminal
 * @param signs whether the reader's locale has characters beyond ASCII
 * @param width how many columns sentences have
 */
public record ViewOptions(
        Optional<Path> home, boolean redact, boolean all, boolean colored, boolean terminal, boolean signs, int width)
        implements UnaryOperator<String> {
    private static final int USUAL_WIDTH = 80;

    /** Below this, a table cannot be read. */
    private static final int LEAST_WIDTH = 60;

    /** Longer lines are hard to read. */
    private static final int MOST_WIDTH = 100;

    /** Without colors, paths in full. */
    public static final ViewOptions PLAIN =
            new ViewOptions(Optional.empty(), false, false, false, false, true, USUAL_WIDTH);

    /**
     * The width of texts: {@code COLUMNS}, but no less or more than what is readable.
     *
     * @param read whether a person reads them, in 80 columns by default; text for programs is not wrapped
     */
    public static int columns(Environment environment, boolean read) {
        int otherwise = read ? USUAL_WIDTH : Integer.MAX_VALUE;
        try {
            int named = Integer.parseInt(environment.get("COLUMNS").orElse(""));
            return named <= 0 ? otherwise : Math.max(LEAST_WIDTH, Math.min(MOST_WIDTH, named));
        } catch (NumberFormatException e) {
            return otherwise;
        }
    }

    /** At a terminal of the usual width, or for GitHub's summary, where no browser wraps lines of code. */
    ViewOptions plain(boolean screen) {
        return new ViewOptions(home, redact, all, false, screen, true, USUAL_WIDTH);
    }

    /** A value that is not for the public, unless this view's reader is. */
    <T> Optional<T> unlessPublic(Optional<T> value) {
        return redact ? Optional.empty() : value;
    }

    /** A text with only this reader's version of each marked piece. */
    @Override
    public String apply(String text) {
        // Does not load that class if there is nothing to take out.
        return text.indexOf('\ufdd1') < 0 ? text : Redaction.applied(text, redact);
    }

    /** A source's name for a person; safe to print. */
    public String nameOf(Origin origin) {
        if (origin.kind() == SourceKind.CONFIG) {
            return Sanitizer.line(shorten(origin.name()));
        }
        return origin.kind() == SourceKind.ARGUMENT ? origin.kind().word() : origin.noun();
    }

    /** A source's name for a program: the path in full, unless the output is for the public. */
    String rawNameOf(Origin origin) {
        return origin.kind() == SourceKind.CONFIG ? rawPath(origin.name()) : origin.name();
    }

    /** A path for a program, the same way. */
    String rawPath(String path) {
        return redact ? shorten(path) : path;
    }

    String shorten(String path) {
        return redact ? Environment.redacted(path, home) : Environment.shortened(path, home);
    }

    String strong(String text) {
        return sgr("1", text);
    }

    String faint(String text) {
        return sgr("2", text);
    }

    /** In one of the sixteen colors that every terminal's theme defines, or another style (SGR of ECMA-48). */
    String sgr(String code, String text) {
        return colored ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
    }
}
