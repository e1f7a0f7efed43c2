package dev.chainloop.token.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.chainloop.token.testing.CliRun;
import dev.chainloop.token.testing.Payload;
import dev.chainloop.token.testing.StandInCli;
import dev.chainloop.token.testing.TestWorld;
import dev.chainloop.token.testing.TokenMint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How {@code ask} starts the Chainloop CLI, and what it makes of each of its answers, whose texts are upstream's own. */
class AskCommandTest {
    private static final String API = TokenMint.described("API");
    private static final String END = API.substring(API.length() - 12);
    private static final Pattern SIGNATURE_END = Pattern.compile("\\.[\\w-]+\\.[\\w-]{31}([\\w-]{12})");
    private static final String NEW = "v1.106.1";

    private static final String ADA = """
            {"currentUser":{"id":"bc0b2199-ca85-42ab-a857-042e9c109d43","email":"ada@acme.example","firstName":"Ada",\
            "lastName":"Lovelace","createdAt":"2025-10-03T00:00:00Z"},"currentMembership":{"id":"m","current":true,\
            "org":{"id":"dddb8201-eab6-4e61-9201-f12b47c01892","name":"acme"},"role":"admin"},"currentCASBackend":null}""";

    private static final String CI = """
            {"currentUser":{"id":"4b0f0dd4-4538-4269-92a9-ab5b0fce0258","email":"API-token@chainloop","firstName":"",\
            "lastName":"","createdAt":"2025-10-03T00:00:00Z"},"currentMembership":null,\
            "currentCASBackend":{"name":"store"}}""";

    /** Lines of a world: a Chainloop CLI that accepts the token, and the user's config file. */
    private static final String ACCEPTING = "cli: " + CI;

    private static final String CONFIG = """
            config: organization = 'acme'\\napi-insecure = true\\n\
            [control-plane]\\napi = 'cp.acme.example:443'\\napi-ca = '/etc/acme.pem'""";

    private static final String ORPHAN = "(sleep 60 & echo $! >\"$here/child\"); ";

    @TempDir
    Path home;

