package dev.chainloop.token.render;

import dev.chainloop.token.core.Audience;
import dev.chainloop.token.core.Keyword;
import dev.chainloop.token.diagnosis.Cause;
import dev.chainloop.token.diagnosis.Outcome;
import dev.chainloop.token.diagnosis.Severity;
import dev.chainloop.token.diagnosis.Status;
import dev.chainloop.token.diagnosis.Survey;
import dev.chainloop.token.source.SourceKind;
import dev.chainloop.token.verification.Algorithm;
import dev.chainloop.token.verification.KeyKind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What each JSON output looks like, as a JSON Schema of draft 2020-12; a new output is a constant here and its case. */
public enum JsonSchema implements Keyword {
    /** Of {@code inspect}, and of every failed command line. */
    INSPECT("inspect"),
    CHECK("check"),
    VERIFY("verify"),
    ASK("ask"),
    SOURCES("sources"),
    EXPLAIN("explain");

    private final String word;

    JsonSchema(String word) {
        this.word = word;
    }

    @Override
    public String word() {
        return word;
    }

    /** The schema as text. */
    public String text() {
        Map<String, @Nullable Object> schema = new LinkedHashMap<>();
        schema.put("$schema", "https://json-schema.org/draft/2020-12/schema");
        schema.put("$id", "urn:chainloop-token:" + word + ":" + JsonReport.SCHEMA_VERSION);
        schema.put("title", "chainloop-token " + word + " -o json");
        switch (this) {
            case INSPECT -> schema.putAll(closed(inspection(), "line"));
            case CHECK -> {
                Map<String, @Nullable Object> keys = inspection();
                keys.put("verification", verification());
                keys.put("check", check());
                schema.putAll(closed(keys, "line", "verification", "check"));
            }
            case VERIFY -> {
                Map<String, @Nullable Object> keys = inspection();
                keys.remove("line");
                keys.put("verification", eitherOrNull(verification()));
                keys.put("check", check());
                schema.putAll(closed(keys, "verification", "check"));
            }
            case ASK -> {
                Map<String, @Nullable Object> keys = inspection();
                keys.remove("line");
                keys.put("ask", ask());
                schema.putAll(closed(keys, "ask"));
            }
            case SOURCES -> schema.put("anyOf", List.of(closed(sources()), failure()));
            case EXPLAIN -> schema.put("anyOf", List.of(closed(explanation()), failure(), closed(messages())));
        }
        return JsonWriter.indented(schema) + "\n";
    }

    private static Map<String, @Nullable Object> inspection() {
        Map<String, @Nullable Object> keys = new LinkedHashMap<>();
        keys.put("schemaVersion", version());
        keys.put("status", oneOf(statuses()));
        keys.put("type", oneOfOrNull(types()));
        keys.put("kind", oneOfOrNull(kinds()));
        for (String name : List.of(
                "id",
                "orgId",
                "orgName",
                "tokenName",
                "projectId",
                "projectName",
                "workflowId",
                "workflowName",
                "scope",
                "scopeId",
                "namespaceId")) {
            keys.put(name, orNull("string"));
        }
        Map<String, @Nullable Object> audience = orNull("array");
        audience.put("items", type("string"));
        keys.put("audience", audience);
        for (String name : List.of("matchedAudience", "issuer", "subject", "algorithm", "keyId")) {
            keys.put(name, orNull("string"));
        }
        keys.put("issuedAt", time());
        keys.put("notBefore", time());
        keys.put("expiresAt", time());
        keys.put("expired", orNull("boolean"));
        keys.put("expiresInSeconds", orNull("integer"));
        keys.put("fingerprint", fingerprint());
        keys.put("signatureVerified", orNull("boolean"));
        keys.put("findings", array(finding()));
        keys.put("source", eitherOrNull(source()));
        keys.put("header", orNull("object"));
        keys.put("claims", orNull("object"));
        keys.put("error", eitherOrNull(closed(texts("code", "message"))));
        keys.put("line", type("integer"));
        return keys;
    }

    private static Map<String, @Nullable Object> finding() {
        Map<String, @Nullable Object> keys = texts("id");
        List<String> words = new ArrayList<>();
        for (Severity severity : Severity.values()) {
            words.add(severity.word());
        }
        keys.put("severity", oneOf(words));
        keys.putAll(texts("message", "remedy"));
        return closed(keys);
    }

