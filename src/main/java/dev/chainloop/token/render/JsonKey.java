package dev.chainloop.token.render;

import dev.chainloop.token.core.Audience;
import dev.chainloop.token.diagnosis.Status;
import dev.chainloop.token.verification.KeyKind;
import java.util.ArrayList;
import java.util.List;

/** The keys at the top level of the JSON outputs about a token, in their order, for the documentation. */
public enum JsonKey {
    SCHEMA_VERSION("schemaVersion", String.valueOf(JsonReport.SCHEMA_VERSION)),
    STATUS("status", statuses()),
    TYPE("type", types()),
    KIND("kind", kinds()),
    ID("id", "the identity claim: `jti`, `user_id` or `iss`"),
    ORG_ID("orgId", "the ID of an API token's organization"),
    ORG_NAME("orgName", "the name of an API token's organization"),
    TOKEN_NAME("tokenName", "an API token's name"),
    PROJECT_ID("projectId", "the ID of the project that it is limited to"),
    PROJECT_NAME("projectName", "the name of that project"),
    WORKFLOW_ID("workflowId", "the ID of the workflow that it is limited to"),
    WORKFLOW_NAME("workflowName", "the name of that workflow"),
    SCOPE("scope", "an API token's scope, as the server wrote it"),
    SCOPE_ID("scopeId", "the ID that belongs to the scope"),
    NAMESPACE_ID("namespaceId", "a federated token's owner: GitHub's `repository_owner_id`, GitLab's `namespace_id`"),
    AUDIENCE("audience", "array of strings, without repeats"),
    MATCHED_AUDIENCE("matchedAudience", "the one that decides the kind"),
    ISSUER("issuer", "`iss`"),
    SUBJECT("subject", "`sub`"),
    ALGORITHM("algorithm", "`alg`"),
    KEY_ID("keyId", "`kid`"),
    ISSUED_AT("issuedAt", "`iat`, as RFC 3339 in UTC"),
    NOT_BEFORE("notBefore", "`nbf`, as RFC 3339 in UTC"),
    EXPIRES_AT("expiresAt", "`exp`, as RFC 3339 in UTC"),
    EXPIRED("expired", "whether now ≥ `exp`, as for the server"),
    EXPIRES_IN_SECONDS("expiresInSeconds", "negative when past"),
    FINGERPRINT("fingerprint", "`sha256:` and 16 digits; two jobs can compare tokens that neither may print"),
    SIGNATURE_VERIFIED(
            "signatureVerified",
            "of `verify`, and of `explain` with a key: whether the key signed it; else `null`: not checked"),
    FINDINGS("findings", "array of `{\"id\",\"severity\",\"message\",\"remedy\"}`"),
    SOURCE("source", "`{\"kind\",\"name\"}`; kinds as for `--source`"),
    HEADER("header", "as it is in the token, numbers as written"),
    CLAIMS("claims", "as they are in the token, numbers as written"),
    ERROR(
            "error",
            "`{\"code\",\"message\"}`; codes `malformed`, `source-unreadable`, `key-unreadable`, `usage`, `defect`"),
    LINE("line", "only with `--lines`: the number of the line"),
    VERIFICATION(
            "verification",
            "only with a key: `{\"key\",\"algorithm\",\"reason\"}`; `key` is"
                    + " `{\"kind\",\"kid\",\"thumbprint\",\"certificateFrom\",\"certificateUntil\"}`, kinds "
                    + keyKinds()
                    + "; the thumbprint is RFC 7638's, which a secret has none of; `reason` says why it is not genuine"),
    CHECK("check", "only of `check` and `verify`: `{\"passed\",\"failures\"}`");

    private final String word;
    private final String meaning;

    JsonKey(String word, String meaning) {
        this.word = word;
        this.meaning = meaning;
    }

    /** The key as it is written. */
    public String word() {
        return word;
    }

    /** What its value is, in Markdown. */
    public String meaning() {
        return meaning;
    }

    private static String statuses() {
        List<String> words = new ArrayList<>();
        for (Status status : Status.values()) {
            words.add(status.word());
        }
        return code(words);
    }

    private static String types() {
        List<String> words = new ArrayList<>();
        for (Audience audience : Audience.values()) {
            words.add(audience.authType());
        }
        return code(words);
    }

    private static String kinds() {
        List<String> words = new ArrayList<>();
        for (Audience audience : Audience.values()) {
            words.add(audience.kind());
        }
        return code(words);
    }

    private static String keyKinds() {
        List<String> words = new ArrayList<>();
        for (KeyKind kind : KeyKind.values()) {
            words.add(kind.word());
        }
        return code(words);
    }

    private static String code(List<String> words) {
        return "`" + String.join("`, `", words) + "`";
    }
}
