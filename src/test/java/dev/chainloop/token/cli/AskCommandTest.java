package dev.chainloop.token.cli;

import static org.junit.jupiter.api.Assertions.*;

import dev.chainloop.token.testing.Answers;
import dev.chainloop.token.testing.CliRun;
import dev.chainloop.token.testing.Golden;
import dev.chainloop.token.testing.Payload;
import dev.chainloop.token.testing.StandInCli;
import dev.chainloop.token.testing.TokenMint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What {@code ask} makes of each answer of the Chainloop CLI, whose texts are upstream's own: a row that has a transcript
 * below {@code src/test/ask} as users see it, the others in {@code src/test/answers/ask.txt}; {@code -Dgolden.update=true}
 * writes them anew.
 */
class AskCommandTest {
    private static final Path TRANSCRIPTS = Path.of("src/test/ask");
    private static final Path ANSWERS = Path.of("src/test/answers/ask.txt");
    private static final String API = TokenMint.token(TokenMint.API_TOKEN);
    private static final String USER = TokenMint.token(TokenMint.USER);
    private static final String EXPIRED = TokenMint.token(TokenMint.USER.replace("1767830400", "1767225599"));
    private static final String EXPIRED_API = TokenMint.described("API expired");
    private static final String FOREIGN = TokenMint.token(TokenMint.USER.replace("user-auth", "mcp-user-auth"));
    private static final String ROBOT = TokenMint.token("""
            {"org_id":"dddb8201-eab6-4e61-9201-f12b47c01892","workflow_id":"w","jti":"j","iss":"cp.chainloop",\
            "aud":["attestations.chainloop"]}""");

    private static final String NEW = "v1.106.1";
    private static final String OLD_CLI = "v1.89.6";
    private static final String OLD_SERVER = "v1.100.11";

    private static final String ADA = """
            {"currentUser":{"id":"bc0b2199-ca85-42ab-a857-042e9c109d43","email":"ada@acme.example","firstName":"Ada",\
            "lastName":"Lovelace","createdAt":"2025-10-03T00:00:00Z"},"currentMembership":{"id":"m","current":true,\
            "org":{"id":"dddb8201-eab6-4e61-9201-f12b47c01892","name":"acme"},"role":"admin"},"currentCASBackend":null}""";

    private static final String CI = """
            {"currentUser":{"id":"4b0f0dd4-4538-4269-92a9-ab5b0fce0258","email":"API-token@chainloop","firstName":"",\
            "lastName":"","createdAt":"2025-10-03T00:00:00Z"},"currentMembership":null,\
            "currentCASBackend":{"name":"store"}}""";

    private static final String LOGIN_AGAIN = ", please run \"chainloop auth login\" again";
    private static final String WRONG_SECRET = error("failed to parse authentication token" + LOGIN_AGAIN);
    private static final String IS_EXPIRED = error("your authentication token has expired" + LOGIN_AGAIN);
    private static final String SETTING = "error setting current org and user: ";

    @TempDir
    Path home;

    private enum Where {
        VARIABLE,
        LOGIN,
        STDIN
    }

