package dev.chainloop.token.verification;

import static org.junit.jupiter.api.Assertions.*;

import dev.chainloop.token.testing.TokenMint;
import dev.chainloop.token.verification.Verification.Judgment;
import io.jsonwebtoken.security.Jwks;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.KeyException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.Signature;
import java.security.interfaces.ECKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.RSAPublicKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Known ways to pass a forged token off as genuine, each by its name. */
class AttacksTest {
    private static final String UNSUPPORTED = "its signature cannot be verified: there is none, or its algorithm or an"
            + " extension (crit, b64) is not supported here";
    private static final String OTHER_KEY =
            "the signature does not match this key, so the token was signed with another"
                    + " key or changed afterwards";
    private static final VerificationKey SECRET = TestKeys.secret(TokenMint.SECRET);

    /** ¦ separates two tokens; the secret has signed each, or nothing has. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            algorithm none     | {"alg":"none"} ¦ {"alg":"None"} ¦ {"alg":"NONE"} ¦ {"alg":"nOnE"}
            spelled otherwise  | {"alg":"hs256"} ¦ {"alg":"HS256 "} ¦ {"alg":"HS-256"} ¦ {"alg":""} ¦ {"alg":"HS256\\u0000"}
            unknown algorithm  | {"alg":"ES256K"} ¦ {"alg":"Ed25519"} ¦ {"alg":"RSA-OAEP"} ¦ {"alg":"dir"}
            no algorithm       | {} ¦ {"alg":null} ¦ {"alg":1} ¦ {"alg":["HS256"]}
            critical extension | {"alg":"HS256","crit":[]} ¦ {"alg":"HS256","crit":["exp"],"exp":1}
            critical extension | {"alg":"HS256","crit":null} ¦ {"alg":"HS256","crit":"b64"}
            critical extension | {"alg":"HS256","crit":["b64"],"b64":false} ¦ {"alg":"HS256","crit":["b64"],"b64":true}
            unencoded payload  | {"alg":"HS256","b64":false} ¦ {"alg":"HS256","b64":true}
            """)
    void headerThatAsksForLess(String attack, String headers) throws Exception {
        for (String header : headers.split(" ¦ ")) {
            assertJudged(Judgment.REFUSED, UNSUPPORTED, TokenMint.token(header, "{}"), SECRET);
            assertUnsignedIsRejected(header);
        }
    }

    @Test
    void emptySignature() throws Exception {
        assertUnsignedIsRejected(TokenMint.HS256);
    }

    private static void assertUnsignedIsRejected(String header) throws Exception {
        String token = TokenMint.segment(header) + "." + TokenMint.segment("{}") + ".";
        assertJudged(Judgment.REFUSED, UNSUPPORTED, token, SECRET);
    }

    /** Everyone knows the public key; as an HMAC secret it would let everyone sign. */
    @Test
    void keyConfusion() throws Exception {
        VerificationKey key = TestKeys.key(TestKeys.RSA.getPublic());
        for (byte[] secret : List.of(
                TestKeys.pem(TestKeys.RSA.getPublic()).getBytes(StandardCharsets.UTF_8),
                TestKeys.RSA.getPublic().getEncoded())) {
            assertUnfit("HS256", "a shared secret", TokenMint.token(TokenMint.HS256, "{}", secret), key);
            assertUnfit("HS512", "a shared secret", TokenMint.token("{\"alg\":\"HS512\"}", "{}", secret), key);
        }
    }

    @Test
    void keyInTheToken() throws Exception {
        for (Map<String, ?> header : List.of(
                Map.of(
                        "jwk",
                        Jwks.builder()
                                .key((RSAPublicKey) TestKeys.OTHER_RSA.getPublic())
                                .build()),
                Map.of("jku", "https://attacker.example/keys"),
                Map.of("x5u", "https://attacker.example/chain"))) {
            String forged = TestKeys.token("RS256", TestKeys.OTHER_RSA.getPrivate(), header);
            assertJudged(Judgment.MISMATCH, OTHER_KEY, forged, TestKeys.key(TestKeys.RSA.getPublic()));
        }
    }

    /** CVE-2022-21449: a signature of zeros matches every key if r and s are not checked. */
    @Test
    void psychicSignature() throws Exception {
        KeyPair pair = TestKeys.pair("EC", 256);
        byte[] order = ((ECKey) pair.getPublic()).getParams().getOrder().toByteArray();
        byte[] both = new byte[64];
        System.arraycopy(order, order.length - 32, both, 0, 32);
        System.arraycopy(order, order.length - 32, both, 32, 32);
        String signed = TokenMint.segment("{\"alg\":\"ES256\"}") + "." + TokenMint.segment("{}") + ".";
        for (byte[] signature : List.of(new byte[64], both)) {
            assertJudged(
                    Judgment.MISMATCH, OTHER_KEY, signed + TokenMint.encode(signature), TestKeys.key(pair.getPublic()));
        }
    }

