package dev.chainloop.token;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.chainloop.token.testing.CliRun;
import dev.chainloop.token.testing.LauncherRun;
import dev.chainloop.token.testing.TokenMint;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The installed launcher in real processes: what only a process has, and no test within one JVM can see. */
class LauncherIT {
    private static final String USER = "user\n";
    private static final String API_TOKEN = "api-token\n";
    private static final String NOTHING = "";
    private static final String HINT =
            "note: waiting for a token on stdin, a pipe; to skip it: `</dev/null`, or `--source env` or `config`\n";
    private static final String NO_OUTPUT =
            "error: the output cannot be written. Check the disk, and what stdout is open on.\n";

    private static final String FIELD = "\"$L\" --field kind";
    /** Makes descriptor 0 a socket: S is the launcher's end, P the other. */
    private static final String SOCKET = "perl -MSocket -e '"
            + "socketpair(S, P, AF_UNIX, SOCK_STREAM, 0) or die; syswrite P, $ENV{DATA}; close P if $ENV{DATA};"
            + "open(STDIN, \"<&\", \\*S) or die; exec @ARGV' " + FIELD;
    /** Puts a launcher into {@code $D} that shares the installed jar. */
    private static final String INSTALL =
            "mkdir -p \"$D/bin\"; cp \"$L\" \"$D/bin/\"; ln -s \"${JAR%/*}\" \"$D/lib\"; ";

    @TempDir
    Path home;

    /** JUnit warns of each link out of the folder that it deletes. */
    @AfterEach
    void deleteLinks() throws IOException {
        try (Stream<Path> files = Files.walk(home)) {
            for (Path link : files.filter(Files::isSymbolicLink).toList()) {
                Files.delete(link);
            }
        }
    }

