package dev.chainloop.token.core;

import java.util.Collections;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A JSON object that was read. */
public final class JsonObject {
    private final Map<String, ? extends @Nullable Object> members;

    /**
     * An object.
     *
     * @param members name to value, in the text's order; values as in {@link Claims}; not copied
     */
    JsonObject(Map<String, ? extends @Nullable Object> members) {
        this.members = Collections.unmodifiableMap(members);
    }

    /** Name to value, in the text's order; cannot be changed. */
    public Map<String, ? extends @Nullable Object> members() {
        return members;
    }

    /** Shows only the number of members: their values do not belong in a log. */
    @Override
    public String toString() {
        return "JsonObject[" + members.size() + "]";
    }
}
