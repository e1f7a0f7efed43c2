package dev.chainloop.token;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.chainloop.token.testing.CliRun;
import dev.chainloop.token.testing.Markdown;
import dev.chainloop.token.testing.Program;
import dev.chainloop.token.testing.TokenMint;
import dev.chainloop.token.testing.Tool;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The action for GitHub: its steps in a real shell, with the files that a runner gives it and a {@code curl} that has a
 * release.
 */
@Order(1)
class CheckTokenActionIT {
    private static final Path ACTION = Path.of(".github/actions/check-token");
    private static final String VERSION = System.getProperty("project.version");

    private static final String CLAIMS = "API project_id=\"9f651029-cbf0-4a11-92c8-fdee52ecdb53\" project_name=\"web\""
            + " exp=4102444800 r=\"" + UUID.randomUUID() + "\""; // No other process on this machine has it.

    private static final String TOKEN = TokenMint.described(CLAIMS);
    private static final String USER = TokenMint.described("USER");
    private static final String FEDERATED = TokenMint.described("FEDERATED exp=4102444800 header={\"alg\":\"RS256\"}");

    /** Serves the folder `release` for a tag or the latest, and an archive like the executable's that starts the tool. */
    private static final String PREPARE =
            """
            set -e
            case $(uname -s)/$(uname -m) in Linux/x86_64) s=linux-x86_64 ;; Linux/*) s=linux-glibc-aarch64 ;; *) s=macos-arm64 ;; esac
            n=chainloop-token-V-$s
            mkdir -p release path home workspace temp "$n/bin"
            printf '#!/bin/sh\\nexec "%s" "$@"\\n' "$1" >"$n/bin/chainloop-token"
            chmod +x "$n/bin/chainloop-token"
            tar -czf "release/$n.tar.gz" "$n"
            (cd release && sha256sum *.tar.gz >checksums_sha256.txt)
            cat >path/curl <<'END'
            #!/bin/sh
            echo "$*" >>"$RELEASE/../fetched"
            while [ $# -gt 1 ]; do [ "$1" != --output ] || out=$2; shift; done
            case $1 in https://mirror/latest/download/* | https://mirror/download/vV/*) cp "$RELEASE/${1##*/}" "$out" ;; *) exit 22 ;; esac
            END
            printf '#!/bin/sh\\necho "mvn $* ${CHAINLOOP_TOKEN-no token}"\\n' >path/mvn
            chmod +x path/curl path/mvn
            """.replace("token-V-", "token-" + VERSION + "-").replace("vV/", "v" + VERSION + "/");

    @TempDir
    Path folder;

    private final Map<String, String> variables = new TreeMap<>();
    private final Map<String, String> inputs = new TreeMap<>();
    private final Map<String, String> outputs = new TreeMap<>();
    private String ref = "v" + VERSION;
    private String raw = "";
    private int status;

    @BeforeEach
    void makeJob() throws Exception {
        Program.require("tar", "gzip", "sha256sum");
        assertEquals(
                "",
                Program.of("sh", "-c", PREPARE, "-", Tool.path().toString())
                        .in(folder)
                        .merged()
                        .run()
                        .out());
        variables.putAll(
                Map.of("PATH", folder + "/path:" + System.getenv("PATH"), "HOME", folder + "/home", "CI", "true"));
        variables.putAll(Map.of("JAVA_HOME", System.getProperty("java.home"), "RUNNER_TEMP", folder + "/temp"));
        variables.putAll(Map.of("GITHUB_ACTIONS", "true", "GITHUB_REPOSITORY", "acme/web", "GITHUB_RUN_ID", "1"));
        variables.putAll(Map.of("RELEASE", folder + "/release", "CHAINLOOP_TOKEN_RELEASES", "https://mirror"));
        variables.put("GITHUB_SERVER_URL", "https://github.com");
        variables.put(
                "GITHUB_STEP_SUMMARY",
                Files.createFile(folder.resolve("summary")).toString());
        variables.put("GITHUB_ACTION_PATH", ACTION.toAbsolutePath().toString());
    }

