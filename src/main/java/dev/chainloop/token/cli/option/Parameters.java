package dev.chainloop.token.cli.option;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Model.ArgGroupSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** What a command takes, listed once: picocli's model, help, manual and completions are all made of this list. */
public final class Parameters {
    private final List<PositionalParamSpec> arguments = new ArrayList<>();
    private final List<Group> groups = new ArrayList<>();
    private final List<OptionSpec> others = new ArrayList<>();

    /** Options that documents show together. */
    public record Group(String heading, List<OptionSpec> options) {}

    /** Adds an argument that is not an option. */
    public Parameters argument(PositionalParamSpec argument) {
        arguments.add(argument);
        return this;
    }

    /** Adds the arguments and options that select the token. */
    public Parameters token(SourceOptions source) {
        arguments.addAll(source.arguments());
        return group("Which token", source.options());
    }

    /** Adds options that documents show together, and the command's own options to the same group. */
    public Parameters group(String heading, List<OptionSpec> shared, OptionSpec... own) {
        List<OptionSpec> options = new ArrayList<>(shared);
        options.addAll(List.of(own));
        groups.add(new Group(heading, options));
        return this;
    }

    /** Adds the options for the output, and the command's own options to the same group. */
    public Parameters output(OutputOptions output, OptionSpec... own) {
        return group("Output", output.options(), own);
    }

    /** Adds options that belong to no group. */
    public Parameters others(OptionSpec... options) {
        others.addAll(List.of(options));
        return this;
    }

    /** The arguments that are not options. */
    public List<PositionalParamSpec> arguments() {
        return arguments;
    }

    /** All options in groups; the last group has those that belong to no other. */
    public List<Group> groups() {
        List<Group> all = new ArrayList<>(groups);
        all.add(new Group(groups.isEmpty() ? "Options" : "Other options", others));
        return all;
    }

    /** All options. */
    public List<OptionSpec> options() {
        List<OptionSpec> options = new ArrayList<>();
        for (Group group : groups()) {
            options.addAll(group.options());
        }
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

    /** A model for picocli's help, with the options in their groups. */
    public CommandSpec grouped() {
        CommandSpec spec = CommandSpec.create();
        for (PositionalParamSpec argument : arguments) {
            spec.addPositional(argument);
        }
        for (Group group : groups()) {
            ArgGroupSpec.Builder section = ArgGroupSpec.builder()
                    .validate(false)
                    .heading("%n" + group.heading() + ":%n")
                    .order(spec.argGroups().size());
            for (OptionSpec option : group.options()) {
                section.addArg(option);
            }
            spec.addArgGroup(section.build());
        }
        return spec;
    }
}
