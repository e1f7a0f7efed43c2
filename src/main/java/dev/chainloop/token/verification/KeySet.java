package dev.chainloop.token.verification;

import dev.chainloop.token.core.Keyword;
import dev.chainloop.token.core.MalformedTokenException;
import dev.chainloop.token.core.Parser;
import io.jsonwebtoken.Jwts;
import io.jsonwebtoken.security.SecureDigestAlgorithm;
import io.jsonwebtoken.security.VerifySecureDigestRequest;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.Key;
import java.security.Provider;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The keys that a token may have been signed with, and whether one of them did. Only signatures are verified here: the
 * claims do not matter, and the payload need not be JSON. What jjwt must not see or would wrongly accept is refused
 * first; jjwt alone decides whether a signature matches a key.
 *
 * <p>No key that a token brings along or points to is ever used ({@code jwk}, {@code jku}, {@code x5c}, {@code x5u}).
 *
 * @param keys in the order in which they are tried
 * @param isSet whether they are a JWK set, whose keys are chosen by {@code kid}
 */
record KeySet(List<VerificationKey> keys, boolean isSet) {
    private static final Parser PARSER = new Parser();

    /** The most keys of a set that are tried: far more than issuers publish, and few enough to take seconds only. */
    private static final int MAX_TRIED = 1000;

    static KeySet of(VerificationKey key) {
        return new KeySet(List.of(key), false);
    }

    /** Verifies the signature of a JWS in compact serialization, whatever its payload. */
    Verification judge(String compact) throws MalformedTokenException {
        Map<String, ? extends @Nullable Object> header = PARSER.header(compact);
        if (!(header.get("alg") instanceof String word)) {
            return refused("Its header names no algorithm, so its signature cannot be verified.");
        }
        if (word.equalsIgnoreCase("none")) {
            return refused("Its algorithm is none: it is not signed at all.");
        }
        // jjwt accepts an empty crit and a b64 without crit. No extension that they could name is supported.
        if (header.containsKey("crit") || header.containsKey("b64")) {
            return refused("Its header has crit or b64, extensions that change what a signature covers.");
        }
        Optional<Algorithm> named = Keyword.find(List.of(Algorithm.values()), word);
        if (named.isEmpty()) {
            return refused("Its algorithm " + word + " is not supported here.");
        }
        Algorithm algorithm = named.get();
        if (compact.endsWith(".")) {
            return Verification.refused(named, Optional.empty(), "Its signature is empty.");
        }
        Optional<String> kid =
                header.get("kid") instanceof String name && !name.isEmpty() ? Optional.of(name) : Optional.empty();
        return judge(compact, algorithm, kid);
    }

    private Verification judge(String compact, Algorithm algorithm, Optional<String> kid) {
        List<VerificationKey> named = named(kid);
        List<VerificationKey> fitting =
                named.stream().filter(key -> key.fits(algorithm)).toList();
        if (fitting.isEmpty()) {
            return Verification.refused(Optional.of(algorithm), only(named), unfit(named, algorithm));
        }
        for (VerificationKey key : fitting.subList(0, Math.min(fitting.size(), MAX_TRIED))) {
            if (isSignedWith(key, algorithm, compact)) {
                return new Verification(
                        Verification.Outcome.GENUINE,
                        Optional.of(key),
                        Optional.of(algorithm),
                        Optional.empty(),
                        key.isShortFor(algorithm));
            }
        }
        if (fitting.size() > MAX_TRIED) {
            return Verification.refused(
                    Optional.of(algorithm),
                    Optional.empty(),
                    "The signature matches none of the first " + MAX_TRIED + " of " + fitting.size()
                            + " suitable keys; the others were not tried.");
        }
        String which = fitting.size() == 1
                ? "does not match this key"
                : "matches none of the " + fitting.size() + " suitable keys";
        return new Verification(
                Verification.Outcome.MISMATCH,
                only(fitting),
                Optional.of(algorithm),
                Optional.of("The signature " + which
                        + ": the token was signed with another key, or was changed afterwards."),
                only(fitting).isPresent() && fitting.get(0).isShortFor(algorithm));
    }

    /**
     * The keys with the token's {@code kid}. When none has it, those without a {@code kid}, which a set of one key often
     * lacks. A key that was given by itself is used whatever its {@code kid} is.
     */
    private List<VerificationKey> named(Optional<String> kid) {
        if (!isSet || kid.isEmpty()) {
            return keys;
        }
        List<VerificationKey> named =
                keys.stream().filter(key -> key.kid().equals(kid)).toList();
        return named.isEmpty()
                ? keys.stream().filter(key -> key.kid().isEmpty()).toList()
                : named;
    }

    private static boolean isSignedWith(VerificationKey key, Algorithm algorithm, String compact) {
        int dot = compact.lastIndexOf('.');
        byte[] signed = compact.substring(0, dot).getBytes(StandardCharsets.US_ASCII);
        byte[] signature = Base64.getUrlDecoder().decode(compact.substring(dot + 1));
        // JDK 17 ignores bytes after an EdDSA signature, which has 64 or 114 bytes (RFC 8032 sections 5.1.6 and 5.2.6).
        if (key.kind() == VerificationKey.Kind.EDWARDS
                && signature.length != (key.description().equals("Ed448") ? 114 : 64)) {
            return false;
        }
        @SuppressWarnings("unchecked") // The key fits the algorithm.
        SecureDigestAlgorithm<?, Key> verifier =
                (SecureDigestAlgorithm<?, Key>) Jwts.SIG.get().forKey(algorithm.word());
        try {
            return verifier.verify(new Signed(signed, key.forJjwt(algorithm), signature));
        } catch (RuntimeException e) {
            // If a key or a signature makes the libraries fail, the signature does not match that key.
            return false;
        }
    }

    /** What jjwt verifies: header and payload as they stand, so that nothing in them can be obeyed. */
    private static final class Signed implements VerifySecureDigestRequest<Key> {
        private final byte[] text;
        private final Key key;
        private final byte[] signature;

        Signed(byte[] text, Key key, byte[] signature) {
            this.text = text;
            this.key = key;
            this.signature = signature;
        }

        @Override
        public InputStream getPayload() {
            return new ByteArrayInputStream(text);
        }

        @Override
        public Key getKey() {
            return key;
        }

        @Override
        public byte[] getDigest() {
            return signature;
        }

        @Override
        public @Nullable Provider getProvider() {
            return null;
        }

        @Override
        public @Nullable SecureRandom getSecureRandom() {
            return null;
        }
    }

    private static String unfit(List<VerificationKey> named, Algorithm algorithm) {
        if (named.size() != 1) {
            return named.isEmpty()
                    ? "No key in the set has the token's kid."
                    : "None of the keys fits its algorithm " + algorithm.word() + ".";
        }
        VerificationKey key = named.get(0);
        return key.kind() == algorithm.kind
                ? "The given key is not for its algorithm " + algorithm.word() + ", or is too weak for it."
                : "Its algorithm " + algorithm.word() + " needs " + algorithm.kind.phrase + ", but the given key is "
                        + key.kind().phrase + ".";
    }

    private static Optional<VerificationKey> only(List<VerificationKey> some) {
        return some.size() == 1 ? Optional.of(some.get(0)) : Optional.empty();
    }

    private static Verification refused(String reason) {
        return Verification.refused(Optional.empty(), Optional.empty(), reason);
    }
}
