package dev.chainloop.token.render;

import dev.chainloop.token.core.JsonNumber;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes JSON values; what is not safe to print is escaped, so that the text can go to a terminal or CI log. */
final class JsonWriter {
    /** Otherwise a hostile token of 1 MiB, nested as deep as allowed, would produce 400 MB of output. */
    private static final int MAX_INDENTED = 16;

    private final boolean indented;
    private final ViewOptions view;

    /** Whether the text is this tool's own; claims are written unchanged. */
    private boolean own = true;

    private final StringBuilder json = new StringBuilder(1536);
    private int level;

    private JsonWriter(boolean indented, ViewOptions view) {
        this.indented = indented;
        this.view = view;
    }

    /** Over several lines, indented by two spaces for each of the first 16 levels. */
    static String indented(@Nullable Object value, ViewOptions view) {
        return new JsonWriter(true, view).text(value);
    }

    /** On one line, without white space. */
    static String compact(@Nullable Object value, ViewOptions view) {
        return new JsonWriter(false, view).text(value);
    }

    private String text(@Nullable Object value) {
        write(value);
        return json.toString();
    }

    private void write(@Nullable Object value) {
        if (value == null || value instanceof Boolean || value instanceof Long || value instanceof JsonNumber) {
            json.append(value);
        } else if (value instanceof String text) {
            String shown = own ? view.apply(text) : text;
            json.append('"').append(Sanitizer.json(shown)).append('"');
        } else if (value instanceof Map<?, ?> object) {
            boolean outer = own;
            own = object instanceof Members;
            write('{', object.entrySet(), '}');
            own = outer;
        } else if (value instanceof Collection<?> array) {
            write('[', array, ']');
        } else {
            throw new IllegalArgumentException("no JSON for " + value.getClass());
        }
    }

    private void write(char open, Collection<?> elements, char close) {
        json.append(open);
        level++;
        String comma = "";
        for (Object element : elements) {
            json.append(comma);
            newLine();
            if (element instanceof Map.Entry<?, ?> member) {
                write(member.getKey());
                json.append(indented ? ": " : ":");
                write(member.getValue());
            } else {
                write(element);
            }
            comma = ",";
        }
        level--;
        if (!elements.isEmpty()) {
            newLine();
        }
        json.append(close);
    }

    private void newLine() {
        if (indented) {
            json.append('\n').append("  ".repeat(Math.min(level, MAX_INDENTED)));
        }
    }
}
