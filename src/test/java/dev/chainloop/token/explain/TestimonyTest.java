package dev.chainloop.token.explain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
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
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

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
     * A line of the log, the place, the message after it, and what is here and contradicts the line: the variable, then the
     * login. Below them the first cause that is told, then the cures of the plan.
     */
    private static final String ROWS = """
            option here: JWT token has expired < API, USER expired
              ruled out: the token here: the command sent one given by `--token`
              find-option
            option here: JWT token has expired < API expired, nothing
              ruled out: the token here: the command sent one given by `--token`
              find-option
            option here: API token revoked < nothing, USER
              ruled out: the token here: the command sent one given by `--token`
              find-option
            option here: JWT token has expired < nothing, nothing
              not visible here: The token of the failed command: it sent one given by `--token`.
              find-option
            option here: authentication required < nothing, nothing
              not visible here: The token of the failed command: it sent one given by `--token`.
              find-option
            option here: you are not part of any organization < USER expired, nothing
              ruled out: the token here: the command sent one given by `--token`
              find-option join-organization
            option github: JWT token has expired < API expired, nothing
              ruled out: the token here: the command sent one given by `--token`
              find-option
            option github: authentication required < nothing, nothing
              not visible here: The token of the failed command: it sent one given by `--token`.
              find-option
            option elsewhere: JWT token has expired < API expired, nothing
              ruled out: the token here: the command sent one given by `--token`
              find-option
            variable here: JWT token has expired < nothing, USER expired
              ruled out: the token here: the command sent the one in $CHAINLOOP_TOKEN
              look-there
            variable here: authentication required < nothing, nothing
              not visible here: The token of the failed command: it sent the one in $CHAINLOOP_TOKEN.
              look-there
            variable github: API token revoked < nothing, nothing
              not visible here: The token of the failed command: it sent the one in $CHAINLOOP_TOKEN.
              recreate-api-token
            variable elsewhere: JWT token has expired < nothing, USER expired
              ruled out: the token here: the command sent the one in $CHAINLOOP_TOKEN
              get-token
            login here: JWT token has expired < API, USER expired
              certain: The login was sent: for all but attestations, CLIs before v1.100.10 prefer it to \
            $CHAINLOOP_TOKEN.
              send-variable
            login here: operation not allowed < API, USER
              certain: The login was sent: for all but attestations, CLIs before v1.100.10 prefer it to \
            $CHAINLOOP_TOKEN.
              send-variable
            login here: JWT token has expired < API, nothing
              ruled out: the token here: the command sent the login in the config file
              send-variable
            login here: JWT token has expired < API expired, USER expired
              certain: The login was sent: for all but attestations, CLIs before v1.100.10 prefer it to \
            $CHAINLOOP_TOKEN.
              log-in
            login here: your authentication token has expired < API expired, USER
              certain: The login was sent: for all but attestations, CLIs before v1.100.10 prefer it to \
            $CHAINLOOP_TOKEN.
              ask-server
            login here: JWT token has expired < nothing, nothing
              certain: The login was sent: for all but attestations, CLIs before v1.100.10 prefer it to \
            $CHAINLOOP_TOKEN.
              send-variable
            login github: JWT token has expired < API, USER expired
              certain: The login was sent: for all but attestations, CLIs before v1.100.10 prefer it to \
            $CHAINLOOP_TOKEN.
              send-variable
            login github: JWT token has expired < API expired, USER expired
              certain: The login was sent: for all but attestations, CLIs before v1.100.10 prefer it to \
            $CHAINLOOP_TOKEN.
              log-in
            login elsewhere: JWT token has expired < API, USER
              ruled out: the token here: it is not the one that was sent from GitHub Actions
              send-variable
            login elsewhere: your authentication token has expired < API expired, USER
              ruled out: the token here: it is not the one that was sent from GitHub Actions
              send-variable
            attended here: JWT token has expired < API expired, USER
              likely: By this machine's clock it has not expired, but that clock may be wrong.
              ask-server set-clock try-again
            attended here: JWT token has expired < API expired, nothing
              ruled out: the token here: the command sent the login in the config file
              look-there
            attended github: JWT token has expired < API expired, nothing
              ruled out: the token here: the command sent the login in the config file
              look-there
            requested here: JWT token has expired < API expired, nothing
              ruled out: the token here: the command sent a federated one from the CI system
              create-api-token look-there
            remotely here: JWT token has expired < API expired, nothing
              ruled out: the token here: the command sent a federated one from the CI system
              begin-again create-api-token look-there
            requested here: API token revoked < nothing, nothing
              ruled out: the job's own federated token: the message is about a different kind
              look-there recreate-api-token
            requested github: JWT token has expired < API expired, nothing
              ruled out: the token here: the command sent a federated one from the CI system
              create-api-token look-there
            requested github: issuer not found: https://token.actions.githubusercontent.com < nothing, nothing
              likely: No $CHAINLOOP_TOKEN reached the command, so the CLI requested a federated token; and the repository or \
            the CI provider is not enrolled with the organization. A self-hosted open-source control plane cannot enroll any.
              enroll
            requested elsewhere: JWT token has expired < nothing, nothing
              not visible here: The token of the failed command: the CLI requests a federated one. Only attestation \
            commands (`attestation init`, `add`, `push`, `status`, `reset`) send it; GitHub's lives for five \
            minutes, GitLab's as long as its job may run; and a self-hosted open-source control plane accepts none.
              create-api-token
            config here: JWT token has expired < nothing, USER expired
              ruled out: the token here: it is not in the file that the command read
              explain-with-config
            config here: user not found < nothing, USER
              ruled out: the token here: it is not in the file that the command read
              explain-with-config
            config github: JWT token has expired < nothing, USER expired
              ruled out: the token here: it is not in the file that the command read
              explain-with-config
            config elsewhere: JWT token has expired < nothing, USER expired
              ruled out: the token here: it is not in the file that the command read
              get-token
            """;

    /** Lines that say nothing of the token which was sent, or nothing that contradicts the one here. */
    private static final String AGREEING = """
            variable here: JWT token has expired < API, USER expired
            variable here: JWT token has expired < API expired, USER
            config here: JWT token has expired < API, USER expired
            insecure here: JWT token has expired < API expired, USER
            insecure elsewhere: JWT token has expired < nothing, USER expired
            waiting here: JWT token has expired < nothing, USER expired
            waiting github: JWT token has expired < API expired, nothing
            """;

    private static final Pattern GIVEN = Pattern.compile("(\\w+) (\\w+): (.*) < (.*), (.*)");

    @TempDir
    Path home;

    static Stream<Row> rows() {
        return Stream.of(ROWS.split("\n(?=\\S)")).map(Row::of);
    }

    static Stream<Row> agreeing() {
        return AGREEING.lines().map(Row::of);
    }

    /** @param place where the message is explained, or where it arose */
    private record Row(
            String line, String place, String message, String variable, String login, String cause, String cures) {
        static Row of(String row) {
            List<String> lines = row.lines().map(String::strip).toList();
            Matcher given = GIVEN.matcher(lines.get(0));
            assertTrue(given.matches(), row);
            return new Row(
                    given.group(1),
                    given.group(2),
                    given.group(3),
                    given.group(4),
                    given.group(5),
                    lines.size() > 1 ? lines.get(1) : "",
                    lines.size() > 2 ? lines.get(2) : "");
        }

        String log(boolean withLine) {
            String log = (withLine ? LINES.get(line) + "\n" : "") + "ERR " + message + "\n";
            return place.equals("elsewhere")
                    ? "##[group]Run chainloop workflow list\n##[endgroup]\n" + log
                            + "##[error]Process completed with exit code 1."
                    : log;
        }
    }

    @ParameterizedTest
    @MethodSource("rows")
    void theTokenThatWasSentIsWeighed(Row row) throws IOException {
        JsonNode answer = explain(row, true);
        JsonNode first = answer.get("causes").get(0);
        String cause =
                first.get("weight").asText() + ": " + first.get("message").asText();
        TreeSet<String> cures = new TreeSet<>();
        answer.at("/plan/steps").forEach(step -> cures.add(step.get("cure").asText()));
        assertEquals(row.cause + "\n" + row.cures, cause + "\n" + String.join(" ", cures));
    }

    /** A row whose answer is the same without the line would not notice that its rule was dropped. */
    @ParameterizedTest
    @MethodSource("rows")
    void theLineDecides(Row row) throws IOException {
        assertNotEquals(decision(explain(row, false)), decision(explain(row, true)));
    }

    @ParameterizedTest
    @MethodSource("agreeing")
    void aLineThatContradictsNothingChangesNothing(Row row) throws IOException {
        assertEquals(decision(explain(row, false)), decision(explain(row, true)));
    }

    @Test
    void eachLineHasItsRows() {
        List<String> lines = Stream.concat(rows(), agreeing())
                .map(Row::line)
                .distinct()
                .sorted()
                .toList();
        assertEquals(LINES.keySet().stream().sorted().toList(), lines);
        for (LogLine line : LogLine.values()) {
            assertTrue(LINES.values().stream().anyMatch(text -> text.contains(line.text)), line.text);
        }
    }

    private static List<JsonNode> decision(JsonNode answer) {
        return List.of(answer.get("causes"), answer.get("plan"));
    }

    /** No plan changes a token that the text clears, and a healthy variable stays where it is. */
    @ParameterizedTest
    @MethodSource("rows")
    void noClearedTokenIsChanged(Row row) throws IOException {
        JsonNode answer = explain(row, true);
        boolean cleared = !row.place.equals("elsewhere")
                && answer.at("/causes/0/message").asText().startsWith("the token here: the command sent");
        for (JsonNode step : answer.at("/plan/steps")) {
            assertFalse(step.get("run").toString().contains("unset CHAINLOOP_TOKEN") && row.variable.equals("API"));
            String cure = step.get("cure").asText();
            boolean changes = Stream.of(Cure.values())
                    .anyMatch(one -> one.word().equals(cure) && one.changesToken() && one != Cure.CREATE_API_TOKEN);
            assertFalse(cleared && changes, cure);
        }
    }

    @Test
    void theFileThatWasReadIsOurs() throws IOException {
        String own = home.resolve(".config/chainloop/config.toml").toString();
        String message = "ERR JWT token has expired";
        assertEquals(
                explain("here", message, "nothing", "USER expired"),
                explain("here", "DBG using config file path=" + own + "\n" + message, "nothing", "USER expired"));
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
        words.add(said.age() == Testimony.Age.UNKNOWN ? "" : said.age().name().toLowerCase(java.util.Locale.ROOT));
        words.add(said.command().continues() ? "continues" : "");
        words.add(said.remoteState() ? "remote" : "");
        words.removeIf(String::isEmpty);
        assertEquals(expected, String.join(" ", words));
    }

    /** What the server would refuse next is told beside a message that is not about the token; nothing else is. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ERR transport: authentication handshake failed                    | API expired | told
            ERR attestation not yet initialized                               | API expired | told
            ERR unknown flag: --nope                                          | API expired | told
            ERR transport: authentication handshake failed                    | API         |
            option;ERR transport: authentication handshake failed             | API expired |
            login;ERR transport: authentication handshake failed              | API expired |
            requested;ERR transport: authentication handshake failed          | API expired |
            variable;ERR transport: authentication handshake failed           | API expired | told
            + chainloop att push --token ***;ERR unknown flag: --nope         | API expired |
            ##[group]Run x;ERR unknown flag: --nope                           | API expired |
            ERR inappropriate ioctl for device                                | API expired |
            INF waiting for the authentication to be completed                | API expired |
            """)
    void onlyWhatTheServerWouldRefuseNextIsAnAside(String log, String token, @Nullable String told) {
        List<String> lines = Stream.of(log.split(";"))
                .map(one -> LINES.getOrDefault(one, one))
                .toList();
        String out = CliRun.withHome(home)
                .env("CHAINLOOP_TOKEN", TokenMint.described(token))
                .stdin(String.join("\n", lines))
                .run("explain")
                .out();
        assertEquals(told != null, out.contains("Not the cause, but:\n  \u2717 It expired 2 h ago"), out);
    }

    @Test
    void aNamedSourceIsTheOneThatTheUserMeans() throws IOException {
        CliRun.Result result = CliRun.withHome(home)
                .env("CHAINLOOP_TOKEN", TokenMint.described("API expired"))
                .stdin(LINES.get("option") + "\nERR JWT token has expired")
                .run("explain", "--source", "env");
        assertTrue(result.out().contains("It expired 2 h ago"), result.out());
    }

    private JsonNode explain(Row row, boolean withLine) throws IOException {
        return explain(row.place, row.log(withLine), row.variable, row.login);
    }

    private JsonNode explain(String place, String log, String variable, String login) throws IOException {
        Path config = home.resolve(".config/chainloop/config.toml");
        Files.deleteIfExists(config);
        if (!login.equals("nothing")) {
            Files.createDirectories(config.getParent());
            Files.writeString(config, "[auth]\ntoken = '" + TokenMint.described(login) + "'\n");
        }
        CliRun run = CliRun.withHome(home).stdin(log);
        if (place.equals("github")) {
            run.machine("unattended")
                    .env("GITHUB_ACTIONS", "true")
                    .env("CI", "true")
                    .env("GITHUB_REPOSITORY", "acme/web");
        }
        if (!variable.equals("nothing")) {
            run.env("CHAINLOOP_TOKEN", TokenMint.described(variable));
        }
        return new ObjectMapper().readTree(run.run("explain", "-o", "json").out());
    }
}
