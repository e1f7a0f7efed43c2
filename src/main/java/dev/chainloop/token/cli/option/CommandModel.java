package dev.chainloop.token.cli.option;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/**
 * A command as it describes itself: the parser, help, manual and completions are all made of this.
 *
 * @param word its name behind the tool's; empty for the tool itself
 * @param summary what it does, in a sentence
 * @param common the options that most commands take
 */
public record CommandModel(
        String word,
        String summary,
        List<PositionalParamSpec> arguments,
        List<Group> groups,
        List<OptionSpec> common,
        OptionSpec help,
        OptionSpec version,
        List<String> examples,
        Map<Integer, String> exits) {
    /** Options that documents show together, and the command whose help explains them, if that is another one. */
    public record Group(String heading, List<OptionSpec> options, String of) {}

    /** A command without arguments; its only options are those for help and version. */
    public CommandModel(String word, String summary) {
        this(
                word,
                summary,
                new ArrayList<>(),
                new ArrayList<>(),
                new ArrayList<>(),
                Option.named("-h", "--help").flag("Show this help."),
                Option.named("-V", "--version").flag("Show the version."),
                new ArrayList<>(),
                new LinkedHashMap<>());
    }

    /** Adds an argument that is not an option. */
    public CommandModel argument(PositionalParamSpec argument) {
        arguments.add(argument);
        return this;
    }

    /** Adds the arguments and options that select the token. */
    public CommandModel token(SourceOptions source) {
        arguments.addAll(source.arguments);
        return group("Which token", source.options, "");
    }

    /** Adds options that documents show together; those that the command named by {@code of} explains, help only names. */
    public CommandModel group(String heading, List<OptionSpec> options, String of) {
        groups.add(new Group(heading, options, of));
        return this;
    }

    /** Adds the options for the output, and the command's own options to the same group. */
    public CommandModel output(OutputOptions output, OptionSpec... own) {
        List<OptionSpec> options = new ArrayList<>(output.options);
        options.addAll(List.of(own));
        common.addAll(output.common);
        return group("Output", options, "");
    }

    /** Leaves the explanation of what this command shares with another one to that one's help, unless a group says where. */
    public CommandModel sharing(String other) {
        groups.replaceAll(group -> group.of.isEmpty() ? new Group(group.heading, group.options, other) : group);
        return this;
    }

    /** Says which command lines are typical, with a remark each or without. */
    public CommandModel examples(List<String> lines) {
        examples.clear();
        examples.addAll(lines);
        return this;
    }

    /** Says what its exit statuses mean. */
    public CommandModel exits(Map<Integer, String> meanings) {
        exits.clear();
        exits.putAll(meanings);
        return this;
    }

    public boolean isTool() {
        return word.isEmpty();
    }

    /** The words that run it. */
    public String name() {
        return isTool() ? "chainloop-token" : "chainloop-token " + word;
    }

    /** The options that most commands take, help and version among them. */
    public Group others() {
        List<OptionSpec> options = new ArrayList<>(common);
        options.addAll(List.of(help, version));
        return new Group(groups.isEmpty() ? "Options" : "Other options", options, "");
    }

    public List<OptionSpec> options() {
        List<OptionSpec> options = new ArrayList<>();
        for (Group group : groups) {
            options.addAll(group.options);
        }
        options.addAll(others().options);
        return options;
    }

    /** A model for picocli's parser, which stores the values that it reads in these options. */
    public CommandSpec spec() {
        CommandSpec spec = CommandSpec.create();
        for (PositionalParamSpec argument : arguments) {
            spec.addPositional(argument);
        }
        for (OptionSpec option : options()) {
            spec.addOption(option);
        }
        return spec;
    }
}
