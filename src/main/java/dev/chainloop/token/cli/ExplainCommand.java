package dev.chainloop.token.cli;

import dev.chainloop.token.cli.option.AtOption;
import dev.chainloop.token.cli.option.KeyOptions;
import dev.chainloop.token.cli.option.Option;
import dev.chainloop.token.cli.option.OutputOptions;
import dev.chainloop.token.cli.option.Parameters;
import dev.chainloop.token.cli.option.SourceOptions;
import dev.chainloop.token.cli.option.UsageException;
import dev.chainloop.token.diagnosis.Diagnosis;
import dev.chainloop.token.diagnosis.Explanation;
import dev.chainloop.token.diagnosis.MessageMatch;
import dev.chainloop.token.render.Report;
import dev.chainloop.token.render.ViewOptions;
import dev.chainloop.token.source.Hint;
import dev.chainloop.token.source.SourceKind;
import dev.chainloop.token.source.StandardInput;
import dev.chainloop.token.verification.KeyRing;
import dev.chainloop.token.verification.Verifier;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** {@code explain}: what an error message of the Chainloop CLI means for a token. */
final class ExplainCommand implements Command {
    private static final int MAX_BYTES = 8 << 20;

    private final SourceOptions source = SourceOptions.withoutArgument();
    private final KeyOptions key = new KeyOptions();
    private final OutputOptions output = OutputOptions.ofTextAndJson();
    private final AtOption at = new AtOption();
    private final OptionSpec list = Option.named("--list").flag("List every known message and what it means.");
    private final PositionalParamSpec message = SourceOptions.arguments("[MESSAGE...]")
            .description("The message, or a log that contains it; stdin by default.")
            .build();

    @Override
    public Parameters parameters() {
        return new Parameters()
                .argument(message)
                .token(source)
                .key(key)
                .output(output, list)
                .others(at.option());
    }

    @Override
    public ExitCode run(World world, Console console)
            throws UsageException, Request.UnreadableKeyException, Console.OutputException {
        Request request = Request.of(source, at, output, world);
        ViewOptions view = request.view();
        Report report = request.format().report();
        Optional<Verifier> verifier = key.verifierIfAny(new KeyRing(world.environment(), world.stdin(), console), view);
        if (Option.isSet(list)) {
            console.answer(Objects.requireNonNull(report.messages(view)));
            return ExitCode.OK;
        }
        @Nullable List<String> words = message.getValue();
        boolean given = words != null && !words.equals(List.of("-"));
        if (!given && request.source().only().equals(Optional.of(SourceKind.STDIN))) {
            throw new UsageException(
                    "the message and the token cannot both come from stdin; give the message as an argument");
        }
        if (!given && verifier.isPresent() && verifier.get().readsStdin()) {
            throw new UsageException(
                    "the message and the key cannot both come from stdin; give the message as an argument");
        }
        String text = given ? String.join(" ", words) : fromStdin(world, console);
        World rest = given ? world : world.withStdin(StandardInput.taken());

        Diagnosis diagnosis = request.inspect(rest, verifier, console);
        Commentary commentary = new Commentary(diagnosis, view, console);
        commentary.removed();
        commentary.fault();
        List<MessageMatch> matches = MessageMatch.findAll(text);
        Optional<Explanation> explanation =
                matches.isEmpty() ? Optional.empty() : Optional.of(Explanation.of(diagnosis, matches));
        boolean empty = text.isBlank();
        if (MessageMatch.hasToken(text)) {
            console.note(
                    matches.isEmpty()
                            ? "the text contains a token; `chainloop-token inspect` reads tokens"
                            : "the text contains a token; `chainloop-token mask` removes tokens from a log before"
                                    + " you share it");
        }
        List<String> nearest = matches.isEmpty() ? MessageMatch.nearest(text) : List.of();
        Report.Explained explained = new Report.Explained(explanation, empty, nearest, diagnosis);
        console.answer(Objects.requireNonNull(report.explanation(explained, view)));
        return explanation.isPresent() || empty ? ExitCode.OK : ExitCode.NEGATIVE;
    }

    private String fromStdin(World world, Console console) throws UsageException {
        @Nullable List<String> words = message.getValue();
        if (words == null && world.stdin().kind() == StandardInput.Kind.TERMINAL) {
            throw new UsageException("there is no message: give it as an argument, or on stdin");
        }
        if (world.stdin().kind() == StandardInput.Kind.CLOSED) {
            return ""; // Descriptor 0 may be a file of the JVM's own.
        }
        Hint hint = Hint.after(console, "waiting for the message on stdin; it can also be given as an argument");
        try {
            byte[] bytes = world.stdin().stream().readNBytes(MAX_BYTES + 1);
            if (bytes.length > MAX_BYTES) {
                console.note("the message is longer than " + (MAX_BYTES >> 20) + " MiB; the rest was not read");
            }
            return new String(bytes, 0, Math.min(bytes.length, MAX_BYTES), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UsageException("the message cannot be read from stdin");
        } finally {
            hint.end();
        }
    }

    @Override
    public List<String> examples() {
        return List.of(
                "chainloop att init 2>err.log || chainloop-token explain <err.log",
                "chainloop-token explain \"issuer not found: cp.chainloop\"",
                "chainloop-token explain --list");
    }

    @Override
    public ExitMeanings exits() {
        return new ExitMeanings(
                "the message is known, or there was nothing to explain",
                "the message is unknown",
                "",
                "the key cannot be read");
    }
}
