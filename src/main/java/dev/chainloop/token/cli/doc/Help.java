package dev.chainloop.token.cli.doc;

import dev.chainloop.token.cli.option.CommandModel;
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

/** The help in a terminal: the tool's on one screen, a command's as picocli lays out its model, and the list of topics. */
public final class Help {
    /** Longer lines are hard to read. */
    public static final int MAX_WIDTH = 120;

    /** picocli refuses less. */
    private static final int MIN_WIDTH = 55;

    private static final int WORD_WIDTH = 13;

    /** The manual says more of these options. */
    private static final String COMMON = "Every command takes --at=INSTANT, --color=WHEN, -h/--help and -V/--version.";

    private Help() {}

    /**
     * The help of a command, at a width in columns.
     *
     * @param models all commands; the tool's help lists them, and an option that another command explains is only named
     */
    public static String of(CommandModel command, List<CommandModel> models, int width) {
        int columns = Math.max(MIN_WIDTH, width);
        return command.isTool() ? tool(command, models, columns) : command(command, models, columns);
    }

    private static String tool(CommandModel tool, List<CommandModel> models, int columns) {
        StringBuilder text = new StringBuilder(TextLayout.wrap("", tool.summary(), "", columns));
        text.append("\nUsage: chainloop-token [COMMAND] [OPTIONS] [TOKEN | -]\n");
        tool.examples().forEach(example -> text.append("  " + example + "\n"));
        text.append("\nCommands (without one: inspect):\n");
        for (CommandModel one : models.subList(1, models.size())) {
            if (!one.word().equals("help")) { // How to read on has its place below.
                text.append(listed(one.word(), one.summary(), columns));
            }
        }
        return text.append("\n")
                .append(TextLayout.wrap("", COMMON, "", columns))
                .append("It opens no connection; only `ask` starts the Chainloop CLI, which does.\n")
                .append("In CI, do not pipe $CHAINLOOP_TOKEN into it: it is read as it is.\n")
                .append("Exit status: 0 yes, 1 no, 2 to 5 errors; see `chainloop-token help exit`.\n")
                .append("Read on: `chainloop-token help` lists topics; `man chainloop-token`.\n")
                .toString();
    }

    private static String command(CommandModel command, List<CommandModel> models, int columns) {
        CommandSpec spec = CommandSpec.create().name(command.name());
        List<String> footer = new ArrayList<>();
        command.arguments().forEach(spec::addPositional);
        Map<String, List<OptionSpec>> elsewhere = new LinkedHashMap<>();
        for (CommandModel.Group group : command.groups()) {
            List<OptionSpec> own = new ArrayList<>(group.options());
            if (!group.of().isEmpty()) {
                own.removeIf(one -> isExplained(one, group.of(), models));
                List<OptionSpec> others = elsewhere.computeIfAbsent(group.of(), word -> new ArrayList<>());
                group.options().stream().filter(one -> !own.contains(one)).forEach(others::add);
            }
            if (!own.isEmpty()) {
                add(spec, group.heading(), own);
            }
        }
        elsewhere.forEach((word, options) ->
                footer.add("For " + named(options) + ", see `chainloop-token " + word + " --help`."));
        footer.add("Every command also takes " + named(command.others().options()) + ".");
        Map<String, String> exits = new LinkedHashMap<>();
        command.exits().forEach((status, meaning) -> {
            if (status < 64) { // Those from here on mean the same for every command.
                exits.put(String.valueOf(status), meaning);
            }
        });
        // picocli's own synopsis is colored where CLICOLOR_FORCE says so.
        String arguments =
                command.arguments().stream().map(one -> " " + one.paramLabel()).collect(Collectors.joining());
        String examples = "\nExamples:\n  " + String.join("\n  ", command.examples()) + "\n";
        UsageMessageSpec usage = spec.usageMessage()
                .width(columns)
                .sortOptions(false)
                .header(summary(command))
                .synopsisHeading("%nUsage: ")
                .customSynopsis(command.name() + " [OPTIONS]" + arguments)
                .parameterListHeading("%nArguments:%n")
                .exitCodeListHeading("%nExit status:%n")
                .exitCodeList(exits)
                .footerHeading("%n")
                .footer(footer.toArray(new String[0]));
        usage.sectionMap().put(UsageMessageSpec.SECTION_KEY_DESCRIPTION, help -> examples);
        return new CommandLine(spec).getUsageMessage(Ansi.OFF);
    }

    /** The topics, with what each answers. */
    public static String topics() {
        StringBuilder text = new StringBuilder("Usage: chainloop-token help COMMAND | TOPIC\n\nTopics:\n");
        for (Topic topic : Topic.values()) {
            text.append(listed(topic.word(), topic.summary(), MAX_WIDTH));
        }
        return text + "\n`chainloop-token --help` lists the commands.\n";
    }

    private static String listed(String word, String summary, int columns) {
        String first = "  " + word + " ".repeat(WORD_WIDTH - word.length());
        return TextLayout.wrap(first, summary, " ".repeat(first.length()), columns);
    }

    /** Whether a command's help says the same of this option. */
    private static boolean isExplained(OptionSpec option, String word, List<CommandModel> models) {
        return models.stream()
                .filter(model -> model.word().equals(word))
                .flatMap(model -> model.options().stream())
                .anyMatch(one -> one.longestName().equals(option.longestName())
                        && one.description()[0].equals(option.description()[0]));
    }

    /** Options by their longest names, with the shorter one before it. */
    private static String named(List<OptionSpec> options) {
        List<String> names = new ArrayList<>();
        for (OptionSpec option : options) {
            names.add(String.join("/", option.names()));
        }
        int last = names.size() - 1;
        return last == 0 ? names.get(0) : String.join(", ", names.subList(0, last)) + " and " + names.get(last);
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
