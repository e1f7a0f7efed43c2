package dev.chainloop.token.render;

import dev.chainloop.token.ask.Verdict;
import dev.chainloop.token.check.Check;
import dev.chainloop.token.core.Audience;
import dev.chainloop.token.core.DecodedToken;
import dev.chainloop.token.core.Form;
import dev.chainloop.token.core.Keyword;
import dev.chainloop.token.core.Token;
import dev.chainloop.token.diagnosis.Candidate;
import dev.chainloop.token.diagnosis.Diagnosis;
import dev.chainloop.token.diagnosis.Evidence;
import dev.chainloop.token.diagnosis.Fault;
import dev.chainloop.token.diagnosis.Finding;
import dev.chainloop.token.diagnosis.Malformed;
import dev.chainloop.token.diagnosis.Phrases;
import dev.chainloop.token.diagnosis.Redaction;
import dev.chainloop.token.explain.Cause;
import dev.chainloop.token.explain.Explanation;
import dev.chainloop.token.explain.KnownMessage;
import dev.chainloop.token.explain.MessageMatch;
import dev.chainloop.token.source.Host;
import dev.chainloop.token.source.Origin;
import dev.chainloop.token.source.SourceKind;
import dev.chainloop.token.source.SourceReading;
import dev.chainloop.token.verification.Verification;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An answer as a JSON object: the same keys whatever the command, and those of its own part. A schema says what each is. */
public final class JsonReport {
    private static final long SCHEMA_VERSION = 1;

    private JsonReport() {}

    static String of(Answer answer, ViewOptions view) {
        return JsonWriter.indented(object(answer, view), view) + "\n";
    }

    /** All that is said, whose keys are also the names of single values. */
    private static Members object(Answer answer, ViewOptions view) {
        Members object = token(answer.diagnosis(), view);
        @Nullable Object part = answer.part().orElse(null);
        if (part instanceof Check.Result result) {
            object.with("check", check(result));
        } else if (part instanceof Explanation explanation) {
            add(explanation, object);
        } else if (part instanceof Evidence evidence) {
            add(evidence, view, object);
        } else if (part instanceof Verdict verdict) {
            object.with("ask", ask(verdict, answer.diagnosis(), view));
        }
        return object.with("headline", answer.title())
                .with("plan", answer.plan().map(PlanReport::json));
    }

