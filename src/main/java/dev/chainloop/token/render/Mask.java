package dev.chainloop.token.render;

import dev.chainloop.token.core.Claims;
import dev.chainloop.token.core.DecodedToken;
import dev.chainloop.token.core.Fingerprint;
import dev.chainloop.token.core.Form;
import dev.chainloop.token.core.MalformedTokenException;
import dev.chainloop.token.core.Parser;
import dev.chainloop.token.core.Token;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/**
 * What replaces a token in a log: enough to tell which token it was, and nothing that could be used.
 *
 * @param kind {@code api-token}, {@code user} or {@code federated} for a Chainloop token, otherwise {@code jwt}, {@code jws}
 *     or {@code jwe}
 * @param whose names from the claims, safe to print; empty when there are none
 * @param expired whether its expiry has passed
 * @param fingerprint names the token
 */
public record Mask(String kind, String whose, boolean expired, String fingerprint) {
    /** The mask in redacted output. */
    public static final String REDACTED = "<token>";

    private static final String JWT = "jwt";
    private static final Parser PARSER = new Parser();

    /** Describes a token in compact serialization, or what there is of it. */
    public static Mask of(String compact, Instant now) {
        String fingerprint = Fingerprint.of(compact);
        try {
            DecodedToken decoded = PARSER.decode(compact);
            Claims claims = decoded.claims();
            Optional<Token> token = PARSER.type(claims);
            boolean expired = !now.isBefore(claims.time("exp").orElse(Instant.MAX));
            String kind = token.isPresent() ? token.get().audience().word() : JWT;
            return new Mask(kind, whose(token, claims), expired, fingerprint);
        } catch (MalformedTokenException e) {
            boolean encrypted = compact.split("\\.", -1).length == 5;
            return new Mask(encrypted ? "jwe" : "jws", "", false, fingerprint);
        }
    }

    private static String whose(Optional<Token> token, Claims claims) {
        if (token.isPresent() && token.get().audience().isIssuedByChainloop()) {
            Optional<String> name = token.get().name();
            Optional<String> organization = token.get().organization().name();
            String named = name.isPresent() ? "'" + shown(name.get()) + "'" : "";
            String owned = organization.isPresent() ? "of " + shown(organization.get()) : "";
            return (named + " " + owned).strip();
        }
        Optional<String> issuer = claims.text("iss");
        return issuer.isPresent() ? "of " + shown(issuer.get()) : "";
    }

    private static String shown(String name) {
        // A claim can contain a token too, or what would end a string in JSON.
        return Form.isIssuer(name) ? name : "…";
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
        // Otherwise a URL would seem to continue.
        text.append(expired || whose.contains("://") ? ", " : " ").append(fingerprint);
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
