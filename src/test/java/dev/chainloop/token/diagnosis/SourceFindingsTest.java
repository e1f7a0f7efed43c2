package dev.chainloop.token.diagnosis;

import static dev.chainloop.token.testing.TokenMint.API_TOKEN;
import static dev.chainloop.token.testing.TokenMint.FEDERATED;
import static dev.chainloop.token.testing.TokenMint.USER;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import dev.chainloop.token.core.Fingerprint;
import dev.chainloop.token.io.Descriptor;
import dev.chainloop.token.testing.ByteStream;
import dev.chainloop.token.testing.CliRun;
import dev.chainloop.token.testing.Payload;
import dev.chainloop.token.testing.TokenMint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The rules about where a token came from, and what else is there. */
class SourceFindingsTest {
    private static final String USER_TOKEN = TokenMint.token(USER);
    private static final String API = TokenMint.token(API_TOKEN);
    private static final String CI_TOKEN = TokenMint.token("{\"alg\":\"RS256\"}", FEDERATED);

    @TempDir
    Path home;

    private final List<String> args = new ArrayList<>(List.of("-o", "json"));

    @ParameterizedTest(name = "{0} min")
    @CsvSource({"0,', written now'", "9,', written 9 min ago'", "10,''", "-1,''"})
    void aLoginBehindAVariableThatWasJustWrittenIsReported(int minutes, String told) throws IOException {
        CliRun run = world("env=API config=USER");
        Files.setLastModifiedTime(
                home.resolve(".config/chainloop/config.toml"),
                FileTime.from(CliRun.NOW.minus(Duration.ofMinutes(minutes))));
        assertEquals(
                true,
                message(run, "shadowed").contains("(user, " + Fingerprint.of(USER_TOKEN) + told + ")"),
                message(run, "shadowed"));
    }

