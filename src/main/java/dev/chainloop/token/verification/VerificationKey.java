package dev.chainloop.token.verification;

import io.jsonwebtoken.security.Jwk;
import java.security.Key;
import java.security.interfaces.RSAPublicKey;
import java.util.Arrays;
import java.util.Optional;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/**
 * A key that can verify a signature. {@link #toString} does not show it: it may be a secret.
 *
 * @param kid hostile text until sanitized
 * @param thumbprint the SHA-256 thumbprint of RFC 7638, in base64url; empty for a secret, which could be guessed from it
 */
public record VerificationKey(Key key, Optional<String> kid, Optional<String> thumbprint) {
    private static final int MOST_EXPONENT_BITS = 64;

    /** The fewest bytes of a secret that jjwt accepts for HS512. */
    private static final int LEAST_SECRET = 64;

    /**
     * A secret. A short secret is padded with zero bytes, as HMAC does before anything else (RFC 2104 section 2), so the
     * result is the same; jjwt would reject the short secret, which the control plane accepts.
     */
    static VerificationKey ofSecret(byte[] secret) {
        byte[] padded = Arrays.copyOf(secret, Math.max(secret.length, LEAST_SECRET));
        return new VerificationKey(new SecretKeySpec(padded, "HmacSHA512"), Optional.empty(), Optional.empty());
    }

    /**
     * A public key.
     *
     * @throws IllegalArgumentException when it has an exponent that nobody uses and that would make verifying very slow
     */
    static VerificationKey of(Jwk<?> jwk, Optional<String> kid) {
        Key key = jwk.toKey();
        if (key instanceof RSAPublicKey rsa && rsa.getPublicExponent().bitLength() > MOST_EXPONENT_BITS) {
            throw new IllegalArgumentException("exponent");
        }
        return new VerificationKey(key, kid, Optional.of(jwk.thumbprint().toString()));
    }

    /** {@code secret}, {@code RSA}, {@code EC} or {@code EdDSA}. */
    public String kind() {
        return key instanceof SecretKey ? "secret" : key.getAlgorithm();
    }

    @Override
    public String toString() {
        return "VerificationKey[" + kind() + ", <redacted>]";
    }
}
