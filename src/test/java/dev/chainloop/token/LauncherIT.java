package dev.chainloop.token;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.chainloop.token.testing.CliRun;
import dev.chainloop.token.testing.LauncherRun;
import dev.chainloop.token.testing.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The launcher of the installed folder: where it starts from, and with which Java. What any tool must do is in {@link ToolIT}. */
@Execution(ExecutionMode.CONCURRENT)
class LauncherIT {
    private static final String USER = "user\n";
    private static final String API_TOKEN = "api-token\n";
    private static final String NOTHING = "";
    private static final String FIELD = "\"$L\" --field kind";
    /** Puts a launcher into {@code $D} that shares the installed jar. */
    private static final String INSTALL =
            "mkdir -p \"$D/bin\"; cp \"$L\" \"$D/bin/\"; ln -s \"${JAR%/*}\" \"$D/lib\"; ";

    @TempDir
    Path home;

    @BeforeAll
    static void isTheTool() {
        assumeFalse(Tool.isGiven(), "-Dtool names another");
    }

    @AfterEach
    void deleteLinks() throws IOException {
        LauncherRun.deleteLinks(home);
    }

    @Test
    void everythingIsThere() throws Exception {
        String list = "cd \"${L%/bin/*}\"; for f in bin/* lib/[!c]* lib/*.jar share/*/*/*; do echo \"$f\"; done";
        assertEquals(new CliRun.Result(0, """
                bin/chainloop-token
                lib/find-java
                lib/make-archive
                lib/chainloop-token.jar
                share/bash-completion/completions/chainloop-token
                share/doc/chainloop-token/LICENSE
                share/doc/chainloop-token/NOTICE
                share/doc/chainloop-token/README.md
                share/doc/chainloop-token/THIRD-PARTY.txt
                share/doc/chainloop-token/ask.md
                share/doc/chainloop-token/ci.md
                share/doc/chainloop-token/findings.md
                share/doc/chainloop-token/how-it-is-built.md
                share/doc/chainloop-token/installation.md
                share/doc/chainloop-token/json.md
                share/doc/chainloop-token/keys.md
                share/doc/chainloop-token/library.md
                share/doc/chainloop-token/messages.md
                share/doc/chainloop-token/native.md
                share/doc/chainloop-token/performance.md
                share/doc/chainloop-token/start-up.md
                share/doc/chainloop-token/streams.md
                share/doc/chainloop-token/tokens.md
                share/fish/vendor_completions.d/chainloop-token.fish
                share/man/man1/chainloop-token-ask.1
                share/man/man1/chainloop-token-check.1
                share/man/man1/chainloop-token-completion.1
                share/man/man1/chainloop-token-explain.1
                share/man/man1/chainloop-token-help.1
                share/man/man1/chainloop-token-inspect.1
                share/man/man1/chainloop-token-mask.1
                share/man/man1/chainloop-token-schema.1
                share/man/man1/chainloop-token-sources.1
                share/man/man1/chainloop-token-verify.1
                share/man/man1/chainloop-token.1
                share/zsh/site-functions/_chainloop-token
                """, ""), LauncherRun.in(home).script(list));
    }

    static List<Arguments> jarRuns() {
        return List.of(
                arguments(
                        "java -jar works",
                        "echo \"$T\" | \"$JAVA_HOME/bin/java\" -jar \"$JAR\" --field kind",
                        0,
                        API_TOKEN,
                        NOTHING),
                arguments(
                        "java -jar passes over a closed stdin",
                        "\"$JAVA_HOME/bin/java\" -jar \"$JAR\" --field kind <&-",
                        0,
                        USER,
                        NOTHING),
                arguments(
                        "java -jar finds nothing on a closed stdin with -",
                        "\"$JAVA_HOME/bin/java\" -jar \"$JAR\" --field kind - <&-",
                        1,
                        "\n",
                        NOTHING));
    }

