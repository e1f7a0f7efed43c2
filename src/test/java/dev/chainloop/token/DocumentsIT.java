package dev.chainloop.token;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.chainloop.token.testing.CliRun;
import dev.chainloop.token.testing.Golden;
import dev.chainloop.token.testing.Markdown;
import dev.chainloop.token.testing.Program;
import dev.chainloop.token.testing.TestWorld;
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
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Plays the documents with the tool in the PATH: console blocks are compared word for word, and samples, jobs and shell
 * examples are run as they stand. {@code -Dgolden.update=true} writes the console blocks' outputs anew.
 *
 * <p>A comment above a console block says what it needs, as in {@code <!-- no login, at 2026-01-01T00:00:00Z -->}: without
 * {@code no login} the config file holds a user token, and {@code at} is the time for each command.
 */
class DocumentsIT {
    private static final Path README = Path.of("README.md");
    private static final Path KEYS = Path.of("src/site/markdown/keys.md");
    private static final Path CI = Path.of("src/site/markdown/installation.md");
    private static final String BEFORE_IT_EXPIRES = "Tell me before it expires";
    private static final Pattern CONSOLE = Pattern.compile("(?s)(?:<!-- ([^>]*) -->\n)?```console\n(.*?)```");
    private static final Pattern AT = Pattern.compile("at (\\S+)");
    private static final String TOKEN = TokenMint.described("API exp=4102444800");
    private static final String USER = TokenMint.described("USER");
    private static final String FEDERATED =
            TokenMint.described("FEDERATED exp=4102444800 header={\"alg\":\"RS256\",\"kid\":\"rsa\"}");

    @TempDir
    Path home;

    static List<Path> documents() throws IOException {
        return DocumentsTest.documents();
    }

    @ParameterizedTest
    @MethodSource("documents")
    void consoleBlocksPrintWhatTheyShow(Path document) throws Exception {
        StringBuilder played = new StringBuilder();
        Matcher blocks = CONSOLE.matcher(Files.readString(document));
        while (blocks.find()) {
            String needs = blocks.group(1) == null ? "" : blocks.group(1);
            Files.deleteIfExists(home.resolve(".config/chainloop/config.toml"));
            if (!needs.contains("no login")) {
                TestWorld.of("login: @USER@").makeFiles(home);
            }
            Matcher at = AT.matcher(needs);
            String tool = Program.quoted(Tool.path().toString());
            program("chainloop-token", "exec " + tool + " \"$@\"" + (at.find() ? " --at " + at.group(1) : ""));
            StringBuilder block = new StringBuilder();
            for (String line :
                    blocks.group(2).lines().filter(one -> one.startsWith("$ ")).toList()) {
                block.append(line).append('\n').append(sh(line.substring(2)).out());
            }
            String comment = needs.isEmpty() ? "" : "<!-- " + needs + " -->\n";
            blocks.appendReplacement(played, Matcher.quoteReplacement(comment + "```console\n" + block + "```"));
        }
        Golden.check(document, blocks.appendTail(played).toString());
    }

    /** As the demonstration says, word for word except for the times and whose token it is; the build itself is what packaged the tool. */
    @Test
    void theSampleIsExplainedAsShown() throws Exception {
        String sample = Markdown.block(README, "", "sh", "mvn -q -DskipTests package")
                .replaceFirst("mvn -q -DskipTests package\n", "");
        assertTrue(sample.startsWith("PATH=\"$PWD/target/chainloop-token/bin:$PATH\"\n"), sample);
        Path bin =
                Files.createDirectories(home.resolve("target/chainloop-token")).resolve("bin");
        Files.createSymbolicLink(bin, Tool.path().getParent());
        CliRun.Result ran = sh(sample);
        Files.delete(bin);
        assertEquals(0, ran.status());
        Matcher shown = CONSOLE.matcher(Files.readString(README));
        assertTrue(shown.find() && shown.find());
        assertEquals(
                timeless(shown.group(2).replaceFirst("\\$.*\n", ""))
                        .replace("~/.config/chainloop/config.toml", "stdin")
                        .replace("Your login", "User token bc0b2199-ca85-42ab-a857-042e9c109d43"),
                timeless(ran.out()));
    }

    private static String timeless(String text) {
        return text.replaceAll("\\s+", " ").replaceAll("expired (?:[0-9]+ (?:d|h|min|s) )+ago", "expired");
    }

