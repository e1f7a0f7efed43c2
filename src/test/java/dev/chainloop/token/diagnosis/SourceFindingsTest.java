package dev.chainloop.token.diagnosis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

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

/** The rules about where a token came from, and what else is there. */
class SourceFindingsTest {
    @TempDir
    Path home;

    /** Whatever the two are, nothing is wrong; a job has its variable on purpose. */
    @ParameterizedTest(name = "{0} before {1}")
    @CsvSource(delimiter = '|', textBlock = """
            API          | USER
            API          | USER expired
            API expired  | USER
            USER expired | USER exp=now+3d
            USER         | USER user_id="another"
            """)
    void aShadowedTokenIsANote(String variable, String login) throws IOException {
        for (String place : List.of("terminal", "job", "ci", "pod", "container", "service")) {
            List<String> codes = codes("in: " + place + "; variable: @" + variable + "@; login: @" + login + "@");
            codes.removeIf(code -> !code.contains("shadowed"));
            boolean told = place.equals("terminal") || place.equals("job");
            assertEquals(told ? List.of("info:shadowed") : List.of(), codes, place);
        }
    }

    /**
     * Only the variable shadows, and only the config file; a stray token of no use is not recommended; only within a minute is
     * somebody writing an empty file.
     */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            variable: @API@; login: hunter2; env: GITLAB_CI=true; env: GITLAB_OIDC=@FEDERATED header={"alg":"RS256"}@ | ``
            $ @API@; login: @USER@ | ``
            stdin: @API@\\n; variable: @USER@ | ``
            stdin: @API@\\n; login: @USER@ | ``
            variable: @API@; env: GITLAB_CI=true; env: GITLAB_OIDC=@USER@ | ``
            variable: @USER@; login: @USER@ | ``
            variable: @USER@; env: GITLAB_CI=true; env: GITLAB_OIDC=@USER@ | warning:user-token-in-ci>create-api-token
            $ --source env; variable: @API@; login: @USER@ | ``
            $ --source config; variable: @API@; login: @USER@ | ``
            $ --source gitlab; in: gitlab; variable: @API@; env: GITLAB_OIDC=@FEDERATED header={"alg":"RS256"}@ | ``
            env: OTHER=@API@ | error:no-token>get-token info:token-elsewhere>set-variable
            env: OTHER=@API expired@ | error:no-token>get-token info:token-elsewhere
            env: OTHER=@API letters=38@ | error:no-token>get-token info:token-elsewhere
            env: A2345678901234567890123456789012345678901=@API@ | error:no-token>get-token
            env: A234567890123456789012345678901234567890=@API@ | error:no-token>get-token info:token-elsewhere>set-variable
            stdin: @API@\\n; env: OTHER=@USER@ | ``
            variable: @API@; env: OTHER=@USER@ | info:token-elsewhere>set-variable
            stdin: \\sBearer @API@\\n | error:malformed>store-alone
            env: GITHUB_ACTIONS=false; variable: @USER@ | ``
            env: CI=true; variable: @USER@ | ``
            env: CI=true; machine: unattended; $ @USER@ | ``
            machine: unattended; variable: @USER@ | ``
            env: XDG_CONFIG_HOME=conf; variable: @API@ | ``
            env: CHAINLOOP_CONTROL_PLANE_API=a.example:443; login: @USER@; config: [control-plane]; config: api = 'a.example:443' | ``
            env: CHAINLOOP_CONTROL_PLANE_API=b.example:443; login: @USER@; config: [control-plane]; config: api = 'https://a.example' | ``
            age: 59; config: empty | error:no-token>wait-for-writer warning:config-mid-write>wait-for-writer
            age: 61; config: empty | error:no-token>get-token warning:config-mid-write
            """)
    void theWorldHasTheseFindings(String world, String codes) throws IOException {
        assertEquals(codes, String.join(" ", codes(world)));
    }

    /** Severity, ID, and cure where there is one. */
    private List<String> codes(String world) throws IOException {
        List<String> codes = new ArrayList<>();
        for (JsonNode one : findings(world)) {
            codes.add(one.get("severity").asText() + ":" + one.get("id").asText()
                    + one.path("cure").asText("").replaceFirst("^(?=.)", ">"));
        }
        return codes;
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            variable: @API@; login: hunter2 | $CHAINLOOP_TOKEN is sent, not the token in the config file.
            variable: hunter2; login: @USER@ | $CHAINLOOP_TOKEN is sent, not your login.
            env: GITHUB_ACTIONS=true; env: GITHUB_ACTOR=dependabot[bot] | There is no token to send: $CHAINLOOP_TOKEN is not set,\
             and Dependabot's runs read secrets of their own.
            env: GITHUB_ACTIONS=true; env: GITHUB_ACTOR=dependabot | There is no token to send: $CHAINLOOP_TOKEN is not set.
            env: GITLAB_CI=true; env: CI_COMMIT_REF_PROTECTED=false; variable: | There is no token to send: $CHAINLOOP_TOKEN is set,\
             but empty, and this branch is not protected, so it gets no protected variable.
            env: GITLAB_CI=true; env: CI_MERGE_REQUEST_SOURCE_PROJECT_ID=1; env: CI_MERGE_REQUEST_PROJECT_ID=2 | There is no token\
             to send: $CHAINLOOP_TOKEN is not set, and a change from a fork gets no secrets.
            env: XDG_CONFIG_HOME=conf | There is no token to send: $CHAINLOOP_TOKEN is not set, and $XDG_CONFIG_HOME, which is not\
             absolute, is ignored.
            config: empty | The config file is empty: a chainloop command is writing it, or one was interrupted, and then any login\
             in it is lost (Chainloop #2812).
            """)
    void aFindingSays(String world, String message) throws IOException {
        List<String> messages = new ArrayList<>();
        findings(world).forEach(one -> messages.add(one.get("message").asText()));
        assertTrue(messages.contains(message), messages::toString);
    }

    private JsonNode findings(String world) throws IOException {
        CliRun.Result result = TestWorld.of(world.split("; ")).run(home, "-o", "json");
        return Payload.read(result.out()).get("findings");
    }
}
