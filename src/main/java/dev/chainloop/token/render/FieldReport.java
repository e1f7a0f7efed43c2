package dev.chainloop.token.render;

import dev.chainloop.token.diagnosis.Diagnosis;
import dev.chainloop.token.diagnosis.Fault;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The plain values of chosen fields, one per line.
 *
 * @param values safe to print; empty for a field that is not there
 * @param complete whether every field was there
 */
public record FieldReport(List<String> values, boolean complete) {

    /**
     * Picks fields by name: a key of the JSON output, or keys joined by dots to reach into an object. When keys contain
     * dots themselves, the longest match wins, so {@code claims.a.b} is the claim {@code a.b} before it is {@code b} in
     * {@code a}.
     */
    public static FieldReport render(Diagnosis diagnosis, List<String> names, ViewOptions view) {
        Map<String, @Nullable Object> object = JsonReport.object(diagnosis, view);
        List<String> values = new ArrayList<>();
        boolean complete = true;
        for (String name : names) {
            Optional<Object> value = find(object, name);
            complete &= value.isPresent();
            values.add(value.isPresent() ? bare(value.get()) : "");
        }
        return new FieldReport(values, complete);
    }

    /** The fields of many tokens, separated by tabs. */
    public static LineReport lines(List<String> names, ViewOptions view) {
        return (number, diagnosis, check) -> render(diagnosis, names, view).values("\t");
    }

    /** The values, joined by a separator. */
    public String values(String between) {
        return String.join(between, values);
    }

    /** The names that a field can begin with. */
    public static List<String> topLevelNames() {
        Diagnosis empty = Diagnosis.failed(new Fault("", "", ""), Instant.EPOCH);
        return List.copyOf(JsonReport.object(empty, ViewOptions.PLAIN).keySet());
    }

    private static Optional<Object> find(Map<?, ?> object, String path) {
        for (int end = path.length(); end > 0; end = path.lastIndexOf('.', end - 1)) {
            Object value = object.get(path.substring(0, end));
            if (end == path.length()) {
                if (value != null) {
                    return Optional.of(value);
                }
            } else if (value instanceof Map<?, ?> inner) {
                Optional<Object> found = find(inner, path.substring(end + 1));
                if (found.isPresent()) {
                    return found;
                }
            }
        }
        return Optional.empty();
    }

    private static String bare(Object value) {
        return value instanceof Map || value instanceof List
                ? JsonWriter.compact(value)
                : Sanitizer.line(value.toString());
    }
}
