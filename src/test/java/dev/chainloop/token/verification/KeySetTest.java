package dev.chainloop.token.verification;

import static org.junit.jupiter.api.Assertions.*;

import dev.chainloop.token.core.MalformedTokenException;
import dev.chainloop.token.testing.TokenMint;
import dev.chainloop.token.verification.Verification.Judgment;
import java.nio.charset.StandardCharsets;
import java.security.Key;
import java.security.KeyPair;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tokens of every algorithm, altered tokens, and claims that jjwt alone would refuse. */
class KeySetTest {
    private static final Map<String, ?> CLAIMS = Map.of("iss", "cp.chainloop", "jti", "1");

    /** The control plane takes a short secret, too, which HMAC fills up with zero bytes. */
    @ParameterizedTest
    @CsvSource({"HS256, 64", "HS384, 64", "HS512, 64", "HS512, 6"})
    void judgesEveryHmac(String algorithm, int length) throws Exception {
        byte[] secret = Arrays.copyOf(TestKeys.SECRET, length);
        Key filledUp = new SecretKeySpec(Arrays.copyOf(secret, 64), "HmacSHA512");
        String token = TestKeys.token(algorithm, filledUp, Map.of(), CLAIMS);
        byte[] other = secret.clone();
        other[0]++;
        assertGenuine(TestKeys.judge(token, key(secret)));
        TestKeys.assertOutcome(Judgment.MISMATCH, token, key(other));
    }

    @ParameterizedTest
    @ValueSource(strings = {"RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"})
    void judgesEverySignature(String algorithm) throws Exception {
        KeyPair[] pairs = TestKeys.pairsFor(algorithm);
        String token = TestKeys.token(algorithm, pairs[0].getPrivate(), Map.of(), CLAIMS);
        assertGenuine(TestKeys.judge(token, TestKeys.key(pairs[0].getPublic())));
        TestKeys.assertOutcome(Judgment.MISMATCH, token, TestKeys.key(pairs[1].getPublic()));
    }

    @Test
    void judgesEd448Too() throws Exception {
        KeyPair pair = TestKeys.pair("Ed448", 0);
        String token = TestKeys.token("EdDSA", pair.getPrivate(), Map.of(), CLAIMS);
        assertGenuine(TestKeys.judge(token, TestKeys.key(pair.getPublic())));
    }

    /** JDK 17 takes such a signature for a valid one. */
    @ParameterizedTest
    @ValueSource(strings = {"Ed25519", "Ed448"})
    void aByteBehindAnEdwardsSignatureIsNotIgnored(String curve) throws Exception {
        KeyPair pair = TestKeys.pair(curve, 0);
        String token = TestKeys.token("EdDSA", pair.getPrivate(), Map.of(), CLAIMS);
        int dot = token.lastIndexOf('.') + 1;
        byte[] signature = Base64.getUrlDecoder().decode(token.substring(dot));
        String longer =
                Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(signature, signature.length + 1));
        assertGenuine(TestKeys.judge(token, TestKeys.key(pair.getPublic())));
        TestKeys.assertOutcome(Judgment.MISMATCH, token.substring(0, dot) + longer, TestKeys.key(pair.getPublic()));
    }

    private static void assertGenuine(Verification verification) {
        assertEquals(Judgment.GENUINE, verification.outcome());
        assertEquals(Optional.empty(), verification.reason());
        assertTrue(verification.key().isPresent());
    }

    /** A token in which the last character of each segment has unused bits. */
    private static final String SPARE = TokenMint.token("{\"alg\":\"HS256\" }", "{\"iss\":\"cp.chainloop\"} ");

    @ParameterizedTest(name = "segment {0}")
    @ValueSource(ints = {0, 1, 2})
    void noSignificantBitOfASegmentCanBeChanged(int segment) throws Exception {
        String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        String[] segments = SPARE.split("\\.", -1);
        String original = segments[segment];
        int spare = original.length() % 4 == 0 ? 0 : original.length() % 4 == 2 ? 4 : 2;
        for (int i = 0; i < original.length(); i++) {
            for (int bit = i == original.length() - 1 ? spare : 0; bit < 6; bit++) {
                char changed = alphabet.charAt(alphabet.indexOf(original.charAt(i)) ^ (1 << bit));
                segments[segment] = original.substring(0, i) + changed + original.substring(i + 1);
                assertNotEquals(
                        Judgment.GENUINE,
                        outcomeOrMalformed(String.join(".", segments)),
                        "character " + i + ", bit " + bit);
            }
        }
    }

    @Test
    void unusedBitsAtTheSignaturesEndDoNotMatter() throws Exception {
        assertEquals(Judgment.GENUINE, outcomeOrMalformed(SPARE));
        String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        int last = SPARE.length() - 1;
        char changed = alphabet.charAt(alphabet.indexOf(SPARE.charAt(last)) ^ 1);
        assertEquals(Judgment.GENUINE, outcomeOrMalformed(SPARE.substring(0, last) + changed));
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
        String token = TokenMint.token(TokenMint.HS256, payload);
        TestKeys.assertOutcome(Judgment.GENUINE, token, TestKeys.secret(TokenMint.SECRET));
    }

    /** RFC 2104 section 2 pads a key with zero bytes, so a padded one makes the same HMAC. */
    @Test
    void aShortSecretIsTaken() throws Exception {
        for (int length = 1; length <= 64; length++) {
            byte[] secret = Arrays.copyOf(TestKeys.SECRET, length);
            Verification verification = TestKeys.judge(TokenMint.token(TokenMint.HS256, "{}", secret), key(secret));
            assertEquals(Judgment.GENUINE, verification.outcome(), "length " + length);
        }
    }

    @Test
    void aShortSecretIsNotALongerOne() throws Exception {
        String token = TokenMint.token(TokenMint.HS256, "{}", "short".getBytes(StandardCharsets.UTF_8));
        TestKeys.assertOutcome(Judgment.MISMATCH, token, TestKeys.secret("shor"));
        TestKeys.assertOutcome(Judgment.MISMATCH, token, TestKeys.secret("shortt"));
    }

    private static VerificationKey key(byte[] secret) {
        return VerificationKey.ofSecret(secret);
    }
}
