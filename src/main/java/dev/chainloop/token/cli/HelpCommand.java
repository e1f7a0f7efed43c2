package dev.chainloop.token.cli;

import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;

/** {@code help}: the same as {@code -h}, for those who type it as a word. */
final class HelpCommand implements Command {
    private final WordArgument command = new WordArgument(
            "[COMMAND]", Subcommand.words(), "The command whose help is wanted; without it the whole tool's.");

    @Override
    public CommandSpec spec() {
        return command.spec();
    }

    @Override
    public ExitCode run(World world, Console console) throws UsageException, Console.OutputException {
        Optional<String> word = command.read("help takes one command");
        if (word.isPresent() && Subcommand.ofWord(word.get()).isEmpty()) {
            throw new UsageException("there is no such command" + Nearest.hint(word.get(), Subcommand.words()));
        }
        Invocation asked = word.isPresent() ? Invocation.of(word.get()) : Invocation.of();
        console.answer(Help.of(asked, world));
        return ExitCode.OK;
    }

    @Override
    public List<String> examples() {
        return List.of("chainloop-token help explain");
    }

    @Override
    public Exits exits() {
        return Exits.ofPrinting("the help was shown");
    }
}