    private static Map<String, @Nullable Object> check() {
        Map<String, @Nullable Object> failure = texts("expectation", "expected");
        failure.put("actual", orNull("string"));
        failure.putAll(texts("message", "remedy"));
        Map<String, @Nullable Object> keys = new LinkedHashMap<>();
        keys.put("passed", type("boolean"));
        keys.put("failures", array(closed(failure)));
        return closed(keys);
    }

    private static Map<String, @Nullable Object> ask() {
        Map<String, @Nullable Object> call = texts("name");
        call.put("accepted", type("boolean"));
        Map<String, @Nullable Object> organization = texts("name", "role");
        organization.put("current", type("boolean"));

        Map<String, @Nullable Object> keys = new LinkedHashMap<>();
        keys.put("outcome", oneOf(Keyword.words(List.of(Outcome.values()))));
        keys.put("controlPlane", orNull("string"));
        keys.put("plainText", orNull("boolean"));
        keys.put("askedAt", time());
        keys.put("tookMilliseconds", orNull("integer"));
        keys.put("serverVersion", orNull("string"));
        keys.put("serverTime", time());
        keys.put("clockDifferenceSeconds", orNull("integer"));
        keys.put("code", orNull("integer"));
        keys.put("message", orNull("string"));
        keys.put("reason", orNull("string"));
        keys.put("calls", array(closed(call)));
        keys.put("organizations", array(closed(organization)));
        keys.put("causes", array(cause()));
        keys.put("remedy", orNull("string"));
        keys.put("notAsked", array(type("string")));
        keys.put("sideEffects", array(type("string")));
        keys.put("error", eitherOrNull(closed(texts("code", "message"))));
        return closed(keys);
    }

    private static Map<String, @Nullable Object> cause() {
        Map<String, @Nullable Object> cause = new LinkedHashMap<>();
        List<String> weights = new ArrayList<>();
        for (Cause.Weight weight : Cause.Weight.values()) {
            weights.add(weight.words());
        }
        cause.put("weight", oneOf(weights));
        cause.putAll(texts("message"));
        return closed(cause);
    }

    private static Map<String, @Nullable Object> verification() {
        List<String> kinds = new ArrayList<>();
        for (KeyKind kind : KeyKind.values()) {
            kinds.add(kind.word());
        }
        Map<String, @Nullable Object> key = new LinkedHashMap<>();
        key.put("kind", oneOf(kinds));
        key.put("kid", orNull("string"));
        key.put("thumbprint", orNull("string"));
        key.put("certificateFrom", time());
        key.put("certificateUntil", time());

        Map<String, @Nullable Object> keys = new LinkedHashMap<>();
        keys.put("key", eitherOrNull(closed(key)));
        keys.put("algorithm", oneOfOrNull(Keyword.words(List.of(Algorithm.values()))));
        keys.put("reason", orNull("string"));
        return closed(keys);
    }

    private static Map<String, @Nullable Object> sources() {
        Map<String, @Nullable Object> place = new LinkedHashMap<>();
        place.put("source", source());
        place.put("present", type("boolean"));
        List<String> states = new ArrayList<>();
        for (Survey.State state : Survey.State.values()) {
            states.add(state.word());
        }
        place.put("state", oneOf(states));
        place.put("reason", orNull("string"));
        place.put("status", oneOfOrNull(statuses()));
        place.put("kind", oneOfOrNull(kinds()));
        place.put("type", oneOfOrNull(types()));
        place.put("id", orNull("string"));
        place.put("tokenName", orNull("string"));
        place.put("expiresAt", time());
        place.put("expired", orNull("boolean"));
        place.put("fingerprint", fingerprint());

        Map<String, @Nullable Object> config = new LinkedHashMap<>();
        config.put("path", orNull("string"));
        config.put("mode", orNull("string"));
        config.put("writtenAt", time());
        config.put("develFile", type("boolean"));

        Map<String, @Nullable Object> keys = new LinkedHashMap<>();
        keys.put("schemaVersion", version());
        keys.put("sources", array(closed(place)));
        keys.put("config", closed(config));
        keys.put("githubCanMint", type("boolean"));
        keys.put("findings", array(finding()));
        return keys;
    }

