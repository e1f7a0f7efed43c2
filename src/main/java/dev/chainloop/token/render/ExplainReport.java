package dev.chainloop.token.render;

import dev.chainloop.token.core.Keyword;
import dev.chainloop.token.diagnosis.Diagnosis;
import dev.chainloop.token.diagnosis.Fault;
import dev.chainloop.token.diagnosis.Finding;
import dev.chainloop.token.diagnosis.Status;
import dev.chainloop.token.explain.Cause;
import dev.chainloop.token.explain.Explanation;
import dev.chainloop.token.explain.KnownMessage;
import dev.chainloop.token.explain.LayerExplanation;
import dev.chainloop.token.explain.MessageMatch;
import dev.chainloop.token.explain.UnknownText;
import dev.chainloop.token.render.TokenJson.Members;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An explanation for a person, or as JSON. */
final class ExplainReport {
    private ExplainReport() {}

    static String text(Report.Explained explained, ViewOptions view) {
        if (explained.explanation().isPresent()) {
            return known(explained.explanation().get(), explained, view);
        }
        return explained.layer().isPresent()
                ? byLayer(explained.layer().get(), explained, view)
                : unknown(explained, view);
    }

    private static String known(Explanation explanation, Report.Explained explained, ViewOptions view) {
        TextLayout lines = new TextLayout(view);
        MessageMatch match = explanation.match();
        lines.title(match.title());
        lines.blank();
        lines.paragraph(match.meaning());
        lines.causes(explanation.causes());
        lines.blank();
        Headline.facts(lines, explained.diagnosis().inspection(), view);
        asides(lines, explained, explanation.causes());
        further(lines, explained.further());
        return lines + PlanReport.text(explanation.plan(), view);
    }

    /** The answer about a text without a row. */
    private static String byLayer(LayerExplanation layer, Report.Explained explained, ViewOptions view) {
        TextLayout lines = new TextLayout(view);
        lines.title(title(layer));
        lines.blank();
        lines.paragraph(String.join(" ", layer.sentences()));
        lines.causes(layer.causes());
        lines.blank();
        Headline.facts(lines, explained.diagnosis().inspection(), view);
        if (layer.open()) {
            if (explained.unknown() == UnknownText.MESSAGE && !layer.cleared()) {
                ifAboutToken(lines, explained.diagnosis());
            }
        } else {
            asides(lines, explained, List.of());
        }
        further(lines, explained.further());
        return lines + PlanReport.text(layer.plan(), view);
    }

    private static String title(LayerExplanation layer) {
        return layer.text().isEmpty() ? "Progress, no error" : layer.open() ? "While: " + layer.text() : layer.text();
    }

    private static void further(TextLayout lines, List<MessageMatch> further) {
        if (!further.isEmpty()) {
            lines.blank();
        }
        for (MessageMatch match : further) {
            lines.paragraph("Also in the text: " + match.title() + " (explain that by itself to see more).");
        }
    }

    /** What is wrong with the token here, where that is not the cause. */
    private static void asides(TextLayout lines, Report.Explained explained, List<Cause> causes) {
        List<Finding> others = explained.asides().stream()
                .filter(finding ->
                        causes.stream().noneMatch(cause -> cause.sentence().equals(finding.message())))
                .toList();
        if (!others.isEmpty()) {
            lines.blank();
            lines.paragraph("Not the cause, but:");
            others.forEach(finding -> lines.mark(finding.severity(), finding.message()));
        }
    }

    /** What is wrong with the token here, where it is not known whether a text is about it. */
    private static void ifAboutToken(TextLayout lines, Diagnosis diagnosis) {
        lines.blank();
        if (diagnosis.inspection().status() == Status.ERROR) {
            lines.findings(List.of(), diagnosis.findings());
            return;
        }
        @Nullable Fault fault = diagnosis.inspection().fault();
        if (fault != null) {
            lines.paragraph("If the message is about the token: what is sent is " + fault.message() + ".");
        } else if (diagnosis.firstError().isEmpty()) {
            lines.paragraph("Nothing wrong can be seen with the token here; the message may not be about it.");
        } else {
            lines.paragraph("If the message is about the token:");
        }
        diagnosis.findings().forEach(finding -> lines.mark(finding.severity(), finding.message()));
    }