    /** A program of the job that is a script. */
    private void program(String name, String script) throws IOException {
        Path file = Files.writeString(folder.resolve("path").resolve(name), "#!/bin/sh\n" + script + "\n");
        assertTrue(file.toFile().setExecutable(true));
    }

    /** The tool is in the job's PATH; its version costs no start of Java. */
    private void install(String script) throws IOException {
        program("chainloop-token", "[ \"$1\" != --version ] || exec echo tool; " + script);
        inputs.put("version", "installed");
    }

    private void install() throws IOException {
        install("exec '" + Tool.path() + "' \"$@\"");
    }

    /** As the action's file says: each step in turn, until one fails. */
    private String play() throws Exception {
        // A default replaces an input that is not given, but not an empty one.
        action().get("inputs")
                .properties()
                .forEach(input -> inputs.putIfAbsent(
                        input.getKey(), input.getValue().path("default").asText()));
        outputs.clear();
        raw = "";
        variables.putAll(Map.of("ACTION_REF", ref, "ACTION_REPOSITORY", "owner/repository"));
        inputs.forEach((name, value) ->
                variables.put("CHECK_" + name.toUpperCase(Locale.ROOT).replace('-', '_'), value));
        step("get-tool.sh");
        String path = String.valueOf(outputs.remove("path"));
        outputs.put("tool", path);
        variables.putAll(Map.of("CHECK_TOOL", path, "TOOL", path, "SOURCES", outputs.getOrDefault("build", "")));
        if (status == 0 && outputs.remove("build") != null) {
            step("get-tool.sh build");
        }
        if (status == 0) {
            step("check.sh");
        }
        return raw;
    }

    private void step(String line) throws Exception {
        Path output = Files.writeString(folder.resolve("temp/output"), "");
        CliRun.Result result = Program.of("env", "sh", "-e", "-c", "sh '" + ACTION.toAbsolutePath() + "'/" + line)
                .in(folder.resolve("workspace"))
                .withOnly(variables)
                .with(Map.of("GITHUB_OUTPUT", output.toString()))
                .merged()
                .run();
        raw += result.out();
        status = result.status();
        Pattern.compile("(?m)^([a-z-]+)(?:=(.*)|<<(.+)\\n(?:((?s:.*?))\\n)?\\3)$")
                .matcher(Files.readString(output))
                .results()
                .forEach(one ->
                        outputs.put(one.group(1), one.group(2) != null ? one.group(2) : String.valueOf(one.group(4))));
    }

    private static JsonNode action() throws IOException {
        return new YAMLMapper().readTree(ACTION.resolve("action.yml").toFile());
    }

    /** What the steps are given, and the outputs that they set; the action's Java is for the action alone, and nothing is cached. */
    @Test
    void theActionsFileWiresItAsItIsPlayedHere() throws IOException {
        JsonNode action = action();
        String file = Files.readString(ACTION.resolve("action.yml"));
        action.get("inputs")
                .fieldNames()
                .forEachRemaining(input -> assertTrue(
                        file.contains("CHECK_" + input.toUpperCase(Locale.ROOT).replace('-', '_') + ": ${{ inputs."
                                + input + " }}\n"),
                        input));
        for (Map.Entry<String, JsonNode> output : action.get("outputs").properties()) {
            String from = output.getKey().equals("tool") ? "get.outputs.path" : "check.outputs." + output.getKey();
            assertEquals(
                    "${{ steps." + from + " }}", output.getValue().get("value").asText());
        }
        List<String> steps = new ArrayList<>();
        for (JsonNode step : action.at("/runs/steps")) {
            if (step.has("run")) {
                steps.add(step.get("run").asText()
                        + (step.has("if") ? " if " + step.get("if").asText() : ""));
            }
            assertFalse(step.at("/with/set-default").asBoolean(step.has("uses")));
            assertFalse(step.at("/with/overwrite-settings").asBoolean(step.has("uses")));
            assertFalse(step.path("with").has("cache") || step.toString().contains("actions/cache"), step::toString);
        }
        assertEquals(
                "get-tool.sh|get-tool.sh build if steps.get.outputs.build|check.sh",
                String.join("|", steps).replace("sh \"$GITHUB_ACTION_PATH/", "").replace("\"", ""));
    }

