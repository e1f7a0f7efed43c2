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
import java.time.Duration;
import java.time.Instant;
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
    private static final Path DOCUMENT = Path.of("src/site/markdown/installation.md");
    private static final String BEFORE_IT_ENDS = "Tell me before it ends";
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
            Kubernetes, yaml, /spec/initContainers/0/command, secretKeyRef:
            cron, crontab, ^0 7 [*] [*] [*] (.*)$, CHAINLOOP_TOKEN=
            """)
    void theGateOpensForTheTokenAlone(String heading, String language, String place, String secret) throws Exception {
        String snippet = block(heading, language, "chainloop-token");
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
        // As a pipeline says for a control plane of its own.
        variables.put(
                "CHECK_OPTIONS",
                new YAMLMapper()
                        .readTree(block("GitLab", "yaml", "CHECK_OPTIONS"))
                        .at("/check-token/variables/CHECK_OPTIONS")
                        .asText());
        assertEquals(1, run(command, variables).status());
        variables.put("CHAINLOOP_TOKEN", TOKEN);
        assertEquals(0, run(command, variables).status());
    }

    private static String ending(Duration left) {
        return TokenMint.token(TokenMint.API_TOKEN.replace(
                "\"token_name\":\"ci\"",
                "\"token_name\":\"ci\",\"exp\":" + Instant.now().plus(left).getEpochSecond()));
    }

    /** An allowed failure would tell nobody. */
    @Test
    void gitlabsScheduleFailsTwoWeeksBeforeTheEnd() throws Exception {
        JsonNode job = new YAMLMapper()
                .readTree(block(BEFORE_IT_ENDS, "yaml", "CI_PIPELINE_SOURCE"))
                .get("token-ends");
        assertFalse(job.has("allow_failure"), job::toString);
        List<String> command = List.of("sh", "-e", "-c", job.at("/script/0").asText());
        assertEquals(0, run(command, ending(Duration.ofDays(15))).status());
        assertEquals(1, run(command, ending(Duration.ofDays(13))).status());
        assertEquals(1, run(command, "").status());
    }

    /** Cron ends a command at a percent sign, unless a backslash is before it, and drops the backslash. */
    @Test
    void cronPostsWhatIsWrongTwoWeeksBeforeTheEnd() throws Exception {
        Matcher line = Pattern.compile("(?m)^0 7 [*] [*] 1 (.*)$").matcher(block(BEFORE_IT_ENDS, "crontab", ""));
        assertTrue(line.find());
        String command = line.group(1);
        assertFalse(Pattern.compile("(?<!\\\\)%").matcher(command).find(), command);
        Path posted = home.resolve("posted");
        program("curl", "cat >" + posted);
        List<String> shell = List.of("sh", "-c", command.replace("\\%", "%"));
        assertEquals(0, run(shell, ending(Duration.ofDays(15))).status());
        assertFalse(Files.exists(posted));
        run(shell, ending(Duration.ofDays(13)));
        assertTrue(Files.readString(posted).startsWith("error: Expected at least 14 d left"), Files.readString(posted));
    }

    /** The list is as the CLI prints it: what a token does not have is absent, and times have fractions of a second. */
    @Test
    void allTokensOfAnOrganizationAreListed() throws Exception {
        Program.require("jq");
        Instant now = Instant.now();
        program(
                "chainloop",
                "cat <<'END'\n"
                        + """
                [{"id": "1", "name": "never-used", "description": "", "createdAt": "2026-01-09T10:00:00.123456Z"},
                 {"id": "2", "name": "ends", "description": "", "createdAt": "2026-01-09T10:00:00Z",
                  "expiresAt": "@IN@", "lastUsedAt": "2026-01-10T11:12:13.987654Z",
                  "scopedEntity": {"type": "project", "id": "9", "name": "web"}},
                 {"id": "3", "name": "ended", "description": "", "createdAt": "2026-01-09T10:00:00.5Z",
                  "expiresAt": "@AGO@"}]
                END
                """.replace("@IN@", now.plus(Duration.ofHours(36)).toString()).replace(
                                "@AGO@", now.minus(Duration.ofHours(12)).toString()));
        assertEquals(
                new CliRun.Result(0, """
                        ended	3	-1 days left	last used: never
                        ends	2	1 days left	last used: 2026-01-10T11:12:13.987654Z
                        never-used	1	no end	last used: never
                        """, ""),
                run(List.of("sh", "-c", block(BEFORE_IT_ENDS, "sh", "api-token list")), Map.of()));
    }

    /** The job fails when anything in it fails, in shells without {@code pipefail}, too. */
    @ParameterizedTest
    @CsvSource({
        "dash, 0, 0",
        "dash, 7, 7",
        "dash, 0, 4",
        "dash -e, 7, 0",
        "busybox sh, 0, 0",
        "busybox sh, 7, 7",
        "busybox sh, 0, 4",
        "busybox sh -e, 7, 0"
    })
    void aStoredLogIsMaskedAndTheJobFailsAsItsCommandDoes(String shell, int status, int maskStatus) throws Exception {
        Program.require(shell.split(" ", -1)[0]);
        program("chainloop", "echo \"$1 $2 " + TOKEN + "\" >&2\nexit " + status + "\n");
        if (maskStatus != 0) {
            program("chainloop-token", "cat >/dev/null\nexit " + maskStatus + "\n");
        }
        String script = block("Masked logs where they are stored", "sh", "/tmp/rc")
                .replace("/tmp/rc", home.resolve("rc").toString());
        List<String> command = new ArrayList<>(List.of(shell.split(" ", -1)));
        command.addAll(List.of("-c", script));
        CliRun.Result ran = run(command, Map.of());
        assertEquals(maskStatus == 0 ? status : maskStatus, ran.status(), ran.out());
        assertFalse(ran.out().contains(TOKEN));
        if (maskStatus == 0) {
            assertTrue(ran.out().startsWith("attestation init <api-token 'ci' of acme"), ran.out());
            assertEquals(status == 0, ran.out().contains("attestation push <api-token"), ran.out());
        }
    }

    /** Stands before all others of its name. */
    private void program(String name, String script) throws IOException {
        Path program = Files.createDirectories(home.resolve("bin")).resolve(name);
        Files.writeString(program, "#!/bin/sh\n" + script);
        assertTrue(program.toFile().setExecutable(true));
    }

    private static String block(String heading, String language) throws IOException {
        return block(heading, language, "");
    }

    /** The first block of a language below a heading that contains a text. */
    private static String block(String heading, String language, String text) throws IOException {
        String section = Files.readString(DOCUMENT)
                .split("\n##+ " + Pattern.quote(heading) + "\n", -1)[1]
                .split("\n##+ ", -1)[0];
        return Pattern.compile("(?s)\n```" + language + "\n(.*?)```")
                .matcher(section)
                .results()
                .map(block -> block.group(1))
                .filter(block -> block.contains(text))
                .findFirst()
                .orElseThrow(() -> new AssertionError(heading + ": " + language + " with " + text));
    }

    private CliRun.Result run(List<String> command, String token) throws Exception {
        return run(command, Map.of("CHAINLOOP_TOKEN", token));
    }

    private CliRun.Result run(List<String> command, Map<String, String> variables) throws Exception {
        return Program.of(command)
                .in(home)
                .withOnly(Map.of(
                        "PATH", home.resolve("bin") + ":" + Tool.path().getParent() + ":" + System.getenv("PATH"),
                        "JAVA_HOME", System.getProperty("java.home"),
                        "HOME", home.toString()))
                .with(variables)
                .merged()
                .run();
    }
}
