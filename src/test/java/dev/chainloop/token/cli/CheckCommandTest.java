package dev.chainloop.token.cli;

import static org.junit.jupiter.api.Assertions.*;

import com.fasterxml.jackson.databind.JsonNode;
import dev.chainloop.token.testing.CliRun;
import dev.chainloop.token.testing.Payload;
import dev.chainloop.token.testing.TestWorld;
import dev.chainloop.token.testing.TokenMint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each expectation: met, not met, and impossible to check. Now is second 1767225600. */
class CheckCommandTest {
    private static final Map<String, String> KINDS = Map.of(
            "FEDERATED", "FEDERATED header={\"alg\":\"RS256\"}",
            "PROJECT", "API scope=\"project\" scope_id=\"p-1\" project_id=\"p-1\" project_name=\"web\"",
            "INSTANCE", "API scope=\"instance\" org_id=\"\" org_name=\"\"");

    /** An organization or project can be named like another's ID. */
    private static final String ID = "dddb8201-eab6-4e61-9201-f12b47c01892";

    @TempDir
    Path home;

    @ParameterizedTest(name = "{0} {1}: {2}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            # type
            USER     | --type api-token,user | ``
            USER     | --type federated,api-token | type: It is a user token, but an API token or a federated token\
             was expected.
            API      | --type user | type: It is an API token, but a user token was expected.
            ``       | --type user | token: There is no token to send: $CHAINLOOP_TOKEN is not set. Expected a user\
             token.
            USER -user_id | --type user | token: Its audience user-auth.chainloop makes it a token of kind user, but\
             user_id, its identity claim, is missing.
            # org
            API      | --org acme | ``
            API      | --type user,api-token --org acme | ``
            API org_name="ID" org_id="another" | --org ID | org: It is for organization "ID", but organization "ID"\
             was expected.
            PROJECT project_name="ID" | --project ID | project: It is for project "ID", but project "ID" was expected.
            PROJECT project_id="ID" | --project DDDB8201-EAB6-4E61-9201-F12B47C01892 | ``
            API      | --org DDDB8201-eab6-4e61-9201-f12b47c01892 | ``
            API      | --org acm | org: It is for organization "acme", but organization "acm" was expected.
            API -org_name | --org acme | org: It is for an unnamed organization, but organization "acme" was\
             expected.
            INSTANCE | --org acme | org: It has no organization, but organization "acme" was expected.
            FEDERATED | --org acme | org: It is a federated token, which does not say what it is for, but\
             organization "acme" was expected.
            ``       | --org acme | token: There is no token to send: $CHAINLOOP_TOKEN is not set.
            # project
            PROJECT  | --project web | ``
            PROJECT project_name="DDDB8201-eab6-4e61-9201-f12b47c01892" | --project\
             DDDB8201-eab6-4e61-9201-f12b47c01892 | project: It is for project\
             "DDDB8201-eab6-4e61-9201-f12b47c01892", but project "DDDB8201-eab6-4e61-9201-f12b47c01892" was expected.
            API      | --project web | ``
            PROJECT workflow_id="w-1" workflow_name="build" | --project web | ``
            API project_name="web" | --project shop | project: It is for project "web", but project "shop" was\
             expected.
            API scope="project" | --project web | project: It is for an unnamed project, but project "web"\
             was expected.
            API      | --org umbrella --project web | org: It is for organization "acme", but organization\
             "umbrella" was expected.
            USER     | --project web | project: It is a user token, which does not say what it is for, but project\
             "web" was expected.
            API workflow_id="w-1" | --project web | project: It is for a workflow of a project that it does not\
             name, but project "web" was expected.
            # scope
            API scope="" scope_type="instance" | --project web | project: It is for the whole instance, but project\
             "web" was expected.
            API scope="product" project_name="web" | --project web | project: It is for a product, whose projects\
             only the server knows, but project "web" was expected.
            API scope="environment" | --project web | project: Its scope is of a kind that this tool does not know,\
             but project "web" was expected.
            API scope_type="Project " | --project web | project: Its scope is of a kind that this tool does not\
             know, but project "web" was expected.
            API scope="organization" scope_type="project" | --project web | project: Its scope and its scope_type\
             differ, but project "web" was expected.
            API scope="organization" scope_type="organization" | --project web | ``
            API project_id=5 | --project web | project: Its project_id is not a string, but project "web" was\
             expected.
            API -org_id -org_name | --project web | project: It has no organization that the project could be part\
             of, but project "web" was expected.
            USER     | --type api-token --org acme | type: It is a user token, but an API token was expected.
            # issuer
            API      | --issuer cp.chainloop | ``
            FEDERATED | --issuer https://token.actions.githubusercontent.com | ``
            FEDERATED | --issuer https://token.actions.githubusercontent.com/ | issuer: It comes from issuer\
             https://token.actions.githubusercontent.com, but issuer https://token.actions.githubusercontent.com/\
             was expected.
            API -iss | --issuer x | issuer: It has no issuer, but issuer x was expected.
            # min-remaining
            API      | --min-remaining 7d | ``
            FEDERATED | --min-remaining 300s | ``
            FEDERATED | --min-remaining 301s | min-remaining: It expires in 5 min, but at least 5 min 1 s was\
             expected.
            USER exp=now | --min-remaining 1s | findings: It expired just now.
            API exp=0 | --min-remaining 1s | min-remaining: It has an expiry that cannot be read, but at least 1 s\
             was expected.
            API exp=0 | --max-remaining 90d | max-remaining: It has an expiry that cannot be read, but at most 90 d\
             was expected.
            API exp=0 | --require-exp | require-exp: It has an expiry that cannot be read, but a token that expires\
             was expected.
            USER exp="x" | --min-remaining 1s | min-remaining: It has an expiry that cannot be read, but at least 1\
             s was expected.
            ``       | --min-remaining 1s | token: There is no token to send: $CHAINLOOP_TOKEN is not set.
            # max-remaining
            USER exp=now+90d | --max-remaining 90d --min-remaining 90d | ``
            USER exp=now+91d | --max-remaining 90d | max-remaining: It expires in 91 d, but at most 90 d was expected.
            USER exp=now+7776001s | --max-remaining 90d | max-remaining: It expires in more than 90 d, but at most\
             90 d was expected.
            USER exp=now-1s | --max-remaining 90d | findings: It expired 1 s ago.
            API      | --max-remaining 90d | max-remaining: It never expires, but at most 90 d was expected.
            API      | --max-remaining 90d --require-exp | require-exp: It never expires, but a token that expires\
             was expected.
            USER exp="x" | --max-remaining 90d | max-remaining: It has an expiry that cannot be read, but at most 90\
             d was expected.
            # either takes the place of what is usual for the kind
            API exp=now+2d | --fail-on warning | findings: It expires soon, in 2 d.
            API exp=now+2d | --warn-remaining 1d --fail-on warning | ``
            USER exp=now+2h | --warn-remaining 3h --fail-on warning | findings: It expires soon, in 2 h.
            # warn-remaining beside min-remaining
            USER exp=now+40m | --min-remaining 30m --fail-on warning | ``
            USER exp=now+40m | --min-remaining 30m --warn-remaining 40m --fail-on warning | ``
            USER exp=now+40m | --min-remaining 30m --warn-remaining 41m --fail-on warning | findings: It expires\
             soon, in 40 min.
            API exp=now+13d | --min-remaining 30m --warn-remaining 14d --fail-on warning | findings: It expires\
             soon, in 13 d.
            API exp=now+13d | --min-remaining 13d --warn-remaining 14d --fail-on warning | findings: It expires\
             soon, in 13 d.
            API exp=now+13d | --min-remaining 14d --warn-remaining 20d --fail-on warning | min-remaining: It expires\
             in 13 d, but at least 14 d was expected.
            # require-exp
            USER     | --require-exp | ``
            USER exp=null | --require-exp | require-exp: It has an expiry that cannot be read, but a token that\
             expires was expected.
            # a time that cannot be read
            USER exp="1767830400" | `` | findings: It has claims of an unexpected type or range: exp is not a number\
             but a string. The server refuses the token.
            API exp=1767830400000 | --warn-remaining 1d | ``
            API exp=9223372036854774784 | `` | findings: It has expired: its exp is not a time, and the server reads it as long\
             past.
            USER nbf=1767830400000 | `` | findings: It becomes valid after the year 9999 (nbf); the server refuses it.
            # findings
            API iss="x" | `` | ``
            USER exp=now-1s | `` | findings: It expired 1 s ago.
            USER aud="x" | --type user | token: It has no audience that Chainloop accepts, only "x". The tokens\
             that the CLI sends today have the audience api-token-auth.chainloop, user-auth.chainloop or chainloop.
            # a token that is verified is judged by its times, too, and by no finding that says the same
            USER exp=now-1s | --secret-file KEY | exp: It expired 1 s ago.
            USER exp=now | --secret-file KEY | exp: It expired just now.
            USER nbf=now+1s | --secret-file KEY | nbf: It becomes valid in 1 s (nbf); until then the server refuses it.
            USER exp="x" | --secret-file KEY | exp: It has a validity period that cannot be checked: exp is not a\
             time in seconds.
            # where letters are missing, no key could match, and that is all there is to say
            API letters=42 | --secret-file KEY | signature: Its signature has 42 characters, but one made with HS256 has 43: some\
             are missing, or it is not a signature. The server refuses it.
            API header={"alg":"none"} | --secret-file KEY | signature: Its signature cannot be verified: there is none, or its\
             algorithm or an extension (crit, b64) is not supported here.
            """)
    void everyFailureIsReported(String token, String options, String failures) throws IOException {
        CliRun.Result result = check(token, options);
        assertEquals(failures.replace("ID", ID), String.join("; ", failures(result)));
        assertEquals(failures.isEmpty() ? 0 : 1, result.status());
        assertEquals(
                failures.isEmpty(),
                Payload.read(result.out()).at("/check/passed").asBoolean());
        assertEquals("", result.err());
    }

    /** What was found, and the cure. */
    @ParameterizedTest(name = "{0} {1}: {2}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            USER exp=now    | --min-remaining 1s       | "expired" | log-in
            USER exp=now+2s | --min-remaining 3s       | "2 s" | log-in
            API             | --require-exp            | null | replace-api-token
            USER exp=now+3d | --max-remaining 2d       | "3 d" | log-in
            USER exp=null   | --require-exp            | "an expiry that cannot be read" | log-in
            USER exp="x"    | ``                       | "odd-claim" | log-in
            API             | --type user              | "api-token" | log-in
            INSTANCE        | --project web            | "instance" | replace-api-token
            API             | --issuer x               | "cp.chainloop" | check-control-plane
            USER nbf=now+1s | ``                       | "not-yet-valid" | set-clock
            USER aud="x"    | ``                       | "an unrecognized one" | get-token
            ``              | --type user              | null | log-in
            ``              | --type user,api-token    | null | get-token
            USER exp=now-1s | --secret-file KEY        | "expired" | log-in
            USER nbf=now+1s | --secret-file KEY        | "not yet" | set-clock
            USER exp="x"    | --secret-file KEY        | "none" | log-in
            USER nbf="x"    | --secret-file KEY        | "none" | log-in
            API             | --org x                  | "acme" | replace-api-token
            PROJECT         | --project x              | "web" | replace-api-token
            TEXT x          | ``                       | "not a token" | store-whole
            """)
    void theJsonHasWhatWasFound(String token, String options, String actual, String cure) throws IOException {
        JsonNode first = Payload.read(check(token, options).out()).at("/check/failures/0");
        assertEquals(actual, first.path("actual").toString());
        assertEquals(cure, first.path("cure").asText());
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            API        | -q                        | 0 | ``
            API exp=now+3d | -q --warn-remaining 3d | 0 | ``
            USER exp=now+59m | -q --warn-remaining 59m | 0 | ``
            USER exp=now+59m | -q --warn-remaining 1h | 0 | warning: user token bc0b2199-ca85-42ab-a857-042e9c109d43 expires soon, in 59 min. Remove CHAINLOOP_TOKEN from
            API exp=now+3d | -q --warn-remaining 14d | 0 | warning: API token "ci" of acme expires soon, in 3 d. Log in to create tokens:
            API exp=now+3d | -q --warn-remaining 14d -o github | 0 | warning: API token "ci" of acme expires soon, in 3 d. Log in to create tokens:
            API exp=now+3d | --field kind --warn-remaining 14d | 0 | warning: API token "ci" of acme expires soon, in 3 d. Log in to create tokens:
            API exp=now+3d | -q --warn-remaining 14d --fail-on warning | 1 | error: API token "ci" of acme expires soon, in 3 d. Log in to create tokens:
            API exp=now+1h | -q --org x            | 1 | error: API token "ci" of acme is for organization "acme", but organization "x" was expected. Log in
            API        | -q --org x -o dotenv      | 1 | error: API token "ci" of acme is for organization "acme", but
            '@API@'    | -q                        | 3 | error: the value is a token with
            ``         | -q                        | 1 | error: there is no token to send
            API aud=[] | -q                        | 1 | error: the token has no audience
            API aud=["1","2","3","4","5","6","7","8","9"] | -q | 1 | error: the token has no audience that Chainloop accepts, only\
             "1", "2", "3", "4", "5", "6", "7", "8" and 1 more
            API        | -q --jwks no/such         | 4 | error: --jwks: cannot be read
            hunter2    | -q                        | 3 | error: the value is not a token:
            # what only some of the server's calls refuse passes, and is named; what was asked of it is not known
            API aud=["client.chainloop"] | -q | 0 | warning: the token's audience makes it a robot account token;
            API aud=["attestations.chainloop"] | -q | 0 | warning: the token's audience makes it a robot account token;
            API aud=["client.chainloop"] | -q --fail-on warning | 1 | error: the token's audience makes it a robot account token;
            API aud=["client.chainloop"] | -q --type api-token | 1 | error: the token's audience makes it a robot account token;
            API aud=["client.chainloop"] | -q --org acme | 1 | error: the token's audience makes it a robot account token;
            API aud=["client.chainloop"] exp=now | -q | 1 | error: the token expired just now
            API sub=5  | -q -o json                | 0 | warning: API token "ci" of acme has claims of an unexpected type or range: sub
            API exp=null | -q --require-exp        | 1 | error: API token "ci" of acme has an expiry that cannot be read, but a token that expires was expected
            USER exp=null | -q                     | 1 | error: user token bc0b2199-ca85-42ab-a857-042e9c109d43 has claims of an unexpected type or range: exp
            API org_id=5 org_name="x" | -q --require-exp --fail-on warning | 1 | error: API token "ci" of x never expires, but a token that expires was expected. It has claims of an
            API sub=5  | -q --fail-on warning      | 1 | error: API token "ci" of acme has claims of an unexpected type or range: sub
            USER sub=5 | -q                        | 0 | ``
            API exp=1767830400000 | -q             | 0 | warning: API token "ci" of acme
            """)
    void quietNamesTheTokenWhatIsWrongAndOneThingToDoInOneLine(String token, String options, int status, String err)
            throws IOException {
        CliRun.Result result = run(token, options);
        assertEquals(status, result.status());
        assertEquals(options.startsWith("--field") ? "api-token\n" : "", result.out());
        assertTrue(result.err().startsWith(err), result.err());
        assertEquals(err.isEmpty(), result.err().isEmpty());
        assertEquals(result.err().length() - 1, result.err().indexOf('\n'), result.err());
    }

    /** Each file that is read whole; a file with so many KiB and one byte more is not parsed. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            256 | --config ~/f      | ~/f: larger than 256 KiB
            64  | --secret-file ~/f | --secret-file: is larger than 64 KiB
            64  | --key ~/f         | --key: is larger than 64 KiB
            64  | --jwks ~/f        | --jwks: is larger than 64 KiB
            """)
    void aFileThatIsTooLargeIsAnErrorOfStatusFour(int kibibytes, String options, String why) throws IOException {
        Files.write(home.resolve("f"), new byte[(kibibytes << 10) + 1]);
        CliRun.Result result = run("API", "-q " + options);
        assertEquals(4, result.status());
        assertTrue(result.err().startsWith("error: " + why), result.err());
    }

