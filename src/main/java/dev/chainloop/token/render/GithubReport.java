package dev.chainloop.token.render;

import dev.chainloop.token.ask.Verdict;
import dev.chainloop.token.diagnosis.Finding;
import dev.chainloop.token.diagnosis.Severity;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** An answer in a CI job: GitHub's log with annotations, its outputs and step summary, and GitLab's dotenv report. */
final class GithubReport {
    /** The keys of the JSON object that are outputs, whose names have hyphens. */
    private static final List<String> OUTPUTS =
            List.of("status kind type id orgId orgName tokenName projectName expiresAt expiresInSeconds fingerprint"
                    .split(" "));

    private GithubReport() {}

    /** The headline, a workflow command for each error and warning, then the rest as plain lines. */
    static String log(Answer answer) {
        StringBuilder text = new StringBuilder(Sanitizer.line("chainloop-token: " + answer.title())).append('\n');
        // The first one says what to do first.
        String first =
                answer.plan().isPresent() ? " " + PlanReport.first(answer.plan().get(), "the step's summary") : "";
        for (Finding remark : answer.remarks()) {
            if (remark.severity() == Severity.INFO) {
                text.append(Sanitizer.line("info: " + remark.message())).append('\n');
            } else {
                // Escaped as in the runner's toolkit; an ID has no character that needs it.
                text.append("::" + remark.severity().word() + " title=chainloop-token%3A "
                        + remark.id().word() + "::");
                // Sanitized text has no line break.
                text.append(Sanitizer.line(remark.message() + first).replace("%", "%25"))
                        .append('\n');
                first = "";
            }
        }
        return text.toString();
    }

    static Map<String, String> appended(Answer answer, ViewOptions view) {
        StringBuilder outputs = new StringBuilder();
        // No value has a line break, and all that follows the first `=` is the value.
        outputs(answer, view).forEach((name, value) -> outputs.append(name + "=" + value + "\n"));
        String text = TextReport.of(answer, view, false);
        // A block of code in Markdown, whose fence is longer than any run of backticks in it.
        String fence = "```";
        while (text.contains(fence)) {
            fence += "`";
        }
        String summary = fence + "text\n" + text + fence + "\n\n";
        return Map.of("GITHUB_OUTPUT", outputs.toString(), "GITHUB_STEP_SUMMARY", summary);
    }

    private static Map<String, String> outputs(Answer answer, ViewOptions view) {
        List<String> values = JsonReport.fields(answer, OUTPUTS, view).values();
        Map<String, String> outputs = new LinkedHashMap<>();
        for (String key : OUTPUTS) {
            String name = key.replaceAll("[A-Z]", "-$0").toLowerCase(Locale.ROOT);
            outputs.put(name, values.get(outputs.size()));
        }
        if (answer.part().orElse(null) instanceof Verdict verdict) {
            outputs.put("ask", verdict.outcome().word());
        }
        return outputs;
    }

    /** Lines for GitLab's {@code artifacts:reports:dotenv}, which knows no quoting: a value that needs it is left out. */
    static String dotenv(Answer answer, ViewOptions view) {
        StringBuilder text = new StringBuilder();
        outputs(answer, view).forEach((name, value) -> {
            if (value.matches("[A-Za-z0-9._:/@+-]+")) {
                String variable = name.replace('-', '_').toUpperCase(Locale.ROOT);
                text.append("CHAINLOOP_TOKEN_" + variable + "=" + value + "\n");
            }
        });
        return text.toString();
    }
}
