package dev.chainloop.token;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.chainloop.token.testing.GithubRunner;
import dev.chainloop.token.testing.GithubRunner.Played;
import dev.chainloop.token.testing.LauncherRun;
import dev.chainloop.token.testing.Native;
import dev.chainloop.token.testing.Program;
import dev.chainloop.token.testing.Release;
import dev.chainloop.token.testing.TokenMint;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The action for GitHub: what it checks, gives and hides. {@link GetToolIT} is about its first step. */
class CheckTokenActionIT extends CheckTokenAction {
    private static final String USER = TokenMint.token(TokenMint.USER);

    // What it gives

    @Test
    void setsItsOutputsOfATokenThatPasses() throws Exception {
        Played played = job().input("token", TOKEN)
                .input("types", "api-token")
                .input("org", "acme")
                .input("min-remaining", "30m")
                .play(ACTION);

        assertEquals(
                "chainloop-token VERSION, from RELEASES/download/vVERSION, checksum verified\n" + PASSED,
                inTerms(played.log()));
        assertEquals(
                "status=typed, kind=api-token, type=AUTH_TYPE_API_TOKEN, id=4b0f0dd4-4538-4269-92a9-ab5b0fce0258,"
                        + " org-id=dddb8201-eab6-4e61-9201-f12b47c01892, org-name=acme, token-name=ci,"
                        + " project-name=, expires-at=,"
                        + " expires-in-seconds=, fingerprint=sha256:N",
                outputs(played).replaceFirst("sha256:[0-9a-f]{16}$", "sha256:N"));
        assertEquals(0, played.status());
        assertTrue(played.summary().startsWith("### chainloop&#45;token&#58; check passed"), played.summary());
    }

    @Test
    void setsItsOutputsOfATokenThatFails() throws Exception {
        Played played = job().input("token", USER)
                .input("types", "api-token,\n  federated\n")
                .play(ACTION);

        assertEquals(1, played.status());
        assertEquals(
                List.of("chainloop-token: type", "chainloop-token: expired"),
                played.annotations("error").stream()
                        .map(one -> one.lines().findFirst().orElseThrow())
                        .toList());
        assertEquals(
                "status=typed, kind=user, type=AUTH_TYPE_USER, id=bc0b2199-ca85-42ab-a857-042e9c109d43, org-id=,"
                        + " org-name=, token-name=, project-name=, expires-at=2026-01-08T00:00:00Z,"
                        + " expires-in-seconds=-N,"
                        + " fingerprint=sha256:390ac7b9d746ca79",
                outputs(played).replaceFirst("=-[0-9]+", "=-N"));
    }

    /** The tool and the action have the same outputs. */
    @Test
    void hasTheOutputsOfTheTool() throws Exception {
        Path file = folder.resolve("outputs");
        LauncherRun.in(folder).env("GITHUB_OUTPUT", file.toString()).script("\"$L\" check -o github");
        List<String> names = Files.readAllLines(file).stream()
                .filter(line -> line.contains("<<"))
                .map(line -> line.replaceFirst("<<.*", ""))
                .toList();

        JsonNode outputs =
                new YAMLMapper().readTree(ACTION.resolve("action.yml").toFile()).get("outputs");

        List<String> declared = new ArrayList<>();
        for (Iterator<String> keys = outputs.fieldNames(); keys.hasNext(); ) {
            String name = keys.next();
            declared.add(name);
            assertEquals(
                    "${{ steps.check.outputs." + name + " }}",
                    outputs.get(name).get("value").asText());
        }
        assertEquals(names, declared);
    }

    @ParameterizedTest
    @ValueSource(strings = {"dash", "bash --posix", "busybox sh"})
    void runsInEachShell(String shell) throws Exception {
        Program.require(shell.replaceFirst(" .*", ""));
        String sh = "exec " + real(shell.replaceFirst(" .*", "")) + shell.replaceFirst("^[^ ]*", "") + " \"$@\"";

        Played played =
                job().env("PATH", path(Map.of("sh", sh))).input("token", TOKEN).play(ACTION);

        assertEquals(0, played.status(), played.log());
        assertEquals("api-token", played.outputs().get("kind"));
    }

