package dev.chainloop.token;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.chainloop.token.testing.Archive;
import dev.chainloop.token.testing.CliRun;
import dev.chainloop.token.testing.LauncherRun;
import dev.chainloop.token.testing.TokenMint;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The class-data archive of the installed folder, in real processes. {@code $A} is the folder where archives are;
 * {@code $J} a Java that writes the options it got into {@code options}, and each class that it loads from elsewhere than
 * an archive into {@code strays}.
 */
class ArchiveIT {
    private static final String NOTHING = "";
    private static final String FIELD = "\"$L\" --field kind; echo $?\n";
    private static final String ANSWER = "user\n0\n";

    /** Says whether the last run of `$J` used an archive, and how many archives there are. */
    private static final String TELL = """
            grep -c -e '^-XX:SharedArchiveFile' options
            ls "$A" 2>/dev/null | grep -c '[.]jsa$' || :
            """;

    private static final String USED_ONE = "1\n1\n";
    private static final String USED_NONE_MADE_ONE = "0\n1\n";
    private static final String NEITHER = "0\n0\n";
    private static final String NOT_USED = "0\n1\n";

    /** Stands in for a Java: tells what an answering run got and did. Runs that make an archive are not told. */
    private static final String JAVA = """
            #!/bin/sh
            here=${0%/java/bin/java}
            case " $* " in
                *' -Xshare:dump '*)
                    [ -z "${BROKEN:-}" ] || { echo once >>"$here/tries"; exit 1; }
                    exec "$JDK/bin/java" "$@"
                    ;;
                *' dev.chainloop.token.Training '* | *' -Xshare:on '*) exec "$JDK/bin/java" "$@" ;;
            esac
            : >"$here/options"
            for option; do
                shift
                printf '%s\\n' "$option" >>"$here/options"
                if [ "$option" = -Xlog:disable ]; then
                    set -- "$@" "$option"
                    option=-Xlog:class+load:file=$here/log
                fi
                set -- "$@" "$option"
            done
            "$JDK/bin/java" "$@"
            status=$?
            grep 'source: ' "$here/log" | grep -v 'source: shared objects file' >>"$here/strays"
            exit "$status"
            """;

    @TempDir
    Path home;

    /** Of the tests that only read an archive. */
    @TempDir
    static Path trained;

    /** Each made with one run before. */
    static List<Arguments> worlds() {
        return List.of(
                arguments("the next run uses it", "", USED_ONE),
                arguments("through a symlink too", "ln -s \"$L\" l; L=./l", USED_ONE),
                arguments("from another folder too", "mkdir d; cd d; ln -s ../options ../cache .", USED_ONE),
                arguments("CI uses what is there", "export CI=true", USED_ONE),
                arguments("a cache that is a link", "mv cache c; ln -s c cache", USED_ONE),
                arguments("no cache, no archive", "export CHAINLOOP_TOKEN_NO_CACHE=1", NOT_USED),
                arguments("a folder that others can write", "chmod 777 \"$A\"", NOT_USED),
                arguments("a folder that a group can write", "chmod g+w \"$A\"", NOT_USED),
                arguments("an archive that others can write", "chmod o+w \"$A\"/*.jsa", USED_NONE_MADE_ONE),
                arguments("a folder of folders that others can write", "chmod 777 cache", NOT_USED),
                arguments("a link in the place of the folder", "mv \"$A\" x; ln -s \"$PWD/x\" \"$A\"", NOT_USED),
                arguments(
                        "a link in the place of the archive",
                        "f=$(ls \"$A\"); mv \"$A/$f\" x; ln -s \"$PWD/x\" \"$A/$f\"",
                        USED_NONE_MADE_ONE),
                arguments("an older jar", INSTALL + "touch -d 2001-01-01 app/lib/*.jar", USED_NONE_MADE_ONE),
                arguments("a newer jar", INSTALL + "touch -d 2099-01-01 app/lib/*.jar", USED_NONE_MADE_ONE));
    }

    /** A copy of the installed folder, run once. */
    private static final String INSTALL = "cp -Rp \"${L%/bin/*}\" app; L=$PWD/app/bin/chainloop-token; \"$L\" -V"
            + " >/dev/null; rm -f \"$A\"/*-target-*; ";

    @ParameterizedTest(name = "{0}")
    @MethodSource("worlds")
    void isUsedAsLongAsItIsSafe(String name, String change, String told) throws Exception {
        plays("\"$L\" -V >/dev/null\n" + change + "\n" + FIELD + TELL, ANSWER + told);
    }

