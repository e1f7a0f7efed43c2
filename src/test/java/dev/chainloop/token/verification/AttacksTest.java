package dev.chainloop.token.verification;

import static org.junit.jupiter.api.Assertions.*;

import dev.chainloop.token.testing.TokenMint;
import dev.chainloop.token.verification.Verification.Judgment;
import io.jsonwebtoken.security.Jwks;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.RSAPublicKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Known ways to pass a forged token off as genuine, each by its name. */
class AttacksTest {
    private static final String UNSUPPORTED = "its signature cannot be verified: there is none, or its algorithm or an"
            + " extension (crit, b64) is not supported here";
    private static final Map<String, ?> CLAIMS = Map.of("iss", "cp.chainloop");

    @ParameterizedTest
    @ValueSource(strings = {"none", "None", "NONE", "nOnE"})
    void algorithmNone(String none) throws Exception {
        String header = "{\"alg\":\"" + none + "\"}";
        String unsigned = TokenMint.segment(header) + "." + TokenMint.segment("{}") + ".";
        assertRefused(UNSUPPORTED, unsigned, secret());
        assertRefused(UNSUPPORTED, TokenMint.token(header, "{}"), secret());
    }

    @Test
    void emptySignature() throws Exception {
        String token = TokenMint.segment(TokenMint.HS256) + "." + TokenMint.segment("{}") + ".";
        assertRefused(UNSUPPORTED, token, secret());
    }

