package dev.chainloop.token.cli;

import static org.junit.jupiter.api.Assertions.*;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.chainloop.token.testing.Answers;
import dev.chainloop.token.testing.CliRun;
import dev.chainloop.token.testing.FakeControlPlane;
import dev.chainloop.token.testing.Golden;
import dev.chainloop.token.testing.Payload;
import dev.chainloop.token.testing.TokenMint;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Each answer of the control plane: a row that has a transcript below {@code src/test/control-plane} as users see it, the
 * others in {@code src/test/answers/ask.txt}; {@code -Dgolden.update=true} writes them anew.
 */
class AskCommandTest {
    private static final Path TRANSCRIPTS = Path.of("src/test/control-plane/transcripts");
    private static final Path ANSWERS = Path.of("src/test/answers/ask.txt");
    private static final String API = TokenMint.token(TokenMint.API_TOKEN);
    private static final String USER = TokenMint.token(TokenMint.USER);
    private static final String OTHER_SECRET = TokenMint.token(
            TokenMint.HS256,
            TokenMint.API_TOKEN,
            "the secret of some other installation".getBytes(StandardCharsets.UTF_8));
    private static final String ROBOT_PAYLOAD = """
            {"org_id":"dddb8201-eab6-4e61-9201-f12b47c01892","workflow_id":"w","jti":"j","iss":"cp.chainloop",\
            "aud":["attestations.chainloop"]}""";
    private static final String ROBOT = TokenMint.token(ROBOT_PAYLOAD);
    private static final String EXPIRED_ROBOT = TokenMint.token(ROBOT_PAYLOAD.replace("]}", "],\"exp\":1767225599}"));
    private static final String OTHER_ROBOT = TokenMint.token(
            TokenMint.HS256, ROBOT_PAYLOAD, "the secret of some other installation".getBytes(StandardCharsets.UTF_8));
    private static final String EXPIRED = TokenMint.token(TokenMint.USER.replace("1767830400", "1767225599"));
    /** The test's server leaves the times of such a token to its verifier. */
    private static final String EXPIRED_HERE = TokenMint.token(
            "{\"alg\":\"RS256\",\"kid\":\"rsa\"}", TokenMint.FEDERATED.replace("1767225900", "1767225000"));

    private static final String RS256 = TokenMint.token("{\"alg\":\"RS256\",\"kid\":\"rsa\"}", TokenMint.FEDERATED);

    @RegisterExtension
    static final FakeControlPlane server = new FakeControlPlane();

    private static final String VIEWER = "{\"roles\":[[\"acme\",1]],"
            + "\"contract\":\"your user doesn't have permissions to perform attestations\"}";

    private static final String TOLD = """
            {"told":{"admin":true,"days":90,"cas":["store","AWS-S3",2,"no access to bucket, ask ops@acme.example"]}}""";

    private static final String HOSTILE = """
            {"version":"v1 ::error::x","told":{"email":"a@b@c","first":"\\u001b[31mX","last":"eyJhbGciOiJI",\
            "organization":"Acme Inc","days":99999999,"cas":["TOKEN","a b",2,\
            "\\u202e 0x65 0x79 0x4a and eyJhbGciOiJIUzI1NiJ9"]}}""";

