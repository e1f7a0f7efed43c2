package dev.chainloop.token;

import static org.junit.jupiter.api.Assertions.*;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.chainloop.token.cli.CiOutputTest;
import dev.chainloop.token.testing.CliRun;
import dev.chainloop.token.testing.Markdown;
import dev.chainloop.token.testing.Program;
import dev.chainloop.token.testing.TokenMint;
import dev.chainloop.token.testing.Tool;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The action for GitHub: the steps of its file in a real shell, as a runner plays them, and a {@code curl} that has a release.
 * In the tables, {@code &} separates inputs, @A is an API token, @U a login, @F a federated token, @S signed all three, @Z did not.
 */
@Order(1)
class CheckTokenActionIT {
    private static final Path ROOT = Path.of("").toAbsolutePath();
    private static final Path ACTION = Path.of(".github/actions/check-token");
    private static final String VERSION = System.getProperty("project.version");
    private static final String API = TokenMint.described("API project_id=\"9f651029-cbf0-4a11-92c8-fdee52ecdb53\""
            + " project_name=\"web\" exp=4102444800 r=\"" + UUID.randomUUID() + "\""); // No other process has it.

    /** Serves the folder `release` for a tag or the latest, and an archive like the executable's that starts the tool. */
    private static final String PREPARE =
            """
            case $(uname -s)/$(uname -m) in Linux/x86_64) s=linux-x86_64 ;; Linux/*) s=linux-glibc-aarch64 ;; *) s=macos-arm64 ;; esac
            n=chainloop-token-V-$s
            mkdir -p release path home workspace temp "$n/bin"
            printf '#!/bin/sh\\nexec %s "$@"\\n' "$1" >"$n/bin/chainloop-token"
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
            : >summary
            """.replace("token-V-", "token-" + VERSION + "-").replace("vV/", "v" + VERSION + "/");

    /** What a runner sets, with @ for the job's folder. */
    private static final String RUNNER =
            "HOME=@/home RUNNER_TEMP=@/temp GITHUB_OUTPUT=@/output GITHUB_STEP_SUMMARY=@/summary RELEASE=@/release CI=true"
                    + " GITHUB_ACTIONS=true GITHUB_REPOSITORY=acme/web GITHUB_RUN_ID=1 GITHUB_SERVER_URL=https://github.com"
                    + " CHAINLOOP_TOKEN_RELEASES=https://mirror";

    @TempDir
    Path folder;

    private final Map<String, String> variables = new TreeMap<>();
    private final Map<String, String> inputs = new TreeMap<>();

    /** What expressions in the action's file mean. */
    private final Map<String, String> known = new TreeMap<>();

    private final Map<String, String> outputs = new LinkedHashMap<>();
    private String log = "";
    private int status;

    @BeforeEach
    void makeJob() throws Exception {
        Program.require("tar", "gzip", "sha256sum");
        String tool = Program.quoted(Tool.path().toString());
        CliRun.Result made =
                Program.of("sh", "-e", "-c", PREPARE, "-", tool).in(folder).run();
        assertEquals(new CliRun.Result(0, "", ""), made);
        for (String variable : RUNNER.replace("@", folder.toString()).split(" ")) {
            variables.put(variable.split("=")[0], variable.split("=")[1]);
        }
        variables.put("PATH", folder + "/path:" + System.getenv("PATH"));
        Path sources = Files.createSymbolicLink(folder.resolve("it's $5 `x` \"y\""), ROOT);
        variables.put("GITHUB_ACTION_PATH", sources.resolve(ACTION).toString());
        known.put("github.action_repository", "owner/repository");
        known.put("steps.java.outputs.path", System.getProperty("java.home"));
    }

    @AfterEach
    void deleteLinks() throws IOException {
        Tool.deleteLinks(folder);
    }

    /** A program of the job that is a script. */
    private void program(String name, String script) throws IOException {
        Path file = Files.writeString(folder.resolve("path").resolve(name), "#!/bin/sh\n" + script + "\n");
        assertTrue(file.toFile().setExecutable(true));
    }

