package dev.chainloop.token.testing;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Makes tokens out of JSON texts, so that a test shows the claims and not a wall of base64. */
public final class TokenMint {
    /** The header that Chainloop's own tokens have. */
    public static final String HS256 = "{\"alg\":\"HS256\",\"typ\":\"JWT\"}";

    /** The user token of the documentation; expires on 2026-01-08T00:00:00Z. */
    public static final String USER = """
            {"user_id":"bc0b2199-ca85-42ab-a857-042e9c109d43","iss":"cp.chainloop",\
            "aud":["user-auth.chainloop"],"exp":1767830400}""";

    /** An API token of an organization, without an expiry. */
    public static final String API_TOKEN = """
            {"org_id":"dddb8201-eab6-4e61-9201-f12b47c01892","org_name":"acme","token_name":"ci",\
            "iss":"cp.chainloop","aud":["api-token-auth.chainloop"],"jti":"4b0f0dd4-4538-4269-92a9-ab5b0fce0258"}""";

    /** A GitHub job's token; expires on 2026-01-01T00:05:00Z. */
    public static final String FEDERATED = """
            {"iss":"https://token.actions.githubusercontent.com","aud":"chainloop",\
            "sub":"repo:acme/web:ref:refs/heads/main","repository":"acme/web","repository_owner_id":"1234",\
            "exp":1767225900}""";

    private static final byte[] SECRET =
            "a secret of the tests, 32 bytes long, at least".getBytes(StandardCharsets.UTF_8);

    private TokenMint() {}

    /** A signed token with the usual header. */
    public static String token(String payload) {
        return token(HS256, payload);
    }

    /** A signed token: the header and payload are taken as they are, JSON or not. */
    public static String token(String header, String payload) {
        String signed = segment(header) + "." + segment(payload);
        return signed + "." + encode(hmac(signed));
    }

    /** The same token, as every decoder takes it, but with an unused bit set in the last character of its signature. */
    public static String withSpareBit(String token) {
        String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        int last = token.length() - 1;
        return token.substring(0, last) + alphabet.charAt(alphabet.indexOf(token.charAt(last)) | 1);
    }

    /** One segment of text. */
    public static String segment(String text) {
        return encode(text.getBytes(StandardCharsets.UTF_8));
    }

    /** One segment of bytes. */
    public static String encode(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static byte[] hmac(String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(SECRET, "HmacSHA256"));
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (java.security.GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
