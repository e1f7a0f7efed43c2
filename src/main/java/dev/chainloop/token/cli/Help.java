package dev.chainloop.token.cli;

import dev.chainloop.token.render.TextLayout;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/** The help in a terminal, as picocli lays it out, and the list of topics. */
final class Help {
    private Help() {}

    /** The help of a command, or of the tool with its commands, at a width in columns. */
    static String of(CommandSpec command, int width) {
        UsageMessageSpec usage = command.usageMessage();
        boolean isTool = !command.subcommands().isEmpty();
        StringBuilder synopsis =
                new StringBuilder(command.name() + (isTool ? " [COMMAND] [OPTIONS] [TOKEN | -]" : " [OPTIONS]"));
        for (PositionalParamSpec argument : command.positionalParameters()) {
            synopsis.append(" ").append(argument.paramLabel());
        }
        String word = command.name().substring(command.name().indexOf(' ') + 1);
        String summary = usage.header()[0] + " " + Topic.section(word).replace('\n', ' ');
        // Examples are not wrapped: they are to be copied whole.
        String examples = (isTool ? "  " : "\nExamples:\n  ") + String.join("\n  ", usage.description()) + "\n";
        usage.sectionMap().put(UsageMessageSpec.SECTION_KEY_DESCRIPTION, help -> examples);
        // picocli would break a line within a version.
        usage.sectionMap()
                .put(UsageMessageSpec.SECTION_KEY_HEADER, help -> TextLayout.wrap("", summary.strip(), "", width));
        usage.sectionMap().put(UsageMessageSpec.SECTION_KEY_OPTION_LIST, CommandLine.Help::optionListGroupSections);
        usage.width(width)
                .sortOptions(false)
                .synopsisHeading("%nUsage: ")
                .customSynopsis(synopsis.toString()) // picocli's own is colored where CLICOLOR_FORCE says so.
                .parameterListHeading("%nArguments:%n")
                .commandListHeading("%nCommands (without one: inspect):%n")
                .exitCodeListHeading(isTool ? "" : "%nExit status:%n")
                .footerHeading("%n");
        return new CommandLine(command).getUsageMessage(Ansi.OFF);
    }

    static String topics() {
        StringBuilder text = new StringBuilder("Usage: chainloop-token help COMMAND | TOPIC\n\nTopics:\n");
        for (Topic topic : Topic.values()) {
            String word = topic.word();
            text.append("  " + word + " ".repeat(13 - word.length()) + topic.summary() + "\n");
        }
        return text + "\n`chainloop-token --help` lists the commands.\n";
    }
}
