package dev.chainloop.token.render;

import dev.chainloop.token.advice.Plan;
import dev.chainloop.token.advice.Step;
import dev.chainloop.token.render.TokenJson.Members;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What to do, for a person or as JSON: prose in two columns, and below it what can be pasted, in four. */
public final class PlanReport {
    private static final String PROSE = "  ";
    private static final String COMMAND = "    ";

    private PlanReport() {}

    /** Loaded only for a plan. */
    private static final class Patterns {
        static final Pattern QUOTE = Pattern.compile("['\"]");
        static final Pattern BLANKS = Pattern.compile("\\s+");
    }

    /** As text after a blank line; empty when nothing is to be done. */
    public static String text(Optional<Plan> plan, ViewOptions view) {
        if (plan.isEmpty()) {
            return "";
        }
        StringBuilder text = new StringBuilder("\n" + view.palette().strong("What to do") + "\n");
        for (Step step : plan.get().steps()) {
            text.append(TextLayout.wrap(PROSE, step.text(), PROSE, view.width().columns()));
            for (String line : lines(step)) {
                boolean whole = step.run().isEmpty() || !view.width().isTerminal();
                int room = whole ? Integer.MAX_VALUE : view.width().columns() - COMMAND.length();
                text.append(COMMAND).append(broken(Sanitizer.line(line), room)).append('\n');
            }
        }
        if (!plan.get().note().isEmpty()) {
            text.append(TextLayout.wrap(
                    PROSE, plan.get().note(), PROSE, view.width().columns()));
        }
        return text.toString();
    }

    /** A command; where a terminal has no room for it, broken before options, as the shell allows it. */
    private static String broken(String command, int room) {
        int cut = command.length() <= room ? -1 : command.lastIndexOf(" -", room - 2);
        String start = command.substring(0, Math.max(cut, 0));
        boolean quoted = Patterns.QUOTE.matcher(start).results().count() % 2 != 0;
        return cut < 1 || quoted
                ? command
                : start + " \\\n" + COMMAND + PROSE + broken(command.substring(cut + 1), room - PROSE.length());
    }

    /** The first step as one line, for an annotation. */
    static String first(Plan plan) {
        Step step = plan.steps().get(0);
        String line = String.join(" ", step.text(), String.join("; ", step.run()), String.join(" ", step.put()));
        return Patterns.BLANKS.matcher(line).replaceAll(" ").strip();
    }

    /** All of it without colors, for a block of code. */
    static String plain(Plan plan) {
        StringBuilder text = new StringBuilder();
        for (Step step : plan.steps()) {
            text.append(Sanitizer.line(step.text())).append('\n');
            for (String line : lines(step)) {
                text.append(PROSE).append(Sanitizer.line(line)).append('\n');
            }
        }
        return text.toString();
    }

    private static List<String> lines(Step step) {
        return Stream.concat(step.run().stream(), step.put().stream())
                .flatMap(String::lines)
                .toList();
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
