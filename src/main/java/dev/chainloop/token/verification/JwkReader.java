package dev.chainloop.token.verification;

import dev.chainloop.token.core.JsonObjectReader;
import io.jsonwebtoken.io.DeserializationException;
import io.jsonwebtoken.security.Jwks;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads JSON web keys (RFC 7517): the object with this tool's strict reader, the key in it with jjwt. */
final class JwkReader {
    private static final JsonObjectReader JSON = new JsonObjectReader();

    private static final String REMEDY = "Give a JSON Web Key (RFC 7517).";
    private static final String REMEDY_OF_SET = "Give a JWK set (RFC 7517): {\"keys\":[…]}.";

    /** The members that make up a public key. jjwt gets only these, so that no other can make it fail. */
    private static final List<String> PUBLIC_MEMBERS = List.of("kty", "crv", "n", "e", "x", "y");

    private JwkReader() {}

    /** One key, which may be a secret. */
    static VerificationKey key(byte[] text) throws KeyException {
        Map<String, ?> object = object(text, REMEDY);
        if (object.containsKey("keys")) {
            throw new KeyException("is a JWK set, not a single key", "Give it with --jwks.");
        }
        return key(object, true);
    }

    /**
     * The usable keys of a set; others are ignored, as RFC 7517 section 5 requires.
     *
     * @param secrets whether secrets are accepted: a published one is no secret
     */
    static KeySet set(byte[] text, boolean secrets) throws KeyException {
        Map<String, ?> object = object(text, REMEDY_OF_SET);
        if (object.containsKey("jwks_uri")) {
            throw new KeyException("is a discovery document, not a JWK set", "Fetch the URL that its jwks_uri names.");
        }
        if (!(object.get("keys") instanceof Collection<?> members)) {
            throw new KeyException(
                    object.containsKey("kty") ? "is a single key, not a JWK set" : "is not a JWK set",
                    object.containsKey("kty") ? "Give it with --key." : REMEDY_OF_SET);
        }
        List<VerificationKey> keys = new ArrayList<>();
        for (Object member : members) {
            if (member instanceof Map<?, ?> map) {
                refusePrivate(map);
                try {
                    keys.add(key(map, secrets));
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

    private static Map<String, ?> object(byte[] text, String remedy) throws KeyException {
        try {
            return JSON.read(text);
        } catch (DeserializationException e) {
            throw new KeyException(String.valueOf(e.getMessage()), remedy);
        }
    }

    private static VerificationKey key(Map<?, ?> object, boolean secrets) throws KeyException {
        refusePrivate(object);
        if ("oct".equals(object.get("kty"))) {
            if (!secrets) {
                throw new KeyException(
                        "holds a secret key, although anyone can read it", "Ask its owner to replace it.");
            }
            return VerificationKey.ofSecret(secret(object), limits(object));
        }
        Map<String, @Nullable Object> material = new LinkedHashMap<>();
        for (String name : PUBLIC_MEMBERS) {
            if (object.containsKey(name)) {
                material.put(name, object.get(name));
            }
        }
        try {
            return VerificationKey.of(
                    Jwks.parser()
                            .json(new KeySet.AlreadyParsed(material))
                            .build()
                            .parse("{}"),
                    limits(object),
                    Optional.empty());
        } catch (RuntimeException e) {
            // From jjwt, or from the platform that it passes the members to.
            throw new KeyException("is not a JSON Web Key that can verify a signature", REMEDY);
        }
    }

    // Not with jjwt, which refuses secrets shorter than their algorithm requires; the control plane accepts them.
    private static byte[] secret(Map<?, ?> object) throws KeyException {
        try {
            if (object.get("k") instanceof String k) {
                return Base64.getUrlDecoder().decode(k);
            }
        } catch (IllegalArgumentException e) {
            // Reported below: another alphabet, or no base64 at all.
        }
        throw new KeyException("is a JSON Web Key of type oct without a secret in base64url", REMEDY);
    }

    private static void refusePrivate(Map<?, ?> object) throws KeyException {
        if (object.containsKey("d") && !"oct".equals(object.get("kty"))) {
            throw new KeyException(
                    "holds a private key, which only its owner should have",
                    "Remove its private members: d, p, q, dp, dq, qi and oth.");
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
}
