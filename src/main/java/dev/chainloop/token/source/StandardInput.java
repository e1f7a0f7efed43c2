package dev.chainloop.token.source;

import java.io.InputStream;

/** Standard input, and what it is open on, which decides whether it is read without being asked for. */
public interface StandardInput {
    /** What descriptor 0 can be open on. */
    enum Kind {
        PIPE,
        FILE,
        SOCKET,
        TERMINAL,
        /** Closed by the caller. */
        CLOSED,
        /** Already read for something other than a token. */
        TAKEN,
        /** A device such as {@code /dev/null}, or unknown. */
        OTHER
    }

    /** A standard input that is used for something other than a token. */
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

    /** What it is open on; determined only when it matters. */
    Kind kind();

    /** The bytes. */
    InputStream stream();
}
