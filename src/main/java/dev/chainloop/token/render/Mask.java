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
import java.util.stream.Stream;
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
    private static final Parser PARSER = new Parser();

    /** Describes a token in compact serialization; {@code null} when it is too long to be read. */
    public static Mask of(@Nullable String compact, Instant now) {
        if (compact == null) {
            return new Mask(JWT, "longer than 1 MiB", false, "");
        }
        String fingerprint = Fingerprint.of(compact);
        try {
            DecodedToken decoded = PARSER.decode(compact);
            Claims claims = decoded.claims();
            Optional<Token> token = PARSER.type(claims);
            boolean expired = !now.isBefore(claims.time("exp").orElse(Instant.MAX));
            String kind = token.isPresent() ? token.get().audience().word() : JWT;
            return new Mask(kind, whose(token, claims), expired, fingerprint);
        } catch (MalformedTokenException e) {
            long segments = compact.chars().filter(c -> c == '.').count() + 1;
            return new Mask(segments == 5 ? "jwe" : "jws", "", false, fingerprint);
        }
    }

    private static String whose(Optional<Token> token, Claims claims) {
        if (token.isPresent() && token.get().audience().isIssuedByChainloop()) {
            Stream<String> name = token.get().name().stream().map(one -> "'" + shown(one) + "'");
            Stream<String> organization =
                    token.get().organization().name().stream().map(one -> "of " + shown(one));
            return String.join(" ", Stream.concat(name, organization).toList());
        }
        return claims.text("iss").map(issuer -> "of " + shown(issuer)).orElse("");
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
