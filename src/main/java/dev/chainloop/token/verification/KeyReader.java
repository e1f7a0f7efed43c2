package dev.chainloop.token.verification;

import io.jsonwebtoken.jackson.io.JacksonDeserializer;
import io.jsonwebtoken.security.Jwks;
import java.io.ByteArrayInputStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
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
    private static final String BEGIN_PUBLIC = BEGIN + "PUBLIC KEY-----";
    private static final String NONE =
            "holds no key that can verify a signature; use a PUBLIC KEY or CERTIFICATE in PEM, a JSON Web Key or a"
                    + " set of them";

    /** The members that make up a public key. jjwt gets only these, so that no other can make it fail. */
    private static final List<String> PUBLIC_MEMBERS = List.of("kty", "crv", "n", "e", "x", "y");

    private KeyReader() {}

    /** The bytes without one final line break, which text files have and the secret does not. */
    static KeySet secret(byte[] written) throws KeyException {
        int end = written.length;
        if (end > 0 && written[end - 1] == '\n') {
            end -= end > 1 && written[end - 2] == '\r' ? 2 : 1;
        }
        if (end == 0) {
            throw new KeyException("holds an empty secret; check what created it");
        }
        return KeySet.of(VerificationKey.ofSecret(Arrays.copyOf(written, end)));
    }

    /** The first public key in PEM, else the key of the first certificate, whose dates are not checked; or JSON web keys. */
    static KeySet publicKeys(byte[] bytes) throws KeyException {
        String text = new String(bytes, StandardCharsets.UTF_8);
        refusePrivate(text.contains("PRIVATE KEY-----"));
        try {
            int begin = text.indexOf(BEGIN_PUBLIC);
            if (begin >= 0) {
                int end = text.indexOf("-----END", begin);
                return pem(Base64.getMimeDecoder().decode(text.substring(begin + BEGIN_PUBLIC.length(), end)));
            }
            // Decoded again, because the certificate's own object may be of a class that the factories do not produce.
            return text.contains(BEGIN)
                    ? pem(CertificateFactory.getInstance("X.509")
                            .generateCertificate(new ByteArrayInputStream(bytes))
                            .getPublicKey()
                            .getEncoded())
                    : json(text);
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
                return KeySet.of(VerificationKey.of(Jwks.builder().key(key).build(), Optional.empty()));
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
}
