package dev.chainloop.token.cli;

import dev.chainloop.token.cli.option.Parameters;
import dev.chainloop.token.cli.option.UsageException;
import dev.chainloop.token.cli.option.WordArgument;
import dev.chainloop.token.render.JsonSchema;
import java.util.List;

/** {@code schema}: what a command's JSON looks like, for programs that read it. */
final class SchemaCommand implements Command {
    private final WordArgument<JsonSchema> command =
            new WordArgument<>("COMMAND", List.of(JsonSchema.values()), "The command whose JSON output to describe.");

    @Override
    public Parameters parameters() {
        return new Parameters().argument(command.argument());
    }

    @Override
    public ExitCode run(World world, Console console) throws UsageException, Console.OutputException {
        console.answer(command.required("schema").text());
        return ExitCode.OK;
    }

    @Override
    public List<String> examples() {
        return List.of("chainloop-token schema inspect >inspect.schema.json");
    }

    @Override
    public ExitMeanings exits() {
        return ExitMeanings.ofPrinting("the schema was printed");
    }
}
