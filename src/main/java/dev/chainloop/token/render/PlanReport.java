package dev.chainloop.token.render;

import dev.chainloop.token.advice.Plan;
import dev.chainloop.token.advice.Step;
import dev.chainloop.token.source.Surroundings;
import dev.chainloop.token.source.Surroundings.ShellSyntax;

/** What to do, for a person or as JSON: prose in two columns, and below it what can be pasted, in four. */
public final class PlanReport {
    private static final String PROSE = "  ";
    private static final String COMMAND = "    ";

    private PlanReport() {}

    /**
     * As text after a blank line.
     *
     * @param here tells the shell: in POSIX shells and in fish, a backslash before a line break continues the line
     */
    public static String text(Plan plan, Surroundings here, ViewOptions view) {
        boolean broken = view.terminal() && (here.shell() != ShellSyntax.OTHER);
        StringBuilder text = new StringBuilder("\n" + view.strong("What to do") + "\n");
        for (Step step : plan.steps()) {
            text.append(TextLayout.wrap(PROSE, step.text(), PROSE, view.width()));
            for (String command : step.run()) {
                lines(broken ? broken(command, view.width() - 2 * COMMAND.length()) : command, text, view);
            }
            for (String line : step.put()) {
                lines(line, text, view);
            }
        }
        if (plan.note().isPresent()) {
            text.append(TextLayout.wrap(PROSE, plan.note().get(), PROSE, view.width()));
        }
        return text.toString();
    }

    private static void lines(String command, StringBuilder text, ViewOptions view) {
        for (String line : command.split("\n", -1)) {
            text.append(COMMAND).append(view.strong(Sanitizer.line(line))).append('\n');
        }
    }

    /** A command with its long lines broken: before a pipe or a second option, else at any space outside quotes. */
    private static String broken(String command, int width) {
        StringBuilder broken = new StringBuilder();
        int start = 0;
        int blank = 0;
        int option = 0;
        char quote = 0;
        for (int i = 0; i < command.length(); i++) {
            char c = command.charAt(i);
            if (c == '\n') {
                broken.append(command, start, i + 1);
                start = i + 1;
            } else if (quote == 0 ? c == '\'' || c == '"' : c == quote) {
                quote = quote == 0 ? c : 0;
            } else if (c == ' ' && quote == 0 && i > start + 2) { // Not in the indent.
                blank = i;
                int word = command.lastIndexOf(' ', i - 1) + 1;
                boolean first = word <= start + 2 || command.startsWith("| ", word - 2);
                option = command.startsWith(" | ", i) || (!first && command.startsWith(" -", i)) ? i : option;
            }
            int end = option > start ? option : blank;
            if (i - start >= width && end > start) {
                broken.append(command, start, end).append(" \\\n  ");
                start = end + 1;
            }
        }
        return broken.append(command, start, command.length()).toString();
    }

    /** The first step as one line; a command of several lines could not be pasted, so the line says where to find it. */
    static String first(Plan plan, String whole) {
        Step step = plan.steps().get(0);
        String commands = String.join("; ", step.run());
        boolean several = step.put().size() > 1 || commands.indexOf('\n') >= 0;
        return several
                // An option of a command that is not shown is left out.
                ? step.ending("; " + whole + " has the commands", true)
                        .text()
                        .replace(" (30 days; adjust --expiration)", "")
                : step.text() + inBackticks(commands + String.join("", step.put()));
    }

    /** They keep it whole where the line is wrapped. */
    private static String inBackticks(String command) {
        return command.isEmpty() ? "" : " `" + command + "`";
    }

    static Members json(Plan plan) {
        return new Members().with("place", plan.place()).with("steps", Members.list(plan.steps(), PlanReport::step));
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
