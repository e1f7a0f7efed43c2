package dev.chainloop.token.render;

import dev.chainloop.token.core.DecodedToken;
import dev.chainloop.token.diagnosis.Severity;
import dev.chainloop.token.explain.KnownMessage;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An answer for a person at a terminal: the fault first, then the facts, and what to do last, where the eye is. */
final class TextReport {
    private TextReport() {}

    static String of(Answer answer, ViewOptions view) {
        TextLayout lines = new TextLayout(view);
        lines.title(sign(answer, view.palette()), answer.headline());
        for (String paragraph : answer.paragraphs()) {
            lines.sentences(paragraph);
        }
        for (List<Fact> group : answer.facts()) {
            lines.facts(group);
        }
        @Nullable DecodedToken decoded = answer.diagnosis().inspection().decoded();
        if (view.claims() && decoded != null) {
            lines.json("Header", decoded.header());
            lines.json("Claims", decoded.claims().asMap());
        }
        return lines + PlanReport.text(answer.plan(), view);
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
