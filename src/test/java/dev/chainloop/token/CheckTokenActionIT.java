package dev.chainloop.token;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.chainloop.token.testing.Eavesdropper;
import dev.chainloop.token.testing.GithubRunner;
import dev.chainloop.token.testing.GithubRunner.Played;
import dev.chainloop.token.testing.LauncherRun;
import dev.chainloop.token.testing.Native;
import dev.chainloop.token.testing.Program;
import dev.chainloop.token.testing.Release;
import dev.chainloop.token.testing.TokenMint;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The action for GitHub, its steps played with the runner's files and a release from loopback. */
@ResourceLock(Eavesdropper.ARGUMENTS)
class CheckTokenActionIT {
    private static final Path ACTION = Path.of(".github/actions/check-token");
    /** A token that no other process on this machine has. */
    private static final String TOKEN = TokenMint.token(TokenMint.API_TOKEN.replace(
            "\"token_name\":\"ci\"", "\"token_name\":\"ci\",\"r\":\"" + UUID.randomUUID() + "\""));

    private static final String USER = TokenMint.token(TokenMint.USER);
    private static final String PASSED = "chainloop-token: check passed; API token \"ci\" of acme: never expires\n";
    private static final String NO_OUTPUT =
            "status=, kind=, type=, id=, org-id=, org-name=, token-name=, project-name=, expires-at=,"
                    + " expires-in-seconds=, fingerprint=";
    private static final String ARCHIVE = Release.BUNDLE + ".tar.gz";
    private static final String FOLDER = "download/v" + Release.VERSION + "/";

    /** The programs that the scripts, the launcher and its Java start. */
    private static final List<String> PROGRAMS = List.of(
            "cat",
            "curl",
            "getconf",
            "gzip",
            "java",
            "ldd",
            "ls",
            "mkdir",
            "mktemp",
            "mv",
            "readlink",
            "rm",
            "sed",
            "sh",
            "sha256sum",
            "tar",
            "tr",
            "uname");

    @TempDir
    static Path shared;

    private static Path bundle;

    @TempDir
    Path folder;

    @AutoClose
    private Release release;

    @BeforeAll
    static void pack() throws Exception {
        Program.require("curl", "tar", "gzip", "sha256sum");
        bundle = Release.bundle(shared);
    }

    @BeforeEach
    void publish() throws IOException {
        release = Release.http(bundle);
    }

    private GithubRunner job() throws IOException {
        return GithubRunner.in(folder.resolve("job")).env("CHAINLOOP_TOKEN_RELEASES", release.url());
    }

    /** A folder of programs for the {@code PATH}, some of them replaced by scripts, and some left out. */
    private String path(Map<String, String> scripts, String... without) throws IOException {
        Path programs = Files.createTempDirectory(folder, "path");
        for (String name : PROGRAMS) {
            Path real = real(name);
            if (real != null && !List.of(without).contains(name)) {
                write(programs.resolve(name), "exec '" + real + "' \"$@\"");
            }
        }
        for (Map.Entry<String, String> script : scripts.entrySet()) {
            write(programs.resolve(script.getKey()), script.getValue());
        }
        return programs.toString();
    }

    private static Path real(String name) {
        for (String place : System.getenv("PATH").split(":", -1)) {
            if (Files.isExecutable(Path.of(place, name))) {
                return Path.of(place, name);
            }
        }
        return null;
    }

    private static void write(Path program, String script) throws IOException {
        Files.writeString(program, "#!/bin/sh\n" + script + "\n");
        assertTrue(program.toFile().setExecutable(true));
    }

    private static String outputs(Played played) {
        String map = played.outputs().toString();
        return map.substring(1, map.length() - 1);
    }

    private String inTerms(String text) {
        return text.replace(release.url(), "RELEASES")
                .replace(Release.BUNDLE, "BUNDLE")
                .replace(Release.VERSION, "VERSION")
                .replaceAll("\\b[0-9a-f]{64}\\b", "SHA256")
                .replace(folder.toString(), "FOLDER");
    }

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

