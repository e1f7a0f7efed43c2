package dev.chainloop.token.verification;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.chainloop.token.verification.Verification.Judgment;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Verifies what others signed. */
class CrossCheckTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private static VerificationKey read(String jwk) throws Exception {
        JsonNode members = JSON.readTree(jwk);
        return members.path("kty").asText().equals("oct")
                ? VerificationKey.ofSecret(java.util.Base64.getUrlDecoder()
                        .decode(members.path("k").asText()))
                : KeyReader.publicKeys(jwk.getBytes(StandardCharsets.UTF_8))
                        .keys()
                        .get(0);
    }

    /** RFC 7515 appendix A, RFC 8037 appendix A.4 and RFC 7520 section 4, most with payloads that are not JSON. */
    @Test
    void theExamplesOfTheRfcsAreGenuine() throws Exception {
        JsonNode vectors =
                JSON.readTree(Path.of("src/test/resources/jws-vectors.json").toFile());
        assertEquals(6, vectors.size());
        for (JsonNode one : vectors) {
            String begin = one.get("header").asText() + "." + one.get("payload").asText();
            String signature = "." + one.get("signature").asText();
            VerificationKey key = read(one.get("key").toString());
            assertEquals(
                    true, isGenuine(begin + signature, key), one.get("name").asText());
            assertEquals(
                    false,
                    isGenuine(begin + "AAAA" + signature, key),
                    one.get("name").asText());
        }
    }

    private static boolean isGenuine(String token, VerificationKey key) throws Exception {
        return TestKeys.judge(token, key).outcome() == Judgment.GENUINE;
    }
}
