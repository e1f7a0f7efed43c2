package dev.chainloop.token;

import static org.junit.jupiter.api.Assertions.*;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.chainloop.token.testing.GithubRunner;
import dev.chainloop.token.testing.GithubRunner.Played;
import dev.chainloop.token.testing.LauncherRun;
import dev.chainloop.token.testing.Program;
import dev.chainloop.token.testing.Release;
import dev.chainloop.token.testing.TokenMint;
import dev.chainloop.token.testing.Tool;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The action for GitHub, played in a job with a release from loopback: what it gets, checks, gives and hides. */
@Order(1)
class CheckTokenActionIT {
    private static final Path ACTION = Path.of(".github/actions/check-token");
    private static final String TAG = "v" + Release.VERSION;
    /** What Maven is called with, where TEMP is the runner's folder for one job. */
    private static final String BUILD = "-B -ntp -q -DskipTests -Dmaven.repo.local=TEMP/chainloop-token-maven package";
    /** Tokens that no other process on this machine has. */
    private static final String TOKEN = TokenMint.token(TokenMint.API_TOKEN.replace(
            "\"token_name\":\"ci\"",
            "\"token_name\":\"ci\",\"project_id\":\"9f651029-cbf0-4a11-92c8-fdee52ecdb53\",\"project_name\":\"web\","
                    + "\"exp\":4102444800,\"r\":\"" + UUID.randomUUID() + "\""));

    private static final String USER = TokenMint.token(TokenMint.USER);
    private static final String FEDERATED = TokenMint.token(
            "{\"alg\":\"RS256\",\"kid\":\"rsa\"}",
            TokenMint.FEDERATED.replaceFirst("\"exp\":[0-9]+", "\"exp\":4102444800"));
    private static final String PASSED = "chainloop-token: Check passed: API token \"ci\" of acme";

    @TempDir
    static Path released;

    private static Release release;

    @TempDir
    Path folder;

    @BeforeAll
    static void publish() throws Exception {
        Program.require("curl", "tar", "gzip", "sha256sum");
        release = new Release(released, released.resolve("certificate.pem"));
    }

    @AfterAll
    static void close() {
        if (release != null) {
            release.close();
        }
    }

    private GithubRunner job() throws IOException {
        return new GithubRunner(folder.resolve("job"))
                .env("CHAINLOOP_TOKEN_RELEASES", release.url())
                .env("CURL_CA_BUNDLE", released.resolve("certificate.pem").toString());
    }

    /** A job whose tool or Maven is a script. */
    private GithubRunner job(String program, String script) throws IOException {
        Path file = Files.createDirectories(folder.resolve("path")).resolve(program);
        Files.writeString(file, "#!/bin/sh\n" + script + "\n");
        assertTrue(file.toFile().setExecutable(true));
        return job().env("PATH", file.getParent() + ":" + System.getenv("PATH"));
    }

    /** A job with the tool in its PATH, for what does not depend on how it got there; its version costs no start of Java. */
    private GithubRunner installed() throws IOException {
        return job("chainloop-token", "[ \"$1\" != --version ] || exec echo tool; exec '" + Tool.path() + "' \"$@\"")
                .input("version", "installed");
    }

    /** A job with a tool that only records how it is called. */
    private GithubRunner recording(Path arguments) throws IOException {
        return job(
                        "chainloop-token",
                        "[ \"$1\" != --version ] || exec echo tool; printf '<%s>\\n' \"$@\" >'" + arguments + "'")
                .input("version", "installed");
    }

