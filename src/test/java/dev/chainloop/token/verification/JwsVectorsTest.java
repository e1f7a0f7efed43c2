package dev.chainloop.token.verification;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The examples of RFC 7515 appendix A, RFC 8037 appendix A.4 and RFC 7520 section 4, most with payloads that are not
 * JSON.
 */
class JwsVectorsTest {
    private record Vector(String name, String key, String header, String payload, String signature) {
        String compact() {
            return header + "." + payload + "." + signature;
        }

        @Override
        public String toString() {
            return name;
        }
    }

    static List<Vector> vectors() throws IOException {
        List<Vector> vectors = new ArrayList<>();
        for (JsonNode one :
                new ObjectMapper().readTree(Files.readString(Path.of("src/test/resources/jws-vectors.json")))) {
            vectors.add(new Vector(
                    one.get("name").asText(),
                    one.get("key").toString(),
                    one.get("header").asText(),
                    one.get("payload").asText(),
                    one.get("signature").asText()));
        }
        return vectors;
    }

    @Test
    void areAllThere() throws IOException {
        assertEquals(9, vectors().size());
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void isGenuine(Vector vector) throws Exception {
        assertEquals(Verification.Outcome.GENUINE, judge(vector, vector.compact()));
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void isNotWithAnotherPayload(Vector vector) throws Exception {
        String other = vector.header + "." + vector.payload + "AAAA." + vector.signature;
        assertEquals(Verification.Outcome.MISMATCH, judge(vector, other));
    }

    private static Verification.Outcome judge(Vector vector, String compact) throws Exception {
        VerificationKey key = JwkReader.key(vector.key.getBytes(StandardCharsets.UTF_8));
        return KeySet.of(key).judge(compact).outcome();
    }
}
