package dev.chainloop.token.diagnosis;

import static dev.chainloop.token.testing.TokenMint.API_TOKEN;
import static dev.chainloop.token.testing.TokenMint.FEDERATED;
import static dev.chainloop.token.testing.TokenMint.USER;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import dev.chainloop.token.testing.CliRun;
import dev.chainloop.token.testing.Payload;
import dev.chainloop.token.testing.TokenMint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
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

    /** Whatever the two are, nothing is wrong; a job has its variable on purpose. */
    @ParameterizedTest(name = "{0} before {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            API          | USER
            API          | USER expired
            API expired  | USER
            USER expired | USER exp=now+3d
            USER         | USER user_id="another"
            """)
    void aShadowedTokenIsANote(String variable, String login) throws IOException {
        for (String place : List.of("", "unattended", "CI", "KUBERNETES_SERVICE_HOST", "container", "INVOCATION_ID")) {
            CliRun run = CliRun.withHome(home).machine(place.isEmpty() ? "" : "unattended");
            if (place.length() > 1 && !place.equals("unattended")) {
                run.env(place, "1");
            }
            put(run, "env", TokenMint.described(variable));
            put(run, "config", TokenMint.described(login));
            JsonNode finding = finding(run, "shadowed");
            assertEquals(
                    place.isEmpty() || place.equals("unattended") ? "info -" : "- -",
                    finding.path("severity").asText("-") + " "
                            + finding.path("cure").asText("-"));
        }
    }

    /** What has ended is not recommended. */
    @ParameterizedTest
    @CsvSource({"API, set-variable", "API expired, -", "API letters=38, -"})
    void aStrayTokenOfNoUseIsNotRecommended(String token, String cure) throws IOException {
        CliRun run = CliRun.withHome(home).env("OTHER", TokenMint.described(token));
        assertEquals(cure, finding(run, "token-elsewhere").path("cure").asText("-"));
    }

    /** Only the variable shadows, and only the config file. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            env=API config=USER               | your login
            env=API config=hunter2            | the token in the config file
            env=API config=hunter2 gitlab=JOB | ``
            env=hunter2 config=USER           | your login
            argument=API config=USER          | ``
            stdin=API env=USER                | ``
            stdin=API config=USER             | ``
            env=API gitlab=USER               | ``
            env=USER config=USER              | ``
            env=USER gitlab=USER              | ``
            """)
    void aVariableShadowsADifferentTokenInTheConfigFile(String sources, String told) throws IOException {
        String expected = told.isEmpty() ? "" : "$CHAINLOOP_TOKEN is sent, not " + told + ".";
        assertEquals(expected, message(world(sources), "shadowed"));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            env="API" config=USER                   | malformed shadowed
            stdin=~Bearer~API                       | malformed
            GITHUB_ACTIONS=false env=USER           | ``
            CI=true argument=USER                   | ``
            CI=true env=API                         | ``
            CI=true env=USER                        | ``
            CI=true machine=unattended env=USER     | user-token-in-ci
            CI=true machine=unattended argument=USER | ``
            XDG_CONFIG_HOME=conf env=API            | ``
            A2345678901234567890123456789012345678901=API | no-token
            A234567890123456789012345678901234567890=API | no-token token-elsewhere
            CHAINLOOP_CONTROL_PLANE_API=b.example:443 config=USER@https://a.example | ``
            machine=unattended env=USER             | ``
            HOME= machine=home~HERE config=USER     | no-token config-elsewhere
            INVOCATION_ID=1 machine=unattended env=USER | user-token-in-ci
            KUBERNETES_SERVICE_HOST=1 machine=unattended config=USER | user-token-in-ci
            machine=unattended,/.dockerenv env=USER | user-token-in-ci
            stdin=API OTHER=USER                    | ``
            env=API OTHER=USER                      | token-elsewhere
            CHAINLOOP_CONTROL_PLANE_API=a.example:443 config=USER@a.example:443 | ``
            CHAINLOOP_CONTROL_PLANE_API=b.example:443 config=USER@a.example:443 | login-elsewhere
            """)
    void theWorldHasTheseFindings(String world, String expected) throws IOException {
        assertEquals(expected, String.join(" ", ids(world(world))));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            GITHUB_ACTIONS=true GITHUB_ACTOR=dependabot[bot] | is not set, and Dependabot's runs read secrets of their own.
            GITHUB_ACTIONS=true GITHUB_ACTOR=dependabot | is not set.
            GITLAB_CI=true CI_COMMIT_REF_PROTECTED=false env= | is set, but empty, and this branch is not protected, so it\
             gets no protected variable.
            GITLAB_CI=true CI_MERGE_REQUEST_SOURCE_PROJECT_ID=1 CI_MERGE_REQUEST_PROJECT_ID=2 | is not set, and a change\
             from a fork gets no secrets.
            XDG_CONFIG_HOME=conf | is not set, and $XDG_CONFIG_HOME, which is not absolute, is ignored.
            """)
    void whyThereIsNoToken(String world, String why) throws IOException {
        assertEquals("There is no token to send: $CHAINLOOP_TOKEN " + why, message(world(world), "no-token"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"env", "config", "gitlab"})
    void aNamedSourceIsNotHeldAgainstOthers(String named) throws IOException {
        CliRun run = world("env=API config=USER gitlab=JOB");
        args.addAll(List.of("--source", named));
        assertEquals("", message(run, "shadowed"));
    }

    /** Only within a minute is somebody writing it; a token that is in use is sent all the same. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            59 | none | warning | wait-for-writer | another chainloop command is writing it right now, or one was\
             interrupted, and then any login in it is lost (Chainloop #2812).
            61 | none | warning | - | perhaps a chainloop command was interrupted while writing it. Any login in it is\
             lost (Chainloop #2812).
            59 | env  | info    | - | another chainloop command is writing it right now, or one was interrupted, and\
             then any login in it is lost (Chainloop #2812).
            """)
    void aFileThatStaysEmptyIsALostLogin(int seconds, String source, String severity, String cure, String why)
            throws IOException {
        write("");
        Files.setLastModifiedTime(configFile(), FileTime.from(CliRun.NOW.minusSeconds(seconds)));
        CliRun run = CliRun.withHome(home);
        if (!source.equals("none")) {
            put(run, source, API);
        }
        JsonNode finding = finding(run, "config-mid-write");
        assertEquals("The config file is empty: " + why, finding.get("message").asText());
        assertEquals(severity, finding.get("severity").asText());
        assertEquals(cure, finding.path("cure").asText("-"));
    }

    @ParameterizedTest
    @CsvSource({
        "0, inspect, true",
        "0, sources, true",
        "3599, check, true",
        "3600, inspect, false",
        "-1, inspect, false"
    })
    void aLoginThatHadEndedWhenItWasWritten(int seconds, String command, boolean told) throws IOException {
        write(config(TokenMint.described("USER exp=now-2h")));
        Files.setLastModifiedTime(configFile(), FileTime.from(CliRun.NOW.minusSeconds(7200 - seconds)));
        String out = CliRun.withHome(home).run(command, "-o", "json").out();
        assertEquals(told, out.contains("If you have just logged in, a chainloop command"), out);
    }

    private void put(CliRun run, String source, String token) throws IOException {
        switch (source) {
            case "argument" -> args.add(token);
            case "stdin" -> run.stdin(token + "\n");
            case "env" -> run.env("CHAINLOOP_TOKEN", token);
            case "config" -> write(config(token));
            case "machine" -> run.machine(token.replace(',', '\n'));
            case "gitlab" -> run.env("GITLAB_CI", "true").env("GITLAB_OIDC", token);
            default -> throw new IllegalArgumentException(source);
        }
    }

    /** A login, behind an @ the control plane in its file. */
    private static String config(String login) {
        String[] parts = login.split("@", -1);
        return "[auth]\ntoken = '" + parts[0] + "'\n"
                + (parts.length > 1 ? "[control-plane]\napi = '" + parts[1] + "'\n" : "");
    }

    /** Each word is a source, the machine's signs, or a variable, and what it holds; ~ stands for a blank. */
    private CliRun world(String words) throws IOException {
        CliRun run = CliRun.withHome(home);
        for (String word : words.split(" ", -1)) {
            String name = word.replaceFirst("=.*", "");
            String value = word.replaceFirst(".*?=", "")
                    .replace('~', ' ')
                    .replaceFirst("USER", USER_TOKEN)
                    .replaceFirst("API", API)
                    .replaceFirst("JOB", CI_TOKEN)
                    .replaceFirst("HERE", home.toString());
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

    private List<String> ids(CliRun run) {
        List<String> ids = new ArrayList<>();
        findings(run).forEach(one -> ids.add(one.get("id").asText()));
        return ids;
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
