package dev.chainloop.token.cli.doc;

import dev.chainloop.token.cli.option.OutputKind;
import dev.chainloop.token.source.Environment;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.IHelpSectionRenderer;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/** The help of a command: picocli's layout of its model. */
public final class Help {
    private static final int MAX_WIDTH = 120;

    /** picocli refuses less. */
    private static final int MIN_WIDTH = 55;

    private static final String EXAMPLES = "examples";

    private static final List<String> SECTIONS = List.of(
            UsageMessageSpec.SECTION_KEY_HEADER,
            UsageMessageSpec.SECTION_KEY_SYNOPSIS_HEADING,
            UsageMessageSpec.SECTION_KEY_SYNOPSIS,
            EXAMPLES,
            UsageMessageSpec.SECTION_KEY_COMMAND_LIST_HEADING,
            UsageMessageSpec.SECTION_KEY_COMMAND_LIST,
            UsageMessageSpec.SECTION_KEY_PARAMETER_LIST_HEADING,
            UsageMessageSpec.SECTION_KEY_PARAMETER_LIST,
            UsageMessageSpec.SECTION_KEY_OPTION_LIST,
            UsageMessageSpec.SECTION_KEY_EXIT_CODE_LIST_HEADING,
            UsageMessageSpec.SECTION_KEY_EXIT_CODE_LIST);

    private Help() {}

    /**
     * The help of a command, as wide as the reader's terminal.
     *
     * @param models all commands, which the help of the tool itself lists
     */
    public static String of(CommandModel command, List<CommandModel> models, Environment environment, OutputKind out) {
        return of(command, models, new OutputKind.Columns(environment, out, MAX_WIDTH).columns());
    }

    /**
     * The help of a command, at a width in columns.
     *
     * @param models all commands, which the help of the tool itself lists
     */
    public static String of(CommandModel command, List<CommandModel> models, int width) {
        CommandSpec spec = command.parameters().grouped().name(command.name());
        Map<String, String> exits = new LinkedHashMap<>();
        command.exits().forEach((status, meaning) -> exits.put(String.valueOf(status), meaning));
        UsageMessageSpec usage = spec.usageMessage()
                .width(Math.max(MIN_WIDTH, width))
                .sortOptions(false)
                .header(command.summary())
                .synopsisHeading("%nUsage: ")
                .customSynopsis(synopsis(command))
                .parameterListHeading("%nArguments:%n")
                .commandListHeading("%nCommands (without one: inspect):%n")
                .exitCodeListHeading("%nExit status:%n")
                .exitCodeList(exits);
        usage.sectionKeys(SECTIONS);
        Map<String, IHelpSectionRenderer> renderers = new LinkedHashMap<>(usage.sectionMap());
        renderers.put(EXAMPLES, help -> "\nExamples:\n  " + String.join("\n  ", command.examples()) + "\n");
        usage.sectionMap(renderers);
        for (CommandModel other : models) {
            if (command.isTool() && !other.isTool()) {
                CommandSpec named = CommandSpec.create();
                named.usageMessage().header(other.summary());
                spec.addSubcommand(other.word(), named);
            }
        }
        return new CommandLine(spec).getUsageMessage(Ansi.OFF);
    }

    private static String synopsis(CommandModel command) {
        StringBuilder synopsis = new StringBuilder(command.name())
                .append(command.isTool() ? " [COMMAND]" : "")
                .append(" [OPTIONS]");
        for (PositionalParamSpec argument : command.parameters().arguments()) {
            synopsis.append(' ').append(argument.paramLabel());
        }
        return synopsis.toString();
    }
}
