package dev.chainloop.token.source;

/** What a look at one source gave. */
public sealed interface Lookup {
    /** It holds a token. */
    record Found(FoundToken token) implements Lookup {}

    /**
     * It is set, but to nothing that could be a token; the CLI would send that all the same, so the search ends here.
     *
     * @param why a phrase for a person
     */
    record Blank(String why) implements Lookup {}

    /**
     * It holds nothing; the search goes on.
     *
     * @param why a phrase for a person
     */
    record Absent(String why) implements Lookup {}

    /**
     * It is there and cannot be read; the search ends here.
     *
     * @param why a phrase for a person, without the source's name and without any of its content
     * @param next what to do about it, a sentence
     */
    record Unreadable(String why, String next) implements Lookup {}

    /** Whether the search ends with this source. */
    default boolean decides() {
        return !(this instanceof Absent);
    }
}