    /** In a GitHub job without a stored token. Each command gets a new one; what nobody has seen cannot be verified. */
    @ParameterizedTest
    @CsvSource({
        "--allow-federated --type federated, 0",
        "--allow-federated --type api-token, 1",
        "--allow-federated --max-remaining 1m, 0",
        "--allow-federated --min-remaining 30m, 0",
        "--type federated, 0",
        "--allow-federated --issuer https://token.actions.githubusercontent.com, 0",
        "--allow-federated --require-exp, 0",
        "--allow-federated --org acme, 1.*a federated token, which does not say",
        "--allow-federated --issuer x, 1",
        "--allow-federated --secret-file ~/key, 1",
        "--allow-federated --field status, 0",
        "inspect --field status, 0",
        "inspect --field kind, 1",
    })
    void aFederatedTokenThatTheJobWouldRequestMeetsWhatIsKnownOfIt(String options, String answer) throws IOException {
        String line = options.startsWith("inspect") ? options : "check " + options;
        CliRun.Result result = TestWorld.of("in: keyless", "file: key = " + TokenMint.SECRET, "$ " + line)
                .run(home);
        assertTrue((result.status() + result.out().replaceAll("\\s+", " ")).matches(answer + ".*"), result.out());
    }

    /** A job is told of a federated token only if that would pass, and of the option if the job requests one. */
    @ParameterizedTest
    @CsvSource({
        "'', true, hand-in, allow-federated",
        "--type federated, true, request-federated, passed",
        "--type api-token, false, hand-in, replace-api-token",
        "--org acme, false, hand-in, replace-api-token"
    })
    void aGateThatRejectsFederatedTokensDoesNotRecommendOne(
            String options, boolean recommended, String cure, String keyless) throws IOException {
        TestWorld check = TestWorld.of("in: github", "$ check -o json " + options);
        String answer = check.run(home).out();
        assertEquals(recommended, answer.contains("id-token: write"), answer);
        assertTrue(answer.contains("\"" + cure + "\""), answer);
        answer = TestWorld.of("in: keyless", "$ check -o json " + options)
                .run(home)
                .out();
        assertTrue(answer.contains("\"" + keyless + "\""), answer);
    }

