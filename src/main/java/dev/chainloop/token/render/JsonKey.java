package dev.chainloop.token.render;

import dev.chainloop.token.core.Keyword;

/** The keys at the top level of the JSON outputs about a token, in their order; the JSON Schemas say what each is. */
public enum JsonKey implements Keyword {
    SCHEMA_VERSION("schemaVersion"),
    STATUS("status"),
    TYPE("type"),
    KIND("kind"),
    ID("id", Place.PRIVATE),
    ORG_ID("orgId", Place.PRIVATE),
    ORG_NAME("orgName"),
    TOKEN_NAME("tokenName"),
    PROJECT_ID("projectId", Place.PRIVATE),
    PROJECT_NAME("projectName"),
    WORKFLOW_ID("workflowId", Place.PRIVATE),
    WORKFLOW_NAME("workflowName"),
    SCOPE("scope"),
    SCOPE_ID("scopeId", Place.PRIVATE),
    NAMESPACE_ID("namespaceId", Place.PRIVATE),
    AUDIENCE("audience"),
    MATCHED_AUDIENCE("matchedAudience"),
    ISSUER("issuer"),
    SUBJECT("subject", Place.PRIVATE),
    ALGORITHM("algorithm"),
    KEY_ID("keyId", Place.PRIVATE),
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
    HEADER("header", Place.PRIVATE),
    CLAIMS("claims", Place.PRIVATE),
    ERROR("error"),
    LINE("line", Place.SOME),
    VERIFICATION("verification", Place.SOME),
    CHECK("check", Place.SOME),
    ASK("ask", Place.SOME);

    private final String word;
    private final Place place;

    /** In which answers a key has its value. */
    private enum Place {
        /** In all. */
        EVERY,
        /** In all, but {@code null} in redacted ones. */
        PRIVATE,
        /** Only in some. */
        SOME
    }

    JsonKey(String word) {
        this(word, Place.EVERY);
    }

    JsonKey(String word, Place place) {
        this.word = word;
        this.place = place;
    }

    /** Whether every answer about a token has the key. */
    boolean isAlways() {
        return place != Place.SOME;
    }

    /** Whether redacted answers leave out its value. */
    boolean isPrivate() {
        return place == Place.PRIVATE;
    }

    @Override
    public String word() {
        return word;
    }
}
