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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How {@code ask} starts the Chainloop CLI, and what it makes of each of its answers, whose texts are upstream's own. */
class AskCommandTest {
    private static final String API = TokenMint.described("API");
    private static final String USER = TokenMint.described("USER");
    private static final String NEW = "v1.106.1";

    private static final String ADA = """
            {"currentUser":{"id":"bc0b2199-ca85-42ab-a857-042e9c109d43","email":"ada@acme.example","firstName":"Ada",\
            "lastName":"Lovelace","createdAt":"2025-10-03T00:00:00Z"},"currentMembership":{"id":"m","current":true,\
            "org":{"id":"dddb8201-eab6-4e61-9201-f12b47c01892","name":"acme"},"role":"admin"},"currentCASBackend":null}""";

    private static final String CI = """
            {"currentUser":{"id":"4b0f0dd4-4538-4269-92a9-ab5b0fce0258","email":"API-token@chainloop","firstName":"",\
            "lastName":"","createdAt":"2025-10-03T00:00:00Z"},"currentMembership":null,\
            "currentCASBackend":{"name":"store"}}""";

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
            variable: @API@ | Logged in as ada | 5 unreachable not-visible
            variable: @API@ | MEGABYTE | 5 unreachable not-visible
            variable: @API@ | PANIC | 5 unreachable unreachable
            login: @USER expired@ | ERR your authentication token has expired, please run "chainloop auth login" again | 1 refused certain > log-in
            login: @USER@ | ERR your authentication token has expired, please run "chainloop auth login" again | 1 refused certain > set-clock
            variable: @API@ | ERR your authentication token has expired, please run "chainloop auth login" again | 1 refused certain > replace-api-token
            login: @USER@; versions: v1.89.6 v1.106.1 | ERR your authentication token has expired, please run "chainloop auth login" again | 1 refused not-visible > update-cli
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
            variable: @API@ | ERR issuer not found: https://x/@END@ | 1 refused not-visible > check-control-plane
            login: @USER@ | ERR issuer not found: cp.chainloop | 1 refused certain > check-control-plane
            login: @USER expired@ | ERR issuer not found: cp.chainloop | 1 refused behind-it certain > check-control-plane
            login: @USER expired@ | ERR failed to parse authentication token | 1 refused behind-it certain > check-control-plane
            login: @USER expired@; versions: v1.106.1 v1.100.99 | ERR failed to parse authentication token | 1 refused behind-it certain > check-control-plane
            login: @USER expired@; versions: v1.89.7 v1.106.1 | ERR your authentication token has expired | 1 refused certain > log-in
            login: @USER expired@; versions: v1.106.1 1.101.0 | ERR failed to parse authentication token | 1 refused behind-it certain > check-control-plane
            $ ask -; stdin: @API@\\n | WRN Ignoring $CHAINLOOP_TOKEN.~ERR API token revoked | 1 refused certain ruled-out > recreate-api-token
            login: @USER expired@; versions: v1.89.6 v1.106.1 | ERR your authentication token has expired | 1 refused likely not-visible > log-in
            variable: @API@; versions: v1.89.6 v1.106.1 | ERR your authentication token has expired | 1 refused not-visible > update-cli
            variable: @API@; versions: v1.106.1 v1.100.11 | ERR failed to parse authentication token | 1 refused certain > check-control-plane
            variable: @API@ | ERR couldn't match JWT provider | 1 refused certain > check-control-plane
            variable: @API project_id="p"@ | ERR operation not allowed | 1 refused certain ruled-out > work-as-person
            """)
    void anAnswerMeans(String lines, String says, String codes) throws Exception {
        TestWorld world = TestWorld.of((lines + "; $ ask").split("; "));
        List<String> held = new ArrayList<>(world.all("login"));
        held.addAll(world.all("variable"));
        held.addAll(world.all("stdin"));
        String value = TestWorld.text(held.get(0), home).strip();
        String end = value.substring(value.length() - 12);
        String[] version = world.one("versions", NEW + " " + NEW).split(" ");
        StandInCli cli = new StandInCli(
                home,
                version[0],
                version[1],
                script(says.replace("@API@", value).replace("@END@", end)));
        CliRun run = world.in(home);
        cli.variables().forEach(run::env);
        List<String> arguments = world.arguments(home);
        arguments.addAll(List.of("-o", "json"));
        CliRun.Result result = run.run(arguments);
        SchemaTest.assertFollows(result.out());
        assertFalse((result.out() + result.err()).contains(end), result.out());
        assertEquals(codes, codes(result));
    }

    /** Eleven letters of a token can be a word; a whole one that is not here is no word. */
    @ParameterizedTest
    @ValueSource(strings = {"1", "12", "OTHER"})
    void aRefusalIsQuotedUpTo300Letters(String end) throws Exception {
        String error = "authentication error: " + API.substring(0, 11) + " x".repeat(133);
        String says =
                "WRN one~ERR " + error + end.replace("OTHER", TokenMint.token("{\"alg\":\"X\"}", "{}")) + "~ERR two";
        CliRun run = run(new StandInCli(home, NEW, NEW, script(says))).env("CHAINLOOP_TOKEN", API);
        String shown = end.equals("OTHER") ? "(not shown: a token is in it)" : error + (end.equals("1") ? "1" : "…");
        String answer = run.run("ask", "-o", "json").out();
        assertEquals(shown, Payload.read(answer).at("/ask/message").asText());
    }

    /** Of servers before v1.101.0, an expiry that is seen here is the first suspect, and one that is not the second. */
    @ParameterizedTest
    @CsvSource({"USER expired, It has expired", "USER exp=now+7d, Whether another installation"})
    void anExpiryIsSuspectedFirstWhereItIsSeen(String token, String suspicion) throws Exception {
        logIn(TokenMint.described(token));
        StandInCli cli = new StandInCli(home, NEW, "v1.100.11", script("ERR issuer not found: cp.chainloop"));
        JsonNode causes = Payload.read(run(cli).run("ask", "-o", "json").out()).at("/ask/causes");
        assertTrue(causes.get(0).toString().contains(suspicion), causes::toString);
    }

    private static String script(String says) {
        return switch (says) {
            case "ADA" -> StandInCli.saying(ADA);
            case "CI" -> StandInCli.saying(CI);
            case "MEGABYTE" -> "yes '{\"currentUser\":{}}' | head -c 1048576; yes WRN | head -c 1048576 >&2";
            case "PANIC" ->
                StandInCli.saying("panic: creating config file /root/.config: permission denied\n\ngoroutine 1")
                        + " >&2; exit 2";
            default -> StandInCli.saying(says.replace('~', '\n'));
        };
    }

    /** The exit status, the outcome, the error's code, the causes with the findings that they are, and the first cure. */
    private static String codes(CliRun.Result result) {
        JsonNode answer = Payload.read(result.out());
        Map<String, String> findings = new HashMap<>();
        answer.at("/token/findings")
                .forEach(one -> findings.put(
                        one.path("message").asText(), ":" + one.path("id").asText()));
        StringBuilder codes = new StringBuilder(
                result.status() + " " + answer.at("/ask/outcome").asText());
        if (answer.at("/ask/error").isObject()) {
            codes.append(' ').append(answer.at("/ask/error/code").asText());
        }
        TreeSet<String> weights = new TreeSet<>();
        answer.at("/ask/causes")
                .forEach(one -> weights.add(
                        one.path("weight").asText().replace(" here", "").replace(' ', '-')
                                + findings.getOrDefault(one.path("message").asText(), "")));
        weights.forEach(one -> codes.append(' ').append(one));
        JsonNode cure = answer.at("/plan/steps/0/cure");
        return cure.isTextual() ? codes + " > " + cure.asText() : codes.toString();
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
        CliRun.Result result = run(cli).env("CHAINLOOP_TOKEN", API).run("ask");
        assertTrue(
                words(result).contains("Server " + (serverShown == null ? "version unknown" : serverShown)),
                result.out());
        assertTrue(words(result).contains("chainloop " + (shown == null ? "(version unknown)" : shown)), result.out());
        JsonNode json = Payload.read(
                run(cli).env("CHAINLOOP_TOKEN", API).run("ask", "-o", "json").out());
        assertEquals(shown, json.at("/ask/programVersion").textValue());
        assertEquals(serverShown, json.at("/ask/serverVersion").textValue());
    }

    /** What stands in the config file may be anything, such as the token. */
    @Test
    void noTokenIsOnTheClisCommandLine() throws Exception {
        logIn(USER);
        Files.writeString(config(), Files.readString(config()).replace("acme'", API + "'"));
        StandInCli cli = accepting();
        run(cli).stdin(API).run("ask");
        assertFalse(cli.started().replace("CHAINLOOP_TOKEN=" + API, "").contains(API), cli.started());
        assertTrue(cli.started().contains("version|"));
    }

    /** A proxy is needed, and no other variable that holds the token. */
    @ParameterizedTest
    @ValueSource(strings = {"ask", "ask -", "ask --source config"})
    void theCliGetsTheVariablesThatItNeeds(String line) throws Exception {
        logIn(API);
        StandInCli cli = accepting();
        run(cli).env("CHAINLOOP_TOKEN", API)
                .env("MY_TOKEN", "Bearer " + API)
                .env("MY_PASSWORD", "hunter2")
                .env("CHAINLOOP_COPY", API)
                .env("HTTPS_PROXY", "http://proxy.example")
                .stdin(API)
                .run(line.split(" "));
        String started = cli.started();
        assertFalse(started.matches("(?s).*(MY_|CHAINLOOP_COPY).*"), started);
        assertEquals(2, started.split("\nHTTPS_PROXY=", -1).length - 1, started);
        assertEquals(line.contains("config") ? 1 : 2, started.split("CHAINLOOP_TOKEN=" + API, -1).length);
    }

    @Test
    void aTokenThatIsAcceptedTooEarlyIsAboutTheClock() throws Exception {
        logIn(TokenMint.described("USER nbf=now+1h"));
        CliRun run = run(new StandInCli(home, NEW, NEW, StandInCli.saying(ADA)));
        String out = run.run("ask", "-o", "github").out();
        assertTrue(out.contains("::warning title=chainloop-token%3A ask::By this machine's clock"), out);
    }

    /** Nor does any format quote the server, whose words may name a person. */
    @ParameterizedTest
    @ValueSource(strings = {"text", "json", "github", "dotenv"})
    void redactedItNamesNobody(String format) throws Exception {
        logIn(TokenMint.described("USER exp=\"x\""));
        for (String says : List.of(
                "ADA", "ERR authentication error: Ada is unknown", "ERR rpc error: Ada (ada@acme.example) /home/ada")) {
            CliRun.Result result =
                    run(new StandInCli(home, NEW, NEW, script(says))).run("ask", "--redact", "-o", format);
            String out = result.out();
            assertFalse(out.matches("(?is).*(Ada |ada@|Lovelace|bc0b2199).*") || out.contains(home.toString()), out);
            boolean judged = !format.equals("dotenv") && !says.contains("rpc");
            assertEquals(judged, words(result).contains("expiry cannot be read"), out);
        }
    }

    private Path config() {
        return home.resolve(".config/chainloop/config.toml");
    }

    private void logIn(String token) throws IOException {
        Files.createDirectories(config().getParent());
        Files.writeString(config(), """
                organization = 'acme'
                api-insecure = true
                [auth]
                token = '%s'
                [control-plane]
                api = 'cp.acme.example:443'
                api-ca = '/etc/acme.pem'
                """.formatted(token));
    }

    private CliRun run(StandInCli cli) {
        CliRun run = CliRun.withHome(home);
        cli.variables().forEach(run::env);
        return run;
    }

    private StandInCli accepting() throws IOException {
        return new StandInCli(home, NEW, NEW, StandInCli.saying(CI));
    }

    /**
     * With the user's own config file, or for a token from elsewhere with an empty one, which is deleted afterwards: no login
     * wins there, the user's file is not written, and no other user sees the token in a list of processes.
     */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            ask                      | organization|describe|-o|json|~CHAINLOOP_TOKEN=API~
            ask --source config      | organization|describe|-o|json|~
            ask -c HOME/.config/chainloop/config.toml | organization|describe|-o|json|--config|FILE|~
            """)
    void theUsersOwnTokenIsAskedAboutWithTheUsersConfigFile(String line, String started) throws Exception {
        logIn(USER);
        StandInCli cli = new StandInCli(home, NEW, NEW, StandInCli.saying(line.equals("ask") ? CI : ADA));
        CliRun run = run(cli).env("CHAINLOOP_TOKEN", API);
        assertEquals(
                0, run.run(line.replace("HOME", home.toString()).split(" ")).status());
        String seen = untilVersion(cli).replace(API, "API").replace(config().toString(), "FILE");
        assertTrue(seen.startsWith(started.replace('~', '\n')), seen);
        assertEquals(line.equals("ask"), seen.contains("CHAINLOOP_TOKEN="), seen);
        assertTrue(seen.endsWith("DO_NOT_TRACK=1\nNO_COLOR=1\n") || seen.contains("token = "), seen);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-", "-t"})
    void aGivenTokenIsAskedAboutWithAnEmptyConfigFile(String how) throws Exception {
        logIn(USER);
        String own = how.equals("-") ? Files.readString(config()) : "organization = ''\n";
        Files.writeString(config(), own);
        StandInCli cli =
                new StandInCli(home, NEW, NEW, "ls -ld \"${config%/*}\" >\"$here/folder\"; " + StandInCli.saying(CI));
        String variables = "TMPDIR= CHAINLOOP_CONTROL_PLANE_API= CHAINLOOP_TOKEN=" + USER;
        CliRun run =
                run(cli).env(variables).env("CHAINLOOP_ORGANIZATION", "beta").stdin(API + "\n");
        CliRun.Result result = run.run(("ask -o json " + (how.equals("-") ? how : "-t " + API)).split(" "));
        assertEquals(0, result.status());
        String said =
                ".*\"email\": null, \"name\": null,.*: the server records a use of the API token; the CLI starts.*";
        assertTrue(words(result).matches(said), result.out());
        String started = untilVersion(cli).replace("CHAINLOOP_CONTROL_PLANE_API=\n", "");
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
    }

    /** A variable wins over the config file's address; and for its version the CLI gets no token. */
    @ParameterizedTest
    @ValueSource(strings = {"ask", "ask --source config", "ask -"})
    void theVersionsAreAskedForWithoutAnyToken(String line) throws Exception {
        logIn(USER);
        StandInCli cli = accepting();
        CliRun run = line.contains("config") ? run(cli) : run(cli).env("CHAINLOOP_TOKEN", API);
        String others = "CHAINLOOP_CONTROL_PLANE_API=cp.example:443\nCHAINLOOP_CONTROL_PLANE_API_CA=/ca.pem\n";
        run.env(others.strip().replace('\n', ' ')).stdin(API).run(line.split(" "));
        String version = cli.started().substring(cli.started().indexOf("version|-o|json|--config|"));
        assertFalse(version.contains("TOKEN=") || version.contains("auth"), version);
        assertTrue(version.contains(others), version);
    }

    private static String untilVersion(StandInCli cli) throws IOException {
        return cli.started().replaceFirst("(?s)version\\|.*", "");
    }

    /** In which world, the exit status, and why; that nothing was is said once. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            variable: @CLAIMS aud="chainloop"@ | 5 | only attestation commands send a federated token
            variable: @FEDERATED@              | 5 | only attestation commands send a federated token
            env: GITLAB_CI=true; env: GITLAB_OIDC=@CLAIMS iss="https://gitlab.com" aud="x"@ | 5 |\
             only attestation commands send a federated token
            variable: @CLAIMS aud=["x","attestations.chainloop"] jti="j" workflow_id="w" org_id="o"@ | 5 |\
             a robot account's token is for attestation commands only
            env: CI=                           | 5 | there is no token
            in: keyless                        | 5 | attestation commands request a federated one
            variable: no.token                 | 3 | not a token
            variable: Bearer @API@             | 3 | `Bearer ` before it
            login: a'quote                     | 4 | not valid TOML
            """)
    void nothingIsStarted(String world, int status, String why) throws Exception {
        StandInCli cli = accepting();
        CliRun run = TestWorld.of(world.split("; ")).in(home);
        cli.variables().forEach(run::env);
        CliRun.Result result = run.run("ask");
        assertEquals(status, result.status(), result.err());
        assertTrue(words(result).contains(why), result.out());
        assertEquals(2, words(result).split("othing was asked", -1).length, result.out());
        assertEquals("", cli.started());
    }

    private static String words(CliRun.Result result) {
        return result.out().replaceAll("\\s+", " ");
    }

    @Test
    void aMissingTemporaryFolderIsNotTheClis() throws Exception {
        CliRun.Result result = run(accepting())
                .env("CHAINLOOP_TOKEN", API)
                .env("TMPDIR", "/nowhere")
                .run("ask");
        assertEquals(5, result.status());
        assertTrue(words(result).contains("no folder can be made in $TMPDIR"), result.out());
    }

    /** A program in the current folder may be anybody's. */
    @Test
    void aMissingCliIsSaidAndAnotherCanBeNamed() throws Exception {
        StandInCli cli = accepting();
        Path other = Files.move(cli.program(), home.resolve("bin/loop"));
        Path text = Files.writeString(home.resolve("text"), "no program");
        assertTrue(text.toFile().setExecutable(true));
        CliRun.Result result = run(cli).env("CHAINLOOP_TOKEN", API).run("ask", "--cli", other.toString());
        assertEquals(0, result.status(), result.err());
        assertTrue(result.out().contains("  Asked with    ~/bin/loop v1.106.1\n"), result.out());
        for (String none : List.of(home.toString(), home.resolve("none").toString(), text.toString())) {
            assertEquals(
                    5,
                    run(cli).env("CHAINLOOP_TOKEN", API)
                            .run("ask", "--cli", none)
                            .status());
        }
        result = CliRun.withHome(home)
                .env("PATH", "bin::.:" + home.resolve("nowhere"))
                .env("CHAINLOOP_TOKEN", API)
                .run("ask");
        assertEquals(5, result.status());
        assertTrue(
                words(result).contains("there is no `chainloop` that can be started on the $PATH Name it with"),
                result.out());
    }

    /** Its child, whose own parent has ended, holds the streams open. */
    @Test
    void aCliThatHangsIsKilledWithItsGroupAfterTenSeconds() throws Exception {
        StandInCli cli = new StandInCli(home, NEW, NEW, ORPHAN + "sleep 60");
        long start = System.nanoTime();
        CliRun.Result result = run(cli).env("CHAINLOOP_TOKEN", API).run("ask");
        long seconds = (System.nanoTime() - start) / 1_000_000_000;
        assertEquals(5, result.status());
        assertTrue(words(result).contains("the Chainloop CLI gave no answer within 10 seconds"), result.out());
        assertTrue(seconds >= 9 && seconds < 60, seconds + " s");
        isOrphanEnded();
        assertFalse(cli.started().contains("version|"));
    }

    /** Its answer is not lost, although the child holds stdout. */
    @Test
    void whatACliLeavesRunningIsKilledAtItsEnd() throws Exception {
        StandInCli cli = new StandInCli(home, NEW, NEW, ORPHAN + StandInCli.saying(CI));
        assertEquals(0, run(cli).env("CHAINLOOP_TOKEN", API).run("ask").status());
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
