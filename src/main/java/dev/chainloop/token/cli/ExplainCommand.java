package dev.chainloop.token.cli;

import dev.chainloop.token.diagnosis.Diagnosis;
import dev.chainloop.token.diagnosis.Explainer;
import dev.chainloop.token.diagnosis.Explanation;
import dev.chainloop.token.diagnosis.MessageMatch;
import dev.chainloop.token.render.ExplainReport;
import dev.chainloop.token.render.OutputFormat;
import dev.chainloop.token.render.View;
import dev.chainloop.token.source.SourceKind;
import dev.chainloop.token.source.SourceRequest;
import dev.chainloop.token.source.StandardInput;
import dev.chainloop.token.verification.Verifier;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** {@code explain}: what an error message of the Chainloop CLI means for the token at hand. */
final class ExplainCommand implements Command {
    private static final int MAX_BYTES = 8 << 20;

    private final SourceOptions source = SourceOptions.withoutArgument();
    private final KeyOptions key = new KeyOptions();
    private final OutputOptions output = OutputOptions.ofTextAndJson();
    private final AtOption at = new AtOption();
    private final OptionSpec list =
            Option.named("--list").flag("Print every message that is known, and what it means.");
    private final PositionalParamSpec message = PositionalParamSpec.builder()
            .type(List.class)
            .auxiliaryTypes(String.class)
            .arity("0..*")
            .paramLabel("[MESSAGE...]")
            .hideParamSyntax(true)
            .description("The message, or a log with it; without it stdin is read.")
            .build();

    @Override
    public CommandSpec spec() {
        CommandSpec spec = CommandSpec.create();
        spec.addPositional(message).addOption(list);
        source.addTo(spec);
        key.addTo(spec);
        output.addTo(spec);
        at.addTo(spec);
        return spec;
    }

    @Override
    public OutputOptions output() {
        return output;
    }

    @Override
    public ExitCode run(World world, Console console)
            throws UsageException, UnreadableKeyException, Console.OutputException {
        View view = output.view(world);
        OutputFormat format = output.format();
        SourceRequest request = source.request();
        Optional<Verifier> verifier = key.verifierIfAny(world, view);
        Instant now = at.read(world.clock());
        if (Option.isSet(list)) {
            console.answer(
                    format == OutputFormat.JSON ? ExplainReport.renderJsonList() : ExplainReport.renderList(view));
            return ExitCode.OK;
        }
        @Nullable List<String> words = message.getValue();
        boolean given = words != null && !words.equals(List.of("-"));
        if (!given && request.only().equals(Optional.of(SourceKind.STDIN))) {
            throw new UsageException(
                    "the message and the token cannot both come from stdin; give the message as an argument");
        }
        String text = given ? String.join(" ", words) : fromStdin(world);
        World rest = given ? world : world.withStdin(new NoInput());

        Examination examination = Examination.of(request, now, view, rest, console);
        if (verifier.isPresent()) {
            examination = examination.judgedBy(verifier.get());
        }
        Diagnosis diagnosis = examination.diagnosis();
        examination.tellRemoved(view, console);
        examination.tellFault(view, console);
        List<MessageMatch> matches = MessageMatch.findAll(text);
        Optional<Explanation> explanation =
                matches.isEmpty() ? Optional.empty() : Optional.of(Explainer.explain(diagnosis, matches));
        boolean empty = text.isBlank();
        if (format == OutputFormat.JSON) {
            console.answer(ExplainReport.renderJson(explanation, diagnosis, view));
        } else if (explanation.isPresent()) {
            console.answer(ExplainReport.render(explanation.get(), diagnosis, view));
        } else {
            console.answer(ExplainReport.renderUnknown(empty, diagnosis, view));
        }
        return explanation.isPresent() || empty ? ExitCode.OK : ExitCode.NIL;
    }

    private String fromStdin(World world) throws UsageException {
        @Nullable List<String> words = message.getValue();
        if (words == null && world.stdin().kind() == StandardInput.Kind.TERMINAL) {
            throw new UsageException("there is no message: give it as an argument, or on stdin");
        }
        if (world.stdin().kind() == StandardInput.Kind.CLOSED) {
            return ""; // Descriptor 0 may be a file of the JVM's own.
        }
        try {
            return new String(world.stdin().stream().readNBytes(MAX_BYTES), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UsageException("the message cannot be read from stdin");
        }
    }

    /** Stdin has given the message already. */
    private static final class NoInput implements StandardInput {
        @Override
        public Kind kind() {
            return Kind.OTHER;
        }

        @Override
        public InputStream stream() {
            return InputStream.nullInputStream();
        }
    }

    @Override
    public List<OptionGroup> groups() {
        return List.of(OptionGroup.ofToken(source), OptionGroup.ofKey(key), OptionGroup.ofOutput(output, list));
    }

    @Override
    public List<String> examples() {
        return List.of(
                "chainloop att init 2>err.log || chainloop-token explain <err.log",
                "chainloop-token explain \"issuer not found: cp.chainloop\"",
                "chainloop-token explain --list");
    }

    @Override
    public Exits exits() {
        return new Exits(
                "the message is known, or there was nothing to explain",
                "the message is unknown",
                "",
                "the key cannot be read");
    }
}
