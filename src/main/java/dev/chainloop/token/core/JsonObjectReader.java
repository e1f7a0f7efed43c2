package dev.chainloop.token.core;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.JsonTokenId;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import io.jsonwebtoken.io.DeserializationException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads exactly one JSON object: no byte-order mark, no duplicate names at any depth (RFC 7519 section 4 allows rejecting
 * them), no number that a double cannot hold, nothing after the object. Numbers keep their text. Bytes that are not UTF-8
 * are read as U+FFFD, if not always as many as in Go. An escape of a lone surrogate stays in a value, where Go has U+FFFD, and
 * is rejected in a name.
 *
 * <p>It replaces jjwt's {@code JacksonDeserializer}, which accepts trailing data and arrays and changes numbers. Its
 * {@code ObjectMapper} alone takes longer to load than the rest of an inspection.
 */
public final class JsonObjectReader {
    private static final int MAX_DEPTH = 512;

    // Names are neither shared nor interned: a token is read once, and hostile names could collide in a shared table.
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_DEPTH)
                    .maxStringLength(Parser.MAX_LENGTH)
                    .maxNumberLength(Parser.MAX_LENGTH)
                    .maxNameLength(Parser.MAX_LENGTH)
                    .build())
            .build();

    /** For text that is complete JSON, so that nothing of it is missing. */
    static final class ObjectException extends DeserializationException {
        private static final long serialVersionUID = 1L;

        ObjectException(String message) {
            super(message);
        }
    }

    /**
     * Reads an object from UTF-8.
     *
     * @throws DeserializationException when it is not a JSON object; the message is this tool's own phrase and quotes nothing
     */
    public Map<String, ?> read(byte[] utf8) {
        try (JsonParser parser = FACTORY.createParser(new String(utf8, StandardCharsets.UTF_8).toCharArray())) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new ObjectException("is not a JSON object");
            }
            Map<String, ? extends @Nullable Object> object = object(parser);
            if (parser.nextToken() != null) {
                throw new ObjectException("has text after its JSON object");
            }
            return object;
        } catch (StreamConstraintsException e) {
            throw new ObjectException("is nested deeper than " + MAX_DEPTH + " levels");
        } catch (IOException e) {
            throw new DeserializationException("is not JSON");
        }
    }

    private static Map<String, ? extends @Nullable Object> object(JsonParser parser) throws IOException {
        Map<String, @Nullable Object> object = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            int members = object.size();
            parser.nextToken();
            object.put(name, value(parser));
            if (object.size() == members) {
                throw new ObjectException("has the same name twice in one object");
            }
        }
        return Collections.unmodifiableMap(object);
    }

    private static List<? extends @Nullable Object> array(JsonParser parser) throws IOException {
        List<@Nullable Object> array = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            array.add(value(parser));
        }
        return Collections.unmodifiableList(array);
    }

    private static @Nullable Object value(JsonParser parser) throws IOException {
        return switch (parser.currentTokenId()) {
            case JsonTokenId.ID_START_OBJECT -> object(parser);
            case JsonTokenId.ID_START_ARRAY -> array(parser);
            case JsonTokenId.ID_STRING -> parser.getText();
            case JsonTokenId.ID_NUMBER_INT, JsonTokenId.ID_NUMBER_FLOAT -> {
                String text = parser.getText();
                if (Double.isInfinite(Double.parseDouble(text))) {
                    throw new ObjectException("has a number that no double can hold");
                }
                yield new JsonNumber(text);
            }
            case JsonTokenId.ID_TRUE -> true;
            case JsonTokenId.ID_FALSE -> false;
            case JsonTokenId.ID_NULL -> null;
            default -> throw new DeserializationException("is not JSON");
        };
    }
}