    /** And it says so if little or no time lies between the least and the most that may be left. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            variable: @API exp=now+1h@   | --min-remaining 1d --warn-remaining 2d    |  768h | (32 days: 30 more than --warn-remaining)
            variable: @API exp=now+1h@   | --min-remaining 14d                       | 1056h | (44 days: 30 more than --min-remaining)
            variable: @API exp=now+1h@   | --min-remaining 2h                        |  720h | (30 days; adjust --expiration)
            variable: @API exp=now+200d@ | --max-remaining 90d                       |  720h | (30 days; adjust --expiration, at most 90 d)
            variable: @API exp=now+200d@ | --max-remaining 110m                      |  110m | (the longest lifetime allowed)
            variable: @API exp=now+200d@ | --max-remaining 5401s                     | 5401s | (the longest lifetime allowed)
            variable: @API exp=now+200d@ | --max-remaining 90d --min-remaining 2136h | 2160h | (the longest lifetime allowed)
            variable: @API exp=now+200d@ | --max-remaining 90d --min-remaining 30d   | 1440h | (60 days: 30 more than --min-remaining)
            variable: @API exp=now+200d@ | --max-remaining 7d --warn-remaining 14d   |  168h | (the longest lifetime allowed)
            login: @USER exp=now+1h@     | --min-remaining 7d                        |  888h | (37 days: 30 more than --min-remaining)
            in: terminal                 | --max-remaining 90s                       |   90s | (the longest lifetime allowed)
            in: terminal                 | --min-remaining 169h                      |  912h | (38 days: 30 more than --min-remaining)
            in: terminal                 | --warn-remaining 40d --type api-token     | 1680h | (70 days: 30 more than --warn-remaining)
            """)
    void aNewTokenExpiresNoLaterThanItMay(String world, String options, String expiration, String remark)
            throws IOException {
        CliRun.Result result = TestWorld.of(world, "$ check " + options).run(home);
        String plan = result.out().replaceAll("\\s+", " ");
        assertTrue(plan.contains(" --expiration " + expiration + " "), plan);
        assertTrue(plan.contains(remark), plan);
    }

    /** A missing field fails the check, and an unmet expectation fails a field that is there. */
    @ParameterizedTest
    @CsvSource({"kind, 0, user", "orgId, 1, ''", "'kind,orgId', 1, user", "kind --type federated, 1, user"})
    void aMissingFieldIsNegative(String field, int status, String out) throws IOException {
        CliRun.Result result = run("USER", "--field " + field);
        assertEquals(status, result.status());
        assertEquals(out, result.out().strip());
    }

