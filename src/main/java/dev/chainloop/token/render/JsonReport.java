package dev.chainloop.token.render;

import dev.chainloop.token.ask.Identity;
import dev.chainloop.token.ask.Verdict;
import dev.chainloop.token.check.Check;
import dev.chainloop.token.core.Token;
import dev.chainloop.token.diagnosis.Inspection;
import dev.chainloop.token.diagnosis.Malformed;
import dev.chainloop.token.diagnosis.Survey;
import dev.chainloop.token.explain.Cause;
import dev.chainloop.token.explain.Explanation;
import dev.chainloop.token.explain.KnownMessage;
import dev.chainloop.token.explain.MessageMatch;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An answer as a JSON object: the same keys whatever the command, and those of its own part. A schema says what each is. */
public final class JsonReport {
    private JsonReport() {}

    static String of(Answer answer, ViewOptions view) {
        Members object = TokenJson.object(answer.diagnosis(), view);
        if (answer.part() instanceof Check.Result result) {
            object.with("check", check(result));
        } else if (answer.part() instanceof Explanation explanation) {
            add(explanation, object);
        } else if (answer.part() instanceof Survey survey) {
            add(survey, view, object);
        } else if (answer.part() instanceof Verdict verdict) {
            object.with("ask", ask(verdict, view));
        }
        object.with("headline", answer.headline()).with("plan", PlanReport.json(answer.plan()));
        return JsonWriter.indented(object) + "\n";
    }

    private static Members check(Check.Result result) {
        return new Members()
                .with("passed", result.passed())
                .with(
                        "failures",
                        Members.list(
                                result.failures(),
                                failure -> new Members()
                                        .with("expectation", failure.expectation())
                                        .with("expected", failure.expected())
                                        .with("actual", failure.actual())
                                        .with("message", failure.message())
                                        .with("cure", failure.cure())));
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
                .with("weight", cause.weight().words())
                .with("stage", cause.stage())
                .with("finding", cause.finding())
                .with("message", cause.sentence())
                .with("cure", cause.cure());
    }

    private static Members ask(Verdict verdict, ViewOptions view) {
        Optional<Verdict.Program> program = Optional.ofNullable(verdict.program());
        return new Members(view.redact())
                .with("outcome", verdict.outcome())
                .with("program", program.map(one -> view.rawPath(one.path().toString())))
                .with("programVersion", program.flatMap(Verdict.Program::version))
                .with("serverVersion", program.flatMap(Verdict.Program::server))
                .with("controlPlane", TokenJson.host(verdict.host()))
                .withPrivate("message", verdict.message())
                .with("identity", Optional.ofNullable(verdict.identity()).map(one -> identity(one, view)))
                .with("causes", Members.list(verdict.causes(), JsonReport::cause))
                .with("sideEffects", verdict.sideEffects())
                .with("error", verdict.fault() == null ? null : TokenJson.error(verdict.fault()));
    }

    private static Members identity(Identity identity, ViewOptions view) {
        return new Members(view.redact())
                .withPrivate("id", identity.id())
                .withPrivate("email", identity.email())
                .withPrivate("name", identity.name())
                .with("organization", identity.organization())
                .withPrivate("role", identity.role());
    }

    private static void add(Survey survey, ViewOptions view, Members object) {
        Survey.ConfigFacts facts = survey.config();
        object.with("sources", Members.list(survey.places(), place -> place(place, view)))
                .with(
                        "config",
                        new Members()
                                .with("path", facts.known() ? view.rawNameOf(survey.configFile()) : null)
                                .with("mode", facts.mode().isEmpty() ? null : facts.mode())
                                .with("writtenAt", facts.written()));
    }

    private static Members place(Survey.Entry place, ViewOptions view) {
        Optional<Inspection> inspection = place.inspection();
        Optional<Token> token = inspection.map(Inspection::token);
        @Nullable String reason = place.reason().isEmpty() ? null : place.reason();
        return new Members(view.redact())
                .with("source", TokenJson.source(place.origin(), view))
                .with("present", inspection.isPresent())
                .with("state", place.state())
                .with(
                        "reason",
                        inspection
                                .map(Inspection::malformed)
                                .map(Malformed::what)
                                .orElse(reason))
                .with("status", inspection.map(Inspection::status))
                .with("kind", token.map(Token::audience))
                .with("type", token.map(one -> one.audience().authType()))
                .withPrivate("id", token.map(Token::id))
                .with("tokenName", token.flatMap(Token::name))
                .with("expiresAt", inspection.flatMap(one -> one.time("exp")))
                .with("expired", inspection.flatMap(Inspection::expired))
                .with("fingerprint", inspection.map(Inspection::fingerprint));
    }

    /** Every message that is known, with what it means. */
    static String ofMessages() {
        Members object = new Members()
                .with("schemaVersion", TokenJson.SCHEMA_VERSION)
                .with(
                        "messages",
                        Members.list(
                                List.of(KnownMessage.values()),
                                message -> new Members()
                                        .with("id", message.word())
                                        .with("texts", message.texts())
                                        .with("meaning", message.meaning())
                                        .with("layer", message.layer())));
        return JsonWriter.indented(object) + "\n";
    }
}
