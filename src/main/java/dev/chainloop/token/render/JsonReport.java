package dev.chainloop.token.render;

import dev.chainloop.token.core.ApiToken;
import dev.chainloop.token.core.Audience;
import dev.chainloop.token.core.Claims;
import dev.chainloop.token.core.DecodedToken;
import dev.chainloop.token.core.FederatedToken;
import dev.chainloop.token.core.Token;
import dev.chainloop.token.diagnosis.Check;
import dev.chainloop.token.diagnosis.Diagnosis;
import dev.chainloop.token.diagnosis.Fault;
import dev.chainloop.token.diagnosis.Finding;
import dev.chainloop.token.diagnosis.Inspection;
import dev.chainloop.token.diagnosis.Survey;
import dev.chainloop.token.diagnosis.Verdict;
import dev.chainloop.token.source.Host;
import dev.chainloop.token.source.Origin;
import dev.chainloop.token.verification.Verification;
import dev.chainloop.token.verification.VerificationKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The inspection as a JSON object: every key is always there, in the order of {@link JsonKey}. */
final class JsonReport implements Report {
    static final long SCHEMA_VERSION = 1;

    /**
     * The object as text, ending with a line end. In a verification's answer, {@code verification} is present even when
     * there was nothing to verify.
     */
    @Override
    public Answer render(Subject subject, ViewOptions view) {
        Map<String, @Nullable Object> object = object(subject.diagnosis(), view);
        if (subject.verified()) {
            object.putIfAbsent(JsonKey.VERIFICATION.word(), null);
        }
        put(subject.check(), object);
        return Answer.of(text(object));
    }

    @Override
    public LineReport lines(ViewOptions view) {
        return LineReport.json(view);
    }

    @Override
    public Answer verdict(Diagnosis diagnosis, Verdict verdict, ViewOptions view) {
        Map<String, @Nullable Object> object = object(diagnosis, view);
        object.put(JsonKey.ASK.word(), AskReport.json(verdict, view));
        return Answer.of(text(object));
    }

    @Override
    public String sources(Survey survey, ViewOptions view) {
        return text(SourcesReport.json(survey, view));
    }

    @Override
    public String explanation(Explained explained, ViewOptions view) {
        return text(ExplainReport.json(explained, view));
    }

    @Override
    public String messages(ViewOptions view) {
        return text(ExplainReport.jsonOfMessages());
    }

    private static String text(Map<String, ? extends @Nullable Object> object) {
        return JsonWriter.indented(object) + "\n";
    }

    @Override
    public String leak(Leak leak, boolean redact) {
        Mask mask = leak.mask();
        Map<String, @Nullable Object> object = new LinkedHashMap<>();
        object.put("schemaVersion", SCHEMA_VERSION);
        object.put("file", leak.file());
        object.put("line", leak.line());
        object.put("column", leak.column());
        object.put("kind", redact ? null : mask.kind());
        object.put("expired", redact ? null : mask.expired());
        object.put("fingerprint", redact || mask.fingerprint().isEmpty() ? null : mask.fingerprint());
        return JsonWriter.compact(object) + "\n";
    }

    static void put(Optional<Check.Result> check, Map<String, @Nullable Object> object) {
        if (check.isPresent()) {
            object.put(JsonKey.CHECK.word(), check(check.get()));
        }
    }

    private static Map<String, Object> check(Check.Result result) {
        List<Map<String, @Nullable Object>> failures = new ArrayList<>();
        for (Check.Failure failure : result.failures()) {
            Map<String, @Nullable Object> object = new LinkedHashMap<>();
            object.put("expectation", failure.expectation());
            object.put("expected", failure.expected());
            object.put("actual", failure.actual().orElse(null));
            object.put("message", failure.message());
            object.put("remedy", failure.remedy());
            failures.add(object);
        }
        Map<String, Object> check = new LinkedHashMap<>();
        check.put("passed", result.passed());
        check.put("failures", failures);
        return check;
    }

