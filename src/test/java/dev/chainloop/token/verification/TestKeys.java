package dev.chainloop.token.verification;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.chainloop.token.testing.SignedToken;
import dev.chainloop.token.verification.Verification.Outcome;
import io.jsonwebtoken.Jwts;
import io.jsonwebtoken.security.Jwks;
import io.jsonwebtoken.security.SecureDigestAlgorithm;
import java.nio.charset.StandardCharsets;
import java.security.Key;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import javax.crypto.spec.SecretKeySpec;

/** Keys that are made here, tokens that jjwt signs with them, and verifications. */
final class TestKeys {
    static final KeyPair RSA = SignedToken.rsa();
    static final KeyPair OTHER_RSA = pair("RSA", 2048);
    static final KeyPair EC = pair("EC", 256);
    static final KeyPair OTHER_EC = pair("EC", 256);
    static final byte[] SECRET = "0123456789abcdef".repeat(4).getBytes(StandardCharsets.UTF_8);

    private TestKeys() {}

    static KeyPair pair(String algorithm, int bits) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
            if (bits > 0) {
                generator.initialize(bits);
            }
            return generator.generateKeyPair();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** Two different keys for an algorithm, each with its signing half. */
    static KeyPair[] pairsFor(Algorithm algorithm) {
        return switch (algorithm) {
            case HS256, HS384, HS512 -> throw new IllegalArgumentException("takes a secret");
            case RS256, RS384, RS512, PS256, PS384, PS512 -> new KeyPair[] {RSA, OTHER_RSA};
            case ES256 -> new KeyPair[] {EC, OTHER_EC};
            case ES384 -> new KeyPair[] {pair("EC", 384), pair("EC", 384)};
            case ES512 -> new KeyPair[] {pair("EC", 521), pair("EC", 521)};
            case EDDSA -> new KeyPair[] {pair("Ed25519", 0), pair("Ed25519", 0)};
        };
    }

    static VerificationKey secret(String secret) throws KeyException {
        return VerificationKey.ofSecret(secret.getBytes(StandardCharsets.UTF_8));
    }

    static VerificationKey key(PublicKey key) throws KeyException {
        return VerificationKey.of(Jwks.builder().key(key).build(), VerificationKey.Limits.NONE);
    }

    static VerificationKey key(PublicKey key, String kid) throws KeyException {
        VerificationKey.Limits limits = new VerificationKey.Limits(Optional.of(kid), Optional.empty(), true);
        return VerificationKey.of(Jwks.builder().key(key).build(), limits);
    }

    @SuppressWarnings("unchecked")
    static String token(Algorithm algorithm, Key key, Map<String, ?> header, Map<String, ?> claims) {
        SecureDigestAlgorithm<Key, ?> signer =
                (SecureDigestAlgorithm<Key, ?>) Jwts.SIG.get().forKey(algorithm.word());
        return Jwts.builder()
                .header()
                .add(header)
                .and()
                .claims(claims)
                .signWith(key, signer)
                .compact();
    }

    static Key secretKey(Algorithm algorithm) {
        return new SecretKeySpec(SECRET, "HmacSHA" + algorithm.bits);
    }

    static String pem(PublicKey key) {
        return pem("PUBLIC KEY", key.getEncoded());
    }

    static String pem(String label, byte[] bytes) {
        return "-----BEGIN " + label + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes) + "\n-----END " + label
                + "-----\n";
    }

    static void assertOutcome(Outcome outcome, String compact, VerificationKey key) throws Exception {
        assertEquals(outcome, judge(compact, key).outcome());
    }

    static Verification judge(String compact, VerificationKey key) throws Exception {
        return KeySet.of(key).judge(compact);
    }
}