    /** As where there is no launcher. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("jarRuns")
    void jarRunsByItself(String name, String script, int status, String out, String err) throws Exception {
        plays(LauncherRun.in(home), script, status, out, err);
    }

    static List<Arguments> places() {
        return List.of(
                arguments("through an absolute link", "ln -s \"$L\" l; ./l --field kind", USER),
                arguments(
                        "through a relative link",
                        "D=d; " + INSTALL + "ln -s d/bin/chainloop-token l; ./l --field kind",
                        USER),
                arguments(
                        "through a chain of links in several folders",
                        "D=d; " + INSTALL + "mkdir x y; ln -s ../d/bin/chainloop-token x/l; ln -s ../x/l y/m;"
                                + " ln -s \"$PWD/y/m\" n; cd /; \"$HOME/n\" --field kind",
                        USER),
                arguments(
                        "through a link with no folder before it",
                        "D=d; " + INSTALL + "ln -s d/bin/chainloop-token l; sh l --field kind",
                        USER),
                arguments("through a linked bin folder", "ln -s \"${L%/*}\" b; b/chainloop-token --field kind", USER),
                arguments("from its own folder", "D=d; " + INSTALL + "cd d/bin; sh chainloop-token --field kind", USER),
                arguments("from the root folder", "cd /; " + FIELD, USER),
                arguments("from a folder that is gone", "mkdir g; cd g; rmdir ../g; " + FIELD + " 2>/dev/null", USER),
                arguments("in the PATH", "PATH=${L%/*}:$PATH; cd /; chainloop-token --field kind", USER),
                arguments(
                        "a link in the current folder by an empty PATH entry",
                        "D=d; " + INSTALL + "ln -s d/bin/chainloop-token l; PATH=:$PATH; l --field kind",
                        USER),
                arguments("as an argument of sh", "sh \"$L\" --field kind", USER),
                arguments("blanks", "D='a  b '; " + INSTALL + "\"$D/bin/chainloop-token\" --field kind", USER),
                arguments("quotes", "D=\"a'b\\\"c\"; " + INSTALL + "\"$D/bin/chainloop-token\" --field kind", USER),
                arguments(
                        "shell characters",
                        "D='a$b`c*?[!]#%&;~\\d'; " + INSTALL + "\"$D/bin/chainloop-token\" --field kind",
                        USER),
                arguments(
                        "another script, in the C locale",
                        "LC_ALL=C; export LC_ALL; D=$(printf '\\346\\227\\245\\303\\251'); " + INSTALL
                                + "\"$D/bin/chainloop-token\" --field kind",
                        USER),
                arguments(
                        "a leading dash",
                        "mkdir x; cd x; D=./-n; " + INSTALL + "sh -- -n/bin/chainloop-token --field kind",
                        USER),
                arguments(
                        "a link to a leading dash",
                        "D=./-n; " + INSTALL + "ln -s ./-n/bin/chainloop-token l; ./l --field kind",
                        USER),
                arguments(
                        "a link in a folder with a leading dash",
                        "D=d; " + INSTALL
                                + "mkdir ./-x; ln -s ../d/bin/chainloop-token ./-x/l; sh -- -x/l --field kind",
                        USER),
                arguments(
                        "a folder that cannot be written",
                        "D=d; " + INSTALL
                                + "chmod -R a-w d/bin; chmod a-w d; d/bin/chainloop-token --field kind; s=$?; chmod -R u+w d/bin d; exit $s",
                        USER));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("places")
    void startsFromAnywhere(String name, String script, String out) throws Exception {
        plays(LauncherRun.in(home), script, 0, out, NOTHING);
    }

    static List<Arguments> impossiblePlaces() {
        return List.of(
                arguments(
                        "a colon in the path",
                        "D=a:b; " + INSTALL + "\"$PWD/a:b/bin/chainloop-token\"",
                        "error: Java cannot run a program from a folder with a colon in its path:"
                                + " @HOME@/a:b. Move it elsewhere.\n"),
                arguments(
                        "a copy without its jar",
                        "mkdir -p d/bin; cp \"$L\" d/bin/c; d/bin/c",
                        "error: @HOME@/d/lib/chainloop-token.jar is missing or not readable."
                                + " Install the whole folder, and link to its bin/chainloop-token.\n"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("impossiblePlaces")
    void saysWhereItCannotRun(String name, String script, String err) throws Exception {
        plays(LauncherRun.in(home), script, 69, NOTHING, err);
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"dash", "bash", "busybox sh"})
    void runsInEveryShell(String shell) throws Exception {
        LauncherRun.need(program(shell));
        plays(
                LauncherRun.in(home).env("S", shell),
                """
                ln -s "$L" l
                $S l --field kind
                $S ./l --field kind <&- 2>&-
                $S "$L" --field kind >&- 2>&-
                echo $?
                $S "$L" --fild 2>&-
                echo $?
                echo "$T" | $S "$L" --field kind
                JAVA_HOME=/nowhere
                S=$(command -v ${S%% *})${S#"${S%% *}"}
                PATH=/nowhere
                $S "$L"
                """,
                69,
                USER + USER + "74\n2\n" + API_TOKEN,
                "error: chainloop-token needs Java 17 or later; there is no /nowhere/bin/java."
                        + " Install one, or set JAVA_HOME to it.\n");
    }

    private static String program(String shell) {
        return shell.contains(" ") ? shell.substring(0, shell.indexOf(' ')) : shell;
    }

    static List<Arguments> javas() {
        String fake8 = fake("8", "1.8.0_392", true);
        String fake11 = fake("11", "11.0.22", true);
        String bare11 = fake("11", "11.0.22", false);
        String none = "PATH=$HOME/none; ";
        return List.of(
                arguments("no Java at all", none + "unset JAVA_HOME; $S \"$L\"", 69, "", needs("-; no Java was found")),
                arguments(
                        "an empty JAVA_HOME counts as none",
                        none + "JAVA_HOME=; $S \"$L\"",
                        69,
                        "",
                        needs("-; no Java was found")),
                arguments(
                        "JAVA_HOME without a Java is told",
                        none + "JAVA_HOME=/nowhere; $S \"$L\"",
                        69,
                        "",
                        needs("; there is no /nowhere/bin/java")),
                arguments(
                        "an old Java by its release file",
                        fake11 + none + "JAVA_HOME=$HOME/11; $S \"$L\"",
                        69,
                        "",
                        needs("; @HOME@/11/bin/java is Java 11")),
                arguments(
                        "an old Java by what it says",
                        bare11 + none + "JAVA_HOME=$HOME/11; $S \"$L\"",
                        69,
                        "",
                        needs("; @HOME@/11/bin/java is Java 11")),
                arguments(
                        "Java 8 is called 8",
                        fake8 + none + "JAVA_HOME=$HOME/8; $S \"$L\"",
                        69,
                        "",
                        needs("; @HOME@/8/bin/java is Java 8")),
                arguments(
                        "a Java that says nothing",
                        "mkdir -p e/bin; ln -s /bin/true e/bin/java; " + none + "JAVA_HOME=$HOME/e; $S \"$L\"",
                        69,
                        "",
                        needs("; @HOME@/e/bin/java is Java of an unknown version")),
                arguments(
                        "two old Javas are both told",
                        fake8 + fake11 + "JAVA_HOME=$HOME/8; PATH=$HOME/11/bin; $S \"$L\"",
                        69,
                        "",
                        needs("; @HOME@/8/bin/java is Java 8; @HOME@/11/bin/java is Java 11")),
                arguments(
                        "an old JAVA_HOME gives way to the PATH's",
                        fake11 + fake("21", "21.0.1", true) + "JAVA_HOME=$HOME/11; PATH=$HOME/21/bin:$PATH; \"$L\"",
                        0,
                        "java 21\n",
                        ""),
                arguments(
                        "JAVA_HOME wins over the PATH's",
                        fake("21", "21.0.1", true) + fake("22", "22", true)
                                + "JAVA_HOME=$HOME/22; PATH=$HOME/21/bin:$PATH; \"$L\"",
                        0,
                        "java 22\n",
                        ""),
                arguments(
                        "without a release file Java is asked",
                        fake("21", "21.0.1", false) + "JAVA_HOME=$HOME/21; \"$L\"",
                        0,
                        "java 21\n",
                        ""),
                arguments(
                        "an early-access Java by its release file",
                        fake("99", "99-ea", true) + "JAVA_HOME=$HOME/99; \"$L\"",
                        0,
                        "java 99\n",
                        ""),
                arguments(
                        "a release file without a version",
                        fake("21", "21", false) + "echo IMPLEMENTOR=x >21/release; JAVA_HOME=$HOME/21; \"$L\"",
                        0,
                        "java 21\n",
                        ""),
                arguments(
                        "a link in the PATH leads to the release file",
                        fake("21", "21", true) + "mkdir p; ln -s ../21/bin/java p/java; unset JAVA_HOME;"
                                + " PATH=$HOME/p:$PATH; \"$L\"",
                        0,
                        "java 21\n",
                        ""),
                arguments(
                        "blanks in JAVA_HOME",
                        fake("21", "21", true) + "mv 21 'j d k'; JAVA_HOME=$HOME/'j d k'; \"$L\"",
                        0,
                        "java 21\n",
                        ""));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("javas")
    void takesTheFirstJavaThatIsNewEnough(String name, String script, int status, String out, String err)
            throws Exception {
        plays(LauncherRun.in(home).env("S", "/bin/sh"), script, status, out, err);
    }

    /** Makes a folder with a Java that only tells its name and version. */
    private static String fake(String name, String version, boolean release) {
        return "mkdir -p " + name + "/bin; printf '%s\\n' '#!/bin/sh' 'case $1 in"
                + " -version) echo \"openjdk version \\\"" + version + "\\\" 2024-01-16\" >&2 ;;"
                + " *) echo java " + name + " ;; esac' >" + name + "/bin/java; chmod +x " + name + "/bin/java; "
                + (release ? "printf 'A=\"1\"\\nJAVA_VERSION=\"" + version + "\"\\n' >" + name + "/release; " : "");
    }

