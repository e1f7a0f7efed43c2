package dev.chainloop.token.cli;

import dev.chainloop.token.render.JsonSchema;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;

/** {@code schema}: what a command's JSON looks like, for programs that read it. */
final class SchemaCommand implements Command {
    private final WordArgument command =
            new WordArgument("COMMAND", JsonSchema.words(), "The command whose JSON output is meant.");

    @Override
    public CommandSpec spec() {
        return command.spec();
    }

    @Override
    public ExitCode run(World world, Console console) throws UsageException, Console.OutputException {
        String known = String.join(", ", JsonSchema.words());
        String one = "schema takes one of " + known;
        Optional<String> word = command.read(one);
        if (word.isEmpty()) {
            throw new UsageException(one);
        }
        Optional<JsonSchema> schema = JsonSchema.ofWord(word.get());
        if (schema.isEmpty()) {
            throw new UsageException("schema knows " + known + Nearest.hint(word.get(), JsonSchema.words()));
        }
        console.answer(schema.get().text());
        return ExitCode.OK;
    }

    @Override
    public List<String> examples() {
        return List.of("chainloop-token schema inspect >inspect.schema.json");
    }

    @Override
    public Exits exits() {
        return Exits.ofPrinting("the schema was printed");
    }
}