    static List<Arguments> firstRuns() {
        return List.of(
                arguments("it is made", "", USED_NONE_MADE_ONE),
                arguments(
                        "in the home folder's cache",
                        "unset XDG_CACHE_HOME; A=$HOME/.cache/chainloop-token",
                        USED_NONE_MADE_ONE),
                arguments(
                        "a relative cache folder is none",
                        "export XDG_CACHE_HOME=c; A=$HOME/.cache/chainloop-token",
                        USED_NONE_MADE_ONE),
                arguments("in CI nothing is made", "export CI=true", NEITHER),
                arguments("nothing is made on request", "export CHAINLOOP_TOKEN_NO_CACHE=1", NEITHER),
                arguments("no home", "unset HOME XDG_CACHE_HOME", NEITHER),
                arguments("a relative home", "unset XDG_CACHE_HOME; export HOME=h; mkdir h", NEITHER),
                arguments("a file in the folder's place", "mkdir cache; : >cache/chainloop-token", NEITHER),
                arguments("a colon in its path", "export XDG_CACHE_HOME=$PWD/a:b; A=$PWD/a:b/chainloop-token", NEITHER),
                arguments(
                        "blanks in its path",
                        "export XDG_CACHE_HOME=\"$PWD/a b\"; A=\"$PWD/a b/chainloop-token\"",
                        USED_NONE_MADE_ONE),
                arguments(
                        "an attempt under way",
                        "\"$L\" -V >/dev/null; f=$(ls \"$A\"); rm -f \"$A/$f\"; mkdir \"$A/$f.new\"",
                        NEITHER),
                arguments(
                        "an attempt given up an hour ago",
                        "\"$L\" -V >/dev/null; f=$(ls \"$A\"); rm -f \"$A/$f\"; mkdir \"$A/$f.new\"; touch -d '2 hours ago' \"$A/$f.new\"",
                        USED_NONE_MADE_ONE),
                arguments("a maker that fails", INSTALL + "rm -rf \"$A\"; rm app/lib/make-archive", NEITHER));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("firstRuns")
    void isMadeAfterTheFirstAnswer(String name, String change, String told) throws Exception {
        plays(change + "\n" + FIELD + TELL, ANSWER + told);
    }

    @Test
    void theAnswersStatusIsTheLaunchers() throws Exception {
        plays("""
                unset CHAINLOOP_TOKEN
                "$L" --field kind -c /dev/null; echo $?
                rm -r "$A"; "$L" x.y.z 2>/dev/null; echo $?
                rm -r "$A"; "$L" --bogus 2>/dev/null; echo $?
                rm -r "$A"; "$L" -c nowhere 2>/dev/null; echo $?
                ls "$A" | grep -c '[.]jsa$'
                """, "\n1\n3\n2\n4\n1\n");
    }

    @Test
    void nothingOfTheMakingIsLeftBehind() throws Exception {
        plays("\"$L\" -V >/dev/null; ls \"$A\" | grep -v '[.]jsa$'; ls -ld \"$A\" \"$A\"/* | cut -c1-10; :", """
                drwx------
                -r--------
                """);
    }

    @Test
    void racingFirstRunsAllAnswer() throws Exception {
        plays("""
                for n in 1 2 3 4 5 6; do { "$L" --field kind >o$n 2>&1; echo $? >>o$n; } & done; wait
                cat o1 o2 o3 o4 o5 o6
                ls "$A" | wc -l
                """ + FIELD + TELL, ANSWER.repeat(6) + "1\n" + ANSWER + USED_ONE);
    }

    @Test
    void aMovedFolderGetsOneOfItsOwn() throws Exception {
        plays(
                INSTALL + "mv app elsewhere; L=$PWD/elsewhere/bin/chainloop-token\n" + FIELD
                        + "grep -c -e '^-XX:SharedArchiveFile' options\n" + FIELD
                        + "grep -c -e '^-XX:SharedArchiveFile' options; ls \"$A\" | grep -c elsewhere",
                ANSWER + "0\n" + ANSWER + "1\n1\n");
    }

    /** Not even when its time is the same: the JVM compares sizes too. */
    @Test
    void aChangedJarIsNeverAnsweredByTheOldOne() throws Exception {
        plays(INSTALL + """
                        mkdir -p dev/chainloop/token
                        cat >dev/chainloop/token/Main.java <<'E'
                        package dev.chainloop.token;

                        class Main {
                            public static void main(String[] args) {
                                System.out.println("changed");
                            }
                        }
                        E
                        "$JDK/bin/javac" --release 17 dev/chainloop/token/Main.java
                        "$JDK/bin/jar" -c -f app/lib/chainloop-token.jar dev/chainloop/token/Main.class
                        touch -r "$A"/*.jsa app/lib/chainloop-token.jar
                        "$L"; "$L"
                        """ + TELL, "changed\nchanged\n" + USED_ONE);
    }

    @Test
    void aBrokenArchiveIsNoMatter() throws Exception {
        plays("""
                "$L" -V >/dev/null
                for f in "$A"/*; do chmod 600 "$f"; truncate -s 5M "$f"; touch -r "$JAR" "$f"; chmod 400 "$f"; done
                """ + FIELD + """
                for f in "$A"/*; do chmod 600 "$f"; : >"$f"; touch -r "$JAR" "$f"; chmod 400 "$f"; done
                """ + FIELD, ANSWER + ANSWER);
    }

    /** Where they can be tried: as root, on file systems of their own. */
    static List<Arguments> mounts() {
        return List.of(
                arguments("a full tmpfs", "mount -t tmpfs -o size=4k,mode=700 none \"$XDG_CACHE_HOME\"", NEITHER),
                arguments(
                        "a tmpfs that fills up",
                        "mount -t tmpfs -o size=3m,mode=700 none \"$XDG_CACHE_HOME\"",
                        NEITHER),
                arguments(
                        "no room for names",
                        "mount -t tmpfs -o nr_inodes=2,mode=700 none \"$XDG_CACHE_HOME\"",
                        NEITHER),
                arguments("a read-only cache", "mount -t tmpfs -o ro,mode=700 none \"$XDG_CACHE_HOME\"", NEITHER),
                arguments("a foreign cache folder", "chown 1234 \"$XDG_CACHE_HOME\"", NEITHER),
                arguments("a foreign folder in the cache", "mkdir -m 700 \"$A\"; chown 1234 \"$A\"", NEITHER),
                arguments("a foreign archive", "\"$L\" -V >/dev/null; chown 1234 \"$A\"/*.jsa", USED_ONE));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("mounts")
    void theAnswerIsRightOnOddDisks(String name, String change, String told) throws Exception {
        LauncherRun.need("unshare");
        LauncherRun.skipUnless(
                LauncherRun.in(home)
                                .script("unshare -m mount -t tmpfs none \"$HOME\"")
                                .status()
                        == 0,
                "this user may not mount");
        Files.writeString(
                home.resolve("inner"), "mkdir -p \"$XDG_CACHE_HOME\"\n" + change + "\n" + FIELD + FIELD + TELL);
        plays("unshare -m sh inner", ANSWER + ANSWER + told);
    }

    @Test
    void aFailureIsNotRepeatedAtOnce() throws Exception {
        plays("export BROKEN=yes\n" + FIELD + FIELD + "cat tries\n" + TELL, ANSWER + ANSWER + "once\n" + NEITHER);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("dev.chainloop.token.testing.Archive#commandLines")
    void allClassesComeFromTheArchive(String name, String command) throws Exception {
        plays(
                trained,
                "\"$L\" -V >/dev/null; : >strays\n{ " + command + "; } >/dev/null 2>&1; cat strays\n" + TELL,
                USED_ONE);
    }

    private void plays(String script, String out) throws Exception {
        plays(home, script, out);
    }

    private static void plays(Path home, String script, String out) throws Exception {
        Files.createDirectories(home.resolve("java/bin"));
        Path java = home.resolve("java/bin/java");
        Files.writeString(java, JAVA);
        assertTrue(java.toFile().setExecutable(true));
        Archive.writeConfigFile(home);
        LauncherRun run = LauncherRun.in(home)
                .unset("CHAINLOOP_TOKEN_NO_CACHE")
                .env("XDG_CACHE_HOME", home.resolve("cache").toString())
                .env("A", home.resolve("cache/chainloop-token").toString())
                .env("JDK", System.getProperty("java.home"))
                .env("JAVA_HOME", home.resolve("java").toString())
                .env("F", TokenMint.token(TokenMint.FEDERATED))
                .env("N", TokenMint.token("{\"aud\":[\"unknown1\",\"unknown2\"]}"));
        String prepare = "ln -sf \"$JDK/release\" java\n";
        assertEquals(new CliRun.Result(0, out, NOTHING), run.script(prepare + script));
    }
}