    enum Row {
        USER_ACCEPTED(USER, "{\"roles\":[[\"acme\",2],[\"widgets\",1]]}"),
        USER_WITH_EVERYTHING_TOLD(USER, TOLD),
        USER_REDACTED(USER, TOLD, "--redact"),
        USER_AS_JSON(USER, TOLD, "-o", "json"),
        USER_REDACTED_AS_JSON(USER, TOLD, "-o", "json", "--redact"),
        USER_OF_A_HOSTILE_SERVER(USER, HOSTILE),
        API_TOKEN_WITH_EVERYTHING_TOLD(API, TOLD),
        OPERATION_DENIED(
                API,
                "{\"denied\":\"API token revoked? No: frozen for the release, see"
                        + " https://intranet.acme.example/freeze/2026-01 and #release\"}"),
        USER_WHO_IS_A_VIEWER(USER, VIEWER),
        VIEWER_AS_GITHUB(USER, VIEWER, "-o", "github"),
        USER_OF_A_SUSPENDED_ORGANIZATION(USER, "{\"suspended\":true}"),
        API_TOKEN_ACCEPTED(API, "{}"),
        API_TOKEN_REFUSED_FOR_ATTESTATIONS(API, "{\"contract\":\"operation not allowed\"}"),
        FEDERATED_ACCEPTED(RS256, "{}"),
        ACCEPTED_ALTHOUGH_EXPIRED_HERE(EXPIRED_HERE, "{}"),
        ACCEPTED_ALTHOUGH_EXPIRED_HERE_AS_GITHUB(EXPIRED_HERE, "{}", "-o", "github"),
        FEDERATED_NOT_ENROLLED(RS256, "{\"issuers\":[]}"),
        FEDERATED_VERIFIER_DOWN(RS256, "{\"federation\":\"unreachable\"}"),
        FEDERATED_WITHOUT_FEDERATION(RS256, "{\"federation\":\"off\"}"),
        ROBOT_ACCOUNT(ROBOT, "{}"),
        EXPIRED_TOKEN(EXPIRED, "{}"),
        EXPIRED_WITHOUT_AN_EXPIRY(API, "{\"echo\":\"JWT token has expired\"}"),
        ERROR_WITHOUT_WORDS(API, "{\"fails\":\"\"}"),
        EXPIRED_ON_AN_OLD_SERVER(EXPIRED_ROBOT, "{\"version\":\"v1.90.0\"}"),
        WRONG_SECRET(OTHER_SECRET, "{}"),
        WRONG_SECRET_FOR_ATTESTATIONS(OTHER_ROBOT, "{}"),
        WRONG_SECRET_BEFORE_V1_101(OTHER_ROBOT, "{\"version\":\"v1.100.11\"}"),
        WRONG_SECRET_OF_V1_101(OTHER_ROBOT, "{\"version\":\"v1.101.0\"}"),
        WRONG_SECRET_WITHOUT_FEDERATION(OTHER_ROBOT, "{\"federation\":\"off\"}"),
        WRONG_AUDIENCE_OF_A_CI_PROVIDER(
                TokenMint.token(
                        "{\"alg\":\"RS256\",\"kid\":\"rsa\"}", TokenMint.FEDERATED.replace("\"chainloop\"", "\"x\"")),
                "{}"),
        UNSIGNED(TokenMint.token("{\"alg\":\"none\"}", TokenMint.USER), "{}"),
        FOREIGN_AUDIENCE(TokenMint.token(TokenMint.USER.replace("user-auth", "mcp-user-auth")), "{}"),
        REVOKED(API, "{\"revoked\":true}"),
        TOKEN_DELETED(API, "{\"deleted\":true}"),
        USER_DELETED(USER, "{\"deleted\":true}"),
        ORGANIZATION_DELETED(API, "{\"fails\":\"error setting current org and user: organization not found\"}"),
        NO_ORGANIZATION(USER, "{\"organizations\":[],\"roles\":[]}"),
        NOT_IN_THE_ORGANIZATION(USER, "{}", "--org", "widgets"),
        NOT_ON_THE_ALLOW_LIST(USER, "{\"allow-list\":\"Ask #access for a seat.\"}"),
        SUSPENDED(API, "{\"suspended\":true}"),
        DATABASE_FAILURE(
                API, "{\"fails\":\"error setting current org and user: dial tcp 10.0.0.1:5432: connection refused\"}"),
        UNKNOWN_WORDS(API, "{\"echo\":\"go \\u001b[31maway\\nnow, TOKEN\"}"),
        CLOCK_AN_HOUR_AHEAD(API, "{\"date\":\"Thu, 01 Jan 2026 01:00:00 GMT\"}"),
        CLOCK_AN_HOUR_BEHIND(API, "{\"date\":\"Wed, 31 Dec 2025 23:00:00 GMT\"}"),
        CLOCK_A_MINUTE_AHEAD(API, "{\"date\":\"Thu, 01 Jan 2026 00:01:00 GMT\"}"),
        CLOCK_MORE_THAN_A_MINUTE_AHEAD(API, "{\"date\":\"Thu, 01 Jan 2026 00:01:01 GMT\"}"),
        DIRT_IS_SENT_ALONG("Bearer " + API, "{}"),
        TAB_CANNOT_BE_SENT_FROM_HERE("\t" + API, "{}"),
        LINE_END_CANNOT_BE_SENT(API + "\n", "{}"),
        MALFORMED("no.token", "{}"),
        REFUSED_AS_SHELL(API, "{\"revoked\":true}", "-o", "shell"),
        REFUSED_AS_GITHUB(API, "{\"revoked\":true}", "-o", "github"),
        REFUSED_AS_DOTENV(API, "{\"revoked\":true}", "-o", "dotenv");
        private final String token;
        private final String state;
        private final List<String> args;