    /** The titles of the annotations of a kind. */
    private List<String> annotations(String kind) {
        return Pattern.compile("(?m)^::" + kind + " title=chainloop-token%3A ([^:]*)::.+$")
                .matcher(raw)
                .results()
                .map(one -> one.group(1))
                .toList();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '^', textBlock = """
            a tag with a release             | vV          | ^^       | ^^       | https://mirror/download/vV,
            a branch                         | main        | ^^       | ^^       | built: no version
            a hostile branch                 | fix/a b$(c) | ^^       | ^^       | built: no version
            the job's own checkout           | ^^          | ^^       | ^^       | built: no version
            a tag without a release          | v9.9.9      | ^^       | ^^       | built: no such release
            a release without this system    | vV          | ^^       | unlisted | built: no executable
            the latest                       | main        | latest   | ^^       | https://mirror/latest/download,
            a version                        | main        | V        | ^^       | https://mirror/download/vV,
            a version without a release      | vV          | 9.9.9    | ^^       | error: no such release
            no version                       | vV          | ../../x  | ^^       | error: no version
            a version without this system    | vV          | vV       | unlisted | error: no executable
            another file than the release's  | vV          | ^^       | other    | error: wrong checksum
            """)
    void getsTheReleaseOrBuilds(String name, String at, String version, String change, String expected)
            throws Exception {
        ref = at.replace("vV", "v" + VERSION);
        inputs.putAll(Map.of("version", version.replace("V", VERSION), "token", TOKEN));
        variables.put("CHAINLOOP_TOKEN", TOKEN);
        if (!change.isEmpty()) {
            try (Stream<Path> files = Files.list(folder.resolve("release"))) {
                for (Path file : files.toList()) {
                    boolean archive = file.toString().endsWith("z");
                    Files.writeString(
                            file,
                            archive
                                    ? "other"
                                    : change.equals("other") ? Files.readString(file) : "0  another.tar.gz\n");
                }
            }
        }
        String log = play();
        if (expected.startsWith("error: ")) {
            assertEquals(List.of(expected.substring(7)), annotations("error"), log);
            assertEquals(1, status);
        } else if (expected.startsWith("built: ")) {
            // In each job again, and with nothing from a cache, which any job can write; and the build gets no token.
            String build = "no release was used (" + expected.substring(7)
                    + "): built from the action's sources\nmvn -B -ntp -q" + " -DskipTests -Dmaven.repo.local=" + folder
                    + "/temp/chainloop-token-maven package no token\n";
            assertTrue(log.startsWith(build), log);
            assertEquals(0, status, log);
        } else {
            assertTrue(log.contains(", from " + expected.replace("vV", "v" + VERSION) + " checksum verified\n"), log);
            assertTrue(log.contains("chainloop-token: Check passed: API token \"ci\" of acme"), log);
            Files.readAllLines(folder.resolve("fetched"))
                    .forEach(one -> assertTrue(
                            one.startsWith("--disable ") && one.contains(" --proto =https --proto-redir =https "),
                            one));
        }
        if (status == 0) {
            // For `mask` in a later step, which has another Java or none.
            String masked = Program.of("env", "-u", "JAVA_HOME", outputs.get("tool"), "mask")
                    .reading("a " + TOKEN + "\n")
                    .run()
                    .out();
            assertTrue(masked.matches("a <[^>]+>\n"), masked);
        }
    }

    /** Whoever can write to the runner's folder replaces the archive as soon as its checksum was found right. */
    @Test
    void unpacksWhatItVerified() throws Exception {
        String real = Program.run("sh", "-c", "command -v sha256sum").strip();
        program(
                "sha256sum",
                real
                        + " \"$@\"; for to in \"$RUNNER_TEMP\"/chainloop-token.*; do echo other >\"$to/$(cd \"$RELEASE\" && ls ./*.gz)\"; done");
        inputs.put("token", TOKEN);
        String log = play();
        assertTrue(status == 0 && log.contains(", checksum verified"), log);
    }

