package dev.chainloop.token.render;

import dev.chainloop.token.ask.Verdict;
import dev.chainloop.token.diagnosis.Severity;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An answer in a CI job: GitHub's log with annotations, its outputs and step summary, and GitLab's dotenv report. */
final class GithubReport {
    /** GitHub shows ten annotations of a step; two are left for others. */
    private static final int MAX_ANNOTATIONS = 8;

    /** The keys of the JSON object that are outputs, whose names have hyphens. */
    private static final List<String> OUTPUTS = List.of(
            "status",
            "kind",
            "type",
            "id",
            "orgId",
            "orgName",
            "tokenName",
            "projectName",
            "expiresAt",
            "expiresInSeconds",
            "fingerprint");

    private GithubReport() {}

    /** The headline, a workflow command for each error and warning, then the rest as plain lines. */
    static String log(Answer answer) {
        StringBuilder text = new StringBuilder(Sanitizer.line("chainloop-token: " + answer.headline())).append('\n');
        int annotations = 0;
        for (Remark remark : answer.remarks()) {
            if (remark.severity() == Severity.INFO) {
                text.append(Sanitizer.line("info: " + remark.message())).append('\n');
            } else if (annotations++ < MAX_ANNOTATIONS) {
                // The first one says what to do first.
                String first = annotations > 1
                        ? ""
                        : answer.plan()
                                .map(plan -> " " + PlanReport.first(plan))
                                .orElse("");
                text.append(command(remark.severity().word() + " ", remark.id(), remark.message() + first));
            }
        }
        return annotations > MAX_ANNOTATIONS
                ? text.append("and ")
                        .append(annotations - MAX_ANNOTATIONS)
                        .append(" more\n")
                        .toString()
                : text.toString();
    }

    /** What to append to files, by the variables that name them. */
    static Map<String, String> appended(Answer answer, ViewOptions view) {
        // A delimiter that is no value, so that none can end early and forge another.
        Map<String, String> values = outputs(answer, view);
        String delimiter = "end-of-value";
        while (values.containsValue(delimiter)) {
            delimiter += "-";
        }
        StringBuilder outputs = new StringBuilder();
        for (Map.Entry<String, String> value : values.entrySet()) {
            outputs.append(value.getKey() + "<<" + delimiter + "\n" + value.getValue() + "\n" + delimiter + "\n");
        }
        Map<String, String> appended = new LinkedHashMap<>();
        appended.put("GITHUB_OUTPUT", outputs.toString());
        appended.put("GITHUB_STEP_SUMMARY", block(TextReport.of(answer, view)));
        return appended;
    }

    /** The values for later steps, by their names; absent ones are empty. */
    private static Map<String, String> outputs(Answer answer, ViewOptions view) {
        Map<String, @Nullable Object> object = TokenJson.object(answer.diagnosis(), view);
        Map<String, String> values = new LinkedHashMap<>();
        for (String key : OUTPUTS) {
            @Nullable Object value = object.get(key);
            String name = key.replaceAll("[A-Z]", "-$0").toLowerCase(Locale.ROOT);
            values.put(name, value == null ? "" : Sanitizer.line(value.toString()));
        }
        if (answer.part() instanceof Verdict verdict) {
            values.put("ask", verdict.outcome().word());
        }
        return values;
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

    /** A workflow command, as the runner's toolkit escapes it. */
    static String command(String start, String title, String message) {
        return "::" + start + "title=" + property("chainloop-token: " + title) + "::" + data(message) + "\n";
    }

    static String property(String value) {
        return data(value).replace(":", "%3A").replace(",", "%2C");
    }

    private static String data(String value) {
        return Sanitizer.line(value).replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A");
    }

    /** A block of code in Markdown, whose fence is longer than any run of backticks in it. */
    private static String block(String text) {
        String fence = "```";
        while (text.contains(fence)) {
            fence += "`";
        }
        return fence + "text\n" + text + fence + "\n\n";
    }
}
