package dev.chainloop.token.cli;

import dev.chainloop.token.check.Check;
import dev.chainloop.token.check.Expectations;
import dev.chainloop.token.cli.option.CheckOptions;
import dev.chainloop.token.cli.option.CommandModel;
import dev.chainloop.token.cli.option.OutputOptions;
import dev.chainloop.token.cli.option.PlaceOption;
import dev.chainloop.token.cli.option.SourceOptions;
import dev.chainloop.token.cli.option.UsageException;
import dev.chainloop.token.diagnosis.Diagnosis;
import dev.chainloop.token.diagnosis.Fault;
import dev.chainloop.token.diagnosis.Inspector;
import dev.chainloop.token.io.StandardInput;
import dev.chainloop.token.render.FieldReport;
import dev.chainloop.token.render.PlanReport;
import dev.chainloop.token.render.Report;
import dev.chainloop.token.source.SourceKind;
import dev.chainloop.token.verification.KeyException;
import dev.chainloop.token.verification.Verifier;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.OptionSpec;

/**
 * {@code check} and {@code verify}: gates for a pipeline. {@code check} asks whether a token will do, {@code verify} first
 * of all whether a key signed it.
 */
final class CheckCommand implements Command {
    private static final OptionSpec[] NONE = {};

    private final boolean verified;
    private final SourceOptions source;
    private final OutputOptions output =
            OutputOptions.ofEveryFormat().withQuiet().withFields();
    private final PlaceOption place = new PlaceOption();
    private final CheckOptions required;

    CheckCommand(boolean verified) {
        this.verified = verified;
        this.source = verified ? SourceOptions.ofOneSource() : SourceOptions.ofOneOrMany();
        this.required = new CheckOptions(verified);
    }

    @Override
    public void describe(CommandModel model) {
        model.token(source)
                .group("Key", required.keys(), verified ? "" : "verify")
                .group("Expectations", required.options(), verified ? "check" : "")
                .output(output, verified ? NONE : new OptionSpec[] {place.spec()})
                .sharing("inspect")
                .examples(
                        verified
                                ? List.of(
                                        "chainloop-token verify --secret-file secret    signed with this secret?",
                                        "chainloop-token verify --key issuer.pem --type federated",
                                        "curl -s $CI_SERVER_URL/oauth/discovery/keys | chainloop-token verify --jwks -")
                                : List.of(
                                        "chainloop-token check                            any usable token",
                                        "chainloop-token check --type api-token --org acme --min-remaining 30m",
                                        "chainloop-token check -o github --type federated"))
                .exits(ExitCode.meanings(
                        "the token " + (verified ? "is genuine, valid in time, and " : "") + "meets every expectation",
                        verified
                                ? "the token is not genuine, not valid in time, or not as expected, or there is none"
                                : "an expectation is not met, or there is no token",
                        "the token is not a JWT",
                        "a source or the key cannot be read"));
    }

    @Override
    public ExitCode run(World world, Console console) throws UsageException, Console.OutputException {
        Request request = Request.of(source, output, world);
        Optional<Verifier> verifier =
                required.key(request.view()).map(one -> new Verifier(one, world.environment(), world.stdin(), console));
        Expectations expectations = required.expectations(verifier.isPresent());
        boolean silent = output.isQuiet();
        List<String> fields = output.fields();

        if (source.isOfLines()) {
            Report.LineReport report = source.lines(request.source(), request.format(), request.view());
            if (!fields.isEmpty()) {
                throw new UsageException("--field and --lines cannot be used together here; `inspect` takes both");
            }
            if (verifier.isPresent()) {
                throw new UsageException("--lines and " + verifier.get().option() + " cannot be used together");
            }
            return new TokenLines(
                            world, console, request.clock(), request.view().redact(), silent)
                    .run(true, (number, found) -> {
                        Diagnosis diagnosis = expectations.warn(found);
                        Check.Result result = Check.of(diagnosis, expectations);
                        byte[] line = silent ? new byte[0] : report.line(number, diagnosis, Optional.of(result));
                        return new TokenLines.Line(line, result.passed());
                    });
        }
        World rest = verifier.isPresent() && verifier.get().readsStdin() ? withoutStdin(world, request) : world;
        Diagnosis diagnosis = place.of(request.inspect(rest, console));
        if (verifier.isPresent()) {
            try {
                diagnosis = Inspector.verify(diagnosis, verifier.get());
            } catch (KeyException e) {
                Fault fault = new Fault("key-unreadable", verifier.get().option() + ": " + e.what(), e.remedy());
                console.error(fault);
                Diagnosis failed = Diagnosis.failed(fault, request.clock().instant());
                Report.Subject subject = Report.Subject.inspected(failed, false);
                console.answer(request.format().report().render(subject, request.view()), silent);
                return ExitCode.UNREADABLE;
            }
        }
        diagnosis = expectations.warn(diagnosis);
        return answer(diagnosis, expectations, request, console);
    }

    /** The key is read from standard input, so the token is not. */
    private static World withoutStdin(World world, Request request) throws UsageException {
        if (request.source().only().equals(Optional.of(SourceKind.STDIN))) {
            throw new UsageException(
                    "the key and the token cannot both come from stdin; give the key in a file, or name another source");
        }
        return world.withStdin(StandardInput.taken());
    }

    private ExitCode answer(Diagnosis diagnosis, Expectations expectations, Request request, Console console)
            throws UsageException, Console.OutputException {
        Check.Result result = Check.of(diagnosis, expectations);
        boolean silent = output.isQuiet();
        List<String> fields = output.fields();
        request.comment(diagnosis, silent, console);
        if ((silent || !fields.isEmpty()) && diagnosis.inspection().fault() == null) {
            // Without an answer, users would have to guess why a loop ended.
            for (Check.Failure failure : result.failures()) {
                console.error(failure.message(), "");
            }
            expectations
                    .warning(diagnosis, result.others())
                    .ifPresent(one -> console.tell("warning: " + one.message()));
            if (silent && !result.passed()) {
                console.raw(PlanReport.text(result.plan(), request.view()));
            }
        }
        ExitCode status = ExitCode.of(diagnosis.inspection().status());
        if (!fields.isEmpty() && !silent) {
            FieldReport report = FieldReport.render(diagnosis, fields, request.view());
            console.answer(report.text());
            return status == ExitCode.OK && !(result.passed() && report.complete()) ? ExitCode.NEGATIVE : status;
        }
        Report.Subject subject = Report.Subject.checked(diagnosis, result, verified);
        console.answer(request.format().report().render(subject, request.view()), silent);
        if (status == ExitCode.MALFORMED || status == ExitCode.UNREADABLE) {
            return status;
        }
        return result.passed() ? ExitCode.OK : ExitCode.NEGATIVE;
    }
}
