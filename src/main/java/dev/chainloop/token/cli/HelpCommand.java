package dev.chainloop.token.cli;

import dev.chainloop.token.cli.doc.Help;
import dev.chainloop.token.cli.option.Parameters;
import dev.chainloop.token.cli.option.UsageException;
import dev.chainloop.token.cli.option.WordArgument;
import java.util.List;
import java.util.Optional;

/** {@code help}: the same as {@code -h}, for users who type it as a command. */
final class HelpCommand implements Command {
    private final WordArgument<Subcommand> command = new WordArgument<>(
            "[COMMAND]", List.of(Subcommand.values()), "The command to show help for; by default, the whole tool.");

    @Override
    public Parameters parameters() {
        return new Parameters().argument(command.argument());
    }

    @Override
    public ExitCode run(World world, Console console) throws UsageException, Console.OutputException {
        Optional<Subcommand> asked = command.optional("help");
        Invocation invocation = asked.isPresent() ? Invocation.of(asked.get().word()) : Invocation.of();
        console.answer(Help.of(invocation.model(), Subcommand.names(), world.environment(), world.outKind()));
        return ExitCode.OK;
    }

    @Override
    public List<String> examples() {
        return List.of("chainloop-token help explain");
    }

    @Override
    public ExitMeanings exits() {
        return ExitMeanings.ofPrinting("the help was shown");
    }
}