    private static Map<String, @Nullable Object> explanation() {
        Map<String, @Nullable Object> message = texts("id", "text");
        message.put("name", orNull("string"));
        message.putAll(texts("meaning"));

        Map<String, @Nullable Object> keys = new LinkedHashMap<>();
        keys.put("schemaVersion", version());
        keys.put("message", eitherOrNull(closed(message)));
        keys.put("causes", array(cause()));
        keys.put("remedy", orNull("string"));
        keys.put("furtherMessages", array(closed(message)));
        keys.put("nearest", array(type("string")));
        Map<String, @Nullable Object> token = inspection();
        token.put("verification", verification());
        keys.put("token", closed(token, "line", "verification"));
        return keys;
    }

    /** What {@code explain --list} prints. */
    private static Map<String, @Nullable Object> messages() {
        Map<String, @Nullable Object> message = texts("id");
        message.put("texts", array(type("string")));
        message.putAll(texts("meaning"));
        Map<String, @Nullable Object> keys = new LinkedHashMap<>();
        keys.put("schemaVersion", version());
        keys.put("messages", array(closed(message)));
        return keys;
    }

    /** What a command line that cannot be followed prints, whatever the command. */
    private static Map<String, @Nullable Object> failure() {
        return closed(inspection(), "line");
    }

    private static Map<String, @Nullable Object> source() {
        Map<String, @Nullable Object> keys = new LinkedHashMap<>();
        keys.put("kind", oneOf(Keyword.words(List.of(SourceKind.values()))));
        keys.putAll(texts("name"));
        return closed(keys);
    }

    private static List<String> statuses() {
        List<String> words = new ArrayList<>();
        for (Status status : Status.values()) {
            words.add(status.word());
        }
        return words;
    }

    private static List<String> kinds() {
        List<String> words = new ArrayList<>();
        for (Audience audience : Audience.values()) {
            words.add(audience.word());
        }
        return words;
    }

    private static List<String> types() {
        List<String> words = new ArrayList<>();
        for (Audience audience : Audience.values()) {
            words.add(audience.authType());
        }
        return words;
    }

    private static Map<String, @Nullable Object> version() {
        Map<String, @Nullable Object> version = new LinkedHashMap<>();
        version.put("const", JsonReport.SCHEMA_VERSION);
        return version;
    }

    private static Map<String, @Nullable Object> time() {
        Map<String, @Nullable Object> time = orNull("string");
        time.put("format", "date-time");
        return time;
    }

    private static Map<String, @Nullable Object> fingerprint() {
        Map<String, @Nullable Object> fingerprint = orNull("string");
        fingerprint.put("pattern", "^sha256:[0-9a-f]{16}$");
        return fingerprint;
    }

    /** An object with these keys, all of them but the optional ones, and no others. */
    private static Map<String, @Nullable Object> closed(Map<String, @Nullable Object> keys, String... optional) {
        List<String> required = new ArrayList<>(keys.keySet());
        required.removeAll(Arrays.asList(optional));
        Map<String, @Nullable Object> object = type("object");
        object.put("properties", keys);
        object.put("required", required);
        object.put("additionalProperties", false);
        return object;
    }

    private static Map<String, @Nullable Object> texts(String... names) {
        Map<String, @Nullable Object> keys = new LinkedHashMap<>();
        for (String name : names) {
            keys.put(name, type("string"));
        }
        return keys;
    }

    private static Map<String, @Nullable Object> array(Map<String, @Nullable Object> items) {
        Map<String, @Nullable Object> array = type("array");
        array.put("items", items);
        return array;
    }

    private static Map<String, @Nullable Object> type(String type) {
        Map<String, @Nullable Object> schema = new LinkedHashMap<>();
        schema.put("type", type);
        return schema;
    }

    private static Map<String, @Nullable Object> orNull(String type) {
        Map<String, @Nullable Object> schema = new LinkedHashMap<>();
        schema.put("type", List.of(type, "null"));
        return schema;
    }

    private static Map<String, @Nullable Object> eitherOrNull(Map<String, @Nullable Object> one) {
        Map<String, @Nullable Object> schema = new LinkedHashMap<>();
        schema.put("anyOf", List.of(one, type("null")));
        return schema;
    }

    private static Map<String, @Nullable Object> oneOf(List<String> words) {
        Map<String, @Nullable Object> schema = new LinkedHashMap<>();
        schema.put("enum", words);
        return schema;
    }

    private static Map<String, @Nullable Object> oneOfOrNull(List<String> words) {
        List<@Nullable String> all = new ArrayList<>(words);
        all.add(null);
        Map<String, @Nullable Object> schema = new LinkedHashMap<>();
        schema.put("enum", all);
        return schema;
    }
}
