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

/** The rules about a token, where it came from, and what else is there: what triggers each, and what comes close but must not. */
class FindingsTest {
    @TempDir
    Path home;

    /** Now is second 1767225600. */
    @ParameterizedTest(name = "{0}: {2}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            # healthy
            an instance token with an empty org_id | API org_id="" org_name="" scope="INSTANCE_ADMIN" | ``
            a new instance token     | API -org_id -org_name scope="instance" | ``
            a token of an organization | API scope="organization" scope_id="dddb8201-eab6-4e61-9201-f12b47c01892" | ``
            iat and nbf now          | FEDERATED iat=now nbf=now RS256    | ``
            # expired: now >= exp
            half a second of the same second | USER exp=1767225600.5              | error:expired
            a second before exp      | USER exp=now+1s                    | warning:expires-soon
            half a second behind 0   | USER exp=0.5                       | error:expired
            # not-yet-valid
            nbf in a second          | FEDERATED nbf=now+1s RS256         | error:not-yet-valid
            # expires-soon
            a login, 1 h less 1 s    | USER exp=now+3599s                 | warning:expires-soon
            a login, 1 h             | USER exp=now+3600s                 | ``
            an API token, 3 d less 1 s | API exp=now+259199s              | warning:expires-soon
            made to live two hours   | API iat=now-119m exp=now+1m        | ``
            two hours and a second   | API iat=now-7141s exp=now+60s      | warning:expires-soon
            no kind, 1 s             | USER aud="x" exp=now+1s            | error:unknown-audience
            # identity-missing
            jti a number, told once  | API jti=5                          | error:identity-missing
            iss a number, told once  | FEDERATED iss=5 RS256              | error:identity-missing
            # unknown-audience
            legacy                   | USER aud="client.chainloop"        | warning:unknown-audience
            aud null                 | USER aud=null                      | error:unknown-audience
            federated, almost        | FEDERATED iss="cp.chainloop.dev" RS256 | ``
            federated without claims | FEDERATED iss="https://git.example" -repository -repository_owner_id RS256 | ``
            # unsigned and algorithm
            alg NONE                 | USER header={"alg":"NONE"}         | error:unsigned
            alg absent               | USER header={}                     | error:algorithm
            alg unknown              | USER header={"alg":"hs256"}        | error:algorithm
            federated ES256          | FEDERATED header={"alg":"ES256"}   | ``
            federated unknown        | FEDERATED header={"alg":"XS256"}   | error:algorithm
            federated EdDSA          | FEDERATED header={"alg":"EdDSA"} letters=86 | ``
            federated PS256, cut     | FEDERATED header={"alg":"PS256"} letters=340 | error:signature-length
            federated, such a subject | FEDERATED sub="system:serviceaccount:ci:x" RS256 | ``
            no kind, known alg       | USER aud="x" RS256                 | error:unknown-audience error:algorithm
            # signature-length
            none, and nothing is said of the algorithm | USER RS256 letters=0 | error:unsigned
            a letter less            | API letters=42                     | error:signature-length
            a letter more            | API letters=44                     | error:signature-length
            RSA, 2048 bits           | FEDERATED RS256 letters=342        | ``
            RSA, a letter less       | FEDERATED RS256 letters=340        | error:signature-length
            of an unknown algorithm  | USER aud="x" header={"alg":"ES256"} letters=8 | error:unknown-audience error:algorithm
            # scope-inconsistent
            a scope_id without a scope | API scope_id="dddb8201-eab6-4e61-9201-f12b47c01892" | warning:scope-inconsistent
            two scopes that differ   | API scope="organization" scope_type="project" | warning:scope-inconsistent
            # odd-claim
            exp in the year 10000    | USER exp=253402300800              | warning:odd-claim
            exp at the end of 9999   | USER exp=253402300799              | ``
            exp in quotes, ahead     | API exp="4102444800"               | warning:odd-claim
            exp in quotes, past      | API exp="1"                        | error:odd-claim
            exp in quotes, hexadecimal | API exp="0x1p40"                 | error:odd-claim
            exp in quotes, a zero before it | API exp="04102444800"       | error:odd-claim
            exp in quotes, too large | API exp="1e400"                    | error:odd-claim
            nbf in quotes, ahead     | API nbf="4102444800"               | error:odd-claim
            nbf in quotes, past      | API nbf="1"                        | warning:odd-claim
            iat in quotes, hexadecimal | API iat="0x1p40"                 | warning:odd-claim
            nbf an array             | USER nbf=[]                        | error:odd-claim
            iat true                 | API iat=true                       | warning:odd-claim
            a scope that is no string | API project_id=5                   | warning:odd-claim
            that contradicts nothing | API scope=["project"]              | warning:odd-claim
            # clock-skew
            iat in a minute          | FEDERATED iat=now+60s RS256        | warning:clock-skew
            iat in less              | FEDERATED iat=now+59s RS256        | ``
            # all, the worst first
            many                     | USER aud=["user-auth.chainloop","chainloop",1] exp=1 nbf=now+1s iss="x" sub=1\
             iat=now+90s header={"alg":"none"} | error:expired error:not-yet-valid error:unsigned\
             warning:mixed-audience warning:odd-claim warning:clock-skew
            """)
    void eachRuleAtItsThreshold(String name, String token, String codes) throws IOException {
        assertEquals(codes, String.join(" ", codes(token)).replaceAll(">[a-z-]+", ""));
    }

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
     * Only the variable shadows, and only the config file; a useless stray token is not recommended; only within a minute is
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

    /** Severity, ID, and cure if there is one. */
    private List<String> codes(String world) throws IOException {
        List<String> codes = new ArrayList<>();
        for (JsonNode one : findings(world)) {
            codes.add(one.get("severity").asText() + ":" + one.get("id").asText()
                    + one.path("cure").asText("").replaceFirst("^(?=.)", ">"));
        }
        return codes;
    }

    /** Of several tokens, ¦ stands between them. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            USER RS256 letters=0 | It has no signature: nothing vouches for its claims, and the server refuses it.
            FEDERATED RS256 aud=[] | It is a CI provider's token, issued for no audience; Chainloop accepts only those issued for\
             "chainloop".
            FEDERATED RS256 aud=["a1","a2","a3","a4","a5","a6","a7","a8"] | It is a CI provider's token, issued for "a1", "a2", "a3",\
             "a4", "a5", "a6", "a7", "a8"; Chainloop accepts only those issued for "chainloop".
            FEDERATED RS256 aud=["a1","a2","a3","a4","a5","a6","a7","a8","a9","a10"] | It is a CI provider's token, issued for "a1",\
             "a2", "a3", "a4", "a5", "a6", "a7", "a8" and 2 more; Chainloop accepts only those issued for "chainloop".
            USER exp=1767225600000 | It has claims of an unexpected type or range: exp is in milliseconds, not in seconds. The server reads\
             it as a date in the far future, so the token practically never expires.
            USER exp=1767225600000000 ¦ USER exp=17672256000000 | It has claims of an unexpected type or range: exp is not a time in\
             seconds. The server reads it as a date in the far future, so the token practically never expires.
            USER exp=true | It has claims of an unexpected type or range: exp is not a number. The server refuses the token.
            USER aud=["user-auth.chainloop",1,2] | It has claims of an unexpected type or range: aud has an entry that is not a string.\
             The server refuses the token for attestation commands. Control planes after v1.106.1 refuse it for all commands.
            USER -aud | It has no audience, so Chainloop cannot tell what it is for.
            CLAIMS aud="x" iss="https://accounts.google.com" | It comes from the issuer https://accounts.google.com, with the\
             audience "x"; Chainloop accepts only its own tokens and those of GitHub and GitLab.
            CLAIMS aud="x" iss="k.example" namespace_id="7" | It comes from the issuer k.example, with the audience "x";\
             Chainloop accepts only its own tokens and those of GitHub and GitLab.
            CLAIMS aud="x" iss="https://k.example" namespace_id=null project_path=null | It comes from the issuer\
             https://k.example, with the audience "x"; Chainloop accepts only its own tokens and those of GitHub and GitLab.
            variable: @API@; login: hunter2 | $CHAINLOOP_TOKEN is sent instead of the token in the config file. To use the token in the config file, unset the variable.
            variable: hunter2; login: @USER@ | $CHAINLOOP_TOKEN is sent instead of your login.
            env: GITHUB_ACTIONS=true; env: GITHUB_ACTOR=dependabot[bot] | There is no token to send: $CHAINLOOP_TOKEN is not set,\
             and Dependabot's runs have their own set of secrets.
            env: GITHUB_ACTIONS=true; env: GITHUB_ACTOR=dependabot | There is no token to send: $CHAINLOOP_TOKEN is not set.
            env: GITLAB_CI=true; env: CI_COMMIT_REF_PROTECTED=false; variable: | There is no token to send: $CHAINLOOP_TOKEN is set\
             but empty, and this branch is not protected, so its jobs get no protected variables.
            env: GITLAB_CI=true; env: CI_MERGE_REQUEST_SOURCE_PROJECT_ID=1; env: CI_MERGE_REQUEST_PROJECT_ID=2 | There is no token\
             to send: $CHAINLOOP_TOKEN is not set, and runs for a change from a fork get no secrets.
            env: XDG_CONFIG_HOME=conf | There is no token to send: $CHAINLOOP_TOKEN is not set, and $XDG_CONFIG_HOME is ignored\
             because it is not an absolute path.
            config: empty | The config file is empty: a chainloop command is writing it, or was interrupted and has lost any\
             login in it (Chainloop #2812).
            """)
    void aFindingSays(String worlds, String message) throws IOException {
        for (String world : worlds.split(" ¦ ")) {
            List<String> messages = new ArrayList<>();
            findings(world).forEach(one -> messages.add(one.get("message").asText()));
            // For an unknown audience, each lists the known ones.
            String known =
                    " The tokens that the CLI sends today have the audience api-token-auth.chainloop, user-auth.chainloop or chainloop.";
            assertTrue(messages.contains(message) || messages.contains(message + known), messages::toString);
        }
    }

    /** The findings of a world, or of a token on stdin; RS256 is short for the header with that algorithm. */
    private JsonNode findings(String world) throws IOException {
        String token = "stdin: @" + world.replace(" RS256", " header={\"alg\":\"RS256\"}") + "@\\n";
        String lines = world.matches("[A-Z].*") ? token : world;
        CliRun.Result result = TestWorld.of(lines.split("; ")).run(home, "-o", "json");
        return Payload.read(result.out()).get("findings");
    }
}
