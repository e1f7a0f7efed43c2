package dev.chainloop.token.render;

import dev.chainloop.token.diagnosis.Diagnosis;
import java.util.Map;

/** Assignments for {@code eval}: every variable is set, each value in single quotes, which no claim can leave. */
public final class ShellReport {
    private ShellReport() {}

    /** One assignment a line. */
    public static String render(Diagnosis diagnosis, View view) {
        StringBuilder text = new StringBuilder();
        for (Map.Entry<String, String> value : CiValues.of(diagnosis, view).entrySet()) {
            text.append(CiValues.variable(value.getKey()))
                    .append("='")
                    .append(value.getValue().replace("'", "'\\''"))
                    .append("'\n");
        }
        return text.toString();
    }
}
