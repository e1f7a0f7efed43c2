package dev.chainloop.token.testing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Payloads and answers as JSON. */
public final class Payload {
    public static final String ABSENT = "absent";

    private static final ObjectMapper MAPPER = new ObjectMapper();

    /** Lone surrogates cannot be written in UTF-8, only as escapes. */
    private static final ObjectWriter ASCII = MAPPER.writer().with(JsonWriteFeature.ESCAPE_NON_ASCII);

    private Payload() {}

    /**
     * A payload with some claims changed.
     *
     * @param changes name and value in turn, each value as JSON or {@link #ABSENT}
     */
    public static String of(String base, String... changes) {
        ObjectNode object = (ObjectNode) read(base);
        for (int i = 0; i < changes.length; i += 2) {
            object.remove(changes[i]);
            if (!changes[i + 1].equals(ABSENT)) {
                object.set(changes[i], read(changes[i + 1]));
            }
        }
        try {
            return ASCII.writeValueAsString(object);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    public static String string(String text) {
        return MAPPER.getNodeFactory().textNode(text).toString();
    }

    public static JsonNode read(String json) {
        try {
            return MAPPER.readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
