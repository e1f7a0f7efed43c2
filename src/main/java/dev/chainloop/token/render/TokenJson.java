package dev.chainloop.token.render;

import dev.chainloop.token.core.Audience;
import dev.chainloop.token.core.DecodedToken;
import dev.chainloop.token.core.Keyword;
import dev.chainloop.token.core.Token;
import dev.chainloop.token.diagnosis.Candidate;
import dev.chainloop.token.diagnosis.Diagnosis;
import dev.chainloop.token.diagnosis.Finding;
import dev.chainloop.token.diagnosis.Phrases;
import dev.chainloop.token.diagnosis.Redaction;
import dev.chainloop.token.source.Host;
import dev.chainloop.token.source.Inputs;
import dev.chainloop.token.source.Origin;
import dev.chainloop.token.verification.Verification;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What is known of a token as a JSON object, and the parts of it that other parts of an answer have too. */
final class TokenJson {
    static final long SCHEMA_VERSION = 1;

    private TokenJson() {}

    /** The object, without a check; values as {@link JsonWriter} takes them. */
    static Members object(Diagnosis diagnosis, ViewOptions view) {
        Candidate used = diagnosis.used();
        // In JSON, null stands for a missing value. Each lambda costs a class.
        @Nullable Token token = used.token().orElse(null);
        @Nullable
        DecodedToken decoded = used.jwt().isEmpty() ? null : used.jwt().get().decoded();
        Members members = new Members(view.redact());
        members.with("schemaVersion", SCHEMA_VERSION);
        members.with("status", used.status());
        members.with("type", token == null ? null : token.audience().authType());
        members.with("kind", used.kind());
        members.withPrivate("id", token == null ? null : token.id());
        members.withPrivate("orgId", token == null ? null : token.organization().id());
        members.with("orgName", used.organization());
        members.with("tokenName", token == null ? null : token.name());
        members.withPrivate("projectId", token == null ? null : token.project().id());
        members.with("projectName", token == null ? null : token.project().name());
        members.withPrivate(
                "workflowId", token == null ? null : token.workflow().id());
        members.with("workflowName", token == null ? null : token.workflow().name());
        members.with("scope", token == null ? null : used.shown(token.scope()));
        members.withPrivate("scopeId", token == null ? null : token.scopeId());
        members.withPrivate("namespaceId", token == null ? null : token.namespaceId());
        members.with("audience", decoded == null ? null : used.audience());
        members.with("matchedAudience", used.matched().map(Audience::value));
        members.with("issuer", used.shown(used.issuer()));
        members.withPrivate("subject", used.claims().text("sub"));
        members.with("algorithm", decoded == null ? null : used.shown(decoded.algorithm()));
        members.withPrivate("keyId", decoded == null ? null : decoded.keyId());
        members.with("issuedAt", used.time("iat"));
        members.with("notBefore", used.time("nbf"));
        members.with("expiresAt", used.time("exp"));
        members.with("expired", used.expired());
        members.with("expiresInSeconds", used.secondsToExpiry());
        members.with("fingerprint", used.fingerprint());
        members.with(
                "around",
                used.malformed().map(one -> Keyword.words(one.around())).orElse(List.of()));
        members.with("contained", diagnosis.contained().map(one -> object(one, view)));
        members.with("signatureVerified", used.verification().map(Verification::isGenuine));
        members.with("requestsFederated", diagnosis.requestsFederated());
        members.with("findings", Members.list(diagnosis.findings(), TokenJson::finding));
        members.with("organization", organization(diagnosis, false, view));
        members.with("attestsInto", organization(diagnosis, true, view));
        members.with("source", used.origin().map(one -> source(one, view)));
        members.with("controlPlane", diagnosis.evidence().inputs().host().map(TokenJson::host));
        members.withPrivate("header", decoded == null ? null : decoded.header());
        members.withPrivate("claims", decoded == null ? null : decoded.claims().asMap());
        members.with("error", used.trouble().map(TokenJson::error));
        used.verification().ifPresent(one -> members.with("verification", verification(one, view)));
        return members;
    }

    private static Members verification(Verification verification, ViewOptions view) {
        Optional<Members> key = verification
                .key()
                .map(one -> new Members(view.redact())
                        .with("kind", one.kind())
                        .withPrivate("kid", one.kid())
                        .with("thumbprint", one.thumbprint()));
        Optional<String> reason = verification.reason().map(one -> Phrases.capitalized(one) + ".");
        return new Members().with("key", key).with("reason", reason);
    }

    private static Members finding(Finding finding) {
        return new Members()
                .with("id", finding.id())
                .with("severity", finding.severity())
                .with("stage", finding.stage())
                .with("message", finding.message())
                .with("cure", finding.cure());
    }

    static Members host(Host host) {
        return new Members().with("api", host.address()).with("from", host.from());
    }

    /** The organization in which its commands work, or attest. */
    private static Optional<Members> organization(Diagnosis diagnosis, boolean attests, ViewOptions view) {
        Candidate used = diagnosis.used();
        Inputs inputs = diagnosis.evidence().inputs();
        Optional<Members> told = inputs.organization(used.token(), attests)
                .map(one -> new Members()
                        .with("name", one.name().map(Redaction::ofName))
                        .with("from", one.from())
                        .with("path", one.path().map(path -> view.rawPath(path.toString()))));
        return told.or(() -> used.organization()
                .map(name ->
                        new Members().with("name", name).with("from", "token").with("path", null)));
    }

    static Members source(Origin origin, ViewOptions view) {
        return new Members().with("kind", origin.kind()).with("name", view.rawNameOf(origin));
    }

    static Members error(Finding trouble) {
        return new Members()
                .with("code", trouble.id())
                .with("message", trouble.headline() + (trouble.more().isEmpty() ? "" : "." + trouble.rest()))
                .with("cure", trouble.cure());
    }
}
