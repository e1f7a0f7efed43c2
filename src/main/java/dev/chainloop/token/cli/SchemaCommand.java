package dev.chainloop.token.cli;

import dev.chainloop.token.render.JsonSchema;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** {@code schema}: what a command's JSON looks like, for programs that read it. */
final class SchemaCommand implements Command {
    private final OutputOptions output = OutputOptions.ofTextAndJson();
    private final PositionalParamSpec command = PositionalParamSpec.builder()
            .type(List.class)
            .auxiliaryTypes(String.class)
            .arity("0..*")
            .paramLabel("COMMAND")
            .hideParamSyntax(true)
            .completionCandidates(JsonSchema.words())
            .description("The command whose JSON output is meant.")
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
        String known = String.join(", ", JsonSchema.words());
        if (words == null || words.size() > 1) {
            throw new UsageException("schema takes one of " + known);
        }
        Optional<JsonSchema> schema = JsonSchema.ofWord(words.get(0));
        if (schema.isEmpty()) {
            throw new UsageException("schema knows " + known + Nearest.hint(words.get(0), JsonSchema.words()));
        }
        console.answer(schema.get().text());
        return ExitCode.OK;
    }

    @Override
    public List<String> examples() {
        return List.of("chainloop-token schema inspect >inspect.schema.json");
    }
}
