package dev.chainloop.token.cli;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** {@code completion}: a script that makes a shell complete this tool's command lines. */
final class CompletionCommand implements Command {
    private final OutputOptions output = OutputOptions.ofTextAndJson();
    private final PositionalParamSpec shell = PositionalParamSpec.builder()
            .type(List.class)
            .auxiliaryTypes(String.class)
            .arity("0..*")
            .paramLabel("bash|zsh|fish")
            .hideParamSyntax(true)
            .completionCandidates(Shell.words())
            .description("The shell that is to read the script.")
            .build();

    @Override
    public CommandSpec spec() {
        return CommandSpec.create().addPositional(shell);
    }

    @Override
    public OutputOptions output() {
        return output;
    }

    @Override
    public ExitCode run(World world, Console console) throws UsageException, Console.OutputException {
        @Nullable List<String> words = shell.getValue();
        if (words == null || words.size() > 1) {
            throw new UsageException("completion takes one shell: bash, zsh or fish");
        }
        Optional<Shell> known = Shell.ofWord(words.get(0));
        if (known.isEmpty()) {
            throw new UsageException("completion knows bash, zsh and fish" + Nearest.hint(words.get(0), Shell.words()));
        }
        console.answer(known.get().script());
        return ExitCode.OK;
    }

    @Override
    public List<String> examples() {
        return List.of(
                "source <(chainloop-token completion bash)",
                "chainloop-token completion zsh >~/.zfunc/_chainloop-token",
                "chainloop-token completion fish | source");
    }
}
