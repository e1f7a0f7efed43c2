package dev.chainloop.token;

import static org.junit.jupiter.api.Assertions.*;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.sun.net.httpserver.HttpServer;
import dev.chainloop.token.testing.CliRun;
import dev.chainloop.token.testing.Golden;
import dev.chainloop.token.testing.Program;
import dev.chainloop.token.testing.TokenMint;
import dev.chainloop.token.testing.Tool;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Plays the README and the other documents: their console blocks are compared word for word, and the sample, the
 * CI jobs and the shell example are run as they stand. {@code -Dgolden.update=true} writes the console blocks' outputs anew.
 *
 * <p>A comment above a console block says what it needs, as in {@code <!-- no login, at 2026-01-01T00:00:00Z -->}: without
 * {@code no login} the config file holds a user token, and {@code at} is the time for each command.
 */
class ReadmeIT {
    private static final Path README = Path.of("README.md");
    private static final Path KEYS = Path.of("src/site/markdown/keys.md");
    private static final Pattern CONSOLE =
            Pattern.compile("(?:<!-- ([^>]*) -->\n)?```console\n(.*?)```", Pattern.DOTALL);
    private static final Pattern AT = Pattern.compile("at (\\S+)");

    @TempDir
    Path home;

    private void logIn() throws IOException {
        Path config = home.resolve(".config/chainloop/config.toml");
        Files.createDirectories(config.getParent());
        Files.writeString(config, "[auth]\ntoken = '" + TokenMint.token(TokenMint.USER) + "'\n");
        Files.setPosixFilePermissions(config, PosixFilePermissions.fromString("rw-r--r--"));
        Files.setLastModifiedTime(config, FileTime.from(CliRun.NOW.minusSeconds(3600)));
    }

    private void logOut() throws IOException {
        Files.deleteIfExists(home.resolve(".config/chainloop/config.toml"));
    }

    static List<Path> documents() throws IOException {
        return DocumentsTest.documents(CONSOLE);
    }

    @ParameterizedTest
    @MethodSource("documents")
    void consoleBlocksPrintWhatTheyShow(Path document) throws Exception {
        StringBuilder played = new StringBuilder();
        Matcher blocks = CONSOLE.matcher(Files.readString(document));
        while (blocks.find()) {
            String needs = blocks.group(1) == null ? "" : blocks.group(1);
            if (needs.contains("no login")) {
                logOut();
            } else {
                logIn();
            }
            Matcher at = AT.matcher(needs);
            setTime(at.find() ? " --at " + at.group(1) : "");
            StringBuilder block = new StringBuilder();
            for (String line :
                    blocks.group(2).lines().filter(one -> one.startsWith("$ ")).toList()) {
                block.append(line)
                        .append('\n')
                        .append(sh(line.substring(2), Map.of()).out());
            }
            String comment = needs.isEmpty() ? "" : "<!-- " + needs + " -->\n";
            blocks.appendReplacement(played, Matcher.quoteReplacement(comment + "```console\n" + block + "```"));
        }
        blocks.appendTail(played);
        Golden.check(document, played.toString());
    }

    /** Puts a command of the tool's name before it in the {@code PATH} that passes an option on. */
    private void setTime(String option) throws IOException {
        Path bin = Files.createDirectories(home.resolve("bin"));
        Path tool = bin.resolve(Tool.path().getFileName());
        Files.writeString(tool, "#!/bin/sh\nexec '" + Tool.path() + "' \"$@\"" + option + "\n");
        assertTrue(tool.toFile().setExecutable(true));
    }

    /** As the demonstration says, word for word except for the times; the build itself is what packaged the tool. */
    @Test
    void sampleIsExplainedAsShown() throws Exception {
        String sample = block(README, "sh", "mvn -q -DskipTests package")
                .replaceFirst("git clone \\S+ chainloop-token && cd chainloop-token\n", "")
                .replaceFirst("mvn -q -DskipTests package\n", "");
        assertEquals(
                "PATH=\"$PWD/target/chainloop-token/bin:$PATH\"",
                sample.lines().findFirst().orElseThrow());
        Path bin =
                Files.createDirectories(home.resolve("target/chainloop-token")).resolve("bin");
        Files.createSymbolicLink(bin, Tool.path().getParent());
        CliRun.Result ran = sh(sample, Map.of());
        Files.delete(bin);
        assertEquals(0, ran.status());
        Matcher shown = CONSOLE.matcher(Files.readString(README));
        assertTrue(shown.find());
        assertEquals(
                timeless(shown.group(2).replaceFirst("\\$.*\n", ""))
                        .replace("~/.config/chainloop/config.toml", "stdin"),
                timeless(ran.out()));
    }

