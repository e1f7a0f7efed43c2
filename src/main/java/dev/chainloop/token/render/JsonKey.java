package dev.chainloop.token.render;

import dev.chainloop.token.core.Keyword;

/** The keys at the top level of the JSON outputs about a token, in their order; the JSON Schemas say what each is. */
public enum JsonKey implements Keyword {
    SCHEMA_VERSION("schemaVersion"),
    STATUS("status"),
    TYPE("type"),
    KIND("kind"),
    ID("id", Presence.PRIVATE),
    ORG_ID("orgId", Presence.PRIVATE),
    ORG_NAME("orgName"),
    TOKEN_NAME("tokenName"),
    PROJECT_ID("projectId", Presence.PRIVATE),
    PROJECT_NAME("projectName"),
    WORKFLOW_ID("workflowId", Presence.PRIVATE),
    WORKFLOW_NAME("workflowName"),
    SCOPE("scope"),
    SCOPE_ID("scopeId", Presence.PRIVATE),
    NAMESPACE_ID("namespaceId", Presence.PRIVATE),
    AUDIENCE("audience"),
    MATCHED_AUDIENCE("matchedAudience"),
    ISSUER("issuer"),
    SUBJECT("subject", Presence.PRIVATE),
    ALGORITHM("algorithm"),
    KEY_ID("keyId", Presence.PRIVATE),
    ISSUED_AT("issuedAt"),
    NOT_BEFORE("notBefore"),
    EXPIRES_AT("expiresAt"),
    EXPIRED("expired"),
    EXPIRES_IN_SECONDS("expiresInSeconds"),
    FINGERPRINT("fingerprint"),
    SIGNATURE_VERIFIED("signatureVerified"),
    FINDINGS("findings"),
    SOURCE("source"),
    CONTROL_PLANE("controlPlane"),
    HEADER("header", Presence.PRIVATE),
    CLAIMS("claims", Presence.PRIVATE),
    ERROR("error"),
    LINE("line", Presence.SOMETIMES),
    VERIFICATION("verification", Presence.SOMETIMES),
    CHECK("check", Presence.SOMETIMES),
    ASK("ask", Presence.SOMETIMES);

    private final String word;
    private final Presence presence;

    /** In which answers a key has its value. */
    private enum Presence {
        /** In all. */
        ALWAYS,
        /** In all, but {@code null} in redacted ones. */
        PRIVATE,
        /** Only in some. */
        SOMETIMES
    }

    JsonKey(String word) {
        this(word, Presence.ALWAYS);
    }

    JsonKey(String word, Presence presence) {
        this.word = word;
        this.presence = presence;
    }

    /** Whether every answer about a token has the key. */
    boolean isAlways() {
        return presence != Presence.SOMETIMES;
    }

    /** Whether redacted answers leave out its value. */
    boolean isPrivate() {
        return presence == Presence.PRIVATE;
    }

    @Override
    public String word() {
        return word;
    }
}
