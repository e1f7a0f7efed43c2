package dev.chainloop.token.verification;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.chainloop.token.testing.TokenMint;
import dev.chainloop.token.verification.Verification.Judgment;
import io.jsonwebtoken.Jwts;
import io.jsonwebtoken.security.Jwks;
import io.jsonwebtoken.security.SecureDigestAlgorithm;
import java.nio.charset.StandardCharsets;
import java.security.Key;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Keys that are made here, tokens that jjwt signs with them, and verifications. */
final class TestKeys {
    /** The algorithms with a public key. */
    static final List<String> ALGORITHMS =
            List.of("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA");

    static final KeyPair RSA = TokenMint.rsa();
    static final KeyPair OTHER_RSA = pair("RSA", 2048);
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
    static List<KeyPair> pairsFor(String algorithm) {
        return switch (algorithm) {
            case "ES256" -> List.of(pair("EC", 256), pair("EC", 256));
            case "ES384" -> List.of(pair("EC", 384), pair("EC", 384));
            case "ES512" -> List.of(pair("EC", 521), pair("EC", 521));
            case "EdDSA" -> List.of(pair("Ed25519", 0), pair("Ed25519", 0));
            default -> List.of(RSA, OTHER_RSA);
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

    /** A federated token. */
    @SuppressWarnings("unchecked")
    static String token(String algorithm, Key key, Map<String, ?> header) {
        SecureDigestAlgorithm<Key, ?> signer =
                (SecureDigestAlgorithm<Key, ?>) Jwts.SIG.get().forKey(algorithm);
        return Jwts.builder()
                .header()
                .add(header)
                .and()
                .content(TokenMint.FEDERATED)
                .signWith(key, signer)
                .compact();
    }

    static String pem(PublicKey key) {
        return pem("PUBLIC KEY", key.getEncoded());
    }

    static String pem(String label, byte[] bytes) {
        String lines = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes);
        return "-----BEGIN " + label + "-----\n" + lines + "\n-----END " + label + "-----\n";
    }

    static void assertOutcome(Judgment outcome, String compact, VerificationKey key) throws Exception {
        assertEquals(outcome, judge(compact, key).outcome());
    }

    static void assertGenuine(String compact, VerificationKey key) throws Exception {
        assertEquals(new Verification(Judgment.GENUINE, Optional.of(key), Optional.empty()), judge(compact, key));
    }

    static Verification judge(String compact, VerificationKey key) throws Exception {
        return KeySet.of(key).judge(compact);
    }
}