    private CliRun.Result check(String token, String options) throws IOException {
        return run(token, "-o json " + options);
    }

    /** A capital at the start describes a token, maybe by one of the kinds above; anything else stays as it is. */
    private CliRun.Result run(String token, String options) throws IOException {
        String kind = token.replaceFirst(" .*", "");
        String description = KINDS.getOrDefault(kind, kind) + token.substring(kind.length());
        String value = token.matches("[A-Z].*") ? "@" + description + "@" : token;
        return TestWorld.of(
                        "$ check " + options.replace("ID", ID).replace("KEY", "~/key"),
                        "file: key = " + TokenMint.SECRET,
                        token.isEmpty() ? "in: terminal" : "variable: " + value.replace("ID", ID))
                .run(home);
    }

    private static List<String> failures(CliRun.Result result) {
        List<String> failures = new ArrayList<>();
        for (JsonNode one : Payload.read(result.out()).get("check").get("failures")) {
            String message = one.get("message").asText();
            failures.add(one.get("expectation").asText() + ": " + message);
        }
        return failures;
    }

    /** As much as a key that is in a file. */
    @ParameterizedTest
    @ValueSource(strings = {"-", "/dev/stdin", "/dev/fd/0", "/proc/self/fd/0"})
    void aKeyOnStdinLeavesStdinAloneForTheToken(String file) {
        CliRun run = CliRun.withHome(home)
                .env("CHAINLOOP_TOKEN", TokenMint.described("API"))
                .stdin(TokenMint.SECRET + "\n");
        CliRun.Result result = run.run("verify", "--secret-file", file);
        assertEquals(new CliRun.Result(0, result.out(), ""), result);
    }
}
