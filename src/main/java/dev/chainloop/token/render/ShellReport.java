package dev.chainloop.token.render;

import java.util.Map;

/** Assignments for {@code eval}: every variable is set, to a value in single quotes that no claim can break out of. */
final class ShellReport implements Report {
    @Override
    public Answer render(Subject subject, ViewOptions view) {
        StringBuilder text = new StringBuilder();
        for (Map.Entry<String, String> value :
                CiValues.of(subject, view.plain()).entrySet()) {
            text.append(CiValues.variable(value.getKey()))
                    .append("='")
                    .append(value.getValue().replace("'", "'\\''"))
                    .append("'\n");
        }
        return new Answer(text.toString(), CiValues.problems(subject), Map.of());
    }
}
