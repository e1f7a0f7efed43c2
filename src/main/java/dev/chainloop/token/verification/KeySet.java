package dev.chainloop.token.verification;

import dev.chainloop.token.core.MalformedTokenException;
import dev.chainloop.token.core.Parser;
import dev.chainloop.token.io.NamedFile;
import dev.chainloop.token.io.Notes;
import dev.chainloop.token.io.StandardInput;
import dev.chainloop.token.verification.Verification.Judgment;
import io.jsonwebtoken.Jwts;
import io.jsonwebtoken.jackson.io.JacksonDeserializer;
import io.jsonwebtoken.security.InvalidKeyException;
import io.jsonwebtoken.security.Jwks;
import io.jsonwebtoken.security.SecureDigestAlgorithm;
import io.jsonwebtoken.security.VerifySecureDigestRequest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyException;
import java.security.KeyFactory;
import java.security.Provider;
import java.security.SecureRandom;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.interfaces.EdECKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The keys that may have signed a token, and whether one of them did. They are read as a secret, as a public key or
 * certificate in PEM (RFC 7468), or as JSON web keys (RFC 7517). Only signatures are verified here: the
 * claims do not matter, and the payload need not be JSON. jjwt alone decides whether a key fits an algorithm (RFC 7518, RFC
 * 8037) and matches a signature.
 *
 * <p>No key that a token brings along or points to is ever used ({@code jwk}, {@code jku}, {@code x5c}, {@code x5u}).
 *
 * @param keys in the order in which they are tried
 * @param isSet whether they are a JWK set, whose keys are chosen by {@code kid}
 */
public record KeySet(List<VerificationKey> keys, boolean isSet) {
    public static final String SECRET_FILE = "--secret-file";

    private static final int MAX_BYTES = 64 << 10;

    private static final Parser PARSER = new Parser();

    private static final String BEGIN = "-----BEGIN ";
    private static final String BEGIN_PUBLIC = BEGIN + "PUBLIC KEY-----";
    private static final String NONE =
            "holds no key that can verify a signature; use a PUBLIC KEY or CERTIFICATE in PEM, a JSON Web Key or a"
                    + " set of them";

    /** The members that make up a public key. jjwt gets only these, so that no other can make it fail. */
    private static final List<String> PUBLIC_MEMBERS = List.of("kty", "crv", "n", "e", "x", "y");

    /** The values that jjwt asks for, by the names of its methods. */
    @SuppressWarnings("ArrayRecordComponent") // Nothing compares it.
    private record Signature(
            InputStream getPayload,
            Key getKey,
            byte[] getDigest,
            @Nullable Provider getProvider,
            @Nullable SecureRandom getSecureRandom)
            implements VerifySecureDigestRequest<Key> {}

    /**
     * Reads the key that the user named, or the keys.
     *
     * @param option what names it: {@link #SECRET_FILE} or, for public keys, any other
     * @param file a file's name, or {@code -}
     * @param stdin read when the key is there
     * @throws KeyException when there is no usable key. The message follows the name of the key's option, and quotes nothing
     *     that was read; it has no cause, because the libraries' messages can quote a key.
     */
    public static KeySet read(String option, String file, StandardInput stdin, Notes notes) throws KeyException {
        byte[] bytes;
        try {
            bytes = StandardInput.isNamed(file)
                    ? stdin.open("the key", notes).readNBytes(MAX_BYTES + 1)
                    : NamedFile.read(Path.of(file), MAX_BYTES);
        } catch (InvalidPathException | IOException e) {
            throw new KeyException("cannot be read; check the path and its permissions");
        }
        if (bytes.length > MAX_BYTES) {
            throw new KeyException("is larger than 64 KiB; use a file that holds only the key");
        }
        return option.equals(SECRET_FILE) ? secret(bytes) : publicKeys(bytes);
    }

    static KeySet of(VerificationKey key) {
        return new KeySet(List.of(key), false);
    }

