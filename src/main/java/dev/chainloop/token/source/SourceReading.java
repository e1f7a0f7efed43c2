package dev.chainloop.token.source;

/** What a look at one source found. */
public sealed interface SourceReading {
    Origin origin();

    /** What it holds, if that is not a token that is used, in words without its name and content. */
    String phrase();

    /** Whether the search ends with this source. */
    default boolean decides() {
        return !(this instanceof Absent absent) || absent.why() == Lack.STDIN_EMPTY;
    }

    /** The reading of a source that is not empty. */
    static SourceReading of(Origin origin, String text, String whyBlank) {
        return text.isBlank() ? new Blank(origin, whyBlank) : new Found(origin, text);
    }

    /**
     * It holds a value, which the Chainloop CLI would send letter for letter.
     *
     * @param secret the value; never to be printed, logged or put into an exception, and {@link #toString} does not show it
     */
    record Found(Origin origin, String secret) implements SourceReading {
        @Override
        public String phrase() {
            return "not used";
        }

        @Override
        public String toString() {
            return "Found[" + origin + ", <redacted>]";
        }
    }

    /** It is set, but to nothing that could be a token. The CLI would send that anyway, so the search ends here. */
    record Blank(Origin origin, String phrase) implements SourceReading {}

    /** It holds nothing; the search goes on. */
    record Absent(Origin origin, Lack why) implements SourceReading {
        @Override
        public String phrase() {
            return why.phrase;
        }
    }

    enum Lack {
        NOT_GIVEN("not given"),
        NOT_READ("not read, because the token is given as an argument"),
        NO_PIPE("not a pipe or a file"),
        EMPTY("empty"),
        /** The config file's token: the pipe was meant to hold the token, so no login takes its place. */
        STDIN_EMPTY("not used, because stdin was empty"),
        /** Many programs pass an idle socket that stays open. */
        SOCKET("a socket without data (`-` waits for it)"),
        NOT_SET("not set"),
        SET_EMPTY("set but empty"),
        NO_GITLAB("not in a GitLab job"),
        NO_HOME("no home folder is known"),
        NO_FILE("no such file"),
        EMPTY_FILE("an empty file"),
        BEING_WRITTEN("an empty file; another process may be writing it, or it was truncated"),
        NO_KEY("no auth.token in it"),
        EMPTY_KEY("auth.token is empty");

        final String phrase;

        Lack(String phrase) {
            this.phrase = phrase;
        }
    }

    /** It exists but cannot be read; the search ends here. */
    record Unreadable(Origin origin, String phrase, Obstacle obstacle) implements SourceReading {}

    /** What keeps a source from being read, as far as the plans differ. */
    enum Obstacle {
        /** Its content is not what it should be. */
        BROKEN,
        /** It belongs to somebody else. */
        FOREIGN,
        /** It is missing, or not a file that can be read. */
        UNUSABLE
    }
}