    private static String found(String program) throws Exception {
        return Program.run("sh", "-c", "command -v " + program).strip();
    }

    /** The tool is in the job's PATH; its version costs no start of Java. */
    private void install(String script) throws IOException {
        program("chainloop-token", "[ \"$1\" != --version ] || exec echo tool; " + script);
        inputs.put("version", "installed");
    }

    private static String filled(String cell) {
        return cell.translateEscapes()
                .replace("vV", "v" + VERSION) // Before a token, which may contain these letters.
                .replace("@A", API)
                .replace("@U", TokenMint.described("USER"))
                .replace("@F", TokenMint.described("FEDERATED exp=4102444800 header={\"alg\":\"RS256\"}"))
                .replace("@S", TokenMint.SECRET)
                .replace("@Z", TokenMint.SECRET.toUpperCase(Locale.ROOT))
                .replace("ACTION/", ".github/actions/check-token/")
                .replace("SITE/", "src/site/markdown/");
    }

    /** Each is {@code NAME=VALUE}, or the content of a document's example: {@code FILE, WORDS IN THE EXAMPLE, PLACE OF THE STEP}. */
    private void give(String cell) throws IOException {
        for (String input : filled(cell).split(" & ")) {
            String[] example = input.split(", ");
            if (example[0].endsWith(".md")) {
                String block = Markdown.block(Path.of(example[0]), "", "yaml", example[1]);
                JsonNode with = new YAMLMapper().readTree(block).at(example[2]).get("with");
                with.properties()
                        .forEach(one -> inputs.put(one.getKey(), one.getValue().asText()));
                // As the runner sets them for a job that may request a token.
                variables.put("ACTIONS_ID_TOKEN_REQUEST_URL", "https://127.0.0.1/");
                variables.put("ACTIONS_ID_TOKEN_REQUEST_TOKEN", "of the runner");
            } else {
                inputs.put(input.split("=")[0], input.substring(input.indexOf('=') + 1));
            }
        }
    }

    /** As the action's file says. */
    private void play() throws Exception {
        JsonNode action = new YAMLMapper().readTree(ACTION.resolve("action.yml").toFile());
        log = "";
        status = 0;
        known.keySet().removeIf(name -> name.startsWith("steps.get") || name.startsWith("steps.check"));
        // A default replaces a missing input, but not an empty one.
        action.get("inputs").properties().forEach(one -> {
            String value = one.getValue().get("default").asText();
            known.put("inputs." + one.getKey(), inputs.getOrDefault(one.getKey(), value));
        });
        for (JsonNode step : action.at("/runs/steps")) {
            boolean wanted = !step.has("if") || known.containsKey(step.get("if").asText());
            if (step.has("uses")) {
                // The job's own Java and settings stay as they are, and nothing is cached, which any job could write.
                assertEquals("setup-java", step.get("uses").asText().replaceFirst("actions/(.*)@[0-9a-f]{40}$", "$1"));
                assertEquals(
                        "{\"distribution\":\"temurin\",\"java-version\":\"17\","
                                + "\"set-default\":false,\"overwrite-settings\":false}",
                        step.get("with").toString());
            } else if (wanted && status == 0) {
                play(step);
            }
        }
        outputs.clear();
        action.get("outputs")
                .properties()
                .forEach(one -> outputs.put(one.getKey(), value(one.getValue().get("value"))));
        outputs.values().removeIf(String::isEmpty);
    }

    private void play(JsonNode step) throws Exception {
        Path output = Files.writeString(folder.resolve("output"), "");
        Map<String, String> given = new TreeMap<>(variables);
        step.get("env").properties().forEach(one -> given.put(one.getKey(), value(one.getValue())));
        CliRun.Result result = Program.of(
                        "env", "sh", "-e", "-c", step.get("run").asText())
                .in(folder.resolve("workspace"))
                .with(given)
                .merged()
                .run();
        log += result.out();
        status = result.status();
        CiOutputTest.outputsIn(Files.readString(output))
                .forEach((name, value) -> known.put("steps." + step.get("id").asText() + ".outputs." + name, value));
    }

