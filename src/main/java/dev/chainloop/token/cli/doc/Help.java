package dev.chainloop.token.cli.doc;

import dev.chainloop.token.cli.option.Columns;
import dev.chainloop.token.cli.option.OutputKind;
import dev.chainloop.token.cli.option.Parameters;
import dev.chainloop.token.source.Environment;
import java.util.List;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/**
 * The help of a command, from its model. Laid out here: picocli's own layout uses format strings, locales and
 * line-breaking rules, which take longer than an inspection, and classes that no class-data archive can hold.
 */
public final class Help {
    private static final int MAX_WIDTH = 120;

    /** The rightmost column in which descriptions start; a longer option gets a line of its own. */
    private static final int MAX_COLUMN = 29;

    /** Below this width, descriptions start further left, and most options get lines of their own. */
    private static final int NARROW = 60;

    private static final int NARROW_COLUMN = 10;

    private static final int GAP = 3;
    private static final int COMMAND_COLUMN = 14;
    private static final int HANG = 2;
    private static final int EXIT_COLUMN = 8;

    private final CommandModel command;
    private final List<CommandModel.Name> commands;
    private final int width;
    private final StringBuilder text = new StringBuilder();

    private Help(CommandModel command, List<CommandModel.Name> commands, int width) {
        this.command = command;
        this.commands = commands;
        this.width = width;
    }

    /**
     * The help of a command, as wide as the reader's terminal.
     *
     * @param commands all commands, which the help of the tool itself lists
     */
    public static String of(
            CommandModel command, List<CommandModel.Name> commands, Environment environment, OutputKind out) {
        return of(command, commands, new Columns(environment, out, MAX_WIDTH).columns());
    }

    /**
     * The help of a command, at a width in columns.
     *
     * @param commands all commands, which the help of the tool itself lists
     */
    public static String of(CommandModel command, List<CommandModel.Name> commands, int width) {
        Help help = new Help(command, commands, width);
        help.synopsis();
        help.examples();
        help.commands();
        help.arguments();
        help.options();
        help.exitCodes();
        return help.text.toString();
    }

    private void synopsis() {
        wrap(0, 0, 0, command.summary());
        StringBuilder usage = new StringBuilder("Usage: ").append(command.name());
        usage.append(command.isTool() ? " [COMMAND]" : "").append(" [OPTIONS]");
        for (PositionalParamSpec argument : command.parameters().arguments()) {
            usage.append(' ').append(argument.paramLabel());
        }
        line("");
        line(usage.toString());
    }

    private void examples() {
        heading("Examples");
        for (String example : command.examples()) {
            line("  " + example);
        }
    }

    private void commands() {
        if (command.isTool()) {
            heading("Commands (without one: inspect)");
            for (CommandModel.Name one : commands) {
                row("  " + one.word(), COMMAND_COLUMN, one.summary());
            }
        }
    }

    private void arguments() {
        if (!command.parameters().arguments().isEmpty()) {
            heading("Arguments");
            for (PositionalParamSpec argument : command.parameters().arguments()) {
                row(label(argument), column(), sentence(argument.description()));
            }
        }
    }

    private void options() {
        for (Parameters.Group group : command.parameters().groups()) {
            heading(group.heading());
            for (OptionSpec option : group.options()) {
                row(label(option), column(), sentence(option.description()));
            }
        }
    }

    /** The column in which descriptions start: after the longest label that leaves enough room. */
    private int column() {
        if (width < NARROW) {
            return NARROW_COLUMN;
        }
        int longest = 0;
        for (PositionalParamSpec positional : command.parameters().arguments()) {
            longest = Math.max(longest, label(positional).length());
        }
        for (OptionSpec option : command.parameters().options()) {
            longest = Math.max(longest, label(option).length());
        }
        return Math.min(longest + GAP, MAX_COLUMN);
    }

    private static String label(PositionalParamSpec positional) {
        return "      " + positional.paramLabel();
    }

    private static String label(OptionSpec option) {
        String shortest = option.shortestName();
        String longest = option.longestName();
        return (shortest.equals(longest) ? "      " : "  " + shortest + ", ")
                + longest
                + (option.arity().max() == 0 ? "" : "=" + option.paramLabel());
    }

    private static String sentence(String[] lines) {
        return String.join(" ", lines);
    }

    private void exitCodes() {
        heading("Exit status");
        for (CommandModel.Exit exit : command.exits()) {
            row("   " + exit.status(), EXIT_COLUMN, exit.meaning());
        }
    }

    private void heading(String words) {
        line("");
        line(words + ":");
    }

    /** A label and its text, wrapped at blanks; further lines are indented by two more. */
    private void row(String label, int column, String words) {
        int at = label.length();
        text.append(label);
        if (at + 1 >= column) {
            text.append('\n');
            at = 0;
        }
        wrap(at, column, column + HANG, words);
    }

    /** Words from a column on, wrapped at blanks; further lines start at another. */
    private void wrap(int from, int column, int further, String words) {
        int at = from;
        String[] split = words.split(" ", -1);
        for (int i = 0; i < split.length; i++) {
            // Includes the blank that follows every word but the last.
            int end = at + 1 + split[i].length() + (i < split.length - 1 ? 1 : 0);
            if (i == 0) {
                at = pad(at, column);
            } else if (end > width) {
                text.append('\n');
                at = pad(0, further);
            } else {
                at = pad(at, at + 1);
            }
            text.append(split[i]);
            at += split[i].length();
        }
        text.append('\n');
    }

    private int pad(int from, int to) {
        for (int i = from; i < to; i++) {
            text.append(' ');
        }
        return to;
    }

    private void line(String line) {
        text.append(line).append('\n');
    }
}
