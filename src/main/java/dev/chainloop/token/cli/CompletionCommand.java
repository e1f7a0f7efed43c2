package dev.chainloop.token.cli;

import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;

/** {@code completion}: a script that makes a shell complete this tool's command lines. */
final class CompletionCommand implements Command {
    private final WordArgument shell =
            new WordArgument("bash|zsh|fish", Shell.words(), "The shell that is to read the script.");

    @Override
    public CommandSpec spec() {
        return shell.spec();
    }

    @Override
    public ExitCode run(World world, Console console) throws UsageException, Console.OutputException {
        String one = "completion takes one shell: bash, zsh or fish";
        Optional<String> word = shell.read(one);
        if (word.isEmpty()) {
            throw new UsageException(one);
        }
        Optional<Shell> known = Shell.ofWord(word.get());
        if (known.isEmpty()) {
            throw new UsageException("completion knows bash, zsh and fish" + Nearest.hint(word.get(), Shell.words()));
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

    @Override
    public Exits exits() {
        return Exits.ofPrinting("the script was printed");
    }
}
