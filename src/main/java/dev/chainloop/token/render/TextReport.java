package dev.chainloop.token.render;

import dev.chainloop.token.core.DecodedToken;
import dev.chainloop.token.diagnosis.Candidate;
import dev.chainloop.token.diagnosis.Diagnosis;
import dev.chainloop.token.diagnosis.Severity;
import dev.chainloop.token.explain.Explanation;
import dev.chainloop.token.explain.KnownMessage;
import dev.chainloop.token.source.SourceKind;
import dev.chainloop.token.source.Surroundings;
import java.util.ArrayList;
import java.util.List;

/** An answer for a person at a terminal: the fault first, then the facts, and what to do last, where the eye is. */
final class TextReport {
    /** What the headline says, or only a comparison needs, gives way to a plan. */
    private static final List<String> SPARE = List.of("Expires", "Audience", "Issuer", "Fingerprint");

    private TextReport() {}

    static String of(Answer answer, ViewOptions view) {
        boolean brief = answer.plan().isPresent() && !view.all();
        TextLayout lines = new TextLayout(view);
        lines.title(sign(answer, view), answer.headline());
        for (String paragraph : answer.paragraphs()) {
            lines.sentences(paragraph);
        }
        for (List<Fact> group : answer.facts()) {
            List<Fact> shown = new ArrayList<>();
            for (Fact fact : group) {
                if (!brief || !SPARE.contains(fact.label())) {
                    shown.add(fact);
                }
            }
            lines.facts(shown);
        }
        Diagnosis shown = answer.diagnosis().contained().orElse(answer.diagnosis());
        boolean other = answer.part().orElse(null) instanceof Explanation explanation && !explanation.isAboutToken();
        if (view.all() && !view.redact() && !other && shown.used().jwt().isPresent()) {
            DecodedToken decoded = shown.used().jwt().get().decoded();
            lines.json("Header", decoded.header());
            lines.json("Claims", decoded.claims().asMap());
        }
        if (answer.plan().isPresent()) {
            Surroundings here = answer.diagnosis().evidence().here();
            return lines + PlanReport.text(answer.plan().get(), here, view);
        }
        return lines + (view.terminal() && answer.part().isEmpty() ? nothingWrong(answer, view) : "");
    }

    /** What a person is told of a token in which no fault is seen; of one that the CLI would send, also how to ask. */
    private static String nothingWrong(Answer answer, ViewOptions view) {
        Candidate used = answer.diagnosis().used();
        if (answer.severity() != Severity.INFO || used.token().isEmpty()) {
            return "";
        }
        SourceKind kind = used.origin().orElseThrow().kind();
        boolean sent = used.token().get().audience().isIssuedByChainloop()
                && (kind == SourceKind.ENVIRONMENT || kind == SourceKind.CONFIG);
        String words = "No problem found here; only the server knows for sure" + (sent ? ": chainloop-token ask" : ".");
        return "\n" + view.faint(words) + "\n";
    }

    static String ofMessages(ViewOptions view) {
        TextLayout lines = new TextLayout(view);
        for (KnownMessage message : KnownMessage.values()) {
            for (String text : message.texts()) {
                lines.title("", text);
            }
            lines.sentences(message.meaning());
        }
        return lines.toString();
    }

    private static String sign(Answer answer, ViewOptions view) {
        Severity worst = answer.severity();
        String sign = worst == Severity.ERROR ? view.sgr("31", "✗") : view.sgr("33", "!");
        return worst == Severity.INFO ? "" : sign + " ";
    }
}
