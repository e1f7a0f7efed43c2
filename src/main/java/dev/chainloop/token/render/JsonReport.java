package dev.chainloop.token.render;

import dev.chainloop.token.check.Check;
import dev.chainloop.token.core.ApiToken;
import dev.chainloop.token.core.Audience;
import dev.chainloop.token.core.Claims;
import dev.chainloop.token.core.DecodedToken;
import dev.chainloop.token.core.FederatedToken;
import dev.chainloop.token.core.Keyword;
import dev.chainloop.token.core.Token;
import dev.chainloop.token.diagnosis.Diagnosis;
import dev.chainloop.token.diagnosis.Fault;
import dev.chainloop.token.diagnosis.Finding;
import dev.chainloop.token.diagnosis.Inspection;
import dev.chainloop.token.diagnosis.Survey;
import dev.chainloop.token.explain.Verdict;
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
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The inspection as a JSON object, in which every key is always there; the JSON Schemas say what each is. */
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
            object.putIfAbsent("verification", null);
        }
        put(subject.check(), object);
        object.put("plan", PlanReport.json(subject.plan()));
        return Answer.of(text(object));
    }

    /** Each object on one line, with the number of the token's line as {@code line}. */
    @Override
    public LineReport lines(ViewOptions view) {
        return (number, diagnosis, check) -> {
            Map<String, @Nullable Object> object = object(diagnosis, view);
            put(check, object);
            object.put("line", number);
            return JsonWriter.compact(object);
        };
    }

    @Override
    public Answer verdict(Diagnosis diagnosis, Verdict verdict, ViewOptions view) {
        Map<String, @Nullable Object> object = object(diagnosis, view);
        object.put("ask", AskReport.json(verdict, view));
        object.put("plan", PlanReport.json(verdict.plan()));
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
        Map<String, @Nullable Object> object = new Members()
                .put("schemaVersion", SCHEMA_VERSION)
                .put("file", leak.file())
                .put("line", leak.line())
                .put("column", leak.column())
                .put("kind", redact ? null : mask.kind())
                .put("expired", redact ? null : mask.expired())
                .put("fingerprint", redact || mask.fingerprint().isEmpty() ? null : mask.fingerprint())
                .object();
        return JsonWriter.compact(object) + "\n";
    }

    private static void put(Optional<Check.Result> check, Map<String, @Nullable Object> object) {
        if (check.isPresent()) {
            object.put("check", check(check.get()));
        }
    }

    private static Map<String, @Nullable Object> check(Check.Result result) {
        return new Members()
                .put("passed", result.passed())
                .put("failures", Members.list(result.failures(), JsonReport::failure))
                .object();
    }

    private static Map<String, @Nullable Object> failure(Check.Failure failure) {
        return new Members()
                .put("expectation", failure.expectation())
                .put("expected", failure.expected())
                .put("actual", failure.actual())
                .put("message", failure.message())
                .put("cure", failure.cure())
                .object();
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
        Members members = new Members(view.redact());
        members.put("schemaVersion", SCHEMA_VERSION);
        members.put("status", inspection.status());
        members.put("type", token == null ? null : token.audience().authType());
        members.put("kind", token == null ? null : token.audience());
        members.putPrivate("id", token == null ? null : token.id());
        members.putPrivate("orgId", api == null ? null : api.organization().id());
        members.put("orgName", api == null ? null : api.organization().name());
        members.put("tokenName", api == null ? null : api.name());
        members.putPrivate("projectId", api == null ? null : api.project().id());
        members.put("projectName", api == null ? null : api.project().name());
        members.putPrivate("workflowId", api == null ? null : api.workflow().id());
        members.put("workflowName", api == null ? null : api.workflow().name());
        members.put("scope", api == null ? null : api.scope());
        members.putPrivate("scopeId", api == null ? null : api.scopeId());
        members.putPrivate("namespaceId", federated == null ? null : federated.namespaceId());
        members.put("audience", claims == null ? null : claims.audience());
        members.put("matchedAudience", matched == null ? null : matched.value());
        members.put("issuer", claims == null ? null : claims.text("iss"));
        members.putPrivate("subject", claims == null ? null : claims.text("sub"));
        members.put("algorithm", decoded == null ? null : decoded.algorithm());
        members.putPrivate("keyId", decoded == null ? null : decoded.keyId());
        members.put("issuedAt", inspection.time("iat"));
        members.put("notBefore", inspection.time("nbf"));
        members.put("expiresAt", inspection.time("exp"));
        members.put("expired", inspection.expired());
        members.put("expiresInSeconds", inspection.secondsToExpiry());
        members.put("fingerprint", inspection.fingerprint());
        members.put("signatureVerified", verification == null ? null : verification.isGenuine());
        members.put("findings", findings(diagnosis.findings()));
        members.put("source", origin == null ? null : source(origin, view));
        members.put("controlPlane", host(diagnosis.evidence().search().host()));
        members.putPrivate("header", decoded == null ? null : decoded.header());
        members.putPrivate("claims", claims == null ? null : claims.asMap());
        members.put("error", fault == null ? null : error(fault));
        if (verification != null) {
            members.put("verification", verification(verification, view));
        }
        return members.object();
    }

    private static Map<String, @Nullable Object> verification(Verification verification, ViewOptions view) {
        return new Members()
                .put("key", verification.key().map(key -> key(key, view)))
                .put("algorithm", verification.algorithm())
                .put("reason", verification.reason())
                .object();
    }

    private static Map<String, @Nullable Object> key(VerificationKey key, ViewOptions view) {
        return new Members(view.redact())
                .put("kind", key.kind())
                .putPrivate("kid", key.kid())
                .put("thumbprint", key.thumbprint())
                .put("certificateFrom", key.certificate().map(VerificationKey.Period::from))
                .put("certificateUntil", key.certificate().map(VerificationKey.Period::until))
                .object();
    }

    static List<Map<String, @Nullable Object>> findings(List<Finding> all) {
        // Not by a lambda, since every inspection comes here.
        List<Map<String, @Nullable Object>> findings = new ArrayList<>();
        for (Finding finding : all) {
            findings.add(new Members()
                    .put("id", finding.rule().id())
                    .put("severity", finding.severity())
                    .put("message", finding.message())
                    .put("cure", finding.cure())
                    .object());
        }
        return findings;
    }

    static @Nullable Map<String, @Nullable Object> host(Optional<Host> host) {
        return host.isEmpty()
                ? null
                : new Members()
                        .put("api", host.get().address())
                        .put("from", host.get().from())
                        .object();
    }

    static Map<String, @Nullable Object> source(Origin origin, ViewOptions view) {
        return new Members()
                .put("kind", origin.kind())
                .put("name", view.rawNameOf(origin))
                .object();
    }

    static Map<String, @Nullable Object> error(Fault fault) {
        return new Members()
                .put("code", fault.code())
                .put("message", fault.remedy().isEmpty() ? fault.message() : fault.message() + ". " + fault.remedy())
                .put("cure", fault.cure())
                .object();
    }

    /** A JSON object while it is built. */
    static final class Members {
        private final Map<String, @Nullable Object> object = new LinkedHashMap<>();
        private final boolean redact;

        Members() {
            this(false);
        }

        Members(boolean redact) {
            this.redact = redact;
        }

        /** Puts a value, or what an {@link Optional} holds: a time as RFC 3339, a constant by its word. */
        Members put(String name, @Nullable Object value) {
            @Nullable Object held = value instanceof Optional<?> optional ? optional.orElse(null) : value;
            object.put(
                    name,
                    held instanceof Instant time
                            ? Times.rfc3339(time)
                            : held instanceof Keyword word ? word.word() : held);
            return this;
        }

        /** Puts a value that redacted answers leave out. */
        Members putPrivate(String name, @Nullable Object value) {
            return put(name, redact ? null : value);
        }

        Map<String, @Nullable Object> object() {
            return object;
        }

        /** An array of objects. */
        static <T> List<Map<String, @Nullable Object>> list(
                List<T> all, Function<T, Map<String, @Nullable Object>> object) {
            return all.stream().map(object).toList();
        }
    }
}
