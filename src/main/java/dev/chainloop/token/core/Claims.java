package dev.chainloop.token.core;

import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A token's claims set, read leniently: a claim of an unexpected type counts as missing and never stops an inspection.
 *
 * <p>Values are {@link String}, {@link JsonNumber}, {@link Boolean}, {@link List}, {@link Map} or {@code null}.
 *
 * <pre>{@code
 * boolean expired = claims.time("exp").filter(end -> !now.isBefore(end)).isPresent();
 * }</pre>
 */
public final class Claims {
    /** The years that RFC 3339 can write: 0000 to 9999. */
    private static final long MIN_SECONDS = -62_167_219_200L;

    private static final long MAX_SECONDS = 253_402_300_799L;

    /** Go counts from the year 1, so that later seconds overflow, and are long past. */
    private static final long LAST_SECOND = Long.MAX_VALUE - 62_135_596_800L;

    /** An empty set. */
    public static final Claims NONE = new Claims(Map.of());

    private final Map<String, ? extends @Nullable Object> values;
    private final List<String> audience;
    private final Optional<Audience> matchedAudience;

    /** The values are in the token's order; not copied. */
    Claims(Map<String, ? extends @Nullable Object> values) {
        this.values = values;
        @Nullable Object value = values.get("aud");
        LinkedHashSet<String> strings = new LinkedHashSet<>();
        for (Object member : value instanceof Collection<?> members ? members : Collections.singleton(value)) {
            if (member instanceof String text && !text.isEmpty()) {
                strings.add(text);
            }
        }
        this.audience = List.copyOf(strings);
        this.matchedAudience = Audience.preferredOf(audience);
    }

    /** All claims as they are in the token, in its order; unmodifiable. */
    public Map<String, ? extends @Nullable Object> asMap() {
        return values;
    }

    /** Whether the claim is present, even as {@code null} or with an unexpected type. */
    public boolean has(String name) {
        return values.containsKey(name);
    }

    /** The claim's value as it is in the token; {@code null} when missing or JSON {@code null}. */
    public @Nullable Object get(String name) {
        return values.get(name);
    }

    /** The claim when it is a string that is not empty: Chainloop treats an empty string as a missing claim. */
    public Optional<String> text(String name) {
        return values.get(name) instanceof String text && !text.isEmpty() ? Optional.of(text) : Optional.empty();
    }

    /** Like {@link #text}, but a JSON number also counts, as it was written. */
    Optional<String> textOrNumber(String name) {
        return values.get(name) instanceof JsonNumber number ? Optional.of(number.text()) : text(name);
    }

    /**
     * A claim that is a NumericDate (RFC 7519 section 2), read as the server does: as a floating-point number, cut to
     * whole seconds. Empty when missing, not a number, or outside the years 0000 to 9999.
     */
    public Optional<Instant> time(String name) {
        if (!(values.get(name) instanceof JsonNumber number)) {
            return Optional.empty();
        }
        double seconds = Math.floor(Double.parseDouble(number.text()));
        return seconds < MIN_SECONDS || seconds > MAX_SECONDS
                ? Optional.empty()
                : Optional.of(Instant.ofEpochSecond((long) seconds));
    }

    /** Whether a claim is a number of seconds after the year 9999; the server counts with 64 bits. */
    public boolean isFarAhead(String name) {
        double seconds = values.get(name) instanceof JsonNumber number ? Double.parseDouble(number.text()) : 0;
        return seconds > MAX_SECONDS && (long) seconds <= LAST_SECOND;
    }

    /** Whether a claim is a number of seconds that the server treats as long past: before year 0, or too many for its 64 bits. */
    public boolean isLongPast(String name) {
        return values.get(name) instanceof JsonNumber && time(name).isEmpty() && !isFarAhead(name);
    }

    /**
     * The strings of the {@code aud} claim as a set, in the token's order. RFC 7519 section 4.1.3 allows one string or
     * an array of them; members of other types are left out.
     */
    public List<String> audience() {
        return audience;
    }

    /** The known audience that decides the kind, by {@link Audience}'s order. */
    public Optional<Audience> matchedAudience() {
        return matchedAudience;
    }

    /** Shows only the number of claims: their values do not belong in a log. */
    @Override
    public String toString() {
        return "Claims[" + values.size() + "]";
    }
}
