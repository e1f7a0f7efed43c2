package dev.chainloop.token.render;

import dev.chainloop.token.core.JsonNumber;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes JSON values; what is not safe to print is escaped, so that the text can go to a terminal or CI log. Not by a
 * library: with one, many tokens take half as long again.
 */
final class JsonWriter {
    /** Otherwise a hostile token of 1 MiB, nested as deep as allowed, would produce 400 MB of output. */
    private static final int MAX_INDENTED = 16;

    private final boolean indented;
    private byte[] json = new byte[1536];
    private int length;
    private int level;

    private JsonWriter(boolean indented) {
        this.indented = indented;
    }

    /** Over several lines, indented by two spaces for each of the first 16 levels. */
    static String indented(@Nullable Object value) {
        return new JsonWriter(true).value(value);
    }

    /** On one line, without blanks. */
    static String compact(@Nullable Object value) {
        return new JsonWriter(false).value(value);
    }

    /** The same in UTF-8, and with a line end: a String of a long answer would be four copies of it on its way out. */
    static byte[] line(Object value) {
        JsonWriter writer = new JsonWriter(false);
        writer.write(value);
        writer.put('\n');
        return Arrays.copyOf(writer.json, writer.length);
    }

    private String value(@Nullable Object value) {
        write(value);
        return new String(json, 0, length, StandardCharsets.UTF_8);
    }

    private void write(@Nullable Object value) {
        if (value == null || value instanceof Boolean || value instanceof Long || value instanceof JsonNumber) {
            put(String.valueOf(value));
        } else if (value instanceof String text) {
            string(text, false);
        } else if (value instanceof Map<?, ?> object) {
            put('{');
            level++;
            for (Map.Entry<?, ?> member : object.entrySet()) {
                newLine();
                string((String) member.getKey(), object instanceof TokenJson.Members);
                put(':');
                if (indented) {
                    put(' ');
                }
                write(member.getValue());
                put(',');
            }
            close('}', object.isEmpty());
        } else if (value instanceof Collection<?> array) {
            put('[');
            level++;
            for (Object element : array) {
                newLine();
                write(element);
                put(',');
            }
            close(']', array.isEmpty());
        } else {
            throw new IllegalArgumentException("no JSON for " + value.getClass());
        }
    }

    /** @param own whether it is a name of ours, which needs no escapes */
    private void string(String text, boolean own) {
        put('"');
        if (own) {
            put(text);
        } else {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            put(Sanitizer.isPlain(bytes) ? bytes : Sanitizer.json(text).getBytes(StandardCharsets.UTF_8));
        }
        put('"');
    }

    // Not by a StringBuilder, which copies short texts slowly in the executable.
    private void put(byte[] text) {
        makeRoom(text.length);
        System.arraycopy(text, 0, json, length, text.length);
        length += text.length;
    }

    @SuppressWarnings("deprecation") // The text is ASCII, so its characters are its bytes.
    private void put(String text) {
        makeRoom(text.length());
        text.getBytes(0, text.length(), json, length);
        length += text.length();
    }

    private void makeRoom(int more) {
        while (json.length - length < more) {
            json = Arrays.copyOf(json, 2 * json.length);
        }
    }

    private void put(char c) {
        makeRoom(1);
        json[length++] = (byte) c;
    }

    private void close(char bracket, boolean empty) {
        level--;
        if (!empty) {
            length--; // the last comma
            newLine();
        }
        put(bracket);
    }

    private void newLine() {
        if (indented) {
            put("\n" + "  ".repeat(Math.min(level, MAX_INDENTED)));
        }
    }
}
