package dev.chainloop.token.render;

import dev.chainloop.token.core.ApiToken;
import dev.chainloop.token.core.Audience;
import dev.chainloop.token.core.Claims;
import dev.chainloop.token.core.DecodedToken;
import dev.chainloop.token.core.Fingerprint;
import dev.chainloop.token.core.MalformedTokenException;
import dev.chainloop.token.core.Parser;
import dev.chainloop.token.core.Token;
import dev.chainloop.token.core.TokenShape;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What replaces a token in a log: enough to tell which token it was, and nothing that could be used.
 *
 * @param kind {@code api-token}, {@code user} or {@code federated} for a Chainloop token, otherwise {@code jwt}, {@code jws}
 *     or {@code jwe}
 * @param whose names from the claims, safe to print; empty when there are none
 * @param expired whether its expiry has passed
 * @param fingerprint names the token; empty for one that is too long to be read
 */
public record Mask(String kind, String whose, boolean expired, String fingerprint) {
    /** The mask in redacted output. */
    public static final String REDACTED = "<token>";

    private static final String JWT = "jwt";
    private static final String JWS = "jws";
    private static final String JWE = "jwe";

    private static final Parser PARSER = new Parser();
    private static final int LONGEST_NAME = 80;
    private static final int SEGMENTS_OF_JWE = 5;

    /**
     * Describes a token.
     *
     * @param compact the token in compact serialization; {@code null} when it is too long to be read
     * @param now the instant by which its expiry is judged
     */
    public static Mask of(@Nullable String compact, Instant now) {
        if (compact == null) {
            return new Mask(JWT, "longer than 1 MiB", false, "");
        }
        String fingerprint = Fingerprint.of(compact);
        try {
            DecodedToken decoded = PARSER.decode(compact);
            Claims claims = decoded.claims();
            Optional<Token> token = PARSER.type(claims);
            boolean expired = claims.time("exp").isPresent()
                    && !now.isBefore(claims.time("exp").get());
            String kind = token.isPresent() ? token.get().audience().word() : JWT;
            return new Mask(kind, whose(token, claims), expired, fingerprint);
        } catch (MalformedTokenException e) {
            return new Mask(segments(compact) == SEGMENTS_OF_JWE ? JWE : JWS, "", false, fingerprint);
        }
    }

    private static int segments(String compact) {
        int segments = 1;
        for (int i = 0; i < compact.length(); i++) {
            segments += compact.charAt(i) == '.' ? 1 : 0;
        }
        return segments;
    }

    private static String whose(Optional<Token> token, Claims claims) {
        if (token.isPresent() && token.get() instanceof ApiToken api) {
            Optional<String> name = api.name();
            Optional<String> organization = api.organization().name();
            return (name.isPresent() ? "'" + shown(name.get()) + "'" : "")
                    + (name.isPresent() && organization.isPresent() ? " " : "")
                    + (organization.isPresent() ? "of " + shown(organization.get()) : "");
        }
        boolean user = token.isPresent() && token.get().audience() == Audience.USER;
        Optional<String> issuer = user ? Optional.empty() : claims.text("iss");
        return issuer.isPresent() ? "of " + shown(issuer.get()) : "";
    }

    private static String shown(String name) {
        // A claim can contain a token too.
        if (TokenShape.isIn(name)) {
            return "…";
        }
        // Nothing that would end a string in JSON, or change it.
        String line = Sanitizer.line(name)
                .replace('<', '(')
                .replace('>', ')')
                .replace('"', '\'')
                .replace('\\', '/');
        return line.length() <= LONGEST_NAME ? line : line.substring(0, LONGEST_NAME) + "…";
    }

    /** The mask itself. */
    public String text() {
        StringBuilder text = new StringBuilder("<").append(noun());
        if (!whose.isEmpty()) {
            text.append(' ').append(whose);
        }
        if (expired) {
            text.append(", expired");
        }
        if (!fingerprint.isEmpty()) {
            // Otherwise a URL would seem to continue.
            text.append(expired || whose.contains("://") ? ", " : " ").append(fingerprint);
        }
        return text.append('>').toString();
    }

    private String noun() {
        return switch (kind) {
            case "api-token" -> kind;
            case "jwt", "jws", "jwe" -> kind.toUpperCase(Locale.ROOT);
            default -> kind + " token";
        };
    }
}
