package dev.chainloop.token.render;

import dev.chainloop.token.ask.Verdict;
import dev.chainloop.token.check.Check;
import dev.chainloop.token.diagnosis.Diagnosis;
import dev.chainloop.token.diagnosis.Survey;
import dev.chainloop.token.explain.Explanation;
import dev.chainloop.token.render.TokenJson.Members;
import java.util.Optional;

/** The inspection as a JSON object, in which every key is always there; the JSON Schemas say what each is. */
final class JsonReport implements Report {
    /** In a verification's answer, {@code verification} is present even when there was nothing to verify. */
    @Override
    public Answer render(Subject subject, ViewOptions view) {
        Members object = TokenJson.object(subject.diagnosis(), view);
        if (subject.verified()) {
            object.putIfAbsent("verification", null);
        }
        put(subject.check(), object);
        return answer(object.with("plan", PlanReport.json(subject.plan())));
    }

    /** Each object on one line, with the number of the token's line as {@code line}. */
    @Override
    public Optional<LineReport> lines(ViewOptions view) {
        return Optional.of((number, diagnosis, check) -> {
            Members object = TokenJson.object(diagnosis, view);
            put(check, object);
            return JsonWriter.line(object.with("line", number));
        });
    }

    @Override
    public Answer verdict(Diagnosis diagnosis, Verdict verdict, ViewOptions view) {
        return answer(TokenJson.object(diagnosis, view)
                .with("ask", AskReport.json(verdict, view))
                .with("plan", PlanReport.json(verdict.plan())));
    }

    @Override
    public String sources(Survey survey, ViewOptions view) {
        return text(SourcesReport.json(survey, view));
    }

    @Override
    public String explanation(Explanation explanation, ViewOptions view) {
        return text(ExplainReport.json(explanation, view));
    }

    @Override
    public String messages(ViewOptions view) {
        return text(ExplainReport.jsonOfMessages());
    }

    private static Answer answer(Members object) {
        return Answer.of(text(object));
    }

    private static String text(Members object) {
        return JsonWriter.indented(object) + "\n";
    }

    @Override
    public String leak(Leak leak, boolean redact) {
        Mask mask = leak.mask();
        return JsonWriter.compact(new Members(redact)
                        .with("schemaVersion", TokenJson.SCHEMA_VERSION)
                        .with("file", leak.file())
                        .with("line", leak.line())
                        .with("column", leak.column())
                        .withPrivate("kind", mask.kind())
                        .withPrivate("expired", mask.expired())
                        .withPrivate("fingerprint", mask.fingerprint().isEmpty() ? null : mask.fingerprint()))
                + "\n";
    }

    private static void put(Optional<Check.Result> check, Members object) {
        if (check.isPresent()) {
            Members result = new Members()
                    .with("passed", check.get().passed())
                    .with("failures", Members.list(check.get().failures(), JsonReport::failure));
            object.with("check", result);
        }
    }

    private static Members failure(Check.Failure failure) {
        return new Members()
                .with("expectation", failure.expectation())
                .with("expected", failure.expected())
                .with("actual", failure.actual())
                .with("message", failure.message())
                .with("cure", failure.cure());
    }
}