    private static void assertHidden(String text, String... secrets) {
        for (String secret : secrets) {
            // All tokens have the same header.
            for (String segment : secret.substring(secret.indexOf('.') + 1).split("\\.", -1)) {
                assertFalse(text.contains(segment), "a piece of a secret");
            }
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '^', textBlock = """
            a tag with a release             | TAG         | ^^       | whole    | from RELEASE
            a branch                         | main        | ^^       | whole    | built: no version
            a tag without a release          | v9.9.9      | ^^       | whole    | built: no such release
            a release without this system    | TAG         | ^^       | unlisted | built: no executable
            the latest                       | main        | latest   | whole    | from RELEASES/latest/download
            a version                        | main        | VERSION  | whole    | from RELEASE
            a version like a tag             | main        | TAG      | whole    | from RELEASE
            a version without a release      | TAG         | 9.9.9    | whole    | error: no such release
            no version                       | TAG         | ../../x  | whole    | error: no version
            a version without this system    | TAG         | TAG      | unlisted | error: no executable
            another file than the release's  | TAG         | ^^       | other    | error: wrong checksum
            """)
    void getsTheReleaseOrBuilds(String name, String ref, String version, String change, String expected)
            throws Exception {
        Files.createDirectory(folder.resolve("release"));
        try (Release changed = new Release(folder.resolve("release"), released.resolve("certificate.pem"))) {
            if (change.equals("other")) {
                changed.file(Release.ARCHIVE, "another file");
            } else if (change.equals("unlisted")) {
                changed.file("checksums_sha256.txt", "0  another.tar.gz\n");
            }
            Played played = job("mvn", "echo \"mvn $*\"")
                    .env("CHAINLOOP_TOKEN_RELEASES", changed.url())
                    .actionOf(ref.replace("TAG", TAG))
                    .input("version", version.replace("TAG", TAG).replace("VERSION", Release.VERSION))
                    .input("token", TOKEN)
                    .play(ACTION);
            String log = played.log().replace(changed.url(), "RELEASES");
            if (expected.startsWith("error: ")) {
                assertEquals(List.of(expected.substring(7)), played.annotations("error"), log);
                assertEquals(1, played.status());
                return;
            }
            assertEquals(0, played.status(), log);
            assertTrue(log.contains(PASSED), log);
            boolean built = expected.startsWith("built: ");
            String build = BUILD.replace("TEMP", folder.resolve("job/temp").toString());
            assertEquals(built, log.contains("mvn " + build + "\n"), log);
            assertTrue(
                    log.contains(
                            built
                                    ? "no release was used (" + expected.substring(7) + ")"
                                    : "chainloop-token " + Release.VERSION + ", "
                                            + expected.replaceFirst("RELEASE$", "RELEASES/download/" + TAG)
                                            + ", checksum verified"),
                    log);
        }
    }

    /** Another branch, a commit, and the job's own checkout. */
    @ParameterizedTest
    @ValueSource(strings = {"fix/a b$(c)", "0123456789012345678901234567890123456789", ""})
    void whereTheBuildFailsNothingIsChecked(String ref) throws Exception {
        Played played = job("mvn", "echo \"mvn $*\"; exit 3")
                .actionOf(ref)
                .input("token", TOKEN)
                .play(ACTION);
        assertEquals(3, played.status(), played.log());
        assertEquals(
                "no release was used (no version): built from the action's sources\n" + "mvn "
                        + BUILD.replace("TEMP", folder.resolve("job/temp").toString()) + "\n",
                played.raw());
    }

    /** Whoever can write to the runner's folder replaces the archive as soon as its checksum was found right. */
    @Test
    void unpacksWhatItVerified() throws Exception {
        String real = Program.run("sh", "-c", "command -v sha256sum").strip();
        Played played = job(
                        "sha256sum",
                        real + " \"$@\"; for to in \"$RUNNER_TEMP\"/chainloop-token.*; do echo other >\"$to/"
                                + Release.ARCHIVE + "\"; done")
                .actionOf(TAG)
                .input("token", TOKEN)
                .play(ACTION);
        assertEquals(0, played.status(), played.log());
        assertTrue(played.log().contains(", checksum verified"), played.log());
    }

    /** Once the tool came from a cache that any job of the repository can write; so does a cached {@code ~/.m2}. */
    @Test
    void givesTheTokenToNothingFromACache() throws Exception {
        GithubRunner job = job("mvn", "echo \"$* ${CHAINLOOP_TOKEN-no token}\" >>'" + folder + "/built'")
                .env("CHAINLOOP_TOKEN", TOKEN);
        assertEquals(0, job.play(ACTION).status());
        assertEquals(0, job.play(ACTION).status());
        String build = BUILD.replace("TEMP", folder.resolve("job/temp").toString()) + " no token\n";
        assertEquals(build + build, Files.readString(folder.resolve("built")));
    }

    @Test
    void neverFetchesWithoutTls() throws Exception {
        String plain = release.url().replace("https", "http");
        Played played = job().env("CHAINLOOP_TOKEN_RELEASES", plain)
                .input("version", "latest")
                .play(ACTION);
        assertEquals(1, played.status());
        assertTrue(played.log().contains("curl: (1) "), played.log());
    }

    @Test
    void setsItsOutputs() throws Exception {
        GithubRunner job = installed().input("type", "api-token").input("args", "--warn-remaining=99999d");
        Played passed = job.input("token", TOKEN).play(ACTION);
        Played failed = job.input("token", USER).play(ACTION);
        assertEquals(0, passed.status(), passed.log());
        assertEquals(List.of("expires-soon"), passed.annotations("warning"));
        assertEquals(
                "{status=typed, kind=api-token, type=AUTH_TYPE_API_TOKEN, id=4b0f0dd4-4538-4269-92a9-ab5b0fce0258,"
                        + " org-id=dddb8201-eab6-4e61-9201-f12b47c01892, org-name=acme, token-name=ci, project-name=web,"
                        + " expires-at=2100-01-01T00:00:00Z, expires-in-seconds=N, fingerprint=sha256:N, tool=PATH}",
                passed.outputs()
                        .toString()
                        .replace(folder.resolve("path/chainloop-token").toString(), "PATH")
                        .replaceFirst("seconds=[0-9]+", "seconds=N")
                        .replaceFirst("sha256:[0-9a-f]{16}", "sha256:N"));
        assertTrue(passed.summary().startsWith("```text\n! Check passed: API token"), passed.summary());
        assertEquals(1, failed.status());
        assertEquals(List.of("type", "expired"), failed.annotations("error"));
        assertEquals("user", failed.outputs().get("kind"));
    }

    /** For `mask` in a later step, which has another Java or none. */
    @ParameterizedTest
    @ValueSource(strings = {"", "latest"})
    void givesThePathOfTheTool(String version) throws Exception {
        Played played =
                job("mvn", "").input("version", version).input("token", TOKEN).play(ACTION);
        String masked = Program.of("env", "-u", "JAVA_HOME", played.outputs().get("tool"), "mask")
                .reading("a " + TOKEN + "\n")
                .run()
                .out();
        assertTrue(masked.matches("a <[^>]+>\n"), masked);
    }

    /** The action's Java is for the action alone. */
    @Test
    void changesNeitherTheJobsJavaNorItsSettings() throws IOException {
        for (JsonNode step :
                new YAMLMapper().readTree(ACTION.resolve("action.yml").toFile()).at("/runs/steps")) {
            if (step.has("uses")) {
                assertFalse(step.at("/with/set-default").asBoolean(true));
                assertFalse(step.at("/with/overwrite-settings").asBoolean(true));
                assertFalse(step.path("with").has("cache"), "a cache is another's word");
            }
        }
    }

    /** The tool and the action have the same outputs, and the action one more. */
    @Test
    void hasTheOutputsOfTheTool() throws Exception {
        Path file = Files.createFile(folder.resolve("outputs"));
        LauncherRun.in(folder).env("GITHUB_OUTPUT", file.toString()).script("\"$L\" check -o github");
        List<String> expected = new ArrayList<>(Pattern.compile("(?m)^(.*)<<")
                .matcher(Files.readString(file))
                .results()
                .map(one -> one.group(1) + "=${{ steps.check.outputs." + one.group(1) + " }}")
                .toList());
        expected.add("tool=${{ steps.get.outputs.path }}");
        List<String> declared = new ArrayList<>();
        JsonNode action = new YAMLMapper().readTree(ACTION.resolve("action.yml").toFile());
        action.get("outputs")
                .properties()
                .forEach(output -> declared.add(
                        output.getKey() + "=" + output.getValue().get("value").asText()));
        assertEquals(expected, declared);
    }

    /** The first of these that holds a token is used. */
    @ParameterizedTest(name = "token: {0}, $CHAINLOOP_TOKEN: {1}, the CLI''s file: {2}")
    @CsvSource({"API, USER, USER, api-token", "*, API, USER, api-token", "*, '', API, api-token", "*, '', '', ''"})
    void takesTheInputThenWhatTheJobHas(String input, String variable, String file, String kind) throws Exception {
        Map<String, String> tokens = Map.of("API", TOKEN, "USER", USER, "", "", "*", "*");
        GithubRunner job = installed().input("token", tokens.get(input)).env("CHAINLOOP_TOKEN", tokens.get(variable));
        Path config = Files.createDirectories(folder.resolve("job/home/.config/chainloop"));
        Files.writeString(config.resolve("config.toml"), "[auth]\ntoken = '" + tokens.get(file) + "'\n");
        assertEquals(kind, job.play(ACTION).outputs().get("kind"));
    }

    @Test
    void handsOnEachInput() throws Exception {
        Path arguments = folder.resolve("arguments");
        GithubRunner job = recording(arguments);
        job.play(ACTION);
        assertEquals("<check>\n<-o>\n<github>\n", Files.readString(arguments));
        job.input("type", "user,api-token").input("org", "acme").input("project", "web");
        job.input("min-remaining", "1m").input("signing-secret", "a secret");
        job.input("args", "--require-exp\n\n--issuer=a b; $(touch canary)\n").play(ACTION);
        assertEquals(
                "<check> <-o> <github> <--type=user,api-token> <--org=acme> <--project=web> <--min-remaining=1m>"
                        + " <--secret-file=-> <--require-exp> <--issuer=a b; $(touch canary)>",
                Files.readString(arguments).strip().replace("\n", " "));
        assertFalse(Files.exists(folder.resolve("job/workspace/canary")));
    }

    /** Nothing but the tool's own answers: no other command, no annotation, no file. */
    @ParameterizedTest
    @ValueSource(
            strings = {"--help", "-q", "$(touch canary)", "`touch canary`", "'; touch canary; '", "\"", "a b\n::c::"})
    void takesHostileInputsAsText(String value) throws Exception {
        Path arguments = folder.resolve("arguments");
        Played played = recording(arguments).input("org", value).play(ACTION);
        assertEquals(0, played.status(), played.log());
        assertEquals("<check>\n<-o>\n<github>\n<--org=" + value + ">\n", Files.readString(arguments));
        assertEquals("tool, the one in the PATH\n", played.raw());
        assertFalse(Files.exists(folder.resolve("job/workspace/canary")));
    }

    @Test
    void saysThatAnInputIsWrong() throws Exception {
        Played played =
                installed().input("token", TOKEN).input("type", "--help").play(ACTION);
        assertEquals(2, played.status());
        assertEquals(List.of("an input is wrong"), played.annotations("error"));
        assertTrue(played.log().contains("error: option --type needs a value."), played.log());
    }

    /** Otherwise a variable that is not set would let every token pass. */
    @ParameterizedTest
    @ValueSource(strings = {"token", "type", "org", "project", "min-remaining", "signing-secret"})
    void refusesAnEmptyExpectation(String input) throws Exception {
        Played played = recording(folder.resolve("arguments")).input(input, "").play(ACTION);
        assertEquals(2, played.status());
        assertEquals(List.of(input + " is empty"), played.annotations("error"), played.log());
        assertFalse(Files.exists(folder.resolve("arguments")));
    }

    @Test
    void saysThatTheSecretIsMissing() throws Exception {
        String log = installed()
                .env("CHAINLOOP_TOKEN", TOKEN)
                .input("token", "")
                .play(ACTION)
                .log();
        assertTrue(
                log.endsWith("::The input `token` is empty: this repository has no secret of that name,"
                        + " or this run gets none.\n"),
                log);
    }

    @Test
    void verifiesWithTheSigningSecret() throws Exception {
        GithubRunner job = installed().input("token", TOKEN);
        Played genuine = job.input("signing-secret", TokenMint.SECRET).play(ACTION);
        Played forged = job.input("signing-secret", "another secret, which is as long as it must be")
                .play(ACTION);
        assertEquals(0, genuine.status(), genuine.log());
        assertEquals(1, forged.status(), forged.log());
        assertFalse(genuine.log().contains(TokenMint.SECRET));
    }

    @ParameterizedTest
    @ValueSource(strings = {"dash", "bash --posix", "busybox sh"})
    void runsInEachShell(String shell) throws Exception {
        Program.require(shell.replaceFirst(" .*", ""));
        Played played = job("sh", "exec " + shell + " \"$@\"")
                .actionOf(TAG)
                .input("token", TOKEN)
                .play(ACTION);
        assertEquals(0, played.status(), played.log());
        assertEquals("api-token", played.outputs().get("kind"));
    }

    static List<Arguments> tokens() {
        return List.of(
                arguments("bare", TOKEN, List.of(TOKEN, TOKEN)),
                arguments("with blanks", "  " + TOKEN + "\t\r\n\r\n", List.of(TOKEN, TOKEN)),
                arguments("in quotes", "'" + TOKEN + "'", List.of("'" + TOKEN + "'", TOKEN)),
                arguments("with its header", "Bearer " + TOKEN, List.of("Bearer " + TOKEN, TOKEN)),
                arguments("on two lines", TOKEN + "\n" + USER, List.of(TOKEN, USER, TOKEN, USER)),
                arguments("not a token", "p%ss w0rd\n", List.of("p%25ss w0rd")),
                arguments("a command of the runner", "::warning::no-token", List.of("::warning::no-token")),
                arguments("too short to hide", "abc\n", List.of()));
    }

    /** The masks come first, and what follows would show nothing of the token even without them. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("tokens")
    void masksTheToken(String name, String token, List<String> masks) throws Exception {
        GithubRunner job = job("chainloop-token", "echo tool").input("version", "installed");
        String added = masks.isEmpty() ? "" : "::add-mask::" + String.join("\n::add-mask::", masks) + "\n";
        Played input = job.input("token", token).play(ACTION);
        Played variable = job.input("token", "*").env("CHAINLOOP_TOKEN", token).play(ACTION);
        assertEquals("tool, the one in the PATH\n" + added + "tool\n", input.raw());
        assertEquals(input.raw(), variable.raw());
    }

    /** Arguments can be seen by every user of the machine, and files by some. */
    @ParameterizedTest
    @ValueSource(strings = {"main", "a release"})
    void showsTheTokenToNobody(String ref) throws Exception {
        Program.require("strace");
        String secret = "a secret " + UUID.randomUUID();
        Path started = folder.resolve("started");
        job("mvn", "exit 0");
        // What is traced cannot trace.
        String sh = Program.run("sh", "-c", "command -v sh").strip();
        Played played = job(
                        "sh",
                        "[ -z \"$TRACED\" ] && TRACED=1 exec "
                                + String.join(" ", Program.tracedTo(started)) + " " + sh
                                + " \"$@\"; exec " + sh + " \"$@\"")
                .actionOf(ref.equals("main") ? ref : TAG)
                .input("token", TOKEN)
                .input("signing-secret", secret)
                .play(ACTION);
        String commands = Files.readString(started);
        assertTrue(commands.contains("\"-o\", \"github\""), "the tool was not seen");
        assertTrue(commands.contains("/sed\", ["), "sed was not seen");
        assertHidden(
                played.raw()
                        .replace("::add-mask::" + TOKEN + "\n", "")
                        .replace("::add-mask::" + secret + "\n", "")
                        .replace("::add-mask::" + secret.substring(9) + "\n", ""),
                TOKEN,
                secret);
        assertHidden(played.summary() + played.outputs(), TOKEN, secret);
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                assertHidden(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1), TOKEN, secret);
            }
        }
    }

    /** A tracing shell shows every command with its values. */
    @Test
    void isNotTraced() throws Exception {
        Program.require("bash");
        Played played = job("sh", "exec bash --posix \"$@\"")
                .env("SHELLOPTS", "xtrace")
                .actionOf(TAG)
                .input("token", TOKEN)
                .play(ACTION);
        assertTrue(played.raw().contains("+ sh "), "not traced at all");
        assertHidden(played.raw().replace("::add-mask::" + TOKEN + "\n", ""), TOKEN);
    }

    /** Each example passes with the token that it is for, and fails with the other's. */
    @ParameterizedTest
    @CsvSource({"secrets.CHAINLOOP_TOKEN, true", "--allow-federated, false"})
    void worksAsTheReadmeShows(String mark, boolean stored) throws Exception {
        JsonNode steps = new YAMLMapper().readTree(block(ACTION.resolve("README.md"), mark));
        JsonNode step = stored ? steps.get(0) : steps.at("/jobs/attest/steps/0");
        if (stored) {
            assertEquals(
                    step,
                    new YAMLMapper().readTree(block(Path.of("README.md"), mark)).get(0));
        }
        GithubRunner job = installed();
        step.get("with")
                .properties()
                .forEach(input -> job.input(input.getKey(), input.getValue().asText()));
        // As the runner sets them for a job that may ask for a token.
        job.env("ACTIONS_ID_TOKEN_REQUEST_URL", "https://127.0.0.1/")
                .env("ACTIONS_ID_TOKEN_REQUEST_TOKEN", "of the runner");
        Played own = job.input("token", stored ? TOKEN : "*").play(ACTION);
        Played other = job.input("token", stored ? FEDERATED : TOKEN).play(ACTION);
        assertEquals(0, own.status(), own.log());
        assertEquals(stored ? "api-token" : "", own.outputs().get("kind"));
        assertEquals(1, other.status(), other.log());
        assertTrue(other.annotations("error").contains("type"), other.log());
        if (!stored) {
            assertEquals(0, job.input("token", FEDERATED).play(ACTION).status());
        }
    }

    /** The scheduled job of the document about CI systems, which fails two weeks before the end. */
    @ParameterizedTest
    @CsvSource({"15, 0", "13, 1"})
    void tellsBeforeTheTokenEnds(int daysLeft, int status) throws Exception {
        JsonNode workflow = new YAMLMapper().readTree(block(Path.of("src/site/markdown/installation.md"), "schedule:"));
        assertEquals("0 7 * * 1", workflow.at("/on/schedule/0/cron").asText());
        GithubRunner job = installed();
        workflow.at("/jobs/token-ends/steps/0/with")
                .properties()
                .forEach(input -> job.input(input.getKey(), input.getValue().asText()));
        String token = TokenMint.token(TokenMint.API_TOKEN.replace(
                "\"token_name\":\"ci\"",
                "\"token_name\":\"ci\",\"exp\":"
                        + Instant.now().plus(Duration.ofDays(daysLeft)).getEpochSecond()));
        Played played = job.input("token", token).play(ACTION);
        assertEquals(status, played.status(), played.log());
        assertEquals(status == 1, played.annotations("error").contains("min-remaining"), played.log());
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
}
