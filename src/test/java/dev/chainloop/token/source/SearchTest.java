package dev.chainloop.token.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.chainloop.token.io.Descriptor;
import dev.chainloop.token.testing.CliRun;
import dev.chainloop.token.testing.Payload;
import dev.chainloop.token.testing.TestWorld;
import dev.chainloop.token.testing.TokenMint;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which source is used, which are not read, and what is reported about each. */
class SearchTest {
    private static final String API = TokenMint.described("API");

    @TempDir
    Path home;

    /** S, V, L and G: a token on stdin, in the variable, in the config file and in GitLab's variable. */
    private static TestWorld world(String arguments, String filled) {
        String lines = filled.replaceFirst("\\bS\\b", "stdin: @API@; ")
                .replaceFirst("\\bV\\b", "variable: @API@; ")
                .replaceFirst("\\bL\\b", "login: @USER@; ")
                .replaceFirst("\\bG\\b", "env: GITLAB_CI=true; env: GITLAB_OIDC=@FEDERATED@");
        return TestWorld.of((arguments.isEmpty() ? lines : "$ " + arguments + "; " + lines).split("; *"));
    }

    /** A source that is named is the only one. */
    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(delimiter = '|', textBlock = """
            -t @API@          | S V L G | 0 argument
            ''                | S V L G | 0 stdin
            ''                | V L G   | 0 env
            ''                | L G     | 0 config
            ''                | G       | 0 gitlab
            ''                | L       | 0 config
            ''                | stdin:; V | 0 env
            --source stdin    | S V L G | 0 stdin
            --source env      | S V L G | 0 env
            --source config   | S V L G | 0 config
            --source gitlab   | S V L G | 0 gitlab
            --source argument | S V L G | 1
            --source stdin    | V L G   | 1
            --source env      | S L G   | 1
            --source config   | S V G   | 1
            --source gitlab   | S V L   | 1
            """)
    void theFirstOfTheSourcesIsUsed(String arguments, String filled, String kind) throws IOException {
        CliRun.Result result = world(arguments, filled).run(home, "--field", "source.kind");
        assertEquals(kind, (result.status() + " " + result.out()).strip());
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            ``                                  | stdin absent not a pipe or a file
            stdin:; V                           | stdin absent empty
            ``                                  | env absent not set
            env: CHAINLOOP_TOKEN=               | env absent set but empty
            env: HOME=                          | config absent no such file
            env: GITLAB_OIDC=@API@              | gitlab absent not in a GitLab job
            env: GITLAB_OIDC=@API@; env: GITLAB_CI= | gitlab absent not in a GitLab job
            env: GITLAB_CI=true                 | gitlab absent not set
            variable: \\s\\u0009; G             | env blank set, but only to white space, which the Chainloop CLI would send
            config: auth.token = ' '; G         | config blank auth.token has only white space, which the Chainloop CLI would send
            config: auth.token = ' '; G         | gitlab ignored an earlier source ends the search
            env: GITLAB_CI=true; env: GITLAB_OIDC=\\n | gitlab blank set, but only to white space, which the Chainloop CLI would send
            stdin: \\s\\r\\n; V                 | env ignored an earlier source ends the search
            """)
    void saysWhyThereIsNoToken(String filled, String why) throws IOException {
        CliRun.Result result = world("sources", filled).run(home, "-o", "json");
        List<String> seen = new ArrayList<>();
        for (JsonNode one : Payload.read(result.out()).path("sources")) {
            seen.add(one.at("/source/kind").asText() + " " + one.path("state").asText() + " "
                    + one.path("reason").asText());
        }
        assertTrue(seen.contains(why), seen::toString);
    }

    @ParameterizedTest
    @EnumSource(
            value = Descriptor.Kind.class,
            names = {"TERMINAL", "SOCKET", "OTHER"})
    void readsAnythingElseOnlyIfAsked(Descriptor.Kind other) {
        String filled = other == Descriptor.Kind.SOCKET ? "" : API;
        CliRun.Result left = CliRun.withHome(home).stdin(other, bytes(filled)).run("--field", "status");
        assertEquals("none\n", left.out());
        CliRun.Result asked = CliRun.withHome(home).stdin(other, bytes(API)).run("-", "--field", "source.kind");
        assertEquals("stdin\n", asked.out());
    }

    private static InputStream bytes(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @EnumSource(
            value = Descriptor.Kind.class,
            names = {"PIPE", "FILE"})
    void stopsReadingAStreamWithoutEnd(Descriptor.Kind endless) {
        AtomicLong taken = new AtomicLong();
        InputStream stdin = new InputStream() {
            @Override
            public int read() {
                taken.incrementAndGet();
                return 'A';
            }
        };
        assertEquals(3, CliRun.withHome(home).stdin(endless, stdin).run().status());
        assertEquals((1 << 20) + 3, taken.get());
    }

    /** It belongs to another reader, such as the {@code while read} loop around this. */
    @ParameterizedTest
    @ValueSource(strings = {"--source env", "--source config", "--source gitlab", "-t TOKEN"})
    void leavesStdinAloneWhereAnotherSourceIsNamed(String line) throws IOException {
        InputStream untouchable = new InputStream() {
            @Override
            public int read() {
                throw new AssertionError("read");
            }
        };
        CliRun run = world("", "V L G").in(home).stdin(Descriptor.Kind.PIPE, untouchable);
        String[] arguments = (line.replace("TOKEN", API) + " --field status").split(" ");
        assertEquals("typed\n", run.run(arguments).out());
    }
}
