package dev.chainloop.token.cli;

import java.io.File;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** What bash needs, made by picocli from all commands' models. */
final class BashCompletion {
    private BashCompletion() {}

    static String script() {
        CommandLine all = new CommandLine(model(Invocation.of().spec()));
        for (Subcommand subcommand : Subcommand.values()) {
            all.addSubcommand(
                    subcommand.word(), model(Invocation.of(subcommand.word()).spec()));
        }
        return AutoComplete.bash("chainloop-token", all);
    }

    /** A copy of a command's model in which files have the type by which picocli knows them. */
    private static CommandSpec model(CommandSpec spec) {
        CommandSpec copy = CommandSpec.create().name(spec.name());
        for (OptionSpec option : spec.options()) {
            copy.addOption(
                    Values.of(option).file()
                            ? OptionSpec.builder(option.names())
                                    .type(File.class)
                                    .paramLabel(option.paramLabel())
                                    .build()
                            : option);
        }
        spec.positionalParameters().forEach(copy::addPositional);
        return copy;
    }
}