    /** Only the variable shadows, and only the config file. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            env=API config=USER               | (api-token, FINGERPRINT API) (user, FINGERPRINT USER)
            env=API config=hunter2 gitlab=JOB | (api-token, FINGERPRINT API) (not a JWT)
            env=hunter2 config=USER           | (not a JWT) (user, FINGERPRINT USER)
            argument=API env=USER             | ``
            argument=API config=USER          | ``
            argument=API gitlab=USER          | ``
            stdin=API env=USER                | ``
            stdin=API config=USER             | ``
            stdin=API gitlab=USER             | ``
            env=API gitlab=USER               | ``
            config=API gitlab=USER            | ``
            argument=USER env=USER            | ``
            stdin=USER config=USER            | ``
            env=USER config=USER              | ``
            env=USER gitlab=USER              | ``
            config=USER gitlab=USER           | ``
            """)
    void aVariableShadowsADifferentTokenInTheConfigFile(String sources, String told) throws IOException {
        String expected = told.replace("FINGERPRINT API", Fingerprint.of(API))
                .replace("FINGERPRINT USER", Fingerprint.of(USER_TOKEN))
                .replace(") (", ") wins over a different token in the config file (");
        assertEquals(told.isEmpty() ? "" : "$CHAINLOOP_TOKEN " + expected + ".", message(world(sources), "shadowed"));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            env="API" config=API                    | cleaned
            argument=Bearer~API~                    | ``
            stdin=~Bearer~API                       | ``
            CI=false env=USER                       | ``
            CI=FALSE env=USER                       | ``
            CI= env=USER                            | ``
            GITHUB_ACTIONS=false env=USER           | ``
            CONTINUOUS=true env=USER                | ``
            CI=true argument=USER                   | ``
            CI=true stdin=USER                      | ``
            CI=true env=API                         | ``
            CI=true env=JOB                         | ``
            config=API                              | api-token-as-login
            config=JOB                              | api-token-as-login
            config=USER                             | ``
            env=API                                 | ``
            gitlab=JOB                              | ``
            """)
    void theWorldHasTheseFindings(String world, String expected) throws IOException {
        assertEquals(expected, String.join(" ", ids(world(world))));
    }

    @Test
    void stdinIsNeverConsumedToFindAShadow() throws IOException {
        CliRun run = CliRun.withHome(home).stdin(Descriptor.Kind.PIPE, new ByteStream(() -> {
            throw new AssertionError("stdin was read");
        }));
        put(run, "argument", API);
        assertEquals(List.of(), ids(run));
    }

    @ParameterizedTest
    @ValueSource(strings = {"env", "config", "gitlab"})
    void aNamedSourceIsNotHeldAgainstOthers(String named) throws IOException {
        CliRun run = world("env=API config=USER gitlab=JOB");
        args.addAll(List.of("--source", named));
        assertEquals("", message(run, "shadowed"));
    }

    @Test
    void aLaterSourceThatCannotBeReadIsReported() throws IOException {
        CliRun run = CliRun.withHome(home);
        put(run, "env", API);
        Files.createDirectories(configFile());
        assertEquals(List.of("source-unreadable"), ids(run));
    }

    @Test
    void aFirstSourceThatCannotBeReadIsAnErrorAndNoFinding() throws IOException {
        Files.createDirectories(configFile());
        CliRun.Result result = CliRun.withHome(home).run("-o", "json");
        assertEquals(4, result.status());
        assertEquals("[]", Payload.read(result.out()).get("findings").toString());
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            GITHUB_ACTIONS         | true               | GitHub Actions
            GITLAB_CI              | true               | GitLab CI
            TF_BUILD               | True               | Azure Pipelines
            JENKINS_URL            | https://ci.example | Jenkins
            CIRCLECI               | true               | CircleCI
            TEAMCITY_VERSION       | 2025.1             | TeamCity
            BUILDKITE              | true               | Buildkite
            BITBUCKET_BUILD_NUMBER | 7                  | Bitbucket Pipelines
            TRAVIS                 | true               | Travis CI
            CI                     | 1                  | a CI system
            """)
    void aUserTokenInAPipelineIsReported(String variable, String value, String title) throws IOException {
        for (String source : List.of("env", "config")) {
            Files.deleteIfExists(configFile());
            CliRun run = CliRun.withHome(home).env(variable, value);
            put(run, source, USER_TOKEN);
            assertEquals(
                    "A person's token is used in " + title
                            + ". It acts in that person's name, and expires within days.",
                    message(run, "user-token-in-ci"));
        }
    }

    @ParameterizedTest(name = "the token''s {0}, the file''s {1}")
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            acme      | umbrella | It is for the organization acme, but the config file names umbrella. With an API\
             token the server ignores that, so commands work in acme.
            acme      | ACME     | It is for the organization acme, but the config file names another. With an API\
             token the server ignores that, so commands work in acme.
            acme      | ''       | -
            acme      | -        | -
            -         | umbrella | -
            """)
    void theOrganizationsNamesAreComparedExactly(String own, String configured, String expected) throws IOException {
        write(configured == null ? "" : "organization = '" + configured + "'\n");
        CliRun run = CliRun.withHome(home);
        put(
                run,
                "env",
                TokenMint.token(Payload.of(API_TOKEN, "org_name", own == null ? Payload.ABSENT : Payload.string(own))));
        assertEquals(expected == null ? "" : expected, message(run, "organization-mismatch"));
    }

    @Test
    void aFileThatIsEmptyOrCutOffAtFirstIsReadAgain() throws IOException {
        for (String first : List.of("", "[auth]\ntoken = 'ey")) {
            write(first);
            CliRun run = CliRun.withHome(home).onPause(() -> writeUnchecked("[auth]\ntoken = '" + USER_TOKEN + "'\n"));
            assertEquals(List.of(), ids(run));
        }
    }

    /** As containers have them; a launcher's shell may drop them, the executable sees them. */
    @ParameterizedTest
    @ValueSource(strings = {"my.token", "my-token", "X$(id)", "`id`", "1X", "A B"})
    void aVariableThatNoShellCanExpandIsInNoCommand(String name) throws IOException {
        List<String> steps = steps(CliRun.withHome(home).env(name, API));
        assertEquals(
                "Use the token in $" + name + ": set CHAINLOOP_TOKEN to the value of " + name + ". ", steps.get(0));
    }

    @Test
    void aFileThatStaysEmptyIsALostLogin() throws IOException {
        write("");
        JsonNode finding = finding(CliRun.withHome(home), "config-mid-write");
        assertEquals(
                "The config file is empty: another chainloop command is writing it right now, or one was"
                        + " interrupted while writing, and any login in it is lost (Chainloop #2812).",
                finding.get("message").asText());
        assertEquals(
                List.of(
                        "Wait until other chainloop commands have finished, then run this again. ",
                        "If the file stays empty, log in: chainloop auth login"),
                steps(CliRun.withHome(home)));
    }

