package dev.chainloop.token.render;

import dev.chainloop.token.core.Audience;
import dev.chainloop.token.core.Claims;
import dev.chainloop.token.core.Fingerprint;
import dev.chainloop.token.core.Form;
import dev.chainloop.token.core.MalformedTokenException;
import dev.chainloop.token.core.Parser;
import dev.chainloop.token.core.Token;
import java.time.Instant;
import java.util.Optional;

/** What replaces a token in a log: enough to tell which token it was, and nothing that could be used. */
public final class Mask {
    public static final String REDACTED = "<token>";

    private static final Parser PARSER = new Parser();

    private Mask() {}

    /** The mask of a token in compact serialization, or of what there is of it. */
    public static String of(String compact, Instant now) {
        String fingerprint = Fingerprint.of(compact);
        try {
            Claims claims = PARSER.decode(compact).claims();
            Optional<Token> token = PARSER.type(claims);
            String noun = token.isEmpty() ? "JWT" : token.get().audience().word();
            String type = token.isEmpty() || token.get().audience() == Audience.API_TOKEN ? "" : " token";
            String whose = whose(token, claims);
            boolean expired = !now.isBefore(claims.time("exp").orElse(Instant.MAX));
            // Otherwise a URL would seem to continue.
            String stop = expired || whose.contains("://") ? ", " : " ";
            return "<" + noun + type + whose + (expired ? ", expired" : "") + stop + fingerprint + ">";
        } catch (MalformedTokenException e) {
            boolean encrypted = compact.split("\\.", -1).length == 5;
            return (encrypted ? "<JWE " : "<JWS ") + fingerprint + ">";
        }
    }

    /** Names from the claims, each after a space; empty if there are none. */
    private static String whose(Optional<Token> token, Claims claims) {
        if (token.isPresent() && token.get().audience().isIssuedByChainloop()) {
            Optional<String> name = token.get().name();
            Optional<String> organization = token.get().organization().name();
            return (name.isPresent() ? " '" + shown(name.get()) + "'" : "")
                    + (organization.isPresent() ? " of " + shown(organization.get()) : "");
        }
        Optional<String> issuer = claims.text("iss");
        return issuer.isPresent() ? " of " + shown(issuer.get()) : "";
    }

    private static String shown(String name) {
        // A claim can contain a token, too, or a character that would end a string in JSON.
        return Form.isIssuer(name) ? name : "…";
    }
}
