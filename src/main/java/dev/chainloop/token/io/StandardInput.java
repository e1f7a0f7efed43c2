package dev.chainloop.token.io;

import dev.chainloop.token.io.Descriptor.Kind;
import java.io.InputStream;
import java.util.List;

/** Standard input, and what it is open on, which decides whether it is read without being asked for. */
public record StandardInput(Kind kind, InputStream stream) {
    /**
     * The stream, to be read to its end. If a person must type it, a note says so at once.
     *
     * @param what is expected there, with an article
     */
    public InputStream open(String what, Notes notes) {
        if (kind == Kind.TERMINAL) {
            notes.note("reading " + what + " from the terminal; end with Enter and Ctrl-D");
        }
        return stream;
    }

    /** Whether a file's name means it. */
    public static boolean isNamed(String file) {
        return List.of("-", "/dev/stdin", "/dev/fd/0", "/proc/self/fd/0").contains(file);
    }

    /** A standard input with nothing in it. */
    public static StandardInput empty() {
        return new StandardInput(Kind.OTHER, InputStream.nullInputStream());
    }
}
