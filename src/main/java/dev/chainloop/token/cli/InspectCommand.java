package dev.chainloop.token.cli;

import dev.chainloop.token.advice.ShellWord;
import dev.chainloop.token.cli.option.CommandModel;
import dev.chainloop.token.cli.option.Option;
import dev.chainloop.token.cli.option.OutputOptions;
import dev.chainloop.token.cli.option.PlaceOption;
import dev.chainloop.token.cli.option.SourceOptions;
import dev.chainloop.token.cli.option.UsageException;
import dev.chainloop.token.diagnosis.Diagnosis;
import dev.chainloop.token.diagnosis.Status;
import dev.chainloop.token.render.FieldReport;
import dev.chainloop.token.render.OutputFormat;
import dev.chainloop.token.render.Report;
import dev.chainloop.token.render.ViewOptions;
import dev.chainloop.token.source.Look;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.OptionSpec;

/** {@code inspect}: find the token, decode it, type it, show it. */
final class InspectCommand implements Command {
    private final SourceOptions source = SourceOptions.ofOneOrMany();
    private final OutputOptions output = OutputOptions.ofEveryFormat().withFields();
    private final PlaceOption place = new PlaceOption();
    private final OptionSpec claims = Option.named("--claims").flag("Also show the full header and claims.");

    @Override
    public void describe(CommandModel model) {
        model.token(source)
                .output(output, claims, place.spec())
                .examples(List.of(
                        "chainloop-token                        what the Chainloop CLI would send",
                        "echo \"$TOKEN\" | chainloop-token        a token in a pipe",
                        "chainloop-token --field kind           one bare word for a script",
                        "chainloop-token -o json --redact       safe to paste into an issue"))
                .exits(ExitCode.meanings(
                        "a token of a known kind, or none where the job's attestations need none",
                        "no token, an unknown audience, or no identity claim; --field: a field is absent",
                        "the token is not a JWT",
                        "a source cannot be read"));
    }

    @Override
    public ExitCode run(World world, Console console) throws UsageException, Console.OutputException {
        String words = source.words();
        Optional<String> message = words.indexOf(' ') > 0 ? ExplainCommand.message(words) : Optional.empty();
        if (message.isPresent()) {
            return ExplainCommand.mistaken(
                    "this is a message, not a token",
                    "chainloop-token explain " + ShellWord.of(message.get()),
                    console);
        }
        Request request = Request.of(source, output, world);
        ViewOptions view = request.view();
        OutputFormat format = request.format();
        List<String> fields = output.fields();
        boolean whole = Option.isSet(claims);
        String other =
                !fields.isEmpty() ? "--field" : output.redacts() ? "--redact" : source.isOfLines() ? "--lines" : "";
        if (whole && !other.isEmpty()) {
            throw new UsageException("--claims and " + other + " cannot be used together");
        }
        if (source.isOfLines()) {
            Report.LineReport full = source.lines(request.source(), format, view);
            Report.LineReport report = fields.isEmpty() ? full : FieldReport.lines(fields, view);
            return new TokenLines(world, console, request.clock(), view.redact(), false)
                    .run(
                            false,
                            (number, diagnosis) -> new TokenLines.Line(
                                    report.line(number, diagnosis, Optional.empty()),
                                    diagnosis.inspection().status() == Status.TYPED));
        }
        Diagnosis diagnosis = place.of(request.inspect(world, console));
        ExitCode status = diagnosis.requestsFederated()
                ? ExitCode.OK
                : ExitCode.of(diagnosis.inspection().status());
        request.comment(diagnosis, false, console);
        if (!fields.isEmpty()) {
            for (Look.Unreadable behind : diagnosis.evidence().search().unreadableBehind()) {
                console.note(view.nameOf(behind.origin()) + ": " + behind.why()
                        + "; this token is not from there, but the Chainloop CLI stops at it");
            }
            FieldReport report = FieldReport.render(diagnosis, fields, view);
            console.answer(report.text());
            return status == ExitCode.OK && !report.complete() ? ExitCode.NEGATIVE : status;
        }
        console.answer(format.report().render(Report.Subject.inspected(diagnosis, whole), view), false);
        return status;
    }
}