    enum Row {
        LOGIN_ACCEPTED(Where.LOGIN, USER, NEW, NEW, answer(ADA)),
        LOGIN_ACCEPTED_REDACTED(Where.LOGIN, USER, NEW, NEW, answer(ADA), "--redact"),
        LOGIN_WITHOUT_AN_ORGANIZATION(
                Where.LOGIN, USER, NEW, NEW, answer("{\"currentUser\":{\"email\":\"ada@acme.example\"}}")),
        API_TOKEN_ACCEPTED(Where.VARIABLE, API, NEW, NEW, answer(CI)),
        API_TOKEN_FROM_STDIN_ACCEPTED(Where.STDIN, API, NEW, NEW, answer(CI)),
        ACCEPTED_WITH_OTHER_KEYS(Where.VARIABLE, API, NEW, NEW, answer("{\"currentUser\":7,\"later\":[1e300]}")),
        ACCEPTED_ALTHOUGH_EXPIRED_HERE(Where.LOGIN, EXPIRED, NEW, NEW, answer(ADA)),
        ANSWER_ABOUT_A_PERSON_FOR_AN_API_TOKEN(Where.VARIABLE, API, NEW, NEW, answer(ADA)),
        ANSWER_ABOUT_AN_API_TOKEN_FOR_A_LOGIN(Where.LOGIN, USER, NEW, NEW, answer(CI)),
        SIGNATURE_WITH_LETTERS_GLUED_TO_IT(
                Where.VARIABLE,
                API,
                NEW,
                NEW,
                "echo \"ERR authentication error: x${CHAINLOOP_TOKEN##*.}y refused\" >&2; exit 1"),
        ANSWER_IS_NO_JSON(Where.VARIABLE, API, NEW, NEW, answer("Logged in as ada")),
        ANSWER_IS_A_MEGABYTE(
                Where.VARIABLE,
                API,
                NEW,
                NEW,
                "yes '{\"currentUser\":{}}' | head -c 1048576; yes WRN | head -c 1048576 >&2"),
        EXPIRED_LOGIN(Where.LOGIN, EXPIRED, NEW, NEW, IS_EXPIRED),
        EXPIRED_API_TOKEN(Where.VARIABLE, EXPIRED_API, NEW, NEW, IS_EXPIRED),
        EXPIRED_BY_THE_SERVERS_CLOCK(Where.LOGIN, USER, NEW, NEW, IS_EXPIRED),
        EXPIRED_WITHOUT_AN_EXPIRY(Where.VARIABLE, API, NEW, NEW, IS_EXPIRED),
        OLD_CLI_SAYS_EXPIRED_OF_A_LIVE_TOKEN(Where.LOGIN, USER, OLD_CLI, NEW, IS_EXPIRED),
        OLD_CLI_SAYS_EXPIRED_OF_AN_EXPIRED_TOKEN(Where.LOGIN, EXPIRED, OLD_CLI, NEW, IS_EXPIRED),
        TOKEN_INVALID(Where.VARIABLE, API, NEW, NEW, error("your authentication token is invalid" + LOGIN_AGAIN)),
        WRONG_SECRET_OF_A_LIVE_TOKEN(Where.LOGIN, USER, NEW, NEW, WRONG_SECRET),
        WRONG_SECRET_ON_AN_OLD_SERVER(Where.LOGIN, USER, NEW, OLD_SERVER, WRONG_SECRET),
        WRONG_SECRET_OF_AN_EXPIRED_TOKEN_ON_AN_UNKNOWN_SERVER(Where.LOGIN, EXPIRED, NEW, "unknown", WRONG_SECRET),
        FOREIGN_AUDIENCE(Where.VARIABLE, FOREIGN, NEW, NEW, error("logged in user nor API token found")),
        REVOKED(Where.VARIABLE, API, NEW, NEW, error(SETTING + "API token revoked")),
        TOKEN_DELETED(
                Where.VARIABLE, API, NEW, NEW, error(SETTING + "error retrieving the API token: token not found")),
        USER_DELETED(Where.LOGIN, USER, NEW, NEW, error("error setting current user: user not found")),
        NO_ORGANIZATION(
                Where.LOGIN,
                USER,
                NEW,
                NEW,
                error("you are not part of any organization, please run"
                        + " \"chainloop organization create --name ORG_NAME\" to create one")),
        NOT_IN_THE_ORGANIZATION(
                Where.LOGIN,
                USER,
                NEW,
                NEW,
                error("the organization you are trying to access does not exist or you are not part of it, please run"
                        + " \"chainloop auth login\"")),
        UNKNOWN_REFUSAL(Where.VARIABLE, API, NEW, NEW, error("authentication error: go away, " + API)),
        DATABASE_FAILURE(Where.VARIABLE, API, NEW, NEW, error(SETTING + "pq: the database system is starting up")),
        CONNECTION_REFUSED(
                Where.VARIABLE,
                API,
                NEW,
                "unknown",
                error("connection error: desc = \"transport: Error while dialing: dial tcp 127.0.0.1:1: connect:"
                        + " connection refused\"")),
        CERTIFICATE_NOT_TRUSTED(
                Where.VARIABLE,
                API,
                NEW,
                "unknown",
                error("connection error: desc = \"transport: authentication handshake failed: tls: failed to verify"
                        + " certificate: x509: certificate signed by unknown authority\"")),
        LOGIN_SENT_BY_AN_OLD_CLI(
                Where.VARIABLE,
                API,
                "v1.100.9",
                NEW,
                "echo 'WRN Both user credentials and $CHAINLOOP_TOKEN set. Ignoring $CHAINLOOP_TOKEN.' >&2; "
                        + error(SETTING + "API token revoked")),
        VARIABLE_SENT_BY_A_NEW_CLI(
                Where.VARIABLE,
                API,
                NEW,
                NEW,
                "echo 'WRN Both user credentials and $CHAINLOOP_TOKEN set. Ignoring user credentials.' >&2; "
                        + answer(CI)),
        CLI_WITHOUT_THE_COMMAND(
                Where.VARIABLE, API, NEW, NEW, error("unknown command \"describe\" for \"chainloop organization\"")),
        ESCAPES_AND_TOKENS(
                Where.VARIABLE,
                API,
                NEW,
                NEW,
                "printf '\\033[31mERR\\033[0m no \\033[1m%s, \\342\\200\\256 and %s\\n' '" + API + "' '"
                        + API.substring(API.lastIndexOf('.') + 5) + "' >&2; exit 1"),
        ESCAPES_AND_TOKENS_IN_AN_ANSWER(
                Where.LOGIN,
                USER,
                NEW,
                NEW,
                answer(ADA.replace("Ada", "\\u001b[31m")
                        .replace("acme.example", USER)
                        .replace("admin", "\\u001b]0;x\\u0007"))),
        A_PANIC(
                Where.VARIABLE,
                API,
                NEW,
                NEW,
                "printf 'panic: creating config file /root/.config: permission denied\\n\\ngoroutine 1 [running]:\\n'"
                        + " >&2; exit 2"),
        MALFORMED(Where.VARIABLE, "no.token", NEW, NEW, answer(CI)),
        CONFIG_FILE_UNREADABLE(Where.LOGIN, "a'quote", NEW, NEW, answer(CI)),
        REFUSED_AS_GITHUB(Where.VARIABLE, API, NEW, NEW, error(SETTING + "API token revoked"), "-o", "github"),
        REFUSED_AS_DOTENV(Where.VARIABLE, API, NEW, NEW, error(SETTING + "API token revoked"), "-o", "dotenv");

