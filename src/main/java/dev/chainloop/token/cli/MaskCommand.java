package dev.chainloop.token.cli;

import dev.chainloop.token.cli.option.Converter;
import dev.chainloop.token.cli.option.Options;
import dev.chainloop.token.cli.option.OutputOptions;
import dev.chainloop.token.core.Parser;
import dev.chainloop.token.render.Mask;
import dev.chainloop.token.render.OutputFormat;
import dev.chainloop.token.scan.TokenScanner;
import java.io.BufferedOutputStream;
import java.io.File;
import java.io.FileInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** {@code mask}: copies logs, and masks the tokens in them. */
final class MaskCommand implements Command {
    private static final String STDIN = "-";

    /** How much is read at once, at most. For more, Java allocates and frees a copy each time. */
    private static final int CHUNK = 8 << 10;

    /** It has no fingerprint, because how much of the token is kept depends on how it arrives. */
    private static final String TOO_LONG = "<JWS longer than 1 MiB>";

    private final PositionalParamSpec files = Options.arguments(
                    "[FILE…]", "The files to read; - or no file means stdin.")
            .auxiliaryTypes(Path.class) // So that completions offer files; the values are their names.
            .converters(Converter.TEXT)
            .build();
    private final OptionSpec quiet = Options.flag("Print no notes.", "-q", "--quiet");
    private final OutputOptions output = new OutputOptions(OutputFormat.TEXT);
    private final OptionSpec redact = Options.flag("Write only <token>, not which token it was.", "--redact");

    @Override
    public void describe(CommandSpec spec) {
        spec.addPositional(files);
        Options.group(spec, "Output", List.of(redact, quiet, output.at));
        Map<String, String> meanings = ExitCode.meanings("the text was printed");
        meanings.put(String.valueOf(ExitCode.UNREADABLE.status), "a file cannot be read");
        spec.usageMessage()
                .exitCodeList(meanings)
                .description(
                        "chainloop … 2>&1 | chainloop-token mask             a log without tokens",
                        "chainloop-token mask build.log >public.log          a file without them");
    }

    @Override
    public ExitCode run(World world, Console console) throws Console.OutputException {
        @Nullable List<String> given = files.getValue();
        List<String> names = given == null ? List.of(STDIN) : given;
        Masking run = new Masking(world, console);
        try {
            for (int i = 0; i < names.size(); i++) {
                run.read(names.get(i), names.size() == 1 ? "the file" : "file " + (i + 1));
            }
        } catch (IOException e) {
            console.refused();
        }
        return run.unreadable ? ExitCode.UNREADABLE : ExitCode.OK;
    }

    /** One run over all files. What it throws comes from standard output. */
    private final class Masking implements TokenScanner.Sink {
        private final World world;
        private final Console console;
        private final Instant now;
        private final OutputStream out;
        private boolean unreadable;

        Masking(World world, Console console) {
            this.world = world;
            this.console = console;
            this.now = output.clock(world.clock()).instant();
            this.out = new BufferedOutputStream(world.out(), CHUNK / 2);
        }

        /** @param place what to call it if it is missing, because the name may be a token, by mistake */
        void read(String name, String place) throws IOException {
            if (name.equals(STDIN)) {
                copy(world.stdin().open("the text", console), "stdin");
                return;
            }
            File file = new File(name);
            if (!file.exists()) {
                unreadable(place, "does not exist");
            } else {
                try (InputStream in = new FileInputStream(file)) {
                    copy(in, name);
                } catch (FileNotFoundException e) { // Only opening throws that.
                    unreadable(name, "cannot be read");
                }
            }
        }

        /** Copies bytes as soon as they arrive, including those read before an error. */
        private void copy(InputStream in, String name) throws IOException {
            TokenScanner scanner = new TokenScanner(this);
            byte[] bytes = new byte[2 * CHUNK];
            int filled = 0;
            for (boolean more = true; more; ) {
                if (bytes.length - filled < CHUNK) {
                    bytes = Arrays.copyOf(bytes, 2 * bytes.length);
                }
                try {
                    int count = in.read(bytes, filled, CHUNK);
                    more = count >= 0;
                    filled += Math.max(count, 0);
                } catch (IOException e) {
                    unreadable(name, "cannot be read to the end");
                    more = false;
                }
                int done = scanner.scan(bytes, filled, !more);
                filled -= done;
                System.arraycopy(bytes, done, bytes, 0, filled);
                out.flush();
            }
        }

        private void unreadable(String name, String why) {
            unreadable = true;
            console.tell("error: " + name + " " + why);
        }

        @Override
        public void text(byte[] bytes, int from, int to) throws IOException {
            out.write(bytes, from, to - from);
        }

        @Override
        public void token(String compact, boolean cut) throws IOException {
            String mask = Options.isSet(redact)
                    ? Mask.REDACTED
                    : compact.length() > Parser.MAX_LENGTH ? TOO_LONG : Mask.of(compact, now);
            out.write(mask.getBytes(StandardCharsets.UTF_8));
            if (cut && !Options.isSet(quiet)) {
                console.note("what may be a token is cut off at the end of a line, and was masked as " + mask
                        + "; the next lines may hold the rest");
            }
        }
    }
}