    /** The answer when the text contains no known message. */
    private static String unknown(Report.Explained explained, ViewOptions view) {
        Diagnosis diagnosis = explained.diagnosis();
        TextLayout lines = new TextLayout(view);
        switch (explained.unknown()) {
            case EMPTY -> lines.title("No message to explain");
            case PROSE -> {
                lines.title("A question, no message");
                lines.paragraph(
                        "`chainloop-token help TOPIC` answers these: " + String.join(", ", explained.topics()) + ".");
                lines.paragraph("To have a message explained, give it as it was printed.");
            }
            case NETWORK, MESSAGE, OTHER -> {
                lines.title("No known message");
                if (!explained.unexplained().isEmpty()) {
                    lines.paragraph("Not explained: " + explained.unexplained());
                }
                lines.paragraph("`chainloop-token explain --list` lists all known messages.");
            }
        }
        lines.blank();
        Headline.facts(lines, diagnosis.inspection(), view);
        if (explained.unknown() == UnknownText.MESSAGE) {
            ifAboutToken(lines, diagnosis);
        } else if (explained.unknown() == UnknownText.OTHER) {
            lines.blank();
            lines.paragraph(
                    explained.isFromElsewhere()
                            ? "The text is from another place, so the token here is not judged by it."
                            : "Nothing in the text shows that it is about a token, so the one here is not judged.");
        } else {
            lines.findings(List.of(), diagnosis.findings());
        }
        further(lines, explained.further());
        return lines + PlanReport.text(explained.plan(), view);
    }

    static Members json(Report.Explained explained, ViewOptions view) {
        Optional<Explanation> explanation = explained.explanation();
        return new Members()
                .with("schemaVersion", TokenJson.SCHEMA_VERSION)
                .with("message", explanation.map(one -> message(one.match())))
                .with("layer", explained.layer().map(ExplainReport::layer))
                .with(
                        "causes",
                        Members.list(
                                explanation
                                        .map(Explanation::causes)
                                        .or(() -> explained.layer().map(LayerExplanation::causes))
                                        .orElse(List.of()),
                                ExplainReport::cause))
                .with("plan", PlanReport.json(explained.plan()))
                .with("furtherMessages", Members.list(explained.further(), ExplainReport::message))
                .with("token", TokenJson.object(explained.diagnosis(), view));
    }

    /** Every message that is known, with what it means. */
    static String textOfMessages(ViewOptions view) {
        TextLayout lines = new TextLayout(view);
        for (KnownMessage message : KnownMessage.values()) {
            for (String text : message.texts()) {
                lines.title(text);
            }
            lines.paragraph(message.meaning());
            lines.blank();
        }
        return lines.toString();
    }

    /** The same as a JSON object. */
    static Members jsonOfMessages() {
        return new Members()
                .with("schemaVersion", TokenJson.SCHEMA_VERSION)
                .with(
                        "messages",
                        Members.list(
                                List.of(KnownMessage.values()),
                                message -> new Members()
                                        .with("id", message.id())
                                        .with("texts", message.texts())
                                        .with("meaning", message.meaning())
                                        .with("source", message.source())));
    }

    static Members cause(Cause cause) {
        return new Members()
                .with("weight", cause.weight().words())
                .with("message", cause.sentence())
                .with("cure", cause.cure());
    }

    private static Members layer(LayerExplanation layer) {
        return new Members()
                .with("id", layer.layer())
                .with("subjects", Keyword.words(layer.subjects()))
                .with("text", layer.text())
                .with("reasonKnown", !layer.open())
                .with("tokenCleared", layer.cleared())
                .with("meaning", String.join(" ", layer.sentences()));
    }

    private static Members message(MessageMatch match) {
        return new Members()
                .with("id", match.message().id())
                .with("text", match.text())
                .with("name", match.name())
                .with("meaning", match.meaning());
    }
}