    private static String needs(String seen) {
        return "error: chainloop-token needs Java 17 or later" + seen.replace("-;", ";")
                + ". Install one, or set JAVA_HOME to it.\n";
    }

    /** Else the JVM opens files of its own in their places. A bash keeps the script there, which does as well. */
    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"dash", "bash", "busybox sh"})
    void closedDescriptorsAreTakenBeforeTheJvmStarts(String shell) throws Exception {
        LauncherRun.need(program(shell));
        LauncherRun.skipUnless(Files.exists(Path.of("/proc/self/fd")), "there is no /proc here");
        plays(
                LauncherRun.in(home).env("S", shell),
                """
                mkdir -p 21/bin
                echo 'JAVA_VERSION="21"' >21/release
                cat >21/bin/java <<'E'
                #!/bin/sh
                exec 7>>"$HOME/fds"
                for n in 0 1 2; do target=$(readlink /proc/$$/fd/$n); echo "$target" >&7; done
                E
                chmod +x 21/bin/java
                JAVA_HOME=$HOME/21
                $S "$L" <&- >&- 2>&-
                $S "$L" <&- >OUT 2>ERR
                $S "$L" 2>&- >/dev/null
                sed "s|$PWD/||; s|^$L$|/dev/null|" fds
                """,
                0,
                "/dev/null\n".repeat(3) + "/dev/null\nOUT\nERR\n" + "/dev/null\n".repeat(3),
                NOTHING);
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"\"$L\"", "\"$JAVA_HOME/bin/java\" -jar \"$JAR\""})
    void loadsNothingFromTheCurrentFolder(String launcher) throws Exception {
        plays(LauncherRun.in(home).env("CLASSPATH", "."), """
                for class in dev/chainloop/token/Main dev/chainloop/token/cli/Cli picocli/CommandLine \
                        com/fasterxml/jackson/core/JsonFactory; do
                    mkdir -p "${class%/*}"
                    echo junk >"$class.class"
                done
                mkdir -p META-INF/services
                echo evil.Provider >META-INF/services/java.nio.file.spi.FileSystemProvider
                echo evil.Finder >META-INF/services/java.lang.System\\$LoggerFinder
                echo evil.Factory >META-INF/services/com.fasterxml.jackson.core.JsonFactory
                """ + launcher + " --field kind", 0, USER, NOTHING);
    }

    @Test
    void aJvmThatCannotStartSaysSoOnStderr() throws Exception {
        CliRun.Result result = LauncherRun.in(home).script("ulimit -v 300000; " + FIELD);
        assertEquals(NOTHING, result.out());
        assertEquals(
                "Error occurred during initialization of VM",
                result.err().lines().findFirst().orElse(""));
    }

    private static void plays(LauncherRun run, String script, int status, String out, String err) throws Exception {
        assertEquals(new CliRun.Result(status, out, err), run.script(script));
    }
}