    /** What is known of a token, without a check; values as {@link JsonWriter} takes them. */
    static Members token(Diagnosis diagnosis, ViewOptions view) {
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
        members.with("contained", diagnosis.contained().map(one -> token(one, view)));
        members.with("signatureVerified", used.verification().map(Verification::isGenuine));
        members.with("requestsFederated", diagnosis.requestsFederated());
        members.with("findings", Members.list(diagnosis.findings(), JsonReport::finding));
        members.with("organization", organization(diagnosis, false, view));
        members.with("attestsInto", organization(diagnosis, true, view));
        members.with("source", used.origin().map(one -> source(one, view)));
        members.with("controlPlane", diagnosis.evidence().inputs().host().map(JsonReport::host));
        members.withPrivate("header", decoded == null ? null : decoded.header());
        members.withPrivate("claims", decoded == null ? null : decoded.claims().asMap());
        members.with("error", used.trouble().map(JsonReport::error));
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
        Optional<Members> told = diagnosis
                .evidence()
                .organization(attests)
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

    private static Members check(Check.Result result) {
        List<Members> failures = Members.list(
                result.failures(),
                failure -> new Members()
                        .with("expectation", failure.expectation())
                        .with("expected", failure.expected())
                        .with("actual", failure.actual())
                        .with("message", failure.finding().message())
                        .with("cure", failure.finding().cure()));
        return new Members().with("passed", result.passed()).with("failures", failures);
    }

    private static void add(Explanation explanation, Members object) {
        object.with("message", explanation.match().map(JsonReport::message))
                .with("layer", explanation.layer())
                .with("causes", Members.list(explanation.causes(), JsonReport::cause))
                .with("furtherMessages", Members.list(explanation.further(), JsonReport::message));
    }

    private static Members message(MessageMatch match) {
        return new Members()
                .with("id", match.message().word())
                .with("text", match.text())
                .with("name", match.name())
                .with("meaning", match.meaning());
    }

    static Members cause(Cause cause) {
        return new Members()
                .with("weight", cause.weight())
                .with("stage", cause.stage())
                .with("finding", cause.finding().map(Finding::id))
                .with("message", cause.sentence())
                .with("cure", cause.cure());
    }

    private static Members ask(Verdict verdict, Diagnosis diagnosis, ViewOptions view) {
        Optional<Verdict.Program> program = verdict.program();
        return new Members(view.redact())
                .with("outcome", verdict.outcome())
                .with("program", program.map(one -> view.rawPath(one.path().toString())))
                .with("programVersion", program.flatMap(Verdict.Program::version))
                .with("serverVersion", program.flatMap(Verdict.Program::server))
                .with("controlPlane", verdict.host(diagnosis).map(JsonReport::host))
                .withPrivate("message", verdict.message())
                .with("identity", verdict.identity().map(one -> identity(one, view)))
                .with("causes", Members.list(verdict.causes(), JsonReport::cause))
                .with("sideEffects", verdict.sideEffects(diagnosis.used()))
                .with("error", verdict.fault().map(JsonReport::error));
    }

    private static Members identity(Verdict.Identity identity, ViewOptions view) {
        return new Members(view.redact())
                .withPrivate("id", identity.id())
                .withPrivate("email", identity.email())
                .withPrivate("name", identity.name())
                .with("organization", identity.organization())
                .withPrivate("role", identity.role());
    }

    private static void add(Evidence evidence, ViewOptions view, Members object) {
        Optional<Origin> config = evidence.inputs().reading(SourceKind.CONFIG).map(SourceReading::origin);
        Members file = new Members()
                .with("path", config.map(view::rawNameOf))
                .with("mode", evidence.inputs().mode())
                .with("writtenAt", evidence.inputs().written());
        object.with("sources", Members.list(evidence.candidates(), one -> place(one, evidence, view)))
                .with("config", file);
    }

    private static Members place(Candidate one, Evidence evidence, ViewOptions view) {
        SourceReading reading = one.reading().orElseThrow();
        boolean present = reading instanceof SourceReading.Found;
        Evidence.State state = evidence.state(one);
        Optional<String> behind = state == Evidence.State.IGNORED ? Optional.of(Evidence.BEHIND) : Optional.empty();
        Optional<String> reason = one.malformed().map(Malformed::what).or(() -> behind);
        Optional<Token> token = one.token();
        return new Members(view.redact())
                .with("source", source(reading.origin(), view))
                .with("present", present)
                .with("state", state)
                .with("reason", present ? reason : Optional.of(reading.phrase()))
                .with("status", present ? one.status() : null)
                .with("kind", one.kind())
                .with("type", token.map(typed -> typed.audience().authType()))
                .withPrivate("id", token.map(Token::id))
                .with("tokenName", token.flatMap(Token::name))
                .with("expiresAt", one.time("exp"))
                .with("expired", one.expired())
                .with("fingerprint", one.fingerprint());
    }

    static String ofMessages(ViewOptions view) {
        List<Members> messages = Members.list(
                List.of(KnownMessage.values()),
                message -> new Members()
                        .with("id", message.word())
                        .with("texts", message.texts)
                        .with("meaning", message.meaning)
                        .with("layer", message.layer));
        Members object = new Members().with("schemaVersion", SCHEMA_VERSION).with("messages", messages);
        return JsonWriter.indented(object, view) + "\n";
    }

    // ---------- single values

    /**
     * The plain values of chosen fields.
     *
     * @param values safe to print; empty for a missing field
     */
    public record Fields(List<String> values, boolean complete) {
        /** One per line. */
        public String text() {
            return String.join("\n", values) + "\n";
        }
    }

    /**
     * Picks fields by name: a key of the JSON output, or keys joined by dots to reach into an object. When keys contain
     * dots themselves, the longest match counts, so {@code claims.a.b} is the claim {@code a.b} before it is {@code b} in
     * {@code a}.
     */
    public static Fields fields(Answer answer, List<String> names, ViewOptions view) {
        Members object = object(answer, view);
        List<String> values = new ArrayList<>();
        boolean complete = true;
        for (String name : names) {
            @Nullable Object value = find(object, name);
            complete &= value != null;
            boolean nested = value instanceof Map || value instanceof List;
            String plain = value == null || nested ? "" : Sanitizer.line(view.apply(value.toString()));
            values.add(nested ? JsonWriter.compact(value, view) : plain);
        }
        return new Fields(values, complete);
    }

    /** The names that a field can begin with. */
    public static List<String> topLevelNames() {
        Diagnosis empty =
                Diagnosis.failed(Finding.error(Fault.NOT_ASKED, "nothing was read", Optional.empty()), Instant.EPOCH);
        List<String> names = new ArrayList<>(token(empty, ViewOptions.PLAIN).keySet());
        names.addAll(List.of("check", "headline", "plan"));
        return names;
    }

    /** The first name that contains another one, or begins with the same three letters. */
    public static Optional<String> near(String typed) {
        String lower = Form.lower(typed);
        for (String name : topLevelNames()) {
            String known = Form.lower(name);
            if (lower.length() > 2 && (known.contains(lower) || known.startsWith(lower.substring(0, 3)))) {
                return Optional.of(name);
            }
        }
        return Optional.empty();
    }

    private static @Nullable Object find(Map<?, ?> object, String path) {
        @Nullable Object found = object.get(path);
        for (int end = path.lastIndexOf('.'); found == null && end > 0; end = path.lastIndexOf('.', end - 1)) {
            if (object.get(path.substring(0, end)) instanceof Map<?, ?> inner) {
                found = find(inner, path.substring(end + 1));
            }
        }
        return found;
    }
}
