package dev.chainloop.token.verification;

import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.jsonwebtoken.io.DeserializationException;
import io.jsonwebtoken.io.Deserializer;
import io.jsonwebtoken.jackson.io.JacksonDeserializer;
import io.jsonwebtoken.security.Jwks;
import java.io.ByteArrayInputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
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

/** Reads keys: a secret, a public key or certificate in PEM (RFC 7468), JSON web keys (RFC 7517). */
final class KeyReader {
    private static final String BEGIN = "-----BEGIN ";
    private static final String DASHES = "-----";

    private static final String REMEDY = "Give a PEM file with PUBLIC KEY or CERTIFICATE, or a JSON Web Key.";
    private static final String REMEDY_OF_SET = "Give a JWK set (RFC 7517): {\"keys\":[…]}.";

    /** The members that make up a public key. jjwt gets only these, so that no other can make it fail. */
    private static final List<String> PUBLIC_MEMBERS = List.of("kty", "crv", "n", "e", "x", "y");

    private KeyReader() {}

    /** The bytes without one final line end, which text files have, and the secret does not. */
    static KeySet secret(byte[] written) throws KeyException {
        int end = written.length;
        if (end > 0 && written[end - 1] == '\n') {
            end -= end > 1 && written[end - 2] == '\r' ? 2 : 1;
        }
        return KeySet.of(VerificationKey.ofSecret(Arrays.copyOf(written, end)));
    }

    /** One public key, in PEM or as a JSON web key. */
    static KeySet single(byte[] bytes) throws KeyException {
        String text = new String(bytes, StandardCharsets.UTF_8);
        return KeySet.of(text.contains(BEGIN) ? pem(text) : jwk(object(bytes, REMEDY)));
    }

    /** The usable keys of a set; others are ignored, as RFC 7517 section 5 requires, and so are secrets: a set is published. */
    static KeySet set(byte[] text) throws KeyException {
        if (!(object(text, REMEDY_OF_SET).get("keys") instanceof Collection<?> members)) {
            throw new KeyException("is not a JWK set", REMEDY_OF_SET);
        }
        List<VerificationKey> keys = new ArrayList<>();
        for (Object member : members) {
            if (member instanceof Map<?, ?> map) {
                refusePrivate(map.containsKey("d"));
                try {
                    keys.add(jwk(map));
                } catch (KeyException e) {
                    // Broken, or of an unknown type; another key may fit.
                }
            }
        }
        if (keys.isEmpty()) {
            throw new KeyException("is a JWK set without a key that can verify a signature", REMEDY_OF_SET);
        }
        return new KeySet(keys, true);
    }

    /** Reads JSON without equal names in one object, and with nothing behind it. */
    private static Map<String, ?> object(byte[] text, String remedy) throws KeyException {
        // Made here, since databind takes longer to load than the rest, and most keys are no JSON.
        Deserializer<Map<String, ?>> json = new JacksonDeserializer<>(JsonMapper.builder()
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .build());
        try {
            return json.deserialize(new InputStreamReader(new ByteArrayInputStream(text), StandardCharsets.UTF_8));
        } catch (DeserializationException | ClassCastException e) {
            throw new KeyException("is not one JSON object with different names", remedy);
        }
    }

    private static VerificationKey jwk(Map<?, ?> object) throws KeyException {
        refusePrivate(object.containsKey("d"));
        Map<String, @Nullable Object> material = new LinkedHashMap<>();
        for (String name : PUBLIC_MEMBERS) {
            if (object.containsKey(name)) {
                material.put(name, object.get(name));
            }
        }
        try {
            return VerificationKey.of(Jwks.builder().add(material).build(), limits(object));
        } catch (RuntimeException e) {
            // From jjwt, or from the platform that it passes the members to.
            throw new KeyException("is not a JSON Web Key that can verify a signature", REMEDY);
        }
    }

    private static void refusePrivate(boolean isPrivate) throws KeyException {
        if (isPrivate) {
            throw new KeyException("holds a private key, which only its owner should have", "Give the public key.");
        }
    }

    private static VerificationKey.Limits limits(Map<?, ?> object) {
        Object use = object.get("use");
        Object operations = object.get("key_ops");
        boolean signs = (use == null || use.equals("sig"))
                && (operations == null || (operations instanceof Collection<?> all && all.contains("verify")));
        return new VerificationKey.Limits(text(object, "kid"), text(object, "alg"), signs);
    }

    private static Optional<String> text(Map<?, ?> object, String name) {
        return object.get(name) instanceof String text && !text.isEmpty() ? Optional.of(text) : Optional.empty();
    }

    /** The key in the first block; a certificate may be followed by those of its issuers, and its dates are not checked. */
    private static VerificationKey pem(String text) throws KeyException {
        int label = text.indexOf(BEGIN) + BEGIN.length();
        int labelEnd = text.indexOf(DASHES, label);
        String name = labelEnd < 0 ? "" : text.substring(label, labelEnd);
        int end = text.indexOf("-----END " + name + DASHES);
        refusePrivate(text.contains("PRIVATE KEY" + DASHES));
        if (end < labelEnd || !(name.equals("PUBLIC KEY") || name.equals("CERTIFICATE"))) {
            throw new KeyException("holds PEM that is neither a whole PUBLIC KEY nor a CERTIFICATE", REMEDY);
        }
        if (name.equals("PUBLIC KEY") && text.indexOf(BEGIN, end) > 0) {
            throw new KeyException("holds more than one key", "Give a file with one key, or a JWK set with --jwks.");
        }
        try {
            byte[] bytes = Base64.getMimeDecoder().decode(text.substring(labelEnd + DASHES.length(), end));
            // Decoded again, because the certificate's own object may be of a class that the factories do not produce.
            return publicKey(
                    name.equals("PUBLIC KEY")
                            ? bytes
                            : CertificateFactory.getInstance("X.509")
                                    .generateCertificate(new ByteArrayInputStream(bytes))
                                    .getPublicKey()
                                    .getEncoded());
        } catch (CertificateException | RuntimeException e) {
            throw new KeyException("holds a " + name + " that cannot be read", REMEDY);
        }
    }

    private static VerificationKey publicKey(byte[] bytes) throws KeyException {
        // The platform's key factories; each accepts only keys of its own kind.
        for (String factory : List.of("RSA", "EC", "EdDSA", "RSASSA-PSS")) {
            try {
                PublicKey key = KeyFactory.getInstance(factory).generatePublic(new X509EncodedKeySpec(bytes));
                return VerificationKey.of(Jwks.builder().key(key).build(), VerificationKey.Limits.NONE);
            } catch (GeneralSecurityException | RuntimeException e) {
                // Of another kind; the next factory may accept it.
            }
        }
        throw new KeyException(
                "holds a public key that is not RSA, EC (P-256, P-384, P-521), Ed25519 or Ed448", REMEDY);
    }
}
