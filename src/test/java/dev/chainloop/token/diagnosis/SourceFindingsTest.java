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
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
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

    @ParameterizedTest(name = "{3}")
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            GITHUB_ACTIONS          | true               | -                                         | GitHub Actions
            GITLAB_CI               | true               | -                                         | GitLab CI
            TF_BUILD                | True               | -                                         | Azure Pipelines
            JENKINS_URL             | https://ci.example | -                                         | Jenkins
            CIRCLECI                | true               | -                                         | CircleCI
            TEAMCITY_VERSION        | 2025.1             | -                                         | TeamCity
            BUILDKITE               | true               | -                                         | Buildkite
            BITBUCKET_BUILD_NUMBER  | 7                  | -                                         | Bitbucket Pipelines
            TRAVIS                  | true               | -                                         | Travis CI
            CI                      | 1                  | -                                         | a CI system
            KUBERNETES_SERVICE_HOST | 10.0.0.1           | -                                         | a Kubernetes pod
            X                       | 1                  | /proc/self/cgroup 0::/x/job.service       | a systemd service
            X                       | 1                  | -                                         | a job that nobody attends
            X                       | 1                  | /.dockerenv                               | a container
            X                       | 1                  | /proc/sys/kernel/hostname buildkitsandbox | the build of an image
            """)
    void aUserTokenWhereNobodyIsIsReported(String variable, String value, String machine, String title)
            throws IOException {
        for (String source : List.of("env", "config")) {
            Files.deleteIfExists(configFile());
            CliRun run = CliRun.withHome(home)
                    .machine(machine == null ? "unattended" : "unattended\n" + machine)
                    .env(variable, value);
            put(run, source, USER_TOKEN);
            assertEquals(
                    "A person's token is used in " + title
                            + ". It acts in that person's name, and nobody is there to log in again when it ends.",
                    message(run, "user-token-in-ci"));
        }
    }

    @ParameterizedTest(name = "the token''s {0}, the file''s {1}")
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            acme      | umbrella | It is for the organization "acme", but the config file names "umbrella". With an API\
             token the server ignores that, so commands work in "acme".
            acme      | ACME     | It is for the organization "acme", but the config file names another. With an API\
             token the server ignores that, so commands work in "acme".
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

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "FILE, false",
        "TEXT, false",
        "BASE64, false",
        "'', false",
        "src/test/resources/keys/rsa.pem, true",
        "src/test/resources/keys, true",
        "no/such/file.pem, true",
        "AAAA, true"
    })
    void anAuthorityWithoutACertificateIsTold(String value, boolean told) throws IOException {
        Path file = Path.of("src/test/resources/keys/rsa-certificate.pem");
        String text = Files.readString(file);
        String authority = switch (value) {
            case "FILE" -> file.toString();
            case "TEXT" -> text;
            case "BASE64" -> Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
            default -> value;
        };
        CliRun run = world("env=API").env("CHAINLOOP_CONTROL_PLANE_API_CA", authority);
        assertEquals(told, !message(run, "authority-unreadable").isEmpty());
    }

    /** Whoever gives a token may mean another control plane's. */
    @Test
    void anAuthorityIsNotJudgedBesideATokenThatIsGiven() throws IOException {
        CliRun run = world("argument=API").env("CHAINLOOP_CONTROL_PLANE_API_CA", "nothing");
        assertEquals("", message(run, "authority-unreadable"));
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
                        "If the file stays as it is, log in: chainloop auth login"),
                steps(CliRun.withHome(home)));
    }

    /** "Right now" is said of a file that was written within the last minute. */
    @ParameterizedTest(name = "{0} s old")
    @CsvSource({"0, true", "59, true", "61, false", "3600, false"})
    void onlyAFreshFileIsWaitedFor(int seconds, boolean fresh) throws IOException {
        for (String text : List.of("", "[auth]\ntoken = 'ey")) {
            write(text);
            Files.setLastModifiedTime(configFile(), FileTime.from(CliRun.NOW.minusSeconds(seconds)));
            List<String> steps = steps(CliRun.withHome(home));
            assertEquals(fresh, steps.get(0).startsWith("Wait until other chainloop commands have finished"));
            assertEquals(
                    1,
                    steps.stream()
                            .filter(step -> step.contains("chainloop auth login"))
                            .count());
        }
    }

    /** A note about what is not worth having: nothing is to be done. */
    @ParameterizedTest(name = "{0} over {1}")
    @CsvSource(delimiter = '|', textBlock = """
            API            | USER               | warning
            API            | USER exp=now-3d    | info
            API expired    | USER               | warning
            API expired    | USER exp=now-3d    | info
            USER           | USER exp=now+5d    | info
            USER expired   | USER               | warning
            USER           | USER user_id="x"   | warning
            API            | API jti="x"        | warning
            """)
    void anIgnoredTokenIsAWarningIfItCanDoMore(String variable, String config, String severity) throws IOException {
        write("[auth]\ntoken = '" + TokenMint.described(config) + "'\n");
        CliRun run = CliRun.withHome(home).env("CHAINLOOP_TOKEN", TokenMint.described(variable));
        assertEquals(severity, finding(run, "shadowed").get("severity").asText());
    }

    /** Blind sets H and J: a GitHub job that may request its own token lacks nothing; one with half of the grant does. */
    @ParameterizedTest(name = "{0} {1}, {2}")
    @CsvSource(delimiter = '|', textBlock = """
            URL TOKEN |      | inspect                  | 0 | No token is stored; attestation commands request a federated one
            URL TOKEN |      | inspect -o github        | 0 | chainloop-token: No token is stored; attestation commands request a federated one
            URL TOKEN |      | sources                  | 0 | No token is stored; attestation commands request a federated one
            URL TOKEN |      | inspect --field requestsFederated | 0 | true
            URL TOKEN |      | inspect --field kind     | 1 | ''
            URL TOKEN |      | check                    | 1 | Check failed
            URL TOKEN |      | check --allow-federated  | 0 | Check passed
            URL TOKEN | USER | inspect --field requestsFederated | 0 | false
            URL TOKEN | 'x'  | inspect                  | 1 | No token found
            URL       |      | inspect                  | 1 | No token found
            URL       |      | inspect -o github        | 1 | chainloop-token: No token found
            URL       |      | inspect --field requestsFederated | 1 | false
            TOKEN     |      | sources                  | 1 | No token would be sent
            ''        |      | inspect                  | 1 | No token found
            """)
    void aJobThatRequestsItsOwnTokenLacksNone(String granted, String login, String command, int status, String first)
            throws IOException {
        CliRun run = CliRun.withHome(home)
                .env("CI", "true")
                .env("GITHUB_ACTIONS", "true")
                .env("GITHUB_REPOSITORY", "acme/web")
                .env("GITHUB_RUN_ID", "1");
        for (String name : granted.split(" ")) {
            run.env("ACTIONS_ID_TOKEN_REQUEST_" + name, "https://mint.example");
        }
        if (login != null) {
            write("[auth]\ntoken = '" + (login.equals("USER") ? TokenMint.described(login) : " ") + "'\n");
        }
        CliRun.Result result = run.run(command.split(" "));
        assertEquals(
                List.of(status, first), List.of(result.status(), result.out().split("\n", 2)[0]));
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
