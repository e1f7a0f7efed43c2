package dev.chainloop.token;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.chainloop.token.testing.CliRun;
import dev.chainloop.token.testing.LauncherRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The scripts that the release workflow calls, on small stand-ins for what is built. {@code $S} is their folder. */
@Order(2)
class ReleaseScriptsTest {
    private static final String NOTHING = "";
    private static final String MACHINE = "$(uname -m)";

    /** A release folder `r` of version 1.2.3-rc.1, and a function that packs what `unpacked` holds. */
    private static final String RELEASE = """
            set -e
            v=1.2.3-rc.1
            mkdir r unpacked
            pack() { tar -C unpacked -czf "r/$1" "$2"; }
            tool() {
                mkdir -p "$1/bin"
                printf '#!/bin/sh\\necho chainloop-token %s\\n' "$2" >"$1/bin/chainloop-token"
                chmod +x "$1/bin/chainloop-token"
            }
            native() {
                name=chainloop-token-$v-$1
                tool "unpacked/$name" "$2"
                mkdir -p "unpacked/$name/share/doc/chainloop-token/runtime"
                printf 'OS_ARCH="%s"\\nGRAALVM_VERSION="%s"\\nJAVA_RUNTIME_VERSION="25.0.2+10"\\nIMPLEMENTOR="A Maker"\\n' \\
                    "$3" "${4:-25.0.2}" >"unpacked/$name/share/doc/chainloop-token/runtime/release"
                pack "$name.tar.gz" "$name"
            }
            package() {
                tool "deb-$1/usr" "$v"
                mkdir -p "deb-$1/DEBIAN"
                printf 'Package: chainloop-token\\nVersion: %s\\nArchitecture: %s\\nMaintainer: x <x@example.org>\\nDescription: x\\n' \\
                    "$2" "$1" >"deb-$1/DEBIAN/control"
                dpkg-deb --root-owner-group -b "deb-$1" "r/chainloop-token_${v}_$1.deb" >/dev/null
            }
            java() {
                tool "unpacked/chainloop-token-$v" "$1"
                mkdir -p "unpacked/chainloop-token-$v/share/doc/chainloop-token"
                printf '     (A Licence) Some name (g.one:a:1 - https://x)\\n     (L) Other (g:b-c:2 - http://y)\\n' \\
                    >"unpacked/chainloop-token-$v/share/doc/chainloop-token/THIRD-PARTY.txt"
                pack "chainloop-token-$v-java.tar.gz" "chainloop-token-$v"
            }
            materials() {
                printf '{\\n  "components" : [\\n' >"r/chainloop-token-$v.cdx.json"
                for purl; do
                    printf '      "purl" : "pkg:maven/%s?type=jar",\\n' "$purl"
                done >>"r/chainloop-token-$v.cdx.json"
                sh "$S/materials.sh" "$v" r
            }
            java "$v"
            native linux-glibc-x86_64 "$v" x86_64
            native linux-glibc-aarch64 "$v" aarch64
            native macos-arm64 "$v" aarch64
            package amd64 1.2.3~rc.1
            package arm64 1.2.3~rc.1
            materials "dev.chainloop/chainloop-token@$v" g.one/a@1 g/b-c@2
            """;

    private static final String CHECK = "\nsh \"$S/sums.sh\" r; sh \"$S/check.sh\" --complete \"$v\" r";

    @TempDir
    Path home;

    @BeforeEach
    void copyScripts() throws Exception {
        assertEquals(
                0,
                run().env("FROM", Path.of("src/release").toAbsolutePath().toString())
                        .script("mkdir -p project/src project/.github; cp -R \"$FROM\" project/src/")
                        .status());
    }

    private LauncherRun run() {
        return LauncherRun.withoutTool(home)
                .env("S", home.resolve("project/src/release").toString());
    }

