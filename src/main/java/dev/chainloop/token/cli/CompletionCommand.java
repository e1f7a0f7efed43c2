package dev.chainloop.token.cli;

import dev.chainloop.token.cli.option.Options;
import dev.chainloop.token.cli.option.UsageException;
import dev.chainloop.token.core.Keyword;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** {@code completion}: prints the script that the build has made for a shell. */
final class CompletionCommand implements Command {
    private final PositionalParamSpec shell =
            Options.word("bash|zsh|fish", List.of(Shell.values()), "The shell to print a script for.");

    private enum Shell implements Keyword {
        BASH,
        ZSH,
        FISH
    }

    @Override
    public void describe(CommandSpec spec) {
        spec.addPositional(shell);
        spec.usageMessage()
                .description(
                        "source <(chainloop-token completion bash)",
                        "chainloop-token completion zsh >~/.zfunc/_chainloop-token",
                        "chainloop-token completion fish | source")
                .exitCodeList(ExitCode.meanings("the script was printed"));
    }

    @Override
    public ExitCode run(World world, Console console) throws UsageException, Console.OutputException {
        Optional<Shell> asked = Options.value(shell);
        if (asked.isEmpty()) {
            throw new UsageException("name a shell: bash, zsh or fish");
        }
        console.answer(Topic.resource("completion." + asked.get().word()));
        return ExitCode.OK;
    }
}
