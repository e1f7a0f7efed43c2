package dev.chainloop.token.render;

import static dev.chainloop.token.core.ByteSearch.EACH;
import static dev.chainloop.token.core.ByteSearch.HIGH;
import static dev.chainloop.token.core.ByteSearch.eight;
import static dev.chainloop.token.core.ByteSearch.zeros;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import dev.chainloop.token.core.JsonNumber;
import dev.chainloop.token.core.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Writes JSON values; what is not safe to print is escaped, so that the text can go to a terminal or CI log. */
final class JsonWriter {
    private static final JsonFactory FACTORY = new JsonFactory();

    /** Enough for the answers to most batches. */
    private static final int CHUNK = 96 << 10;

    private JsonWriter() {}

    /** Over several lines, indented by two spaces for each of the first 16 levels. */
    static String indented(@Nullable Object value) {
        Separators separators = Separators.createDefaultInstance()
                .withObjectFieldValueSpacing(Separators.Spacing.AFTER)
                .withObjectEmptySeparator("")
                .withArrayEmptySeparator("");
        DefaultIndenter indenter = new BoundedIndenter();
        DefaultPrettyPrinter printer = new DefaultPrettyPrinter(separators)
                .withObjectIndenter(indenter)
                .withArrayIndenter(indenter);
        return write(value, printer);
    }

    /** On one line, without blanks. */
    static String compact(@Nullable Object value) {
        return write(value, null);
    }

    /**
     * Many objects, each on a line of its own (NDJSON), written as they are built. The bytes of names are kept, plain text is
     * copied as it is, and Jackson writes the rest.
     */
    static final class Ndjson implements JsonReport.Members {
        /** The memory that a few answers took that are longer than usual is given back. */
        private static final int MAX_KEPT = 2 * CHUNK;

        private final Map<JsonKey, byte[]> names = members(":");
        private final Map<JsonKey, byte[]> nulls = members(":null");
        private byte[] text = new byte[CHUNK];
        private int length;
        private int start;

        /** Each key's member with the comma before it. */
        private static Map<JsonKey, byte[]> members(String rest) {
            Map<JsonKey, byte[]> members = new EnumMap<>(JsonKey.class);
            for (JsonKey key : JsonKey.values()) {
                members.put(key, (",\"" + key.word() + "\"" + rest).getBytes(StandardCharsets.US_ASCII));
            }
            return members;
        }

        void start() {
            start = length;
        }

        @Override
        public void put(JsonKey key, @Nullable Object value) {
            if (value == null) {
                append(Objects.requireNonNull(nulls.get(key)));
            } else {
                append(Objects.requireNonNull(names.get(key)));
                value(value);
            }
        }

        void end() {
            text[start] = '{'; // In the place of the first comma.
            append('}');
            append('\n');
        }

        /** Those since the last call, in UTF-8, each with its line end. */
        byte[] take() {
            byte[] lines = Arrays.copyOf(text, length);
            length = 0;
            if (text.length > MAX_KEPT) {
                text = new byte[CHUNK];
            }
            return lines;
        }

        private void value(@Nullable Object value) {
            // Plain classes first: to rule out an interface takes long.
            if (value instanceof String string) {
                string(string);
            } else if (value == null
                    || value instanceof Long
                    || value instanceof Boolean
                    || value instanceof JsonNumber) {
                append(String.valueOf(value).getBytes(StandardCharsets.ISO_8859_1));
            } else if (value instanceof JsonObject json) {
                if (isPlainJson(json.utf8())) {
                    append(json.utf8());
                } else {
                    escaped(json.members());
                }
            } else if (value instanceof Map<?, ?> object) {
                int before = length;
                for (Map.Entry<?, ?> member : object.entrySet()) {
                    append(',');
                    value(member.getKey());
                    append(':');
                    value(member.getValue());
                }
                close(before, '{', '}');
            } else if (value instanceof Collection<?> array) {
                int before = length;
                for (Object member : array) {
                    append(',');
                    value(member);
                }
                close(before, '[', ']');
            } else {
                throw new IllegalArgumentException("no JSON for " + value.getClass());
            }
        }

        /** Ends what began at an index, where its first comma is if it has any member. */
        private void close(int before, char open, char close) {
            if (length == before) {
                append(open);
            } else {
                text[before] = (byte) open;
            }
            append(close);
        }

        private void string(String string) {
            // What is not plain is not plain in ISO 8859-1 either, which is quicker than UTF-8.
            byte[] latin1 = string.getBytes(StandardCharsets.ISO_8859_1);
            if (isPlainText(latin1)) {
                append('"');
                append(latin1);
                append('"');
            } else {
                escaped(string);
            }
        }

