package dev.chainloop.token.render;

import dev.chainloop.token.core.Audience;
import dev.chainloop.token.diagnosis.Status;
import dev.chainloop.token.verification.KeyKind;
import java.util.ArrayList;
import java.util.List;

/** The keys at the top level of the JSON outputs about a token, in their order: the one list of them. */
public enum JsonKey {
    SCHEMA_VERSION("schemaVersion", String.valueOf(JsonReport.SCHEMA_VERSION)),
    STATUS("status", statuses()),
    TYPE("type", types()),
    KIND("kind", kinds()),
    ID("id", Place.PRIVATE, "the identity claim: `jti`, `user_id` or `iss`"),
    ORG_ID("orgId", Place.PRIVATE, "the ID of an API token's organization"),
    ORG_NAME("orgName", "the name of an API token's organization"),
    TOKEN_NAME("tokenName", "an API token's name"),
    PROJECT_ID("projectId", Place.PRIVATE, "the ID of the project that it is limited to"),
    PROJECT_NAME("projectName", "the name of that project"),
    WORKFLOW_ID("workflowId", Place.PRIVATE, "the ID of the workflow that it is limited to"),
    WORKFLOW_NAME("workflowName", "the name of that workflow"),
    SCOPE("scope", "an API token's scope, as the server wrote it"),
    SCOPE_ID("scopeId", Place.PRIVATE, "the ID that belongs to the scope"),
    NAMESPACE_ID(
            "namespaceId",
            Place.PRIVATE,
            "a federated token's owner: GitHub's `repository_owner_id`, GitLab's `namespace_id`"),
    AUDIENCE("audience", "array of strings, without repeats"),
    MATCHED_AUDIENCE("matchedAudience", "the one that decides the kind"),
    ISSUER("issuer", "`iss`"),
    SUBJECT("subject", Place.PRIVATE, "`sub`"),
    ALGORITHM("algorithm", "`alg`"),
    KEY_ID("keyId", Place.PRIVATE, "`kid`"),
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
    HEADER("header", Place.PRIVATE, "as it is in the token, numbers as written"),
    CLAIMS("claims", Place.PRIVATE, "as they are in the token, numbers as written"),
    ERROR(
            "error",
            "`{\"code\",\"message\"}`; codes `malformed`, `source-unreadable`, `key-unreadable`, `usage`, `defect`"),
    LINE("line", Place.SOME, "only with `--lines`: the number of the line"),
    VERIFICATION(
            "verification",
            Place.SOME,
            "only with a key: `{\"key\",\"algorithm\",\"reason\"}`; `key` is"
                    + " `{\"kind\",\"kid\",\"thumbprint\",\"certificateFrom\",\"certificateUntil\"}`, kinds "
                    + keyKinds()
                    + "; the thumbprint is RFC 7638's, which a secret has none of; `reason` says why it is not genuine"),
    CHECK("check", Place.SOME, "only of `check` and `verify`: `{\"passed\",\"failures\"}`");

    private final String word;
    private final Place place;
    private final String meaning;

    /** In which answers a key has its value. */
    private enum Place {
        /** In all. */
        EVERY,
        /** In all, but {@code null} in those that are fit for the public. */
        PRIVATE,
        /** In some only, as its meaning says; the others have no such key. */
        SOME
    }

    JsonKey(String word, String meaning) {
        this(word, Place.EVERY, meaning);
    }

    JsonKey(String word, Place place, String meaning) {
        this.word = word;
        this.place = place;
        this.meaning = meaning;
    }

    /** Whether every answer about a token has the key. */
    boolean isAlways() {
        return place != Place.SOME;
    }

    /** Whether its value is left out of an answer that is fit for the public. */
    boolean isPrivate() {
        return place == Place.PRIVATE;
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
            words.add(audience.word());
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
