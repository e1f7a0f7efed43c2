package dev.chainloop.token.core;

import java.util.Collections;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A JSON object with the text that it was read from. */
public final class JsonObject {
    private final Map<String, ? extends @Nullable Object> members;
    private final byte[] utf8;

    /**
     * An object.
     *
     * @param members name to value, in the text's order; values as in {@link Claims}; not copied
     * @param utf8 the text that they were read from, which is not copied
     */
    JsonObject(Map<String, ? extends @Nullable Object> members, byte[] utf8) {
        this.members = Collections.unmodifiableMap(members);
        this.utf8 = utf8;
    }

    /** Name to value, in the text's order; cannot be changed. */
    public Map<String, ? extends @Nullable Object> members() {
        return members;
    }

    /** The text in UTF-8; not to be changed. */
    public byte[] utf8() {
        return utf8;
    }

    /** Shows only the number of members: their values do not belong in a log. */
    @Override
    public String toString() {
        return "JsonObject[" + members.size() + "]";
    }
}
