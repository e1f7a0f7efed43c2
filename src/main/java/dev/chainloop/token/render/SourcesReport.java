package dev.chainloop.token.render;

import dev.chainloop.token.advice.Plan;
import dev.chainloop.token.core.Spans;
import dev.chainloop.token.core.Token;
import dev.chainloop.token.diagnosis.Fault;
import dev.chainloop.token.diagnosis.Inspection;
import dev.chainloop.token.diagnosis.Severity;
import dev.chainloop.token.diagnosis.Survey;
import dev.chainloop.token.render.TokenJson.Members;
import dev.chainloop.token.source.Origin;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Every place where a token can be, as a table or as JSON. */
final class SourcesReport {
    private SourcesReport() {}

    static String text(Survey survey, ViewOptions view) {
        TextLayout lines = new TextLayout(view);
        lines.line(view.palette().strong(headline(survey, view)));
        lines.blank();
        List<String> names = survey.places().stream()
                .map(place -> view.nameOf(place.origin()))
                .toList();
        for (Survey.Entry place : survey.places()) {
            lines.item(
                    view.nameOf(place.origin()),
                    lines.widest(names),
                    place.state().word() + reason(place, survey.used(), view));
            if (place.inspection().isPresent()) {
                inspection(place.inspection().get(), place.state() == Survey.State.USED, view, lines);
            }
        }
        lines.blank();
        config(survey, view, lines);
        fault(survey.diagnosis().inspection(), view, lines);
        lines.findings(List.of(), survey.diagnosis().findings());
        return lines + PlanReport.text(Plan.ofSources(survey.diagnosis()), view);
    }

    /** Why the deciding source gives no token. */
    private static void fault(Inspection deciding, ViewOptions view, TextLayout lines) {
        @Nullable Fault fault = deciding.fault();
        @Nullable Origin origin = deciding.origin();
        if (fault != null && origin != null) {
            lines.blank();
            lines.mark(Severity.ERROR, view.nameOf(origin) + ": " + fault.message() + ".");
        }
    }

    /** A token's kind, then its expiry and fingerprint or its fault, so that three tokens fit a screen. */
    private static void inspection(Inspection inspection, boolean used, ViewOptions view, TextLayout lines) {
        @Nullable Fault fault = used ? null : inspection.fault();
        String state = fault != null ? Sanitizer.line(fault.message()) : "";
        lines.detail(
                Headline.kind(inspection, view.plain()),
                inspection.decoded() != null
                        ? Headline.state(inspection, view.palette()) + ", " + inspection.fingerprint()
                        : state);
    }

    private static String headline(Survey survey, ViewOptions view) {
        if (survey.used().isPresent()) {
            return view.nameOf(survey.used().get().origin()) + " is used";
        }
        if (survey.diagnosis().requestsFederated()) {
            return Headline.FEDERATED;
        }
        boolean blank = survey.places().stream().anyMatch(place -> place.state() == Survey.State.BLANK);
        return "No token would be sent" + (blank ? ", only white space" : "");
    }

    private static String reason(Survey.Entry place, Optional<Survey.Entry> used, ViewOptions view) {
        if (place.state() == Survey.State.IGNORED && used.isPresent()) {
            return ": " + view.nameOf(used.get().origin()) + " wins";
        }
        return place.reason().isEmpty() ? "" : ": " + place.reason();
    }

    private static void config(Survey survey, ViewOptions view, TextLayout lines) {
        Survey.ConfigFacts facts = survey.config();
        lines.host(survey.host());
        if (facts.known()) {
            String mode = facts.mode().isEmpty() ? "" : "mode " + facts.mode() + ", ";
            String written = facts.written()
                    .map(one -> " (" + mode + "written " + Spans.distance(survey.at(), one) + ")")
                    .orElse("");
            lines.fact("Config file", view.nameOf(survey.configFile()) + written);
        }
        if (facts.devel()) {
            lines.fact("Beside it", "config.devel.toml, which a development build of the CLI reads");
        }
        if (survey.githubCanMint()) {
            lines.fact("GitHub", "this job could request a federated token; `ask --source github` does");
        }
    }

    static Members json(Survey survey, ViewOptions view) {
        Survey.ConfigFacts facts = survey.config();
        return new Members()
                .with("schemaVersion", TokenJson.SCHEMA_VERSION)
                .with("sources", Members.list(survey.places(), place -> place(place, view)))
                .with(
                        "config",
                        new Members()
                                .with("path", facts.known() ? view.rawNameOf(survey.configFile()) : null)
                                .with("mode", facts.mode().isEmpty() ? null : facts.mode())
                                .with("writtenAt", facts.written())
                                .with("develFile", facts.devel()))
                .with("controlPlane", TokenJson.host(survey.host()))
                .with("githubCanMint", survey.githubCanMint())
                .with("findings", TokenJson.findings(survey.diagnosis().findings()))
                .with("plan", PlanReport.json(Plan.ofSources(survey.diagnosis())));
    }

    private static Members place(Survey.Entry place, ViewOptions view) {
        Optional<Inspection> inspection = place.inspection();
        Optional<Token> token = inspection.map(Inspection::token);
        @Nullable String reason = place.reason().isEmpty() ? null : place.reason();
        return new Members(view.redact())
                .with("source", TokenJson.source(place.origin(), view))
                .with("present", inspection.isPresent())
                .with("state", place.state())
                .with(
                        "reason",
                        inspection.map(Inspection::fault).map(Fault::message).orElse(reason))
                .with("status", inspection.map(Inspection::status))
                .with("kind", token.map(Token::audience))
                .with("type", token.map(one -> one.audience().authType()))
                .withPrivate("id", token.map(Token::id))
                .with("tokenName", token.flatMap(Token::name))
                .with("expiresAt", inspection.flatMap(one -> one.time("exp")))
                .with("expired", inspection.flatMap(Inspection::expired))
                .with("fingerprint", inspection.map(Inspection::fingerprint));
    }
}
