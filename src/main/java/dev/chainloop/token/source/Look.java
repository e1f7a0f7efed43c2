package dev.chainloop.token.source;

import java.util.List;

/** What a look at one source found. */
public sealed interface Look {
    Origin origin();

    /** A phrase for a person: what it holds, if not a token that is used. */
    String why();

    /** Whether the search ends with this source. */
    default boolean decides() {
        return !(this instanceof Absent);
    }

    /** One of many lines of standard input. It should hold a token or nothing, but can hold anything. */
    static Look ofLine(String line) {
        Cleaned cleaned = Cleaned.of(line);
        return cleaned.text().isEmpty() ? new Absent(Origin.STDIN, "blank") : new Found(Origin.STDIN, cleaned);
    }

    /** It holds a token. The text is a secret, so {@link #toString} does not show it. */
    record Found(Origin origin, Cleaned cleaned) implements Look {
        /** The token itself, after cleaning. Never to be printed, logged or put into an exception. */
        public String secret() {
            return cleaned.text();
        }

        /**
         * The token as the Chainloop CLI sends it, with everything around it. The CLI does not read standard input, whose
         * trailing line end is no part of the token. As secret as {@link #secret()}.
         */
        public String sent() {
            return origin.kind() == SourceKind.STDIN ? cleaned.text() : cleaned.raw();
        }

        /** What was removed from the text besides one trailing line end; the CLI would have sent it too. */
        public List<String> removed() {
            return cleaned.removed();
        }

        /** Whether the text ended in a line end, which the CLI would have sent along, too. */
        public boolean lineEnd() {
            return cleaned.lineEnd();
        }

        @Override
        public String why() {
            return "not used";
        }

        @Override
        public String toString() {
            return "Found[" + origin + ", <redacted>]";
        }
    }

    /** It is set, but to nothing that could be a token. The CLI would send that anyway, so the search ends here. */
    record Blank(Origin origin, String why) implements Look {}

    /** It holds nothing; the search goes on. */
    record Absent(Origin origin, String why) implements Look {}

    /**
     * It exists but cannot be read; the search ends here.
     *
     * @param why a phrase without the source's name and without any of its content
     */
    record Unreadable(Origin origin, String why, Obstacle obstacle) implements Look {}

    /** What keeps a source from being read, as far as the ways out differ. */
    enum Obstacle {
        /** Its content is not what it should be. */
        BROKEN,
        /** It belongs to somebody else. */
        FOREIGN,
        /** Another process is writing it. */
        BUSY,
        /** It is not there, or not a file that can be read. */
        UNUSABLE
    }
}
