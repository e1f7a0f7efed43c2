package dev.chainloop.token.render;

import dev.chainloop.token.core.Audience;
import dev.chainloop.token.core.Claims;
import dev.chainloop.token.core.DecodedToken;
import dev.chainloop.token.core.Keyword;
import dev.chainloop.token.core.Token;
import dev.chainloop.token.diagnosis.Diagnosis;
import dev.chainloop.token.diagnosis.Fault;
import dev.chainloop.token.diagnosis.Finding;
import dev.chainloop.token.diagnosis.Inspection;
import dev.chainloop.token.source.Host;
import dev.chainloop.token.source.Origin;
import dev.chainloop.token.verification.Verification;
import dev.chainloop.token.verification.VerificationKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What is known of a token as a JSON object, and the parts of it that other parts of an answer have too. */
final class TokenJson {
    static final long SCHEMA_VERSION = 1;

    private TokenJson() {}

    /** The object, without a check; values as {@link JsonWriter} takes them. */
    static Members object(Diagnosis diagnosis, ViewOptions view) {
        Inspection inspection = diagnosis.inspection();
        @Nullable Token token = inspection.token();
        @Nullable DecodedToken decoded = inspection.decoded();
        @Nullable Claims claims = decoded == null ? null : decoded.claims();
        @Nullable
        Audience matched = claims == null ? null : claims.matchedAudience().orElse(null);
        @Nullable Origin origin = inspection.origin();
        @Nullable Verification verification = inspection.verification();
        @Nullable Fault fault = inspection.fault();
        Members members = new Members(view.redact());
        members.with("schemaVersion", SCHEMA_VERSION);
        members.with("status", inspection.status());
        members.with("type", token == null ? null : token.audience().authType());
        members.with("kind", token == null ? null : token.audience());
        members.withPrivate("id", token == null ? null : token.id());
        members.withPrivate("orgId", token == null ? null : token.organization().id());
        members.with("orgName", token == null ? null : token.organization().name());
        members.with("tokenName", token == null ? null : token.name());
        members.withPrivate("projectId", token == null ? null : token.project().id());
        members.with("projectName", token == null ? null : token.project().name());
        members.withPrivate(
                "workflowId", token == null ? null : token.workflow().id());
        members.with("workflowName", token == null ? null : token.workflow().name());
        members.with("scope", token == null ? null : inspection.shown(token.scope(), view.redact()));
        members.withPrivate("scopeId", token == null ? null : token.scopeId());
        members.withPrivate("namespaceId", token == null ? null : token.namespaceId());
        members.with("audience", claims == null ? null : inspection.audience(view.redact()));
        members.with("matchedAudience", matched == null ? null : matched.value());
        members.with("issuer", inspection.shown(inspection.issuer(), view.redact()));
        members.withPrivate("subject", claims == null ? null : claims.text("sub"));
        members.with("algorithm", decoded == null ? null : inspection.shown(decoded.algorithm(), view.redact()));
        members.withPrivate("keyId", decoded == null ? null : decoded.keyId());
        members.with("issuedAt", inspection.time("iat"));
        members.with("notBefore", inspection.time("nbf"));
        members.with("expiresAt", inspection.time("exp"));
        members.with("expired", inspection.expired());
        members.with("expiresInSeconds", inspection.secondsToExpiry());
        members.with("fingerprint", inspection.fingerprint());
        members.with("around", around(inspection));
        members.with(
                "contained", diagnosis.contained().map(one -> object(one, view)).orElse(null));
        members.with("signatureVerified", verification == null ? null : verification.isGenuine());
        members.with("requestsFederated", diagnosis.requestsFederated());
        members.with("findings", findings(diagnosis.findings()));
        members.with("source", origin == null ? null : source(origin, view));
        members.with("controlPlane", host(diagnosis.evidence().search().host()));
        members.withPrivate("header", decoded == null ? null : decoded.header());
        members.withPrivate("claims", claims == null ? null : claims.asMap());
        members.with("error", fault == null ? null : error(fault));
        if (verification != null) {
            members.with("verification", verification(verification, view));
        }
        return members;
    }

    private static List<String> around(Inspection inspection) {
        return inspection.malformed() == null
                ? List.of()
                : Keyword.words(inspection.malformed().around());
    }

    private static Members verification(Verification verification, ViewOptions view) {
        return new Members()
                .with("key", verification.key().map(key -> key(key, view)))
                .with("reason", verification.reason().map(reason -> reason + "."));
    }

    private static Members key(VerificationKey key, ViewOptions view) {
        return new Members(view.redact())
                .with("kind", key.kind())
                .withPrivate("kid", key.kid())
                .with("thumbprint", key.thumbprint());
    }

    static List<Members> findings(List<Finding> all) {
        // Not by a lambda, since every inspection comes here.
        List<Members> findings = new ArrayList<>();
        for (Finding finding : all) {
            findings.add(new Members()
                    .with("id", finding.rule())
                    .with("severity", finding.severity())
                    .with("stage", finding.stage())
                    .with("message", finding.message())
                    .with("cure", finding.cure()));
        }
        return findings;
    }

    static @Nullable Members host(Optional<Host> host) {
        return host.isEmpty()
                ? null
                : new Members()
                        .with("api", host.get().address())
                        .with("from", host.get().from());
    }

    static Members source(Origin origin, ViewOptions view) {
        return new Members().with("kind", origin.kind()).with("name", view.rawNameOf(origin));
    }

    static Members error(Fault fault) {
        return new Members()
                .with("code", fault.code())
                .with("message", fault.remedy().isEmpty() ? fault.message() : fault.message() + ". " + fault.remedy())
                .with("cure", fault.cure());
    }
}
