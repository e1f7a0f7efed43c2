package dev.chainloop.token.cli;

import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/**
 * The help of a subcommand, from picocli's model of it. Laid out here: picocli's own way leads through format strings,
 * locales and rules of line breaking, which take longer than an inspection, and to classes that no class-data archive
 * can hold.
 */
final class Help {
    private static final int WIDTH = 80;

    /** Where the text of an option's row starts at the most; a longer option has a line of its own. */
    private static final int MAX_COLUMN = 29;

    private static final int GAP = 3;
    private static final int COMMAND_COLUMN = 12;
    private static final int EXIT_COLUMN = 8;

    private final Invocation invocation;
    private final StringBuilder text = new StringBuilder();

    private Help(Invocation invocation) {
        this.invocation = invocation;
    }

    static String of(Invocation invocation) {
        Help help = new Help(invocation);
        help.synopsis();
        help.arguments();
        help.exitCodes();
        help.heading("Examples");
        for (String line : invocation.command().examples()) {
            help.line("  " + line);
        }
        return help.text.toString();
    }

    private void synopsis() {
        boolean named = invocation.named().isPresent();
        StringBuilder usage =
                new StringBuilder("Usage: ").append(invocation.spec().name());
        usage.append(named ? "" : " [COMMAND]").append(" [OPTIONS]");
        for (PositionalParamSpec positional : invocation.spec().positionalParameters()) {
            usage.append(' ').append(positional.paramLabel());
        }
        line(usage.toString());
        line(invocation.named().orElse(Subcommand.INSPECT).summary());
        if (!named) {
            heading("Commands (without one: inspect)");
            for (Subcommand one : Subcommand.values()) {
                row("  " + one.word(), COMMAND_COLUMN, one.summary());
            }
        }
    }

    private void arguments() {
        int column = column();
        heading("Arguments");
        for (PositionalParamSpec positional : invocation.spec().positionalParameters()) {
            row(label(positional), column, sentence(positional.description()));
        }
        heading("Options");
        for (OptionSpec option : invocation.spec().options()) {
            row(label(option), column, sentence(option.description()));
        }
    }

    /** Where texts start: behind the longest label that leaves enough room. */
    private int column() {
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
            row("   " + code.status(), EXIT_COLUMN, code.meaning());
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
        String[] split = words.split(" ", -1);
        for (int i = 0; i < split.length; i++) {
            // With the blank behind it, which only the last word has not.
            int end = at + 1 + split[i].length() + (i < split.length - 1 ? 1 : 0);
            if (i == 0) {
                at = pad(at, column);
            } else if (end > WIDTH) {
                text.append('\n');
                at = pad(0, column + 2);
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
