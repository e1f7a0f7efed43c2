package dev.chainloop.token.render;

import dev.chainloop.token.ask.Identity;
import dev.chainloop.token.ask.Verdict;
import dev.chainloop.token.check.Check;
import dev.chainloop.token.core.Token;
import dev.chainloop.token.diagnosis.Candidate;
import dev.chainloop.token.diagnosis.Diagnosis;
import dev.chainloop.token.diagnosis.Evidence;
import dev.chainloop.token.diagnosis.Finding;
import dev.chainloop.token.diagnosis.Malformed;
import dev.chainloop.token.explain.Cause;
import dev.chainloop.token.explain.Explanation;
import dev.chainloop.token.explain.KnownMessage;
import dev.chainloop.token.explain.MessageMatch;
import dev.chainloop.token.source.Origin;
import dev.chainloop.token.source.SourceKind;
import dev.chainloop.token.source.SourceReading;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An answer as a JSON object: the same keys whatever the command, and those of its own part. A schema says what each is. */
public final class JsonReport {
    private JsonReport() {}

    static String of(Answer answer, ViewOptions view) {
        return JsonWriter.indented(object(answer, view), view) + "\n";
    }

    /** All that is said, whose keys are also the names of single values. */
    public static Map<String, @Nullable Object> object(Answer answer, ViewOptions view) {
        Members object = TokenJson.object(answer.diagnosis(), view);
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
                .with("controlPlane", verdict.host(diagnosis).map(TokenJson::host))
                .withPrivate("message", verdict.message())
                .with("identity", verdict.identity().map(one -> identity(one, view)))
                .with("causes", Members.list(verdict.causes(), JsonReport::cause))
                .with("sideEffects", verdict.sideEffects(diagnosis.used()))
                .with("error", verdict.fault().map(TokenJson::error));
    }

    private static Members identity(Identity identity, ViewOptions view) {
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
                .with("source", TokenJson.source(reading.origin(), view))
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
                        .with("texts", message.texts())
                        .with("meaning", message.meaning())
                        .with("layer", message.layer()));
        Members object =
                new Members().with("schemaVersion", TokenJson.SCHEMA_VERSION).with("messages", messages);
        return JsonWriter.indented(object, view) + "\n";
    }
}
