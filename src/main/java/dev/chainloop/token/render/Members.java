package dev.chainloop.token.render;

import dev.chainloop.token.core.Durations;
import dev.chainloop.token.core.Keyword;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A JSON object while it is built; redacted, it leaves out what is private. */
final class Members extends LinkedHashMap<String, @Nullable Object> {
    private static final long serialVersionUID = 1L;

    private final boolean redact;

    Members() {
        this(false);
    }

    Members(boolean redact) {
        super(64); // The names of a whole answer, without growing.
        this.redact = redact;
    }

    /** Puts a value, or what an {@link Optional} holds: a time as RFC 3339, a constant by its word. */
    Members with(String name, @Nullable Object value) {
        @Nullable Object held = value instanceof Optional<?> optional ? optional.orElse(null) : value;
        Object plain = held instanceof Keyword word ? word.word() : held;
        put(name, held instanceof Instant time ? Durations.rfc3339(time) : plain);
        return this;
    }

    Members withPrivate(String name, @Nullable Object value) {
        return with(name, redact ? null : value);
    }

    static <T> List<Members> list(List<T> all, Function<T, Members> object) {
        List<Members> list = new ArrayList<>();
        for (T one : all) {
            list.add(object.apply(one));
        }
        return list;
    }
}
