package dev.chainloop.token.cli;

import dev.chainloop.token.cli.option.Options;
import dev.chainloop.token.cli.option.OutputOptions;
import dev.chainloop.token.cli.option.SourceOptions;
import dev.chainloop.token.cli.option.UsageException;
import dev.chainloop.token.diagnosis.Diagnosis;
import dev.chainloop.token.render.Answer;
import dev.chainloop.token.render.OutputFormat;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;

/** {@code sources}: which token is used, and why. */
final class SourcesCommand implements Command {
    private final SourceOptions source = new SourceOptions(true);
    private final OutputOptions output = new OutputOptions(OutputFormat.TEXT, OutputFormat.JSON);

    @Override
    public void describe(CommandSpec spec) {
        spec.addPositional(source.argument);
        Options.group(spec, "Which token", List.of(source.token, source.config));
        Options.group(spec, "Output", List.of(output.format, output.redact, output.all, output.color, output.at));
        spec.usageMessage()
                .description(
                        "chainloop-token sources                which token is used, and why",
                        "chainloop-token sources -o json        the same for a program")
                .exitCodeList(ExitCode.meanings(
                        "a source holds a token, or this job can request one", "no source holds a token"));
    }

    @Override
    public ExitCode run(World world, Console console) throws UsageException, Console.OutputException {
        Request request = Request.of(source, false, output, world);
        Diagnosis diagnosis = Diagnosis.of(request.read(world, console));
        request.answer(Answer.surveyed(diagnosis, request.view()), console);
        boolean used = diagnosis.evidence().inputs().found().isPresent();
        return used || diagnosis.requestsFederated() ? ExitCode.OK : ExitCode.NEGATIVE;
    }
}
