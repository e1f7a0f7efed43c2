package dev.chainloop.token.cli;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** {@code help}: the same as {@code -h}, for those who type it as a word. */
final class HelpCommand implements Command {
    private final OutputOptions output = OutputOptions.ofTextAndJson();
    private final PositionalParamSpec command = PositionalParamSpec.builder()
            .type(List.class)
            .auxiliaryTypes(String.class)
            .arity("0..*")
            .paramLabel("[COMMAND]")
            .hideParamSyntax(true)
            .completionCandidates(Subcommand.words())
            .description("The command whose help is wanted; without it the whole tool's.")
            .build();

    @Override
    public CommandSpec spec() {
        return CommandSpec.create().addPositional(command);
    }

    @Override
    public OutputOptions output() {
        return output;
    }

    @Override
    public ExitCode run(World world, Console console) throws UsageException, Console.OutputException {
        @Nullable List<String> words = command.getValue();
        if (words == null) {
            console.answer(Help.of(Invocation.of(), world));
            return ExitCode.OK;
        }
        Optional<Subcommand> subcommand = Subcommand.ofWord(words.get(0));
        if (subcommand.isEmpty()) {
            throw new UsageException("there is no such command" + Nearest.hint(words.get(0), Subcommand.words()));
        }
        if (words.size() > 1) {
            throw new UsageException("help takes one command");
        }
        console.answer(Help.of(Invocation.of(subcommand.get().word()), world));
        return ExitCode.OK;
    }

    @Override
    public List<String> examples() {
        return List.of("chainloop-token help explain");
    }
}
