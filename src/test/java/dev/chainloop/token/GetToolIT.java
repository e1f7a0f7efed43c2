package dev.chainloop.token;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.chainloop.token.testing.GithubRunner;
import dev.chainloop.token.testing.GithubRunner.Played;
import dev.chainloop.token.testing.Program;
import dev.chainloop.token.testing.Release;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The first step of the action for GitHub: which release it gets, and each way in which that can fail. */
class GetToolIT extends CheckTokenAction {
    private static final String NO_OUTPUT =
            "status=, kind=, type=, id=, org-id=, org-name=, token-name=, project-name=, expires-at=,"
                    + " expires-in-seconds=, fingerprint=";
    private static final String ARCHIVE = Release.BUNDLE + ".tar.gz";
    private static final String FOLDER = "download/v" + Release.VERSION + "/";

    @ParameterizedTest(name = "version: {0}, used by @{1}")
    @CsvSource({
        "'', v@, download/v@/checksums_sha256.txt",
        "'', main, latest/download/checksums_sha256.txt",
        "'', v1, latest/download/checksums_sha256.txt",
        "'', '', latest/download/checksums_sha256.txt",
        "latest, v0.0.1, latest/download/checksums_sha256.txt",
        "@, v0.0.1, download/v@/checksums_sha256.txt",
        "v@, main, download/v@/checksums_sha256.txt"
    })
    void getsTheReleaseThatIsAskedFor(String version, String ref, String first) throws Exception {
        Played played = job().input("token", TOKEN)
                .input("version", version.replace("@", Release.VERSION))
                .actionOf("owner/repository", ref.replace("@", Release.VERSION))
                .play(ACTION);

        assertEquals(0, played.status(), played.log());
        List<String> requests = new ArrayList<>(List.of(first.replace("@", Release.VERSION)));
        if (first.startsWith("latest")) {
            requests.add(FOLDER + "checksums_sha256.txt");
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

        String url = "https://github.com/" + asked + "/releases/latest/download/checksums_sha256.txt";
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
        assertEquals(
                List.of("latest/download/checksums_sha256.txt", FOLDER + "checksums_sha256.txt"), release.requests());
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
        try (Release secure = Release.https(certificate)) {
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
        String sums = release.text("checksums_sha256.txt");
        assertTrue(sums.endsWith(ARCHIVE + "\n"), sums);
        release.file("checksums_sha256.txt", sums.stripTrailing());

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
        String notListed = "not in the release\nRELEASES/latest/download/checksums_sha256.txt does not list"
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
                        (release, job) -> release.endless("checksums_sha256.txt"),
                        "too large\nRELEASES/latest/download/checksums_sha256.txt is larger than 1 MiB, or the disk is full,"
                                + " so it was"
                                + " not used. Free some space, or name the project's own releases or a mirror in"
                                + " CHAINLOOP_TOKEN_RELEASES."),
                wrong(
                        "checksums that are announced as large",
                        (release, job) -> release.file("checksums_sha256.txt", "0".repeat(1024 * 1024 + 1)),
                        "too large\nRELEASES/latest/download/checksums_sha256.txt is larger than 1 MiB, or the disk is full,"
                                + " so it was"
                                + " not used. Free some space, or name the project's own releases or a mirror in"
                                + " CHAINLOOP_TOKEN_RELEASES."),
                wrong(
                        "the archive is not listed",
                        (release, job) -> release.file(
                                "checksums_sha256.txt",
                                release.text("checksums_sha256.txt").replace("linux-glibc", "other")),
                        notListed),
                wrong(
                        "a page of a proxy",
                        (release, job) -> release.file("checksums_sha256.txt", "<html>\nLog in\n</html>\n"),
                        notListed),
                wrong(
                        "MD5",
                        (release, job) -> release.file(
                                "checksums_sha256.txt",
                                "x" + release.text("checksums_sha256.txt").replace("\n", "\nx")),
                        "invalid checksums\nRELEASES/latest/download/checksums_sha256.txt is not a list of SHA-256 checksums,"
                                + " so nothing"
                                + " was used."),
                wrong(
                        "the archive is missing",
                        (release, job) -> release.without(ARCHIVE),
                        "archive missing\nBUNDLE.tar.gz is listed in checksums_sha256.txt, but is not at"
                                + " RELEASES/download/vVERSION/. The release may be in the making: try again later,"
                                + " or give"
                                + " another version."),
                wrong(
                        "no such version",
                        (release, job) -> job.input("version", "99.0.0"),
                        "no such release\nThere is no RELEASES/download/v99.0.0/checksums_sha256.txt. See RELEASES for the"
                                + " versions"
                                + " there are; those of a private repository need a mirror, named in"
                                + " CHAINLOOP_TOKEN_RELEASES."),
                wrong(
                        "no release at all",
                        (release, job) -> release.without("checksums_sha256.txt"),
                        "no such release\nThere is no RELEASES/latest/download/checksums_sha256.txt. See RELEASES for the"
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
                        "download failed\nhttp://127.0.0.1:PORT/latest/download/checksums_sha256.txt could not be fetched: curl's"
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
        release.file("checksums_sha256.txt", "");
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
}
