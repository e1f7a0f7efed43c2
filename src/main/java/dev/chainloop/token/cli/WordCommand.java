package dev.chainloop.token.cli;

import dev.chainloop.token.cli.doc.Help;
import dev.chainloop.token.cli.doc.Shell;
import dev.chainloop.token.cli.option.Converters;
import dev.chainloop.token.cli.option.Option;
import dev.chainloop.token.cli.option.Parameters;
import dev.chainloop.token.cli.option.Similar;
import dev.chainloop.token.cli.option.UsageException;
import dev.chainloop.token.core.Keyword;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.PositionalParamSpec;

/** {@code help}, {@code completion} and {@code schema}: each takes one of some words and prints a text for it. */
final class WordCommand<T extends Keyword> implements Command {
    /** The commands whose JSON has a schema: {@code schema/COMMAND.json} beside this class. */
    static final List<Subcommand> DESCRIBED = List.of(
            Subcommand.INSPECT,
            Subcommand.CHECK,
            Subcommand.VERIFY,
            Subcommand.ASK,
            Subcommand.SOURCES,
            Subcommand.EXPLAIN,
            Subcommand.MASK);

    private final Subcommand name;
    private final List<T> constants;
    private final PositionalParamSpec argument;
    private final String done;
    private final List<String> examples;
    private final BiFunction<Optional<T>, World, String> text;

    private WordCommand(
            Subcommand name,
            String label,
            List<T> constants,
            String description,
            String done,
            List<String> examples,
            BiFunction<Optional<T>, World, String> text) {
        this.name = name;
        this.constants = constants;
        this.argument = Option.arguments(label)
                .completionCandidates(Keyword.words(constants))
                .description(description)
                .build();
        this.done = done;
        this.examples = examples;
        this.text = text;
    }

    /** {@code help}: the same as {@code -h}, for users who type it as a command. */
    static Command help() {
        return new WordCommand<>(
                Subcommand.HELP,
                "[COMMAND]",
                List.of(Subcommand.values()),
                "The command to show help for; by default, the whole tool.",
                "the help was shown",
                List.of("chainloop-token help explain"),
                (asked, world) ->
                        help(asked.isPresent() ? Invocation.of(asked.get().word()) : Invocation.of(), world));
    }

    /** {@code completion}: a script that makes a shell complete this tool's command lines. */
    static Command completion() {
        return new WordCommand<>(
                Subcommand.COMPLETION,
                "bash|zsh|fish",
                List.of(Shell.values()),
                "The shell to print a script for.",
                "the script was printed",
                List.of(
                        "source <(chainloop-token completion bash)",
                        "chainloop-token completion zsh >~/.zfunc/_chainloop-token",
                        "chainloop-token completion fish | source"),
                (shell, world) -> shell.orElseThrow().script(Subcommand.models()));
    }

    /** {@code schema}: what a command's JSON looks like, for programs that read it. */
    static Command schema() {
        return new WordCommand<>(
                Subcommand.SCHEMA,
                "COMMAND",
                DESCRIBED,
                "The command whose JSON output to describe.",
                "the schema was printed",
                List.of("chainloop-token schema inspect >inspect.schema.json"),
                (described, world) ->
                        resource("schema/" + described.orElseThrow().word() + ".json"));
    }

    /** An invocation's help, for the reader's terminal. */
    static String help(Invocation invocation, World world) {
        return Help.of(invocation.model(), Subcommand.models(), world.environment(), world.outKind());
    }

    private static String resource(String name) {
        try (InputStream json = Objects.requireNonNull(WordCommand.class.getResourceAsStream(name), name)) {
            return new String(json.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Parameters parameters() {
        return new Parameters().argument(argument);
    }

    @Override
    public ExitCode run(World world, Console console) throws UsageException, Console.OutputException {
        console.answer(text.apply(word(), world));
        return ExitCode.OK;
    }

    private Optional<T> word() throws UsageException {
        @Nullable List<String> given = argument.getValue();
        if (given == null && name == Subcommand.HELP) {
            return Optional.empty();
        }
        List<String> words = Keyword.words(constants);
        String typed = given == null || given.size() > 1 ? "" : given.get(0);
        Optional<T> meant = Keyword.find(constants, typed);
        if (meant.isEmpty()) {
            throw new UsageException(
                    name.word() + " takes " + Converters.listed(words, "or") + Similar.hint(typed, words));
        }
        return meant;
    }

    @Override
    public List<String> examples() {
        return examples;
    }

    @Override
    public Map<Integer, String> exits() {
        return ExitCode.meanings(done, "", "", "", "");
    }
}
