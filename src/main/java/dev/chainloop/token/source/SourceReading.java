package dev.chainloop.token.source;

/** What a look at one source found. */
public sealed interface SourceReading {
    /** Why standard input that was read holds no token. */
    String EMPTY = "empty";

    String BLANK = "only white space: an unset variable, or the rest of a script; then use --source env or </dev/null";

    /** Why a socket is not read: many programs give an idle one that stays open. */
    String SOCKET = "a socket that holds nothing yet, and only `-` waits for it";

    Origin origin();

    /** A phrase for a person: what it holds, if not a token that is used. */
    String why();

    /** Whether the search ends with this source. */
    default boolean decides() {
        return !(this instanceof Absent);
    }

    /** One of many lines of standard input, or all of it: one final line end is not part of the value. */
    static SourceReading ofStdin(String text) {
        int end = text.endsWith("\r\n") ? 2 : text.endsWith("\n") ? 1 : 0;
        String value = text.substring(0, text.length() - end);
        if (text.isEmpty()) {
            return new Absent(Origin.STDIN, EMPTY);
        }
        if (value.isBlank()) {
            return new Blank(Origin.STDIN, BLANK);
        }
        return new Found(Origin.STDIN, value);
    }

    /**
     * It holds a value, which the Chainloop CLI would send letter for letter.
     *
     * @param secret the value; never to be printed, logged or put into an exception, and {@link #toString} does not show it
     */
    record Found(Origin origin, String secret) implements SourceReading {
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
    record Blank(Origin origin, String why) implements SourceReading {}

    /** It holds nothing; the search goes on. */
    record Absent(Origin origin, String why) implements SourceReading {}

    /**
     * It exists but cannot be read; the search ends here.
     *
     * @param why a phrase without the source's name and without any of its content
     */
    record Unreadable(Origin origin, String why, Obstacle obstacle) implements SourceReading {}

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