    /** The object, without a check; values as {@link JsonWriter} takes them. */
    static Map<String, @Nullable Object> object(Diagnosis diagnosis, ViewOptions view) {
        Inspection inspection = diagnosis.inspection();
        @Nullable Token token = inspection.token();
        @Nullable ApiToken api = token instanceof ApiToken one ? one : null;
        @Nullable FederatedToken federated = token instanceof FederatedToken one ? one : null;
        @Nullable DecodedToken decoded = inspection.decoded();
        @Nullable Claims claims = decoded == null ? null : decoded.claims();
        @Nullable
        Audience matched = claims == null ? null : claims.matchedAudience().orElse(null);
        @Nullable Origin origin = inspection.origin();
        @Nullable Verification verification = inspection.verification();
        @Nullable Fault fault = inspection.fault();
        Map<String, @Nullable Object> object = new LinkedHashMap<>(64);
        Keys keys = new Keys(object, view.redact());
        keys.put(JsonKey.SCHEMA_VERSION, SCHEMA_VERSION);
        keys.put(JsonKey.STATUS, inspection.status().word());
        keys.put(JsonKey.TYPE, token == null ? null : token.audience().authType());
        keys.put(JsonKey.KIND, token == null ? null : token.audience().word());
        keys.put(JsonKey.ID, token == null ? null : token.id());
        keys.put(JsonKey.ORG_ID, api == null ? null : api.organization().id());
        keys.put(JsonKey.ORG_NAME, api == null ? null : api.organization().name());
        keys.put(JsonKey.TOKEN_NAME, api == null ? null : api.name());
        keys.put(JsonKey.PROJECT_ID, api == null ? null : api.project().id());
        keys.put(JsonKey.PROJECT_NAME, api == null ? null : api.project().name());
        keys.put(JsonKey.WORKFLOW_ID, api == null ? null : api.workflow().id());
        keys.put(JsonKey.WORKFLOW_NAME, api == null ? null : api.workflow().name());
        keys.put(JsonKey.SCOPE, api == null ? null : api.scope());
        keys.put(JsonKey.SCOPE_ID, api == null ? null : api.scopeId());
        keys.put(JsonKey.NAMESPACE_ID, federated == null ? null : federated.namespaceId());
        keys.put(JsonKey.AUDIENCE, claims == null ? null : claims.audience());
        keys.put(JsonKey.MATCHED_AUDIENCE, matched == null ? null : matched.value());
        keys.put(JsonKey.ISSUER, claims == null ? null : claims.text("iss"));
        keys.put(JsonKey.SUBJECT, claims == null ? null : claims.text("sub"));
        keys.put(JsonKey.ALGORITHM, decoded == null ? null : decoded.algorithm());
        keys.put(JsonKey.KEY_ID, decoded == null ? null : decoded.keyId());
        keys.put(JsonKey.ISSUED_AT, time(inspection.time("iat")));
        keys.put(JsonKey.NOT_BEFORE, time(inspection.time("nbf")));
        keys.put(JsonKey.EXPIRES_AT, time(inspection.time("exp")));
        keys.put(JsonKey.EXPIRED, inspection.expired());
        keys.put(JsonKey.EXPIRES_IN_SECONDS, inspection.secondsToExpiry());
        keys.put(JsonKey.FINGERPRINT, inspection.fingerprint());
        keys.put(JsonKey.SIGNATURE_VERIFIED, verification == null ? null : verification.isGenuine());
        keys.put(JsonKey.FINDINGS, findings(diagnosis.findings()));
        keys.put(JsonKey.SOURCE, origin == null ? null : source(origin, view));
        keys.put(JsonKey.CONTROL_PLANE, host(diagnosis.evidence().search().host()));
        keys.put(JsonKey.HEADER, decoded == null ? null : decoded.jose().members());
        keys.put(JsonKey.CLAIMS, claims == null ? null : claims.json().members());
        keys.put(JsonKey.ERROR, fault == null ? null : error(fault));
        if (verification != null) {
            keys.put(JsonKey.VERIFICATION, verification(verification, view));
        }
        return object;
    }

    private static Map<String, @Nullable Object> verification(Verification verification, ViewOptions view) {
        Map<String, @Nullable Object> object = new LinkedHashMap<>();
        object.put(
                "key", verification.key().isPresent() ? key(verification.key().get(), view) : null);
        object.put(
                "algorithm",
                verification.algorithm().isPresent()
                        ? verification.algorithm().get().word()
                        : null);
        object.put("reason", verification.reason().orElse(null));
        return object;
    }

    private static Map<String, @Nullable Object> key(VerificationKey key, ViewOptions view) {
        VerificationKey.@Nullable Period certificate = key.certificate().orElse(null);
        Map<String, @Nullable Object> object = new LinkedHashMap<>();
        object.put("kind", key.kind().word());
        object.put("kid", view.redact() ? null : key.kid().orElse(null));
        object.put("thumbprint", key.thumbprint().orElse(null));
        object.put("certificateFrom", certificate == null ? null : Times.rfc3339(certificate.from()));
        object.put("certificateUntil", certificate == null ? null : Times.rfc3339(certificate.until()));
        return object;
    }

    private static @Nullable String time(Optional<Instant> instant) {
        return instant.isPresent() ? Times.rfc3339(instant.get()) : null;
    }

    static List<Map<String, String>> findings(List<Finding> all) {
        List<Map<String, String>> findings = new ArrayList<>();
        for (Finding finding : all) {
            Map<String, String> object = new LinkedHashMap<>();
            object.put("id", finding.rule().id());
            object.put("severity", finding.severity().word());
            object.put("message", finding.message());
            object.put("remedy", finding.remedy());
            findings.add(object);
        }
        return findings;
    }

    static @Nullable Map<String, String> host(Optional<Host> host) {
        if (host.isEmpty()) {
            return null;
        }
        Map<String, String> object = new LinkedHashMap<>();
        object.put("api", host.get().address());
        object.put("from", host.get().from());
        return object;
    }

    static Map<String, String> source(Origin origin, ViewOptions view) {
        Map<String, String> source = new LinkedHashMap<>();
        source.put("kind", origin.kind().word());
        source.put("name", view.rawNameOf(origin));
        return source;
    }

    static Map<String, @Nullable String> error(Fault fault) {
        Map<String, @Nullable String> error = new LinkedHashMap<>();
        error.put("code", fault.code());
        error.put("message", fault.message());
        error.put("remedy", fault.remedy().isEmpty() ? null : fault.remedy());
        return error;
    }

    private record Keys(Map<String, @Nullable Object> object, boolean redact) {
        /** Puts a value, or what an {@link Optional} holds. */
        void put(JsonKey key, @Nullable Object value) {
            @Nullable Object held = value instanceof Optional<?> optional ? optional.orElse(null) : value;
            object.put(key.word(), redact && key.isPrivate() ? null : held);
        }
    }
}
