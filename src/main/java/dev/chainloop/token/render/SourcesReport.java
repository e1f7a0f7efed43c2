package dev.chainloop.token.render;

import dev.chainloop.token.core.ApiToken;
import dev.chainloop.token.core.Token;
import dev.chainloop.token.diagnosis.Fault;
import dev.chainloop.token.diagnosis.Inspection;
import dev.chainloop.token.diagnosis.Severity;
import dev.chainloop.token.diagnosis.Spans;
import dev.chainloop.token.diagnosis.Survey;
import dev.chainloop.token.source.Origin;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Every place where a token can be, as a table or as JSON. */
final class SourcesReport {
    private SourcesReport() {}

    /** The table as text. */
    static String text(Survey survey, ViewOptions view) {
        TextLayout lines = new TextLayout(view);
        Optional<Survey.Place> used = survey.used();
        lines.line(view.palette().strong(headline(survey, view)));
        lines.blank();
        List<String> names = new ArrayList<>();
        for (Survey.Place place : survey.places()) {
            names.add(view.nameOf(place.origin()));
        }
        for (Survey.Place place : survey.places()) {
            lines.item(
                    view.nameOf(place.origin()),
                    lines.widest(names),
                    place.state().word() + reason(place, used, view));
            if (place.inspection().isPresent()) {
                inspection(place.inspection().get(), place.state() == Survey.State.USED, view, lines);
            }
        }
        lines.blank();
        config(survey, view, lines);
        fault(survey.deciding(), view, lines);
        lines.findings(survey.findings());
        return lines.toString();
    }

    /** Why nothing that is used can be used, and what to do about it. */
    private static void fault(Inspection deciding, ViewOptions view, TextLayout lines) {
        @Nullable Fault fault = deciding.fault();
        @Nullable Origin origin = deciding.origin();
        if (fault != null && origin != null) {
            lines.blank();
            lines.mark(Severity.ERROR, view.nameOf(origin) + ": " + fault.message() + ".");
            lines.remedy(fault.remedy());
        }
    }

    /** A token's kind, expiry, fault and fingerprint, each on a line of its own, so that none is ever broken. */
    private static void inspection(Inspection inspection, boolean used, ViewOptions view, TextLayout lines) {
        lines.detail(Headline.kind(inspection, view.plain()));
        if (inspection.decoded() != null) {
            lines.detail(Headline.state(inspection, view.palette()));
        }
        if (inspection.fault() != null && !used) {
            lines.detail(Sanitizer.line(inspection.fault().message()));
        }
        if (inspection.fingerprint() != null) {
            lines.detail(inspection.fingerprint());
        }
    }

    private static String headline(Survey survey, ViewOptions view) {
        if (survey.used().isPresent()) {
            return view.nameOf(survey.used().get().origin()) + " is used";
        }
        for (Survey.Place place : survey.places()) {
            if (place.state() == Survey.State.BLANK) {
                return "No token would be sent, only white space";
            }
        }
        return "No token would be sent";
    }

    private static String reason(Survey.Place place, Optional<Survey.Place> used, ViewOptions view) {
        if (place.state() == Survey.State.IGNORED && used.isPresent()) {
            return ": " + view.nameOf(used.get().origin()) + " wins";
        }
        return place.reason().isEmpty() ? "" : ": " + place.reason();
    }

    private static void config(Survey survey, ViewOptions view, TextLayout lines) {
        Survey.ConfigFacts facts = survey.config();
        if (survey.host().isPresent()) {
            lines.fact(
                    "Control plane",
                    survey.host().get().address() + " (" + survey.host().get().from() + ")");
        }
        if (facts.path().isPresent()) {
            lines.fact("Config file", view.shown(facts.path().get()));
        }
        if (!facts.mode().isEmpty()) {
            lines.fact("Mode", facts.mode());
        }
        if (facts.written().isPresent()) {
            Instant written = facts.written().get();
            lines.fact("Written", Times.rfc3339(written) + " (" + Spans.distance(survey.at(), written) + ")");
        }
        if (facts.devel()) {
            lines.fact("Beside it", "config.devel.toml, which a development build of the CLI reads");
        }
        if (survey.githubCanMint()) {
            lines.fact("GitHub", "this job could request a federated token; this tool never does");
        }
    }

    /** The table as a JSON object. */
    static Map<String, @Nullable Object> json(Survey survey, ViewOptions view) {
        Map<String, @Nullable Object> object = new LinkedHashMap<>();
        object.put("schemaVersion", JsonReport.SCHEMA_VERSION);
        List<Map<String, @Nullable Object>> sources = new ArrayList<>();
        for (Survey.Place place : survey.places()) {
            sources.add(place(place, view));
        }
        object.put("sources", sources);
        Survey.ConfigFacts facts = survey.config();
        Map<String, @Nullable Object> config = new LinkedHashMap<>();
        config.put("path", facts.path().isPresent() ? view.rawShown(facts.path().get()) : null);
        config.put("mode", facts.mode().isEmpty() ? null : facts.mode());
        config.put(
                "writtenAt",
                facts.written().isPresent() ? Times.rfc3339(facts.written().get()) : null);
        config.put("develFile", facts.devel());
        object.put("config", config);
        object.put("controlPlane", JsonReport.host(survey.host()));
        object.put("githubCanMint", survey.githubCanMint());
        object.put("findings", JsonReport.findings(survey.findings()));
        return object;
    }

    private static Map<String, @Nullable Object> place(Survey.Place place, ViewOptions view) {
        @Nullable Inspection inspection = place.inspection().orElse(null);
        @Nullable Token token = inspection == null ? null : inspection.token();
        Map<String, @Nullable Object> object = new LinkedHashMap<>();
        object.put("source", JsonReport.source(place.origin(), view));
        object.put("present", inspection != null);
        object.put("state", place.state().word());
        @Nullable Fault fault = inspection == null ? null : inspection.fault();
        object.put("reason", fault != null ? fault.message() : place.reason().isEmpty() ? null : place.reason());
        object.put("status", inspection == null ? null : inspection.status().word());
        object.put("kind", token == null ? null : token.audience().word());
        object.put("type", token == null ? null : token.audience().authType());
        object.put("id", token == null || view.redact() ? null : token.id());
        object.put("tokenName", token instanceof ApiToken api ? api.name().orElse(null) : null);
        object.put(
                "expiresAt",
                inspection == null
                        ? null
                        : inspection.time("exp").map(Times::rfc3339).orElse(null));
        object.put("expired", inspection == null ? null : inspection.expired().orElse(null));
        object.put("fingerprint", inspection == null ? null : inspection.fingerprint());
        return object;
    }
}