    /** JDK 17 accepts an Edwards signature with something after it. */
    @ParameterizedTest
    @CsvSource({"ES256, EC, 256", "EdDSA, Ed25519, 0", "EdDSA, Ed448, 0"})
    void signatureCutOffOrLonger(String algorithm, String keys, int bits) throws Exception {
        KeyPair pair = TestKeys.pair(keys, bits);
        VerificationKey key = TestKeys.key(pair.getPublic());
        String token = TestKeys.token(algorithm, pair.getPrivate(), Map.of());
        TestKeys.assertGenuine(token, key);
        int start = token.lastIndexOf('.') + 1;
        byte[] signature = Base64.getUrlDecoder().decode(token.substring(start));
        for (int length : new int[] {1, 32, signature.length - 1, signature.length + 1, 96, 128, 4096}) {
            String changed = token.substring(0, start) + TokenMint.encode(Arrays.copyOf(signature, length));
            assertJudged(Judgment.MISMATCH, OTHER_KEY, changed, key);
        }
    }

    @Test
    void keyOfAnotherCurve() throws Exception {
        String token = TestKeys.token("ES256", TestKeys.pair("EC", 256).getPrivate(), Map.of());
        VerificationKey key = TestKeys.key(TestKeys.pair("EC", 384).getPublic());
        assertUnfit("ES256", "a public key of its curve", token, key);
    }

    @Test
    void weakRsaKey() throws Exception {
        KeyPair weak = TestKeys.pair("RSA", 1024);
        String signed = TokenMint.segment("{\"alg\":\"RS256\"}") + "." + TokenMint.segment("{}");
        Signature signature = Signature.getInstance("SHA256withRSA");
        signature.initSign(weak.getPrivate());
        signature.update(signed.getBytes(StandardCharsets.US_ASCII));
        String token = signed + "." + TokenMint.encode(signature.sign());
        assertUnfit("RS256", "an RSA public key of at least 2048 bits", token, TestKeys.key(weak.getPublic()));
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
            assertEquals(1, KeySet.publicKeys(text).keys().size());
        } else {
            assertThrows(KeyException.class, () -> KeySet.publicKeys(text));
        }
    }

    @Test
    void keyOfAnotherNameIsTriedOnlyIfItHasNone() throws Exception {
        VerificationKey named = TestKeys.key(TestKeys.RSA.getPublic(), "a");
        VerificationKey other = TestKeys.key(TestKeys.OTHER_RSA.getPublic(), "a");
        VerificationKey nameless = TestKeys.key(TestKeys.RSA.getPublic());
        String token = TestKeys.token("RS256", TestKeys.RSA.getPrivate(), Map.of("kid", "b"));
        assertJudged(
                Judgment.MISMATCH,
                "no key in the set fits its kid and its algorithm RS256, which needs an RSA public key of at least 2048 bits",
                new KeySet(List.of(named), true).judge(token));
        assertEquals(
                Judgment.GENUINE,
                new KeySet(List.of(other, nameless), true).judge(token).outcome());
        String anonymous = TestKeys.token("RS256", TestKeys.RSA.getPrivate(), Map.of());
        assertEquals(
                Optional.of(named),
                new KeySet(List.of(other, named), true).judge(anonymous).key());
        assertJudged(
                Judgment.MISMATCH,
                OTHER_KEY.replace("does not match this key", "matches no key in the set"),
                new KeySet(List.of(other), true).judge(anonymous));
        // Only a set is chosen from.
        TestKeys.assertGenuine(token, named);
    }

    /** Anyone can read a set, so a secret in one is ignored. */
    @Test
    void aPublishedSecretIsNotASecret() throws Exception {
        String set = "{\"keys\":[{\"kty\":\"oct\",\"k\":\"" + TokenMint.segment(TokenMint.SECRET) + "\"},"
                + "{\"kid\":5,\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"x\":\"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo\"}]}";
        KeySet keys = KeySet.publicKeys(set.getBytes(StandardCharsets.UTF_8));
        assertEquals(
                Judgment.MISMATCH, keys.judge(TokenMint.token(TokenMint.USER)).outcome());
    }

    private static void assertUnfit(String algorithm, String needed, String token, VerificationKey key)
            throws Exception {
        String reason = "the given key does not fit its algorithm " + algorithm + ", which needs " + needed;
        assertJudged(Judgment.MISMATCH, reason, token, key);
    }

    private static void assertJudged(Judgment outcome, String reason, String token, VerificationKey key)
            throws Exception {
        assertJudged(outcome, reason, TestKeys.judge(token, key));
    }

    private static void assertJudged(Judgment outcome, String reason, Verification verification) {
        assertEquals(new Verification(outcome, Optional.empty(), Optional.of(reason)), verification);
    }
}
