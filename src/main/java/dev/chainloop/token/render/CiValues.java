package dev.chainloop.token.render;

import dev.chainloop.token.diagnosis.Check;
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
    static String variable(String name) {
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
        Remedies remedies = new Remedies();
        Optional<Check.Result> check = subject.check();
        if (check.isPresent()) {
            for (Check.Failure failure : check.get().failures()) {
                problems.add(remedies.with("error: " + failure.message(), failure.remedy()));
            }
        }
        for (Finding finding :
                check.isPresent() ? check.get().others() : subject.diagnosis().findings()) {
            if (finding.severity() != Severity.INFO) {
                problems.add(remedies.with(finding.severity().word() + ": " + finding.message(), finding.remedy()));
            }
        }
        return problems;
    }
}
