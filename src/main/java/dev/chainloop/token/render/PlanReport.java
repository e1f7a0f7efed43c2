package dev.chainloop.token.render;

import dev.chainloop.token.advice.Plan;
import dev.chainloop.token.advice.Step;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What to do, for a person or as JSON: prose in two columns, and below it what can be pasted, in four. */
public final class PlanReport {
    private static final String PROSE = "  ";
    private static final String COMMAND = "    ";

    private PlanReport() {}

    /** As text after a blank line; empty when nothing is to be done. */
    public static String text(Optional<Plan> plan, ViewOptions view) {
        if (plan.isEmpty()) {
            return "";
        }
        StringBuilder text = new StringBuilder("\n" + view.palette().strong("What to do") + "\n");
        for (Step step : plan.get().steps()) {
            text.append(TextLayout.wrap(PROSE, step.text(), PROSE, view.width().columns()));
            boolean narrow = view.width().isTerminal();
            int room = narrow ? view.width().columns() - COMMAND.length() : Integer.MAX_VALUE;
            addLines(step.run(), room, text);
            addLines(step.put(), Integer.MAX_VALUE, text);
        }
        if (!plan.get().note().isEmpty()) {
            text.append(TextLayout.wrap(
                    PROSE, plan.get().note(), PROSE, view.width().columns()));
        }
        return text.toString();
    }

    private static void addLines(List<String> commands, int room, StringBuilder text) {
        for (String command : commands) {
            for (String line : command.split("\n", -1)) {
                text.append(COMMAND).append(whole(Sanitizer.line(line), room)).append('\n');
            }
        }
    }

    /** A command; where a terminal has no room for it, broken as a shell allows it. */
    private static String whole(String command, int room) {
        int indent = command.length() - command.stripLeading().length();
        return broken(command, room, " ".repeat(indent) + PROSE);
    }

    /** @param indent of the lines after the first one, which end before an option if possible */
    private static String broken(String command, int room, String indent) {
        if (command.length() <= room) {
            return command;
        }
        int option = command.lastIndexOf(" -", room - 2);
        int cut = option > room / 2 ? option : command.lastIndexOf(' ', room - 2);
        return cut < indent.length() || isWithinQuotes(command, cut)
                ? command
                : command.substring(0, cut) + " \\\n" + COMMAND
                        + broken(indent + command.substring(cut + 1), room, indent);
    }

    private static boolean isWithinQuotes(String command, int place) {
        int quotes = 0;
        for (int i = 0; i < place; i++) {
            quotes += command.charAt(i) == '\'' || command.charAt(i) == '"' ? 1 : 0;
        }
        return quotes % 2 != 0;
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
