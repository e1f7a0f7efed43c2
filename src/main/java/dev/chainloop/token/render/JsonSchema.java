package dev.chainloop.token.render;

import dev.chainloop.token.core.Audience;
import dev.chainloop.token.core.Keyword;
import dev.chainloop.token.diagnosis.Cause;
import dev.chainloop.token.diagnosis.Severity;
import dev.chainloop.token.diagnosis.Status;
import dev.chainloop.token.diagnosis.Survey;
import dev.chainloop.token.diagnosis.Verdict;
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
    EXPLAIN("explain"),
    /** Of {@code mask --report}: one object for each token found. */
    MASK("mask");

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
            case INSPECT -> schema.putAll(about(JsonKey.LINE));
            case CHECK -> schema.putAll(about(JsonKey.LINE, JsonKey.VERIFICATION, JsonKey.CHECK));
            case VERIFY -> {
                Map<String, @Nullable Object> keys = keys(JsonKey.VERIFICATION, JsonKey.CHECK);
                keys.put(JsonKey.VERIFICATION.word(), eitherOrNull(verification()));
                schema.putAll(closed(keys, JsonKey.VERIFICATION.word(), JsonKey.CHECK.word()));
            }
            case ASK -> schema.putAll(about(JsonKey.ASK));
            case SOURCES -> schema.put("anyOf", List.of(closed(sources()), failure()));
            case EXPLAIN -> schema.put("anyOf", List.of(closed(explanation()), failure(), closed(messages())));
            case MASK -> schema.put("anyOf", List.of(leak(), failure()));
        }
        return JsonWriter.indented(schema) + "\n";
    }

    /** An object about a token. */
    private static Map<String, @Nullable Object> about(JsonKey... optional) {
        return closed(keys(optional), Keyword.words(List.of(optional)).toArray(new String[0]));
    }

    /** The keys of every answer about a token, and some that not every answer has. */
    private static Map<String, @Nullable Object> keys(JsonKey... optional) {
        List<JsonKey> some = List.of(optional);
        Map<String, @Nullable Object> keys = new LinkedHashMap<>();
        for (JsonKey key : JsonKey.values()) {
            if (key.isAlways() || some.contains(key)) {
                keys.put(key.word(), value(key.type()));
            }
        }
        return keys;
    }

    private static Map<String, @Nullable Object> value(JsonKey.Type type) {
        return switch (type) {
            case VERSION -> version();
            case STATUS -> oneOf(words(Status.values()));
            case AUTH_TYPE -> oneOfOrNull(JsonKey.authTypes());
            case KIND -> oneOfOrNull(words(Audience.values()));
            case TEXT -> orNull("string");
            case TEXTS -> {
                Map<String, @Nullable Object> texts = orNull("array");
                texts.put("items", type("string"));
                yield texts;
            }
            case TIME -> time();
            case BOOLEAN -> orNull("boolean");
            case INTEGER -> orNull("integer");
            case FINGERPRINT -> fingerprint();
            case FINDINGS -> array(finding());
            case SOURCE -> eitherOrNull(source());
            case CONTROL_PLANE -> eitherOrNull(closed(texts("api", "from")));
            case OBJECT -> orNull("object");
            case ERROR -> eitherOrNull(error());
            case LINE -> type("integer");
            case VERIFICATION -> verification();
            case CHECK -> check();
            case ASK -> ask();
        };
    }

    private static Map<String, @Nullable Object> finding() {
        Map<String, @Nullable Object> keys = texts("id");
        keys.put("severity", oneOf(words(Severity.values())));
        keys.putAll(texts("message", "remedy"));
        return closed(keys);
    }

    private static Map<String, @Nullable Object> error() {
        Map<String, @Nullable Object> keys = texts("code", "message");
        keys.put("remedy", orNull("string"));
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
        keys.put("outcome", oneOf(words(Verdict.Outcome.values())));
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
        keys.put("error", eitherOrNull(error()));
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
        Map<String, @Nullable Object> key = new LinkedHashMap<>();
        key.put("kind", oneOf(words(KeyKind.values())));
        key.put("kid", orNull("string"));
        key.put("thumbprint", orNull("string"));
        key.put("certificateFrom", time());
        key.put("certificateUntil", time());

        Map<String, @Nullable Object> keys = new LinkedHashMap<>();
        keys.put("key", eitherOrNull(closed(key)));
        keys.put("algorithm", oneOfOrNull(words(Algorithm.values())));
        keys.put("reason", orNull("string"));
        return closed(keys);
    }

    private static Map<String, @Nullable Object> sources() {
        Map<String, @Nullable Object> place = new LinkedHashMap<>();
        place.put("source", source());
        place.put("present", type("boolean"));
        place.put("state", oneOf(words(Survey.State.values())));
        place.put("reason", orNull("string"));
        place.put("status", oneOfOrNull(words(Status.values())));
        place.put("kind", oneOfOrNull(words(Audience.values())));
        place.put("type", oneOfOrNull(JsonKey.authTypes()));
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
        keys.put("controlPlane", eitherOrNull(closed(texts("api", "from"))));
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
        keys.put("token", about(JsonKey.LINE, JsonKey.VERIFICATION));
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

    /** One token that {@code mask --report} found. */
    private static Map<String, @Nullable Object> leak() {
        List<String> kinds = new ArrayList<>(words(Audience.values()));
        kinds.addAll(Mask.OTHER_KINDS);
        Map<String, @Nullable Object> keys = new LinkedHashMap<>();
        keys.put("schemaVersion", version());
        keys.put("file", type("string"));
        keys.put("line", type("integer"));
        keys.put("column", type("integer"));
        keys.put("kind", oneOfOrNull(kinds));
        keys.put("expired", orNull("boolean"));
        keys.put("fingerprint", fingerprint());
        return closed(keys);
    }

    /** What a wrong command line prints, whatever the command. */
    private static Map<String, @Nullable Object> failure() {
        return about(JsonKey.LINE);
    }

    private static Map<String, @Nullable Object> source() {
        Map<String, @Nullable Object> keys = new LinkedHashMap<>();
        keys.put("kind", oneOf(words(SourceKind.values())));
        keys.putAll(texts("name"));
        return closed(keys);
    }

    private static List<String> words(Keyword... constants) {
        return Keyword.words(List.of(constants));
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

    /** An object with exactly these keys, of which some are optional. */
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
