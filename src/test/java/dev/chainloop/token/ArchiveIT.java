package dev.chainloop.token;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.chainloop.token.testing.Archive;
import dev.chainloop.token.testing.CliRun;
import dev.chainloop.token.testing.LauncherRun;
import dev.chainloop.token.testing.TokenMint;
import dev.chainloop.token.testing.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The class-data archive beside the jar, in real processes. {@code app} is a copy of the installed folder with an archive
 * of its own. {@code java} is a Java that writes the options it got into {@code options}, and each class that it loads from
 * elsewhere than an archive into {@code strays}; {@code $JDK} is the real one behind it. {@code quick} is a Java whose
 * archives are empty, for tests that do not start from one.
 */
@Order(2)
class ArchiveIT {
    private static final String NOTHING = "";
    private static final String FIELD = "\"$L\" --field kind; echo $?\n";
    private static final String ANSWER = "user\n0\n";

    /** How often the last run named an archive: once, or not at all. */
    private static final String NAMED = "grep -c -e '^-XX:SharedArchiveFile' options; :\n";

    private static final String USED = "1\n";
    private static final String NOT_USED = "0\n";

    private static final String JAVA = """
            #!/bin/sh
            here=${0%/java/bin/java}
            : >"$here/options"
            for option; do
                shift
                printf '%s\\n' "$option" >>"$here/options"
                if [ "$option" = -Xlog:disable ]; then
                    set -- "$@" "$option"
                    option=-Xlog:class+load:file=$here/log.$$
                fi
                set -- "$@" "$option"
            done
            "$JDK/bin/java" "$@"
            status=$?
            grep 'source: ' "$here/log.$$" | grep -v 'source: shared objects file' >>"$here/strays"
            exit "$status"
            """;

    private static final String QUICK = """
            #!/bin/sh
            case $* in
                *-Xshare:dump*) f=${*##*-XX:SharedArchiveFile=} && : >"${f%% *}" ;;
            esac
            """;

    /** The tests share this folder; each undoes its changes. */
    @TempDir
    static Path home;

    @BeforeAll
    static void makeArchive() throws Exception {
        assumeFalse(Tool.isGiven(), "-Dtool names another");
        Archive.writeConfigFile(home);
        write("java", JAVA);
        write("quick", QUICK);
        plays("""
                ln -s "$JDK/release" "$JDK/lib" java/
                ln -s "$JDK/release" "$JDK/lib" quick/
                cp -R "$BUILT" app
                app/lib/make-archive
                """, NOTHING);
    }

    private static void write(String name, String script) throws IOException {
        Path java = home.resolve(name + "/bin/java");
        Files.createDirectories(java.getParent());
        Files.writeString(java, script);
        assertTrue(java.toFile().setExecutable(true));
    }

    /** JUnit warns of each link out of the folder that it has to delete. */
    @AfterAll
    static void deleteLinks() throws Exception {
        plays("rm -f java/release java/lib quick/release quick/lib", NOTHING);
    }

    @Test
    void theBuildLeavesAFolderThatStartsFromItsArchive() throws Exception {
        plays("L=$BUILT/bin/chainloop-token\n" + FIELD + NAMED, ANSWER + USED);
    }

