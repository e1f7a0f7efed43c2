package dev.chainloop.token.cli;

import dev.chainloop.token.cli.option.Converter;
import dev.chainloop.token.cli.option.Options;
import dev.chainloop.token.cli.option.OutputOptions;
import dev.chainloop.token.core.Audience;
import dev.chainloop.token.core.Claims;
import dev.chainloop.token.core.Fingerprint;
import dev.chainloop.token.core.Form;
import dev.chainloop.token.core.MalformedTokenException;
import dev.chainloop.token.core.Parser;
import dev.chainloop.token.core.Token;
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
import java.util.Optional;
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
        List<String> names = Options.<List<String>>value(files).orElse(List.of(STDIN));
        OutputStream out = new BufferedOutputStream(world.out(), CHUNK / 2);
        Instant now = output.clock(world.clock()).instant();
        Masking run = new Masking(world, console, now, out, Options.isSet(redact), Options.isSet(quiet));
        boolean whole = true;
        try {
            for (int i = 0; i < names.size(); i++) {
                whole &= run.read(names.get(i), names.size() == 1 ? "the file" : "file " + (i + 1));
            }
        } catch (IOException e) {
            console.refused();
        }
        return whole ? ExitCode.OK : ExitCode.UNREADABLE;
    }

    /** One run over all files. What it throws comes from standard output; its methods return whether all could be read. */
    private record Masking(World world, Console console, Instant now, OutputStream out, boolean redacts, boolean quiet)
            implements TokenScanner.Sink {
        /** @param place what to call it if it is missing, because the name may be a token, by mistake */
        boolean read(String name, String place) throws IOException {
            if (name.equals(STDIN)) {
                return copy(world.stdin().open("the text", console), "stdin");
            }
            if (!new File(name).exists()) {
                return unreadable(place, "does not exist");
            }
            try (InputStream in = new FileInputStream(name)) {
                return copy(in, name);
            } catch (FileNotFoundException e) { // Only opening throws that.
                return unreadable(name, "cannot be read");
            }
        }

        /** Copies bytes as soon as they arrive, including those read before an error. */
        private boolean copy(InputStream in, String name) throws IOException {
            TokenScanner scanner = new TokenScanner(this);
            byte[] bytes = new byte[2 * CHUNK];
            int filled = 0;
            boolean whole = true;
            for (boolean more = true; more; ) {
                if (bytes.length - filled < CHUNK) {
                    bytes = Arrays.copyOf(bytes, 2 * bytes.length);
                }
                try {
                    int count = in.read(bytes, filled, CHUNK);
                    more = count >= 0;
                    filled += Math.max(count, 0);
                } catch (IOException e) {
                    whole = unreadable(name, "cannot be read to the end");
                    more = false;
                }
                int done = scanner.scan(bytes, filled, !more);
                filled -= done;
                System.arraycopy(bytes, done, bytes, 0, filled);
                out.flush();
            }
            return whole;
        }

        private boolean unreadable(String name, String why) {
            console.tell("error: " + name + " " + why);
            return false;
        }

        @Override
        public void text(byte[] bytes, int from, int to) throws IOException {
            out.write(bytes, from, to - from);
        }

        @Override
        public void token(String compact, boolean cut) throws IOException {
            String mask = redacts ? "<token>" : compact.length() > Parser.MAX_LENGTH ? TOO_LONG : mask(compact);
            out.write(mask.getBytes(StandardCharsets.UTF_8));
            if (cut && !quiet) {
                console.note("what may be a token is cut off at the end of a line, and was masked as " + mask
                        + "; the next lines may hold the rest");
            }
        }

        /** Enough to tell which token it was, or what there is of one, and nothing that could be used. */
        private String mask(String compact) {
            String fingerprint = Fingerprint.of(compact);
            Parser parser = new Parser(); // Not before a token is found, because it loads the JSON library.
            try {
                Claims claims = parser.decode(compact).claims();
                Optional<Token> token = parser.type(claims);
                String noun = token.isEmpty() ? "JWT" : token.get().audience().word();
                String type = token.isEmpty() || token.get().audience() == Audience.API_TOKEN ? "" : " token";
                String whose = whose(token, claims);
                boolean expired = !now.isBefore(claims.time("exp").orElse(Instant.MAX));
                // Otherwise a URL would seem to continue.
                String stop = expired || whose.contains("://") ? ", " : " ";
                return "<" + noun + type + whose + (expired ? ", expired" : "") + stop + fingerprint + ">";
            } catch (MalformedTokenException e) {
                boolean encrypted = compact.split("\\.", -1).length == 5;
                return (encrypted ? "<JWE " : "<JWS ") + fingerprint + ">";
            }
        }

        /** Names from the claims, each after a space; empty if there are none. */
        private static String whose(Optional<Token> token, Claims claims) {
            if (token.isPresent() && token.get().audience().isIssuedByChainloop()) {
                return named(" '", token.get().name(), "'")
                        + named(" of ", token.get().organization().name(), "");
            }
            return named(" of ", claims.text("iss"), "");
        }

        /** A claim can contain a token, too, or a character that would end a string in JSON. */
        private static String named(String before, Optional<String> name, String behind) {
            return name.isEmpty() ? "" : before + (Form.isIssuer(name.get()) ? name.get() : "…") + behind;
        }
    }
}