        Row(String token, String state, String... args) {
            this.token = token;
            this.state = state;
            this.args = Arrays.asList(args);
        }

        String title() {
            return name().toLowerCase(Locale.ROOT).replace('_', ' ');
        }

        Path transcript() {
            return TRANSCRIPTS.resolve(name().toLowerCase(Locale.ROOT).replace('_', '-') + ".txt");
        }
    }

    static List<Row> screens() {
        return Stream.of(Row.values())
                .filter(row -> Files.exists(row.transcript()))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("screens")
    void looksAsWritten(Row row) throws Exception {
        server.set(row.state);
        CliRun.Result result = ask(row.token, row.args.toArray(String[]::new));
        Golden.check(
                row.transcript(),
                commandLine(row, result) + "\n-- stdout --\n" + stable(result.out()) + "-- stderr --\n"
                        + stable(result.err()));
        assertNoToken(row, result);
    }

    /** The others: what is said, without the layout. */
    @Test
    void answersAsWritten() throws Exception {
        Answers answers = new Answers();
        List<String> table =
                new ArrayList<>(List.of("What a control plane's answers mean; AskCommandTest has the worlds."));
        for (Row row : Row.values()) {
            if (!Files.exists(row.transcript())) {
                server.set(row.state);
                List<String> args = new ArrayList<>(row.args);
                args.addAll(List.of("-o", "json"));
                CliRun.Result result = ask(row.token, args.toArray(String[]::new));
                SchemaTest.assertFollows("ask", result.out());
                assertNoToken(row, result);
                table.addAll(List.of("", "# " + row.title(), commandLine(row, result)));
                table.addAll(answers.lines(row.title(), Payload.read(stable(result.out())), stable(result.err())));
            }
        }
        Golden.check(ANSWERS, String.join("\n", table) + "\n");
    }

    private static String commandLine(Row row, CliRun.Result result) {
        return ("$ chainloop-token ask " + String.join(" ", row.args)).strip() + "   # exit " + result.status();
    }

    /** A busy machine is waited for. */
    private static String stable(String text) {
        return text.replace(server.address("plain"), "cp.example:443").replaceFirst("note: waiting for .*\n", "");
    }

    private static void assertNoToken(Row row, CliRun.Result result) {
        String signature = row.token.substring(row.token.lastIndexOf('.') + 1);
        assertFalse((result.out() + result.err()).contains(signature) && row.token.length() > 40);
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

    private static CliRun.Result ask(String token, String... args) {
        List<String> line = new ArrayList<>(List.of("ask", "--control-plane", server.address("plain"), "--insecure"));
        line.addAll(List.of(args));
        return CliRun.withHome(server.folder()).env("CHAINLOOP_TOKEN", token).run(line.toArray(String[]::new));
    }

    @Test
    void theOptionWinsOverTheVariableAndThatOverTheConfigFile() throws Exception {
        Path config = Files.writeString(
                server.folder().resolve("config.toml"), """
                api-insecure = false
                organization = 'acme'
                [auth]
                token = '%s'
                [control-plane]
                api = '%s'
                api-ca = '%s'
                """.formatted(USER, server.address("tls"), server.authority()));
        CliRun.Result fromConfig = CliRun.withHome(server.folder()).run("ask", "-c", config.toString());
        assertEquals(0, fromConfig.status(), fromConfig.err());
        assertTrue(fromConfig.out().contains("Accepted by " + server.address("tls")), fromConfig.out());
        List<JsonNode> calls = server.calls();
        assertEquals(
                "acme",
                calls.get(1).get("metadata").get("chainloop-organization").asText());
        CliRun.Result fromVariable = CliRun.withHome(server.folder())
                .env("CHAINLOOP_CONTROL_PLANE_API", server.address("plain"))
                .env("CHAINLOOP_API_INSECURE", "true")
                .run("ask", "-c", config.toString());
        assertTrue(fromVariable.out().contains("Accepted by " + server.address("plain")), fromVariable.err());
        CliRun.Result fromOption = CliRun.withHome(server.folder())
                .env("CHAINLOOP_CONTROL_PLANE_API", server.address("trap"))
                .run("ask", "-c", config.toString(), "--control-plane", server.address("tls"));
        assertTrue(fromOption.out().contains("Accepted by " + server.address("tls")), fromOption.err());
    }

    @Test
    void theConfigFileNamesTheControlPlaneAlsoWhenTheTokenIsFromElsewhere() throws Exception {
        Path home = Files.createDirectories(server.folder().resolve("home"));
        Path config = Files.createDirectories(home.resolve(".config/chainloop")).resolve("config.toml");
        Files.writeString(config, "api-insecure = true\n[control-plane]\napi = '" + server.address("plain") + "'\n");
        CliRun.Result result = CliRun.withHome(home).run("ask", "-t", API);
        assertEquals(0, result.status(), result.err());
        result = CliRun.withHome(home).stdin(API + "\n").run("ask", "-");
        assertEquals(0, result.status(), result.err());
    }

    /** It looks like a part of a token; it is never shown. */
    @Test
    void anAuthorityInBase64IsTakenAsTheOptionsValue() throws Exception {
        String base64 = Base64.getEncoder().encodeToString(Files.readAllBytes(server.authority()));
        CliRun.Result result = CliRun.withHome(server.folder())
                .env("CHAINLOOP_TOKEN", API)
                .run("ask", "--control-plane", server.address("tls"), "--control-plane-ca", base64);
        assertEquals(0, result.status(), result.err());
    }

    @Test
    void theVariableNamesTheAuthorityAndWinsOverTheConfigFile() throws Exception {
        Path config = Files.writeString(
                server.folder().resolve("authority.toml"),
                "auth.token = '" + API + "'\ncontrol-plane.api-ca = '/no/such/file'\n");
        CliRun.Result result = CliRun.withHome(server.folder())
                .env("CHAINLOOP_CONTROL_PLANE_API_CA", server.authority().toString())
                .run("ask", "-c", config.toString(), "--control-plane", server.address("tls"));
        assertEquals(0, result.status(), result.err());
    }

    /** As the CLI's library reads it; the variable wins, unless it is empty. */
    @ParameterizedTest
    @CsvSource({
        "true, '', 0",
        "'\"1\"', '', 0",
        "1, '', 0",
        "-7, '', 0",
        "0, '', 5",
        "'\"yes\"', '', 5",
        "1.0, '', 5",
        "[1], '', 5",
        "true, false, 5",
        "0, true, 0"
    })
    void plainTextIsWhatTheVariableSaysOrElseTheConfigFile(String insecure, String variable, int status)
            throws Exception {
        Path config = Files.writeString(
                server.folder().resolve("insecure.toml"),
                "api-insecure = " + insecure + "\nauth.token = '" + API + "'\ncontrol-plane.api = '"
                        + server.address("plain") + "'\n");
        CliRun.Result result = CliRun.withHome(server.folder())
                .env("CHAINLOOP_API_INSECURE", variable)
                .run("ask", "-c", config.toString());
        assertEquals(status, result.status(), result.err());
    }

    @Test
    void withoutATokenTheControlPlaneIsAskedAboutItself() throws Exception {
        String tls = server.address("tls");
        CliRun.Result result = CliRun.withHome(server.folder())
                .env("CHAINLOOP_CONTROL_PLANE_API", tls)
                .run("ask", "--control-plane-ca", server.authority().toString());
        assertEquals(1, result.status(), result.err());
        for (String part : List.of(
                "There is no token to ask " + tls + " about\n",
                "  Control plane " + tls + " ($CHAINLOOP_CONTROL_PLANE_API)\n",
                "  Login page    https://cp.example/login\n",
                "  TLS           certificate until 21",
                " by CN=Authority\n",
                "  Server        v1.106.1\n",
                "There is no token to send",
                "What to do\n")) {
            assertTrue(result.out().contains(part), part + " is not in " + result.out());
        }
        List<JsonNode> calls = server.calls();
        assertEquals(1, calls.size());
        assertFalse(calls.get(0).get("metadata").has("authorization"));
    }

    @Test
    void withoutATokenTheJsonTellsTheSame() throws Exception {
        CliRun.Result result = CliRun.withHome(server.folder())
                .run("ask", "--control-plane", server.address("plain"), "--insecure", "-o", "json");
        assertEquals(1, result.status());
        SchemaTest.assertFollows("ask", result.out());
        JsonNode json = new ObjectMapper().readTree(result.out());
        assertEquals("not-asked", json.at("/ask/outcome").asText());
        assertEquals("--control-plane", json.at("/ask/controlPlaneFrom").asText());
        assertEquals("https://cp.example/login", json.at("/ask/loginPage").asText());
        assertFalse(json.at("/plan/steps").isEmpty());
    }

    /** The same sentences as with a token. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            plain | false | cannot be asked over TLS
            tls | true | closes the connection, or does not speak gRPC
            tls | false | an authority that is not trusted here
            127.0.0.1 | false | it takes HOST:PORT
            127.0.0.1:1 | true | cannot be reached: the connection is refused
            """)
    void withoutATokenAControlPlaneThatCannotBeAskedIsReported(String name, boolean plainText, String what)
            throws Exception {
        String address = name.startsWith("1") ? name : server.address(name);
        for (String token : List.of("", API)) {
            CliRun.Result result = CliRun.withHome(server.folder())
                    .env("CHAINLOOP_CONTROL_PLANE_API", address)
                    .env("CHAINLOOP_API_INSECURE", "" + plainText)
                    .env("CHAINLOOP_TOKEN", token)
                    .run("ask");
            assertEquals(5, result.status());
            assertTrue(result.err().toLowerCase(Locale.ROOT).contains(what.toLowerCase(Locale.ROOT)), result.err());
        }
    }

    @Test
    void theJsonFollowsItsSchema() throws Exception {
        for (String state :
                List.of("{}", "{\"revoked\":true}", "{\"suspended\":true}", "{\"foreign\":true}", TOLD, HOSTILE)) {
            server.set(state);
            SchemaTest.assertFollows("ask", ask(API, "-o", "json").out());
        }
    }

    @Test
    void anApiTokenHasATimeOfCreationInsteadOfAnIdentity() throws Exception {
        JsonNode ask = new ObjectMapper().readTree(ask(API, "-o", "json").out()).get("ask");
        assertEquals("2025-10-03T00:00:00Z", ask.get("tokenCreatedAt").asText());
        assertTrue(ask.get("identity").isNull(), ask.toString());
    }

    /** What attestations answer to a person stands beside the acceptance. */
    @Test
    void anAcceptanceForCommandsOnlyHasTheRefusalInItsJson() throws Exception {
        server.set(VIEWER);
        CliRun.Result result = ask(USER, "-o", "json");
        SchemaTest.assertFollows("ask", result.out());
        JsonNode ask = new ObjectMapper().readTree(result.out()).get("ask");
        assertEquals("accepted", ask.get("outcome").asText());
        assertEquals(7, ask.get("code").asInt());
        assertEquals(
                "[true, true, false]", ask.get("calls").findValues("accepted").toString());
    }

    /** Also where there is no terminal. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "inspect -o json",
                "check",
                "verify --secret-env HOME",
                "sources",
                "explain JWT token is missing",
                "--lines",
                "mask"
            })
    void noOtherCommandAsksIt(String command) throws IOException {
        server.calls();
        CliRun.withHome(server.folder())
                .env("CHAINLOOP_TOKEN", USER)
                .env("CHAINLOOP_CONTROL_PLANE_API", server.address("plain"))
                .env("CHAINLOOP_API_INSECURE", "true")
                .stdin(USER)
                .run(command.isEmpty() ? new String[0] : command.split(" ", -1));
        assertEquals(List.of(), server.calls());
    }

    @Test
    void aServerThatIsWaitedForIsNamed() throws Exception {
        server.set("{\"slow\":\"Current\"}");
        CliRun.Result result = ask(API);
        assertTrue(result.err().contains("\nnote: waiting for " + server.address("plain") + "\n"), result.err());
        assertEquals(0, result.status());
    }
}