    /** So does one that stays cut off, which may have been written that way. */
    @ParameterizedTest
    @ValueSource(strings = {"organization = 'acme'\n", "[auth]\n", "organization = 'acme'"})
    void aFileWithoutALoginIsWhole(String toml) throws IOException {
        write(toml);
        assertEquals(List.of("no-token"), ids(CliRun.withHome(home)));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            'Bearer @'                      | `Bearer `
            '"@"'                         | quotes
            ' @'                            | white space around it
            'export CHAINLOOP_TOKEN=@'      | `export CHAINLOOP_TOKEN=`
            """)
    void whatWasRemovedIsReportedWithWhatTheCliDoes(String text, String removed) throws IOException {
        CliRun run = CliRun.withHome(home);
        put(run, "env", text.replace("@", API));
        assertEquals(
                "The value holds more than the token: " + removed
                        + ". The Chainloop CLI sends all of it, and the server refuses" + " it.",
                message(run, "cleaned"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r\n"})
    void aLineEndAtTheEndOfAVariableIsAnError(String end) throws IOException {
        CliRun run = CliRun.withHome(home);
        put(run, "env", API + end);
        assertEquals(
                "$CHAINLOOP_TOKEN ends in a newline. The Chainloop CLI sends it too, and fails with PROTOCOL_ERROR"
                        + " before the server sees the token.",
                message(run, "cleaned"));
        assertEquals(1, run.run("check").status());
    }

    private void put(CliRun run, String source, String token) throws IOException {
        switch (source) {
            case "argument" -> args.add(token);
            case "stdin" -> run.stdin(token + "\n");
            case "env" -> run.env("CHAINLOOP_TOKEN", token);
            case "config" -> write("[auth]\ntoken = '" + token + "'\n");
            case "gitlab" -> run.env("GITLAB_CI", "true").env("GITLAB_OIDC", token);
            default -> throw new IllegalArgumentException(source);
        }
    }

    /** Each word is a source, or a variable, and what it holds; ~ stands for a blank. */
    private CliRun world(String words) throws IOException {
        CliRun run = CliRun.withHome(home);
        for (String word : words.split(" ", -1)) {
            String name = word.replaceFirst("=.*", "");
            String value = word.replaceFirst(".*?=", "")
                    .replace('~', ' ')
                    .replaceFirst("USER", USER_TOKEN)
                    .replaceFirst("API", API)
                    .replaceFirst("JOB", CI_TOKEN);
            if (Character.isUpperCase(name.charAt(0))) {
                run.env(name, value);
            } else {
                put(run, name, value);
            }
        }
        return run;
    }

    private Path configFile() {
        return home.resolve(".config/chainloop/config.toml");
    }

    private void write(String toml) throws IOException {
        Files.createDirectories(configFile().getParent());
        Files.writeString(configFile(), toml);
    }

    private void writeUnchecked(String toml) {
        try {
            write(toml);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private List<String> ids(CliRun run) {
        List<String> ids = new ArrayList<>();
        findings(run).forEach(one -> ids.add(one.get("id").asText()));
        return ids;
    }

    /** Each step of the plan: its sentence and its commands. */
    private List<String> steps(CliRun run) {
        List<String> steps = new ArrayList<>();
        for (JsonNode step :
                Payload.read(run.run(args.toArray(new String[0])).out()).at("/plan/steps")) {
            List<String> commands = new ArrayList<>();
            step.get("run").forEach(command -> commands.add(command.asText()));
            steps.add(step.get("text").asText() + " " + String.join("; ", commands));
        }
        return steps;
    }

    private String message(CliRun run, String id) {
        return finding(run, id).path("message").asText();
    }

    private JsonNode finding(CliRun run, String id) {
        for (JsonNode one : findings(run)) {
            if (one.get("id").asText().equals(id)) {
                return one;
            }
        }
        return Payload.read("{}");
    }

    private JsonNode findings(CliRun run) {
        return Payload.read(run.run(args.toArray(new String[0])).out()).get("findings");
    }
}