        private void escaped(Object value) {
            ByteArrayOutputStream utf8 = new ByteArrayOutputStream();
            try (JsonGenerator generator = FACTORY.createGenerator(utf8, JsonEncoding.UTF8)) {
                JsonWriter.value(generator, value);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            append(Sanitizer.json(utf8.toString(StandardCharsets.UTF_8)).getBytes(StandardCharsets.UTF_8));
        }

        /** Whether nothing in a string needs an escape; false for a question mark, which may stand for another character. */
        private static boolean isPlainText(byte[] latin1) {
            int last = latin1.length - Long.BYTES;
            if (last < 0) {
                for (byte octet : latin1) {
                    if (!isPlain(octet) || octet == '"' || octet == '?') {
                        return false;
                    }
                }
                return true;
            }
            boolean plain = isPlainText(eight(latin1, last));
            for (int i = 0; plain && i < last; i += Long.BYTES) {
                plain = isPlainText(eight(latin1, i));
            }
            return plain;
        }

        private static boolean isPlainText(long eight) {
            long other = zeros(eight ^ (EACH * '"')) | zeros(eight ^ (EACH * '?'));
            return isPlain(eight, ' ') && (other & HIGH) == 0;
        }

        /** Whether a JSON text is what would be written for it: nothing is between its tokens, and nothing needs an escape. */
        private static boolean isPlainJson(byte[] json) {
            int last = json.length - Long.BYTES;
            boolean plain = last >= 0 && isPlain(eight(json, last), '!');
            for (int i = 0; plain && i < last; i += Long.BYTES) {
                plain = isPlain(eight(json, i), '!');
            }
            return plain || isPlainWithBlanks(json);
        }

        /** Whether none of eight bytes is below a character, or needs an escape within a string, quotation marks apart. */
        private static boolean isPlain(long eight, char least) {
            long beyond = eight | (eight + EACH);
            long below = (eight - EACH * least) & ~eight;
            return ((beyond | below | zeros(eight ^ (EACH * '\\')) | zeros(eight ^ (EACH * '#'))) & HIGH) == 0;
        }

        private static boolean isPlainWithBlanks(byte[] json) {
            boolean inString = false;
            for (byte octet : json) {
                if (octet == '"') {
                    inString = !inString;
                } else if (!isPlain(octet) || (octet == ' ' && !inString)) {
                    return false;
                }
            }
            return true;
        }

        /** Whether a character never needs an escape, except for the quotation mark. */
        private static boolean isPlain(int c) {
            return c >= ' ' && c < 0x7f && c != '\\' && c != '#';
        }

        private void append(char ascii) {
            makeRoom(1);
            text[length++] = (byte) ascii;
        }

        private void append(byte[] bytes) {
            makeRoom(bytes.length);
            System.arraycopy(bytes, 0, text, length, bytes.length);
            length += bytes.length;
        }

        private void makeRoom(int more) {
            if (text.length - length < more) {
                text = Arrays.copyOf(text, Math.max(2 * text.length, length + more));
            }
        }
    }

    private static String write(@Nullable Object value, @Nullable DefaultPrettyPrinter printer) {
        StringWriter text = new StringWriter(1024);
        try (JsonGenerator generator = FACTORY.createGenerator(text)) {
            if (printer != null) {
                generator.setPrettyPrinter(printer);
            }
            value(generator, value);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Sanitizer.json(text.toString());
    }

    private static void value(JsonGenerator generator, @Nullable Object value) throws IOException {
        if (value == null) {
            generator.writeNull();
        } else if (value instanceof String text) {
            generator.writeString(text);
        } else if (value instanceof JsonNumber number) {
            generator.writeNumber(number.text());
        } else if (value instanceof Boolean bool) {
            generator.writeBoolean(bool);
        } else if (value instanceof Long number) {
            generator.writeNumber(number);
        } else if (value instanceof Map<?, ?> object) {
            generator.writeStartObject();
            for (Map.Entry<?, ?> entry : object.entrySet()) {
                generator.writeFieldName((String) entry.getKey());
                value(generator, entry.getValue());
            }
            generator.writeEndObject();
        } else if (value instanceof Collection<?> array) {
            generator.writeStartArray();
            for (Object member : array) {
                value(generator, member);
            }
            generator.writeEndArray();
        } else {
            throw new IllegalArgumentException("no JSON for " + value.getClass());
        }
    }

    /** Otherwise a hostile token of 1 MiB, nested as deep as allowed, would produce 400 MB of output. */
    private static final class BoundedIndenter extends DefaultIndenter {
        private static final long serialVersionUID = 1L;
        private static final int MAX_LEVEL = 16;

        BoundedIndenter() {
            super("  ", "\n");
        }

        @Override
        public void writeIndentation(JsonGenerator generator, int level) throws IOException {
            super.writeIndentation(generator, Math.min(level, MAX_LEVEL));
        }
    }
}