    /** A `curl` mints the job's token, and returns the key set of its issuer. */
    @ParameterizedTest
    @CsvSource({
        "Verify the federated token, /jobs/attest/steps/0/run, rsa, 0",
        "Verify the federated token, /jobs/attest/steps/0/run, another, 1",
        "verify-token:, /verify-token/script/0, rsa, 0"
    })
    void jobsVerifyTheirToken(String mark, String place, String key, int status) throws Exception {
        Program.require("jq");
        String set =
                Files.readString(Path.of("src/test/resources/keys/jwks.json")).replace("\"rsa\"", "\"" + key + "\"");
        Files.writeString(home.resolve("set"), set);
        program(
                "curl",
                "case \"$*\" in *mint*) echo '{\"value\":\"" + FEDERATED + "\"}' ;; *) cat \"$HOME/set\" ;; esac");
        JsonNode job = new YAMLMapper().readTree(Markdown.block(KEYS, "", "yaml", mark));
        String script = job.at(place).asText();
        assertTrue(script.length() > 20, job::toString);
        assertEquals(
                mark.startsWith("V"),
                "write".equals(job.at("/jobs/attest/permissions/id-token").asText()));
        Map<String, String> variables = mark.startsWith("V")
                ? Map.of(
                        "GITHUB_ACTIONS",
                        "true",
                        "ACTIONS_ID_TOKEN_REQUEST_TOKEN",
                        "t",
                        "ACTIONS_ID_TOKEN_REQUEST_URL",
                        "https://mint?v=2")
                : Map.of("GITLAB_CI", "true", "CI_SERVER_URL", "https://gitlab.example", "GITLAB_OIDC", FEDERATED);
        CliRun.Result ran = run(List.of("bash", "-eo", "pipefail", "-c", script), variables);
        assertEquals(status, ran.status(), ran.out());
        assertTrue(ran.out().startsWith(status == 0 ? "Check passed:" : "✗ Error: "), ran.out());
    }

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
        String snippet = Markdown.block(CI, heading, language, heading.equals("GitHub") ? "-o github" : secret);
        List<String> command = new ArrayList<>();
        if (language.equals("yaml")) {
            JsonNode found = new YAMLMapper().readTree(snippet).at(place);
            found.forEach(word -> command.add(word.asText()));
            command.addAll(0, found.isArray() ? List.of("env") : List.of("sh", "-e", "-c", found.asText()));
        } else {
            Matcher line = Pattern.compile(place, Pattern.MULTILINE).matcher(snippet);
            assertTrue(line.find(), snippet);
            command.addAll(List.of("sh", "-c", line.group(1)));
        }
        CliRun.Result passed = run(command, Map.of("CHAINLOOP_TOKEN", TOKEN));
        assertEquals(0, passed.status(), passed.out());
        CliRun.Result refused = run(command, Map.of("CHAINLOOP_TOKEN", USER));
        assertEquals(1, refused.status(), refused.out());
        assertTrue(refused.out().contains("token is a user token, but an API token was expected"), refused.out());
    }

    /** As GitLab's runner does, as one text that stops at errors. */
    @Test
    void gitlabsJobReportsItsToken() throws Exception {
        JsonNode job =
                new YAMLMapper().readTree(Path.of("src/ci/gitlab.yml").toFile()).get("check-token");
        assertTrue(Markdown.block(CI, "GitLab", "yaml", "/src/ci/gitlab.yml\n").contains("include"));
        assertEquals("chainloop", job.at("/id_tokens/GITLAB_OIDC/aud").asText());
        StringBuilder script = new StringBuilder();
        job.at("/script").forEach(part -> script.append(part.asText()).append('\n'));
        List<String> command = List.of("sh", "-c", "set -e\n: | eval '" + script + "'\nexit 0");
        Map<String, String> variables = new TreeMap<>(Map.of("GITLAB_CI", "true", "CI", "true"));
        variables.put("CHECK_OPTIONS", job.at("/variables/CHECK_OPTIONS").asText());
        Path report = home.resolve(job.at("/artifacts/reports/dotenv").asText());
        variables.put("CHAINLOOP_TOKEN", TOKEN);
        CliRun.Result passed = run(command, variables);
        List<String> values = Files.readAllLines(report);
        String names = values.stream().map(line -> " " + line.split("=")[0]).collect(Collectors.joining());
        String said = "The token passes check --type api-token,federated. Later jobs get" + names + "\n";
        assertEquals(new CliRun.Result(0, said, ""), passed);
        // GitLab's own rules: 5 KiB, 20 variables, no quotes.
        assertTrue(Files.size(report) <= 5 << 10 && values.size() <= 20);
        assertTrue(values.stream().allMatch(line -> line.matches("[A-Z_]+=[^\\s'\"#$\\\\]+")), values::toString);
        assertTrue(values.contains("CHAINLOOP_TOKEN_KIND=api-token"), values::toString);
        variables.put("CHAINLOOP_TOKEN", USER);
        assertEquals(1, run(command, variables).status());
        variables.putAll(Map.of("CHAINLOOP_TOKEN", "", "GITLAB_OIDC", FEDERATED));
        assertEquals(0, run(command, variables).status());
        assertTrue(Files.readAllLines(report).contains("CHAINLOOP_TOKEN_KIND=federated"));
    }

    private static String ending(int days) {
        Instant end = Instant.now().plus(Duration.ofDays(days));
        return TokenMint.described("API exp=" + end.getEpochSecond());
    }

    /** GitLab's schedule fails, which an allowed failure would not tell; cron posts what is wrong. */
    @Test
    void somebodyIsToldTwoWeeksBeforeTheExpiry() throws Exception {
        JsonNode job = new YAMLMapper()
                .readTree(Markdown.block(CI, BEFORE_IT_EXPIRES, "yaml", "CI_PIPELINE_SOURCE"))
                .get("token-ends");
        assertFalse(job.has("allow_failure"), job::toString);
        List<String> gitlab = List.of("sh", "-e", "-c", job.at("/script/0").asText());
        Matcher line = Pattern.compile("(?m)^0 7 [*] [*] 1 (.*)$")
                .matcher(Markdown.block(CI, BEFORE_IT_EXPIRES, "crontab", ""));
        assertTrue(line.find());
        // Cron ends a command at a percent sign, unless a backslash is before it, and drops the backslash.
        assertFalse(Pattern.compile("(?<!\\\\)%").matcher(line.group(1)).find(), line.group(1));
        List<String> cron = List.of("sh", "-c", line.group(1).replace("\\%", "%"));
        Path posted = home.resolve("posted");
        program("curl", "cat >" + Program.quoted(posted.toString()));
        for (int days : List.of(15, 13)) {
            Map<String, String> token = Map.of("CHAINLOOP_TOKEN", ending(days));
            assertEquals(days == 15 ? 0 : 1, run(gitlab, token).status());
            run(cron, token);
            assertEquals(days == 13, Files.exists(posted));
        }
        assertTrue(
                Files.readString(posted)
                        .matches(
                                "error: API token \"ci\" of acme expires in 12 d .*, but at least 14 d was expected[^~]*"),
                Files.readString(posted));
    }

    /** The list is as the CLI prints it: what a token does not have is missing, and times have fractions of a second. */
    @Test
    void allTokensOfAnOrganizationAreListed() throws Exception {
        Program.require("jq");
        Instant now = Instant.now();
        program(
                "chainloop",
                "cat <<'END'\n"
                        + """
                [{"id": "1", "name": "never-used", "description": "", "createdAt": "2026-01-09T10:00:00.123456Z"},
                 {"id": "2", "name": "ends", "createdAt": "2026-01-09T10:00:00Z", "expiresAt": "@IN@",
                  "lastUsedAt": "2026-01-10T11:12:13.987654Z", "scopedEntity": {"type": "project", "name": "web"}},
                 {"id": "3", "name": "ended", "createdAt": "2026-01-09T10:00:00.5Z", "expiresAt": "@AGO@"}]
                END
                """.replace("@IN@", now.plus(Duration.ofHours(36)).toString()).replace(
                                "@AGO@", now.minus(Duration.ofHours(12)).toString()));
        assertEquals(
                """
                ended	3	-1 days left	last used: never
                ends	2	1 days left	last used: 2026-01-10T11:12:13.987654Z
                never-used	1	no end	last used: never
                """,
                sh(Markdown.block(CI, BEFORE_IT_EXPIRES, "sh", "api-token list"))
                        .out());
    }

    /** The job fails when anything in it fails, in shells without {@code pipefail}, too. */
    @ParameterizedTest
    @CsvSource({"dash, 0, 0", "busybox sh, 7, 7", "dash, 0, 4", "busybox sh -e, 7, 0"})
    void aStoredLogIsMaskedAndTheJobFailsAsItsCommandDoes(String shell, int status, int maskStatus) throws Exception {
        Program.require(shell.split(" ", -1)[0]);
        program("chainloop", "echo \"$1 $2 " + TOKEN + "\" >&2\nexit " + status);
        if (maskStatus != 0) {
            program("chainloop-token", "cat >/dev/null\nexit " + maskStatus);
        }
        String script = Markdown.block(CI, "Masked logs in a plain sh", "sh", "mktemp");
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
        Files.writeString(program, "#!/bin/sh\n" + script + "\n");
        assertTrue(program.toFile().setExecutable(true));
    }

    private CliRun.Result sh(String command) throws Exception {
        // Not in the environment: a variable that nothing reads and that holds a token is a finding.
        return run(List.of("sh", "-c", "TOKEN=$1; shift\n" + command, "sh", TokenMint.described("API")), Map.of());
    }

    private CliRun.Result run(List<String> command, Map<String, String> variables) throws Exception {
        CliRun.Result ran = Program.of(command)
                .in(home)
                .alone(home)
                .env("COLUMNS", "80")
                .env("PATH", home.resolve("bin") + ":" + Tool.path().getParent() + ":" + System.getenv("PATH"))
                .with(variables)
                .merged()
                .atTerminal()
                .run();
        // Waits for a busy machine.
        return new CliRun.Result(ran.status(), ran.out().replaceAll("note: waiting for .*\n", ""), ran.err());
    }
}