    /** The world, what the CLI says in it, and the answer in codes. */
    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            variable: @API@ | CI | 0 accepted
            $ ask -; stdin: @API@\\n | CI | 0 accepted
            login: @USER expired@ | ADA | 0 accepted
            variable: @API@ | {"currentUser":7,"later":[1e300]} | 0 accepted
            variable: @API@ | Logged in as ada | 5 unreachable answer-unknown
            login: @USER expired@ | ERR your authentication token has expired, please run "chainloop auth login" again | 1 refused certain > log-in
            login: @USER@ | ERR your authentication token has expired, please run "chainloop auth login" again | 1 refused certain > set-clock
            variable: @API@ | ERR your authentication token has expired, please run "chainloop auth login" again | 1 refused certain > replace-api-token
            login: @USER@; versions: v1.89.6 v1.106.1 | ERR your authentication token has expired, please run "chainloop auth login" again | 1 refused unknown > update-cli
            login: @USER@ | ERR failed to parse authentication token, please run "chainloop auth login" again | 1 refused certain > check-control-plane
            login: @USER@; versions: v1.106.1 v1.100.11 | ERR failed to parse authentication token, please run "chainloop auth login" again | 1 refused certain > check-control-plane
            variable: @API@ | ERR your authentication token is invalid, please run "chainloop auth login" again | 1 refused certain > replace-api-token
            login: @USER aud="mcp-user-auth.chainloop"@ | ERR logged in user nor API token found | 1 refused certain ruled-out > get-token
            variable: @API@ | ERR error setting current org and user: API token revoked | 1 refused certain ruled-out > recreate-api-token
            login: @USER@ | ERR error setting current user: user not found | 1 refused certain ruled-out > log-in
            login: @USER@ | ERR you are not part of any organization, please run "chainloop organization create" | 1 refused certain ruled-out > join-organization
            login: @USER@ | ERR the organization you are trying to access does not exist or you are not part of it | 1 refused certain ruled-out > choose-organization
            variable: @API@ | ERR authentication error: go away, @API@ | 1 refused certain > ask-administrator
            variable: @API@ | ERR authentication error: go away, @END@ | 1 refused certain > ask-administrator
            variable: @API@ | ERR error setting current org and user: pq: the database system is starting up | 5 unreachable unreachable
            variable: @API@; versions: v1.106.1 unknown | ERR connection error: desc = "transport: Error while dialing: dial tcp 127.0.0.1:1: connect: connection refused" | 5 unreachable unreachable
            variable: @API@; versions: v1.100.9 v1.106.1 | WRN Both user credentials and $CHAINLOOP_TOKEN set. Ignoring $CHAINLOOP_TOKEN.~ERR error setting current org and user: API token revoked | 5 unreachable login-asked
            variable: @API@ | ERR unknown command "describe" for "chainloop organization" | 5 unreachable unreachable
            variable: @API@ | ERR authentication required, please run "chainloop auth login" | 5 unreachable unreachable
            variable: @API@ | ERR stream terminated by RST_STREAM with error code: PROTOCOL_ERROR | 5 unreachable unreachable
            variable: @API@ | ERR issuer not found: https://x/@END@ | 1 refused unknown > check-control-plane
            login: @USER@ | ERR issuer not found: cp.chainloop | 1 refused certain > check-control-plane
            login: @USER@; versions: - - | ERR your authentication token has expired | 1 refused unknown > log-in
            variable: @API@; versions: - v1.106.1 | ERR your authentication token has expired | 1 refused unknown > update-cli
            login: @USER expired@ | ERR issuer not found: cp.chainloop | 1 refused also-wrong certain > check-control-plane
            login: @USER expired@ | ERR failed to parse authentication token | 1 refused also-wrong certain > check-control-plane
            login: @USER expired@; versions: v1.106.1 v1.100.99 | ERR failed to parse authentication token | 1 refused also-wrong certain > check-control-plane
            login: @USER expired@; versions: v1.89.7 v1.106.1 | ERR your authentication token has expired | 1 refused certain > log-in
            login: @USER expired@; versions: v1.106.1 1.101.0 | ERR failed to parse authentication token | 1 refused also-wrong certain > check-control-plane
            $ ask -; stdin: @API@\\n | WRN Ignoring $CHAINLOOP_TOKEN.~ERR API token revoked | 1 refused certain ruled-out > recreate-api-token
            login: @USER expired@; versions: v1.89.6 v1.106.1 | ERR your authentication token has expired | 1 refused certain > log-in
            variable: @API@; versions: v1.89.6 v1.106.1 | ERR your authentication token has expired | 1 refused unknown > update-cli
            variable: @API@; versions: v1.106.1 v1.100.11 | ERR failed to parse authentication token | 1 refused certain > check-control-plane
            variable: @API@ | ERR couldn't match JWT provider | 1 refused certain > check-control-plane
            variable: @API aud="x"@ | ERR your authentication token is invalid | 1 refused certain > get-token
            login: @USER expired@; versions: v1.80.0 v1.90.0 | ERR issuer not found: https://gitlab.com | 1 refused likely > log-in
            variable: @API project_id="p"@ | ERR operation not allowed | 1 refused certain ruled-out > widen-scope
            """)
    void anAnswerMeans(String lines, String says, String codes) throws Exception {
        String answer = says.replaceFirst("^ADA$", ADA).replaceFirst("^CI$", CI).replace("@END@", END);
        String all = lines + "; cli: " + answer.replace("~", "; cli: ") + "; $ ask";
        CliRun.Result result = TestWorld.of(all.split("; ")).run(home, "-o", "json");
        Matcher end = SIGNATURE_END.matcher(TestWorld.text(lines, home));
        assertTrue(end.find());
        assertFalse((result.out() + result.err()).contains(end.group(1)), result.out());
        assertEquals(codes, codes(result));
    }

    /** Two mebibytes, and what Go prints when it panics. */
    @ParameterizedTest
    @CsvSource({
        "yes '{\"currentUser\":{}}' | head -c 1048576; yes WRN | head -c 1048576 >&2, 5 unreachable answer-unknown",
        "printf 'panic: creating config file /root/.config: permission denied\\n\\ngoroutine 1\\n' >&2; exit 2, 5 unreachable unreachable"
    })
    void outputThatIsNotAnAnswerSaysNothing(String script, String codes) throws Exception {
        StandInCli cli = new StandInCli(home, NEW, NEW, script);
        assertEquals(codes, codes(ask(cli, "variable: @API@", "$ ask -o json")));
    }

    /** Eleven characters of a token can be a word; a whole token that is not here is not a word. */
    @ParameterizedTest
    @ValueSource(strings = {"1", "12", "@CLAIMS header={\"alg\":\"X\"}@"})
    void aRefusalIsQuotedUpTo300Characters(String end) throws Exception {
        String error = "authentication error: " + API.substring(0, 11) + " x".repeat(133);
        String shown = end.startsWith("@") ? "(not shown: a token is in it)" : error + (end.equals("1") ? "1" : "…");
        TestWorld world = TestWorld.of(
                "variable: @API@", "cli: WRN one", "cli: ERR " + error + end, "cli: ERR two", "$ ask -o json");
        assertEquals(
                shown, Payload.read(world.run(home).out()).at("/ask/message").asText());
    }

    /** With servers before v1.101.0, an expiry that is seen here is the first suspect, and an unseen one is the second. */
    @ParameterizedTest
    @CsvSource({
        "USER expired, ERR issuer not found: cp.chainloop, It has expired",
        "USER exp=now+7d, ERR issuer not found: cp.chainloop, Whether another installation",
        "USER nbf=now+2h, ERR JWT token has expired, It becomes valid in 2 h",
    })
    void anExpiryThatIsSeenIsSuspectedFirst(String token, String says, String suspicion) throws Exception {
        TestWorld world =
                TestWorld.of("login: @" + token + "@", "versions: v1.106.1 v1.100.11", "cli: " + says, "$ ask -o json");
        JsonNode causes = Payload.read(world.run(home).out()).at("/ask/causes");
        assertTrue(causes.get(0).toString().contains(suspicion), causes::toString);
    }

    /** What only an older server does is not suspected if the server says that it is newer. */
    @ParameterizedTest
    @CsvSource({"v1.100.11, true", "v1.106.1, false"})
    void anExpiryIsSuspectedOfOldServersAlone(String server, boolean suspected) throws Exception {
        TestWorld world = TestWorld.of(
                "login: @USER exp=now+7d@",
                "versions: v1.106.1 " + server,
                "cli: ERR issuer not found: https://gitlab.com",
                "$ ask -o json");
        String causes = Payload.read(world.run(home).out()).at("/ask/causes").toString();
        assertEquals(suspected, causes.contains("servers before v1.101.0"), causes);
    }

    /** The exit status, the outcome, the error's code, the weights of the causes, and the first cure. */
    private static String codes(CliRun.Result result) {
        SchemaTest.assertFollows(result.out());
        JsonNode answer = Payload.read(result.out());
        List<String> codes = new ArrayList<>();
        codes.add(result.status() + " " + answer.at("/ask/outcome").asText());
        codes.add(answer.at("/ask/error/code").asText());
        Set<String> weights = new TreeSet<>();
        for (JsonNode cause : answer.at("/ask/causes")) {
            weights.add(cause.path("weight").asText());
        }
        codes.addAll(weights);
        codes.add(answer.at("/plan/steps/0/cure").asText().replaceFirst("^(?=.)", "> "));
        codes.removeIf(String::isEmpty);
        return String.join(" ", codes);
    }

    /** The server has seen the token when it is asked for its version. */
    @ParameterizedTest
    @CsvSource({
        "v1.106.1, v1.105.2, v1.106.1, v1.105.2",
        "1.2.3-rc.1+g40014e9, v1.1.0, 1.2.3-rc.1+g40014e9, v1.1.0",
        "SIGNATURE, v1.1.0, , v1.1.0",
        "v1.1.0, 1SIGNATURE, v1.1.0,",
        "v1 of Ada, v1 of Ada, ,",
        "'', '', ,"
    })
    void aVersionIsOneOrUnknown(String client, String server, @Nullable String shown, @Nullable String serverShown)
            throws Exception {
        String signature = API.substring(API.lastIndexOf('.') + 1).substring(0, 20);
        StandInCli cli = new StandInCli(
                home,
                client.replace("SIGNATURE", signature),
                server.replace("SIGNATURE", signature),
                StandInCli.saying(CI));
        CliRun.Result result = ask(cli, "variable: @API@", "$ ask");
        assertTrue(
                words(result).contains("Server " + (serverShown == null ? "version unknown" : serverShown)),
                result.out());
        assertTrue(words(result).contains("chainloop " + (shown == null ? "(version unknown)" : shown)), result.out());
        JsonNode json =
                Payload.read(ask(cli, "variable: @API@", "$ ask -o json").out());
        assertEquals(shown, json.at("/ask/programVersion").textValue());
        assertEquals(serverShown, json.at("/ask/serverVersion").textValue());
    }

    @ParameterizedTest
    @ValueSource(strings = {"nbf=now+1h", "nbf=1e12", "expired"})
    void aTokenThatIsAcceptedTooEarlyOrTooLateIsAboutTheClock(String times) throws Exception {
        TestWorld world = TestWorld.of("login: @USER " + times + "@", "cli: " + ADA, "$ ask -o github");
        String out = world.run(home).out();
        assertTrue(out.contains("::warning title=chainloop-token%3A ask::By this machine's clock"), out);
    }

    /** Nor does any format quote the server, whose words may name a person. */
    @ParameterizedTest
    @ValueSource(strings = {"text", "json", "github", "dotenv"})
    void redactedItNamesNobody(String format) throws Exception {
        for (String says : List.of(
                ADA, "ERR authentication error: Ada is unknown", "ERR rpc error: Ada (ada@acme.example) /home/ada")) {
            CliRun.Result result = TestWorld.of(
                            CONFIG, "login: @USER exp=\"x\"@", "cli: " + says, "$ ask --redact -o " + format)
                    .run(home);
            String out = result.out();
            assertFalse(out.matches("(?is).*(Ada |ada@|Lovelace|bc0b2199).*") || out.contains(home.toString()), out);
            boolean judged = !format.equals("dotenv") && !says.contains("rpc");
            assertEquals(judged, words(result).contains("expiry that cannot be read"), out);
        }
    }

    /** In a world whose Chainloop CLI is this one. */
    private CliRun.Result ask(StandInCli cli, String... lines) throws IOException {
        TestWorld world = TestWorld.of(lines);
        CliRun run = world.in(home);
        cli.variables().forEach(run::env);
        return run.run(world.arguments(home));
    }

    /** How the Chainloop CLI was started. */
    private String started() throws IOException {
        return Files.readString(home.resolve("bin/log"));
    }

    /**
     * With the user's own config file, or for a token from elsewhere with an empty one, which is deleted afterwards: no login
     * takes precedence there, the user's file is not written, and no other user sees the token in a list of processes.
     */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            ask                      | organization|describe|-o|json|~CHAINLOOP_TOKEN=API~
            ask --source config      | organization|describe|-o|json|~
            ask -c ~/.config/chainloop/config.toml | organization|describe|-o|json|--config|FILE|~
            """)
    void theUsersOwnTokenIsAskedAboutWithTheUsersConfigFile(String line, String started) throws Exception {
        TestWorld world = TestWorld.of(CONFIG, "login: @USER@", "variable: @API@", ACCEPTING, "$ " + line);
        assertEquals(0, world.run(home).status());
        String config = home.resolve(".config/chainloop/config.toml").toString();
        String seen = untilVersion().replace(API, "API").replace(config, "FILE");
        assertTrue(seen.startsWith(started.replace('~', '\n')), seen);
        assertEquals(line.equals("ask"), seen.contains("CHAINLOOP_TOKEN="), seen);
        assertTrue(seen.endsWith("DO_NOT_TRACK=1\nNO_COLOR=1\n") || seen.contains("token = "), seen);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-", "-t @API@"})
    void aPassedTokenIsAskedAboutWithAnEmptyConfigFile(String how) throws Exception {
        String list = "ls -ld \"${config%/*}\" >\"$here/folder\"; : >\"$config\"; ";
        StandInCli cli = new StandInCli(home, NEW, NEW, list + StandInCli.saying(CI));
        CliRun.Result result = ask(
                cli,
                how.equals("-") ? CONFIG : "config: organization = ''",
                "login: @USER@",
                "variable: @USER@",
                "env: TMPDIR=",
                "env: CHAINLOOP_CONTROL_PLANE_API=",
                "env: CHAINLOOP_ORGANIZATION=beta",
                "stdin: @API@\\n",
                "$ ask -o json " + how);
        assertEquals(0, result.status());
        String said =
                ".*\"email\": null, \"name\": null,.*: the server records a use of the API token; the CLI starts.*";
        assertTrue(words(result).matches(said), result.out());
        String started = untilVersion().replace("CHAINLOOP_CONTROL_PLANE_API=\n", "");
        Path empty = Path.of(started.replaceFirst("(?s).*--config\\|([^|]*)\\|.*", "$1"));
        assertTrue(empty.startsWith("/tmp"), empty::toString);
        String expected = """
                organization|describe|-o|json|--config|EMPTY|
                CHAINLOOP_API_INSECURE=true
                CHAINLOOP_CONTROL_PLANE_API=cp.acme.example:443
                CHAINLOOP_CONTROL_PLANE_API_CA=/etc/acme.pem
                CHAINLOOP_TOKEN=TOKEN
                DO_NOT_TRACK=1
                NO_COLOR=1
                """;
        assertEquals(
                how.equals("-") ? expected : expected.replaceAll("CHAINLOOP_(API|CONTROL).*\n", ""),
                started.replace(API, "TOKEN").replace(empty.toString(), "EMPTY"));
        assertTrue(Files.readString(home.resolve("bin/folder")).startsWith("drwx------"));
        assertFalse(Files.exists(empty));
        String own = Files.readString(home.resolve(".config/chainloop/config.toml"));
        assertTrue(
                own.endsWith("[auth]\ntoken = '" + TokenMint.described("USER") + "'\n"),
                "the user's file is as it was");
    }

    /**
     * A proxy is needed, and no other variable that holds the token; for its version the CLI gets no token. A variable overrides
     * the config file's address. The content of that file may be anything, such as the token.
     */
    @ParameterizedTest
    @ValueSource(strings = {"ask", "ask -", "ask --source config"})
    void theCliGetsNoTokenButInItsVariable(String line) throws Exception {
        String others = "CHAINLOOP_CONTROL_PLANE_API=cp.example:443\nCHAINLOOP_CONTROL_PLANE_API_CA=/ca.pem\n";
        String variables =
                "variable: @API@; env: MY_TOKEN=Bearer @API@; env: MY_PASSWORD=hunter2; env: CHAINLOOP_COPY=x;"
                        + " env: XDG_CACHE_HOME=x; env: LC_TOKEN=x; env: CHAINLOOP_ARTIFACT_CAS_API=@USER@;"
                        + " env: HTTPS_PROXY=http://proxy.example; env: "
                        + others.strip().replace("\n", "; env: ");
        String files = CONFIG.replace("acme'", "@API@'") + "; login: @API@; stdin: @API@";
        TestWorld.of((variables + "; " + files + "; " + ACCEPTING + "; $ " + line).split("; "))
                .run(home);
        String started = started();
        assertFalse(started.matches("(?s).*(MY_|CHAINLOOP_COPY|XDG_CACHE|LC_TOKEN|CAS_API).*"), started);
        assertEquals(2, started.split("\nHTTPS_PROXY=", -1).length - 1, started);
        String[] parts = started.split("CHAINLOOP_TOKEN=" + API, -1);
        assertEquals(line.contains("config") ? 1 : 2, parts.length, started);
        assertFalse(String.join("", parts).contains(API), started);
        String version = started.substring(started.indexOf("version|-o|json|--config|"));
        assertFalse(version.contains("TOKEN=") || version.contains("auth"), version);
        assertTrue(version.contains(others), version);
    }

    private String untilVersion() throws IOException {
        return started().replaceFirst("(?s)version\\|.*", "");
    }

    /** In which world, the exit status, and why; that nothing was asked is said once. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            variable: @CLAIMS aud="chainloop"@ | 5 | only attestation commands send a federated token
            variable: @FEDERATED@              | 5 | only attestation commands send a federated token
            env: GITLAB_CI=true; env: GITLAB_OIDC=@CLAIMS iss="https://gitlab.com" aud="x"@ | 5 |\
             only attestation commands send a federated token
            variable: @CLAIMS aud=["x","attestations.chainloop"] jti="j" workflow_id="w" org_id="o"@ | 5 |\
             a robot account token is for attestation commands only
            env: CI=                           | 5 | there is no token
            in: keyless                        | 5 | attestation commands request a federated one
            login: @API@; env: TMPDIR=/tmp/@API@ | 5 | a token is part of the config file's path or of $TMPDIR
            variable: no.token                 | 3 | not a token
            variable: Bearer @API@             | 3 | `Bearer ` before it
            login: a'quote                     | 4 | not valid TOML
            """)
    void nothingIsStarted(String world, int status, String why) throws Exception {
        CliRun.Result result =
                TestWorld.of((world + "; " + ACCEPTING + "; $ ask").split("; ")).run(home);
        assertEquals(status, result.status(), result.err());
        assertTrue(words(result).contains(why), result.out());
        assertEquals(2, words(result).split("othing was asked", -1).length, result.out());
        assertFalse(Files.exists(home.resolve("bin/log")));
    }

    private static String words(CliRun.Result result) {
        return result.out().replaceAll("\\s+", " ");
    }

    /** A program in the current folder may be anybody's. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            env: PATH=bin::.:~/nowhere; $ ask            | 5 | no `chainloop` on the $PATH can be started Name it with
            $ ask --cli ~/                               | 5 | --cli names no program that can be started
            $ ask --cli ~/none                           | 5 | --cli names no program that can be started
            $ ask --cli ~/text                           | 5 | --cli names no program that can be started
            $ ask --cli ~/bin/loop                       | 0 | Asked with ~/bin/loop v1.106.1
            env: TMPDIR=/nowhere; $ ask --cli ~/bin/loop | 5 | no folder can be created in $TMPDIR (/tmp if unset)
            """)
    void aMissingCliIsSaidAndAnotherCanBeNamed(String world, int status, String says) throws Exception {
        Path text = Files.writeString(home.resolve("text"), "no program");
        assertTrue(text.toFile().setExecutable(true));
        StandInCli cli = new StandInCli(home, NEW, NEW, StandInCli.saying(CI));
        Files.move(cli.program(), home.resolve("bin/loop"));
        CliRun.Result result = TestWorld.of(("variable: @API@; env: PATH=/usr/bin:/bin; " + world).split("; "))
                .run(home);
        assertEquals(status, result.status(), result.err());
        assertTrue(words(result).contains(says), result.out());
    }

    /** Its child, whose own parent has ended, holds the streams open. */
    @Test
    void aCliThatHangsIsKilledWithItsGroupAfterTenSeconds() throws Exception {
        StandInCli cli = new StandInCli(home, NEW, NEW, ORPHAN + "sleep 60");
        long start = System.nanoTime();
        CliRun.Result result = ask(cli, "variable: @API@", "$ ask");
        long seconds = (System.nanoTime() - start) / 1_000_000_000;
        assertEquals(5, result.status());
        assertTrue(words(result).contains("the Chainloop CLI gave no answer within 10 seconds"), result.out());
        assertTrue(seconds >= 9 && seconds < 60, seconds + " s");
        isOrphanEnded();
        assertFalse(started().contains("version|"));
    }

    /** Its answer is not lost, although the child holds stdout. */
    @Test
    void processesThatACliLeavesRunningAreKilledAtItsEnd() throws Exception {
        StandInCli cli = new StandInCli(home, NEW, NEW, ORPHAN + StandInCli.saying(CI));
        assertEquals(0, ask(cli, "variable: @API@", "$ ask").status());
        isOrphanEnded();
    }

    private void isOrphanEnded() throws Exception {
        long child = Long.parseLong(Files.readString(home.resolve("bin/child")).strip());
        for (int i = 0; i < 100 && isAlive(child); i++) {
            Thread.sleep(20);
        }
        assertFalse(isAlive(child));
    }

    private static boolean isAlive(long process) {
        return ProcessHandle.of(process).map(ProcessHandle::isAlive).orElse(false);
    }
}
