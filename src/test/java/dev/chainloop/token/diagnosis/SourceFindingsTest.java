package dev.chainloop.token.diagnosis;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import dev.chainloop.token.testing.CliRun;
import dev.chainloop.token.testing.Payload;
import dev.chainloop.token.testing.TestWorld;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The rules about where a token came from, and what else is there. */
class SourceFindingsTest {
    @TempDir
    Path home;

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
        for (String place : List.of("terminal", "job", "ci", "pod", "container", "service")) {
            JsonNode finding =
                    finding("in: " + place + "; variable: @" + variable + "@; login: @" + login + "@", "shadowed");
            assertEquals(
                    place.equals("terminal") || place.equals("job") ? "info -" : "- -",
                    finding.path("severity").asText("-") + " "
                            + finding.path("cure").asText("-"));
        }
    }

    /** What has ended is not recommended. */
    @ParameterizedTest
    @CsvSource({"API, set-variable", "API expired, -", "API letters=38, -"})
    void aStrayTokenOfNoUseIsNotRecommended(String token, String cure) throws IOException {
        JsonNode finding = finding("env: OTHER=@" + token + "@", "token-elsewhere");
        assertEquals(cure, finding.path("cure").asText("-"));
    }

    /** Only the variable shadows, and only the config file. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            variable: @API@; login: @USER@ | your login
            variable: @API@; login: hunter2 | the token in the config file
            variable: @API@; login: hunter2; env: GITLAB_CI=true; env: GITLAB_OIDC=@FEDERATED header={"alg":"RS256"}@ | ``
            variable: hunter2; login: @USER@ | your login
            $ @API@; login: @USER@ | ``
            stdin: @API@\\n; variable: @USER@ | ``
            stdin: @API@\\n; login: @USER@ | ``
            variable: @API@; env: GITLAB_CI=true; env: GITLAB_OIDC=@USER@ | ``
            variable: @USER@; login: @USER@ | ``
            variable: @USER@; env: GITLAB_CI=true; env: GITLAB_OIDC=@USER@ | ``
            """)
    void aVariableShadowsADifferentTokenInTheConfigFile(String sources, String told) throws IOException {
        String expected = told.isEmpty() ? "" : "$CHAINLOOP_TOKEN is sent, not " + told + ".";
        assertEquals(expected, message(sources, "shadowed"));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            stdin: \\sBearer @API@\\n | malformed
            env: GITHUB_ACTIONS=false; variable: @USER@ | ``
            env: CI=true; $ @USER@ | ``
            env: CI=true; variable: @API@ | ``
            env: CI=true; variable: @USER@ | ``
            env: CI=true; machine: unattended; $ @USER@ | ``
            env: XDG_CONFIG_HOME=conf; variable: @API@ | ``
            env: A2345678901234567890123456789012345678901=@API@ | no-token
            env: A234567890123456789012345678901234567890=@API@ | no-token token-elsewhere
            env: CHAINLOOP_CONTROL_PLANE_API=b.example:443; login: @USER@; config: [control-plane]; config: api = 'https://a.example' | ``
            machine: unattended; variable: @USER@ | ``
            env: HOME=; machine: home ~/; login: @USER@ | no-token config-elsewhere
            env: KUBERNETES_SERVICE_HOST=1; machine: unattended; login: @USER@ | user-token-in-ci
            stdin: @API@\\n; env: OTHER=@USER@ | ``
            variable: @API@; env: OTHER=@USER@ | token-elsewhere
            env: CHAINLOOP_CONTROL_PLANE_API=a.example:443; login: @USER@; config: [control-plane]; config: api = 'a.example:443' | ``
            """)
    void theWorldHasTheseFindings(String world, String expected) throws IOException {
        assertEquals(expected, String.join(" ", ids(world)));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            env: GITHUB_ACTIONS=true; env: GITHUB_ACTOR=dependabot[bot] | is not set, and Dependabot's runs read secrets of their own.
            env: GITHUB_ACTIONS=true; env: GITHUB_ACTOR=dependabot | is not set.
            env: GITLAB_CI=true; env: CI_COMMIT_REF_PROTECTED=false; variable: | is set, but empty, and this branch is not protected, so it\
             gets no protected variable.
            env: GITLAB_CI=true; env: CI_MERGE_REQUEST_SOURCE_PROJECT_ID=1; env: CI_MERGE_REQUEST_PROJECT_ID=2 | is not set, and a change\
             from a fork gets no secrets.
            env: XDG_CONFIG_HOME=conf | is not set, and $XDG_CONFIG_HOME, which is not absolute, is ignored.
            """)
    void whyThereIsNoToken(String world, String why) throws IOException {
        assertEquals("There is no token to send: $CHAINLOOP_TOKEN " + why, message(world, "no-token"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"env", "config", "gitlab"})
    void aNamedSourceIsNotHeldAgainstOthers(String named) throws IOException {
        String all =
                "in: gitlab; variable: @API@; login: @USER@; env: GITLAB_OIDC=@FEDERATED header={\"alg\":\"RS256\"}@";
        assertEquals("", message("$ --source " + named + "; " + all, "shadowed"));
    }

    /** Only within a minute is somebody writing it; a token that is in use is sent all the same. */
    @ParameterizedTest
    @CsvSource({"59, wait-for-writer", "61, -"})
    void aFileThatStaysEmptyIsALostLogin(int seconds, String cure) throws IOException {
        String world = "age: " + seconds + "; config: empty";
        JsonNode finding = finding(world, "config-mid-write");
        assertEquals(
                "The config file is empty: a chainloop command is writing it, or one was interrupted, and then any login"
                        + " in it is lost (Chainloop #2812).",
                finding.get("message").asText());
        assertEquals("warning", finding.get("severity").asText());
        assertEquals(cure, finding.path("cure").asText("-"));
        assertEquals(List.of(), ids(world + "; variable: @API@"));
    }

    private List<String> ids(String world) throws IOException {
        List<String> ids = new ArrayList<>();
        findings(world).forEach(one -> ids.add(one.get("id").asText()));
        return ids;
    }

    private String message(String world, String id) throws IOException {
        return finding(world, id).path("message").asText();
    }

    private JsonNode finding(String world, String id) throws IOException {
        for (JsonNode one : findings(world)) {
            if (one.get("id").asText().equals(id)) {
                return one;
            }
        }
        return Payload.read("{}");
    }

    private JsonNode findings(String world) throws IOException {
        CliRun.Result result = TestWorld.of(world.split("; ")).run(home, "-o", "json");
        return Payload.read(result.out()).get("findings");
    }
}
