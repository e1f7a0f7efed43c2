package dev.chainloop.token.cli;

import static dev.chainloop.token.testing.TokenMint.API_TOKEN;
import static dev.chainloop.token.testing.TokenMint.USER;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.databind.JsonNode;
import dev.chainloop.token.io.Descriptor;
import dev.chainloop.token.testing.ByteStream;
import dev.chainloop.token.testing.CliRun;
import dev.chainloop.token.testing.Payload;
import dev.chainloop.token.testing.TokenMint;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where message and token come from; how causes are weighed, {@code src/test/answers/explain.txt} tells. */
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
        assertEquals("env", object.get("token").get("source").get("kind").asText());
        assertEquals(0, result.status());
    }

    @Test
    void withTheMessageAsArgumentTheTokenMayComeFromStdin() {
        CliRun.Result result =
                CliRun.withHome(home).stdin(TokenMint.token(USER) + "\n").run("explain", "-o", "json", NOT_FOUND);
        assertEquals(
                "stdin", json(result).get("token").get("source").get("kind").asText());
    }

    @Test
    void aDashReadsTheMessageFromStdinAlsoAtATerminal() {
        CliRun.Result result = CliRun.withHome(home)
                .stdin(Descriptor.Kind.TERMINAL, bytes(NOT_FOUND))
                .run("explain", "-o", "json", "-");
        assertEquals("issuer-not-found", json(result).get("message").get("id").asText());
    }

    /** Such a log is searched in parts of a MiB, and a message can lie over the end of one. */
    @Test
    void inALogWithoutLineEndsAMessageIsFoundWhereTwoPartsMeet() {
        String log = "x ".repeat((1 << 19) - 8) + "ERR " + NOT_FOUND + " x".repeat(100);
        assertEquals(0, CliRun.withHome(home).stdin(log).run("explain").status());
    }

    @Test
    void aTerminalWithoutAMessageIsAUsageError() {
        CliRun.Result result = CliRun.withHome(home)
                .stdin(Descriptor.Kind.TERMINAL, new ByteStream(() -> {
                    throw new AssertionError("the terminal was read");
                }))
                .run("explain");
        assertEquals(
                new CliRun.Result(
                        2,
                        "",
                        "error: there is no message: give it as an argument, or on stdin. Try `chainloop-token"
                                + " explain --help`.\n"),
                result);
    }

    @Test
    void aClosedStdinIsEmptyAndNotAFileOfTheJvm() {
        CliRun.Result result = CliRun.withHome(home)
                .stdin(Descriptor.Kind.CLOSED, bytes(NOT_FOUND))
                .run("explain", "-o", "json");
        assertEquals(0, result.status());
        assertEquals("null", json(result).get("message").toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " \n\t", "\n\n"})
    void anEmptyMessageIsNotAFailure(String text) {
        CliRun.Result result = CliRun.withHome(home).stdin(text).run("explain");
        assertEquals(0, result.status());
        assertEquals("No message to explain", result.out().lines().findFirst().orElseThrow());
    }

    /** It crashed: its step had neither words nor anything to unset. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "WRN Both user credentials and $CHAINLOOP_TOKEN set. Ignoring $CHAINLOOP_TOKEN.",
                "WRN Both user credentials and $CHAINLOOP_TOKEN set. Ignoring user credentials."
            })
    void bothUserCredentialsAreExplainedWhereTheVariableIsNotSet(String warning) {
        CliRun.Result result = CliRun.withHome(home).run("explain", "-o", "json", warning);
        assertEquals(0, result.status(), result.err());
        JsonNode answer = json(result);
        assertEquals("both-credentials", answer.at("/message/id").asText());
        answer.at("/plan/steps")
                .forEach(step -> assertFalse(step.get("text").asText().isBlank(), result.out()));
        assertFalse(answer.at("/plan").toString().contains("unset CHAINLOOP_TOKEN"), result.out());
        assertFalse(answer.at("/plan/steps").isEmpty(), result.out());
    }

    @Test
    void anUnknownMessageIsOneAndTheTokenIsStillDiagnosed() {
        CliRun.Result result = CliRun.withHome(home)
                .env("CHAINLOOP_TOKEN", TokenMint.described("USER expired"))
                .run("explain", "-o", "json", "out of cheese");
        assertEquals(1, result.status());
        assertEquals(
                "expired",
                json(result).get("token").get("findings").get(0).get("id").asText());
    }

    @ParameterizedTest
    @ValueSource(strings = {"text", "json"})
    void aHostileMessageIsNotObeyed(String format) {
        String secret = TokenMint.token(USER);
        String message = "ERR issuer not found: ##[error]x\u202e\u001b[31m\n::error::y\nERR valid only with the"
                + " project \"\u0007##[warning]" + "z\u009b2J\"\nERR Authorization: Bearer " + secret;
        CliRun.Result result = CliRun.withHome(home)
                .stdin(message)
                .env("CHAINLOOP_TOKEN", TokenMint.token(API_TOKEN))
                .run("explain", "-o", format);
        String all = result.out() + result.err();
        assertEquals(-1, all.indexOf("##["));
        assertEquals(-1, all.indexOf(secret.substring(secret.lastIndexOf('.') + 1)));
        assertEquals(
                List.of(),
                all.chars()
                        .filter(c -> (c < ' ' && c != '\n') || (c >= 0x7f && c < 0xa0) || c == 0x202e)
                        .boxed()
                        .toList());
        assertEquals(
                List.of(),
                all.lines().filter(line -> line.strip().startsWith("::")).toList());
    }

    @Test
    void theListHasEachMessageWithItsTexts() {
        JsonNode object = json(CliRun.withHome(home).run("explain", "--list", "-o", "json"));
        List<String> texts = new ArrayList<>();
        object.get("messages").forEach(one -> one.get("texts").forEach(text -> texts.add(text.asText())));
        String list = " " + CliRun.withHome(home).run("explain", "--list").out().replaceAll("\\s+", " ");
        assertEquals(
                List.of(),
                texts.stream().filter(text -> !list.contains(" " + text + " ")).toList());
    }

    private static JsonNode json(CliRun.Result result) {
        return Payload.read(result.out());
    }

    private static ByteArrayInputStream bytes(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void aFilesNameIsNotTakenForAMessage(@TempDir Path home) throws Exception {
        Path log = Files.writeString(home.resolve("job 1.log"), NOT_FOUND);
        String expected = "error: this is a file, not a message.\n\nWhat to do\n  Have it explained:\n"
                + "    chainloop-token explain <'" + log + "'\n";
        assertEquals(new CliRun.Result(2, "", expected), CliRun.withHome(home).run("explain", log.toString()));
    }
}
