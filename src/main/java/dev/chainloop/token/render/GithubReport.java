package dev.chainloop.token.render;

import dev.chainloop.token.advice.Plan;
import dev.chainloop.token.check.Check;
import dev.chainloop.token.diagnosis.Fault;
import dev.chainloop.token.diagnosis.Finding;
import dev.chainloop.token.diagnosis.Severity;
import dev.chainloop.token.source.Origin;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The report for a GitHub Actions job: a log with annotations, outputs for later steps, and a summary. */
final class GithubReport implements Report {
    @Override
    public Answer render(Subject subject, ViewOptions view) {
        ViewOptions plain = view.plain();
        Parts parts = new Parts(
                subject, plain, Parts.headline(subject, plain), Parts.remarks(subject, plain), subject.plan());
        Map<String, String> appended = new LinkedHashMap<>();
        // An unguessable delimiter, so that no value can end early and forge another.
        appended.put("GITHUB_OUTPUT", parts.outputs());
        appended.put("GITHUB_STEP_SUMMARY", parts.summary());
        return new Answer(parts.log(), List.of(), appended);
    }

    @Override
    public String leak(Leak leak, boolean redact) {
        String message =
                "There is a token here" + (redact ? "" : ": " + leak.mask().text())
                        + ". Remove it; if it is genuine, revoke it where it was issued.";
        // GitHub knows files by their path from the repository's root.
        String file = leak.file().startsWith("./") ? leak.file().substring(2) : leak.file();
        return "::error file=" + property(file) + ",line=" + leak.line() + ",col=" + leak.column() + ",title="
                + property("chainloop-token: leak") + "::" + data(message) + "\n";
    }

    /** The value of a workflow command, as the runner's toolkit escapes it. */
    private static String data(String value) {
        return Sanitizer.line(value).replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A");
    }

    private static String property(String value) {
        return data(value).replace(":", "%3A").replace(",", "%2C");
    }

    /** @param text the message, and what to do */
    private record Remark(Severity severity, String title, String text) {}

    /** One answer in its three parts. */
    private record Parts(
            Subject subject, ViewOptions view, String headline, List<Remark> remarks, Optional<Plan> plan) {
        /** GitHub shows ten annotations of a step; two are left for others. */
        private static final int MAX_ANNOTATIONS = 8;

        static String headline(Subject subject, ViewOptions view) {
            String outcome = subject.asked()
                    .map(asked -> asked.word() + "; ")
                    .or(() -> subject.check().map(check -> check.passed() ? "check passed; " : "check failed; "))
                    .orElse("");
            return "chainloop-token: " + outcome + Headline.of(subject.diagnosis(), view);
        }

        static List<Remark> remarks(Subject subject, ViewOptions view) {
            List<Remark> remarks = new ArrayList<>();
            @Nullable Fault fault = subject.diagnosis().inspection().fault();
            if (fault != null) {
                @Nullable Origin origin = subject.diagnosis().inspection().origin();
                String where = origin != null ? view.nameOf(origin) + ": " : "";
                String stop = fault.message().endsWith("?") ? "" : ".";
                remarks.add(new Remark(
                        Severity.ERROR, fault.code(), (where + fault.message() + stop + " " + fault.remedy()).strip()));
            }
            for (Check.Failure failure : subject.failures()) {
                if (fault != null && failure.expectation().equals("token")) {
                    continue; // The fault says why.
                }
                String title = failure.expectation().equals("findings")
                        ? failure.actual().orElseThrow()
                        : failure.expectation();
                remarks.add(new Remark(Severity.ERROR, title, failure.message()));
            }
            for (Finding finding : subject.findings()) {
                remarks.add(new Remark(finding.severity(), finding.rule().word(), finding.message()));
            }
            return remarks;
        }

        /** The log: a headline, then a workflow command for each error and warning, then the rest as plain lines. */
        String log() {
            StringBuilder text = new StringBuilder(headline).append('\n');
            int annotations = 0;
            for (Remark remark : remarks) {
                if (remark.severity() != Severity.INFO && annotations++ < MAX_ANNOTATIONS) {
                    text.append(
                            "::" + remark.severity().word() + " title=" + property("chainloop-token: " + remark.title())
                                    + "::" + data(remark.text() + (annotations == 1 ? first() : "")) + "\n");
                }
            }
            if (annotations > MAX_ANNOTATIONS) {
                text.append("and ").append(annotations - MAX_ANNOTATIONS).append(" more\n");
            }
            for (Remark remark : remarks) {
                if (remark.severity() == Severity.INFO) {
                    text.append(Sanitizer.line("info: " + remark.text())).append('\n');
                }
            }
            return text.toString();
        }

        /** The first annotation says what to do first. */
        private String first() {
            return plan.map(one -> " " + PlanReport.first(one)).orElse("");
        }

        /** A block of code whose fence is longer than any run of backticks in it. */
        private static String block(String text) {
            String fence = "```";
            while (text.contains(fence)) {
                fence += "`";
            }
            return fence + "text\n" + text + fence + "\n";
        }

        /** For {@code GITHUB_OUTPUT}, each value up to a delimiter that is no value. */
        String outputs() {
            Map<String, String> values = CiValues.of(subject, view);
            String delimiter = "end-of-value";
            while (values.containsValue(delimiter)) {
                delimiter += "-";
            }
            StringBuilder text = new StringBuilder();
            for (Map.Entry<String, String> value : values.entrySet()) {
                text.append(value.getKey() + "<<" + delimiter + "\n" + value.getValue() + "\n" + delimiter + "\n");
            }
            return text.toString();
        }

        /** For {@code GITHUB_STEP_SUMMARY}, in Markdown. */
        String summary() {
            StringBuilder text = new StringBuilder("### " + markdown(headline) + "\n\n| | |\n|---|---|\n");
            for (Map.Entry<String, String> value : CiValues.of(subject, view).entrySet()) {
                if (!value.getValue().isEmpty()) {
                    text.append("| " + value.getKey() + " | " + markdown(value.getValue()) + " |\n");
                }
            }
            text.append('\n');
            for (Remark remark : remarks) {
                String told = markdown(remark.title() + ": " + remark.text());
                text.append("- **" + remark.severity().word() + "** " + told + "\n");
            }
            plan.ifPresent(one -> text.append("\n**What to do**\n\n").append(block(PlanReport.plain(one))));
            return text.append('\n').toString();
        }

        /** As character references, which are never mark-up; letters, digits and blanks stay. */
        private static String markdown(String hostile) {
            String value = Sanitizer.line(hostile);
            StringBuilder text = new StringBuilder();
            for (int i = 0; i < value.length(); ) {
                int point = value.codePointAt(i);
                if (Character.isLetterOrDigit(point) || point == ' ') {
                    text.appendCodePoint(point);
                } else {
                    text.append("&#").append(point).append(';');
                    if (point == '@' || point == '#') {
                        text.append("<!-- -->"); // GitHub looks for mentions and references in the finished text.
                    }
                }
                i += Character.charCount(point);
            }
            return text.toString();
        }
    }
}
