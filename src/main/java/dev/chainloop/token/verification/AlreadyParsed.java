package dev.chainloop.token.verification;

import io.jsonwebtoken.io.Deserializer;
import java.io.Reader;
import java.util.Map;

/** Hands jjwt an object that has been parsed already, so that it does not parse the text again in its own, laxer way. */
final class AlreadyParsed implements Deserializer<Map<String, ?>> {
    private final Map<String, ?> object;

    AlreadyParsed(Map<String, ?> object) {
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
