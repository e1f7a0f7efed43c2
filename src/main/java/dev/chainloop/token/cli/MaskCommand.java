package dev.chainloop.token.cli;

import dev.chainloop.token.cli.mask.FileWalk;
import dev.chainloop.token.cli.mask.FileWalk.StoppedException;
import dev.chainloop.token.cli.mask.MaskedStream;
import dev.chainloop.token.cli.option.CommandModel;
import dev.chainloop.token.cli.option.Option;
import dev.chainloop.token.cli.option.OutputOptions;
import dev.chainloop.token.cli.option.UsageException;
import dev.chainloop.token.io.Descriptor;
import dev.chainloop.token.io.Hint;
import dev.chainloop.token.io.StandardInput;
import dev.chainloop.token.render.Leak;
import dev.chainloop.token.render.Mask;
import dev.chainloop.token.render.OutputFormat;
import dev.chainloop.token.render.ViewOptions;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** {@code mask}: masks the tokens in logs, or finds tokens in files. */
final class MaskCommand implements Command {
    private static final String STDIN = "-";

    private final PositionalParamSpec files = Option.arguments("[FILE…]")
            .description("The files to read; stdin by default, or for -.")
            .build();
    private final OptionSpec report = Option.named("--report")
            .flag("Only print where tokens are (file:line:column), and exit with 1 if there are any. Also"
                    + " searches folders.");
    private final OptionSpec quiet = Option.named("-q", "--quiet").flag("Print no progress and no count on stderr.");
    private final OutputOptions output = OutputOptions.ofLeaks();

    @Override
    public void describe(CommandModel model) {
        model.argument(files)
                .output(output, report, quiet)
                .examples(List.of(
                        "chainloop att init 2>&1 | chainloop-token mask      a log without tokens",
                        "chainloop-token mask build.log >public.log          a file without them",
                        "chainloop-token mask --report .                     any in this folder?"))
                .exits(ExitCode.meanings(
                        "the text was printed; --report: no token was found",
                        "--report: a token was found",
                        "",
                        "a file cannot be read"));
    }

    @Override
    public ExitCode run(World world, Console console) throws UsageException, Console.OutputException {
        OutputFormat format = output.format();
        if (!Option.isSet(report) && !format.isDefault()) {
            throw new UsageException(
                    "-o " + format.word() + " needs --report; without it, mask prints the text itself");
        }
        List<String> names = names();
        Run run = new Run(world, console);
        try (run) {
            for (int i = 0; i < names.size(); i++) {
                run.read(names.get(i), i + 1);
            }
        } catch (StoppedException e) {
            // On a pipe, the only cause is that the reader closed it, which is not an error.
            if (!world.outKind().isPipe()) {
                throw new Console.OutputException(
                        "the output cannot be written", "Check the disk, and where stdout goes.");
            }
        }
        return run.status();
    }

    private List<String> names() throws UsageException {
        @Nullable List<String> given = files.getValue();
        List<String> names = given == null ? List.of(STDIN) : new ArrayList<>(given);
        if (Collections.frequency(names, STDIN) > 1) {
            throw new UsageException("stdin can be read only once; give `-` once");
        }
        if (names.contains("")) {
            throw new UsageException("a file name is empty; if a variable was meant, it is not set");
        }
        return names;
    }

    /** One run over all files; it stops when standard output cannot be written. */
    private final class Run implements FileWalk.Visitor, MaskedStream.Sink, AutoCloseable {
        private final World world;
        private final Console console;
        private final Instant now;
        private final ViewOptions view;
        private final boolean silent = Option.isSet(quiet);
        private final boolean redact = output.redacts();
        private final @Nullable OutputFormat leaks;
        private final OutputStream out;
        private final Progress progress;
        private final FileWalk walk;
        private int found;
        private boolean unreadable;
        private boolean inLine;

        /** Where in which file it is, counted from 1, in characters. */
        private String file = "";

        private long line;
        private long column;

        Run(World world, Console console) {
            this.world = world;
            this.console = console;
            this.now = output.clock(world.clock()).instant();
            this.view = output.view(world.environment(), world.outKind());
            this.leaks = Option.isSet(report) ? output.format() : null;
            this.out = new BufferedOutputStream(world.out(), 64 << 10);
            this.progress = new Progress(world, console, silent);
            this.walk = new FileWalk(progress, this);
        }

