package dev.chainloop.token.cli;

import dev.chainloop.token.cli.option.Options;
import dev.chainloop.token.core.Keyword;
import dev.chainloop.token.render.ViewOptions;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** {@code help}: the same as {@code -h}, for users who type it as a command; it also knows topics, and alone lists them. */
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
            console.answer(Help.topics());
        } else if (asked.get() instanceof Topic topic) {
            console.answer(topic.text());
        } else {
            console.answer(Help.of(specs.apply(asked.get().word()), ViewOptions.columns(world.environment(), true)));
        }
        return ExitCode.OK;
    }
}
