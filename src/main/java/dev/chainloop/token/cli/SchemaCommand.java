package dev.chainloop.token.cli;

import dev.chainloop.token.cli.option.Parameters;
import dev.chainloop.token.cli.option.UsageException;
import dev.chainloop.token.cli.option.WordArgument;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/** {@code schema}: what a command's JSON looks like, for programs that read it. */
final class SchemaCommand implements Command {
    /** The commands whose JSON has a schema: {@code schema/COMMAND.json} beside this class. */
    static final List<Subcommand> DESCRIBED = List.of(
            Subcommand.INSPECT,
            Subcommand.CHECK,
            Subcommand.VERIFY,
            Subcommand.ASK,
            Subcommand.SOURCES,
            Subcommand.EXPLAIN,
            Subcommand.MASK);

    private final WordArgument<Subcommand> command =
            new WordArgument<>("COMMAND", DESCRIBED, "The command whose JSON output to describe.");

    @Override
    public Parameters parameters() {
        return new Parameters().argument(command.argument());
    }

    @Override
    public ExitCode run(World world, Console console) throws UsageException, Console.OutputException {
        console.answer(schema(command.required("schema")));
        return ExitCode.OK;
    }

    private static String schema(Subcommand described) {
        String name = "schema/" + described.word() + ".json";
        try (InputStream json = Objects.requireNonNull(SchemaCommand.class.getResourceAsStream(name), name)) {
            return new String(json.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
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
