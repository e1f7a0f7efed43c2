package dev.chainloop.token.cli;

import dev.chainloop.token.cli.option.Options;
import dev.chainloop.token.core.Keyword;
import dev.chainloop.token.render.TextLayout;
import dev.chainloop.token.render.ViewOptions;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/**
 * {@code help}: the same as {@code -h}, for users who type it as a command; it also knows topics, and alone lists them. The
 * help of each command is as picocli lays it out.
 */
final class HelpCommand implements Command {
    private final Function<String, CommandSpec> specs;
    private final PositionalParamSpec word = Options.word(
            "[COMMAND | TOPIC]",
            Stream.<Keyword>concat(Stream.of(Subcommand.values()), Stream.of(Topic.values()))
                    .toList(),
            "The command or topic to show; without it, all topics are listed.");

    /** @param specs picocli's models of the commands, by their words */
    HelpCommand(Function<String, CommandSpec> specs) {
        this.specs = specs;
    }

    @Override
    public void describe(CommandSpec spec) {
        spec.addPositional(word);
        spec.usageMessage()
                .description(
                        "chainloop-token help explain    a command",
                        "chainloop-token help rotate     how to replace an API token without a gap")
                .exitCodeList(ExitCode.meanings("the help was shown"));
    }

    @Override
    public ExitCode run(World world, Console console) throws Console.OutputException {
        Optional<Keyword> asked = Options.value(word);
        if (asked.isEmpty()) {
            console.answer(topics());
        } else if (asked.get() instanceof Topic topic) {
            console.answer(Topic.section(topic.word()) + "\n");
        } else {
            console.answer(of(specs.apply(asked.get().word()), ViewOptions.columns(world.environment(), true)));
        }
        return ExitCode.OK;
    }

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

    private static String topics() {
        StringBuilder text = new StringBuilder("Usage: chainloop-token help COMMAND | TOPIC\n\nTopics:\n");
        for (Topic topic : Topic.values()) {
            String word = topic.word();
            text.append("  " + word + " ".repeat(13 - word.length()) + topic.summary() + "\n");
        }
        return text + "\n`chainloop-token --help` lists the commands.\n";
    }
}
