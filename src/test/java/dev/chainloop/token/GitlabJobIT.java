package dev.chainloop.token;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.chainloop.token.testing.CliRun;
import dev.chainloop.token.testing.Program;
import dev.chainloop.token.testing.Release;
import dev.chainloop.token.testing.TokenMint;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The documents' GitLab job, played as GitLab's runner does, with a release from loopback. */
class GitlabJobIT {
    /** A token that no other process on this machine has. */
    private static final String TOKEN = TokenMint.token(TokenMint.API_TOKEN.replace(
            "\"token_name\":\"ci\"", "\"token_name\":\"ci\",\"r\":\"" + UUID.randomUUID() + "\""));

    private static final String FEDERATED = TokenMint.token(
            "{\"alg\":\"RS256\",\"kid\":\"rsa\"}",
            TokenMint.FEDERATED.replaceFirst(
                    "\"exp\":[0-9]+", "\"r\":\"" + UUID.randomUUID() + "\",\"exp\":4102444800"));
    private static final String ARCHIVE = Release.BUNDLE + ".tar.gz";

    /** GitLab's limits: 5 KiB, and 20 variables on the smallest plan. */
    private static final int MOST_BYTES = 5 << 10;

    private static final int MOST_VARIABLES = 20;

    @TempDir
    static Path shared;

    private static Path certificate;
    private static JsonNode job;

    @TempDir
    Path folder;

    private record Ran(int status, String log) {}

    @BeforeAll
    static void read() throws Exception {
        Program.require("bash", "curl", "tar", "gzip", "sha256sum");
        certificate = shared.resolve("certificate.pem");
        Matcher block = Pattern.compile("```yaml\n(check-token:\n.*?)```", Pattern.DOTALL)
                .matcher(Files.readString(Path.of("src/site/markdown/ci.md")));
        assertTrue(block.find());
        job = new YAMLMapper().readTree(block.group(1)).get("check-token");
    }

    /** The token is checked in each shell that an image may have. */
    @ParameterizedTest
    @ValueSource(strings = {"bash", "sh"})
    void reportsTheMaskedVariable(String shell) throws Exception {
        Ran ran = play(shell, release -> {}, Map.of("CHAINLOOP_TOKEN", TOKEN));

        assertEquals(new Ran(0, ARCHIVE + ": OK\n"), ran);
        assertEquals(
                "{CHAINLOOP_TOKEN_STATUS=typed, CHAINLOOP_TOKEN_KIND=api-token,"
                        + " CHAINLOOP_TOKEN_TYPE=AUTH_TYPE_API_TOKEN,"
                        + " CHAINLOOP_TOKEN_ID=4b0f0dd4-4538-4269-92a9-ab5b0fce0258,"
                        + " CHAINLOOP_TOKEN_ORG_ID=dddb8201-eab6-4e61-9201-f12b47c01892,"
                        + " CHAINLOOP_TOKEN_ORG_NAME=acme, CHAINLOOP_TOKEN_TOKEN_NAME=ci,"
                        + " CHAINLOOP_TOKEN_FINGERPRINT=sha256:N}",
                report().toString().replaceFirst("sha256:[0-9a-f]{16}", "sha256:N"));
    }

    @Test
    void reportsTheJobsOwnToken() throws Exception {
        assertEquals("chainloop", job.at("/id_tokens/GITLAB_OIDC/aud").asText());

        assertEquals(new Ran(0, ARCHIVE + ": OK\n"), play("bash", release -> {}, Map.of("GITLAB_OIDC", FEDERATED)));

        assertEquals("federated", report().get("CHAINLOOP_TOKEN_KIND"));
        assertEquals("2100-01-01T00:00:00Z", report().get("CHAINLOOP_TOKEN_EXPIRES_AT"));
    }

    /** A value that the format cannot hold is left out, and a hostile one forges no line. */
    @Test
    void keepsToTheFormatWithHostileClaims() throws Exception {
        String hostile = TokenMint.token(TokenMint.API_TOKEN.replace("acme", "a\\nEVIL=1\\n#'\\\" $(id)"));

        Ran ran = play("bash", release -> {}, Map.of("CHAINLOOP_TOKEN", hostile));

        assertEquals(0, ran.status());
        assertTrue(ran.log().contains("CHAINLOOP_TOKEN_ORG_NAME is left out"), ran.log());
        assertFalse(report().containsKey("CHAINLOOP_TOKEN_ORG_NAME"));
        assertFalse(report().containsKey("EVIL"));
    }

