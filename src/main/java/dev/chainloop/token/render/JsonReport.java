package dev.chainloop.token.render;

import dev.chainloop.token.core.ApiToken;
import dev.chainloop.token.core.Audience;
import dev.chainloop.token.core.Claims;
import dev.chainloop.token.core.DecodedToken;
import dev.chainloop.token.core.FederatedToken;
import dev.chainloop.token.core.Token;
import dev.chainloop.token.diagnosis.Fault;
import dev.chainloop.token.diagnosis.Inspection;
import dev.chainloop.token.source.Origin;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The inspection as a JSON object: every key is always there, in the order in which they are put below. */
public final class JsonReport {
    private static final long SCHEMA_VERSION = 1;

    private JsonReport() {}

    /** The object as text, ending with a line end. */
    public static String render(Inspection inspection, View view) {
        return JsonWriter.indented(object(inspection, view)) + "\n";
    }

    /** The object; values as {@link JsonWriter} takes them. */
    static Map<String, @Nullable Object> object(Inspection inspection, View view) {
        Optional<Token> token = inspection.token();
        Optional<ApiToken> api = token.filter(ApiToken.class::isInstance).map(ApiToken.class::cast);
        Optional<FederatedToken> federated =
                token.filter(FederatedToken.class::isInstance).map(FederatedToken.class::cast);
        Optional<Claims> claims = inspection.decoded().map(DecodedToken::claims);
        Keys keys = new Keys(view.redact());
        keys.put("schemaVersion", SCHEMA_VERSION);
        keys.put("status", inspection.status().word());
        keys.put("type", token.map(one -> one.audience().authType()));
        keys.put("kind", token.map(one -> one.audience().kind()));
        keys.putPrivate("id", token.map(Token::id));
        keys.putPrivate("orgId", api.flatMap(one -> one.organization().id()));
        keys.put("orgName", api.flatMap(one -> one.organization().name()));
        keys.put("tokenName", api.flatMap(ApiToken::name));
        keys.putPrivate("projectId", api.flatMap(one -> one.project().id()));
        keys.put("projectName", api.flatMap(one -> one.project().name()));
        keys.putPrivate("workflowId", api.flatMap(one -> one.workflow().id()));
        keys.put("workflowName", api.flatMap(one -> one.workflow().name()));
        keys.put("scope", api.flatMap(ApiToken::scope));
        keys.putPrivate("scopeId", api.flatMap(ApiToken::scopeId));
        keys.putPrivate("namespaceId", federated.flatMap(FederatedToken::namespaceId));
        keys.put("audience", claims.map(Claims::audience));
        keys.put("matchedAudience", claims.flatMap(Claims::matchedAudience).map(Audience::value));
        keys.put("issuer", claims.flatMap(one -> one.text("iss")));
        keys.putPrivate("subject", claims.flatMap(one -> one.text("sub")));
        keys.put("algorithm", inspection.decoded().flatMap(DecodedToken::algorithm));
        keys.put("keyId", inspection.decoded().flatMap(DecodedToken::keyId));
        keys.put("issuedAt", time(inspection.time("iat")));
        keys.put("notBefore", time(inspection.time("nbf")));
        keys.put("expiresAt", time(inspection.time("exp")));
        keys.put("expired", inspection.expired());
        keys.put("expiresInSeconds", inspection.secondsToExpiry());
        keys.put("fingerprint", inspection.fingerprint());
        keys.put("signatureVerified", Optional.empty());
        keys.put("source", inspection.origin().map(origin -> source(origin, view)));
        keys.putPrivate("header", inspection.decoded().map(DecodedToken::header));
        keys.putPrivate("claims", claims.map(Claims::asMap));
        keys.put("error", inspection.fault().map(JsonReport::error));
        return keys.object;
    }

    private static Optional<String> time(Optional<Instant> instant) {
        return instant.map(Times::rfc3339);
    }

    private static Map<String, String> source(Origin origin, View view) {
        Map<String, String> source = new LinkedHashMap<>();
        source.put("kind", origin.kind().word());
        source.put("name", view.rawNameOf(origin));
        return source;
    }

    private static Map<String, String> error(Fault fault) {
        Map<String, String> error = new LinkedHashMap<>();
        error.put("code", fault.code());
        error.put("message", fault.message());
        return error;
    }

    private static final class Keys {
        private final Map<String, @Nullable Object> object = new LinkedHashMap<>();
        private final boolean redact;

        Keys(boolean redact) {
            this.redact = redact;
        }

        void put(String name, Object value) {
            object.put(name, value);
        }

        void put(String name, Optional<?> value) {
            object.put(name, value.orElse(null));
        }

        /** What a redacted output leaves out. */
        void putPrivate(String name, Optional<?> value) {
            object.put(name, redact ? null : value.orElse(null));
        }
    }
}