        /** @param place as a user counts */
        void read(String name, int place) throws StoppedException {
            try {
                if (name.equals(STDIN)) {
                    standardInput();
                    return;
                }
                Path path = Path.of(name);
                if (!Files.exists(path)) {
                    // Its name may be a token, by mistake.
                    unreadable("file " + place, "does not exist");
                } else if (!Files.isDirectory(path)) {
                    walk.file(path, name);
                } else if (leaks != null) {
                    walk.folder(path, name);
                } else {
                    unreadable(name, "is a folder; --report searches folders");
                }
            } catch (InvalidPathException e) {
                unreadable("file " + place, "has a name that cannot be encoded in this locale");
            }
        }

        private void standardInput() throws StoppedException {
            StandardInput stdin = world.stdin();
            if (stdin.kind() == Descriptor.Kind.CLOSED) {
                return; // Descriptor 0 may be a file of the JVM's own.
            }
            @Nullable
            Hint hint = stdin.kind() == Descriptor.Kind.TERMINAL
                    ? Hint.after(progress, "reading from the terminal; to end, press Enter and Ctrl-D")
                    : null;
            try {
                read(stdin.stream(), "stdin");
            } finally {
                if (hint != null) {
                    hint.end();
                }
            }
        }

        @Override
        public void read(InputStream in, String name) throws StoppedException {
            file = name;
            line = 1;
            column = 1;
            try {
                new MaskedStream(this).read(in);
            } catch (StoppedException e) {
                throw e;
            } catch (MaskedStream.Utf16Exception e) {
                unreadable(
                        name,
                        "is UTF-16, which is not read. Convert it: `iconv -f UTF-16 -t UTF-8 FILE | chainloop-token mask`");
            } catch (IOException e) {
                unreadable(name, "cannot be read to the end");
            }
        }

        @Override
        public void unreadable(String name, String why) {
            unreadable = true;
            progress.tell("error: " + name + " " + why);
        }

        @Override
        public void text(byte[] bytes, int from, int to) throws StoppedException {
            progress.add(to - from);
            if (leaks == null) {
                countLines(bytes, from, to);
                write(bytes, from, to);
            } else {
                count(bytes, from, to);
            }
        }

        @Override
        public void hidden(byte[] bytes, int from, int to) {
            progress.add(to - from);
            count(bytes, from, to);
        }

        private void countLines(byte[] bytes, int from, int to) {
            int lines = 0;
            for (int i = from; i < to; i++) {
                lines += bytes[i] == '\n' ? 1 : 0;
            }
            line += lines;
        }

        private void count(byte[] bytes, int from, int to) {
            for (int i = from; i < to; i++) {
                line += bytes[i] == '\n' ? 1 : 0;
                // Not a continuation byte of UTF-8.
                column = bytes[i] == '\n' ? 1 : (bytes[i] & 0xc0) == 0x80 ? column : column + 1;
            }
        }

        @Override
        public void token(byte[] bytes, int from, int to, @Nullable String compact) throws StoppedException {
            found++;
            if (compact == null && !silent) {
                progress.note(file + " contains what looks like a token longer than 1 MiB; it was masked without"
                        + " being decoded");
            }
            Mask mask = Mask.of(compact, now);
            String told = leaks == null
                    ? redact ? Mask.REDACTED : mask.text()
                    : new Leak(file, line, column, mask).in(leaks, redact);
            byte[] utf8 = told.getBytes(StandardCharsets.UTF_8);
            write(utf8, 0, utf8.length);
            if (leaks == null) {
                countLines(bytes, from, to);
            } else {
                text(bytes, from, to);
            }
        }

        @Override
        public void cutOff() {
            if (!silent) {
                String place = leaks == null ? "line " + line : file + ":" + line;
                progress.note(place + ": a token is cut off here; the next lines may hold the rest");
            }
        }

        ExitCode status() {
            return unreadable ? ExitCode.UNREADABLE : leaks != null && found > 0 ? ExitCode.NEGATIVE : ExitCode.OK;
        }

        private void write(byte[] bytes, int from, int to) throws StoppedException {
            try {
                out.write(bytes, from, to - from);
                inLine = to > from && bytes[to - 1] != '\n';
            } catch (IOException e) {
                throw new StoppedException(e);
            }
        }

        @Override
        public void pause() throws StoppedException {
            try {
                out.flush();
            } catch (IOException e) {
                throw new StoppedException(e);
            }
        }

        @Override
        public void close() throws StoppedException {
            progress.close();
            pause();
            boolean told = leaks == null && !silent && (found > 0 || !unreadable);
            if (told && world.outKind().isErrorTerminal()) {
                console.raw(inLine && world.outKind().isTerminal() ? "\n" : "");
                console.note("masked " + (found == 0 ? "no token" : found == 1 ? "1 token" : found + " tokens"));
            }
        }
    }
}
