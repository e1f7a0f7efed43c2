package dev.chainloop.token.cli;

import dev.chainloop.token.check.Check;
import dev.chainloop.token.check.Expectations;
import dev.chainloop.token.cli.option.CheckOptions;
import dev.chainloop.token.cli.option.Options;
import dev.chainloop.token.cli.option.OutputOptions;
import dev.chainloop.token.cli.option.SourceOptions;
import dev.chainloop.token.cli.option.UsageException;
import dev.chainloop.token.diagnosis.Diagnosis;
import dev.chainloop.token.diagnosis.Fault;
import dev.chainloop.token.diagnosis.Inspector;
import dev.chainloop.token.io.StandardInput;
import dev.chainloop.token.render.Answer;
import dev.chainloop.token.render.FieldReport;
import dev.chainloop.token.render.OutputFormat;
import dev.chainloop.token.source.SourceKind;
import dev.chainloop.token.verification.KeyException;
import dev.chainloop.token.verification.Verifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * {@code check} and {@code verify}: gates for a pipeline. {@code check} asks whether a token will do, {@code verify} first
 * of all whether a key signed it.
 */
final class CheckCommand implements Command {
    private static final String[] CHECK_EXAMPLES = {
        "chainloop-token check                            any usable token",
        "chainloop-token check --type api-token --org acme --min-remaining 30m",
        "chainloop-token check -o github --type federated"
    };
    private static final String[] VERIFY_EXAMPLES = {
        "chainloop-token verify --secret-file secret    signed with this secret?",
        "chainloop-token verify --key issuer.pem --type federated",
        "curl -s URL | chainloop-token verify --source env --jwks -"
    };

    private final boolean verified;
    private final SourceOptions source = new SourceOptions(false);
    private final OutputOptions output = new OutputOptions(OutputFormat.values());
    private final CheckOptions required;

    CheckCommand(boolean verified) {
        this.verified = verified;
        this.required = new CheckOptions(verified);
    }

    @Override
    public void describe(CommandSpec spec) {
        spec.addPositional(source.argument);
        List<OptionSpec> shared = new ArrayList<>(List.of(source.token, source.source, source.config));
        shared.addAll(List.of(output.format, output.redact, output.field, output.all));
        if (verified) {
            Options.group(spec, "Key", required.keys());
            Options.explainedBy("inspect", spec, shared);
            Options.explainedBy("check", spec, required.options());
        } else {
            shared.add(output.in);
            Options.group(spec, "Expectations", required.options());
            Options.explainedBy("inspect", spec, shared);
            Options.explainedBy("verify", spec, required.keys());
        }
        Options.group(spec, "Output", List.of(output.quiet));
        spec.addOption(output.color).addOption(output.at);
        spec.usageMessage()
                .description(verified ? VERIFY_EXAMPLES : CHECK_EXAMPLES)
                .exitCodeList(ExitCode.meanings(
                        "the token " + (verified ? "is genuine, valid in time, and " : "") + "meets every expectation",
                        verified
                                ? "the token is not genuine, not valid in time, or not as expected, or there is none"
                                : "an expectation is not met, or there is no token",
                        "the value is not a token",
                        "a source or the key cannot be read"));
    }

    @Override
    public ExitCode run(World world, Console console) throws UsageException, Console.OutputException {
        Request request = Request.of(source, output, world);
        Optional<Verifier> verifier = required.key().map(one -> new Verifier(one, world.stdin(), console));
        Expectations expectations = required.expectations(verifier.isPresent());
        World rest = verifier.isPresent() && verifier.get().readsStdin() ? withoutStdin(world, request) : world;
        Diagnosis diagnosis = output.placed(request.judge(rest, console));
        if (verifier.isPresent()) {
            try {
                diagnosis = Inspector.verify(diagnosis, verifier.get());
            } catch (KeyException e) {
                Fault fault = new Fault("key-unreadable", verifier.get().option() + ": " + e.what(), e.remedy());
                Diagnosis failed = Diagnosis.failed(fault, request.clock().instant());
                if (output.isQuiet()) {
                    request.tellErrors(failed, Check.of(failed, expectations), console);
                }
                request.answer(Answer.inspected(failed, request.view()), output.isQuiet(), console);
                return ExitCode.UNREADABLE;
            }
        }
        return answer(expectations.warn(diagnosis), expectations, request, console);
    }

    /** The key is read from standard input, so the token is not. */
    private static World withoutStdin(World world, Request request) throws UsageException {
        if (request.source().only().equals(Optional.of(SourceKind.STDIN))) {
            throw new UsageException(
                    "the key and the token cannot both come from stdin; give the key in a file, or name another source");
        }
        return world.withStdin(StandardInput.empty());
    }

    private ExitCode answer(Diagnosis diagnosis, Expectations expectations, Request request, Console console)
            throws UsageException, Console.OutputException {
        Check.Result result = Check.of(diagnosis, expectations);
        boolean silent = output.isQuiet();
        List<String> fields = output.fields();
        if (silent || !fields.isEmpty()) {
            // Without an answer, users would have to guess why a loop ended.
            if (!result.passed()) {
                request.tellErrors(diagnosis, result, console);
            }
            expectations
                    .warning(diagnosis, result.others())
                    .ifPresent(one -> console.tell("warning: " + one.message()));
        }
        boolean passed = result.passed();
        if (fields.isEmpty() && !(silent && request.format().isDefault())) {
            Answer answer =
                    Answer.checked(diagnosis, result, Check.plan(diagnosis, expectations, result), request.view());
            request.answer(answer, silent, console);
        } else if (!silent) {
            FieldReport report = FieldReport.render(diagnosis, fields, request.view());
            console.answer(report.text());
            passed &= report.complete();
        }
        return ExitCode.of(diagnosis.inspection().status(), passed);
    }
}