    @Test
    void showsTheTokenToNobody() throws Exception {
        Path temporary = Files.createDirectory(folder.resolve("tmp"));
        String path = path(recorders());
        GithubRunner job = job().env("PATH", path)
                .unset("JAVA_HOME")
                .env("TMPDIR", temporary.toString())
                .input("token", TOKEN)
                .input("org", "acme");
        Played played;
        List<String> seen;
        try (Eavesdropper others = new Eavesdropper()) {
            played = job.play(ACTION);
            seen = new ArrayList<>(others.commandLines());
        }

        assertEquals(0, played.status(), played.log());
        assertTrue(seen.stream().anyMatch(line -> line.contains("-o github --org=acme")), "nothing was seen");
        seen.addAll(Files.readAllLines(folder.resolve("started")));
        // The executable is started by its path, so only the list of all processes shows it.
        for (String program : List.of("curl", "sed", "sha256sum", "tar", Native.isBuilt() ? "uname" : "java")) {
            assertTrue(seen.stream().anyMatch(line -> line.startsWith(program + " ")), program + " was not seen");
        }
        assertHidden(String.join("\n", seen));
        assertHidden(played.raw().replace("::add-mask::" + TOKEN + "\n", ""));
        assertHidden(played.summary() + played.outputs());
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                assertHidden(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
            }
        }
    }

    /** Programs that record their arguments. */
    private Map<String, String> recorders() throws IOException {
        Map<String, String> scripts = new TreeMap<>();
        for (String name : PROGRAMS) {
            Path real = name.equals("java") ? Path.of(System.getProperty("java.home"), "bin/java") : real(name);
            if (real != null) {
                scripts.put(
                        name,
                        "printf '%s\\n' \"" + name + " $*\" >>'" + folder.resolve("started") + "'; exec '" + real
                                + "' \"$@\"");
            }
        }
        return scripts;
    }

    private static void assertHidden(String text) {
        // All tokens have the same header.
        for (String segment : TOKEN.substring(TOKEN.indexOf('.') + 1).split("\\.", -1)) {
            assertFalse(text.contains(segment), "a piece of the token");
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

    // What it gets

    @ParameterizedTest(name = "version: {0}, used by @{1}")
    @CsvSource({
        "'', v@, download/v@/SHA256SUMS",
        "'', main, latest/download/SHA256SUMS",
        "'', v1, latest/download/SHA256SUMS",
        "'', '', latest/download/SHA256SUMS",
        "latest, v0.0.1, latest/download/SHA256SUMS",
        "@, v0.0.1, download/v@/SHA256SUMS",
        "v@, main, download/v@/SHA256SUMS"
    })
    void getsTheReleaseThatIsAskedFor(String version, String ref, String first) throws Exception {
        Played played = job().input("token", TOKEN)
                .input("version", version.replace("@", Release.VERSION))
                .actionOf("owner/repository", ref.replace("@", Release.VERSION))
                .play(ACTION);

        assertEquals(0, played.status(), played.log());
        List<String> requests = new ArrayList<>(List.of(first.replace("@", Release.VERSION)));
        if (first.startsWith("latest")) {
            requests.add(FOLDER + "SHA256SUMS");
        }
        requests.add(FOLDER + ARCHIVE);
        assertEquals(requests, release.requests());
    }

    /** Without a mirror it is the action's own repository; for an action from the checkout, the job's. */
    @ParameterizedTest(name = "an action of {0}")
    @CsvSource({"owner/repository, owner/repository", "'', acme/web"})
    void looksInTheRepositoryOfTheAction(String repository, String asked) throws Exception {
        Played played = job().unset("CHAINLOOP_TOKEN_RELEASES")
                .env("PATH", path(Map.of("curl", "for last; do :; done; echo \"asked for $last\" >&2; exit 6")))
                .actionOf(repository, "main")
                .input("token", TOKEN)
                .play(ACTION);

        String url = "https://github.com/" + asked + "/releases/latest/download/SHA256SUMS";
        assertEquals("asked for " + url, played.log().lines().findFirst().orElseThrow());
        assertEquals(
                List.of("chainloop-token: download failed\n" + url
                        + " could not be fetched: curl's exit status is 6; what"
                        + " it said is above. Check the runner's network and proxy (HTTPS_PROXY), run the job again, or"
                        + " name a mirror in CHAINLOOP_TOKEN_RELEASES."),
                played.annotations("error"));
    }

    @Test
    void downloadsOnceAndVerifiesEachTime() throws Exception {
        GithubRunner job = job().input("token", TOKEN);
        assertEquals(0, job.play(ACTION).status());
        release.requests();

        Played again = job.play(ACTION);
        assertEquals("chainloop-token VERSION, from a former use, checksum verified\n" + PASSED, inTerms(again.log()));
        assertEquals(List.of(), release.requests());

        Path kept = folder.resolve("job/tools/chainloop-token/" + Release.VERSION);
        try (Stream<Path> files = Files.walk(kept)) {
            Files.writeString(files.filter(Files::isRegularFile).findFirst().orElseThrow(), "spoilt");
        }
        Path used = folder.resolve("job/temp/chainloop-token/" + Release.BUNDLE + "/bin/chainloop-token");
        Files.writeString(used, "#!/bin/sh\necho spoilt\n");
        assertEquals(
                "The file that a former use left is not the release's; it is fetched anew.\n"
                        + "chainloop-token VERSION, from RELEASES/download/vVERSION, checksum verified\n" + PASSED,
                inTerms(job.play(ACTION).log()));
        assertEquals(List.of(FOLDER + ARCHIVE), release.requests());
    }

    @Test
    void aLaterJobOfTheRunnerNeedsTheChecksumsOnly() throws Exception {
        assertEquals(0, job().input("token", TOKEN).play(ACTION).status());
        release.requests();
        Program.run("rm", "-r", folder.resolve("job/temp").toString());

        assertEquals(0, job().input("token", TOKEN).play(ACTION).status());
        assertEquals(List.of("latest/download/SHA256SUMS", FOLDER + "SHA256SUMS"), release.requests());
    }

    @ParameterizedTest(name = "a tool cache in {0}")
    @ValueSource(strings = {"/proc/self", ""})
    void doesWithoutAToolCache(String cache) throws Exception {
        GithubRunner job = job().env("RUNNER_TOOL_CACHE", cache).input("token", TOKEN);

        Played played = job.play(ACTION);

        assertEquals(
                (cache.isEmpty()
                                ? ""
                                : "The tool cache of this runner cannot be written, so the next job will fetch the"
                                        + " archive"
                                        + " again.\n")
                        + "chainloop-token VERSION, from RELEASES/download/vVERSION, checksum verified\n" + PASSED,
                inTerms(played.log()));
        release.requests();
        assertEquals(0, job.play(ACTION).status());
        assertEquals(List.of(), release.requests());
    }

    @Test
    void trustsATlsServerByItsCertificateOnly() throws Exception {
        Path certificate = folder.resolve("certificate.pem");
        try (Release secure = Release.https(bundle, certificate)) {
            GithubRunner job =
                    job().env("CHAINLOOP_TOKEN_RELEASES", secure.url()).input("token", TOKEN);

            Played stranger = job.play(ACTION);
            assertTrue(stranger.log().contains("curl's exit status is 60"), stranger.log());

            assertEquals(
                    0,
                    job.env("CURL_CA_BUNDLE", certificate.toString())
                            .play(ACTION)
                            .status());
        }
    }

    @Test
    void triesAgainWhenTheServerIsBusy() throws Exception {
        release.answer(ARCHIVE, 503);

        assertEquals(0, job().input("token", TOKEN).play(ACTION).status());
    }

    /** A .curlrc may name another proxy or another file, or turn verification off. */
    @Test
    void ignoresTheUsersCurlConfig() throws Exception {
        Files.writeString(folder.resolve(".curlrc"), "proxy = http://127.0.0.1:" + closedPort() + "\n");

        Played played =
                job().env("CURL_HOME", folder.toString()).input("token", TOKEN).play(ACTION);

        assertEquals(0, played.status(), played.log());
    }

    @Test
    void takesTheLastLineOfTheChecksumsWithoutItsEnd() throws Exception {
        String sums = release.text("SHA256SUMS");
        assertTrue(sums.endsWith(ARCHIVE + "\n"), sums);
        release.file("SHA256SUMS", sums.stripTrailing());

        Played played = job().input("token", TOKEN).play(ACTION);

        assertEquals(0, played.status(), played.log());
    }

    @Test
    void usesTheInstalledOneWhenAskedTo() throws Exception {
        String installed =
                Path.of("target/chainloop-token/bin").toAbsolutePath().toString();

        Played played = job().input("version", "installed")
                .input("token", TOKEN)
                .env("PATH", installed + ":" + System.getenv("PATH"))
                .play(ACTION);

        assertEquals("chainloop-token VERSION, the one in the PATH\n" + PASSED, inTerms(played.log()));
        assertEquals(List.of(), release.requests());
    }

    // What can go wrong

    private interface Spoil {
        void apply(Release release, GithubRunner job) throws Exception;
    }

    private static Arguments wrong(String name, Spoil spoil, String annotation) {
        return arguments(name, spoil, annotation);
    }

    static List<Arguments> wrongReleases() {
        String mirror = " Check the runner's network and proxy (HTTPS_PROXY), run the job again, or name a mirror in"
                + " CHAINLOOP_TOKEN_RELEASES.";
        String notListed = "not in the release\nRELEASES/latest/download/SHA256SUMS does not list"
                + " chainloop-token-*-linux-glibc-ARCH.tar.gz, so nothing was used. Give another version.";
        return List.of(
                wrong(
                        "wrong checksum",
                        (release, job) -> release.file(ARCHIVE, "another file"),
                        "wrong checksum\nBUNDLE.tar.gz has the SHA-256 SHA256, but its release says SHA256, so it"
                                + " was not"
                                + " used. Run the job again; if it stays so, a proxy or mirror changes the file, or the"
                                + " release was tampered with: tell the maintainers."),
                wrong(
                        "checksums without an end",
                        (release, job) -> release.endless("SHA256SUMS"),
                        "too large\nRELEASES/latest/download/SHA256SUMS is larger than 1 MiB, or the disk is full,"
                                + " so it was"
                                + " not used. Free some space, or name the project's own releases or a mirror in"
                                + " CHAINLOOP_TOKEN_RELEASES."),
                wrong(
                        "checksums that are announced as large",
                        (release, job) -> release.file("SHA256SUMS", "0".repeat(1024 * 1024 + 1)),
                        "too large\nRELEASES/latest/download/SHA256SUMS is larger than 1 MiB, or the disk is full,"
                                + " so it was"
                                + " not used. Free some space, or name the project's own releases or a mirror in"
                                + " CHAINLOOP_TOKEN_RELEASES."),
                wrong(
                        "the archive is not listed",
                        (release, job) -> release.file(
                                "SHA256SUMS", release.text("SHA256SUMS").replace("linux-glibc", "other")),
                        notListed),
                wrong(
                        "a page of a proxy",
                        (release, job) -> release.file("SHA256SUMS", "<html>\nLog in\n</html>\n"),
                        notListed),
                wrong(
                        "MD5",
                        (release, job) -> release.file(
                                "SHA256SUMS", "x" + release.text("SHA256SUMS").replace("\n", "\nx")),
                        "invalid checksums\nRELEASES/latest/download/SHA256SUMS is not a list of SHA-256 checksums,"
                                + " so nothing"
                                + " was used."),
                wrong(
                        "the archive is missing",
                        (release, job) -> release.without(ARCHIVE),
                        "archive missing\nBUNDLE.tar.gz is listed in SHA256SUMS, but is not at"
                                + " RELEASES/download/vVERSION/. The release may be in the making: try again later,"
                                + " or give"
                                + " another version."),
                wrong(
                        "no such version",
                        (release, job) -> job.input("version", "99.0.0"),
                        "no such release\nThere is no RELEASES/download/v99.0.0/SHA256SUMS. See RELEASES for the"
                                + " versions"
                                + " there are; those of a private repository need a mirror, named in"
                                + " CHAINLOOP_TOKEN_RELEASES."),
                wrong(
                        "no release at all",
                        (release, job) -> release.without("SHA256SUMS"),
                        "no such release\nThere is no RELEASES/latest/download/SHA256SUMS. See RELEASES for the"
                                + " versions"
                                + " there are; those of a private repository need a mirror, named in"
                                + " CHAINLOOP_TOKEN_RELEASES."),
                wrong(
                        "not allowed",
                        (release, job) -> release.answer(ARCHIVE, 403),
                        "download failed\nRELEASES/download/vVERSION/BUNDLE.tar.gz could not be fetched: the server"
                                + " answered HTTP 403." + mirror),
                wrong(
                        "cut off",
                        (release, job) -> release.cut(ARCHIVE, 100),
                        "download failed\nRELEASES/download/vVERSION/BUNDLE.tar.gz could not be fetched: curl's exit"
                                + " status is 18; what it said is above." + mirror),
                wrong(
                        "no network",
                        (release, job) -> job.env("CHAINLOOP_TOKEN_RELEASES", "http://127.0.0.1:" + closedPort()),
                        "download failed\nhttp://127.0.0.1:PORT/latest/download/SHA256SUMS could not be fetched: curl's"
                                + " exit status is 7; what it said is above." + mirror),
                wrong(
                        "plain HTTP to another machine",
                        (release, job) -> job.env("CHAINLOOP_TOKEN_RELEASES", "http://mirror.test/releases"),
                        "invalid address\nThe address in CHAINLOOP_TOKEN_RELEASES must start with https://, or with"
                                + " http:// for this machine."),
                wrong(
                        "another machine with a name as this one's",
                        (release, job) -> job.env("CHAINLOOP_TOKEN_RELEASES", "http://127.0.0.1.mirror.test/releases"),
                        "invalid address\nThe address in CHAINLOOP_TOKEN_RELEASES must start with https://, or with"
                                + " http:// for this machine."),
                wrong(
                        "another machine behind a user's name",
                        (release, job) ->
                                job.env("CHAINLOOP_TOKEN_RELEASES", "http://127.0.0.1:1@mirror.test/releases"),
                        "invalid address\nThe address in CHAINLOOP_TOKEN_RELEASES may only have letters, digits and"
                                + " :/._~-"),
                wrong(
                        "an odd version",
                        (release, job) -> job.input("version", "0.1.0/../x"),
                        "invalid version\nThe input version must be a version such as 1.2.3, latest or installed."),
                wrong(
                        "not installed",
                        (release, job) -> job.input("version", "installed"),
                        "not installed\nThe input version is installed, but there is no chainloop-token in the PATH."
                                + " Install it in an earlier step, or leave the input out to get a release."),
                wrong(
                        "no temporary folder",
                        (release, job) -> job.env("RUNNER_TEMP", "/proc/self"),
                        "no temporary folder\nThe folder that RUNNER_TEMP names cannot be written. Mend the runner."));
    }

    private static int closedPort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("wrongReleases")
    void saysWhatIsWrongWithTheRelease(String name, Spoil spoil, String annotation) throws Exception {
        GithubRunner job = job().input("token", TOKEN);
        spoil.apply(release, job);

        failsWith(job, annotation);

        // Nothing is left that a later run could use.
        try (Stream<Path> files = Files.walk(folder.resolve("job"))) {
            assertEquals(
                    List.of(),
                    files.filter(Files::isRegularFile)
                            .map(file -> file.getFileName().toString())
                            .filter(file -> file.equals(ARCHIVE) || file.startsWith("download."))
                            .toList());
        }
    }

    private void failsWith(GithubRunner job, String annotation) throws Exception {
        Played played = job.play(ACTION);
        assertEquals(
                List.of("chainloop-token: " + annotation),
                played.annotations("error").stream()
                        .map(this::inTerms)
                        .map(text -> text.replaceAll("(?<=127.0.0.1:)[0-9]+", "PORT")
                                .replaceAll("glibc-(x86_64|aarch64)", "glibc-ARCH"))
                        .toList());
        assertEquals(1, played.status());
        assertEquals(NO_OUTPUT, outputs(played));
        assertHidden(played.raw());
    }

    static List<Arguments> systems() {
        String java =
                ", or install Java 17 and the release's chainloop-token-<version>-java.tar.gz in an earlier step, put"
                        + " its bin in the PATH, and give version: installed.";
        String musl =
                "no glibc\nThe executable needs glibc, which this system (Alpine or another one with musl?) does not"
                        + " have."
                        + " Use an image with glibc, such as Debian's" + java;
        String noGetconf = "echo 'getconf: GNU_LIBC_VERSION: unknown variable' >&2; exit 1";
        return List.of(
                arguments("Alpine", Map.of("getconf", noGetconf, "ldd", "echo 'musl libc (x86_64)' >&2; exit 1"), musl),
                arguments(
                        "Alpine with a loader for glibc's programs",
                        Map.of("getconf", noGetconf, "ldd", "echo 'musl libc (aarch64)'"),
                        musl),
                arguments(
                        "macOS on another processor",
                        Map.of("uname", "[ \"$1\" = -s ] && echo Darwin || echo x86_64"),
                        "no executable for this processor\nReleases have executables for Linux on x86_64 and aarch64"
                                + " and"
                                + " for macOS on arm64 only. Check the token in a job on one of these"
                                + java),
                arguments(
                        "Windows",
                        Map.of("uname", "echo MINGW64_NT-10.0-20348"),
                        "no executable for Windows\nReleases have executables for Linux and macOS only. Check the"
                                + " token in a job on Linux."),
                arguments(
                        "another system",
                        Map.of("uname", "echo FreeBSD"),
                        "no executable for this system\nReleases have executables for Linux and macOS only. Check"
                                + " the token in a job on Linux"
                                + java),
                arguments(
                        "another processor",
                        Map.of("uname", "[ \"$1\" = -s ] && echo Linux || echo riscv64"),
                        "no executable for this processor\nReleases have executables for Linux on x86_64 and aarch64"
                                + " and"
                                + " for macOS on arm64 only. Check the token in a job on one of these" + java));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("systems")
    void saysThatNoExecutableRunsHere(String name, Map<String, String> programs, String annotation) throws Exception {
        failsWith(job().env("PATH", path(programs)).input("token", TOKEN), annotation);
        assertEquals(List.of(), release.requests());
    }

    @Test
    void knowsGlibcWithoutGetconf() throws Exception {
        Played played = job().env("PATH", path(Map.of(), "getconf", "ldd"))
                .input("token", TOKEN)
                .play(ACTION);

        assertEquals(0, played.status(), played.log());
    }

    @ParameterizedTest(name = "{0} {1} is {2}")
    @CsvSource({
        "Linux, amd64, linux-glibc-x86_64",
        "Linux, arm64, linux-glibc-aarch64",
        "Linux, aarch64, linux-glibc-aarch64",
        "Linux, x86_64, linux-glibc-x86_64",
        "Darwin, arm64, macos-arm64"
    })
    void looksForTheExecutableOfItsSystem(String kernel, String machine, String system) throws Exception {
        release.file("SHA256SUMS", "");
        Played played = job().env(
                        "PATH", path(Map.of("uname", "[ \"$1\" = -s ] && echo " + kernel + " || echo " + machine)))
                .input("token", TOKEN)
                .play(ACTION);

        assertTrue(played.log().contains(" chainloop-token-*-" + system + ".tar.gz,"), played.log());
    }

    @ParameterizedTest
    @ValueSource(strings = {"curl", "gzip", "sha256sum", "tar"})
    void saysWhichProgramItNeeds(String program) throws Exception {
        failsWith(
                job().env("PATH", path(Map.of(), program)).input("token", TOKEN),
                "no " + program + "\nThis action gets a release with " + program
                        + ", which is not in the PATH. Install it in"
                        + " an earlier step or in the container's image, or give version: installed.");
    }

    @Test
    void saysThatTheToolDoesNotStart() throws Exception {
        write(folder.resolve("chainloop-token"), "echo 'error: no Java' >&2; exit 69");
        GithubRunner job = job().input("token", TOKEN)
                .input("version", "installed")
                .env("PATH", folder + ":" + System.getenv("PATH"));

        failsWith(
                job,
                "does not start\nchainloop-token, the one in the PATH, does not start on this system; the lines"
                        + " above say"
                        + " why. Another version, or an installed one with version: installed, may.");

        write(folder.resolve("chainloop-token"), "[ \"$1\" = --version ] || exit 70");
        Played played = job.play(ACTION);
        assertEquals(70, played.status());
        assertEquals(
                List.of("chainloop-token: did not work\nchainloop-token ended with the status 70, so the token was not"
                        + " checked; the lines above say why."),
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
