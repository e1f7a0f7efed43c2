package dev.chainloop.token.cli;

import dev.chainloop.token.check.Check;
import dev.chainloop.token.check.Expectations;
import dev.chainloop.token.cli.option.Converter;
import dev.chainloop.token.cli.option.Options;
import dev.chainloop.token.cli.option.OutputOptions;
import dev.chainloop.token.cli.option.SourceOptions;
import dev.chainloop.token.cli.option.UsageException;
import dev.chainloop.token.core.Audience;
import dev.chainloop.token.diagnosis.Diagnosis;
import dev.chainloop.token.diagnosis.Evidence;
import dev.chainloop.token.diagnosis.Fault;
import dev.chainloop.token.diagnosis.Finding;
import dev.chainloop.token.diagnosis.Severity;
import dev.chainloop.token.io.StandardInput;
import dev.chainloop.token.render.Answer;
import dev.chainloop.token.render.JsonReport;
import dev.chainloop.token.render.OutputFormat;
import dev.chainloop.token.render.ViewOptions;
import dev.chainloop.token.source.SourceKind;
import dev.chainloop.token.verification.KeySet;
import java.security.KeyException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/**
 * {@code check} and {@code verify}: gates for a pipeline. {@code check} asks whether a token will do, {@code verify} first
 * of all whether a key signed it.
 */
final class CheckCommand implements Command {
    private static final List<Audience> KINDS = List.of(Audience.values());

    private final boolean verified;
    private final SourceOptions source = new SourceOptions(false);
    private final OutputOptions output = new OutputOptions(OutputFormat.values());
    private final OptionSpec type =
            Options.words("TYPE[,TYPE…]", KINDS, "Require one of these: " + Converter.oneOf(KINDS) + ".", "--type");
    private final OptionSpec org =
            Options.value("NAME|ID", Converter.NAME, "Require an API token of this organization.", "--org");
    private final OptionSpec project =
            Options.value("NAME|ID", Converter.NAME, "Require an API token that works in this project.", "--project");
    private final OptionSpec issuer =
            Options.value("URL", Converter.ISSUER, "Require exactly this issuer.", "--issuer");
    private final OptionSpec least =
            span("Require at least this much time left, such as 30m, 2h or 7d.", "--min-remaining");
    private final OptionSpec most = span("Require that it expires within this time, such as 90d.", "--max-remaining");
    private final OptionSpec warned = span("Pass, but warn if less time is left, such as 14d.", "--warn-remaining");
    private final OptionSpec expiry = Options.flag("Require that the token expires.", "--require-exp");
    private final OptionSpec failOn = Options.word(
            "SEVERITY",
            List.of(Severity.ERROR, Severity.WARNING),
            "Fail on an error (the default), or also on a warning.",
            "--fail-on");
    private final OptionSpec federated =
            Options.flag("Also pass if the job has no token but can request a federated one.", "--allow-federated");
    private final List<OptionSpec> expected =
            List.of(type, org, project, issuer, least, most, warned, expiry, failOn, federated);
    private final List<OptionSpec> keys = List.of(
            key("Use the secret in this file; a final newline is ignored.", KeySet.SECRET_FILE),
            key("Use the PEM key, certificate or JWK in this file.", "--key"),
            key("Use the JWK set in this file.", "--jwks"));

    CheckCommand(boolean verified) {
        this.verified = verified;
    }

    private static OptionSpec span(String help, String name) {
        return Options.value("SPAN", Converter.DURATION, help, name);
    }

    /** No secret is ever an option's value, because other users can see command lines. */
    private static OptionSpec key(String help, String name) {
        return Options.file("FILE|-", Converter.NOT_EMPTY, help, name);
    }

    @Override
    public void describe(CommandSpec spec) {
        spec.addPositional(source.argument);
        List<OptionSpec> shared = new ArrayList<>(List.of(source.token, source.source, source.config));
        shared.addAll(List.of(output.format, output.redact, output.field, output.all));
        UsageMessageSpec usage = spec.usageMessage();
        if (verified) {
            Options.group(spec, "Key", keys);
            Options.explainedBy("inspect", spec, shared);
            Options.explainedBy("check", spec, expected);
            usage.description(
                    "chainloop-token verify --secret-file secret    did this secret sign it?",
                    "chainloop-token verify --key issuer.pem --type federated",
                    "curl -s URL | chainloop-token verify --source env --jwks -");
        } else {
            shared.add(output.in);
            Options.group(spec, "Expectations", expected);
            Options.explainedBy("inspect", spec, shared);
            Options.explainedBy("verify", spec, keys);
            usage.description(
                    "chainloop-token check                            any usable token",
                    "chainloop-token check --type api-token --org acme --min-remaining 30m",
                    "chainloop-token check -o github --type federated");
        }
        usage.exitCodeList(ExitCode.meanings(
                verified
                        ? "the token is genuine, neither expired nor early, and meets every expectation"
                        : "the token meets every expectation",
                verified
                        ? "the token is not genuine, expired, not valid yet or not as expected, or there is none"
                        : "an expectation is not met, or there is no token",
                "the value is not a token",
                "a source or the key cannot be read"));
        Options.group(spec, "Output", List.of(output.quiet, output.color, output.at));
    }