    static List<Arguments> streams() {
        return List.of(
                arguments("a pipe is read", "echo \"$T\" | " + FIELD, 0, API_TOKEN, NOTHING),
                arguments("a regular file is read", "echo \"$T\" >f; " + FIELD + " <f", 0, API_TOKEN, NOTHING),
                arguments(
                        "a file without a name is read",
                        "echo \"$T\" >f; exec 3<f; rm f; " + FIELD + " <&3",
                        0,
                        API_TOKEN,
                        NOTHING),
                arguments("a here-document is read", FIELD + " <<E\n$T\nE\n", 0, API_TOKEN, NOTHING),
                arguments("/dev/null is passed over", FIELD + " </dev/null", 0, USER, NOTHING),
                arguments("an ended pipe is passed over", ": | " + FIELD, 0, USER, NOTHING),
                arguments("a pipe with a blank line is passed over", "echo | " + FIELD, 0, USER, NOTHING),
                arguments("an empty file is passed over", ": >f; " + FIELD + " <f", 0, USER, NOTHING),
                arguments("a closed stdin is passed over", FIELD + " <&-", 0, USER, NOTHING),
                arguments("a folder as stdin is passed over", FIELD + " <.", 0, USER, NOTHING),
                arguments("a pipe is read because of -", "echo \"$T\" | \"$L\" --field kind -", 0, API_TOKEN, NOTHING),
                arguments("/dev/null is all there is with -", "\"$L\" --field kind - </dev/null", 1, "\n", NOTHING),
                arguments("a closed stdin is all there is with -", "\"$L\" --field kind - <&-", 1, "\n", NOTHING),
                arguments("a pipe is left alone with --source", "yes | " + FIELD + " --source env", 0, USER, NOTHING),
                arguments("a closed stdout cannot be written", FIELD + " >&-", 74, NOTHING, NO_OUTPUT),
                arguments("a full disk cannot be written", FIELD + " >/dev/full", 74, NOTHING, NO_OUTPUT),
                arguments(
                        "a full disk tells its status also with JSON", "\"$L\" -o json >/dev/full", 74, "", NO_OUTPUT),
                arguments("a closed stderr does not matter", FIELD + " 2>&-", 0, USER, NOTHING),
                arguments("a full stderr does not matter", "\"$L\" x.y.z 2>/dev/full", 3, NOTHING, NOTHING),
                arguments("a closed stderr leaves a usage error its status", "\"$L\" --fild 2>&-", 2, "", NOTHING),
                arguments("all three closed", FIELD + " <&- >&- 2>&-", 74, NOTHING, NOTHING),
                arguments("stdin and stderr closed", FIELD + " <&- 2>&-", 0, USER, NOTHING),
                arguments(
                        "a reader that has gone leaves the status of a typed token",
                        "{ sleep 0.2; \"$L\" --claims; echo $? >status; } | :; cat status",
                        0,
                        "0\n",
                        NOTHING),
                arguments(
                        "a reader that has gone leaves the status of nil",
                        "unset CHAINLOOP_TOKEN; { sleep 0.2; \"$L\" --field kind; echo $? >status; } | :; cat status",
                        0,
                        "1\n",
                        NOTHING),
                arguments(
                        "head takes one line",
                        "echo \"$T\" | \"$L\" | head -1",
                        0,
                        "API token \"ci\" of acme: never expires\n",
                        NOTHING),
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

    @ParameterizedTest(name = "{0}")
    @MethodSource("streams")
    void tellsWhatItsStreamsAreOpenOn(String name, String script, int status, String out, String err) throws Exception {
        plays(LauncherRun.in(home), script, status, out, err);
    }

    static List<Arguments> scripts() {
        return List.of(
                arguments(
                        "set -eu and a command substitution",
                        "set -eu; kind=$(" + FIELD + "); echo \"<$kind>\"",
                        0,
                        "<user>\n"),
                arguments(
                        "-c in a loop eats nothing of what the loop reads",
                        "printf \"[auth]\\ntoken = '%s'\\n\" \"$T\" >c; printf '1\\n2\\n3\\n' | while read -r n; do"
                                + " echo \"$n $(\"$L\" -c c --field kind)\"; done",
                        0,
                        "1 api-token\n2 api-token\n3 api-token\n"),
                arguments("a hook's pipe with nothing in it", "mkfifo p; : >p & (exec <p; " + FIELD + ")", 0, USER),
                arguments(
                        "the status steers an if",
                        "if \"$L\" x.y.z >o 2>&1; then echo yes; else echo $?; fi",
                        0,
                        "3\n"),
                arguments("arguments arrive as they are", "\"$L\" --field 'a b' 2>&1 | wc -l", 0, "1\n"),
                arguments("@ is no argument file", "echo --version >f; \"$L\" @f.. 2>o; echo $?", 0, "3\n"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("scripts")
    void fitsIntoScripts(String name, String script, int status, String out) throws Exception {
        LauncherRun run = LauncherRun.in(home);
        CliRun.Result result = run.script(script);
        assertEquals(new CliRun.Result(status, out, NOTHING), result);
    }

    static List<Arguments> sockets() {
        return List.of(
                arguments("a socket with data is read", TokenMint.token(TokenMint.API_TOKEN), API_TOKEN, NOTHING),
                arguments(
                        "a socket without data is told and passed over",
                        "",
                        USER,
                        "note: stdin is a socket with no data waiting, so it was not read; `-` reads it\n"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("sockets")
    void readsASocketThatHasData(String name, String data, String out, String err) throws Exception {
        LauncherRun.need("perl");
        plays(LauncherRun.in(home).env("DATA", data), SOCKET, 0, out, err);
    }

    /** And while it waits, it has no file of the JVM's performance data. */
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
                share/fish/vendor_completions.d/chainloop-token.fish
                share/man/man1/chainloop-token-check.1
                share/man/man1/chainloop-token-completion.1
                share/man/man1/chainloop-token-explain.1
                share/man/man1/chainloop-token-help.1
                share/man/man1/chainloop-token-inspect.1
                share/man/man1/chainloop-token-schema.1
                share/man/man1/chainloop-token-sources.1
                share/man/man1/chainloop-token-verify.1
                share/man/man1/chainloop-token.1
                share/zsh/site-functions/_chainloop-token
                """, ""), LauncherRun.in(home).script(list));
    }

    @Test
    void hintsAtASilentPipeAfterTwoSeconds() throws Exception {
        plays(LauncherRun.in(home), """
                mkfifo p
                { exec 3>p; until [ -s e ]; do sleep 0.1; done; } &
                "$L" --field kind <p 2>e &
                sleep 1
                ls -d /tmp/hsperfdata_*/$! 2>/dev/null
                wait $!
                cat e >&2
                """, 0, USER, HINT);
    }

    static List<Arguments> terminals() {
        String headline = "\033[1mAPI token \"ci\" of acme\033[0m: \033[32mnever expires\033[0m\r\n";
        String plain = "API token \"ci\" of acme: never expires\r\n";
        String inTerminal = "CHAINLOOP_TOKEN=$T script -qec '\"$L\"' /dev/null </dev/null | head -1";
        return List.of(
                arguments("colour in a terminal", inTerminal, headline),
                arguments("no colour with NO_COLOR", "export NO_COLOR=1; " + inTerminal, plain),
                arguments("no colour on a dumb terminal", "export TERM=dumb; " + inTerminal, plain),
                arguments(
                        "no colour in a pipe out of a terminal",
                        "CHAINLOOP_TOKEN=$T script -qec '\"$L\" | head -1' /dev/null </dev/null",
                        plain),
                arguments(
                        "what is typed is not read",
                        "echo \"$T\" | script -qec '\"$L\" --field kind >o' /dev/null >/dev/null; cat o",
                        USER));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("terminals")
    void knowsATerminal(String name, String script, String out) throws Exception {
        LauncherRun.need("script");
        plays(LauncherRun.in(home).env("TERM", "xterm"), script, 0, out, NOTHING);
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

    @Test
    void runsAsAnotherUser() throws Exception {
        LauncherRun.need("setpriv");
        String nobody = "setpriv --reuid=65534 --regid=65534 --clear-groups ";
        boolean able = LauncherRun.in(home).script(nobody + "test -r \"$JAR\"").status() == 0;
        LauncherRun.skipUnless(able, "only root can be another user, who must be able to read the jar");
        plays(LauncherRun.in(home), "cd /; HOME=/nowhere " + nobody + FIELD, 0, USER, NOTHING);
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

    static List<Arguments> variables() {
        return List.of(
                arguments("JAVA_TOOL_OPTIONS", "-Dx=y"),
                arguments("JDK_JAVA_OPTIONS", "-Dx=y"),
                arguments("_JAVA_OPTIONS", "-Xmx32m"),
                arguments("_JAVA_LAUNCHER_DEBUG", "1"),
                arguments("CLASSPATH", ".:/nowhere/*:::junk.jar"),
                arguments("LC_ALL", "C"),
                arguments("LC_ALL", "tr_TR.UTF-8"),
                arguments("LANG", "ja_JP.eucJP"),
                arguments("TZ", "Nowhere/Land"),
                arguments("TZ", ":/etc/passwd"),
                arguments("TZ", "XXX-25:61:61"),
                arguments("IFS", "aeiou"),
                arguments("major", "11"),
                arguments("java", "/nowhere"),
                arguments("POSIXLY_CORRECT", "1"),
                arguments("XDG_CONFIG_HOME", "relative"));
    }

    @ParameterizedTest(name = "{0}={1}")
    @MethodSource("variables")
    void isDeafToTheEnvironment(String variable, String value) throws Exception {
        // A bash says itself, before the launcher does anything, that a locale is missing.
        boolean bash = LauncherRun.in(home)
                .script("sh -c 'echo ${BASH_VERSION+bash}'")
                .out()
                .equals("bash\n");
        LauncherRun.skipUnless(!bash || !variable.equals("LC_ALL"), "sh is a bash here, which complains of locales");
        LauncherRun run = LauncherRun.in(home);
        // Set by the script, since the script's own shell may be one that heeds it.
        plays(run.env("V", value), "env " + variable + "=\"$V\" \"$L\" --field kind", 0, USER, NOTHING);
    }

    @Test
    void readsAConfigFileOfAnotherScriptInTheCLocale() throws Exception {
        plays(
                LauncherRun.in(home).env("LC_ALL", "C").unset("CHAINLOOP_TOKEN"),
                """
                HOME=$HOME/$(printf '\\346\\227\\245\\303\\251')
                mkdir -p "$HOME/.config/chainloop"
                printf "[auth]\\ntoken = '%s'\\n" "$T" >"$HOME/.config/chainloop/config.toml"
                "$L" --field kind,source.kind
                "$L" -c "$HOME/.config/chainloop/config.toml" --field kind
                """,
                0,
                "api-token\nconfig\napi-token\n",
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

    /** The variable's and the file's tokens, by way of a healthy run, an unhappy one, and a JVM that is shot. */
    @Test
    void leavesNoFilesBehind() throws Exception {
        Path config = home.resolve(".config/chainloop/config.toml");
        Files.createDirectories(config.getParent());
        Files.writeString(config, "[auth]\ntoken = '" + TokenMint.token(TokenMint.API_TOKEN) + "'\n");
        FileTime longAgo = FileTime.from(Instant.parse("2020-01-01T00:00:00Z"));
        Files.setLastModifiedTime(config, longAgo);
        Files.createDirectories(home.resolve("work"));
        List<String> before = listing();

        plays(LauncherRun.in(home), """
                cd work
                "$L" --field kind,id
                "$L" --source config --field kind
                "$L" x.y.z >/dev/null 2>&1
                echo $?
                sleep 3 | "$L" >/dev/null 2>&1 &
                sleep 0.5
                kill -SEGV $!
                wait $! 2>/dev/null || :
                """, 0, "user\nbc0b2199-ca85-42ab-a857-042e9c109d43\napi-token\n3\n", NOTHING);

        assertEquals(before, listing());
        assertEquals(longAgo, Files.getLastModifiedTime(config));
    }

    private List<String> listing() throws IOException {
        List<String> lines = new ArrayList<>();
        try (Stream<Path> files = Files.walk(home)) {
            for (Path file : files.sorted().toList()) {
                lines.add(home.relativize(file) + (Files.isRegularFile(file) ? " " + Files.readString(file) : ""));
            }
        }
        return lines;
    }

    @Test
    void aJvmThatCannotStartSaysSoOnStderr() throws Exception {
        CliRun.Result result = LauncherRun.in(home).script("ulimit -v 300000; " + FIELD);
        assertEquals(NOTHING, result.out());
        assertEquals(
                "Error occurred during initialization of VM",
                result.err().lines().findFirst().orElse(""));
    }

    /** As the CLI writes it: truncate, write, fsync; slower here, so that readers meet each state of it. */
    @Test
    void neverAnswersWronglyWhileTheConfigFileIsRewritten() throws Exception {
        Path config = home.resolve(".config/chainloop/config.toml");
        Files.createDirectories(config.getParent());
        Files.writeString(config, config(TokenMint.API_TOKEN));
        Writer writer = new Writer(config);
        Thread thread = new Thread(writer);
        thread.start();
        CliRun.Result result;
        try {
            result = LauncherRun.in(home)
                    .unset("CHAINLOOP_TOKEN")
                    .script("i=0; while [ $i -lt 20 ]; do " + FIELD + " || echo \"status $?\"; i=$((i + 1)); done");
        } finally {
            writer.stop = true;
            thread.join();
        }
        assertNull(writer.failure);
        List<String> wrong = result.out()
                .lines()
                .filter(line -> !line.equals("user") && !line.equals("api-token"))
                .toList();
        assertEquals(List.of(), wrong);
        assertEquals(20, result.out().lines().count());
        assertEquals(new CliRun.Result(0, result.out(), NOTHING), result);
    }

    private static String config(String payload) {
        return "api-insecure = false\norganization = 'my-org'\n\n[auth]\ntoken = '" + TokenMint.token(payload)
                + "'\n\n[control-plane]\napi = 'api.cp.chainloop.dev:443'\napi-ca = ''\n";
    }

    private static final class Writer implements Runnable {
        private final Path file;
        private volatile boolean stop;
        private volatile IOException failure;

        Writer(Path file) {
            this.file = file;
        }

        @Override
        public void run() {
            Random random = new Random(2812);
            try {
                for (int i = 0; !stop; i++) {
                    byte[] text = config(i % 2 == 0 ? TokenMint.USER : TokenMint.API_TOKEN)
                            .getBytes(StandardCharsets.UTF_8);
                    // Within the token.
                    int cut = 200 + random.nextInt(100);
                    try (FileChannel channel =
                            FileChannel.open(file, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
                        pause(random.nextInt(8));
                        channel.write(ByteBuffer.wrap(text, 0, cut));
                        pause(random.nextInt(8));
                        channel.write(ByteBuffer.wrap(text, cut, text.length - cut));
                        channel.force(true);
                    }
                    pause(10 + random.nextInt(40));
                }
            } catch (IOException e) {
                failure = e;
            }
        }

        private static void pause(int millis) {
            try {
                Thread.sleep(millis);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static void plays(LauncherRun run, String script, int status, String out, String err) throws Exception {
        assertEquals(new CliRun.Result(status, out, err), run.script(script));
    }
}
