package dev.chainloop.token.source;

import java.util.Optional;

/** What a reading of the config file gave. */
public sealed interface ConfigReading {
    /** Signs that the file was being written while it was read. */
    enum Tear {
        /** It was whole. */
        NONE,
        /** It was empty or cut off at first, and whole on a later reading. */
        AT_FIRST,
        /** It was empty each time. */
        STILL_EMPTY,
        /** It may have been cut off, and did not change. */
        STILL_CUT_OFF
    }

    /**
     * There is no such file.
     *
     * @param why a phrase for a person
     */
    record Missing(String why) implements ConfigReading {}

    /**
     * A file that was read.
     *
     * @param token {@code auth.token}
     * @param organization {@code organization}, the one that the CLI works in
     * @param tear whether another process seemed to be writing it
     */
    record Read(Optional<String> token, Optional<String> organization, Tear tear) implements ConfigReading {
        @Override
        public String toString() {
            return "Read[<redacted>]";
        }
    }

    /**
     * A file that cannot be read, or not understood.
     *
     * @param why a phrase for a person, without the file's name or content
     * @param remedy what to do about it, a sentence
     */
    record Unreadable(String why, String remedy) implements ConfigReading {}
}