        private final Where where;
        private final String token;
        private final String client;
        private final String server;
        private final String script;
        private final List<String> args;

        Row(Where where, String token, String client, String server, String script, String... args) {
            this.where = where;
            this.token = token;
            this.client = client;
            this.server = server;
            this.script = script;
            this.args = Arrays.asList(args);
        }

        String title() {
            return name().toLowerCase(Locale.ROOT).replace('_', ' ');
        }

        Path transcript() {
            return TRANSCRIPTS.resolve(name().toLowerCase(Locale.ROOT).replace('_', '-') + ".txt");
        }
    }

    private static String answer(String json) {
        return "printf '%s\\n' '" + json + "'";
    }

    /** As the CLI ends, whatever the error. */
    private static String error(String message) {
        return "printf '%s\\n' '" + ("ERR " + message).replace("'", "'\\''") + "' >&2; exit 1";
    }

    static List<Row> screens() {
        return Stream.of(Row.values())
                .filter(row -> Files.exists(row.transcript()))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("screens")
    void looksAsWritten(Row row) throws Exception {
        CliRun.Result result = ask(row, row.args);
        Golden.check(
                row.transcript(),
                commandLine(row, result) + "\n-- stdout --\n" + result.out() + "-- stderr --\n" + result.err());
        assertNoToken(row, result);
    }

    /** The others: what is said, without the layout. */
    @Test
    void answersAsWritten() throws Exception {
        Answers answers = new Answers();
        List<String> table =
                new ArrayList<>(List.of("What the Chainloop CLI's answers mean; AskCommandTest has the worlds."));
        for (Row row : Row.values()) {
            if (!Files.exists(row.transcript())) {
                List<String> args = new ArrayList<>(row.args);
                args.addAll(List.of("-o", "json"));
                CliRun.Result result = ask(row, args);
                SchemaTest.assertFollows("ask", result.out());
                assertNoToken(row, result);
                table.addAll(List.of("", "# " + row.title(), commandLine(row, result)));
                table.addAll(answers.lines(row.title(), Payload.read(result.out()), result.err()));
            }
        }
        Golden.check(ANSWERS, String.join("\n", table) + "\n");
    }

    private static String commandLine(Row row, CliRun.Result result) {
        return ("$ chainloop-token ask " + String.join(" ", row.args)).strip() + "   # exit " + result.status();
    }

    private static void assertNoToken(Row row, CliRun.Result result) {
        String all = result.out() + result.err();
        String signature = row.token.substring(row.token.lastIndexOf('.') + 1);
        for (int i = 0; i + 12 <= signature.length(); i++) {
            assertFalse(all.contains(signature.substring(i, i + 12)), all);
        }
        assertFalse(all.contains("\u001b"), all);
    }

    static Set<Integer> statuses() throws IOException {
        StringBuilder all = new StringBuilder(Files.readString(ANSWERS));
        for (Row row : screens()) {
            all.append('\n').append(Files.readString(row.transcript()));
        }
        return Pattern.compile("(?m)^\\$ .* # exit ([0-9]+)$")
                .matcher(all)
                .results()
                .map(status -> Integer.valueOf(status.group(1)))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private CliRun.Result ask(Row row, List<String> args) throws IOException {
        StandInCli cli = new StandInCli(home, row.client, row.server, row.script);
        if (row.where == Where.LOGIN) {
            login(row.token);
        } else {
            Files.deleteIfExists(config());
        }
        List<String> line = new ArrayList<>(List.of("ask"));
        line.addAll(args);
        CliRun run = run(cli);
        if (row.where == Where.VARIABLE) {
            run.env("CHAINLOOP_TOKEN", row.token);
        } else if (row.where == Where.STDIN) {
            run.stdin(row.token + "\n");
            line.add("-");
        }
        return run.run(line);
    }

    private Path config() {
        return home.resolve(".config/chainloop/config.toml");
    }

    private void login(String token) throws IOException {
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
        return new StandInCli(home, NEW, NEW, answer(CI));
    }

    @Test
    void aTokenFromTheVariableIsAskedAboutWithTheUsersOwnConfigFile() throws Exception {
        login(USER);
        StandInCli cli = accepting();
        assertEquals(0, run(cli).env("CHAINLOOP_TOKEN", API).run("ask").status());
        assertEquals("""
                organization|describe|-o|json|
                CHAINLOOP_TOKEN=TOKEN
                DO_NOT_TRACK=1
                NO_COLOR=1
                """, untilVersion(cli).replace(API, "TOKEN"));
    }

    @Test
    void aLoginIsAskedAboutWithoutTheVariable() throws Exception {
        login(USER);
        StandInCli cli = new StandInCli(home, NEW, NEW, answer(ADA));
        assertEquals(
                0,
                run(cli).env("CHAINLOOP_TOKEN", API)
                        .run("ask", "--source", "config")
                        .status());
        assertEquals("""
                organization|describe|-o|json|
                DO_NOT_TRACK=1
                NO_COLOR=1
                """, untilVersion(cli));
    }

    @Test
    void aNamedConfigFileIsHandedOn() throws Exception {
        login(USER);
        Path file = Files.copy(config(), home.resolve("other.toml"));
        StandInCli cli = new StandInCli(home, NEW, NEW, answer(ADA));
        assertEquals(0, run(cli).run("ask", "-c", file.toString()).status());
        assertTrue(
                untilVersion(cli).startsWith("organization|describe|-o|json|--config|" + file + "|\n"), cli.started());
    }

    /** No login wins there, the user's file is not written, and no other user sees the token in a list of processes. */
    @ParameterizedTest
    @ValueSource(strings = {"-", "-t"})
    void aGivenTokenIsAskedAboutWithAnEmptyConfigFile(String how) throws Exception {
        login(USER);
        StandInCli cli = accepting();
        CliRun run = run(cli).env("CHAINLOOP_TOKEN", USER);
        int status = how.equals("-")
                ? run.stdin(API + "\n").run("ask", "-").status()
                : run.run("ask", "-t", API).status();
        assertEquals(0, status);
        String started = untilVersion(cli);
        Path empty = Path.of(started.replaceFirst("(?s).*--config\\|([^|]*)\\|.*", "$1"));
        assertEquals("""
                organization|describe|-o|json|--config|EMPTY|--org=acme|
                CHAINLOOP_API_INSECURE=true
                CHAINLOOP_CONTROL_PLANE_API=cp.acme.example:443
                CHAINLOOP_CONTROL_PLANE_API_CA=/etc/acme.pem
                CHAINLOOP_TOKEN=TOKEN
                DO_NOT_TRACK=1
                NO_COLOR=1
                """, started.replace(API, "TOKEN").replace(empty.toString(), "EMPTY"));
        assertFalse(Files.exists(empty));
    }

    @Test
    void aVariableWinsOverTheConfigFilesAddress() throws Exception {
        login(USER);
        StandInCli cli = accepting();
        run(cli).env("CHAINLOOP_CONTROL_PLANE_API", "cp.example:443")
                .env("CHAINLOOP_API_INSECURE", "false")
                .run("ask", "-t", API);
        assertTrue(cli.started().contains("CHAINLOOP_CONTROL_PLANE_API=cp.example:443\n"), cli.started());
        assertTrue(cli.started().contains("CHAINLOOP_API_INSECURE=false\n"), cli.started());
    }

    @ParameterizedTest
    @ValueSource(strings = {"variable", "login", "stdin"})
    void theVersionsAreAskedForWithoutAnyToken(String where) throws Exception {
        login(USER);
        StandInCli cli = accepting();
        CliRun run = where.equals("login") ? run(cli) : run(cli).env("CHAINLOOP_TOKEN", API);
        run.stdin(API)
                .run(
                        where.equals("stdin")
                                ? List.of("ask", "-")
                                : List.of("ask", "--source", where.equals("login") ? "config" : "env"));
        String started = cli.started();
        String version = started.substring(started.indexOf("version|-o|json|--config|"));
        assertFalse(version.contains("TOKEN="), version);
        assertFalse(version.contains("auth"), version);
        assertTrue(version.contains("CHAINLOOP_CONTROL_PLANE_API=cp.acme.example:443"), version);
    }

    private static String untilVersion(StandInCli cli) throws IOException {
        String started = cli.started();
        return started.substring(0, started.indexOf("version|"));
    }

    /** Why, with the exit status. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            FEDERATED  | 5 | only attestation commands send a federated token
            ROBOT      | 5 | a robot account's token is for attestation commands only
            NONE       | 5 | there is no token
            MALFORMED  | 3 | not a token
            WRAPPED    | 3 | `Bearer ` before it
            BROKEN     | 4 | config file
            """)
    void nothingIsStarted(String what, int status, String why) throws Exception {
        StandInCli cli = accepting();
        CliRun run = run(cli);
        switch (what) {
            case "FEDERATED" -> run.env("CHAINLOOP_TOKEN", TokenMint.token(TokenMint.FEDERATED));
            case "ROBOT" -> run.env("CHAINLOOP_TOKEN", ROBOT);
            case "MALFORMED" -> run.env("CHAINLOOP_TOKEN", "no.token");
            case "WRAPPED" -> run.env("CHAINLOOP_TOKEN", "Bearer " + API);
            case "BROKEN" -> {
                login(USER);
                Files.writeString(config(), "[");
            }
            default -> {}
        }
        CliRun.Result result = run.run("ask");
        assertEquals(status, result.status(), result.err());
        String out = result.out().replaceAll("\\s+", " ");
        assertTrue(out.contains(why) || what.equals("BROKEN"), out);
        assertEquals("", cli.started());
    }

    @Test
    void nothingIsStartedInAJobThatRequestsItsToken() throws Exception {
        StandInCli cli = accepting();
        CliRun run = run(cli);
        for (String name : List.of(
                "CI",
                "GITHUB_ACTIONS",
                "GITHUB_RUN_ID",
                "ACTIONS_ID_TOKEN_REQUEST_URL",
                "ACTIONS_ID_TOKEN_REQUEST_TOKEN")) {
            run.env(name, "true");
        }
        CliRun.Result result = run.env("GITHUB_REPOSITORY", "acme/web").run("ask");
        assertEquals(5, result.status());
        assertTrue(result.out().contains("attestation commands request a federated one"), result.out());
        assertEquals("", cli.started());
    }

    /** A program in the current folder may be anybody's. */
    @Test
    void aMissingCliIsSaid() throws Exception {
        CliRun.Result result = CliRun.withHome(home)
                .env("PATH", "bin::.:" + home.resolve("nowhere"))
                .env("CHAINLOOP_TOKEN", API)
                .run("ask");
        assertEquals(5, result.status());
        String out = result.out().replaceAll("\\s+", " ");
        assertTrue(out.contains("no `chainloop` is in an absolute folder of $PATH Name it with --cli"), out);
    }

    @Test
    void anotherCliCanBeNamed() throws Exception {
        StandInCli cli = accepting();
        Path other = Files.move(cli.program(), home.resolve("bin/loop"));
        CliRun.Result result = run(cli).env("CHAINLOOP_TOKEN", API).run("ask", "--cli", other.toString());
        assertEquals(0, result.status(), result.err());
        assertTrue(result.out().contains("  Asked with    ~/bin/loop v1.106.1\n"), result.out());
        for (String none : List.of(home.toString(), home.resolve("none").toString())) {
            result = run(cli).env("CHAINLOOP_TOKEN", API).run("ask", "--cli", none);
            assertEquals(5, result.status());
            assertTrue(result.out().replaceAll("\\s+", " ").contains("--cli names no program that can be run"), none);
        }
        Path text = Files.writeString(home.resolve("text"), "no program");
        assertTrue(text.toFile().setExecutable(true));
        result = run(cli).env("CHAINLOOP_TOKEN", API).run("ask", "--cli", text.toString());
        assertEquals(5, result.status());
    }

    /** Its child holds the streams open. */
    @Test
    void aCliThatHangsIsKilledWithItsChildrenAfterTenSeconds() throws Exception {
        StandInCli cli = new StandInCli(home, NEW, NEW, "sleep 60 & echo $! >\"$here/child\"; sleep 60");
        long start = System.nanoTime();
        CliRun.Result result = run(cli).env("CHAINLOOP_TOKEN", API).run("ask");
        long seconds = (System.nanoTime() - start) / 1_000_000_000;
        assertEquals(5, result.status());
        String out = result.out().replaceAll("\\s+", " ");
        assertTrue(out.contains("the Chainloop CLI gave no answer within 10 seconds"), out);
        assertTrue(seconds >= 9 && seconds < 60, seconds + " s");
        long child = Long.parseLong(Files.readString(home.resolve("bin/child")).strip());
        for (int i = 0;
                i < 100 && ProcessHandle.of(child).map(ProcessHandle::isAlive).orElse(false);
                i++) {
            Thread.sleep(20);
        }
        assertFalse(ProcessHandle.of(child).map(ProcessHandle::isAlive).orElse(false));
        assertFalse(cli.started().contains("version|"));
    }

    /** Also where there is no terminal. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "inspect -o json",
                "check",
                "verify --secret-file HOME",
                "sources",
                "explain JWT token is missing",
                "--lines",
                "mask"
            })
    void noOtherCommandStartsIt(String command) throws IOException {
        StandInCli cli = accepting();
        run(cli).env("CHAINLOOP_TOKEN", USER)
                .stdin(USER)
                .run(command.isEmpty() ? new String[0] : command.split(" ", -1));
        assertEquals("", cli.started());
    }
}