    static List<Arguments> failures() {
        Consumer<Release> none = release -> {};
        return List.of(
                failure(
                        "a user token",
                        none,
                        TokenMint.token(TokenMint.USER),
                        1,
                        "error: Expected a token of type" + " api-token or federated, but this is a user token."),
                failure("no token", none, "", 1, "There is no token to send"),
                failure("not a token", none, "x", 3, "$CHAINLOOP_TOKEN: not a JWT"),
                failure(
                        "wrong checksum",
                        release -> release.file(ARCHIVE, "another file"),
                        TOKEN,
                        69,
                        ARCHIVE + " is not what checksums_sha256.txt says"),
                failure(
                        "not listed",
                        release -> release.file("checksums_sha256.txt", "0  another.tar.gz\n"),
                        TOKEN,
                        69,
                        ARCHIVE + " is not what checksums_sha256.txt says"),
                failure(
                        "only a longer name is listed",
                        release -> release.file(
                                "checksums_sha256.txt",
                                release.text("checksums_sha256.txt").replace(".gz", ".gz.old")),
                        TOKEN,
                        69,
                        ARCHIVE + " is not what checksums_sha256.txt says"),
                failure(
                        "the bundle is missing",
                        release -> release.without(ARCHIVE),
                        TOKEN,
                        69,
                        "no " + ARCHIVE + " in release " + Release.VERSION + " of https://127.0.0.1:PORT"),
                failure(
                        "the release is missing",
                        release -> release.without("checksums_sha256.txt"),
                        TOKEN,
                        69,
                        "no checksums_sha256.txt in release " + Release.VERSION + " of https://127.0.0.1:PORT"),
                failure(
                        "cut off",
                        release -> release.cut(ARCHIVE, 100),
                        TOKEN,
                        69,
                        "no " + ARCHIVE + " in release " + Release.VERSION + " of https://127.0.0.1:PORT"));
    }

    private static Arguments failure(String name, Consumer<Release> spoil, String token, int status, String told) {
        return arguments(name, spoil, token, status, told);
    }

    /** The job ends with another status where the check could not be made. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("failures")
    void saysWhyItFails(String name, Consumer<Release> spoil, String token, int status, String told) throws Exception {
        for (String shell : List.of("bash", "sh")) {
            Ran ran = play(shell, spoil, Map.of("CHAINLOOP_TOKEN", token));

            assertEquals(status, ran.status(), ran.log());
            assertTrue(ran.log().replaceAll("(?<=127.0.0.1:)[0-9]+", "PORT").contains(told), ran.log());
            if (status == 69) {
                assertFalse(Files.exists(folder.resolve("builds/token.env")), "something was run");
            }
        }
    }

    @Test
    void showsTheTokenToNobody() throws Exception {
        Program.require("strace");
        Path started = folder.resolve("started");
        List<String> shell = new ArrayList<>(Program.tracedTo(started));
        shell.add("bash");
        Ran ran = play(shell, release -> {}, Map.of("CHAINLOOP_TOKEN", TOKEN, "GITLAB_OIDC", FEDERATED));

        assertEquals(0, ran.status());
        assertTrue(Files.readString(started).contains("\"-o\", \"dotenv\""), "the tool was not seen");
        assertHidden(ran.log());
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                assertHidden(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
            }
        }
    }

    private static void assertHidden(String text) {
        for (String token : List.of(TOKEN, FEDERATED)) {
            // All tokens have the same header.
            for (String segment : token.substring(token.indexOf('.') + 1).split("\\.", -1)) {
                assertFalse(text.contains(segment), "a piece of the token");
            }
        }
    }

    /** Reads the file that the job publishes, by GitLab's rules. */
    private Map<String, String> report() throws IOException {
        Path file = folder.resolve("builds")
                .resolve(job.at("/artifacts/reports/dotenv").asText());
        assertTrue(Files.size(file) <= MOST_BYTES);
        Map<String, String> values = new LinkedHashMap<>();
        for (String line : Files.readAllLines(file)) {
            assertTrue(line.matches("[A-Za-z0-9_]+=[^\\s'\"#$\\\\]+"), line);
            values.put(line.substring(0, line.indexOf('=')), line.substring(line.indexOf('=') + 1));
        }
        assertTrue(values.size() <= MOST_VARIABLES);
        return values;
    }

    /**
     * Plays the job's script in a fresh folder: one text for a shell that stops at errors, with an empty pipe as
     * stdin.
     */
    private Ran play(String shell, Consumer<Release> spoil, Map<String, String> variables) throws Exception {
        return play(List.of(shell), spoil, variables);
    }

    private Ran play(List<String> shell, Consumer<Release> spoil, Map<String, String> variables) throws Exception {
        Program.run("rm", "-rf", folder.resolve("builds").toString());
        Path builds = Files.createDirectory(folder.resolve("builds"));
        try (Release release = Release.https(certificate)) {
            spoil.accept(release);
            Map<String, String> environment = new TreeMap<>();
            for (Map.Entry<String, JsonNode> variable : job.get("variables").properties()) {
                environment.put(variable.getKey(), variable.getValue().asText());
            }
            assertEquals(
                    "https://github.com/OWNER/REPOSITORY/releases/download",
                    environment.put("RELEASES", release.url() + "/download"));
            environment.put("VERSION", Release.VERSION);
            environment.put("PATH", System.getenv("PATH"));
            environment.put("JAVA_HOME", System.getProperty("java.home"));
            environment.put("HOME", folder.toString());
            environment.put("CI", "true");
            environment.put("GITLAB_CI", "true");
            environment.put("CURL_CA_BUNDLE", certificate.toString());
            environment.putAll(variables);

            StringBuilder script = new StringBuilder(shell.contains("bash") ? "set -eo pipefail\n" : "set -e\n");
            script.append("set +o noclobber\n: | eval '\n");
            for (JsonNode line : job.get("script")) {
                script.append(line.asText().replace("'", "'\\''")).append('\n');
            }
            script.append("'\nexit 0\n");
            List<String> command = new ArrayList<>(shell);
            command.addAll(List.of("-c", script.toString()));
            CliRun.Result result = Program.of(command)
                    .in(builds)
                    .withOnly(environment)
                    .reading("")
                    .merged()
                    .run();
            return new Ran(result.status(), result.out());
        }
    }
}