    /** The bytes without one final line break, which text files have and the secret does not. */
    static KeySet secret(byte[] written) throws KeyException {
        int end = written.length;
        if (end > 0 && written[end - 1] == '\n') {
            end -= end > 1 && written[end - 2] == '\r' ? 2 : 1;
        }
        if (end == 0) {
            throw new KeyException("holds an empty secret; check what created it");
        }
        return of(VerificationKey.ofSecret(Arrays.copyOf(written, end)));
    }

    /** The first public key in PEM, else the key of the first certificate, whose dates are not checked; or JSON web keys. */
    static KeySet publicKeys(byte[] bytes) throws KeyException {
        String text = new String(bytes, StandardCharsets.UTF_8);
        refusePrivate(text.contains("PRIVATE KEY-----"));
        try {
            if (!text.contains(BEGIN)) {
                return json(text);
            }
            int begin = text.indexOf(BEGIN_PUBLIC);
            if (begin >= 0) {
                int end = text.indexOf("-----END", begin);
                return pem(Base64.getMimeDecoder().decode(text.substring(begin + BEGIN_PUBLIC.length(), end)));
            }
            // Decoded again, because the certificate's own object may be of a class that the factories do not produce.
            InputStream certificate = new ByteArrayInputStream(bytes);
            CertificateFactory x509 = CertificateFactory.getInstance("X.509");
            return pem(x509.generateCertificate(certificate).getPublicKey().getEncoded());
        } catch (CertificateException | RuntimeException e) {
            throw new KeyException(NONE);
        }
    }

    private static void refusePrivate(boolean isPrivate) throws KeyException {
        if (isPrivate) {
            throw new KeyException("holds a private key, which only its owner should have; use the public key");
        }
    }

    private static KeySet pem(byte[] encoded) throws KeyException {
        // The platform's key factories; each accepts only keys of its own kind.
        for (String factory : List.of("RSA", "EC", "EdDSA")) {
            try {
                var key = KeyFactory.getInstance(factory).generatePublic(new X509EncodedKeySpec(encoded));
                return of(VerificationKey.of(Jwks.builder().key(key).build(), Optional.empty()));
            } catch (GeneralSecurityException | RuntimeException e) {
                // The key is of another kind; the next factory may accept it.
            }
        }
        throw new KeyException(NONE);
    }

    /** One key or a set. Secrets are ignored, because a set is published. */
    private static KeySet json(String text) throws KeyException {
        // Made here, because databind takes longer to load than all else, and most keys are not JSON.
        Map<String, ?> object = new JacksonDeserializer<Map<String, ?>>().deserialize(new StringReader(text));
        boolean isSet = object.get("keys") instanceof Collection<?>;
        Collection<?> members = object.get("keys") instanceof Collection<?> all ? all : List.of(object);
        if (members.size() > 100) { // Without a kid, each key is tried.
            throw new KeyException("holds more than 100 keys; use a file with only the issuer's keys");
        }
        List<VerificationKey> keys = new ArrayList<>();
        for (Object member : members) {
            if (member instanceof Map<?, ?> jwk) {
                refusePrivate(jwk.containsKey("d"));
                Map<String, @Nullable Object> material = new LinkedHashMap<>();
                for (String name : PUBLIC_MEMBERS) {
                    material.put(name, jwk.get(name));
                }
                Optional<String> kid = jwk.get("kid") instanceof String id ? Optional.of(id) : Optional.empty();
                try {
                    keys.add(VerificationKey.of(Jwks.builder().add(material).build(), kid));
                } catch (RuntimeException e) {
                    // The key is broken, or of an unknown type; another key may fit (RFC 7517 section 5).
                }
            }
        }
        if (keys.isEmpty()) {
            throw new KeyException(NONE);
        }
        return new KeySet(keys, isSet);
    }

    /** Verifies the signature of a JWS in compact serialization, whatever its payload. */
    public Verification judge(String compact) throws MalformedTokenException {
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
                            + " is not supported here");
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
        List<VerificationKey> named = new ArrayList<>(keys);
        named.removeIf(key -> !key.kid().equals(Optional.of(kid)));
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
