package dev.chainloop.token.render;

import dev.chainloop.token.advice.Plan;
import dev.chainloop.token.diagnosis.Diagnosis;
import dev.chainloop.token.diagnosis.Inspection;
import dev.chainloop.token.explain.Cause;
import dev.chainloop.token.explain.Explanation;
import dev.chainloop.token.explain.KnownMessage;
import dev.chainloop.token.explain.MessageMatch;
import dev.chainloop.token.render.JsonReport.Members;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An explanation for a person, or as JSON. */
final class ExplainReport {
    private ExplainReport() {}

    /** As text. */
    static String text(Report.Explained explained, ViewOptions view) {
        Diagnosis diagnosis = explained.diagnosis();
        return explained.explanation().isPresent()
                ? known(explained.explanation().get(), diagnosis, view)
                : unknown(explained.empty(), explained.plan(), diagnosis, view);
    }

    private static String known(Explanation explanation, Diagnosis diagnosis, ViewOptions view) {
        TextLayout lines = new TextLayout(view);
        MessageMatch match = explanation.match();
        lines.line(view.palette().strong(Sanitizer.line(match.title())));
        lines.blank();
        lines.paragraph(match.message().meaning());
        if (!explanation.causes().isEmpty()) {
            lines.blank();
        }
        for (Cause cause : explanation.causes()) {
            lines.cause(cause);
        }
        lines.blank();
        token(diagnosis.inspection(), view, lines);
        if (!explanation.further().isEmpty()) {
            lines.blank();
            for (MessageMatch further : explanation.further()) {
                lines.paragraph("Also in the text: " + further.title() + " (explain it by itself to see more).");
            }
        }
        return lines + PlanReport.text(explanation.plan(), view);
    }

    /** The answer when the text contains no known message. */
    private static String unknown(boolean empty, Optional<Plan> plan, Diagnosis diagnosis, ViewOptions view) {
        TextLayout lines = new TextLayout(view);
        lines.line(view.palette().strong(empty ? "No message to explain" : "No known message"));
        if (!empty) {
            lines.paragraph("`chainloop-token explain --list` has all messages that are known.");
        }
        lines.blank();
        token(diagnosis.inspection(), view, lines);
        lines.findings(diagnosis.findings());
        return lines + (empty ? "" : PlanReport.text(plan, view));
    }

    /** As a JSON object. */
    static Map<String, @Nullable Object> json(Report.Explained explained, ViewOptions view) {
        Optional<Explanation> explanation = explained.explanation();
        return new Members()
                .put("schemaVersion", JsonReport.SCHEMA_VERSION)
                .put("message", explanation.map(one -> message(one.match())))
                .put(
                        "causes",
                        Members.list(explanation.map(Explanation::causes).orElse(List.of()), ExplainReport::cause))
                .put("plan", PlanReport.json(explained.plan()))
                .put(
                        "furtherMessages",
                        Members.list(explanation.map(Explanation::further).orElse(List.of()), ExplainReport::message))
                .put("token", JsonReport.object(explained.diagnosis(), view))
                .object();
    }

    /** Every message that is known, with what it means. */
    static String textOfMessages(ViewOptions view) {
        TextLayout lines = new TextLayout(view);
        for (KnownMessage message : KnownMessage.values()) {
            for (String text : message.texts()) {
                lines.line(view.palette().strong(text));
            }
            lines.paragraph(message.meaning());
            lines.blank();
        }
        return lines.toString();
    }

    /** The same as a JSON object. */
    static Map<String, @Nullable Object> jsonOfMessages() {
        return new Members()
                .put("schemaVersion", JsonReport.SCHEMA_VERSION)
                .put(
                        "messages",
                        Members.list(
                                List.of(KnownMessage.values()),
                                message -> new Members()
                                        .put("id", message.id())
                                        .put("texts", message.texts())
                                        .put("meaning", message.meaning())
                                        .object()))
                .object();
    }

    private static void token(Inspection inspection, ViewOptions view, TextLayout lines) {
        lines.fact("Token", Headline.of(inspection, view.plain()));
        if (inspection.origin() != null) {
            lines.fact("Source", view.nameOf(inspection.origin()));
        }
        lines.fact("Fingerprint", inspection.fingerprint());
    }

    static Map<String, @Nullable Object> cause(Cause cause) {
        return new Members()
                .put("weight", cause.weight().words())
                .put("message", cause.sentence())
                .put("cure", cause.cure())
                .object();
    }

    private static Map<String, @Nullable Object> message(MessageMatch match) {
        return new Members()
                .put("id", match.message().id())
                .put("text", match.text())
                .put("name", match.name())
                .put("meaning", match.message().meaning())
                .object();
    }
}
