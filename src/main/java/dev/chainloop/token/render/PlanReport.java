package dev.chainloop.token.render;

import dev.chainloop.token.advice.Plan;
import dev.chainloop.token.advice.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What to do, for a person or as JSON: prose in two columns, and below it what can be pasted, in four. */
public final class PlanReport {
    private static final String PROSE = "  ";
    private static final String COMMAND = "    ";

    private PlanReport() {}

    /** As text after a blank line. */
    public static String text(Plan plan, ViewOptions view) {
        StringBuilder text = new StringBuilder("\n" + view.palette().strong("What to do") + "\n");
        for (Step step : plan.steps()) {
            text.append(TextLayout.wrap(PROSE, step.text(), PROSE, view.width()));
            List<String> commands = new ArrayList<>(step.run());
            commands.addAll(step.put());
            for (String command : commands) {
                for (String line : command.split("\n", -1)) {
                    text.append(COMMAND).append(Sanitizer.line(line)).append('\n');
                }
            }
        }
        if (!plan.note().isEmpty()) {
            text.append(TextLayout.wrap(PROSE, plan.note(), PROSE, view.width()));
        }
        return text.toString();
    }

    /** The first step as one line, for an annotation. */
    static String first(Plan plan) {
        Step step = plan.steps().get(0);
        String line = step.text() + " " + String.join("; ", step.run()) + " " + String.join(" ", step.put());
        return line.replaceAll("\\s+", " ").strip();
    }

    static @Nullable Members json(Optional<Plan> plan) {
        return plan.isEmpty()
                ? null
                : new Members()
                        .with("place", plan.get().place())
                        .with("steps", Members.list(plan.get().steps(), PlanReport::step));
    }

    private static Members step(Step step) {
        return new Members()
                .with("cure", step.cure())
                .with("where", step.where())
                .with("if", step.condition())
                .with("text", step.text())
                .with("run", step.run().isEmpty() ? null : step.run())
                .with("put", step.put().isEmpty() ? null : step.put())
                .with("placeholders", step.placeholders());
    }
}
