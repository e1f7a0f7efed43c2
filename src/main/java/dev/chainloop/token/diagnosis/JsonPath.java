package dev.chainloop.token.diagnosis;

import dev.chainloop.token.core.JsonObjectReader;
import io.jsonwebtoken.io.DeserializationException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The path to a string in JSON, in jq's syntax. */
final class JsonPath {
    /** Finds any string that begins like a token, for when no path of plain names leads to it. */
    static final String ANY = ".. | strings | select(startswith(\"ey\"))";

    private static final int MAX_DEPTH = 20;

    private JsonPath() {}

    /**
     * The path to the first matching string.
     *
     * @param json what may be JSON
     * @return {@link #ANY} when it is not an object, has no such string, or a name on the path is not plain
     */
    static String to(String json, Predicate<String> wanted) {
        try {
            @Nullable
            String path = find(new JsonObjectReader().read(json.getBytes(StandardCharsets.UTF_8)), wanted, MAX_DEPTH);
            return path == null ? ANY : path;
        } catch (DeserializationException e) {
            return ANY;
        }
    }

    private static @Nullable String find(@Nullable Object value, Predicate<String> wanted, int depth) {
        if (value instanceof String text && wanted.test(text)) {
            return text.startsWith("ey") ? "" : " | @base64d";
        }
        if (depth == 0) {
            return null;
        }
        if (value instanceof Map<?, ?> members) {
            for (Map.Entry<?, ?> member : members.entrySet()) {
                @Nullable String rest = find(member.getValue(), wanted, depth - 1);
                if (rest != null) {
                    return String.valueOf(member.getKey()).matches("[A-Za-z_]\\w{0,30}")
                            ? "." + member.getKey() + rest
                            : null;
                }
            }
        }
        if (value instanceof List<?> elements) {
            for (int i = 0; i < elements.size(); i++) {
                @Nullable String rest = find(elements.get(i), wanted, depth - 1);
                if (rest != null) {
                    return (depth == MAX_DEPTH ? "." : "") + "[" + i + "]" + rest;
                }
            }
        }
        return null;
    }
}
