package dev.chainloop.token.render;

import dev.chainloop.token.core.DecodedToken;
import dev.chainloop.token.diagnosis.Diagnosis;
import dev.chainloop.token.diagnosis.Severity;
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
            "",
            "Signature",
            "Control plane",
            "Organization",
            "Expires",
            "ID",
            "Source");

    private TextReport() {}

    static String of(Answer answer, ViewOptions view) {
        String plan = PlanReport.text(answer.plan(), view);
        List<List<Fact>> facts = new ArrayList<>();
        answer.facts().forEach(group -> facts.add(new ArrayList<>(group)));
        String text = above(answer, facts, view);
        for (String label : view.all() ? List.<String>of() : SPARE) {
            if (lines(text) + lines(plan) > MOST_LINES) {
                facts.forEach(group -> group.removeIf(fact -> fact.label().equals(label)));
                text = above(answer, facts, view);
            }
        }
        return text + plan;
    }

    /** What is said above the plan. */
    private static String above(Answer answer, List<List<Fact>> facts, ViewOptions view) {
        TextLayout lines = new TextLayout(view);
        lines.title(sign(answer, view.palette()), answer.headline());
        for (String paragraph : answer.paragraphs()) {
            lines.sentences(paragraph);
        }
        for (List<Fact> group : facts) {
            lines.facts(group);
        }
        Diagnosis shown = answer.diagnosis().contained().orElse(answer.diagnosis());
        @Nullable DecodedToken decoded = shown.inspection().decoded();
        if (view.claims() && decoded != null) {
            lines.json("Header", decoded.header());
            lines.json("Claims", decoded.claims().asMap());
        }
        return lines.toString();
    }

    private static long lines(String text) {
        return text.chars().filter(c -> c == '\n').count();
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
        if (answer.severity().isEmpty()) {
            return "";
        }
        Severity worst = answer.severity().get();
        return switch (worst) {
            case ERROR -> palette.bad("✗") + " ";
            case WARNING -> palette.warning("!") + " ";
            case INFO -> "";
        };
    }
}
