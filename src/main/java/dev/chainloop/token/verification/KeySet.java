package dev.chainloop.token.verification;

import dev.chainloop.token.core.Keyword;
import dev.chainloop.token.core.MalformedTokenException;
import dev.chainloop.token.core.Parser;
import io.jsonwebtoken.Jws;
import io.jsonwebtoken.JwtParserBuilder;
import io.jsonwebtoken.Jwts;
import io.jsonwebtoken.io.Deserializer;
import java.io.Reader;
import java.security.Key;
import java.security.PublicKey;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.crypto.SecretKey;
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
        List<VerificationKey> strong = fitting.stream()
                .filter(key -> unfitness(key, algorithm).isEmpty())
                .toList();
        if (strong.isEmpty()) {
            String reason = fitting.isEmpty()
                    ? unfit(named, algorithm)
                    : unfitness(fitting.get(0), algorithm).orElseThrow();
            return Verification.refused(Optional.of(algorithm), only(named), reason);
        }
        for (VerificationKey key : strong.subList(0, Math.min(strong.size(), MAX_TRIED))) {
            if (isSignedWith(key, algorithm, compact)) {
                return new Verification(
                        Verification.Outcome.GENUINE,
                        Optional.of(key),
                        Optional.of(algorithm),
                        Optional.empty(),
                        key.isShortFor(algorithm));
            }
        }
        if (strong.size() > MAX_TRIED) {
            return Verification.refused(
                    Optional.of(algorithm),
                    Optional.empty(),
                    "The signature matches none of the first " + MAX_TRIED + " of " + strong.size()
                            + " suitable keys; the others were not tried.");
        }
        return new Verification(
                Verification.Outcome.MISMATCH,
                only(strong),
                Optional.of(algorithm),
                Optional.of(mismatch(strong.size(), fitting.size() - strong.size())),
                only(strong).isPresent() && strong.get(0).isShortFor(algorithm));
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

    /** Why a key is not tried although its kind fits the algorithm. */
    private static Optional<String> unfitness(VerificationKey key, Algorithm algorithm) {
        if (key.kind() != VerificationKey.Kind.SECRET && key.isShortFor(algorithm)) {
            return Optional.of("The RSA key is shorter than 2048 bits, which is too weak.");
        }
        return key.hasHugeExponent()
                ? Optional.of(
                        "The RSA key's exponent is longer than 64 bits, so verifying with it would take too long.")
                : Optional.empty();
    }

    private static boolean isSignedWith(VerificationKey key, Algorithm algorithm, String compact) {
        // In place of header and payload jjwt sees the algorithm and nothing else: no claim to refuse, nothing to
        // unpack, no key to pick up. The signature is still verified over the original text.
        JwtParserBuilder parser = Jwts.parser().json(new AlreadyParsed(Map.of("alg", algorithm.word())));
        Key forJjwt = key.forJjwt(algorithm);
        // JDK 17 ignores bytes after an EdDSA signature, which has 64 or 114 bytes (RFC 8032 sections 5.1.6 and 5.2.6).
        if (key.kind() == VerificationKey.Kind.EDWARDS) {
            int length = key.description().equals("Ed448") ? 114 : 64;
            if (compact.length() - compact.lastIndexOf('.') - 1 != (length * 4 + 2) / 3) {
                return false;
            }
        }
        if (forJjwt instanceof SecretKey secret) {
            parser.verifyWith(secret);
        } else {
            parser.verifyWith((PublicKey) forJjwt);
        }
        try {
            return parser.build().parse(compact) instanceof Jws;
        } catch (RuntimeException e) {
            // If a key or a signature makes the libraries fail, the signature does not match that key.
            return false;
        }
    }

    private static String unfit(List<VerificationKey> named, Algorithm algorithm) {
        if (named.isEmpty()) {
            return "No key in the set has the token's kid.";
        }
        if (named.size() > 1) {
            return "None of the keys fits its algorithm " + algorithm.word() + ".";
        }
        VerificationKey key = named.get(0);
        if (key.kind() != algorithm.kind) {
            return "Its algorithm " + algorithm.word() + " needs "
                    + algorithm.kind.phrase + ", but the given key is "
                    + key.kind().phrase + ".";
        }
        return "The given key is not for its algorithm " + algorithm.word() + ".";
    }

    private static String mismatch(int tried, int untried) {
        return "The signature "
                + (tried == 1 ? "does not match this key" : "matches none of the " + tried + " suitable keys")
                + ": the token was signed with another key, or was changed afterwards."
                + (untried == 0
                        ? ""
                        : " Not tried: RSA keys shorter than 2048 bits, or with an exponent longer than 64 bits ("
                                + untried + ").");
    }

    private static Optional<VerificationKey> only(List<VerificationKey> some) {
        return some.size() == 1 ? Optional.of(some.get(0)) : Optional.empty();
    }

    private static Verification refused(String reason) {
        return Verification.refused(Optional.empty(), Optional.empty(), reason);
    }

    /** Gives jjwt an object that has been parsed already, so that jjwt does not parse the text in its own, laxer way. */
    record AlreadyParsed(Map<String, ?> object) implements Deserializer<Map<String, ?>> {
        @Override
        @Deprecated
        public Map<String, ?> deserialize(byte[] bytes) {
            return object;
        }

        @Override
        public Map<String, ?> deserialize(Reader reader) {
            return object;
        }
    }
}