    @Test
    void setsTheOutputsOfTheTool() throws Exception {
        install();
        inputs.putAll(Map.of("type", "api-token", "args", "--warn-remaining=99999d", "token", TOKEN));
        play();
        assertEquals(0, status, raw);
        assertEquals(List.of("expires-soon"), annotations("warning"));
        assertEquals(
                "{expires-at=2100-01-01T00:00:00Z, expires-in-seconds=N, fingerprint=sha256:N,"
                        + " id=4b0f0dd4-4538-4269-92a9-ab5b0fce0258, kind=api-token,"
                        + " org-id=dddb8201-eab6-4e61-9201-f12b47c01892, org-name=acme, project-name=web, status=typed,"
                        + " token-name=ci, tool=PATH, type=AUTH_TYPE_API_TOKEN}",
                outputs.toString()
                        .replace(folder.resolve("path/chainloop-token").toString(), "PATH")
                        .replaceFirst("seconds=[0-9]+", "seconds=N")
                        .replaceFirst("sha256:[0-9a-f]{16}", "sha256:N"));
        String summary = Files.readString(folder.resolve("summary"));
        assertTrue(summary.startsWith("```text\n! Check passed: API token"), summary);
        inputs.put("token", USER);
        play();
        assertEquals(1, status);
        assertEquals(List.of("type", "expired"), annotations("error"));
        assertEquals("user", outputs.get("kind"));
    }

    /** As text, whatever it is; no other command, no annotation, no file. */
    @Test
    void handsOnEachInput() throws Exception {
        install("printf '<%s>\\n' \"$@\" >../arguments");
        play();
        assertEquals("<check>\n<-o>\n<github>\n", Files.readString(folder.resolve("arguments")));
        inputs.putAll(
                Map.of("type", "user,api-token", "org", "'; touch canary; '$(touch canary)`touch canary`\"\n::c::"));
        inputs.putAll(Map.of("project", "--help", "min-remaining", "1m", "signing-secret", "a secret"));
        inputs.put("args", "--require-exp\n\n--issuer=a b; $(touch canary)\n");
        assertEquals("tool, the one in the PATH\n::add-mask::a secret\n", play());
        assertEquals(
                "<check> <-o> <github> <--type=user,api-token> <--org="
                        + inputs.get("org").replace('\n', ' ')
                        + "> <--project=--help> <--min-remaining=1m> <--secret-file=-> <--require-exp>"
                        + " <--issuer=a b; $(touch canary)>",
                Files.readString(folder.resolve("arguments")).strip().replace("\n", " "));
        assertEquals(0, folder.resolve("workspace").toFile().list().length);
    }

    /** An empty one would let every token pass if a variable is not set. */
    @ParameterizedTest
    @CsvSource({"token", "type", "org", "project", "min-remaining", "signing-secret"})
    void refusesAnEmptyExpectation(String input) throws Exception {
        install("touch ../started");
        inputs.put(input, "");
        play();
        assertEquals(2, status);
        assertEquals(List.of(input + " is empty"), annotations("error"), raw);
        assertFalse(Files.exists(folder.resolve("started")));
    }

    @Test
    void saysThatAnInputIsWrongAndVerifiesWithTheSigningSecret() throws Exception {
        install();
        inputs.putAll(Map.of("token", TOKEN, "type", "--help"));
        assertTrue(play().contains("error: --type needs a value."), raw);
        assertEquals(2, status);
        assertEquals(List.of("an input is wrong"), annotations("error"));
        for (String secret : List.of(TokenMint.SECRET, "another secret, which is as long as it must be")) {
            inputs.putAll(Map.of("type", "*", "signing-secret", secret));
            play();
            assertEquals(secret.equals(TokenMint.SECRET) ? 0 : 1, status, raw);
        }
    }

