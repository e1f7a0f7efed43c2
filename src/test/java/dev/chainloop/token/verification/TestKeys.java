package dev.chainloop.token.verification;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.chainloop.token.verification.Verification.Judgment;
import io.jsonwebtoken.Jwts;
import io.jsonwebtoken.security.Jwks;
import io.jsonwebtoken.security.SecureDigestAlgorithm;
import java.nio.charset.StandardCharsets;
import java.security.Key;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
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
    static KeyPair[] pairsFor(String algorithm) {
        return switch (algorithm) {
            case "ES256" -> new KeyPair[] {EC, OTHER_EC};
            case "ES384" -> new KeyPair[] {pair("EC", 384), pair("EC", 384)};
            case "ES512" -> new KeyPair[] {pair("EC", 521), pair("EC", 521)};
            case "EdDSA" -> new KeyPair[] {pair("Ed25519", 0), pair("Ed25519", 0)};
            default -> new KeyPair[] {RSA, OTHER_RSA};
        };
    }

    static VerificationKey secret(String secret) {
        return VerificationKey.ofSecret(secret.getBytes(StandardCharsets.UTF_8));
    }

    static VerificationKey key(PublicKey key) {
        return VerificationKey.of(Jwks.builder().key(key).build(), Optional.empty());
    }

    static VerificationKey key(PublicKey key, String kid) {
        return VerificationKey.of(Jwks.builder().key(key).build(), Optional.of(kid));
    }

    @SuppressWarnings("unchecked")
    static String token(String algorithm, Key key, Map<String, ?> header, Map<String, ?> claims) {
        SecureDigestAlgorithm<Key, ?> signer =
                (SecureDigestAlgorithm<Key, ?>) Jwts.SIG.get().forKey(algorithm);
        return Jwts.builder()
                .header()
                .add(header)
                .and()
                .claims(claims)
                .signWith(key, signer)
                .compact();
    }

    static Key secretKey() {
        return new SecretKeySpec(SECRET, "HmacSHA512");
    }

    static String pem(PublicKey key) {
        return SignedToken.pem("PUBLIC KEY", key.getEncoded());
    }

    static void assertOutcome(Judgment outcome, String compact, VerificationKey key) throws Exception {
        assertEquals(outcome, judge(compact, key).outcome());
    }

    static Verification judge(String compact, VerificationKey key) throws Exception {
        return KeySet.of(key).judge(compact);
    }
}
