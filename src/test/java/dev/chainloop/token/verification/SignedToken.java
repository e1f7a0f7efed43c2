package dev.chainloop.token.verification;

import dev.chainloop.token.testing.Payload;
import io.jsonwebtoken.security.Jwks;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.crypto.spec.SecretKeySpec;

/**
 * A token and the key that it was signed with, in a form that {@code verify} takes.
 *
 * @param algorithm its name in a header
 * @param form what the key is given as
 * @param option the option that takes the key's file
 * @param key what is in that file
 * @param token a federated token
 */
public record SignedToken(String algorithm, String form, String option, String key, String token) {
    /** For every algorithm, each form that its key can have, except a certificate, which the JDK cannot make. */
    public static List<SignedToken> all() {
        List<SignedToken> all = new ArrayList<>();
        for (String hmac : List.of("HS256", "HS384", "HS512")) {
            String secret = "of letters, so that it can be written as text, ".repeat(2) + hmac;
            SecretKeySpec key = new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA512");
            all.add(new SignedToken(hmac, "secret", "--secret-file", secret, TestKeys.token(hmac, key, Map.of())));
        }
        for (String name : TestKeys.ALGORITHMS) {
            KeyPair pair = TestKeys.pairsFor(name).get(0);
            String token = TestKeys.token(name, pair.getPrivate(), Map.of());
            String jwk = Payload.write(Jwks.builder().key(pair.getPublic()).build());
            all.add(new SignedToken(name, "PEM", "--key", TestKeys.pem(pair.getPublic()), token));
            all.add(new SignedToken(name, "JSON web key", "--key", jwk, token));
            all.add(new SignedToken(name, "JSON web key set", "--jwks", "{\"keys\":[" + jwk + "]}", token));
        }
        return all;
    }

    @Override
    public String toString() {
        return algorithm + ", " + form;
    }
}