    private String value(JsonNode expression) {
        String[] words =
                expression.asText().replaceFirst("^\\$\\{\\{ (.*) }}$", "$1").split(" \\|\\| ");
        return known.getOrDefault(words[0], words.length > 1 ? words[1].replace("'", "") : "");
    }

    /** What differs in a job: the tool is installed, or the release is odd. */
    private void make(String what) throws Exception {
        Path release = folder.resolve("release");
        switch (what) {
            case "installed" -> install("exec " + Program.quoted(Tool.path().toString()) + " \"$@\"");
            case "unlisted" -> Files.writeString(release.resolve("checksums_sha256.txt"), "0  another.tar.gz\n");
            case "other" -> Program.run("sh", "-c", "echo other >$(ls \"$1\"/*.gz)", "-", release.toString());
            default -> {}
        }
    }

    /**
     * A job is the commit or tag that the action is used at, and what {@link #make} knows. It gets the release of the tag or of the
     * input; else, if no version is asked for, the tool is built.
     */
    @ParameterizedTest(name = "{0}: {1}: {3}")
    @CsvSource(delimiter = '|', quoteCharacter = '^', textBlock = """
            vV          | type=*            | 0 | ^^ | , from https://mirror/download/vV, checksum verified
            main        | type=*            | 0 | ^^ | BUILT no version
            fix/a b$(c) | type=*            | 0 | ^^ | BUILT no version
            ^^          | type=*            | 0 | ^^ | BUILT no version
            v9.9.9      | type=*            | 0 | ^^ | BUILT release not fetched
            vV unlisted | type=*            | 0 | ^^ | BUILT no executable
            main        | version=latest    | 0 | ^^ | , from https://mirror/latest/download, checksum verified
            main        | version=V         | 0 | ^^ | , from https://mirror/download/vV, checksum verified
            vV          | version=9.9.9     | 1 | error release not fetched | ^^
            vV          | version=../../x   | 1 | error no version      | {status=error}
            vV unlisted | version=vV        | 1 | error no executable   | ^^
            vV other    | type=*            | 1 | error wrong checksum  | ^^
            # An empty expectation would let every token pass where a variable is not set.
            installed   | type=api-token & args=--warn-remaining=99999d | 0 | warning expires-soon | {status=typed,\
             kind=api-token, type=AUTH_TYPE_API_TOKEN, id=4b0f0dd4-4538-4269-92a9-ab5b0fce0258,\
             org-id=dddb8201-eab6-4e61-9201-f12b47c01892, org-name=acme, token-name=ci, project-name=web,\
             expires-at=2100-01-01T00:00:00Z, expires-in-seconds=N, fingerprint=sha256:N, tool=TOOL}```text\\n! Warning: the check passed, but API
            installed   | args=--redact     | 0 | ^^ | type=AUTH_TYPE_API_TOKEN, org-name=acme, token-name=ci
            installed   | type=api-token & token=@U | 1 | error type, error expired, warning user-token-in-ci | kind=user
            installed   | type=--help       | 2 | error an input is wrong       | error: --type needs a value.
            installed   | args=hello        | 2 | error an input is wrong       | {status=error, tool=TOOL}
            installed   | args=  --fail-on=error | 0 | ^^                       | status=typed
            installed   | type=api-token, user | 0 | ^^                         | status=typed
            installed   | signing-secret=@S | 0 | ^^                            | status=typed
            installed   | signing-secret=@Z | 1 | error signature               | status=typed
            installed   | token=            | 2 | error token is empty          | {status=error, tool=TOOL}
            installed   | type=             | 2 | error type is empty           | {status=error, tool=TOOL}
            installed   | org=              | 2 | error org is empty            | {status=error, tool=TOOL}
            installed   | project=          | 2 | error project is empty        | {status=error, tool=TOOL}
            installed   | min-remaining=    | 2 | error min-remaining is empty  | {status=error, tool=TOOL}
            installed   | signing-secret=   | 2 | error signing-secret is empty | {status=error, tool=TOOL}
            # Each example passes with the token that it is for, and fails with another.
            installed   | README.md, secrets.CHAINLOOP_TOKEN, /0 & token=@A | 0 | ^^ | kind=api-token
            installed   | README.md, secrets.CHAINLOOP_TOKEN, /0 & token=@F | 1 | error type | kind=federated
            installed   | ACTION/README.md, secrets.CHAINLOOP_TOKEN, /0 & token=@A | 0 | ^^ | kind=api-token
            installed   | ACTION/README.md, secrets.CHAINLOOP_TOKEN, /0 & token=@F | 1 | error type | kind=federated
            installed   | ACTION/README.md, type: federated, /jobs/attest/steps/0 & token=@F | 0 | ^^ | kind=federated
            installed   | ACTION/README.md, type: federated, /jobs/attest/steps/0 & token=@A | 1 | error type | kind=api-token
            installed   | SITE/installation.md, schedule:, /jobs/token-ends/steps/0 & token=@A | 0 | ^^ | kind=api-token
            installed   | SITE/installation.md, schedule:, /jobs/token-ends/steps/0 & token=@F | 1 | error type | kind=federated
            """)
    void getsTheReleaseOrBuilds(String job, String given, int expected, String annotations, String said)
            throws Exception {
        String[] words = job.split(" (?=[a-z]+$)");
        known.put("github.action_ref", filled(words[0]));
        variables.put("CHAINLOOP_TOKEN", API);
        make(words[words.length - 1]);
        give("token=@A & " + given.replace("=V", "=" + VERSION));
        play();
        assertEquals(expected, status, log);
        assertEquals(
                annotations,
                Pattern.compile("(?m)^::([a-z]+) title=chainloop-token%3A ([^:]*)::.+$")
                        .matcher(log)
                        .results()
                        .map(one -> one.group(1) + " " + one.group(2))
                        .collect(Collectors.joining(", ")));
        String seen = log
                + outputs.toString()
                        .replace(folder.resolve("path/chainloop-token").toString(), "TOOL")
                        .replaceFirst("seconds=[0-9]+", "seconds=N")
                        .replaceFirst("sha256:[0-9a-f]{16}", "sha256:N")
                + Files.readString(folder.resolve("summary"));
        // The build gets no token, and nothing from a cache.
        String built = "no release was used ($1): built from the action's sources\nmvn -B -ntp -q -DskipTests"
                + " -Dmaven.repo.local=" + folder + "/temp/chainloop-token-maven package no token\n";
        String expectedText = filled(said.replaceFirst("^BUILT (.*)$", built));
        assertTrue(seen.contains(expectedText), seen);
        if (Files.exists(folder.resolve("fetched"))) {
            Files.readAllLines(folder.resolve("fetched"))
                    .forEach(one -> assertTrue(
                            one.startsWith("--disable ") && one.contains(" --proto =https --proto-redir =https "),
                            one));
        }
        if (status == 0 && !job.equals("installed")) {
            // For `mask` in a later step, which has another Java or none.
            Program masking = Program.of("env", "-u", "JAVA_HOME", outputs.get("tool"), "mask");
            String masked = masking.reading("a " + API + "\n").run().out();
            assertTrue(masked.matches("a <[^>]+>\n"), masked);
        }
    }

