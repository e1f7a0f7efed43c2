package dev.chainloop.token.ask;

import dev.chainloop.token.core.JsonObjectReader;
import io.jsonwebtoken.io.DeserializationException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Who the server thinks sent the token, as far as it says. Its texts are hostile.
 *
 * @param id the user's ID, or the API token's
 * @param email of a user only
 * @param organization where the user's commands work
 */
public record Identity(
        Optional<String> id,
        Optional<String> email,
        Optional<String> name,
        Optional<String> organization,
        Optional<String> role) {
    /** What the server puts in place of an API token's address. */
    private static final String API_TOKEN = "API-token@chainloop";

    /**
     * Reads what {@code chainloop organization describe -o json} prints; unknown keys are ignored.
     *
     * @param shown what is shown of a text
     * @return empty when it is not a JSON object
     */
    static Optional<Identity> of(String json, UnaryOperator<String> shown) {
        Optional<Map<String, ?>> answer = object(json);
        if (answer.isEmpty()) {
            return Optional.empty();
        }
        Object user = answer.get().get("currentUser");
        Object membership = answer.get().get("currentMembership");
        String name = text(user, "firstName", shown).orElse("") + " "
                + text(user, "lastName", shown).orElse("");
        return Optional.of(new Identity(
                text(user, "id", shown),
                text(user, "email", shown).filter(one -> !one.equals(API_TOKEN)),
                Optional.of(name.strip()).filter(one -> !one.isEmpty()),
                text(member(membership, "org"), "name", shown),
                text(membership, "role", shown)));
    }

    /** The JSON object that a text is. */
    static Optional<Map<String, ?>> object(String json) {
        try {
            return Optional.of(new JsonObjectReader().read(json.getBytes(StandardCharsets.UTF_8)));
        } catch (DeserializationException e) {
            return Optional.empty();
        }
    }

    /** A member of an object, as it is shown; empty if it is not text. */
    static Optional<String> text(@Nullable Object object, String name, UnaryOperator<String> shown) {
        return member(object, name) instanceof String text && !text.isEmpty()
                ? Optional.of(shown.apply(text))
                : Optional.empty();
    }

    private static @Nullable Object member(@Nullable Object object, String name) {
        return object instanceof Map<?, ?> map ? map.get(name) : null;
    }
}
