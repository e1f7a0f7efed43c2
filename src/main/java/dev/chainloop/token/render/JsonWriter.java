package dev.chainloop.token.render;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import dev.chainloop.token.core.JsonNumber;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes JSON values; what is not safe to print is escaped, so that the text can go to a terminal or CI log. */
final class JsonWriter {
    private static final JsonFactory FACTORY = new JsonFactoryBuilder()
            .enable(JsonWriteFeature.COMBINE_UNICODE_SURROGATES_IN_UTF8)
            .build();

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

    private static String write(@Nullable Object value, @Nullable DefaultPrettyPrinter printer) {
        ByteArrayOutputStream utf8 = new ByteArrayOutputStream(2048);
        try (JsonGenerator generator = FACTORY.createGenerator(utf8, JsonEncoding.UTF8)) {
            if (printer != null) {
                generator.setPrettyPrinter(printer);
            }
            value(generator, value);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Sanitizer.json(utf8.toString(StandardCharsets.UTF_8));
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