    @ParameterizedTest
    @CsvSource({
        "v0.1.0, 0.1.0",
        "v10.20.30, 10.20.30",
        "v1.2.3-rc.1, 1.2.3-rc.1",
        "v1.2.3-0, 1.2.3-0",
        "v1.2.3-alpha-1.x--y, 1.2.3-alpha-1.x--y",
        "v1.2.3-0a, 1.2.3-0a",
    })
    void takesTheVersionFromTheTag(String tag, String version) throws Exception {
        assertEquals(
                new CliRun.Result(0, version + "\n", NOTHING),
                run().env("TAG", tag).script("sh \"$S/version.sh\" \"$TAG\""));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "v",
                "1.2.3",
                "V1.2.3",
                "v1.2",
                "v1.2.3.4",
                "v01.2.3",
                "v1.02.3",
                "v1.2.3-",
                "v1.2.3-rc..1",
                "v1.2.3-01",
                "v1.2.3+build",
                "v1.2.3 ",
                "v1.2.3\nx",
                "x\nv1.2.3",
                "v1.2.3-$(id)",
                "v1.2.3/../x",
                "refs/tags/v1.2.3"
            })
    void refusesOtherTags(String tag) throws Exception {
        assertEquals(
                new CliRun.Result(
                        1, NOTHING, "error: not a release's tag, such as v1.2.3 or v1.2.3-rc.1: " + tag + "\n"),
                run().env("TAG", tag).script("sh \"$S/version.sh\" \"$TAG\""));
    }

    private void changes(String text) throws IOException {
        Files.writeString(home.resolve("project/.github/CHANGELOG.md"), text);
    }

    private static final String CHANGES = """
            # Change log

            ## [1.2.3] - not released yet

            - Newer.

            ## [1.2.2] - 2026-11-30

            ### Added

            - Older.

            [1.2.3]: https://example.org
            """;

    @Test
    void notesOfAReleaseAreItsPartOfTheChangeLog() throws Exception {
        changes(CHANGES);
        assertEquals(
                new CliRun.Result(0, "\n### Added\n\n- Older.\n", NOTHING), run().script("sh \"$S/notes.sh\" 1.2.2"));
        assertEquals(new CliRun.Result(0, "\n- Newer.\n", NOTHING), run().script("sh \"$S/notes.sh\" 1.2.3-rc.1"));
    }

    @ParameterizedTest
    @CsvSource({
        "1.2.3, has no date for 1.2.3",
        "1.2.4, has no line that starts with: ## [1.2.4] - ",
        "1x2.2, has no line that starts with: ## [1x2.2] - "
    })
    void noNotesNoRelease(String version, String why) throws Exception {
        changes(CHANGES);
        CliRun.Result result = run().env("V", version).script("sh \"$S/notes.sh\" \"$V\"");
        assertEquals(1, result.status());
        assertEquals("error: .github/CHANGELOG.md " + why, result.err().strip());
    }

    static List<Arguments> faults() {
        return List.of(
                arguments("nothing", "", ""),
                arguments(
                        "a file is missing",
                        "rm r/*java*",
                        "error: chainloop-token-1.2.3-rc.1-java.tar.gz is missing\n"),
                arguments("another's file", "echo >r/x", "error: no file of release 1.2.3-rc.1: x\n"),
                arguments(
                        "an archive cut off",
                        "head -c 60 r/*java* >c; mv c r/chainloop-token-$v-java.tar.gz",
                        "error: chainloop-token-1.2.3-rc.1-java.tar.gz is damaged\n"),
                arguments(
                        "an archive of two folders",
                        "touch unpacked/x; tar -C unpacked -czf r/*java* x chainloop-token-$v",
                        "error: chainloop-token-1.2.3-rc.1-java.tar.gz has more than the folder"
                                + " chainloop-token-1.2.3-rc.1\n"),
                arguments(
                        "the jar of another version",
                        "java 1.2.2",
                        "error: the tool in chainloop-token-1.2.3-rc.1-java.tar.gz says: chainloop-token 1.2.2\n"),
                arguments(
                        "this machine's executable of another version",
                        "native linux-glibc-" + MACHINE + " 1.2.2 " + MACHINE,
                        "error: the tool in chainloop-token-1.2.3-rc.1-linux-glibc-@MACHINE@.tar.gz says:"
                                + " chainloop-token 1.2.2\n"),
                arguments(
                        "an executable for another machine",
                        "native linux-glibc-aarch64 $v x86_64; native linux-glibc-x86_64 $v x86_64",
                        "error: the executable in chainloop-token-1.2.3-rc.1-linux-glibc-aarch64.tar.gz is not one for"
                                + " aarch64\n"),
                arguments(
                        "a package whose version comes after the release's",
                        "package arm64 1.2.3-rc.1",
                        "error: chainloop-token_1.2.3-rc.1_arm64.deb calls itself:"
                                + " chainloop-token 1.2.3-rc.1 arm64\n"),
                arguments(
                        "a package cut off",
                        "head -c 60 r/*arm64.deb >c; mv c r/chainloop-token_${v}_arm64.deb",
                        "error: chainloop-token_1.2.3-rc.1_arm64.deb is damaged\n"),
                arguments("a library that is not listed", "materials dev.chainloop/chainloop-token@$v g.one/a@1", """
                        error: chainloop-token-1.2.3-rc.1.cdx.json does not list the libraries that are inside:
                        2d1
                        < g:b-c:2
                        """),
                arguments(
                        "a GraalVM that is not listed",
                        "sed -i '/\"version\"/s/25.0.2/25.0.1/' r/*.json",
                        "error: chainloop-token-1.2.3-rc.1.cdx.json does not list the GraalVM of the executables:"
                                + " 25.0.2\n"),
                arguments("no executable at all", "rm r/*linux* r/*macos*; sed -i /version/d r/*.json", """
                        note: there is no chainloop-token-1.2.3-rc.1-linux-glibc-x86_64.tar.gz: its build failed
                        note: there is no chainloop-token-1.2.3-rc.1-linux-glibc-aarch64.tar.gz: its build failed
                        note: there is no chainloop-token-1.2.3-rc.1-macos-arm64.tar.gz: its build failed
                        error: there is no executable
                        """),
                arguments(
                        "the materials of another version",
                        "materials dev.chainloop/chainloop-token@1.2.2 g.one/a@1 g/b-c@2",
                        "error: chainloop-token-1.2.3-rc.1.cdx.json is not of this version\n"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("faults")
    void checkTellsWhatIsWrong(String name, String fault, String err) throws Exception {
        LauncherRun.need("dpkg-deb");
        CliRun.Result result = run().script(RELEASE + fault + CHECK);
        String machine = run().script("uname -m").out().strip();
        assertEquals(new CliRun.Result(err.isEmpty() ? 0 : 1, NOTHING, err.replace("@MACHINE@", machine)), result);
    }

    @Test
    void aSystemWhoseBuildFailedIsReportedAndLeftOut() throws Exception {
        CliRun.Result result = run().script(RELEASE + "rm r/*macos* r/*arm64.deb" + CHECK);
        assertEquals(new CliRun.Result(0, NOTHING, """
                        note: there is no chainloop-token-1.2.3-rc.1-macos-arm64.tar.gz: its build failed
                        note: there is no chainloop-token_1.2.3-rc.1_arm64.deb: its build failed
                        """), result);
    }

    @Test
    void materialsAreOfOneGraalVm() throws Exception {
        CliRun.Result result =
                run().script(RELEASE + "native linux-glibc-aarch64 $v aarch64 25.0.3; materials g.one/a@1");
        assertEquals(
                new CliRun.Result(1, NOTHING, "error: the executables are of different GraalVMs: 25.0.2 25.0.3\n"),
                result);
    }

    static List<Arguments> sums() {
        return List.of(
                arguments("a file changed since", "sh \"$S/sums.sh\" r; echo | tee -a r/*.json >>log", """
                        error: SHA256SUMS: chainloop-token-1.2.3-rc.1.cdx.json: FAILED
                        sha256sum: WARNING: 1 computed checksum did NOT match
                        """),
                arguments("a file without one", "sh \"$S/sums.sh\" r; sed -i /cdx/d r/SHA256SUMS", """
                        error: SHA256SUMS: sha256sum: SHA256SUMS: no properly formatted checksum lines found
                        error: SHA256SUMS does not have chainloop-token-1.2.3-rc.1.cdx.json
                        """),
                arguments("none at all", ":", """
                        error: SHA256SUMS is missing
                        error: SHA256SUMS does not have chainloop-token-1.2.3-rc.1.cdx.json
                        """));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("sums")
    void checkHoldsFilesAgainstTheirSums(String name, String fault, String err) throws Exception {
        CliRun.Result result = run().script("mkdir r; echo '\"purl\" : \"pkg:maven/dev.chainloop/chainloop-token"
                + "@1.2.3-rc.1?type=jar\"' >r/chainloop-token-1.2.3-rc.1.cdx.json; " + fault
                + "; sh \"$S/check.sh\" 1.2.3-rc.1 r");
        assertEquals(new CliRun.Result(1, NOTHING, err), result);
    }

    @Test
    void compareNamesWhatDiffers() throws Exception {
        assertEquals(new CliRun.Result(1, """
                        a.tar.gz differs
                          Files one/f/changed and other/f/changed differ
                        only one of them has extra
                        plain differs
                        """, NOTHING), run().script("""
                        pack() { tar --sort=name --mtime=2026-01-01T00:00:00Z -czf "$1/a.tar.gz" f; }
                        mkdir 1 2 f
                        echo 1 >f/changed; echo same >f/same; echo same | tee 1/same >2/same
                        pack 1
                        echo 2 >f/changed
                        pack 2
                        echo 1 >1/plain; echo 2 >2/plain; echo >2/extra
                        sh "$S/compare.sh" 1 2
                        """));
        assertEquals(new CliRun.Result(0, NOTHING, NOTHING), run().script("cp -R 1 3; sh \"$S/compare.sh\" 1 3"));
        assertEquals(
                new CliRun.Result(1, "same differs\n", NOTHING),
                run().script("echo >>3/same; sh \"$S/compare.sh\" 1/same 3/same"));
    }

    /** A stand-in for GitHub's program, which records what it is told to do. */
    private static final String GH = """
            #!/bin/sh
            case $1-$2 in
                release-view) [ -n "$DRAFT" ] && echo "$DRAFT"; exit ;;
                release-create) for word; do [ "$before" = --notes-file ] && cat "$word" >"$HOME/said"; before=$word; done ;;
            esac
            echo "$@" >>"$HOME/told"
            """;

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "v1.2.2, -, 0, create upload edit",
                "v1.2.3-rc.1, -, 0, create upload edit",
                "v1.2.2, true, 0, upload edit",
                "v1.2.2, false, 1, ''",
                "v1.2.3, -, 1, ''",
                "1.2.2, -, 1, ''",
            })
    void publishesADraftWhenAllIsThere(String tag, String draft, int status, String steps) throws Exception {
        changes(CHANGES);
        CliRun.Result result = run().env("GH", GH)
                .env("TAG", tag)
                .env("DRAFT", draft == null ? "" : draft)
                .script("""
                        mkdir bin r; echo a >r/a; printf %s "$GH" >bin/gh; chmod +x bin/gh; : >told
                        PATH=$HOME/bin:$PATH sh "$S/publish.sh" "$TAG" r 2>err; s=$?
                        grep -o 'release [a-z]*' told | cut -d ' ' -f 2 | tr '\\n' ' ' | sed 's/ $//'
                        exit $s
                        """);
        assertEquals(new CliRun.Result(status, steps, NOTHING), result);
        String told = Files.readString(home.resolve("told"));
        if (steps.startsWith("create")) {
            assertEquals(tag.contains("-"), told.contains("--prerelease"), told);
            assertEquals(true, told.contains("--draft --verify-tag"), told);
            assertEquals(true, Files.readString(home.resolve("said")).contains(tag.contains("-") ? "Newer" : "Older"));
        }
        if (status == 0) {
            assertEquals(
                    "release edit " + tag + " --draft=false",
                    told.lines().reduce((a, b) -> b).orElseThrow());
        }
    }
}
