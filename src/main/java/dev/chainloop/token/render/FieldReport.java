package dev.chainloop.token.render;

import dev.chainloop.token.core.Form;
import dev.chainloop.token.diagnosis.Diagnosis;
import dev.chainloop.token.diagnosis.Fault;
import dev.chainloop.token.diagnosis.Finding;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The plain values of chosen fields, one per line.
 *
 * @param values safe to print; empty for a missing field
 */
public record FieldReport(List<String> values, boolean complete) {

    /**
     * Picks fields by name: a key of the JSON output, or keys joined by dots to reach into an object. When keys contain
     * dots themselves, the longest match counts, so {@code claims.a.b} is the claim {@code a.b} before it is {@code b} in
     * {@code a}.
     */
    public static FieldReport render(Map<String, @Nullable Object> object, List<String> names, ViewOptions view) {
        List<String> values = new ArrayList<>();
        boolean complete = true;
        for (String name : names) {
            @Nullable Object value = find(object, name);
            complete &= value != null;
            boolean nested = value instanceof Map || value instanceof List;
            String plain = value == null || nested ? "" : Sanitizer.line(view.apply(value.toString()));
            values.add(nested ? JsonWriter.compact(value, view) : plain);
        }
        return new FieldReport(values, complete);
    }

    public String text() {
        return String.join("\n", values) + "\n";
    }

    /** The names that a field can begin with. */
    public static List<String> topLevelNames() {
        Diagnosis empty =
                Diagnosis.failed(Finding.error(Fault.NOT_ASKED, "nothing was read", Optional.empty()), Instant.EPOCH);
        List<String> names =
                new ArrayList<>(JsonReport.token(empty, ViewOptions.PLAIN).keySet());
        names.addAll(List.of("check", "headline", "plan"));
        return names;
    }

    /** The first name that contains another one, or begins with the same three letters. */
    public static Optional<String> near(String typed) {
        String lower = Form.lower(typed);
        for (String name : topLevelNames()) {
            String known = Form.lower(name);
            if (lower.length() > 2 && (known.contains(lower) || known.startsWith(lower.substring(0, 3)))) {
                return Optional.of(name);
            }
        }
        return Optional.empty();
    }

    private static @Nullable Object find(Map<?, ?> object, String path) {
        @Nullable Object found = object.get(path);
        for (int end = path.lastIndexOf('.'); found == null && end > 0; end = path.lastIndexOf('.', end - 1)) {
            if (object.get(path.substring(0, end)) instanceof Map<?, ?> inner) {
                found = find(inner, path.substring(end + 1));
            }
        }
        return found;
    }
}
