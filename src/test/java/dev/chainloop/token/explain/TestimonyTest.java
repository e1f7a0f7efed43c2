package dev.chainloop.token.explain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.chainloop.token.advice.Leaks;
import dev.chainloop.token.diagnosis.Cure;
import dev.chainloop.token.testing.CliRun;
import dev.chainloop.token.testing.TokenMint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a text says of the token that was sent, and how that is weighed against a token which contradicts it. */
class TestimonyTest {
    private static final Map<String, String> LINES = Map.of(
            "option", "INF API token provided to the command line",
            "variable", "WRN Both user credentials and $CHAINLOOP_TOKEN set. Ignoring user credentials.",
            "login", "WRN Both user credentials and $CHAINLOOP_TOKEN set. Ignoring $CHAINLOOP_TOKEN.",
            "attended", "WRN User-attended mode detected. This is intended for local testing only.",
            "requested", "DBG using federated auth token runner=GITHUB_ACTION",
            "remotely", "$ chainloop att init --remote-state\nDBG using federated auth token runner=GITHUB_ACTION",
            "config", "DBG using config file path=/home/other/.config/chainloop/config.toml",
            "insecure", "WRN API contacted in insecure mode",
            "waiting", "INF waiting for the authentication to be completed, please check your browser");

    /**
     * A line of the log, the message after it, and what is here: the variable, then the login. Below them the first cause
     * that is told, then the cures of the plan.
     */
    private static final String ROWS = """
            option: JWT token has expired < API, USER expired
              ruled out: the token here: the command sent one given by `--token`
              find-option
            option: API token revoked < nothing, USER
              ruled out: the token here: the command sent one given by `--token`
              find-option
            option: JWT token has expired < nothing, nothing
              not visible here: The token of the failed command: it sent one given by `--token`.
              find-option
            option: you are not part of any organization < USER expired, nothing
              ruled out: the token here: the command sent one given by `--token`
              find-option join-organization
            variable: JWT token has expired < API, USER expired
              likely: It has no exp claim and never expires, so a different token was sent.
              ask-server try-again
            variable: JWT token has expired < API expired, USER
              certain: It expired 2 h ago; the server refuses it.
              replace-api-token
            variable: JWT token has expired < nothing, USER expired
              ruled out: the token here: the command sent the one in $CHAINLOOP_TOKEN
              look-there
            login: JWT token has expired < API, USER expired
              certain: The login was sent: for all but attestations, CLIs before v1.100.10 prefer it to \
            $CHAINLOOP_TOKEN.
              send-variable
            login: operation not allowed < API, USER
              certain: The login was sent: for all but attestations, CLIs before v1.100.10 prefer it to \
            $CHAINLOOP_TOKEN.
              send-variable
            login: JWT token has expired < API, nothing
              ruled out: the token here: the command sent the login in the config file
              send-variable
            login: JWT token has expired < API expired, USER expired
              certain: The login was sent: for all but attestations, CLIs before v1.100.10 prefer it to \
            $CHAINLOOP_TOKEN.
              log-in
            attended: JWT token has expired < API expired, USER
              likely: By this machine's clock it has not expired, but that clock may be wrong.
              ask-server set-clock try-again
            attended: JWT token has expired < API expired, nothing
              ruled out: the token here: the command sent the login in the config file
              look-there
            requested: JWT token has expired < API expired, nothing
              ruled out: the token here: the command sent a federated one from the CI system
              create-api-token look-there
            remotely: JWT token has expired < API expired, nothing
              ruled out: the token here: the command sent a federated one from the CI system
              create-api-token look-there
            requested: API token revoked < nothing, nothing
              ruled out: the job's own federated token: the message is about a different kind
              look-there recreate-api-token
            config: JWT token has expired < nothing, USER expired
              ruled out: the token here: it is not in the file that the command read
              explain-with-config
            config: JWT token has expired < API, USER expired
              likely: It has no exp claim and never expires, so a different token was sent.
              ask-server try-again
            """;

    @TempDir
    Path home;

    static Stream<Arguments> rows() {
        return Stream.of(ROWS.split("\n(?=\\S)")).map(row -> {
            List<String> lines = row.lines().map(String::strip).toList();
            String[] given = lines.get(0).split(": | < |, ");
            return arguments(given[0], given[1], given[2], given[3], lines.get(1), lines.get(2));
        });
    }

    @ParameterizedTest(name = "{0}, {1}: {2}, {3}")
    @MethodSource("rows")
    void theTokenThatWasSentIsWeighed(
            String line, String message, String variable, String login, String cause, String cures) throws IOException {
        JsonNode answer = explain(LINES.get(line) + "\nERR " + message, variable, login);
        JsonNode first = answer.get("causes").get(0);
        assertEquals(
                cause,
                first.get("weight").asText() + ": " + first.get("message").asText());
        TreeSet<String> told = new TreeSet<>();
        answer.at("/plan/steps").forEach(step -> told.add(step.get("cure").asText()));
        assertEquals(cures, String.join(" ", told));
    }

