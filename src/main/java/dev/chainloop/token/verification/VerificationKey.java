package dev.chainloop.token.verification;

import dev.chainloop.token.core.Keyword;
import io.jsonwebtoken.security.Jwk;
import java.security.Key;
import java.security.PublicKey;
import java.security.interfaces.ECKey;
import java.security.interfaces.EdECKey;
import java.security.interfaces.RSAKey;
import java.security.interfaces.RSAPublicKey;
import java.security.interfaces.XECKey;
import java.util.Arrays;
import java.util.Optional;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/**
 * A key that can verify a signature. {@link #toString} does not show it: it may be a secret.
 *
 * @param thumbprint the SHA-256 thumbprint of RFC 7638, in base64url; absent for a secret, which could be guessed from it
 */
public record VerificationKey(Key key, Optional<String> thumbprint, Limits limits) {
    /** The kinds of key; each fits its own algorithms only. */
    public enum Kind implements Keyword {
        SECRET("a shared secret"),
        RSA("an RSA key"),
        EC("an EC key"),
        EDWARDS("an Ed25519 or Ed448 key");

        final String phrase;

        Kind(String phrase) {
            this.phrase = phrase;
        }
    }

    /**
     * What a JSON web key says about its use (RFC 7517 section 4).
     *
     * @param algorithm the one that it is for
     * @param signs whether it is for signatures, by {@code use} and {@code key_ops}
     */
    record Limits(Optional<String> kid, Optional<String> algorithm, boolean signs) {
        static final Limits NONE = new Limits(Optional.empty(), Optional.empty(), true);
    }

    static VerificationKey ofSecret(byte[] secret) throws KeyException {
        if (secret.length == 0) {
            throw new KeyException("holds an empty secret", "Check what created it.");
        }
        return new VerificationKey(new SecretKeySpec(secret, "HMAC"), Optional.empty(), Limits.NONE);
    }

    /** A public key that jjwt accepts. */
    static VerificationKey of(Jwk<?> jwk, Limits limits) throws KeyException {
        Key key = jwk.toKey();
        if (!(key instanceof PublicKey) || key instanceof XECKey) {
            throw new KeyException(
                    "holds a key that is not for signatures", "Give the key that the issuer signs with.");
        }
        return new VerificationKey(key, Optional.of(jwk.thumbprint().toString()), limits);
    }

    public Kind kind() {
        return key instanceof SecretKey
                ? Kind.SECRET
                : key instanceof RSAKey ? Kind.RSA : key instanceof ECKey ? Kind.EC : Kind.EDWARDS;
    }

    /** Its {@code kid}; hostile text until sanitized. */
    public Optional<String> kid() {
        return limits.kid();
    }

    /** What it is, for a person; nothing of a secret, not even its length. */
    public String description() {
        return switch (kind()) {
            case SECRET -> "secret";
            case RSA -> "RSA, " + bits() + " bits";
            case EC -> "EC, P-" + bits();
            case EDWARDS -> key instanceof EdECKey edwards ? edwards.getParams().getName() : "EdDSA";
        };
    }

    /**
     * Whether the algorithm takes this kind of key, and the key's owner allows it. An RSA key must have 2048 bits (RFC 7518
     * section 3.3), and its exponent at most 64: with a larger one, as nobody uses it, verifying would take very long.
     */
    boolean fits(Algorithm algorithm) {
        boolean fits = switch (kind()) {
            case SECRET, EDWARDS -> true;
            case RSA ->
                bits() >= algorithm.bits
                        && key instanceof RSAPublicKey rsa
                        && rsa.getPublicExponent().bitLength() <= 64;
            case EC -> bits() == algorithm.bits;
        };
        return fits
                && kind() == algorithm.kind
                && limits.signs()
                && (limits.algorithm().isEmpty() || limits.algorithm().get().equals(algorithm.word()));
    }

    /** Whether it is a secret that is shorter than the algorithm requires. */
    boolean isShortFor(Algorithm algorithm) {
        return kind() == Kind.SECRET && bits() < algorithm.bits;
    }

    /**
     * The key as jjwt takes it. A short secret is padded with zero bytes: HMAC does the same before anything else (RFC
     * 2104 section 2), so the result is the same; jjwt would refuse the short secret, which the control plane accepts.
     */
    Key forJjwt(Algorithm algorithm) {
        if (key instanceof PublicKey) {
            return key;
        }
        byte[] padded = Arrays.copyOf(key.getEncoded(), Math.max(bits(), algorithm.bits) / 8);
        return new SecretKeySpec(padded, "HmacSHA" + algorithm.bits);
    }

    private int bits() {
        if (key instanceof RSAKey rsa) {
            return rsa.getModulus().bitLength();
        }
        if (key instanceof ECKey ec) {
            return ec.getParams().getOrder().bitLength();
        }
        return key.getEncoded().length * 8;
    }

    @Override
    public String toString() {
        return "VerificationKey[" + kind().word() + ", <redacted>]";
    }
}
