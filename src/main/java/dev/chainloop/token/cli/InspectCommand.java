package dev.chainloop.token.cli;

import dev.chainloop.token.advice.ShellWord;
import dev.chainloop.token.cli.option.Options;
import dev.chainloop.token.cli.option.OutputOptions;
import dev.chainloop.token.cli.option.SourceOptions;
import dev.chainloop.token.cli.option.UsageException;
import dev.chainloop.token.diagnosis.Candidate;
import dev.chainloop.token.diagnosis.Diagnosis;
import dev.chainloop.token.explain.MessageMatch;
import dev.chainloop.token.explain.MessageSearch;
import dev.chainloop.token.render.Answer;
import dev.chainloop.token.render.JsonReport;
import dev.chainloop.token.render.OutputFormat;
import dev.chainloop.token.render.ViewOptions;
import dev.chainloop.token.source.SourceReading;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;

/** {@code inspect}: find the token, decode it, type it, show it. */
final class InspectCommand implements Command {
    private final SourceOptions source = new SourceOptions(false);
    private final OutputOptions output = new OutputOptions(OutputFormat.values());

    @Override
    public void describe(CommandSpec spec) {
        spec.addPositional(source.argument);
        Options.group(spec, "Which token", List.of(source.token, source.source, source.config));
        Options.group(
                spec,
                "Output",
                List.of(output.format, output.redact, output.field, output.all, output.in, output.color, output.at));
        spec.usageMessage()
                .description(
                        "chainloop-token                        what the Chainloop CLI would send",
                        "echo \"$TOKEN\" | chainloop-token        a token in a pipe",
                        "chainloop-token --field kind           one value for a script",
                        "chainloop-token -o json --redact       to paste into an issue")
                .exitCodeList(ExitCode.meanings(
                        "no error was found; with --field: every value is there",
                        "an error was found; with --field: the kind or a value is missing",
                        "the value is not a token",
                        "a source cannot be read"));
    }

    @Override
    public ExitCode run(World world, Console console) throws UsageException, Console.OutputException {
        String words =
                String.join(" ", Options.<List<String>>value(source.argument).orElse(List.of()));
        Optional<MessageMatch> message = words.indexOf(' ') > 0 ? new MessageSearch(words).match() : Optional.empty();
        if (message.isPresent()) {
            throw new UsageException(
                    "this is an error message, not a token; to have it explained, run `chainloop-token explain "
                            + ShellWord.of(message.get().text()) + "`");
        }
        Request request = Request.of(source, false, output, world);
        List<String> fields = output.fields();
        Diagnosis diagnosis = Diagnosis.of(request.read(world, console));
        Answer answer = Answer.inspected(diagnosis, request.view());
        if (!fields.isEmpty()) {
            return fields(answer, fields, request.view(), console);
        }
        request.answer(answer, console);
        return ExitCode.of(diagnosis.used().status(), diagnosis.firstError().isEmpty());
    }

    private static ExitCode fields(Answer answer, List<String> fields, ViewOptions view, Console console)
            throws Console.OutputException {
        Diagnosis diagnosis = answer.diagnosis();
        Candidate used = diagnosis.used();
        Optional<SourceReading.Unreadable> behind =
                diagnosis.evidence().inputs().unreadableBehind();
        behind.ifPresent(one -> console.note(view.nameOf(one.origin()) + ": " + one.phrase()
                + "; this token is not from there, but the Chainloop CLI stops at it"));
        boolean there = used.token().isPresent() || diagnosis.requestsFederated();
        if (!there) {
            console.error(answer.line("`--field`", view));
        }
        JsonReport.Fields report = JsonReport.fields(answer, fields, view);
        console.answer(report.text());
        return ExitCode.of(used.status(), there && report.complete());
    }
}