    /** No plan changes a token that the text clears, and a healthy variable stays where it is. */
    @ParameterizedTest
    @MethodSource("rows")
    void noClearedTokenIsChanged(String line, String message, String variable, String login) throws IOException {
        JsonNode answer = explain(LINES.get(line) + "\nERR " + message, variable, login);
        boolean cleared = answer.at("/causes/0/message").asText().startsWith("the token here: the command sent");
        for (JsonNode step : answer.at("/plan/steps")) {
            assertFalse(step.get("run").toString().contains("unset CHAINLOOP_TOKEN") && variable.equals("API"));
            String cure = step.get("cure").asText();
            boolean changes = Stream.of(Cure.values())
                    .anyMatch(one -> one.word().equals(cure) && one.changesToken() && one != Cure.CREATE_API_TOKEN);
            assertFalse(cleared && changes, cure);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"insecure", "waiting"})
    void aLineThatSaysNothingOfTheTokenChangesNothing(String line) throws IOException {
        String message = "ERR JWT token has expired";
        JsonNode without = explain(message, "nothing", "USER expired");
        JsonNode with = explain(LINES.get(line) + "\n" + message, "nothing", "USER expired");
        assertEquals(without.get("causes"), with.get("causes"));
        assertEquals(without.get("plan"), with.get("plan"));
    }

    @Test
    void theFileThatWasReadIsOurs() throws IOException {
        String own = home.resolve(".config/chainloop/config.toml").toString();
        String message = "ERR JWT token has expired";
        assertEquals(
                explain(message, "nothing", "USER expired"),
                explain("DBG using config file path=" + own + "\n" + message, "nothing", "USER expired"));
    }

    /** The lines before a message, what is known of the token that was sent, and of the rest. */
    static Stream<Arguments> texts() {
        return Stream.of(
                arguments("INF API token provided to the command line", "OPTION"),
                arguments(
                        "WRN Both user credentials and\n    $CHAINLOOP_TOKEN set. Ignoring\n    $CHAINLOOP_TOKEN.",
                        "LOGIN old"),
                arguments("\u001b[33mWRN\u001b[0m Ignoring user credentials.", "VARIABLE current"),
                arguments("+ chainloop workflow list --token ***", "OPTION"),
                arguments("bob@mbp web % chainloop workflow list --token ***", "OPTION"),
                arguments("root@runner:~# chainloop workflow list --token ***", "OPTION"),
                arguments("+ chainloop workflow list -t ***", "OPTION"),
                arguments(
                        "$ chainloop workflow list --token \"$CHAINLOOP_TOKEN\"\nINF API token provided to the command line",
                        "VARIABLE"),
                arguments("INF API token provided to the command line\n+ chainloop att push", "nothing continues"),
                arguments(
                        "##[group]Run chainloop attestation init --remote-state --workflow w\n$ chainloop att add",
                        "nothing continues remote"),
                arguments("$ chainloop attestation init --remote-state=false", "nothing"),
                arguments("Usage: chainloop attestation init\n  --remote-state   Store the state remotely", "nothing"),
                arguments("DBG using config file path=/etc/c.toml", "nothing /etc/c.toml"),
                arguments(
                        "DBG using config file path=\"/Users/b/Application Support/c.toml\"",
                        "nothing /Users/b/Application Support/c.toml"),
                arguments("DBG using config file path=/home/***/c.toml", "nothing"),
                arguments("we were using federated tokens", "nothing"),
                arguments("Install the chainloop CLI --token", "nothing"));
    }

    @ParameterizedTest
    @MethodSource("texts")
    void theLinesBeforeAMessageCount(String lines, String expected) {
        MessageSearch search = new MessageSearch(new Leaks(Instant.MAX));
        search.add(lines + "\nERR JWT token has expired\nINF API token provided to the command line");
        Testimony said = search.testimony();
        List<String> words = new ArrayList<>();
        words.add(said.sent().map(Enum::name).orElse("nothing"));
        said.config().ifPresent(words::add);
        words.add(
                said.cli().age() == Testimony.Age.UNKNOWN
                        ? ""
                        : said.cli().age().name().toLowerCase(java.util.Locale.ROOT));
        words.add(said.command().continues() ? "continues" : "");
        words.add(said.remoteState() ? "remote" : "");
        words.removeIf(String::isEmpty);
        assertEquals(expected, String.join(" ", words));
    }

    @Test
    void aNamedSourceIsTheOneThatTheUserMeans() throws IOException {
        CliRun.Result result = CliRun.withHome(home)
                .env("CHAINLOOP_TOKEN", TokenMint.described("API expired"))
                .stdin(LINES.get("option") + "\nERR JWT token has expired")
                .run("explain", "--source", "env");
        assertTrue(result.out().contains("It expired 2 h ago"), result.out());
    }

    private JsonNode explain(String log, String variable, String login) throws IOException {
        Path config = home.resolve(".config/chainloop/config.toml");
        Files.deleteIfExists(config);
        if (!login.equals("nothing")) {
            Files.createDirectories(config.getParent());
            Files.writeString(config, "[auth]\ntoken = '" + TokenMint.described(login) + "'\n");
        }
        CliRun run = CliRun.withHome(home).stdin(log);
        if (!variable.equals("nothing")) {
            run.env("CHAINLOOP_TOKEN", TokenMint.described(variable));
        }
        return new ObjectMapper().readTree(run.run("explain", "-o", "json").out());
    }
}
