package dev.chainloop.token.render;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.io.SerializedString;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import dev.chainloop.token.core.JsonNumber;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Writes JSON values; what is not safe to print is escaped, so that the text can go to a terminal or CI log. */
final class JsonWriter {
    private static final JsonFactory FACTORY = new JsonFactory();

    private static final int CHUNK = 352 << 10;

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

    /** Many objects, each on a line of its own (NDJSON), written as they are built. */
    static final class Ndjson implements JsonReport.Members {
        // In a class of its own, so that a single answer does not create it.
        private static final JsonFactory FACTORY_OF_LINES =
                new JsonFactoryBuilder().rootValueSeparator("\n").build();

        // Only this tool's own names, which are few.
        private static final Map<String, SerializedString> NAMES = new ConcurrentHashMap<>();

        private final ByteArrayOutputStream text = new ByteArrayOutputStream(CHUNK);
        private final JsonGenerator generator;

        Ndjson() {
            try {
                generator = FACTORY_OF_LINES.createGenerator(text, JsonEncoding.UTF8);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        void start() {
            try {
                generator.writeStartObject();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void put(String name, @Nullable Object value) {
            try {
                generator.writeFieldName(NAMES.computeIfAbsent(name, SerializedString::new));
                value(generator, value);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        void end() {
            try {
                generator.writeEndObject();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        /** All of them in UTF-8, each with its line end; nothing can be added any more. */
        byte[] finish() {
            try {
                generator.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            if (text.size() > 0) {
                text.write('\n');
            }
            return Sanitizer.json(text.toByteArray());
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
