package dev.chainloop.token.diagnosis;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import dev.chainloop.token.testing.CliRun;
import dev.chainloop.token.testing.Payload;
import dev.chainloop.token.testing.TokenMint;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The rules about a token itself: what triggers each, and what comes close but must not. Now is second 1767225600. */
class TokenFindingsTest {
    @TempDir
    Path home;

    @ParameterizedTest(name = "{0}: {2}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            # healthy
            an instance token with an empty org_id | API org_id="" org_name="" scope="INSTANCE_ADMIN" | ``
            a new instance token     | API -org_id -org_name scope="instance" | ``
            a token of an organization | API scope="organization" scope_id="dddb8201-eab6-4e61-9201-f12b47c01892" | ``
            iat and nbf now          | FEDERATED iat=now nbf=now RS256    | ``
            # expired: now >= exp
            half a second of the same second | USER exp=1767225600.5              | error expired
            a second before exp      | USER exp=now+1s                    | warning expires-soon
            # not-yet-valid
            nbf in a second          | FEDERATED nbf=now+1s RS256         | error not-yet-valid
            # expires-soon
            a login, 1 h less 1 s    | USER exp=now+3599s                 | warning expires-soon
            a login, 1 h             | USER exp=now+3600s                 | ``
            an API token, 3 d less 1 s | API exp=now+259199s              | warning expires-soon
            made to live two hours   | API iat=now-119m exp=now+1m        | ``
            two hours and a second   | API iat=now-7141s exp=now+60s      | warning expires-soon
            no kind, 1 s             | USER aud="x" exp=now+1s            | error unknown-audience
            # identity-missing
            jti a number, told once  | API jti=5                          | error identity-missing
            iss a number, told once  | FEDERATED iss=5 RS256              | error identity-missing
            # unknown-audience
            legacy                   | USER aud="client.chainloop"        | warning unknown-audience
            aud null                 | USER aud=null                      | error unknown-audience
            federated, almost        | FEDERATED iss="cp.chainloop.dev" RS256 | ``
            federated without claims | FEDERATED iss="https://git.example" -repository -repository_owner_id RS256 | ``
            # unsigned and algorithm
            alg NONE                 | USER header={"alg":"NONE"}         | error unsigned
            alg absent               | USER header={}                     | error algorithm
            alg unknown              | USER header={"alg":"hs256"}        | error algorithm
            federated ES256          | FEDERATED header={"alg":"ES256"}   | ``
            federated unknown        | FEDERATED header={"alg":"XS256"}   | error algorithm
            federated EdDSA          | FEDERATED header={"alg":"EdDSA"} letters=86 | ``
            federated PS256, cut     | FEDERATED header={"alg":"PS256"} letters=340 | error signature-length
            federated, such a subject | FEDERATED sub="system:serviceaccount:ci:x" RS256 | ``
            no kind, known alg       | USER aud="x" RS256                 | error unknown-audience, error algorithm
            # signature-length
            none, and nothing is said of the algorithm | USER RS256 letters=0 | error unsigned
            a letter less            | API letters=42                     | error signature-length
            a letter more            | API letters=44                     | error signature-length
            RSA, 2048 bits           | FEDERATED RS256 letters=342        | ``
            RSA, a letter less       | FEDERATED RS256 letters=340        | error signature-length
            of an unknown algorithm  | USER aud="x" header={"alg":"ES256"} letters=8 | error unknown-audience, error algorithm
            # scope-inconsistent
            two scopes that differ   | API scope="organization" scope_type="project" | warning scope-inconsistent
            # odd-claim
            exp in the year 10000    | USER exp=253402300800              | warning odd-claim
            exp at the end of 9999   | USER exp=253402300799              | ``
            nbf an array             | USER nbf=[]                        | error odd-claim
            iat true                 | API iat=true                       | warning odd-claim
            a scope that is no string | API project_id=5                   | warning odd-claim
            that contradicts nothing | API scope=["project"]              | warning odd-claim
            # clock-skew
            iat in a minute          | FEDERATED iat=now+60s RS256        | warning clock-skew
            iat in less              | FEDERATED iat=now+59s RS256        | ``
            # all, the worst first
            many                     | USER aud=["user-auth.chainloop","chainloop",1] exp=1 nbf=now+1s iss="x" sub=1\
             iat=now+90s header={"alg":"none"} | error expired, error not-yet-valid, error unsigned,\
             warning mixed-audience, warning odd-claim, warning clock-skew
            """)
    void eachRuleAtItsThreshold(String name, String token, String expected) {
        assertEquals(expected, String.join(", ", rules(token)));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            USER RS256 letters=0    | It has no signature: nothing vouches for its claims, and the server refuses it.
            FEDERATED RS256 aud=[]  | It is a CI provider's token, issued for no audience; Chainloop accepts only those issued for\
             "chainloop".
            FEDERATED RS256 aud=["a1","a2","a3","a4","a5","a6","a7","a8"] | It is a CI provider's token, issued for "a1", "a2", "a3",\
             "a4", "a5", "a6", "a7", "a8"; Chainloop accepts only those issued for "chainloop".
            FEDERATED RS256 aud=["a1","a2","a3","a4","a5","a6","a7","a8","a9","a10"] | It is a CI provider's token, issued for "a1",\
             "a2", "a3", "a4", "a5", "a6", "a7", "a8" and 2 more; Chainloop accepts only those issued for "chainloop".
            USER exp=1767225600000  | Claims of an unexpected type or range: exp is in milliseconds, not in seconds. The server reads it as a far year, so the token\
             practically never expires.
            USER exp=1767225600000000 | Claims of an unexpected type or range: exp is not a time in seconds. The server reads it as a far year, so the\
             token practically never expires.
            USER exp=17672256000000 | Claims of an unexpected type or range: exp is not a time in seconds. The server reads it as a far year, so the token\
             practically never expires.
            USER exp=true           | Claims of an unexpected type or range: exp is not a number. The server refuses the token.
            USER aud=["user-auth.chainloop",1,2] | Claims of an unexpected type or range: aud has a member that is not a string. Attestation\
             commands refuse the token.
            USER -aud               | It names no audience, so Chainloop cannot tell what it is for.
            CLAIMS aud="x" iss="https://accounts.google.com" | It is a token of the issuer https://accounts.google.com, with the audience "x";\
             Chainloop accepts only its own tokens, and those of GitHub and GitLab.
            CLAIMS aud="x" iss="k.example" namespace_id="7" | It is a token of the issuer k.example, with the audience "x";\
             Chainloop accepts only its own tokens, and those of GitHub and GitLab.
            CLAIMS aud="x" iss="https://k.example" namespace_id=null project_path=null | It is a token of the issuer\
             https://k.example, with the audience "x"; Chainloop accepts only its own tokens, and those of GitHub and GitLab.
            """)
    void theFirstFindingSays(String token, String message) {
        assertEquals(message, findings(token).get(0).get("message").asText());
    }

    private List<String> rules(String token) {
        List<String> rules = new ArrayList<>();
        findings(token)
                .forEach(one -> rules.add(
                        one.get("severity").asText() + " " + one.get("id").asText()));
        return rules;
    }

    private JsonNode findings(String token) {
        String described = TokenMint.described(token.replace(" RS256", " header={\"alg\":\"RS256\"}"));
        CliRun.Result result = CliRun.withHome(home).stdin(described + "\n").run("-o", "json");
        return Payload.read(result.out()).get("findings");
    }
}