    private static String timeless(String text) {
        return text.replaceAll("\\s+", " ").replaceAll("expired (?:[0-9]+ (?:d|h|min|s) )+ago", "expired");
    }

    /** Mints a token for curl, as GitHub's runner has it done, and publishes a key set everywhere else. */
    private static HttpServer server(String set) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/mint", exchange -> {
            try (exchange) {
                byte[] bytes = ("{\"value\":\"" + federatedToken() + "\"}").getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(200, bytes.length);
                exchange.getResponseBody().write(bytes);
            }
        });
        server.createContext("/", exchange -> {
            try (exchange) {
                byte[] bytes = set.getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(200, bytes.length);
                exchange.getResponseBody().write(bytes);
            }
        });
        server.start();
        return server;
    }

    private static String federatedToken() {
        return TokenMint.token(
                "{\"alg\":\"RS256\",\"kid\":\"rsa\"}",
                TokenMint.FEDERATED.replaceFirst("\"exp\":[0-9]+", "\"exp\":4102444800"));
    }

    @Test
    void githubJobVerifiesItsToken() throws Exception {
        assumeTrue(sh("command -v curl && command -v jq", Map.of()).status() == 0, "needs curl and jq");
        JsonNode job = new YAMLMapper().readTree(block(KEYS, "yaml", "Verify the federated token"));
        String script = job.at("/jobs/attest/steps/0/run").asText();
        assertEquals("write", job.at("/jobs/attest/permissions/id-token").asText());
        String set = Files.readString(Path.of("src/test/resources/keys/jwks.json"));
        for (String verdict : List.of("Check passed:", "✗ Check failed:")) {
            HttpServer server = server(verdict.startsWith("Check") ? set : set.replace("\"rsa\"", "\"another\""));
            try {
                String url = "http://127.0.0.1:" + server.getAddress().getPort();
                Map<String, String> runner = Map.of(
                        "GITHUB_ACTIONS",
                        "true",
                        "ACTIONS_ID_TOKEN_REQUEST_TOKEN",
                        "t",
                        "ACTIONS_ID_TOKEN_REQUEST_URL",
                        url + "/mint?api-version=2.0");
                String here = script.replace("https://token.actions.githubusercontent.com", url);
                CliRun.Result ran = run(runner, "bash", "-eo", "pipefail", "-c", here);
                assertTrue(ran.out().startsWith(verdict), ran.out());
                assertEquals(verdict.startsWith("Check") ? 0 : 1, ran.status());
            } finally {
                server.stop(0);
            }
        }
    }

    @Test
    void gitlabJobVerifiesItsToken() throws Exception {
        JsonNode job =
                new YAMLMapper().readTree(block(KEYS, "yaml", "verify-token:")).get("verify-token");
        assertEquals("chainloop", job.at("/id_tokens/GITLAB_OIDC/aud").asText());
        HttpServer server = server(Files.readString(Path.of("src/test/resources/keys/jwks.json")));
        try {
            Map<String, String> variables = Map.of(
                    "GITLAB_CI",
                    "true",
                    "CI_SERVER_URL",
                    "http://127.0.0.1:" + server.getAddress().getPort(),
                    "GITLAB_OIDC",
                    federatedToken());
            CliRun.Result ran =
                    run(variables, "sh", "-e", "-c", job.at("/script/0").asText());
            assertTrue(ran.out().startsWith("Check passed:"), ran.out());
            assertEquals(0, ran.status());
        } finally {
            server.stop(0);
        }
    }

    /** The first fenced block of a language that contains a text. */
    private static String block(Path document, String language, String text) throws IOException {
        Matcher blocks =
                Pattern.compile("```" + language + "\n(.*?)```", Pattern.DOTALL).matcher(Files.readString(document));
        while (blocks.find()) {
            if (blocks.group(1).contains(text)) {
                return blocks.group(1);
            }
        }
        throw new AssertionError(document + " has no " + language + " block with " + text);
    }

    private CliRun.Result sh(String command, Map<String, String> variables) throws Exception {
        // Not in the environment: a variable that nothing reads and that holds a token is a finding.
        String token = TokenMint.token(TokenMint.API_TOKEN);
        return run(variables, "sh", "-c", "TOKEN=$1; shift\n" + command, "sh", token);
    }

    private CliRun.Result run(Map<String, String> variables, String... command) throws Exception {
        return Program.of(command)
                .in(home)
                .withOnly(Map.of(
                        "PATH", home.resolve("bin") + ":" + Tool.path().getParent() + ":" + System.getenv("PATH"),
                        "JAVA_HOME", System.getProperty("java.home"),
                        "HOME", home.toString()))
                .with(variables)
                .merged()
                .atTerminal()
                .run();
    }
}