    /** The first of these that holds a token is used. */
    @ParameterizedTest(name = "token: {0}, $CHAINLOOP_TOKEN: {1}, the CLI''s file: {2}")
    @CsvSource({"API, USER, USER, api-token", "'', API, USER, api-token", "'', '', API, api-token", "'', '', '', ''"})
    void takesTheInputThenWhatTheJobHas(String input, String variable, String file, String kind) throws Exception {
        Map<String, String> tokens = Map.of("API", TOKEN, "USER", USER, "", "");
        GithubRunner job = job().input("token", tokens.get(input)).env("CHAINLOOP_TOKEN", tokens.get(variable));
        Path config = Files.createDirectories(folder.resolve("job/home/.config/chainloop"));
        Files.writeString(config.resolve("config.toml"), "[auth]\ntoken = '" + tokens.get(file) + "'\n");

        assertEquals(kind, job.play(ACTION).outputs().get("kind"));
    }

    // What it hides

    static List<Arguments> tokens() {
        String jwt = TOKEN;
        return List.of(
                arguments("bare", jwt, List.of(jwt, jwt)),
                arguments("with a line end", jwt + "\n", List.of(jwt, jwt)),
                arguments("with blanks", "  " + jwt + "\t\r\n\r\n", List.of(jwt, jwt)),
                arguments("in quotes", "'" + jwt + "'", List.of("'" + jwt + "'", jwt)),
                arguments("with its header", "Bearer " + jwt, List.of("Bearer " + jwt, jwt)),
                arguments(
                        "as a command", "export CHAINLOOP_TOKEN=" + jwt, List.of("export CHAINLOOP_TOKEN=" + jwt, jwt)),
                arguments("on two lines", jwt + "\n" + USER, List.of(jwt, USER, jwt, USER)),
                arguments("not a token", "p%ss w0rd\n", List.of("p%25ss w0rd")),
                arguments("a command of the runner", "::warning::no-token", List.of("::warning::no-token")),
                arguments("blank", " \n\t\n", List.of()),
                arguments("too short to hide", "abc\n", List.of()));
    }