    static List<Arguments> worlds() {
        return List.of(
                arguments("in place", "", USED),
                arguments("through a link", "ln -sf \"$L\" l; L=./l", USED),
                arguments("through a linked folder", "ln -sfn app f; L=f/bin/chainloop-token", USED),
                arguments("from another folder", "cd app/share", USED),
                arguments("by a user without a home folder", "unset HOME", USED),
                arguments("in CI", "export CI=true", USED),
                arguments("a copied folder", "cp -R app other; L=$PWD/other/bin/chainloop-token", NOT_USED),
                arguments("a faithful copy", "cp -Rp app other; L=$PWD/other/bin/chainloop-token", NOT_USED),
                arguments("a moved folder", "mv app other; L=$PWD/other/bin/chainloop-token", NOT_USED),
                arguments("a folder that was moved there and back", "mv app other; mv other app", USED),
                arguments("a touched jar", "touch app/lib/chainloop-token.jar", NOT_USED),
                arguments("an older jar", "touch -d 2001-01-01 app/lib/chainloop-token.jar", NOT_USED),
                arguments("everything touched", "touch app/lib/*", NOT_USED),
                arguments(
                        "another release of the same time",
                        "sed 's/content=\"[0-9a-f]*/content=\"0123456789ab/' app/lib/find-java >f; cat f >app/lib/find-java",
                        NOT_USED),
                arguments(
                        "another version of Java",
                        "rm java/release; echo 'JAVA_RUNTIME_VERSION=\"99.0.1+2\"' >java/release",
                        NOT_USED),
                arguments(
                        "the same version of Java with other classes",
                        "rm java/lib; mkdir java/lib; : >java/lib/modules",
                        NOT_USED),
                arguments("no stamp", "rm app/lib/*.stamp", NOT_USED),
                arguments(
                        "an empty stamp",
                        "for s in app/lib/*.stamp; do : >\"$s\"; touch -r app/lib/*.jar \"$s\"; done",
                        NOT_USED),
                arguments("no archive", "rm app/lib/*.jsa", NOT_USED));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("worlds")
    void isUsedOnlyWhereTheJvmTakesIt(String name, String change, String used) throws Exception {
        playsAndPutsBack(change + "\n" + FIELD + "cd \"$H\"\n" + NAMED, ANSWER + used);
    }

    /** The launcher cannot tell the size without another process; the JVM can. */
    @Test
    void aChangedJarIsNeverAnsweredByTheOldOne() throws Exception {
        playsAndPutsBack("""
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
                touch -r app/lib/*.stamp app/lib/chainloop-token.jar
                "$L"
                """ + NAMED, "changed\n" + USED);
    }

    static List<Arguments> damages() {
        return List.of(
                arguments("an empty archive", ": >\"$A\""),
                arguments("no archive at all", "echo 'not an archive' >\"$A\""),
                arguments("a truncated archive", "truncate -s 5M \"$A\""),
                arguments("a damaged header", overwrite(64)),
                arguments("a damaged first region", overwrite(200_000)),
                arguments("a damaged middle", overwrite(6_000_000)),
                arguments("zeros", "dd if=/dev/zero of=\"$A\" bs=1M seek=1 count=9 conv=notrunc 2>/dev/null"));
    }

    private static String overwrite(int position) {
        return "printf 'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ' |" + " dd of=\"$A\" bs=1 seek="
                + position + " conv=notrunc 2>/dev/null";
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("damages")
    void aDamagedArchiveDoesNotCostTheAnswer(String name, String damage) throws Exception {
        playsAndPutsBack(
                "A=$(echo app/lib/*.jsa); chmod u+w \"$A\"\n" + damage + "\ntouch -r java/lib/modules \"$A\"\n" + FIELD
                        + NAMED,
                ANSWER + USED);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("dev.chainloop.token.testing.Archive#commandLines")
    void allClassesComeFromTheArchive(String name, String command) throws Exception {
        plays(": >strays\n{ " + command + "; } >/dev/null 2>&1; cat strays\n" + NAMED, USED);
    }

    /** Regular expressions tell what such a text is, and the first one makes the JVM define a class at run time. */
    @Test
    void aTextThatIsNotATokenCostsOneClassMore() throws Exception {
        plays(
                ": >strays\n\"$L\" x.y.z >/dev/null 2>&1; grep -v 'LambdaForm.MH' strays; "
                        + "[ \"$(grep -c . strays)\" -le 1 ] || cat strays\n" + NAMED,
                USED);
    }

    /** In a first run, in a folder without an archive, and in a second one. */
    @Test
    void nothingIsWrittenBesideTheAnswer() throws Exception {
        LauncherRun.need("strace");
        playsAndPutsBack("""
                JAVA_HOME=$JDK
                trace() {
                    strace -f -qq -e trace=%file,ftruncate,fchmod,fchown -o trace "$L" --field kind
                    grep -E 'O_WRONLY|O_RDWR|O_CREAT|O_TRUNC' trace | grep -v '"/dev/\\(null\\|tty\\)"\\|"/proc/'
                    grep -E '^[0-9]+ +(mkdir|rename|unlink|rmdir|link|symlink|chmod|fchmod|chown|fchown|lchown|truncate'\\
                '|ftruncate|mknod|utime|utimes|futimesat|utimensat)(at|at2)?\\(' trace
                    grep -q 'execve.*SharedArchiveFile' trace; echo "without an archive: $?"
                }
                mv app/lib/*.jsa kept
                trace
                mv kept "$(echo app/lib/*.stamp | sed 's/stamp$/jsa/')"
                trace
                """, "user\nwithout an archive: 1\nuser\nwithout an archive: 0\n");
    }

    static List<Arguments> makings() {
        String list = "ls app/lib; ls -l app/lib/*.jsa app/lib/*.stamp | cut -c5-10\n";
        String made = """
                chainloop-token-V.jsa
                chainloop-token-V.stamp
                chainloop-token.jar
                find-java
                make-archive
                r--r--
                r--r--
                """;
        return List.of(
                arguments(
                        "after a move",
                        "mv app other; other/lib/make-archive; L=$PWD/other/bin/chainloop-token\n" + FIELD + NAMED,
                        ANSWER + USED),
                arguments(
                        "readable by all",
                        "rm app/lib/*.jsa app/lib/*.stamp; umask 077; JAVA_HOME=$PWD/quick app/lib/make-archive\n"
                                + list,
                        made),
                arguments(
                        "a Java by its folder",
                        "rm app/lib/*.jsa; JAVA_HOME=/nowhere app/lib/make-archive quick/\n" + list,
                        made),
                arguments(
                        "a Java by its program",
                        "rm app/lib/*.jsa; JAVA_HOME=/nowhere app/lib/make-archive quick/bin/java\n" + list,
                        made),
                arguments(
                        "another Java's stays, another jar's goes",
                        """
                        for s in app/lib/*.stamp; do content=$(cat "$s"); done
                        echo "${content%% *} 99 $PWD/app/lib/chainloop-token.jar" >app/lib/chainloop-token-99.stamp
                        echo "${content%% *} 98 /former/place/lib/chainloop-token.jar" >app/lib/chainloop-token-98.stamp
                        echo "0123456789ab 97 $PWD/app/lib/chainloop-token.jar" >app/lib/chainloop-token-97.stamp
                        for n in 97 98 99; do : >app/lib/chainloop-token-$n.jsa; done
                        JAVA_HOME=$PWD/quick app/lib/make-archive
                        cd app/lib; ls chainloop-token-9*
                        """,
                        "chainloop-token-99.jsa\nchainloop-token-99.stamp\n"),
                arguments(
                        "two at once",
                        "app/lib/make-archive & app/lib/make-archive; wait\n" + list + FIELD + NAMED,
                        made + ANSWER + USED),
                arguments(
                        "one that is stopped",
                        "app/lib/make-archive & sleep 0.5; kill $!; wait $!; [ $? != 0 ] && ls app/lib",
                        made.substring(0, made.indexOf("r--"))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("makings")
    void makeArchiveMakesIt(String name, String script, String out) throws Exception {
        CliRun.Result result = run().script(puttingBack(script));
        // The version is that of the Java.
        String said = result.out()
                .replaceAll("chainloop-token-[0-9]{2}[.][^/ \n]*[.](jsa|stamp)\n", "chainloop-token-V.$1\n");
        assertEquals(new CliRun.Result(0, out, NOTHING), new CliRun.Result(result.status(), said, result.err()));
    }

    static List<Arguments> refusals() {
        return List.of(
                arguments(
                        "two Javas",
                        "app/lib/make-archive a b",
                        2,
                        "make-archive takes one Java. Run it once for each."),
                arguments(
                        "no name",
                        "app/lib/make-archive ''",
                        2,
                        "the name of the Java is empty. Give its folder, or leave it out."),
                arguments(
                        "an option",
                        "app/lib/make-archive --force",
                        2,
                        "make-archive has no option --force. See make-archive --help."),
                arguments(
                        "no Java there",
                        "app/lib/make-archive /nowhere",
                        69,
                        "an archive needs Java 17 or later; there is no /nowhere. Name another one."),
                arguments(
                        "an old Java",
                        "mkdir -p 11/bin; echo '#!/bin/sh' >11/bin/java; chmod +x 11/bin/java; echo 'JAVA_VERSION=\"11.0.2\"' >11/release; app/lib/make-archive 11",
                        69,
                        "an archive needs Java 17 or later; 11/bin/java is Java 11. Name another one."),
                arguments(
                        "a Java that cannot",
                        "mkdir -p 21/bin 21/lib; { echo '#!/bin/sh'; echo exit 1; } >21/bin/java; chmod +x 21/bin/java; echo 'JAVA_VERSION=\"21\"' >21/release; : >21/lib/modules;"
                                + " app/lib/make-archive 21",
                        1,
                        "21/bin/java made no archive. The tool starts without one, more slowly."),
                arguments(
                        "no jar",
                        "rm app/lib/*.jar; app/lib/make-archive",
                        69,
                        "@HOME@/app/lib/chainloop-token.jar is missing or not readable. Install the whole folder."));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("refusals")
    void makeArchiveSaysWhyNot(String name, String script, int status, String text) throws Exception {
        assertEquals(
                new CliRun.Result(0, status + "\nleft: 0\n", "error: " + text + "\n"),
                run().script(puttingBack(script + "; echo $?; echo left: $(ls app/lib | grep -c making)")));
    }

    @Test
    void makeArchiveHelps() throws Exception {
        plays(
                "app/lib/make-archive --help | head -n 1; app/lib/make-archive -h | grep -c '.\\{81\\}'; :",
                "Usage: make-archive [JAVA]\n0\n");
    }

    private static String puttingBack(String script) {
        return "cp -Rp app keep; cp -RPp java kept-java; H=$PWD\n" + script
                + "\nstatus=$?\ncd \"$H\"; rm -rf app java other dev l f 11 21;"
                + " mv keep app; mv kept-java java; exit $status";
    }

    private static void playsAndPutsBack(String script, String out) throws Exception {
        plays(puttingBack(script + "\n:"), out);
    }

    private static void plays(String script, String out) throws Exception {
        assertEquals(new CliRun.Result(0, out, NOTHING), run().script(script));
    }

    private static LauncherRun run() {
        return LauncherRun.in(home)
                .env("L", home.resolve("app/bin/chainloop-token").toString())
                .env("BUILT", Path.of("target/chainloop-token").toAbsolutePath().toString())
                .env("JDK", System.getProperty("java.home"))
                .env("JAVA_HOME", home.resolve("java").toString())
                .env("F", TokenMint.token(TokenMint.FEDERATED))
                .env("N", TokenMint.token("{\"aud\":[\"unknown1\",\"unknown2\"]}"));
    }
}