    @Override
    public ExitCode run(World world, Console console) throws UsageException, Console.OutputException {
        Request request = Request.of(source, false, output, world);
        Optional<OptionSpec> key = named();
        Expectations expectations = expectations(key.isPresent());
        String file = key.isPresent() ? key.get().getValue() : "";
        boolean keyed = StandardInput.isNamed(file);
        if (keyed && request.source().only().equals(Optional.of(SourceKind.STDIN))) {
            throw new UsageException(
                    "the key and the token cannot both come from stdin; put the key in a file, or choose another"
                            + " --source");
        }
        Evidence evidence = request.read(keyed ? world.withoutStdin() : world, console);
        if (key.isPresent() && evidence.used().jwt().isPresent()) {
            String option = key.get().longestName();
            try {
                evidence = evidence.verified(KeySet.read(option, file, world.stdin(), console));
            } catch (KeyException e) {
                String what = option + ": " + e.getMessage();
                Finding fault = Finding.error(Fault.KEY_UNREADABLE, what, Optional.empty());
                Diagnosis failed = Diagnosis.failed(fault, request.clock().instant());
                Answer answer = Answer.inspected(failed, request.view());
                if (request.quiet()) {
                    console.error(answer.line("`-q`", request.view()));
                }
                request.answer(answer, console);
                return ExitCode.UNREADABLE;
            }
        }
        return answer(expectations.warn(Diagnosis.of(evidence)), expectations, request, console);
    }

    /** The option that names the key, if any does; to verify, one must. */
    private Optional<OptionSpec> named() throws UsageException {
        Optional<OptionSpec> key = Optional.empty();
        for (OptionSpec one : keys) {
            boolean given = Options.value(one).isPresent();
            if (given && key.isPresent()) {
                throw new UsageException(key.get().longestName() + " and " + one.longestName()
                        + " cannot be used together: use only one key");
            }
            key = given ? Optional.of(one) : key;
        }
        if (verified && key.isEmpty()) {
            throw new UsageException(
                    "there is no key to verify the signature with; add --secret-file, --key or --jwks");
        }
        return key;
    }

    private Expectations expectations(boolean genuine) throws UsageException {
        Expectations expectations = new Expectations(
                genuine,
                Options.<Set<Audience>>value(type).orElse(Set.of()),
                Options.value(org),
                Options.value(project),
                Options.value(issuer),
                Options.value(least),
                Options.value(most),
                Options.value(warned),
                Options.isSet(expiry),
                Options.<Severity>value(failOn).orElse(Severity.ERROR),
                Options.isSet(federated));
        Optional<String> contradiction = expectations.contradiction();
        if (contradiction.isPresent()) {
            throw new UsageException(contradiction.get());
        }
        return expectations;
    }

    private ExitCode answer(Diagnosis diagnosis, Expectations expectations, Request request, Console console)
            throws UsageException, Console.OutputException {
        Check.Result result = Check.of(diagnosis, expectations);
        ViewOptions view = request.view();
        Answer answer = Answer.checked(diagnosis, result, view);
        List<String> fields = output.fields();
        boolean passed = result.passed();
        // Without an answer, users would have to guess why a loop ended.
        if ((request.quiet() || !fields.isEmpty()) && answer.severity() != Severity.INFO) {
            console.tell((passed ? "warning: " : "error: ") + answer.line("`-q`", view));
        }
        if (!fields.isEmpty()) {
            JsonReport.Fields report = JsonReport.fields(answer, fields, view);
            console.answer(request.quiet() ? "" : report.text());
            passed &= report.complete();
        } else if (!request.quiet() || request.format() != OutputFormat.TEXT) {
            request.answer(answer, console);
        }
        return ExitCode.of(diagnosis.used().status(), passed);
    }
}
