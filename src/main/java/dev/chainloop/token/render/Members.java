package dev.chainloop.token.render;

import org.jspecify.annotations.Nullable;

/** Takes the members of one JSON object, one after the other: to keep them, or to write them out at once. */
interface Members {
    /**
     * Takes a member.
     *
     * @param name not taken before
     * @param value as {@link JsonWriter} takes it
     */
    void put(String name, @Nullable Object value);
}
