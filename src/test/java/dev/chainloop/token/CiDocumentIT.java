package dev.chainloop.token;

import static org.junit.jupiter.api.Assertions.*;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.chainloop.token.testing.CliRun;
import dev.chainloop.token.testing.Program;
import dev.chainloop.token.testing.TokenMint;
import dev.chainloop.token.testing.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The shell parts of the document about CI systems, each played with the tool in the PATH. */
class CiDocumentIT {
    private static final Path DOCUMENT = Path.of("src/site/markdown/ci.md");
    private static final String TOKEN = TokenMint.token(
            TokenMint.API_TOKEN.replace("\"token_name\":\"ci\"", "\"token_name\":\"ci\",\"exp\":4102444800"));
    private static final String USER = TokenMint.token(TokenMint.USER);
    private static final String FEDERATED = TokenMint.token(
            "{\"alg\":\"RS256\",\"kid\":\"rsa\"}",
            TokenMint.FEDERATED.replaceFirst("\"exp\":[0-9]+", "\"exp\":4102444800"));

    @TempDir
    Path home;

    /** Where each system's snippet has its command, as a path in YAML or a pattern, and where its token comes from. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(quoteCharacter = '`', textBlock = """
            GitHub, yaml, /0/run, ${{ secrets.CHAINLOOP_TOKEN }}
            Jenkins, groovy, sh '(.*)', variable: 'CHAINLOOP_TOKEN'
            Azure Pipelines, yaml, /0/script, $(CHAINLOOP_TOKEN)
            CircleCI, yaml, /jobs/check-token/steps/0/run, context: chainloop
            Tekton, yaml, /spec/steps/0/script, secretKeyRef:
            Kubernetes, yaml, /spec/initContainers/0/command, secretKeyRef:
            cron, crontab, ^0 7 [*] [*] [*] (.*)$, CHAINLOOP_TOKEN=
            """)
    void theGateOpensForTheTokenAlone(String heading, String language, String place, String secret) throws Exception {
        String snippet = block(heading, language);
        assertTrue(snippet.contains(secret), snippet);
        List<String> command = command(snippet, language, place);
        CliRun.Result passed = run(command, TOKEN);
        assertEquals(0, passed.status(), passed.out());
        CliRun.Result refused = run(command, USER);
        assertEquals(1, refused.status(), refused.out());
        assertTrue(refused.out().contains("this is a user token"), refused.out());
        assertEquals(1, run(command, "").status());
    }

    private static List<String> command(String snippet, String language, String place) throws IOException {
        if (!language.equals("yaml")) {
            Matcher line = Pattern.compile(place, Pattern.MULTILINE).matcher(snippet);
            assertTrue(line.find(), snippet);
            return List.of("sh", "-c", line.group(1));
        }
        JsonNode found = new YAMLMapper().readTree(snippet).at(place);
        if (!found.isArray()) {
            return List.of("sh", "-e", "-c", found.asText());
        }
        List<String> words = new ArrayList<>(List.of("env"));
        found.forEach(word -> words.add(word.asText()));
        return words;
    }

    /** In both shells that GitLab's runner uses, as one text that stops at errors. */
    @ParameterizedTest
    @ValueSource(strings = {"bash", "sh"})
    void gitlabsJobReportsItsToken(String shell) throws Exception {
        Path file = Path.of("src/ci/gitlab.yml");
        assertTrue(block("GitLab", "yaml").contains("/" + file + "\n"));
        JsonNode job = new YAMLMapper().readTree(file.toFile()).get("check-token");
        assertEquals("$CHAINLOOP_TOKEN_IMAGE", job.get("image").asText());
        assertEquals("chainloop", job.at("/id_tokens/GITLAB_OIDC/aud").asText());
        List<String> command = List.of(
                shell,
                "-c",
                (shell.equals("bash") ? "set -eo pipefail\n" : "set -e\n") + ": | eval '"
                        + job.at("/script/0").asText() + "'\nexit 0");
        Map<String, String> variables = new TreeMap<>(Map.of("GITLAB_CI", "true", "CI", "true"));
        variables.put("CHECK_OPTIONS", job.at("/variables/CHECK_OPTIONS").asText());
        variables.put("CHAINLOOP_TOKEN", TOKEN);
        assertEquals(0, run(command, variables).status());
        Path report = home.resolve(job.at("/artifacts/reports/dotenv").asText());
        List<String> values = Files.readAllLines(report);
        // GitLab's own rules: 5 KiB, 20 variables, no quotes.
        assertTrue(Files.size(report) <= 5 << 10 && values.size() <= 20);
        assertTrue(values.stream().allMatch(line -> line.matches("[A-Z_]+=[^\\s'\"#$\\\\]+")), values::toString);
        assertTrue(values.contains("CHAINLOOP_TOKEN_KIND=api-token"), values::toString);
        variables.put("CHAINLOOP_TOKEN", USER);
        assertEquals(1, run(command, variables).status());
        variables.put("CHAINLOOP_TOKEN", "x");
        assertEquals(3, run(command, variables).status());
        variables.put("CHAINLOOP_TOKEN", "");
        assertEquals(1, run(command, variables).status());
        variables.put("GITLAB_OIDC", FEDERATED);
        assertEquals(0, run(command, variables).status());
        assertTrue(Files.readAllLines(report).contains("CHAINLOOP_TOKEN_KIND=federated"));
    }

    /** The file is whole, or the one from before. */
    @Test
    void prometheusGetsTheSecondsThatAreLeft() throws Exception {
        List<String> command = List.of("sh", "-c", block("cron", "sh"));
        Map<String, String> variables = new TreeMap<>(Map.of("DIRECTORY", home.toString(), "CHAINLOOP_TOKEN", TOKEN));
        assertEquals(0, run(command, variables).status());
        String metric = Files.readString(home.resolve("chainloop.prom"));
        assertTrue(metric.matches("chainloop_token_expires_in_seconds [0-9]{9,}\n"), metric);
        variables.put("CHAINLOOP_TOKEN", TokenMint.token(TokenMint.API_TOKEN));
        assertEquals(1, run(command, variables).status(), "this token never expires");
        assertEquals(metric, Files.readString(home.resolve("chainloop.prom")));
    }

    @Test
    void plainShellTakesEitherBranch() throws Exception {
        List<String> command = List.of("sh", "-eu", "-c", block("A plain shell", "sh"));
        assertEquals(new CliRun.Result(0, "sending as api-token of acme\n", ""), run(command, TOKEN));
        assertTrue(run(command, "").out().endsWith("no token for this job\n"));
    }

    private static String block(String heading, String language) throws IOException {
        Matcher block = Pattern.compile(
                        "\n## " + Pattern.quote(heading) + "\n(?:(?!\n## )(?s:.))*?```" + language + "\n(.*?)```",
                        Pattern.DOTALL)
                .matcher(Files.readString(DOCUMENT));
        assertTrue(block.find(), heading);
        return block.group(1);
    }

    private CliRun.Result run(List<String> command, String token) throws Exception {
        return run(command, Map.of("CHAINLOOP_TOKEN", token));
    }

    private CliRun.Result run(List<String> command, Map<String, String> variables) throws Exception {
        return Program.of(command)
                .in(home)
                .withOnly(Map.of(
                        "PATH", Tool.path().getParent() + ":" + System.getenv("PATH"),
                        "JAVA_HOME", System.getProperty("java.home"),
                        "HOME", home.toString()))
                .with(variables)
                .merged()
                .run();
    }
}
