package dev.chainloop.token.verification;

import io.jsonwebtoken.io.Deserializer;
import java.io.Reader;
import java.util.Map;

/** Gives jjwt an object that has been read already, whatever the text. */
final class Given implements Deserializer<Map<String, ?>> {
    private final Map<String, ?> object;

    Given(Map<String, ?> object) {
        this.object = object;
    }

    @Override
    @Deprecated
    public Map<String, ?> deserialize(byte[] bytes) {
        return object;
    }

    @Override
    public Map<String, ?> deserialize(Reader reader) {
        return object;
    }
}
