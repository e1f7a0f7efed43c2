package dev.chainloop.token.cli;

import dev.chainloop.token.cli.option.Options;
import dev.chainloop.token.cli.option.OutputOptions;
import dev.chainloop.token.cli.option.SourceOptions;
import dev.chainloop.token.cli.option.UsageException;
import dev.chainloop.token.core.Fingerprint;
import dev.chainloop.token.diagnosis.Diagnosis;
import dev.chainloop.token.diagnosis.Evidence;
import dev.chainloop.token.explain.Explanation;
import dev.chainloop.token.explain.MessageSearch;
import dev.chainloop.token.io.Descriptor;
import dev.chainloop.token.render.Answer;
import dev.chainloop.token.render.OutputFormat;
import dev.chainloop.token.render.ViewOptions;
import dev.chainloop.token.scan.TokenScanner;
import dev.chainloop.token.source.SourceKind;
import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** {@code explain}: what an error message of the Chainloop CLI means for a token. */
final class ExplainCommand implements Command {
    private final SourceOptions source = new SourceOptions(false);
    private final OutputOptions output = new OutputOptions(OutputFormat.TEXT, OutputFormat.JSON);
    private final OptionSpec list = Options.flag("List every known message and what it means.", "--list");
    private final PositionalParamSpec message = Options.arguments(
                    "[MESSAGE…]", "The message, or a log that contains it; stdin by default.")
            .build();

    @Override
    public void describe(CommandSpec spec) {
        spec.addPositional(message);
        Options.group(spec, "Which token", List.of(source.token, source.source, source.config));
        Options.group(
                spec,
                "Output",
                List.of(output.format, output.redact, output.all, list, output.in, output.color, output.at));
        spec.usageMessage()
                .description(
                        "chainloop … 2>err.log || { chainloop-token explain <err.log; false; }",
                        "chainloop-token explain \"issuer not found: cp.chainloop\"",
                        "chainloop-token explain --list")
                .exitCodeList(ExitCode.meanings(
                        "the message, or at least its topic, is known; or there was nothing to explain",
                        "the message is unknown"));
    }

    @Override
    public ExitCode run(World world, Console console) throws UsageException, Console.OutputException {
        Request request = Request.of(source, false, output, world);
        ViewOptions view = request.view();
        if (Options.isSet(list)) {
            if (message.getValue() != null) {
                throw new UsageException("--list takes no message: it lists all known ones");
            }
            console.answer(request.format().messages(view));
            return ExitCode.OK;
        }
        @Nullable List<String> words = message.getValue();
        boolean given = words != null && !words.equals(List.of("-"));
        if (!given && request.source().only().equals(Optional.of(SourceKind.STDIN))) {
            throw new UsageException(
                    "the message and the token cannot both come from stdin; pass the message as an argument");
        }
        if (words == null && world.stdin().kind() == Descriptor.Kind.TERMINAL) {
            throw new UsageException(
                    "there is no message: pass it as an argument or through a pipe, or run `explain -` and paste it");
        }
        Excerpt excerpt;
        try {
            excerpt = Excerpt.of(
                    given
                            ? new ByteArrayInputStream(String.join(" ", words).getBytes(StandardCharsets.UTF_8))
                            : world.stdin().open("the message", console));
        } catch (IOException e) {
            throw new UsageException("the message cannot be read from stdin");
        }
        MessageSearch search = new MessageSearch(excerpt.text());
        boolean word = given && words.size() == 1;
        if (word && search.match().isEmpty() && new File(words.get(0)).isFile()) {
            throw new UsageException(
                    "this is the name of a file, not a message; to explain its content, run `chainloop-token"
                            + " explain <FILE`");
        }
        if (word && search.layer().isEmpty() && words.get(0).matches("[\\w./~-]*[./][\\w./-]+")) {
            throw new UsageException(
                    "there is no such file; to explain what a file holds, run `chainloop-token explain <FILE`");
        }
        if (excerpt.skipped() > 0) {
            console.note("the text is long: " + (excerpt.skipped() + 1023) / 1024
                    + " KiB in its middle were not read; if the error is there, pass it by itself");
        }
        Evidence evidence = request.read(given ? world : world.withoutStdin(), console);
        Explanation explanation = Explanation.of(search, Diagnosis.of(evidence), request.place());
        List<String> tokens = excerpt.text().contains("eyJ") ? TokenScanner.find(excerpt.text()) : List.of();
        if (!tokens.isEmpty()) { // Others may have read it there.
            console.note("the text contains a token, " + Fingerprint.of(tokens.get(0))
                    + "; `chainloop-token help leak` says what to do");
        }
        request.answer(Answer.explained(explanation, view), console);
        return explanation.layer().isPresent() || search.isBlank() ? ExitCode.OK : ExitCode.NEGATIVE;
    }

    /**
     * The part of a text that is searched: all of a short text; of a long one, the head, which tells where it is from, and the tail,
     * which tells why the command failed.
     *
     * @param skipped how many bytes were left out
     */
    record Excerpt(String text, long skipped) {
        /** The number of bytes of the head, and the least number of the tail. */
        private static final int PART = 1 << 20;

        /** Reads a text to its end. */
        static Excerpt of(InputStream in) throws IOException {
            byte[] head = in.readNBytes(PART);
            byte[] before = {};
            byte[] last = {};
            long skipped = 0;
            // Stops at a short read, because a terminal that was read to its end would be read again.
            for (int filled = head.length; filled == PART; filled = last.length) {
                skipped += before.length;
                before = last;
                last = in.readNBytes(PART);
            }
            String tail = text(before) + text(last);
            // A line that began in the part left out is dropped, because nobody knows its level.
            return new Excerpt(
                    text(head) + (skipped == 0 ? tail : "\n" + tail.substring(tail.indexOf('\n') + 1)), skipped);
        }

        private static String text(byte[] bytes) {
            return new String(bytes, StandardCharsets.UTF_8);
        }
    }
}
