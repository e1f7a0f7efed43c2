package dev.chainloop.token.cli.doc;

import dev.chainloop.token.cli.option.CommandModel;
import dev.chainloop.token.core.Keyword;
import dev.chainloop.token.render.TextLayout;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.ArgGroupSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/** The help of a command: picocli's layout of its model. What all commands share stands in the tool's help alone. */
public final class Help {
    /** Longer lines are hard to read. */
    public static final int MAX_WIDTH = 120;

    private static final int COMMAND_WIDTH = 12;

    private Help() {}

    /**
     * The help of a command, at a width in columns.
     *
     * @param models all commands, which the help of the tool itself lists
     */
    public static String of(CommandModel command, List<CommandModel> models, int width) {
        int columns = Math.max(55, width); // picocli refuses less.
        CommandSpec spec = CommandSpec.create().name(command.name());
        List<String> footer = new ArrayList<>();
        if (command.isTool()) {
            add(spec, "Options of every command", command.others().options());
            footer.add("%nRead on: `man chainloop-token`; `chainloop-token help TOPIC` for each of these:%n"
                    + String.join(", ", Keyword.words(List.of(Topic.values()))));
        } else {
            command.arguments().forEach(spec::addPositional);
            for (CommandModel.Group group : command.groups()) {
                if (group.of().isEmpty()) {
                    add(spec, group.heading(), group.options());
                } else {
                    List<String> names = new ArrayList<>();
                    group.options().forEach(option -> names.add(option.longestName()));
                    footer.add("%n" + group.heading() + ", see `chainloop-token " + group.of() + " --help`: "
                            + String.join(", ", names));
                }
            }
            footer.add("%nOptions and exit statuses of every command: see `chainloop-token --help`");
        }
        Map<String, String> exits = new LinkedHashMap<>();
        command.exits().forEach((status, meaning) -> {
            if (command.isTool() || status < 64) { // Those from here on mean the same for every command.
                exits.put(String.valueOf(status), meaning);
            }
        });
        // picocli's own synopsis is coloured where CLICOLOR_FORCE says so.
        String arguments =
                command.arguments().stream().map(one -> " " + one.paramLabel()).collect(Collectors.joining());
        StringBuilder examples = new StringBuilder("\nExamples:\n  " + String.join("\n  ", command.examples()) + "\n");
        if (command.isTool()) {
            examples.append("\nCommands (without one: inspect):\n");
            for (CommandModel one : models.subList(1, models.size())) {
                String first = "  " + one.word()
                        + " ".repeat(COMMAND_WIDTH - one.word().length());
                // How to read on has its place below.
                examples.append(
                        one.word().equals("help")
                                ? ""
                                : TextLayout.wrap(first, one.summary(), "  " + " ".repeat(COMMAND_WIDTH), columns));
            }
        }
        UsageMessageSpec usage = spec.usageMessage()
                .width(columns)
                .sortOptions(false)
                .header(summary(command))
                .synopsisHeading("%nUsage: ")
                .customSynopsis(command.name() + (command.isTool() ? " [COMMAND]" : "") + " [OPTIONS]" + arguments)
                .parameterListHeading("%nArguments:%n")
                .exitCodeListHeading("%nExit status:%n")
                .exitCodeList(exits)
                .footer(footer.toArray(new String[0]));
        usage.sectionMap().put(UsageMessageSpec.SECTION_KEY_DESCRIPTION, help -> examples.toString());
        return new CommandLine(spec).getUsageMessage(Ansi.OFF);
    }

    /** What a command does, and what else to know about it. */
    static String summary(CommandModel command) {
        String section = Topic.section(command.isTool() ? command.name() : command.word());
        return (command.summary() + " " + section.replace('\n', ' ')).strip();
    }

    /** A text that is packed beside the commands. */
    public static String resource(String name) {
        try (InputStream text = Help.class.getResourceAsStream("/dev/chainloop/token/cli/" + name)) {
            return new String(Objects.requireNonNull(text, name).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void add(CommandSpec spec, String heading, List<OptionSpec> options) {
        ArgGroupSpec.Builder section = ArgGroupSpec.builder()
                .validate(false)
                .heading("%n" + heading + ":%n")
                .order(spec.argGroups().size());
        options.forEach(section::addArg);
        spec.addArgGroup(section.build());
    }
}
