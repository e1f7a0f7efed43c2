package dev.chainloop.token.cli;

import dev.chainloop.token.cli.doc.Completion;
import dev.chainloop.token.cli.doc.Help;
import dev.chainloop.token.cli.doc.Topic;
import dev.chainloop.token.cli.option.CommandModel;
import dev.chainloop.token.cli.option.Converters;
import dev.chainloop.token.cli.option.Option;
import dev.chainloop.token.cli.option.OutputKind;
import dev.chainloop.token.cli.option.UsageException;
import dev.chainloop.token.core.Keyword;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import picocli.CommandLine.Model.PositionalParamSpec;

/**
 * {@code help} and {@code completion}: each takes a word and prints a text for it.
 *
 * @param done the meaning of exit status 0
 */
record WordCommand<T extends Keyword>(
        PositionalParamSpec word, BiFunction<Optional<T>, World, String> text, String done, List<String> examples)
        implements Command {
    /** The same as {@code -h}, for users who type it as a command; it also knows topics, and alone lists them. */
    static Command help() {
        List<Keyword> words = new ArrayList<>(List.of(Subcommand.values()));
        words.addAll(List.of(Topic.values()));
        return new WordCommand<Keyword>(
                Option.argument(
                        "[COMMAND | TOPIC]", words, "What to show help for; without it, all topics are listed."),
                (asked, world) -> asked.isEmpty() ? Help.topics() : help(asked.get(), world),
                "the help was shown",
                List.of(
                        "chainloop-token help explain    a command",
                        "chainloop-token help rotate     how to replace an API token without a gap"));
    }

    /** A script that makes a shell complete this tool's command lines. */
    static Command completion() {
        return new WordCommand<Completion>(
                Option.argument("bash|zsh|fish", List.of(Completion.values()), "The shell to print a script for."),
                (shell, world) -> shell.orElseThrow().script(Subcommand.models()),
                "the script was printed",
                List.of(
                        "source <(chainloop-token completion bash)",
                        "chainloop-token completion zsh >~/.zfunc/_chainloop-token",
                        "chainloop-token completion fish | source"));
    }

    private static String help(Keyword asked, World world) {
        return asked instanceof Topic topic
                ? topic.text(world.environment().configFile())
                : help(Invocation.of(asked.word()).model, world);
    }

    /** A command's help, for the reader's terminal. */
    static String help(CommandModel model, World world) {
        return Help.of(
                model,
                Subcommand.models(),
                new OutputKind.Columns(world.environment(), world.outKind(), Help.MAX_WIDTH).columns());
    }

    @Override
    public void describe(CommandModel model) {
        model.argument(word).examples(examples).exits(ExitCode.meanings(done));
    }

    @Override
    public ExitCode run(World world, Console console) throws UsageException, Console.OutputException {
        Optional<T> asked = Option.value(word);
        if (asked.isEmpty() && !word.paramLabel().startsWith("[")) {
            throw new UsageException("give " + Converters.listed(Option.words(word), "or"));
        }
        console.answer(text.apply(asked, world));
        return ExitCode.OK;
    }
}
