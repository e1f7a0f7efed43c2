package dev.chainloop.token.verification;

import dev.chainloop.token.core.MalformedTokenException;
import dev.chainloop.token.core.Parser;
import dev.chainloop.token.verification.Verification.Judgment;
import io.jsonwebtoken.Jwts;
import io.jsonwebtoken.security.InvalidKeyException;
import io.jsonwebtoken.security.SecureDigestAlgorithm;
import io.jsonwebtoken.security.VerifySecureDigestRequest;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.Key;
import java.security.Provider;
import java.security.SecureRandom;
import java.security.interfaces.EdECKey;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The keys that may have signed a token, and whether one of them did. Only signatures are verified here: the
 * claims do not matter, and the payload need not be JSON. jjwt alone decides whether a key fits an algorithm (RFC 7518, RFC
 * 8037) and matches a signature.
 *
 * <p>No key that a token brings along or points to is ever used ({@code jwk}, {@code jku}, {@code x5c}, {@code x5u}).
 *
 * @param keys in the order in which they are tried
 * @param isSet whether they are a JWK set, whose keys are chosen by {@code kid}
 */
record KeySet(List<VerificationKey> keys, boolean isSet) {
    private static final Parser PARSER = new Parser();

    /** The values that jjwt asks for, by the names of its methods. */
    @SuppressWarnings("ArrayRecordComponent") // Nothing compares it.
    private record Signature(
            InputStream getPayload,
            Key getKey,
            byte[] getDigest,
            @Nullable Provider getProvider,
            @Nullable SecureRandom getSecureRandom)
            implements VerifySecureDigestRequest<Key> {}

    static KeySet of(VerificationKey key) {
        return new KeySet(List.of(key), false);
    }

    /** Verifies the signature of a JWS in compact serialization, whatever its payload. */
    Verification judge(String compact) throws MalformedTokenException {
        Map<String, ? extends @Nullable Object> header = PARSER.header(compact);
        String name = header.get("alg") instanceof String text ? text : "";
        @Nullable
        SecureDigestAlgorithm<?, ?> algorithm =
                name.isEmpty() ? null : Jwts.SIG.get().get(name);
        // jjwt accepts an empty crit and a b64 without crit, which change what a signature covers.
        boolean extended = header.containsKey("crit") || header.containsKey("b64");
        if (algorithm == null || algorithm == Jwts.SIG.NONE || extended || compact.endsWith(".")) {
            return not(
                    Judgment.REFUSED,
                    "its signature cannot be verified: there is none, or its algorithm or an extension (crit, b64)"
                            + " is not"
                            + " supported here");
        }
        boolean fits = false;
        for (VerificationKey key : named(header.get("kid"))) {
            try {
                if (isSignedWith(key.key(), algorithm, compact)) {
                    return new Verification(Judgment.GENUINE, Optional.of(key), Optional.empty());
                }
                fits = true;
            } catch (InvalidKeyException e) {
                // The key is of another kind or curve, or too weak for the algorithm.
            } catch (RuntimeException e) {
                // If a key or a signature makes the libraries fail, the signature does not match that key.
                fits = true;
            }
        }
        return not(
                Judgment.MISMATCH,
                fits
                        ? "the signature " + (isSet ? "matches no key in the set" : "does not match this key")
                                + ", so the token was signed with another key or changed afterwards"
                        : (isSet ? "no key in the set fits its kid and" : "the given key does not fit")
                                + " its algorithm " + name + ", which needs " + wanted(name));
    }

    private static String wanted(String algorithm) {
        return switch (algorithm.substring(0, 2)) {
            case "HS" -> "a shared secret";
            case "RS", "PS" -> "an RSA public key of at least 2048 bits";
            default -> "a public key of its curve";
        };
    }

    private static Verification not(Judgment outcome, String reason) {
        return new Verification(outcome, Optional.empty(), Optional.of(reason));
    }

    /**
     * The keys with the token's {@code kid}. If no key has it, the keys without a {@code kid}, which a set of one key often
     * lacks. A key that is not in a set is used whatever its {@code kid} is.
     */
    private List<VerificationKey> named(@Nullable Object kid) {
        if (!isSet || !(kid instanceof String)) {
            return keys;
        }
        List<VerificationKey> named =
                keys.stream().filter(key -> kid.equals(key.kid().orElse(null))).toList();
        return named.isEmpty()
                ? keys.stream().filter(key -> key.kid().isEmpty()).toList()
                : named;
    }

    private static boolean isSignedWith(Key key, SecureDigestAlgorithm<?, ?> algorithm, String compact) {
        int dot = compact.lastIndexOf('.');
        byte[] signed = compact.substring(0, dot).getBytes(StandardCharsets.US_ASCII);
        byte[] signature = Base64.getUrlDecoder().decode(compact.substring(dot + 1));
        @SuppressWarnings("unchecked") // The algorithm rejects any other key.
        SecureDigestAlgorithm<?, Key> verifier = (SecureDigestAlgorithm<?, Key>) algorithm;
        // Header and payload as they are, so that nothing in them can be obeyed.
        boolean matches = verifier.verify(new Signature(new ByteArrayInputStream(signed), key, signature, null, null));
        // JDK 17 ignores bytes after an EdDSA signature, which has 64 or 114 bytes (RFC 8032 sections 5.1.6 and 5.2.6).
        return matches
                && !(key instanceof EdECKey edwards
                        && signature.length != (edwards.getParams().getName().equals("Ed448") ? 114 : 64));
    }
}
