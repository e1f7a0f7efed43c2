package dev.chainloop.token.render;

import dev.chainloop.token.diagnosis.CheckResult;
import dev.chainloop.token.diagnosis.Failure;
import dev.chainloop.token.diagnosis.Finding;
import dev.chainloop.token.diagnosis.Inspection;
import dev.chainloop.token.diagnosis.Severity;

/** The outcome of a check for a person: passed or not, of which token, and every expectation that is not met. */
public final class CheckReport {
    private CheckReport() {}

    /** The report as text. */
    public static String render(Inspection inspection, CheckResult result, ViewOptions view) {
        Palette palette = view.palette();
        TextLayout lines = new TextLayout(view);
        lines.line(result.passed() ? palette.good("Check passed") : palette.bad("Check failed"));
        lines.line(Headline.of(inspection, view));
        if (inspection.origin().isPresent()) {
            lines.blank();
            lines.fact("Source", view.nameOf(inspection.origin().get()));
        }
        lines.fact("Fingerprint", inspection.fingerprint());
        if (inspection.verification().isPresent()
                && inspection.verification().get().isGenuine()) {
            lines.fact("Signature", "verified");
        }
        if (!result.passed() || !result.others().isEmpty()) {
            lines.blank();
        }
        for (Failure failure : result.failures()) {
            lines.mark(Severity.ERROR, failure.message());
            lines.remedy(failure.remedy());
        }
        for (Finding finding : result.others()) {
            lines.finding(finding);
        }
        return lines.toString();
    }
}
