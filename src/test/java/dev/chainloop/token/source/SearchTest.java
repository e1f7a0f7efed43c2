package dev.chainloop.token.source;

import static org.junit.jupiter.api.Assertions.*;

import dev.chainloop.token.core.Keyword;
import dev.chainloop.token.io.Descriptor;
import dev.chainloop.token.io.StandardInput;
import dev.chainloop.token.testing.CliRun;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which source wins, which are not read, and what is reported about each. */
class SearchTest {
    private static final Origin STDIN = new Origin(SourceKind.STDIN, "stdin");

    private static final String TYPED = "note: reading the token from the terminal; end with Enter and Ctrl-D";

    @TempDir
    Path home;

    private final Map<String, String> variables = new HashMap<>();
    private final List<String> notes = new ArrayList<>();
    private Descriptor.Kind kind = Descriptor.Kind.OTHER;
    private InputStream stdin = untouchable();

    @BeforeEach
    void beAtHome() {
        variables.put("HOME", home.toString());
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "argument stdin env config gitlab, argument",
        "stdin env config gitlab, stdin",
        "env config gitlab, env",
        "config gitlab, config",
        "gitlab, gitlab",
        "config, config"
    })
    void theFirstOfTheSourcesWins(String filled, String winner) throws IOException {
        boolean argument = fill(filled);
        Search.Selection request = request(null, argument ? "argument-token" : null, null);
        SourceReading deciding = search(request).deciding().orElseThrow();
        assertEquals(winner, deciding.origin().kind().word());
        assertEquals(winner + "-token", secretOf(deciding));
    }

    @ParameterizedTest
    @EnumSource(SourceKind.class)
    void aNamedSourceIsTheOnlyOne(SourceKind only) throws IOException {
        fill(String.join(" ", Keyword.words(List.of(SourceKind.values()))));
        stdin = only == SourceKind.STDIN ? stdin : untouchable();
        Seen result = search(request(only, only == SourceKind.ARGUMENT ? "argument-token" : null, null));
        assertEquals(1, result.readings().size());
        assertEquals(only.word() + "-token", secretOf(result.readings().get(0)));
    }

    @ParameterizedTest
    @EnumSource(SourceKind.class)
    void aNamedSourceThatIsEmptyDoesNotFallThrough(SourceKind only) throws IOException {
        List<String> others = new ArrayList<>(List.of("stdin", "env", "config", "gitlab"));
        others.remove(only.word());
        fill(String.join(" ", others));
        if (only == SourceKind.STDIN) {
            pipe("");
        }
        Seen result = search(request(only, null, null));
        assertEquals(Optional.empty(), result.deciding());
        assertEquals(1, result.readings().size());
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            nothing set                                                     | X=                      | not set        | x
            set but empty, as in pull requests from forks (Chainloop #2932) | CHAINLOOP_TOKEN=        | set, but empty | x
            no home, which is / then                                        | HOME=                   | not set        | x
            a GitLab token outside of a GitLab job                          | GITLAB_OIDC=t           | not set        | x
            a GitLab job by an empty name                                   | GITLAB_OIDC=t GITLAB_CI= | not set       | x
            a GitLab job without the token                                  | GITLAB_CI=true          | not set        | not set
            """)
    void saysWhyThereIsNone(String sentence, String set, String env, String gitlab) {
        for (String variable : set.split(" ", -1)) {
            variables.put(variable.replaceFirst("=.*", ""), variable.replaceFirst(".*?=", ""));
        }
        Seen result = search(request(null, null, null));
        assertEquals(
                List.of("not a pipe or a file", env, "no such file", gitlab.replace("x", "not in a GitLab job")),
                Stream.of(SourceKind.STDIN, SourceKind.ENVIRONMENT, SourceKind.CONFIG, SourceKind.GITLAB)
                        .map(kind -> result.reading(kind).orElseThrow().phrase())
                        .toList());
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            an argument         | ARGUMENT    | blank
            a variable          | ENVIRONMENT | set, but blank; the Chainloop CLI would send it
            the config file     | CONFIG      | auth.token is blank; the Chainloop CLI would send it
            the GitLab variable | GITLAB      | set, but blank; the Chainloop CLI would send it
            """)
    void aBlankTextThatTheCliWouldSendEndsTheSearch(String sentence, SourceKind source, String why) throws IOException {
        fill("gitlab");
        Optional<String> argument = Optional.empty();
        switch (source) {
            case ARGUMENT -> argument = Optional.of(" \t");
            case ENVIRONMENT -> variables.put("CHAINLOOP_TOKEN", " \t");
            case CONFIG -> config("[auth]\ntoken = ' '\n");
            case GITLAB -> variables.put("GITLAB_OIDC", "\n");
            case STDIN -> throw new AssertionError("falls through, see below");
        }
        SourceReading deciding =
                search(request(null, argument.orElse(null), null)).deciding().orElseThrow();
        assertEquals(source, deciding.origin().kind(), sentence);
        assertEquals(new SourceReading.Blank(deciding.origin(), why), deciding, sentence);
    }

    @Test
    void emptyStdinFallsThrough() throws IOException {
        fill("env");
        pipe("");
        Seen result = search(request(null, null, null));
        assertEquals(
                new SourceReading.Absent(STDIN, SourceReading.Lack.EMPTY),
                result.readings().get(0));
        assertEquals("env-token", secretOf(result.deciding().orElseThrow()));
    }

    /** It was meant to be the token. */
    @ParameterizedTest
    @ValueSource(strings = {" ", "\n", " \r\n\t"})
    void behindBlankStdinNothingIsLookedAt(String text) throws IOException {
        fill("env");
        pipe(text);
        assertEquals(
                List.of(new SourceReading.Blank(STDIN, SourceReading.BLANK)),
                search(request(null, null, null)).readings());
    }

    @ParameterizedTest
    @EnumSource(
            value = Descriptor.Kind.class,
            names = {"TERMINAL", "SOCKET", "OTHER"})
    void readsAnythingElseOnlyIfAsked(Descriptor.Kind other) {
        kind = other;
        assertEquals(
                new SourceReading.Absent(
                        STDIN,
                        other == Descriptor.Kind.SOCKET ? SourceReading.Lack.SOCKET : SourceReading.Lack.NO_PIPE),
                search(request(null, null, null)).readings().get(0));
        assertEquals(List.of(), notes);
        pipe("stdin-token\n");
        kind = other;
        Seen result = search(request(SourceKind.STDIN, null, null));
        assertEquals("stdin-token", secretOf(result.deciding().orElseThrow()));
        assertEquals(other == Descriptor.Kind.TERMINAL ? List.of(TYPED) : List.of(), notes);
    }

    @ParameterizedTest
    @EnumSource(
            value = Descriptor.Kind.class,
            names = {"PIPE", "FILE"})
    void stopsReadingAStreamWithoutEnd(Descriptor.Kind endless) {
        kind = endless;
        AtomicLong taken = new AtomicLong();
        stdin = new InputStream() {
            @Override
            public int read() {
                taken.incrementAndGet();
                return 'A';
            }
        };
        SourceReading deciding = search(request(null, null, null)).deciding().orElseThrow();
        assertEquals(taken.get(), secretOf(deciding).length());
        assertEquals((1 << 20) + 3, taken.get());
        assertEquals(List.of(), notes);
    }

    @Test
    void secretsDoNotPrintThemselves() {
        variables.put("CHAINLOOP_TOKEN", "env-token");
        Search.Selection request = request(null, "argument-token", null);
        String printed = search(request) + " " + request + " " + environment();
        assertFalse(printed.contains("argument-token") || printed.contains("env-token"), printed);
    }

    private Environment environment() {
        return new Environment(variables, false);
    }

    private Seen search(Search.Selection request) {
        return new Search(environment(), new StandardInput.Fixed(kind, stdin), () -> CliRun.NOW, notes::add)
                .run(request);
    }

    private static Search.Selection request(SourceKind only, String argument, Path config) {
        return new Search.Selection(
                Optional.ofNullable(only),
                Optional.ofNullable(argument).map(secret -> new Search.Argument("TOKEN", secret)),
                Optional.ofNullable(config),
                false,
                false);
    }

    /** Puts a different token into each source, with or without an argument. */
    private boolean fill(String sources) throws IOException {
        List<String> words = List.of(sources.split(" ", -1));
        if (words.contains("stdin")) {
            pipe("stdin-token\n");
        }
        for (SourceKind source : SourceKind.values()) {
            if (source.isVariable() && words.contains(source.word())) {
                variables.put(source.variable, source.word() + "-token");
            }
        }
        if (words.contains("config")) {
            config("[auth]\ntoken = 'config-token'\n");
        }
        if (words.contains("gitlab")) {
            variables.put("GITLAB_CI", "true");
        }
        return words.contains("argument");
    }

    private void config(String toml) throws IOException {
        Path file = environment().configFile().orElseThrow();
        Files.createDirectories(file.getParent());
        Files.writeString(file, toml);
    }

    private void pipe(String text) {
        kind = Descriptor.Kind.PIPE;
        stdin = new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String secretOf(SourceReading readings) {
        return ((SourceReading.Found) readings).secret();
    }

    /** Belongs to another reader, such as the {@code while read} loop around this. */
    private static InputStream untouchable() {
        return new InputStream() {
            @Override
            public int read() {
                throw new AssertionError("read");
            }
        };
    }
}