    @ParameterizedTest
    @ValueSource(strings = {"hs256", "HS256 ", "HS-256", "", "ES256K", "Ed25519", "RSA-OAEP", "dir", "HS256\\u0000"})
    void algorithmSpelledOtherwise(String word) throws Exception {
        String token = TokenMint.token("{\"alg\":\"" + word + "\"}", "{}");
        TestKeys.assertOutcome(Judgment.REFUSED, token, secret());
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"alg\":null}", "{\"alg\":1}", "{\"alg\":[\"HS256\"]}"})
    void algorithmMissing(String header) throws Exception {
        assertRefused(UNSUPPORTED, TokenMint.token(header, "{}"), secret());
    }

    /** Everyone knows the public key; as an HMAC secret it would let everyone sign. */
    @Test
    void keyConfusion() throws Exception {
        VerificationKey key = TestKeys.key(TestKeys.RSA.getPublic());
        for (byte[] secret : List.of(
                TestKeys.pem(TestKeys.RSA.getPublic()).getBytes(StandardCharsets.UTF_8),
                TestKeys.RSA.getPublic().getEncoded())) {
            assertUnfit("HS256", TokenMint.token(TokenMint.HS256, "{}", secret), key);
            assertUnfit("HS512", TokenMint.token("{\"alg\":\"HS512\"}", "{}", secret), key);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"crit\":[]",
                "\"crit\":[\"exp\"],\"exp\":1",
                "\"crit\":[\"b64\"],\"b64\":false",
                "\"crit\":[\"b64\"],\"b64\":true",
                "\"b64\":false",
                "\"b64\":true",
                "\"crit\":null",
                "\"crit\":\"b64\"",
            })
    void criticalExtensions(String members) throws Exception {
        assertRefused(UNSUPPORTED, TokenMint.token("{\"alg\":\"HS256\"," + members + "}", "{}"), secret());
    }

    @Test
    void embeddedKey() throws Exception {
        Map<String, ?> jwk = Map.copyOf(jwk(TestKeys.OTHER_RSA));
        assertNotTrusted(Map.of("jwk", jwk));
    }

    @Test
    void keyUrl() throws Exception {
        assertNotTrusted(Map.of("jku", "https://attacker.example/keys"));
        assertNotTrusted(Map.of("x5u", "https://attacker.example/chain"));
    }

    private static void assertNotTrusted(Map<String, ?> header) throws Exception {
        String forged = TestKeys.token("RS256", TestKeys.OTHER_RSA.getPrivate(), header, CLAIMS);
        TestKeys.assertOutcome(Judgment.MISMATCH, forged, TestKeys.key(TestKeys.RSA.getPublic()));
    }

    /** CVE-2022-21449: a signature of zeros matches every key where r and s are not checked. */
    @Test
    void psychicSignature() throws Exception {
        String header = TokenMint.segment("{\"alg\":\"ES256\"}") + "." + TokenMint.segment("{}") + ".";
        assertMismatch(header + TokenMint.encode(new byte[64]));
        byte[] order = TestKeys.EC.getPublic() instanceof java.security.interfaces.ECKey key
                ? key.getParams().getOrder().toByteArray()
                : new byte[0];
        byte[] both = new byte[64];
        System.arraycopy(order, order.length - 32, both, 0, 32);
        System.arraycopy(order, order.length - 32, both, 32, 32);
        assertMismatch(header + TokenMint.encode(both));
    }

    @Test
    void signatureCutOffOrLonger() throws Exception {
        String token = TestKeys.token("ES256", TestKeys.EC.getPrivate(), Map.of(), CLAIMS);
        int start = token.lastIndexOf('.') + 1;
        byte[] signature = Base64.getUrlDecoder().decode(token.substring(start));
        for (int length : new int[] {1, 32, 63, 65, 96, 128, 4096}) {
            assertMismatch(token.substring(0, start) + TokenMint.encode(java.util.Arrays.copyOf(signature, length)));
        }
    }

    private static void assertMismatch(String token) throws Exception {
        Verification verification = TestKeys.judge(token, TestKeys.key(TestKeys.EC.getPublic()));
        assertEquals(Judgment.MISMATCH, verification.outcome());
        assertEquals(
                Optional.of("the signature does not match this key: the token was signed with another key, or was"
                        + " changed afterwards"),
                verification.reason());
    }

    @Test
    void keyOfAnotherCurve() throws Exception {
        String token = TestKeys.token("ES256", TestKeys.EC.getPrivate(), Map.of(), CLAIMS);
        assertUnfit("ES256", token, TestKeys.key(TestKeys.pair("EC", 384).getPublic()));
    }

    @Test
    void weakRsaKey() throws Exception {
        KeyPair weak = TestKeys.pair("RSA", 1024);
        String signed = TokenMint.segment("{\"alg\":\"RS256\"}") + "." + TokenMint.segment("{}");
        Signature signature = Signature.getInstance("SHA256withRSA");
        signature.initSign(weak.getPrivate());
        signature.update(signed.getBytes(StandardCharsets.US_ASCII));
        assertUnfit("RS256", signed + "." + TokenMint.encode(signature.sign()), TestKeys.key(weak.getPublic()));
    }

    /** A set of one megabyte of them took over a minute. */
    @ParameterizedTest
    @CsvSource({"64, true", "65, false"})
    void keyWithAHugeExponent(int bits, boolean usable) throws Exception {
        BigInteger exponent = BigInteger.ONE.shiftLeft(bits - 1).setBit(0);
        BigInteger modulus = ((RSAPublicKey) TestKeys.OTHER_RSA.getPublic()).getModulus();
        String pem =
                TestKeys.pem(KeyFactory.getInstance("RSA").generatePublic(new RSAPublicKeySpec(modulus, exponent)));
        byte[] text = pem.getBytes(StandardCharsets.UTF_8);
        if (usable) {
            assertEquals(1, KeyReader.publicKeys(text).keys().size());
        } else {
            assertThrows(KeyException.class, () -> KeyReader.publicKeys(text));
        }
    }

    @Test
    void keyOfAnotherNameIsTriedOnlyIfItHasNone() throws Exception {
        VerificationKey named = TestKeys.key(TestKeys.RSA.getPublic(), "a");
        VerificationKey other = TestKeys.key(TestKeys.OTHER_RSA.getPublic(), "a");
        VerificationKey nameless = TestKeys.key(TestKeys.RSA.getPublic());
        String token = TestKeys.token("RS256", TestKeys.RSA.getPrivate(), Map.of("kid", "b"), CLAIMS);
        Verification verification = new KeySet(List.of(named), true).judge(token);
        assertReason(
                Judgment.MISMATCH,
                "no key in the set fits its kid and its algorithm RS256, which needs an RSA public key of at least 2048 bits",
                verification);
        assertEquals(
                Judgment.GENUINE,
                new KeySet(List.of(other, nameless), true).judge(token).outcome());
        String anonymous = TestKeys.token("RS256", TestKeys.RSA.getPrivate(), Map.of(), CLAIMS);
        verification = new KeySet(List.of(other, named), true).judge(anonymous);
        assertEquals(Optional.of(named), verification.key());
        verification = new KeySet(List.of(other), true).judge(anonymous);
        assertTrue(verification.reason().orElseThrow().startsWith("the signature matches no key in the set:"));
        // Only a set is chosen from.
        assertEquals(
                Judgment.GENUINE, new KeySet(List.of(named), false).judge(token).outcome());
    }

    /** Anyone can read a set, so a secret in one is ignored. */
    @Test
    void aPublishedSecretIsNotASecret() throws Exception {
        String set = "{\"keys\":[{\"kty\":\"oct\",\"k\":\"" + TokenMint.segment(TokenMint.SECRET) + "\"},"
                + "{\"kid\":5,\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"x\":\"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo\"}]}";
        byte[] text = set.getBytes(StandardCharsets.UTF_8);
        String token = TokenMint.token(TokenMint.USER);
        assertEquals(Judgment.MISMATCH, KeyReader.publicKeys(text).judge(token).outcome());
    }

    private static VerificationKey secret() {
        return TestKeys.secret(TokenMint.SECRET);
    }

    private static Map<String, String> jwk(KeyPair pair) {
        var jwk = Jwks.builder()
                .key((java.security.interfaces.RSAPublicKey) pair.getPublic())
                .build();
        return Map.of("kty", "RSA", "n", (String) jwk.get("n"), "e", (String) jwk.get("e"));
    }

    private static void assertUnfit(String algorithm, String token, VerificationKey key) throws Exception {
        String needed = Map.of("RS256", "an RSA public key of at least 2048 bits", "ES256", "a public key of its curve")
                .getOrDefault(algorithm, "a shared secret");
        String reason = "the given key does not fit its algorithm " + algorithm + ", which needs " + needed;
        assertReason(Judgment.MISMATCH, reason, TestKeys.judge(token, key));
    }

    private static void assertRefused(String reason, String token, VerificationKey key) throws Exception {
        Verification verification = TestKeys.judge(token, key);
        assertReason(Judgment.REFUSED, reason, verification);
    }

    private static void assertReason(Judgment outcome, String reason, Verification verification) {
        assertEquals(Optional.of(reason), verification.reason());
        assertEquals(outcome, verification.outcome());
    }
}
