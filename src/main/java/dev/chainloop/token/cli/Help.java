package dev.chainloop.token.cli;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/**
 * The help of a subcommand, from picocli's model of it. Laid out here: picocli's own way leads through format strings,
 * locales and rules of line breaking, which take longer than an inspection, and to classes that no class-data archive
 * can hold.
 */
final class Help {
    private static final int DEFAULT_WIDTH = 80;
    private static final int MIN_WIDTH = 40;
    private static final int MAX_WIDTH = 120;
    private static final int MAX_DIGITS = 9;

    /** Where the text of an option's row starts at the most; a longer option has a line of its own. */
    private static final int MAX_COLUMN = 29;

    /** Below this width texts start further left, with most options on lines of their own. */
    private static final int NARROW = 60;

    private static final int NARROW_COLUMN = 10;

    private static final int GAP = 3;
    private static final int COMMAND_COLUMN = 14;
    private static final int HANG = 2;
    private static final int EXIT_COLUMN = 8;

    private final Invocation invocation;
    private final int width;
    private final StringBuilder text = new StringBuilder();

    private Help(Invocation invocation, int width) {
        this.invocation = invocation;
        this.width = width;
    }

    static String of(Invocation invocation, World world) {
        return of(invocation, width(world));
    }

    static String of(Invocation invocation, int width) {
        Help help = new Help(invocation, width);
        help.synopsis();
        help.examples();
        help.commands();
        help.arguments();
        help.options();
        help.exitCodes();
        return help.text.toString();
    }

    /** The reader's terminal, as far as lines of that length can be read. */
    private static int width(World world) {
        int columns = columns(world.environment().get("COLUMNS").orElse(""));
        if (columns == 0 && world.outKind().isTerminal()) {
            columns = columns(world.outKind().columns());
        }
        return columns == 0 ? DEFAULT_WIDTH : Math.max(MIN_WIDTH, Math.min(MAX_WIDTH, columns));
    }

    /** A number; 0 for anything else, which is also what a terminal says that does not know its size. */
    private static int columns(String digits) {
        int columns = 0;
        for (int i = 0; i < digits.length(); i++) {
            char c = digits.charAt(i);
            if (c < '0' || c > '9' || i == MAX_DIGITS) {
                return 0;
            }
            columns = columns * 10 + c - '0';
        }
        return columns;
    }

    private void synopsis() {
        wrap(0, 0, 0, invocation.named().orElse(Subcommand.INSPECT).summary());
        StringBuilder usage =
                new StringBuilder("Usage: ").append(invocation.spec().name());
        usage.append(invocation.named().isPresent() ? "" : " [COMMAND]").append(" [OPTIONS]");
        for (PositionalParamSpec positional : invocation.spec().positionalParameters()) {
            usage.append(' ').append(positional.paramLabel());
        }
        line("");
        line(usage.toString());
    }

    private void examples() {
        heading("Examples");
        for (String example : invocation.command().examples()) {
            line("  " + example);
        }
    }

    private void commands() {
        if (invocation.named().isEmpty()) {
            heading("Commands (without one: inspect)");
            for (Subcommand one : Subcommand.values()) {
                row("  " + one.word(), COMMAND_COLUMN, one.summary());
            }
        }
    }

    private void arguments() {
        List<PositionalParamSpec> positionals = invocation.spec().positionalParameters();
        if (!positionals.isEmpty()) {
            heading("Arguments");
            for (PositionalParamSpec positional : positionals) {
                row(label(positional), column(), sentence(positional.description()));
            }
        }
    }

    private void options() {
        for (OptionGroup group : groups(invocation)) {
            heading(group.heading());
            for (OptionSpec option : group.options()) {
                row(label(option), column(), sentence(option.description()));
            }
        }
    }

    /** All options: the command's groups, and one of what is in none of them. */
    static List<OptionGroup> groups(Invocation invocation) {
        List<OptionGroup> groups = new ArrayList<>(invocation.command().groups());
        List<OptionSpec> rest = new ArrayList<>(invocation.spec().options());
        for (OptionGroup group : groups) {
            rest.removeAll(group.options());
        }
        groups.add(new OptionGroup(groups.isEmpty() ? "Options" : "Other options", rest));
        return groups;
    }

    /** Where texts start: behind the longest label that leaves enough room. */
    private int column() {
        if (width < NARROW) {
            return NARROW_COLUMN;
        }
        int longest = 0;
        for (PositionalParamSpec positional : invocation.spec().positionalParameters()) {
            longest = Math.max(longest, label(positional).length());
        }
        for (OptionSpec option : invocation.spec().options()) {
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
        for (ExitCode code : ExitCode.values()) {
            String meaning = invocation.meaning(code);
            if (!meaning.isEmpty()) {
                row("   " + code.status(), EXIT_COLUMN, meaning);
            }
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
            // With the blank behind it, which only the last word has not.
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
