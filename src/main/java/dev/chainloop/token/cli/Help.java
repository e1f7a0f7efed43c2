package dev.chainloop.token.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Help.Layout;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/** The help of a subcommand, laid out by picocli. */
final class Help {
    private static final int WORD_WIDTH = 12;
    private static final int DEFAULT_WIDTH = 80;
    private static final int MIN_WIDTH = 60;
    private static final int MAX_WIDTH = 120;

    private Help() {}

    static String of(Invocation invocation, World world) {
        return of(invocation, width(world));
    }

    static String of(Invocation invocation, int width) {
        UsageMessageSpec usage = invocation.spec().usageMessage();
        usage.width(width)
                .abbreviateSynopsis(true)
                .synopsisHeading("%nUsage: ")
                .sortOptions(false)
                .exitCodeListHeading("%nExit status:%n")
                .exitCodeList(exitCodes());
        if (!invocation.spec().positionalParameters().isEmpty()) {
            usage.parameterListHeading("%nArguments:%n");
        }
        Subcommand subcommand = invocation.named().orElse(Subcommand.INSPECT);
        usage.description(subcommand.summary());
        if (invocation.named().isEmpty()) {
            usage.customSynopsis("chainloop-token [COMMAND] [OPTIONS] [TOKEN | -]");
        }
        CommandLine line = new CommandLine(invocation.spec());
        Map<String, CommandLine.IHelpSectionRenderer> sections = line.getHelpSectionMap();
        sections.put("examples", help -> examples(invocation));
        sections.put("commands", help -> invocation.named().isEmpty() ? commands() : "");
        sections.put("groups", help -> groups(invocation, help));
        line.setHelpSectionMap(sections);
        line.setHelpSectionKeys(List.of(
                UsageMessageSpec.SECTION_KEY_DESCRIPTION,
                UsageMessageSpec.SECTION_KEY_SYNOPSIS_HEADING,
                UsageMessageSpec.SECTION_KEY_SYNOPSIS,
                "examples",
                "commands",
                UsageMessageSpec.SECTION_KEY_PARAMETER_LIST_HEADING,
                UsageMessageSpec.SECTION_KEY_PARAMETER_LIST,
                "groups",
                UsageMessageSpec.SECTION_KEY_EXIT_CODE_LIST_HEADING,
                UsageMessageSpec.SECTION_KEY_EXIT_CODE_LIST));
        return line.getUsageMessage(Ansi.OFF);
    }

    /** The reader's terminal, as far as lines of that length can be read. */
    private static int width(World world) {
        OptionalInt columns = columns(world.environment().get("COLUMNS").orElse(""));
        if (columns.isEmpty() && world.outKind().isTerminal()) {
            columns = columns(world.outKind().columns());
        }
        return columns.isEmpty() ? DEFAULT_WIDTH : Math.max(MIN_WIDTH, Math.min(MAX_WIDTH, columns.getAsInt()));
    }

    /** A positive number; a terminal that does not know its size says 0. */
    private static OptionalInt columns(String text) {
        try {
            int columns = Integer.parseInt(text);
            return columns > 0 ? OptionalInt.of(columns) : OptionalInt.empty();
        } catch (NumberFormatException e) {
            return OptionalInt.empty();
        }
    }

    private static String examples(Invocation invocation) {
        StringBuilder text = new StringBuilder("\nExamples:\n");
        for (String example : invocation.command().examples()) {
            text.append("  ").append(example).append('\n');
        }
        return text.toString();
    }

    private static String commands() {
        StringBuilder text = new StringBuilder("\nCommands (without one: inspect):\n");
        for (Subcommand one : Subcommand.values()) {
            text.append("  ")
                    .append(one.word())
                    .append(" ".repeat(WORD_WIDTH - one.word().length()))
                    .append(one.summary())
                    .append('\n');
        }
        return text.toString();
    }

    private static String groups(Invocation invocation, CommandLine.Help help) {
        StringBuilder text = new StringBuilder();
        for (OptionGroup group : groups(invocation)) {
            Layout layout = help.createDefaultLayout(); // As wide for each group: it looks at all options.
            layout.addOptions(group.options(), help.parameterLabelRenderer());
            text.append('\n').append(group.heading()).append(":\n").append(layout);
        }
        return text.toString();
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

    private static Map<String, String> exitCodes() {
        Map<String, String> codes = new LinkedHashMap<>();
        for (ExitCode code : ExitCode.values()) {
            codes.put(" " + code.status(), code.meaning());
        }
        return codes;
    }
}
