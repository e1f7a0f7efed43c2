package dev.chainloop.token.render;

import dev.chainloop.token.check.Check;
import dev.chainloop.token.diagnosis.Finding;
import dev.chainloop.token.diagnosis.Severity;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The values for later CI steps, by their GitHub output names; absent ones are empty. */
final class CiValues {
    private static final String[][] NAMES = {
        {"status", "status"},
        {"kind", "kind"},
        {"type", "type"},
        {"id", "id"},
        {"org-id", "orgId"},
        {"org-name", "orgName"},
        {"token-name", "tokenName"},
        {"project-name", "projectName"},
        {"expires-at", "expiresAt"},
        {"expires-in-seconds", "expiresInSeconds"},
        {"fingerprint", "fingerprint"},
    };

    private CiValues() {}

    static Map<String, String> of(Report.Subject subject, ViewOptions view) {
        Map<String, @Nullable Object> object = JsonReport.object(subject.diagnosis(), view);
        Map<String, String> values = new LinkedHashMap<>();
        for (String[] name : NAMES) {
            Object value = object.get(name[1]);
            values.put(name[0], value == null ? "" : Sanitizer.line(value.toString()));
        }
        if (subject.asked().isPresent()) {
            values.put("ask", subject.asked().get().word());
        }
        return values;
    }

    /** A name as a shell or dotenv variable: {@code CHAINLOOP_TOKEN_ORG_ID} for {@code org-id}. */
    private static String variable(String name) {
        StringBuilder variable = new StringBuilder("CHAINLOOP_TOKEN_");
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            variable.append(c == '-' ? '_' : Character.toUpperCase(c));
        }
        return variable.toString();
    }

    /** Errors and warnings, which the values do not show, for the log of a failing job. */
    static List<String> problems(Report.Subject subject) {
        List<String> problems = new ArrayList<>();
        Optional<Check.Result> check = subject.check();
        if (check.isPresent()) {
            for (Check.Failure failure : check.get().failures()) {
                problems.add("error: " + failure.message());
            }
        }
        for (Finding finding :
                check.isPresent() ? check.get().others() : subject.diagnosis().findings()) {
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
                if (!isPlain(value.getValue())) {
                    notes.add("note: " + variable
                            + " is left out: its value has a character that a dotenv file cannot hold");
                } else if (!value.getValue().isEmpty()) {
                    text.append(variable).append('=').append(value.getValue()).append('\n');
                }
            }
            return new Answer(text.toString(), notes, Map.of());
        }

        private static boolean isPlain(String value) {
            for (int i = 0; i < value.length(); i++) {
                char c = value.charAt(i);
                boolean word = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
                if (!word && "._:/@+-".indexOf(c) < 0) {
                    return false;
                }
            }
            return true;
        }
    }

    /** Assignments for {@code eval}: every variable is set, to a value in single quotes that no claim can break out of. */
    static final class ShellReport implements Report {
        @Override
        public Answer render(Subject subject, ViewOptions view) {
            StringBuilder text = new StringBuilder();
            of(subject, view.plain())
                    .forEach((name, value) -> text.append(variable(name))
                            .append("='")
                            .append(value.replace("'", "'\\''"))
                            .append("'\n"));
            return new Answer(text.toString(), problems(subject), Map.of());
        }
    }
}
