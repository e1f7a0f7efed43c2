package dev.chainloop.token.source;

import java.util.List;
import java.util.Optional;

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

        /** Whether what is sent is the token, perhaps with quotes and the like around it, and nothing that is not known. */
        public boolean isSentAlone() {
            return cleaned.wrapped() == null || (origin.kind() == SourceKind.STDIN && !isThroughPath());
        }

        /** What was removed from the text besides one trailing line end; the CLI would have sent it too. */
        public List<String> removed() {
            return cleaned.removed();
        }

        /** All that is around the token, in words. */
        public List<String> around() {
            return cleaned.around();
        }

        /** What the value is instead of the token that stands in it, a phrase; empty where it is that token. */
        public Optional<String> wrapping() {
            return cleaned.wrapped() == null
                    ? Optional.empty()
                    : Optional.of(cleaned.wrapped().what());
        }

        /** How a command takes the token out of what it stands in; empty where it stands in nothing. */
        public Optional<Extraction> extraction() {
            return Optional.ofNullable(cleaned.wrapped()).map(Wrapping.Wrapped::way);
        }

        /** How a command takes the token out of the whole text, also out of quotes; empty where it is the text. */
        public Optional<Extraction> extractionOfAll() {
            String text = cleaned.raw().strip();
            return text.equals(secret())
                    ? Optional.empty()
                    : extraction().or(() -> Optional.of(Extraction.of(text, secret())));
        }

        /** The same token by itself. */
        public Found bare() {
            return new Found(origin, Cleaned.of(secret()));
        }

        /** The key of the JSON object that holds the token; empty where the value is none. */
        public Optional<String> key() {
            return extraction().isEmpty() || isThroughPath() ? Optional.empty() : Wrapping.key(sent(), secret());
        }

        /** What the value names in place of a token, if it is a path. */
        public Optional<PathValue> path() {
            return Optional.ofNullable(cleaned.path());
        }

        /** Whether the token is in a file that the value names: of that file no more is shown, and nothing is sent. */
        public boolean isThroughPath() {
            return cleaned.wrapped() != null && cleaned.wrapped().isPath();
        }

        /** Whether more than one token stands there with nothing in between. */
        public boolean isGlued() {
            return Wrapping.isGlued(secret());
        }

        /** The tokens in it, each by itself, in their order. */
        public List<Found> pieces() {
            List<String> all = isGlued() ? Wrapping.unglued(secret()) : Extraction.tokens(secret());
            return all.stream().map(one -> new Found(origin, Cleaned.of(one))).toList();
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
