package dev.chainloop.token.render;

import dev.chainloop.token.ask.Verdict;
import dev.chainloop.token.check.Check;
import dev.chainloop.token.diagnosis.Finding;
import dev.chainloop.token.diagnosis.Severity;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The values for later CI steps, by their GitHub output names; absent ones are empty. */
final class CiValues {
    /** Keys of the JSON object, whose names have hyphens here. */
    private static final List<String> KEYS = List.of(
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

    private static final Pattern CAPITAL = Pattern.compile("[A-Z]");
    private static final Pattern DOTENV = Pattern.compile("^[A-Za-z0-9._:/@+-]*");

    private CiValues() {}

    static Map<String, String> of(Report.Subject subject, ViewOptions view) {
        Map<String, @Nullable Object> object = TokenJson.object(subject.diagnosis(), view);
        Map<String, String> values = new LinkedHashMap<>();
        for (String key : KEYS) {
            Object value = object.get(key);
            values.put(
                    CAPITAL.matcher(key).replaceAll("-$0").toLowerCase(Locale.ROOT),
                    value == null ? "" : Sanitizer.line(value.toString()));
        }
        if (subject.asked().isPresent()) {
            values.put("ask", subject.asked().get().word());
        }
        return values;
    }

    /** A name as a shell or dotenv variable: {@code CHAINLOOP_TOKEN_ORG_ID} for {@code org-id}. */
    private static String variable(String name) {
        return "CHAINLOOP_TOKEN_" + name.replace('-', '_').toUpperCase(Locale.ROOT);
    }

    /** Errors and warnings, which the values do not show, for the log of a failing job. */
    static List<String> problems(Report.Subject subject) {
        List<String> problems = new ArrayList<>();
        if (subject.asked().equals(Optional.of(Verdict.Outcome.UNREACHABLE))) {
            return problems; // stderr has told it.
        }
        for (Check.Failure failure : subject.failures()) {
            problems.add("error: " + failure.message());
        }
        for (Finding finding : subject.findings()) {
            if (finding.severity() != Severity.INFO) {
                problems.add(finding.severity().word() + ": " + finding.message());
            }
        }
        return problems;
    }

    /**
     * Lines for GitLab's {@code artifacts:reports:dotenv}, a format without quoting: a value with a character other than
     * {@code A-Z a-z 0-9 . _ : / @ + -} is left out, with a note.
     */
    static final class DotenvReport implements Report {
        @Override
        public Answer render(Subject subject, ViewOptions view) {
            StringBuilder text = new StringBuilder();
            List<String> notes = problems(subject);
            for (Map.Entry<String, String> value : of(subject, view.plain()).entrySet()) {
                String variable = variable(value.getKey());
                if (!DOTENV.matcher(value.getValue()).matches()) {
                    notes.add("note: " + variable
                            + " is left out: its value has a character that a dotenv file cannot hold");
                } else if (!value.getValue().isEmpty()) {
                    text.append(variable).append('=').append(value.getValue()).append('\n');
                }
            }
            return new Answer(text.toString(), notes, Map.of());
        }
    }

    /** Assignments for {@code eval}: every variable is set, to a value in single quotes that no claim can break out of. */
    static final class ShellReport implements Report {
        @Override
        public Answer render(Subject subject, ViewOptions view) {
            StringBuilder text = new StringBuilder();
            of(subject, view.plain())
                    .forEach((name, value) -> text.append(variable(name) + "='" + value.replace("'", "'\\''") + "'\n"));
            return new Answer(text.toString(), problems(subject), Map.of());
        }
    }
}
