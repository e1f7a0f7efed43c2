package dev.chainloop.token.source;

import java.io.InputStream;

/** Standard input with what it is open on, which decides whether it is read unasked. */
public interface StandardInput {
    /** What descriptor 0 can be open on. */
    enum Kind {
        PIPE,
        FILE,
        SOCKET,
        TERMINAL,
        /** Closed by the caller. */
        CLOSED,
        /** Read for something else than a token. */
        TAKEN,
        /** A device such as {@code /dev/null}, or what cannot be told. */
        OTHER
    }

    /** A standard input that something else has been read from, or will be. */
    static StandardInput taken() {
        return new StandardInput() {
            @Override
            public Kind kind() {
                return Kind.TAKEN;
            }

            @Override
            public InputStream stream() {
                return InputStream.nullInputStream();
            }
        };
    }

    /** What it is open on; asked only when it matters. */
    Kind kind();

    /** The bytes. */
    InputStream stream();
}
