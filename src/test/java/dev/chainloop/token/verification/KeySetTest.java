package dev.chainloop.token.verification;

import static org.junit.jupiter.api.Assertions.*;

import com.fasterxml.jackson.databind.JsonNode;
import dev.chainloop.token.core.MalformedTokenException;
import dev.chainloop.token.testing.Payload;
import dev.chainloop.token.testing.TokenMint;
import dev.chainloop.token.verification.Verification.Judgment;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Key;
import java.security.KeyPair;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tokens of every algorithm, altered tokens, and claims that jjwt alone would reject. */
class KeySetTest {
    private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

    /** The control plane accepts a short secret, too, which HMAC fills up with zero bytes. */
    @ParameterizedTest
    @CsvSource({"HS256, 64", "HS384, 64", "HS512, 64", "HS512, 6"})
    void judgesEveryHmac(String algorithm, int length) throws Exception {
        byte[] secret = Arrays.copyOf(TestKeys.SECRET, length);
        Key filledUp = new SecretKeySpec(Arrays.copyOf(secret, 64), "HmacSHA512");
        String token = TestKeys.token(algorithm, filledUp, Map.of());
        TestKeys.assertGenuine(token, VerificationKey.ofSecret(secret));
        secret[0]++;
        TestKeys.assertOutcome(Judgment.MISMATCH, token, VerificationKey.ofSecret(secret));
    }

    @ParameterizedTest
    @FieldSource("dev.chainloop.token.verification.TestKeys#ALGORITHMS")
    void judgesEverySignature(String algorithm) throws Exception {
        List<KeyPair> pairs = TestKeys.pairsFor(algorithm);
        String token = TestKeys.token(algorithm, pairs.get(0).getPrivate(), Map.of());
        TestKeys.assertGenuine(token, TestKeys.key(pairs.get(0).getPublic()));
        TestKeys.assertOutcome(
                Judgment.MISMATCH, token, TestKeys.key(pairs.get(1).getPublic()));
    }

    /** What others signed: RFC 7515 appendix A, RFC 8037 appendix A.4 and RFC 7520 section 4, most with no JSON. */
    @Test
    void theExamplesOfTheRfcsAreGenuine() throws Exception {
        JsonNode examples = Payload.read(Files.readString(Path.of("src/test/resources/jws-vectors.json")));
        assertEquals(6, examples.size());
        for (JsonNode one : examples) {
            String begin = one.get("header").asText() + "." + one.get("payload").asText();
            String signature = "." + one.get("signature").asText();
            VerificationKey key = read(one.get("key"));
            TestKeys.assertGenuine(begin + signature, key);
            TestKeys.assertOutcome(Judgment.MISMATCH, begin + "AAAA" + signature, key);
        }
    }

    private static VerificationKey read(JsonNode jwk) throws Exception {
        return jwk.has("k")
                ? VerificationKey.ofSecret(
                        Base64.getUrlDecoder().decode(jwk.get("k").asText()))
                : KeySet.publicKeys(jwk.toString().getBytes(StandardCharsets.UTF_8))
                        .keys()
                        .get(0);
    }

    /** In this token, the last character of each segment has unused bits; those of the signature do not matter. */
    @ParameterizedTest(name = "segment {0}")
    @ValueSource(ints = {0, 1, 2})
    void noSignificantBitOfASegmentCanBeChanged(int segment) throws Exception {
        String token = TokenMint.token("{\"alg\":\"HS256\" }", "{\"iss\":\"cp.chainloop\"} ");
        assertEquals(Judgment.GENUINE, outcomeOrMalformed(token));
        String[] segments = token.split("\\.", -1);
        String original = segments[segment];
        int spare = original.length() % 4 == 2 ? 4 : 2;
        for (int i = 0; i < original.length(); i++) {
            for (int bit = 0; bit < 6; bit++) {
                char changed = ALPHABET.charAt(ALPHABET.indexOf(original.charAt(i)) ^ (1 << bit));
                segments[segment] = original.substring(0, i) + changed + original.substring(i + 1);
                assertEquals(
                        segment == 2 && i == original.length() - 1 && bit < spare,
                        outcomeOrMalformed(String.join(".", segments)) == Judgment.GENUINE,
                        "character " + i + ", bit " + bit);
            }
        }
    }

    private static Judgment outcomeOrMalformed(String compact) throws Exception {
        try {
            return TestKeys.judge(compact, TestKeys.secret(TokenMint.SECRET)).outcome();
        } catch (MalformedTokenException e) {
            return Judgment.REFUSED;
        }
    }

    static final List<String> CLAIMS_PLAY_NO_PART =
            List.of(("{\"iss\":5};{\"aud\":[1]};{\"aud\":{}};{\"exp\":\"abc\"};{\"exp\":1};{\"exp\":1e300};"
                            + "{\"exp\":1e999999999};{\"nbf\":99999999999};{\"iat\":null,\"jti\":[]};"
                            + "{\"a\":1,\"a\":2};null;[];not JSON")
                    .split(";"));

    @ParameterizedTest
    @FieldSource("CLAIMS_PLAY_NO_PART")
    void claimsPlayNoPart(String payload) throws Exception {
        TestKeys.assertGenuine(TokenMint.token(payload), TestKeys.secret(TokenMint.SECRET));
    }

    /** RFC 2104 section 2 pads a key with zero bytes, so a padded key makes the same HMAC. */
    @Test
    void aShortSecretIsAcceptedAndDiffersFromALongerOne() throws Exception {
        for (int length = 1; length <= 64; length++) {
            byte[] secret = Arrays.copyOf(TestKeys.SECRET, length);
            TestKeys.assertGenuine(TokenMint.token(TokenMint.HS256, "{}", secret), VerificationKey.ofSecret(secret));
        }
        String token = TokenMint.token(TokenMint.HS256, "{}", "short".getBytes(StandardCharsets.UTF_8));
        TestKeys.assertOutcome(Judgment.MISMATCH, token, TestKeys.secret("shor"));
        TestKeys.assertOutcome(Judgment.MISMATCH, token, TestKeys.secret("shortt"));
    }
}
