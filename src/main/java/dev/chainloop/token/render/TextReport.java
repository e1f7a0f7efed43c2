package dev.chainloop.token.render;

import dev.chainloop.token.check.Check;
import dev.chainloop.token.core.DecodedToken;
import dev.chainloop.token.diagnosis.Candidate;
import dev.chainloop.token.diagnosis.Diagnosis;
import dev.chainloop.token.diagnosis.Phrases;
import dev.chainloop.token.diagnosis.Severity;
import dev.chainloop.token.explain.Explanation;
import dev.chainloop.token.explain.KnownMessage;
import dev.chainloop.token.source.SourceKind;
import dev.chainloop.token.source.Surroundings;
import java.util.ArrayList;
import java.util.List;

/** An answer for a person at a terminal: the fault first, then the facts, and what to do last, where the eye is. */
final class TextReport {
    /** What is left out, in this order, of an answer that a terminal of 24 lines would not show at once; "" for sentences. */
    private static final List<String> SPARE = List.of(
            "Fingerprint", "ID", "", "Signature", "CI namespace", "Subject", "Issuer", "Source", "Organization");

    private static final int SCREEN = 20;

    private TextReport() {}

    /** @param log whether it goes into a log, where a check that passed says only where its plan is shown */
    static String of(Answer answer, ViewOptions view, boolean log) {
        List<String> spared = new ArrayList<>();
        // Counted at the usual width, so that every terminal shows the same rows.
        ViewOptions usual = view.plain(true);
        while (!view.all()
                && spared.size() < SPARE.size()
                && lines(of(answer, spared, usual, log), usual.width()) > SCREEN) {
            spared.add(SPARE.get(spared.size()));
        }
        return of(answer, spared, view, log);
    }

    /** The number of lines in a terminal, which wraps longer ones. */
    private static int lines(String text, int width) {
        int lines = 0;
        for (String line : text.split("\n", -1)) {
            lines += (Math.max(line.length(), 1) + width - 1) / width;
        }
        return lines - 1;
    }

    private static String of(Answer answer, List<String> spared, ViewOptions view, boolean log) {
        TextLayout lines = new TextLayout(view);
        Severity worst = answer.severity();
        boolean error = worst == Severity.ERROR;
        String word = (view.signs() ? (error ? "✗ " : "! ") : "") + Phrases.capitalized(worst.word()) + ": ";
        boolean fine = worst == Severity.INFO;
        lines.title(error ? "31" : "33", fine ? "" : word, fine ? answer.title() : answer.headline());
        for (String paragraph : spared.contains("") ? answer.brief() : answer.paragraphs()) {
            lines.sentences(paragraph);
        }
        Surroundings here = answer.diagnosis().evidence().here();
        String plan = answer.plan().isPresent() ? PlanReport.text(answer.plan().get(), here, view) : "";
        if (log && !plan.isEmpty() && answer.part().orElse(null) instanceof Check.Result result && result.passed()) {
            // A job that goes on needs no plan in each of them.
            plan = "\nTo see what to do, run this check at a terminal.\n";
        }
        for (List<Fact> group : answer.facts()) {
            List<Fact> shown = new ArrayList<>();
            for (Fact fact : group) {
                String label = fact.label();
                if (!spared.contains(label) || plan.contains(label.equals("ID") ? " ID " : "fingerprint")) {
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
        boolean alone = plan.isEmpty() && view.terminal() && answer.part().isEmpty();
        return lines + plan + (alone ? nothingWrong(answer, view) : "");
    }

    /** What a person is told about a token in which no fault is seen; if the CLI would send it, also how to ask. */
    private static String nothingWrong(Answer answer, ViewOptions view) {
        Candidate used = answer.diagnosis().used();
        if (answer.severity() != Severity.INFO || used.token().isEmpty()) {
            return "";
        }
        boolean sent = used.token().get().audience().isIssuedByChainloop()
                && (used.isFrom(SourceKind.ENVIRONMENT) || used.isFrom(SourceKind.CONFIG));
        String words = "No problem found here; only the server knows for sure" + (sent ? ": chainloop-token ask" : ".");
        return "\n" + view.faint(words) + "\n";
    }

    static String ofMessages(ViewOptions view) {
        TextLayout lines = new TextLayout(view);
        for (KnownMessage message : KnownMessage.values()) {
            for (String text : message.texts) {
                lines.title("", "", text);
            }
            lines.sentences(message.meaning);
        }
        return lines.toString();
    }
}