    /** The masks come first; what follows would show nothing of the token even without them. @A is a token, @U another. */
    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '^', textBlock = """
            dash          | @A                    | @A @A
            dash          | ^  @A~~^              | @A @A
            bash --posix  | '@A'                  | '@A' @A
            busybox sh    | Bearer @A             | Bearer_@A @A
            dash          | @A~@U                 | @A @U @A @U
            dash          | p%ss w0rd             | p%25ss_w0rd
            dash          | ::warning::no-token   | ::warning::no-token
            dash          | abc                   | ^^
            """)
    void masksTheToken(String shell, String token, String masks) throws Exception {
        Program.require(shell.replaceFirst(" .*", ""));
        program("sh", "exec " + shell + " \"$@\"");
        install("echo tool");
        String value = token.replace("@A", TOKEN).replace("@U", USER).replace("~", "\r\n");
        String added = Stream.of(masks.split(" "))
                .filter(one -> !one.isEmpty())
                .map(one -> "::add-mask::"
                        + one.replace('_', ' ').replace("@A", TOKEN).replace("@U", USER) + "\n")
                .reduce("", String::concat);
        for (String input : List.of(value, "*")) {
            inputs.put("token", input);
            variables.put("CHAINLOOP_TOKEN", input.equals("*") ? value : "");
            assertEquals("tool, the one in the PATH\n" + added + "tool\n", play());
        }
    }

    /** Arguments can be seen by every user of the machine, and files by some; a tracing shell shows every command. */
    @ParameterizedTest
    @ValueSource(strings = {"strace", "bash"})
    void showsTheTokenToNobody(String by) throws Exception {
        Program.require(by);
        String secret = "a secret " + UUID.randomUUID();
        String sh = Program.run("sh", "-c", "command -v sh").strip();
        Path started = folder.resolve("started");
        program(
                "sh",
                by.equals("bash")
                        ? "SHELLOPTS=xtrace exec bash --posix \"$@\""
                        // What is traced cannot trace.
                        : "[ -z \"$TRACED\" ] && TRACED=1 exec " + String.join(" ", Program.tracedTo(started)) + " "
                                + sh + " \"$@\"; exec " + sh + " \"$@\"");
        inputs.putAll(Map.of("token", TOKEN, "signing-secret", secret));
        play();
        String seen = raw + outputs;
        if (by.equals("strace")) {
            String commands = Files.readString(started);
            assertTrue(commands.contains("\"-o\", \"github\"") && commands.contains("/sed\", ["), "not all was seen");
        } else {
            assertTrue(raw.contains("+ sh "), "not traced at all");
        }
        assertHidden(seen.replaceAll("(?m)^::add-mask::.*", ""), secret);
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                assertHidden(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1), secret);
            }
        }
    }

    private static void assertHidden(String text, String secret) {
        // All tokens have the same header.
        String[] segments = TOKEN.split("\\.", -1);
        assertFalse(
                text.contains(segments[1]) || text.contains(segments[2]) || text.contains(secret),
                "a piece of a secret");
    }

    /** Each example passes with the token that it is for, and fails with another. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            README.md                                | secrets.CHAINLOOP_TOKEN | /0
            .github/actions/check-token/README.md    | secrets.CHAINLOOP_TOKEN | /0
            .github/actions/check-token/README.md    | --allow-federated       | /jobs/attest/steps/0
            src/site/markdown/installation.md            | schedule:               | /jobs/token-ends/steps/0
            """)
    void worksAsTheDocumentsShow(Path document, String mark, String place) throws Exception {
        JsonNode step = new YAMLMapper()
                .readTree(Markdown.block(document, "", "yaml", mark))
                .at(place);
        install();
        step.get("with")
                .properties()
                .forEach(input -> inputs.put(input.getKey(), input.getValue().asText()));
        // As the runner sets them for a job that may ask for a token.
        variables.putAll(Map.of(
                "ACTIONS_ID_TOKEN_REQUEST_URL",
                "https://127.0.0.1/",
                "ACTIONS_ID_TOKEN_REQUEST_TOKEN",
                "of the runner"));
        boolean stored = !mark.startsWith("--");
        inputs.put("token", stored ? TOKEN : "*");
        play();
        assertEquals(0, status, raw);
        inputs.put("token", stored ? FEDERATED : TOKEN);
        play();
        assertEquals(1, status, raw);
        assertTrue(annotations("error").contains("type"), raw);
    }
}
