package dev.chainloop.token.render;

import dev.chainloop.token.core.DecodedToken;
import dev.chainloop.token.diagnosis.Diagnosis;
import dev.chainloop.token.diagnosis.Severity;
import dev.chainloop.token.explain.Explanation;
import dev.chainloop.token.explain.KnownMessage;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An answer for a person at a terminal: the fault first, then the facts, and what to do last, where the eye is. */
final class TextReport {
    /** A usual terminal has 24 rows, two of which are for the command and the prompt. */
    private static final int MOST_LINES = 22;

    /** The facts that give way, one after the other, where there is no room for all: steps never do. */
    private static final List<String> SPARE = List.of(
            "ruled out",
            "Fingerprint",
            "Issuer",
            "Audience",
            "Signature",
            "Control plane",
            "Organization",
            "Expires",
            "ID",
            "Source");

    private TextReport() {}

    static String of(Answer answer, ViewOptions view) {
        String plan =
                answer.plan().isEmpty() ? "" : PlanReport.text(answer.plan().get(), view);
        int spared = 0;
        String text = above(answer, spared, view);
        while (!view.all()
                && spared < SPARE.size()
                && rows(text, Integer.MAX_VALUE) + rows(plan, view.width()) > MOST_LINES) {
            spared++;
            text = above(answer, spared, view);
        }
        return text + plan;
    }

    /**
     * What is said above the plan.
     *
     * @param spared how many of the facts that give way are left out
     */
    private static String above(Answer answer, int spared, ViewOptions view) {
        TextLayout lines = new TextLayout(view);
        lines.title(sign(answer, view.palette()), answer.headline());
        for (String paragraph : answer.paragraphs()) {
            lines.sentences(paragraph);
        }
        for (List<Fact> group : answer.facts()) {
            List<Fact> shown = new ArrayList<>();
            for (Fact fact : group) {
                if (!SPARE.subList(0, spared).contains(fact.label())) {
                    shown.add(fact);
                }
            }
            lines.facts(shown);
        }
        Diagnosis shown = answer.diagnosis().contained().orElse(answer.diagnosis());
        @Nullable DecodedToken decoded = shown.inspection().decoded();
        boolean other = answer.part() instanceof Explanation explanation && !explanation.isAboutToken();
        if (view.all() && !view.redact() && !other && decoded != null) {
            lines.json("Header", decoded.header());
            lines.json("Claims", decoded.claims().asMap());
        }
        return lines.toString();
    }

    /** How many rows a terminal needs, which breaks what is wider, such as a command. */
    private static int rows(String text, int width) {
        int rows = 0;
        for (String line : text.split("\n", 0)) {
            rows += 1 + Math.max(0, line.length() - 1) / width;
        }
        return rows;
    }

    /** Every message that is known. */
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

    private static String sign(Answer answer, Palette palette) {
        if (answer.severity().isEmpty() || answer.severity().get() == Severity.INFO) {
            return "";
        }
        return (answer.severity().get() == Severity.ERROR ? palette.bad("✗") : palette.warning("!")) + " ";
    }
}
