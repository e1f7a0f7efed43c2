package dev.chainloop.token.render;

import dev.chainloop.token.advice.Plan;
import dev.chainloop.token.diagnosis.Diagnosis;
import dev.chainloop.token.explain.Cause;
import dev.chainloop.token.explain.Explanation;
import dev.chainloop.token.explain.KnownMessage;
import dev.chainloop.token.explain.MessageMatch;
import dev.chainloop.token.render.TokenJson.Members;
import java.util.List;
import java.util.Optional;

/** An explanation for a person, or as JSON. */
final class ExplainReport {
    private ExplainReport() {}

    static String text(Report.Explained explained, ViewOptions view) {
        Diagnosis diagnosis = explained.diagnosis();
        return explained.explanation().isPresent()
                ? known(explained.explanation().get(), diagnosis, view)
                : unknown(explained.empty(), explained.plan(), diagnosis, view);
    }

    private static String known(Explanation explanation, Diagnosis diagnosis, ViewOptions view) {
        TextLayout lines = new TextLayout(view);
        MessageMatch match = explanation.match();
        lines.title(match.title());
        lines.blank();
        lines.paragraph(match.message().meaning());
        lines.causes(explanation.causes());
        lines.blank();
        Headline.facts(lines, diagnosis.inspection(), view);
        if (!explanation.further().isEmpty()) {
            lines.blank();
            for (MessageMatch further : explanation.further()) {
                lines.paragraph("Also in the text: " + further.title() + " (explain that by itself to see more).");
            }
        }
        return lines + PlanReport.text(explanation.plan(), view);
    }

    /** The answer when the text contains no known message. */
    private static String unknown(boolean empty, Optional<Plan> plan, Diagnosis diagnosis, ViewOptions view) {
        TextLayout lines = new TextLayout(view);
        lines.title(empty ? "No message to explain" : "No known message");
        if (!empty) {
            lines.paragraph("`chainloop-token explain --list` lists all known messages.");
        }
        lines.blank();
        Headline.facts(lines, diagnosis.inspection(), view);
        lines.findings(List.of(), diagnosis.findings());
        return lines + (empty ? "" : PlanReport.text(plan, view));
    }

    static Members json(Report.Explained explained, ViewOptions view) {
        Optional<Explanation> explanation = explained.explanation();
        return new Members()
                .with("schemaVersion", TokenJson.SCHEMA_VERSION)
                .with("message", explanation.map(one -> message(one.match())))
                .with(
                        "causes",
                        Members.list(explanation.map(Explanation::causes).orElse(List.of()), ExplainReport::cause))
                .with("plan", PlanReport.json(explained.plan()))
                .with(
                        "furtherMessages",
                        Members.list(explanation.map(Explanation::further).orElse(List.of()), ExplainReport::message))
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

    private static Members message(MessageMatch match) {
        return new Members()
                .with("id", match.message().id())
                .with("text", match.text())
                .with("name", match.name())
                .with("meaning", match.message().meaning());
    }
}
