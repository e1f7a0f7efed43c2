package dev.chainloop.token.cli;

import dev.chainloop.token.advice.ShellWord;
import dev.chainloop.token.cli.option.CommandModel;
import dev.chainloop.token.cli.option.Option;
import dev.chainloop.token.cli.option.OutputOptions;
import dev.chainloop.token.cli.option.PlaceOption;
import dev.chainloop.token.cli.option.SourceOptions;
import dev.chainloop.token.cli.option.UsageException;
import dev.chainloop.token.diagnosis.Diagnosis;
import dev.chainloop.token.diagnosis.Inspector;
import dev.chainloop.token.explain.Explanation;
import dev.chainloop.token.explain.MessageMatch;
import dev.chainloop.token.explain.MessageSearch;
import dev.chainloop.token.io.Descriptor;
import dev.chainloop.token.io.Hint;
import dev.chainloop.token.io.InputBuffer;
import dev.chainloop.token.io.StandardInput;
import dev.chainloop.token.render.Report;
import dev.chainloop.token.render.ViewOptions;
import dev.chainloop.token.source.SourceKind;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** {@code explain}: what an error message of the Chainloop CLI means for a token. */
final class ExplainCommand implements Command {
    /** How much of a log is searched at once. */
    private static final int PART = 1 << 20;

    /** The head of a log tells which CI system wrote it and which token was sent, its tail why the job failed. */
    private static final int HEAD = 1 << 20;

    private static final int TAIL = 8 << 20;

    /** With so much, what is between them is dropped, before the buffer grows beyond 16 MiB. */
    private static final int FULL = (16 << 20) - InputBuffer.CHUNK;

    private static final int LONGEST_MESSAGE = 1 << 10;

    private final SourceOptions source = SourceOptions.withoutArgument();
    private final OutputOptions output = OutputOptions.ofTextAndJson();
    private final PlaceOption place = new PlaceOption();
    private final OptionSpec list = Option.named("--list").flag("List every known message and what it means.");
    private final PositionalParamSpec message = Option.arguments("[MESSAGE…]")
            .description("The message, or a log that contains it; stdin by default.")
            .build();

    @Override
    public void describe(CommandModel model) {
        model.argument(message)
                .token(source)
                .output(output, list, place.spec())
                .examples(List.of(
                        "chainloop att init 2>err.log || chainloop-token explain <err.log",
                        "chainloop-token explain \"issuer not found: cp.chainloop\"",
                        "chainloop-token explain --list"))
                .exits(ExitCode.meanings(
                        "the message is known, or there was nothing to explain", "the message is unknown"));
    }

    @Override
    public ExitCode run(World world, Console console) throws UsageException, Console.OutputException {
        Request request = Request.of(source, output, world);
        ViewOptions view = request.view();
        Report report = request.format().report();
        if (Option.isSet(list)) {
            console.answer(report.messages(view));
            return ExitCode.OK;
        }
        @Nullable List<String> words = message.getValue();
        boolean given = words != null && !words.equals(List.of("-"));
        if (!given && request.source().only().equals(Optional.of(SourceKind.STDIN))) {
            throw new UsageException(
                    "the message and the token cannot both come from stdin; give the message as an argument");
        }
        MessageSearch search = new MessageSearch();
        if (given) {
            search.add(String.join(" ", words));
            if (search.matches().isEmpty() && words.size() == 1 && new File(words.get(0)).isFile()) {
                String file = words.get(0);
                String word = ShellWord.isPasteable(file) ? ShellWord.of(file) : "FILE";
                return mistaken("this is a file, not a message", "chainloop-token explain <" + word, console);
            }
        } else {
            addStdin(search, world, console);
        }
        World rest = given ? world : world.withStdin(StandardInput.taken());

        Diagnosis all = place.of(request.inspect(rest, console));
        Diagnosis diagnosis = search.ignored()
                .filter(all.inspection()::isFrom)
                .map(kind -> Inspector.without(all, kind))
                .orElse(all);
        request.remark(diagnosis, false, console);
        List<MessageMatch> matches = search.matches();
        Optional<Explanation> explanation =
                matches.isEmpty() ? Optional.empty() : Optional.of(Explanation.of(diagnosis, search.arose(), matches));
        boolean empty = search.isBlank();
        if (search.hasToken()) {
            console.note(
                    matches.isEmpty()
                            ? "the text contains a token; `chainloop-token inspect` reads tokens"
                            : "the text contains a token; `chainloop-token mask` removes tokens from a log before"
                                    + " you share it");
        }
        console.answer(report.explanation(new Report.Explained(explanation, empty, diagnosis), view));
        return explanation.isPresent() || empty ? ExitCode.OK : ExitCode.NEGATIVE;
    }

    /** The known message in a text, without what else is in it. */
    static Optional<String> message(String text) {
        MessageSearch search = new MessageSearch();
        search.add(text);
        return search.matches().stream().map(MessageMatch::title).findFirst();
    }

    /** Names the command that was meant. */
    static ExitCode mistaken(String what, String command, Console console) {
        console.raw("error: " + what + ".\n\nWhat to do\n  Have it explained:\n    " + command + "\n");
        return ExitCode.USAGE;
    }

    private void addStdin(MessageSearch search, World world, Console console) throws UsageException {
        @Nullable List<String> words = message.getValue();
        if (words == null && world.stdin().kind() == Descriptor.Kind.TERMINAL) {
            throw new UsageException("there is no message: give it as an argument, or on stdin");
        }
        if (world.stdin().kind() == Descriptor.Kind.CLOSED) {
            return; // Descriptor 0 may be a file of the JVM's own.
        }
        Progress progress = new Progress(world, console, false);
        Hint hint = Hint.after(progress, "waiting for the message on stdin; it can also be given as an argument");
        try (progress) {
            InputBuffer log = new InputBuffer();
            long skipped = 0;
            int before = 0;
            for (; log.read(world.stdin().stream()); before = log.filled()) {
                hint.end();
                progress.add(log.filled() - before);
                if (log.filled() > FULL) {
                    skipped += log.filled() - TAIL - HEAD;
                    log.drop(HEAD, log.filled() - TAIL);
                }
            }
            if (skipped == 0 && log.filled() <= HEAD + TAIL) {
                addParts(search, log, 0, log.filled());
                return;
            }
            int tail = log.filled() - TAIL;
            int end = log.endOfLines(0, HEAD);
            int start = log.endOfLine(tail, tail + PART);
            addParts(search, log, 0, end);
            addParts(search, log, start, log.filled());
            progress.note("the log is long: only its first MiB and its last 8 MiB were searched; "
                    + Progress.size(skipped + start - end + 1023) + " between them were skipped");
        } catch (IOException e) {
            throw new UsageException("the message cannot be read from stdin");
        } finally {
            hint.end();
        }
    }

    /** Adds a text in parts of whole lines. Where there are none, the end of a part is searched again with what follows. */
    private static void addParts(MessageSearch search, InputBuffer log, int from, int to) {
        for (int start = from; start < to; ) {
            int end = to - start > PART ? log.endOfLines(start, start + PART) : to;
            search.add(new String(log.bytes(), start, end - start, StandardCharsets.UTF_8));
            start = end == to || log.bytes()[end - 1] == '\n' ? end : end - LONGEST_MESSAGE;
        }
    }
}
