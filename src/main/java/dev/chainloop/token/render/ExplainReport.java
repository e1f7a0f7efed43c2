package dev.chainloop.token.render;

import dev.chainloop.token.explain.Cause;
import dev.chainloop.token.explain.Explanation;
import dev.chainloop.token.explain.KnownMessage;
import dev.chainloop.token.explain.Layer;
import dev.chainloop.token.explain.MessageMatch;
import dev.chainloop.token.render.TokenJson.Members;
import java.util.List;

/** An explanation for a person, or as JSON. */
final class ExplainReport {
    private ExplainReport() {}

    static String text(Explanation explanation, ViewOptions view) {
        TextLayout lines = new TextLayout(view);
        boolean told = explanation.match().isPresent() || explanation.layer().isPresent();
        if (explanation.match().isPresent()) {
            MessageMatch match = explanation.match().get();
            lines.title(match.title());
            lines.blank();
            lines.paragraph(match.meaning());
        } else if (explanation.layer().isPresent()) {
            Layer layer = explanation.layer().get();
            lines.title(layer.title());
            lines.blank();
            lines.paragraph(
                    layer == Layer.PROGRESS
                            ? "No line of the text reports an error."
                            : "The message itself is not known here; `chainloop-token explain --list` lists those that"
                                    + " are.");
        } else if (explanation.empty()) {
            lines.title("No message to explain");
        } else {
            lines.title("No known message");
            lines.paragraph("`chainloop-token explain --list` lists all known messages.");
        }
        lines.causes(explanation.causes());
        lines.blank();
        Headline.facts(lines, explanation.diagnosis().inspection(), view);
        if (!told) {
            lines.findings(List.of(), explanation.diagnosis().findings());
        }
        if (!explanation.further().isEmpty()) {
            lines.blank();
            for (MessageMatch further : explanation.further()) {
                lines.paragraph("Also in the text: " + further.title() + " (explain that by itself to see more).");
            }
        }
        return lines + PlanReport.text(explanation.plan(), view);
    }

    static Members json(Explanation explanation, ViewOptions view) {
        return new Members()
                .with("schemaVersion", TokenJson.SCHEMA_VERSION)
                .with("message", explanation.match().map(ExplainReport::message))
                .with("layer", explanation.layer().map(Layer::word))
                .with("causes", Members.list(explanation.causes(), ExplainReport::cause))
                .with("plan", PlanReport.json(explanation.plan()))
                .with("furtherMessages", Members.list(explanation.further(), ExplainReport::message))
                .with("token", TokenJson.object(explanation.diagnosis(), view));
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
                                        .with("id", message.word())
                                        .with("texts", message.texts())
                                        .with("meaning", message.meaning())
                                        .with("layer", message.layer())));
    }

    static Members cause(Cause cause) {
        return new Members()
                .with("weight", cause.weight().words())
                .with("message", cause.sentence())
                .with("cure", cause.cure());
    }

    private static Members message(MessageMatch match) {
        return new Members()
                .with("id", match.message().word())
                .with("text", match.text())
                .with("name", match.name())
                .with("meaning", match.meaning());
    }
}