    /** The masks come first, and what follows would show nothing of the token even without them. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("tokens")
    void masksTheToken(String name, String token, List<String> masks) throws Exception {
        write(folder.resolve("chainloop-token"), "echo tool");
        GithubRunner job = job().input("version", "installed").env("PATH", folder + ":" + System.getenv("PATH"));
        String added = masks.isEmpty() ? "" : "::add-mask::" + String.join("\n::add-mask::", masks) + "\n";

        Played input = job.input("token", token).play(ACTION);
        Played variable = job.input("token", "").env("CHAINLOOP_TOKEN", token).play(ACTION);

        assertEquals("tool, the one in the PATH\n" + added + "tool\n", input.raw());
        assertEquals(input.raw(), variable.raw());
    }

    @Test
    void masksTheTokenInTheLogsOfLaterSteps() throws Exception {
        write(
                folder.resolve("chainloop-token"),
                "[ \"$1\" = --version ] || echo \"$CHAINLOOP_TOKEN and $CHAINLOOP_TOKEN\"");

        Played played = job().input("version", "installed")
                .env("PATH", folder + ":" + System.getenv("PATH"))
                .input("token", TOKEN)
                .play(ACTION);

        assertEquals(", the one in the PATH\n*** and ***\n", played.log());
    }

    /** Arguments can be seen by every user of the machine, and files by some. */
    @Test
    void showsTheTokenToNobody() throws Exception {
        Program.require("strace");
        Path temporary = Files.createDirectory(folder.resolve("tmp"));
        Path started = folder.resolve("started");
        // What is traced cannot trace.
        String sh = "[ -z \"$TRACED\" ] && TRACED=1 exec " + String.join(" ", Program.tracedTo(started)) + " "
                + real("sh") + " \"$@\"; exec " + real("sh") + " \"$@\"";
        String strace = "exec " + real("strace") + " \"$@\"";
        Played played = job().env("PATH", path(Map.of("sh", sh, "strace", strace)))
                .unset("JAVA_HOME")
                .env("TMPDIR", temporary.toString())
                .input("token", TOKEN)
                .input("org", "acme")
                .play(ACTION);

        assertEquals(0, played.status(), played.log());
        String commands = Files.readString(started);
        assertTrue(commands.contains("\"-o\", \"github\", \"--org=acme\""), "the tool was not seen");
        for (String program : List.of("curl", "sed", "sha256sum", "tar", Native.isBuilt() ? "uname" : "java")) {
            assertTrue(commands.contains("/" + program + "\", ["), program + " was not seen");
        }
        assertHidden(played.raw().replace("::add-mask::" + TOKEN + "\n", ""));
        assertHidden(played.summary() + played.outputs());
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                assertHidden(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
            }
        }
    }

    /** A tracing shell shows every command with its values. */
    @Test
    void isNotTraced() throws Exception {
        Program.require("bash");
        Played played = job().env("PATH", path(Map.of("sh", "exec " + real("bash") + " --posix \"$@\"")))
                .env("SHELLOPTS", "xtrace")
                .input("token", TOKEN)
                .play(ACTION);

        assertTrue(played.raw().contains("+ sh "), "not traced at all");
        assertHidden(played.raw().replace("::add-mask::" + TOKEN + "\n", ""));
    }

    // What it is given

    /** Nothing but the tool's own answers: no other command, no other annotation, no file. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "--help",
                "-q",
                "$(touch canary)",
                "`touch canary`",
                "'; touch canary; '",
                "\"; touch canary; \"",
                "a\ntouch canary\n",
                "%0A::error::x",
                "::error::x",
                "* *",
                "${{ github.token }}",
                "../../x",
                "-"
            })
    void takesInputsForValues(String value) throws Exception {
        Path arguments = folder.resolve("arguments");
        write(
                folder.resolve("chainloop-token"),
                "[ \"$1\" = --version ] && exit; printf '<%s>\\n' \"$@\" >'" + arguments + "'");
        GithubRunner job = job().input("token", TOKEN)
                .input("version", "installed")
                .env("PATH", folder + ":" + System.getenv("PATH"));
        for (String input : List.of("types", "org", "project", "min-remaining")) {
            job.input(input, value);
        }

        Played played = job.play(ACTION);
        Played version = job.input("version", value).play(ACTION);

        assertEquals(0, played.status(), played.log());
        String types = value.strip().replaceAll("[ ,\n]+", ",");
        assertEquals(
                "<check>\n<-o>\n<github>\n<--type=" + types + ">\n<--org=" + value + ">\n<--project=" + value
                        + ">\n<--min-remaining=" + value + ">\n",
                Files.readString(arguments));
        assertEquals(1, version.status());
        assertEquals(1, version.annotations("error").size(), version.log());
        assertEquals(List.of(), release.requests());
        assertEquals(
                1,
                (played.log() + version.log())
                        .lines()
                        .filter(line -> line.contains("::"))
                        .count());
        try (Stream<Path> files = Files.walk(folder)) {
            assertEquals(
                    List.of(),
                    files.filter(file -> file.getFileName().toString().startsWith("canary"))
                            .toList());
        }
    }

    @Test
    void saysThatAnInputIsWrong() throws Exception {
        Played played = job().input("token", TOKEN).input("types", "--help").play(ACTION);

        assertEquals(2, played.status());
        assertEquals(
                List.of("chainloop-token: usage\noption --type needs a value. Try `chainloop-token check --help`."),
                played.annotations("error"));
    }

    /** Otherwise a variable that is not set would let every token pass. */
    @ParameterizedTest
    @ValueSource(strings = {"types", "org", "project", "min-remaining"})
    void refusesAnEmptyExpectation(String input) throws Exception {
        Played played = job().input("token", TOKEN).input(input, "").play(ACTION);

        assertEquals(2, played.status());
        assertEquals(
                List.of("chainloop-token: " + input + " is empty\nThe input " + input
                        + " has an empty value; a variable" + " may be unset. Leave the input out if any will do."),
                played.annotations("error"));
    }

    // Jobs without secrets

    private static final String FORK =
            "chainloop-token: forked pull request\nThis pull request comes from a fork, and GitHub"
                    + " gives such runs no secrets, so there is no token to check. Skip the step for forks, with if:"
                    + " github.event.pull_request.head.repo.full_name == github.repository, and check the token"
                    + " where secrets are,"
                    + " such as on a push.";
    private static final String DEPENDABOT =
            "chainloop-token: Dependabot\nGitHub gives runs that Dependabot started only the"
                    + " secrets that are set for Dependabot. Add the token there too, or skip the step with if:"
                    + " github.actor !="
                    + " 'dependabot[bot]'.";

    @Test
    void saysThatAForkHasNoSecrets() throws Exception {
        Played played = job().pullRequestFrom("stranger/web").input("token", "").play(ACTION);

        assertEquals(1, played.status());
        assertEquals(FORK, played.annotations("error").get(1));
        assertTrue(played.annotations("error").get(0).startsWith("chainloop-token: token\n"));
        assertEquals("none", played.outputs().get("status"));
    }

    static List<Arguments> withoutAToken() {
        return List.of(
                arguments("stranger/web", "pull_request", "", List.of(FORK)),
                arguments("stranger/web", "pull_request_review", "", List.of(FORK)),
                arguments("stranger/web", "pull_request", "CHAINLOOP_TOKEN", List.of()),
                arguments("stranger/web", "pull_request_target", "", List.of()),
                arguments("a/fork that was deleted", "pull_request", "", List.of(FORK)),
                arguments(GithubRunner.REPOSITORY, "pull_request", "", List.of()),
                arguments(GithubRunner.REPOSITORY, "pull_request", "dependabot[bot]", List.of(DEPENDABOT)),
                arguments(GithubRunner.REPOSITORY, "push", "dependabot[bot]", List.of(DEPENDABOT)),
                arguments("", "push", "", List.of()));
    }

    /** Added to what the tool says, and only where it is the reason. */
    @ParameterizedTest(name = "{1} from {0}, {2}")
    @MethodSource("withoutAToken")
    void saysWhyThereIsNoToken(String head, String event, String more, List<String> annotations) throws Exception {
        write(folder.resolve("chainloop-token"), "[ \"$1\" = --version ] || exit 1");
        GithubRunner job = job().input("version", "installed").env("PATH", folder + ":" + System.getenv("PATH"));
        job.pullRequestFrom(head).env("GITHUB_EVENT_NAME", event);
        if (head.contains("deleted")) {
            job.event(event, "{\"pull_request\":{\"head\":{\"repo\":null}}}");
        }
        if (more.contains("bot")) {
            job.env("GITHUB_ACTOR", more);
        } else if (!more.isEmpty()) {
            job.env(more, TOKEN);
        }

        assertEquals(annotations, job.play(ACTION).annotations("error"));
    }

    // How it is shown and written

    /** The example of its README, with this repository's action; the README of the tool has the same step. */
    @Test
    void worksAsTheReadmeShows() throws Exception {
        String uses = "uses: OWNER/REPOSITORY/.github/actions/check-token@";
        JsonNode steps = new YAMLMapper().readTree(block(ACTION.resolve("README.md"), uses));
        JsonNode step = steps.get(0);
        assertEquals(
                step,
                new YAMLMapper().readTree(block(Path.of("README.md"), uses)).get(0));
        assertTrue(step.get("uses").asText().matches(".*@v[0-9]+[.][0-9]+[.][0-9]+"), step.toString());
        Map<String, String> secrets = Map.of("${{ secrets.CHAINLOOP_TOKEN }}", TOKEN);
        GithubRunner job = job().actionOf("OWNER/REPOSITORY", "v" + Release.VERSION);
        for (Map.Entry<String, JsonNode> input : step.get("with").properties()) {
            String value = input.getValue().asText();
            job.input(input.getKey(), secrets.getOrDefault(value, value));
        }

        Played played = job.play(ACTION);

        assertEquals(0, played.status(), played.log());
        JsonNode next = steps.get(1);
        ProcessBuilder builder =
                new ProcessBuilder("bash", "-e", "-c", next.get("run").asText());
        for (Map.Entry<String, JsonNode> variable : next.get("env").properties()) {
            Matcher output = Pattern.compile(
                            "\\$\\{\\{ steps\\." + step.get("id").asText() + "\\.outputs\\.([a-z-]+) }}")
                    .matcher(variable.getValue().asText());
            assertTrue(output.matches(), variable.getValue().asText());
            assertTrue(played.outputs().containsKey(output.group(1)), output.group(1));
            builder.environment().put(variable.getKey(), played.outputs().get(output.group(1)));
        }
        assertEquals(
                "sending as api-token of acme\n",
                new String(builder.start().getInputStream().readAllBytes(), StandardCharsets.UTF_8));
    }

    private static String block(Path document, String text) throws IOException {
        Matcher blocks = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL).matcher(Files.readString(document));
        while (blocks.find()) {
            if (blocks.group(1).contains(text)) {
                return blocks.group(1);
            }
        }
        throw new AssertionError(document + " has no block with " + text);
    }

    /** By the schema that editors use for actions. */
    @Test
    void followsTheSchemaOfActions() throws Exception {
        Program.require("action-validator");
        Path spoilt = folder.resolve("action.yml");
        Files.writeString(
                spoilt, Files.readString(ACTION.resolve("action.yml")).replace("using: composite", "using: nothing"));

        assertTrue(status("action-validator", spoilt.toString()) != 0, "it finds nothing wrong in anything");
        assertEquals(0, status("action-validator", ACTION.resolve("action.yml").toString()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"get-tool.sh", "check.sh"})
    void isCleanOfWhatShellcheckKnows(String script) throws Exception {
        Program.require("shellcheck");

        assertEquals("", Program.run("shellcheck", ACTION.resolve(script).toString()));
    }

    private static int status(String... command) throws Exception {
        return new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
    }
}
