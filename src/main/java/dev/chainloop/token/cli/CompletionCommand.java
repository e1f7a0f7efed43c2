package dev.chainloop.token.cli;

import dev.chainloop.token.cli.doc.Shell;
import dev.chainloop.token.cli.option.Parameters;
import dev.chainloop.token.cli.option.UsageException;
import dev.chainloop.token.cli.option.WordArgument;
import java.util.List;

/** {@code completion}: a script that makes a shell complete this tool's command lines. */
final class CompletionCommand implements Command {
    private final WordArgument<Shell> shell =
            new WordArgument<>("bash|zsh|fish", List.of(Shell.values()), "The shell to print a script for.");

    @Override
    public Parameters parameters() {
        return new Parameters().argument(shell.argument());
    }

    @Override
    public ExitCode run(World world, Console console) throws UsageException, Console.OutputException {
        console.answer(shell.required("completion").script(Subcommand.tool()));
        return ExitCode.OK;
    }

    @Override
    public List<String> examples() {
        return List.of(
                "source <(chainloop-token completion bash)",
                "chainloop-token completion zsh >~/.zfunc/_chainloop-token",
                "chainloop-token completion fish | source");
    }

    @Override
    public ExitMeanings exits() {
        return ExitMeanings.ofPrinting("the script was printed");
    }
}