    /** Somebody replaces the archive as soon as its checksum was found right. */
    @Test
    void unpacksWhatItVerified() throws Exception {
        program(
                "sha256sum",
                found("sha256sum") + " \"$@\"; for to in \"$RUNNER_TEMP\"/chainloop-token.*;"
                        + " do echo other >\"$to/$(cd \"$RELEASE\" && ls ./*.gz)\"; done");
        getsTheReleaseOrBuilds("vV", "type=*", 0, "", ", from https://mirror/download/vV, checksum verified");
    }

    /**
     * The masks (+) come first, of a token in the variable, too; what follows would show nothing of it even without them. Each
     * input is passed on as text, whatever it is: no other command, no annotation, no file.
     */
    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '^', textBlock = """
            dash         | token=@A                    | +@A\\n+@A\\n           | ^^
            dash         | ^token=  @A\\r\\n\\r\\n^    | +@A\\n+@A\\n           | ^^
            bash --posix | token='@A'                  | +'@A'\\n+@A\\n         | ^^
            busybox sh   | token=Bearer @A             | +Bearer @A\\n+@A\\n    | ^^
            dash         | token=@A\\r\\n@U            | +@A\\n+@U\\n+@A\\n+@U\\n | ^^
            dash         | token=p%ss w0rd             | +p%25ss w0rd\\n        | ^^
            dash         | token=::warning::no-token   | +::warning::no-token\\n | ^^
            dash         | token=abc                   | ^^                     | ^^
            dash         | token=*                     | ^^                     | ^^
            dash         | type=user,api-token & org='; touch canary; '$(touch canary)`touch canary`"\\n::c:: & project=--help\
             & min-remaining=1m & signing-secret=a secret & args=--require-exp\\n\\n--issuer=a b; $(touch canary)\\n\
             | +a secret\\n | <--type=user,api-token><--org='; touch canary; '$(touch canary)`touch canary`"\\n::c::>\
            <--project=--help><--min-remaining=1m><--secret-file=-><--require-exp><--issuer=a b; $(touch canary)>
            """)
    void masksTheToken(String shell, String given, String masks, String arguments) throws Exception {
        Program.require(shell.replaceFirst(" .*", ""));
        program("sh", "exec " + shell + " \"$@\"");
        install("printf '<%s>' \"$@\"");
        give(given);
        String expected = "tool, the one in the PATH\n" + filled(masks.replace("+", "::add-mask::"))
                + "<check><-o><github>" + filled(arguments);
        play();
        assertEquals(expected, log);
        variables.put("CHAINLOOP_TOKEN", inputs.getOrDefault("token", ""));
        inputs.put("token", "*");
        play();
        assertEquals(expected, log);
        assertEquals(0, folder.resolve("workspace").toFile().list().length);
    }

    /** Arguments can be seen by every user of the machine, and files by some; a tracing shell shows every command. */
    @ParameterizedTest
    @CsvSource(delimiterString = " => ", quoteCharacter = '^', textBlock = """
            bash   => SHELLOPTS=xtrace exec bash --posix "$@" => + set -eu +x => + sh
            # With all arguments. What is traced cannot trace.
            strace => [ -n "$TRACED" ] || TRACED=1 exec strace -f -qq -A -e trace=execve -s 65536 -o ../started REAL "$@"; exec REAL "$@"\
             => "-o", "github" => /sed", [
            """)
    void showsTheTokenToNobody(String by, String script, String seen, String alsoSeen) throws Exception {
        Program.require(by);
        program("sh", script.replace("REAL", found("sh")));
        String secret = "a secret " + UUID.randomUUID();
        give("token=@A & signing-secret=" + secret);
        known.put("github.action_ref", "v" + VERSION);
        play();
        Files.writeString(folder.resolve("log"), log.replaceAll("(?m)^::add-mask::.*", ""));
        StringBuilder shown = new StringBuilder();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                shown.append(Files.readString(file, StandardCharsets.ISO_8859_1));
            }
        }
        assertTrue(shown.toString().contains(seen) && shown.toString().contains(alsoSeen), "not all was seen");
        // All tokens have the same header.
        for (String hidden : List.of(API.split("\\.")[1], API.split("\\.")[2], secret)) {
            assertFalse(shown.toString().contains(hidden), "a piece of a secret");
        }
    }
}
