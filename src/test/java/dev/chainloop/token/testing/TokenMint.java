package dev.chainloop.token.testing;

import io.jsonwebtoken.security.Jwks;
import io.jsonwebtoken.security.PrivateJwk;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.Signature;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Makes tokens from JSON, so that a test shows claims instead of base64. */
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

    /** The secret that signs tokens whose header names no other key. */
    public static final String SECRET = "a secret of the tests, 32 bytes long, at least";

    private static final Map<String, String> BASES =
            Map.of("USER", USER, "API", API_TOKEN, "FEDERATED", FEDERATED, "CLAIMS", "{}");

    /** Spaces within a JSON string are part of its word. */
    private static final Pattern WORD = Pattern.compile("(?:[^ \"]|\"(?:[^\"\\\\]|\\\\.)*\")+");

    private TokenMint() {}

    /**
     * Makes a token from words that say what is special about it: {@code API expired}, {@code FEDERATED
     * iss="https://gitlab.com" -repository}. It starts from this class's payload of the name {@code USER}, {@code API} or
     * {@code FEDERATED}, or from {@code CLAIMS}, which is empty; after {@code TEXT}, all is the payload, JSON or not. The other
     * words change it, from left to right: {@code name=value} sets a claim to JSON or a time like {@code now-2h} (units {@code
     * s}, {@code m}, {@code h}, {@code d}), in its place if there is one, else at the end; {@code -name} removes one; {@code
     * expired} is {@code exp=now-2h}; {@code header={…}} is another than {@link #HS256}; {@code letters=38} are so many of its
     * signature: none, a cut or more of them; {@code signature=REDACTED} puts that in the signature's place.
     */
    public static String described(String description) {
        if (description.startsWith("TEXT ")) {
            return token(description.substring("TEXT ".length()));
        }
        Matcher word = WORD.matcher(description);
        word.find();
        Map<String, String> claims = new LinkedHashMap<>();
        Payload.read(BASES.get(word.group()))
                .properties()
                .forEach(claim -> claims.put(claim.getKey(), claim.getValue().toString()));
        Map<String, String> special = new HashMap<>(Map.of("header", HS256));
        while (word.find()) {
            String[] part = word.group().replaceFirst("^expired$", "exp=now-2h").split("=", 2);
            if (part.length == 1 && claims.remove(part[0].replaceFirst("^-", "")) == null) {
                throw new IllegalArgumentException("not a change of a token: " + word.group());
            } else if (part[0].matches("header|letters|signature")) {
                special.put(part[0], part[1]);
            } else if (part.length == 2) {
                claims.put(part[0], value(part[1]));
            }
        }
        List<String> members = new ArrayList<>();
        // Joined by hand: a JSON library would write 1.10 and 1e300 differently.
        claims.forEach((name, value) -> members.add(Payload.write(name) + ":" + value));
        String token = token(special.get("header"), "{" + String.join(",", members) + "}");
        String head = token.substring(0, token.lastIndexOf('.') + 1);
        String own = special.getOrDefault("signature", token.substring(head.length()));
        int letters = Integer.parseInt(special.getOrDefault("letters", String.valueOf(own.length())));
        if (letters == own.length()) {
            return head + own;
        }
        // The last character has no spare bits.
        return letters == 0
                ? head
                : head + own.repeat(letters / own.length() + 1).substring(0, letters - 1) + "A";
    }

    private static String value(String text) {
        if (!text.startsWith("now")) {
            Payload.read(text);
            return text;
        }
        String offset = text.substring("now".length());
        String period = offset.isEmpty() ? "PT0S" : (offset.endsWith("d") ? "P" : "PT") + offset;
        return String.valueOf(CliRun.NOW.plus(Duration.parse(period)).getEpochSecond());
    }

    public static String token(String payload) {
        return token(HS256, payload);
    }

    /**
     * A signed token: the header and payload are taken as they are, JSON or not. A header with the {@code kid} {@code rsa}
     * is signed with that key in {@code src/test/resources/keys}.
     */
    public static String token(String header, String payload) {
        return token(header, payload, SECRET.getBytes(StandardCharsets.UTF_8));
    }

    public static String token(String header, String payload, byte[] secret) {
        String signed = segment(header) + "." + segment(payload);
        try {
            return signed + "." + encode(signature(header, signed.getBytes(StandardCharsets.UTF_8), secret));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** If nobody verifies it, the HMAC is repeated to the right length. */
    private static byte[] signature(String header, byte[] signed, byte[] secret) throws GeneralSecurityException {
        if (header.contains("\"kid\":\"rsa\"")) {
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(rsa().getPrivate());
            signature.update(signed);
            return signature.sign();
        }
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(secret, "HmacSHA256"));
        byte[] hmac = mac.doFinal(signed);
        Matcher algorithm = Pattern.compile("\"alg\":\"(\\w+)\"").matcher(header);
        byte[] bytes = new byte[algorithm.find() ? bytes(algorithm.group(1)) : hmac.length];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = hmac[i % hmac.length];
        }
        return bytes;
    }

    /** How many bytes an algorithm's signature has (RFC 7518 section 3, RFC 8037). */
    private static int bytes(String algorithm) {
        return switch (algorithm) {
            case "HS384" -> 48;
            case "HS512", "ES256", "ES256K", "EdDSA" -> 64;
            case "ES384" -> 96;
            case "ES512" -> 132;
            case "RS256", "RS384", "RS512", "PS256", "PS384", "PS512" -> 256;
            default -> 32;
        };
    }

    /** A new key pair takes a second to make. */
    public static KeyPair rsa() {
        try {
            String jwk = Files.readString(Path.of("src/test/resources/keys/rsa-private.jwk"));
            return ((PrivateJwk<?, ?, ?>) Jwks.parser().build().parse(jwk))
                    .toKeyPair()
                    .toJavaKeyPair();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static String segment(String text) {
        return encode(text.getBytes(StandardCharsets.UTF_8));
    }

    public static String encode(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
