package dev.chainloop.token.cli;

import dev.chainloop.token.ask.Inquiry;
import dev.chainloop.token.ask.Verdict;
import dev.chainloop.token.cli.option.Converter;
import dev.chainloop.token.cli.option.Options;
import dev.chainloop.token.cli.option.OutputOptions;
import dev.chainloop.token.cli.option.SourceOptions;
import dev.chainloop.token.cli.option.UsageException;
import dev.chainloop.token.diagnosis.Diagnosis;
import dev.chainloop.token.render.Answer;
import dev.chainloop.token.render.OutputFormat;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** {@code ask}: what the control plane says about a token, asked by the user's own Chainloop CLI. */
final class AskCommand implements Command {
    private final SourceOptions source = new SourceOptions(false);
    private final OptionSpec cli = Options.file(
            "FILE", Converter.NOT_EMPTY, "Run this Chainloop CLI instead of the one on the PATH.", "--cli");
    private final OutputOptions output = new OutputOptions(OutputFormat.values());

    @Override
    public void describe(CommandSpec spec) {
        spec.addPositional(source.argument);
        Options.group(spec, "Chainloop CLI", List.of(cli));
        Options.group(spec, "Output", List.of(output.color));
        Options.explainedBy(
                "inspect", spec, List.of(source.token, source.source, source.config, output.format, output.redact));
        spec.usageMessage()
                .description(
                        "chainloop-token ask                    is the CLI's token accepted?",
                        "chainloop-token ask --source config    is the login accepted?",
                        "chainloop-token ask --cli ./chainloop")
                .exitCodeList(ExitCode.meanings(
                        "the control plane accepts the token",
                        "it refuses the token",
                        "the value is not a token; nothing was started",
                        "a source cannot be read; nothing was started",
                        "it could not be asked, the CLI would not send this token, or there is none"));
    }

    @Override
    public ExitCode run(World world, Console console) throws UsageException, Console.OutputException {
        // The address is in the file even if the token is from elsewhere.
        Request request = Request.of(source, true, output, world);
        Diagnosis diagnosis = Diagnosis.of(request.read(world, console));
        Optional<Path> named = request.source().config();
        Verdict verdict = new Inquiry(diagnosis, world.environment(), named).ask(Options.value(cli));
        request.answer(Answer.asked(diagnosis, verdict, request.view()), console);
        ExitCode status = ExitCode.of(diagnosis.used().status(), true);
        return switch (verdict.outcome()) {
            case ACCEPTED -> ExitCode.OK;
            case REFUSED -> ExitCode.NEGATIVE;
            case UNREACHABLE -> ExitCode.UNREACHABLE;
            // The token that was piped in is empty, whatever the control plane would say.
            case NOT_ASKED ->
                diagnosis.isOfEmptyStdin() ? ExitCode.NEGATIVE : status == ExitCode.OK ? ExitCode.UNREACHABLE : status;
        };
    }
}
