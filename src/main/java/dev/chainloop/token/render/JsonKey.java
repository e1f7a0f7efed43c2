package dev.chainloop.token.render;

import dev.chainloop.token.core.Audience;
import dev.chainloop.token.core.Keyword;
import dev.chainloop.token.diagnosis.Status;
import dev.chainloop.token.verification.KeyKind;
import java.util.ArrayList;
import java.util.List;

/**
 * The keys at the top level of the JSON outputs about a token, in their order. The report, its schema, {@code
 * --field} and the documents are made of this list.
 */
public enum JsonKey implements Keyword {
    SCHEMA_VERSION("schemaVersion", Type.VERSION, String.valueOf(JsonReport.SCHEMA_VERSION)),
    STATUS("status", Type.STATUS, words(Status.values())),
    TYPE("type", Type.AUTH_TYPE, code(authTypes())),
    KIND("kind", Type.KIND, words(Audience.values())),
    ID("id", Type.TEXT, Place.PRIVATE, "the identity claim: `jti`, `user_id` or `iss`"),
    ORG_ID("orgId", Type.TEXT, Place.PRIVATE, "the ID of an API token's organization"),
    ORG_NAME("orgName", Type.TEXT, "the name of an API token's organization"),
    TOKEN_NAME("tokenName", Type.TEXT, "an API token's name"),
    PROJECT_ID("projectId", Type.TEXT, Place.PRIVATE, "the ID of the project that it is limited to"),
    PROJECT_NAME("projectName", Type.TEXT, "the name of that project"),
    WORKFLOW_ID("workflowId", Type.TEXT, Place.PRIVATE, "the ID of the workflow that it is limited to"),
    WORKFLOW_NAME("workflowName", Type.TEXT, "the name of that workflow"),
    SCOPE("scope", Type.TEXT, "an API token's scope, as the server wrote it"),
    SCOPE_ID("scopeId", Type.TEXT, Place.PRIVATE, "the ID that belongs to the scope"),
    NAMESPACE_ID(
            "namespaceId",
            Type.TEXT,
            Place.PRIVATE,
            "a federated token's owner: GitHub's `repository_owner_id`, GitLab's `namespace_id`"),
    AUDIENCE("audience", Type.TEXTS, "array of strings, without duplicates"),
    MATCHED_AUDIENCE("matchedAudience", Type.TEXT, "the one that decides the kind"),
    ISSUER("issuer", Type.TEXT, "`iss`"),
    SUBJECT("subject", Type.TEXT, Place.PRIVATE, "`sub`"),
    ALGORITHM("algorithm", Type.TEXT, "`alg`"),
    KEY_ID("keyId", Type.TEXT, Place.PRIVATE, "`kid`"),
    ISSUED_AT("issuedAt", Type.TIME, "`iat`, as RFC 3339 in UTC"),
    NOT_BEFORE("notBefore", Type.TIME, "`nbf`, as RFC 3339 in UTC"),
    EXPIRES_AT("expiresAt", Type.TIME, "`exp`, as RFC 3339 in UTC"),
    EXPIRED("expired", Type.BOOLEAN, "whether now ≥ `exp`, as the server decides it"),
    EXPIRES_IN_SECONDS("expiresInSeconds", Type.INTEGER, "negative when past"),
    FINGERPRINT(
            "fingerprint",
            Type.FINGERPRINT,
            "`sha256:` and 16 hex digits, so that jobs can compare tokens without printing them"),
    SIGNATURE_VERIFIED(
            "signatureVerified", Type.BOOLEAN, "with a key: whether the key signed it; otherwise `null`: not checked"),
    FINDINGS("findings", Type.FINDINGS, "array of `{\"id\",\"severity\",\"message\",\"remedy\"}`"),
    SOURCE("source", Type.SOURCE, "`{\"kind\",\"name\"}`; kinds as for `--source`"),
    CONTROL_PLANE(
            "controlPlane",
            Type.CONTROL_PLANE,
            "`{\"api\",\"from\"}`: the host that the Chainloop CLI talks to, and what names it: a variable,"
                    + " `control-plane.api` or `default`; `null` when the config file was not read"),
    HEADER("header", Type.OBJECT, Place.PRIVATE, "as it is in the token, numbers as written"),
    CLAIMS("claims", Type.OBJECT, Place.PRIVATE, "as they are in the token, numbers as written"),
    ERROR(
            "error",
            Type.ERROR,
            "`{\"code\",\"message\",\"remedy\"}`; codes `malformed`, `source-unreadable`, `key-unreadable`, `usage`, `defect`"),
    LINE("line", Type.LINE, Place.SOME, "only with `--lines`: the number of the line"),
    VERIFICATION(
            "verification",
            Type.VERIFICATION,
            Place.SOME,
            "only with a key: `{\"key\",\"algorithm\",\"reason\"}`; `key` is"
                    + " `{\"kind\",\"kid\",\"thumbprint\",\"certificateFrom\",\"certificateUntil\"}`, kinds "
                    + words(KeyKind.values())
                    + "; the thumbprint is that of RFC 7638, and a secret has none; `reason` says why it is not"
                    + " genuine"),
    CHECK("check", Type.CHECK, Place.SOME, "only of `check` and `verify`: `{\"passed\",\"failures\"}`"),
    ASK(
            "ask",
            Type.ASK,
            Place.SOME,
            "only of `ask`: what the control plane answered; its keys are listed below, and by `schema ask`");

    private final String word;
    private final Type type;
    private final Place place;
    private final String meaning;

    /** In which answers a key has its value. */
    private enum Place {
        /** In all. */
        EVERY,
        /** In all, but {@code null} in redacted ones. */
        PRIVATE,
        /** Only in some, as its meaning says. */
        SOME
    }

    /** What a value looks like; {@link JsonSchema} spells each out. Most can be {@code null}. */
    enum Type {
        VERSION,
        STATUS,
        AUTH_TYPE,
        KIND,
        TEXT,
        TEXTS,
        TIME,
        BOOLEAN,
        INTEGER,
        FINGERPRINT,
        FINDINGS,
        SOURCE,
        CONTROL_PLANE,
        OBJECT,
        ERROR,
        LINE,
        VERIFICATION,
        CHECK,
        ASK
    }

    JsonKey(String word, Type type, String meaning) {
        this(word, type, Place.EVERY, meaning);
    }

    JsonKey(String word, Type type, Place place, String meaning) {
        this.word = word;
        this.type = type;
        this.place = place;
        this.meaning = meaning;
    }

    /** Whether every answer about a token has the key. */
    boolean isAlways() {
        return place != Place.SOME;
    }

    /** Whether redacted answers leave out its value. */
    boolean isPrivate() {
        return place == Place.PRIVATE;
    }

    /** What its value looks like. */
    Type type() {
        return type;
    }

    @Override
    public String word() {
        return word;
    }

    /** What its value is, in Markdown. */
    public String meaning() {
        return meaning;
    }

    static List<String> authTypes() {
        List<String> types = new ArrayList<>();
        for (Audience audience : Audience.values()) {
            types.add(audience.authType());
        }
        return types;
    }

    private static String words(Keyword... constants) {
        return code(Keyword.words(List.of(constants)));
    }

    private static String code(List<String> words) {
        return "`" + String.join("`, `", words) + "`";
    }
}
