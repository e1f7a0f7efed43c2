package dev.chainloop.token.verification;

import static org.junit.jupiter.api.Assertions.*;

import dev.chainloop.token.testing.TokenMint;
import dev.chainloop.token.verification.Verification.Outcome;
import io.jsonwebtoken.security.Jwks;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.RSAPublicKeySpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Known ways to pass a forged token off as genuine, each by its name. */
class AttacksTest {
    private static final Map<String, ?> CLAIMS = Map.of("iss", "cp.chainloop");

    @ParameterizedTest
    @ValueSource(strings = {"none", "None", "NONE", "nOnE"})
    void algorithmNone(String none) throws Exception {
        String header = "{\"alg\":\"" + none + "\"}";
        String unsigned = TokenMint.segment(header) + "." + TokenMint.segment("{}") + ".";
        assertRefused("Its algorithm is none: it is not signed at all.", unsigned, secret());
        assertRefused("Its algorithm is none: it is not signed at all.", TokenMint.token(header, "{}"), secret());
    }

    @Test
    void emptySignature() throws Exception {
        String token = TokenMint.segment(TokenMint.HS256) + "." + TokenMint.segment("{}") + ".";
        assertRefused("Its signature is empty.", token, secret());
    }

    @ParameterizedTest
    @ValueSource(strings = {"hs256", "HS256 ", "HS-256", "", "ES256K", "Ed25519", "RSA-OAEP", "dir", "HS256\\u0000"})
    void algorithmSpelledOtherwise(String word) throws Exception {
        String token = TokenMint.token("{\"alg\":\"" + word + "\"}", "{}");
        TestKeys.assertOutcome(Outcome.REFUSED, token, secret());
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"alg\":null}", "{\"alg\":1}", "{\"alg\":[\"HS256\"]}"})
    void algorithmMissing(String header) throws Exception {
        assertRefused(
                "Its header names no algorithm, so its signature cannot be verified.",
                TokenMint.token(header, "{}"),
                secret());
    }

    /** Everyone knows the public key; as an HMAC secret it would let everyone sign. */
    @Test
    void keyConfusion() throws Exception {
        VerificationKey key = TestKeys.key(TestKeys.RSA.getPublic());
        for (byte[] secret : List.of(
                TestKeys.pem(TestKeys.RSA.getPublic()).getBytes(StandardCharsets.UTF_8),
                TestKeys.RSA.getPublic().getEncoded())) {
            assertRefused(
                    "Its algorithm HS256 needs a shared secret, but the given key is an RSA key.",
                    TokenMint.token(TokenMint.HS256, "{}", secret),
                    key);
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
        assertRefused(
                "Its header has crit or b64, extensions that change what a signature covers.",
                TokenMint.token("{\"alg\":\"HS256\"," + members + "}", "{}"),
                secret());
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
        String forged = TestKeys.token(Algorithm.RS256, TestKeys.OTHER_RSA.getPrivate(), header, CLAIMS);
        TestKeys.assertOutcome(Outcome.MISMATCH, forged, TestKeys.key(TestKeys.RSA.getPublic()));
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
        String token = TestKeys.token(Algorithm.ES256, TestKeys.EC.getPrivate(), Map.of(), CLAIMS);
        int start = token.lastIndexOf('.') + 1;
        byte[] signature = Base64.getUrlDecoder().decode(token.substring(start));
        for (int length : new int[] {1, 32, 63, 65, 96, 128, 4096}) {
            assertMismatch(token.substring(0, start) + TokenMint.encode(java.util.Arrays.copyOf(signature, length)));
        }
    }

    private static void assertMismatch(String token) throws Exception {
        Verification verification = TestKeys.judge(token, TestKeys.key(TestKeys.EC.getPublic()));
        assertEquals(Outcome.MISMATCH, verification.outcome());
        assertEquals(
                Optional.of("The signature does not match this key: the token was signed with another key, or was"
                        + " changed afterwards."),
                verification.reason());
    }

    @Test
    void keyOfAnotherCurve() throws Exception {
        String token = TestKeys.token(Algorithm.ES256, TestKeys.EC.getPrivate(), Map.of(), CLAIMS);
        assertRefused(
                "The given key is not for its algorithm ES256, or is too weak for it.",
                token,
                TestKeys.key(TestKeys.pair("EC", 384).getPublic()));
    }

    @Test
    void weakRsaKey() throws Exception {
        KeyPair weak = TestKeys.pair("RSA", 1024);
        String signed = TokenMint.segment("{\"alg\":\"RS256\"}") + "." + TokenMint.segment("{}");
        Signature signature = Signature.getInstance("SHA256withRSA");
        signature.initSign(weak.getPrivate());
        signature.update(signed.getBytes(StandardCharsets.US_ASCII));
        assertRefused(
                "The given key is not for its algorithm RS256, or is too weak for it.",
                signed + "." + TokenMint.encode(signature.sign()),
                TestKeys.key(weak.getPublic()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"use\":\"enc\"",
                "\"use\":1",
                "\"key_ops\":[\"encrypt\"]",
                "\"key_ops\":[]",
                "\"key_ops\":\"verify\"",
                "\"alg\":\"RS512\"",
                "\"alg\":\"RSA-OAEP\"",
            })
    void keyMeantForSomethingElse(String member) throws Exception {
        String token = TestKeys.token(Algorithm.RS256, TestKeys.RSA.getPrivate(), Map.of(), CLAIMS);
        assertRefused(
                "The given key is not for its algorithm RS256, or is too weak for it.",
                token,
                key(TestKeys.RSA, member));
        TestKeys.assertOutcome(
                Outcome.GENUINE,
                token,
                key(TestKeys.RSA, "\"use\":\"sig\",\"key_ops\":[\"verify\"],\"alg\":\"RS256\""));
    }

    /** A set of one megabyte of them took over a minute. */
    @Test
    void keySetOfKeysWithHugeExponents() throws Exception {
        List<VerificationKey> keys = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            BigInteger modulus =
                    BigInteger.ONE.shiftLeft(3071).setBit(2 * i + 1).setBit(0);
            keys.add(rsa(modulus, BigInteger.ONE.shiftLeft(3070).setBit(0)));
        }
        String token = TestKeys.token(Algorithm.RS256, TestKeys.RSA.getPrivate(), Map.of(), CLAIMS);
        assertRefused("The given key is not for its algorithm RS256, or is too weak for it.", token, keys.get(0));
        Verification verification =
                assertTimeoutPreemptively(Duration.ofSeconds(2), () -> new KeySet(keys, true).judge(token));
        assertReason(Outcome.REFUSED, "None of the keys fits its algorithm RS256.", verification);
        keys.add(TestKeys.key(TestKeys.OTHER_RSA.getPublic()));
        assertEquals(Outcome.MISMATCH, new KeySet(keys, true).judge(token).outcome());
        keys.add(TestKeys.key(TestKeys.RSA.getPublic()));
        assertEquals(Outcome.GENUINE, new KeySet(keys, true).judge(token).outcome());
    }

    @ParameterizedTest
    @CsvSource({"64, MISMATCH", "65, REFUSED"})
    void exponentOfSoManyBits(int bits, Outcome outcome) throws Exception {
        BigInteger exponent = BigInteger.ONE.shiftLeft(bits - 1).setBit(0);
        String token = TestKeys.token(Algorithm.RS256, TestKeys.RSA.getPrivate(), Map.of(), CLAIMS);
        BigInteger modulus = ((RSAPublicKey) TestKeys.OTHER_RSA.getPublic()).getModulus();
        assertEquals(outcome, TestKeys.judge(token, rsa(modulus, exponent)).outcome());
    }

    private static VerificationKey rsa(BigInteger modulus, BigInteger exponent) throws Exception {
        return TestKeys.key(KeyFactory.getInstance("RSA").generatePublic(new RSAPublicKeySpec(modulus, exponent)));
    }

    @Test
    void keySetOfMoreKeysThanAreTried() throws Exception {
        VerificationKey other = TestKeys.secret("other");
        List<VerificationKey> keys = new ArrayList<>(Collections.nCopies(1000, other));
        keys.add(TestKeys.secret(TokenMint.SECRET));
        String token = TokenMint.token("{}");
        Verification verification = new KeySet(keys, true).judge(token);
        assertReason(
                Outcome.REFUSED,
                "The signature matches none of the first 1000 of 1001 suitable keys; the others were not tried.",
                verification);
        keys.remove(0);
        assertEquals(Outcome.GENUINE, new KeySet(keys, true).judge(token).outcome());
    }

    @Test
    void keyOfAnotherNameIsTriedOnlyIfItHasNone() throws Exception {
        VerificationKey named = TestKeys.key(TestKeys.RSA.getPublic(), "a");
        VerificationKey other = TestKeys.key(TestKeys.OTHER_RSA.getPublic(), "a");
        VerificationKey nameless = TestKeys.key(TestKeys.RSA.getPublic());
        String token = TestKeys.token(Algorithm.RS256, TestKeys.RSA.getPrivate(), Map.of("kid", "b"), CLAIMS);
        Verification verification = new KeySet(List.of(named), true).judge(token);
        assertReason(Outcome.REFUSED, "No key in the set has the token's kid.", verification);
        assertEquals(
                Outcome.GENUINE,
                new KeySet(List.of(other, nameless), true).judge(token).outcome());
    }

    /** Anyone can read a set, so a secret in one is ignored. */
    @Test
    void aPublishedSecretIsNotASecret() throws Exception {
        String set = "{\"keys\":[{\"kty\":\"oct\",\"k\":\"" + TokenMint.segment(TokenMint.SECRET) + "\"},"
                + "{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"x\":\"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo\"}]}";
        byte[] text = set.getBytes(StandardCharsets.UTF_8);
        String token = TokenMint.token(TokenMint.USER);
        assertEquals(Outcome.REFUSED, KeyReader.set(text).judge(token).outcome());
    }

    private static VerificationKey secret() throws KeyException {
        return TestKeys.secret(TokenMint.SECRET);
    }

    private static Map<String, String> jwk(KeyPair pair) {
        var jwk = Jwks.builder()
                .key((java.security.interfaces.RSAPublicKey) pair.getPublic())
                .build();
        return Map.of("kty", "RSA", "n", (String) jwk.get("n"), "e", (String) jwk.get("e"));
    }

    private static VerificationKey key(KeyPair pair, String member) throws KeyException {
        Map<String, String> jwk = jwk(pair);
        String text = "{\"kty\":\"RSA\",\"n\":\"" + jwk.get("n") + "\",\"e\":\"" + jwk.get("e") + "\"," + member + "}";
        return KeyReader.single(text.getBytes(StandardCharsets.UTF_8)).keys().get(0);
    }

    private static void assertRefused(String reason, String token, VerificationKey key) throws Exception {
        Verification verification = TestKeys.judge(token, key);
        assertReason(Outcome.REFUSED, reason, verification);
    }

    private static void assertReason(Outcome outcome, String reason, Verification verification) {
        assertEquals(Optional.of(reason), verification.reason());
        assertEquals(outcome, verification.outcome());
    }
}
