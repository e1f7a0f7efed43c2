package dev.chainloop.token.verification;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.chainloop.token.testing.TokenMint;
import io.jsonwebtoken.Jwts;
import io.jsonwebtoken.security.Jwks;
import io.jsonwebtoken.security.Keys;
import io.jsonwebtoken.security.MacAlgorithm;
import io.jsonwebtoken.security.PublicJwk;
import io.jsonwebtoken.security.SecureDigestAlgorithm;
import io.jsonwebtoken.security.SignatureAlgorithm;
import java.nio.charset.StandardCharsets;
import java.security.Key;
import java.security.KeyPair;
import java.security.PublicKey;
import java.security.interfaces.RSAPrivateKey;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;

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
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Base64.Encoder BASE64 = Base64.getMimeEncoder(64, new byte[] {'\n'});

    /** For every algorithm, each form that its key can have, except a certificate, which the JDK cannot make. */
    public static List<SignedToken> all() throws JsonProcessingException {
        List<SignedToken> all = new ArrayList<>();
        for (MacAlgorithm mac : List.of(Jwts.SIG.HS256, Jwts.SIG.HS384, Jwts.SIG.HS512)) {
            String text = "of letters, so that it can be written as text, ".repeat(2) + mac.getId();
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            String token = token(mac, Keys.hmacShaKeyFor(bytes));
            all.add(new SignedToken(mac.getId(), "secret", "--secret-file", text, token));
        }
        for (SignatureAlgorithm algorithm : List.of(
                Jwts.SIG.RS256, Jwts.SIG.RS384, Jwts.SIG.RS512, Jwts.SIG.PS256, Jwts.SIG.PS384, Jwts.SIG.PS512)) {
            addPublic(all, algorithm, rsa());
        }
        for (SignatureAlgorithm algorithm : List.of(Jwts.SIG.ES256, Jwts.SIG.ES384, Jwts.SIG.ES512)) {
            addPublic(all, algorithm, algorithm.keyPair().build());
        }
        addPublic(all, Jwts.SIG.EdDSA, Jwks.CRV.Ed25519.keyPair().build());
        return all;
    }

    /** The RSA key that {@link TokenMint} signs with: a new one takes a second to make. */
    public static KeyPair rsa() {
        RSAPrivateKey key = (RSAPrivateKey) TokenMint.rsaKey();
        return Jwks.builder().key(key).build().toKeyPair().toJavaKeyPair();
    }

    private static void addPublic(List<SignedToken> all, SignatureAlgorithm algorithm, KeyPair pair)
            throws JsonProcessingException {
        String token = token(algorithm, pair.getPrivate());
        PublicKey key = pair.getPublic();
        String pem = pem("PUBLIC KEY", key.getEncoded());
        PublicJwk<?> jwk = (PublicJwk<?>) Jwks.builder().key(key).build();
        String name = algorithm.getId();
        all.add(new SignedToken(name, "PEM", "--key", pem, token));
        all.add(new SignedToken(name, "JSON web key", "--key", JSON.writeValueAsString(jwk), token));
        all.add(new SignedToken(
                name, "JSON web key set", "--jwks", JSON.writeValueAsString(Map.of("keys", List.of(jwk))), token));
    }

    public static String pem(String label, byte[] bytes) {
        return "-----BEGIN " + label + "-----\n" + BASE64.encodeToString(bytes) + "\n-----END " + label + "-----\n";
    }

    private static <K extends Key> String token(SecureDigestAlgorithm<? super K, ?> algorithm, K key) {
        return Jwts.builder()
                .content(TokenMint.FEDERATED, "JWT")
                .signWith(key, algorithm)
                .compact();
    }

    @Override
    public String toString() {
        return algorithm + ", " + form;
    }
}
