package dev.chainloop.token;

import static org.junit.jupiter.api.Assertions.*;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.chainloop.token.testing.CliRun;
import dev.chainloop.token.testing.Program;
import dev.chainloop.token.testing.Tool;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The launcher: where it starts from, and with which Java. What any tool must do is in {@link ToolIT}. */
@Execution(ExecutionMode.CONCURRENT)
class LauncherIT {
    private static final String USER = "user\n";
    private static final String NOTHING = "";

    /** {@code install FOLDER}: a launcher that shares the installed jar. */
    private static final String INSTALL =
            "install() { mkdir -p \"$1/bin\"; cp \"$L\" \"$1/bin/\"; ln -s \"${JAR%/*}\" \"$1/lib\"; }\n";

    /** {@code java_is NAME VERSION [release]}: prints a new folder with a Java that tells its name or version. */
    private static final String JAVA_IS = """
            java_is() {
                mkdir -p "$1/bin"
                echo '#!/bin/sh' >"$1/bin/java"
                echo "[ \\$1 = -version ] && echo 'openjdk \\"$2\\"' >&2 || echo java '$1'" >>"$1/bin/java"
                chmod +x "$1/bin/java"
                [ $# = 2 ] || printf 'A="1"\\nJAVA_VERSION="%s"\\n' "$2" >"$1/release"
                echo "$PWD/$1"
            }
            """;

    @TempDir
    Path home;

    @BeforeAll
    static void isTheTool() {
        assumeFalse(Tool.isGiven(), "-Dtool names another");
    }

    @AfterEach
    void deleteLinks() throws IOException {
        Tool.deleteLinks(home);
    }

    @Test
    void everythingIsThere() throws Exception {
        plays(Tool.in(home), """
                cd "${L%/bin/*}"
                ls bin lib
                for f in share/*/*/*; do echo "$f"; done | grep -v -e '[.]md$' -e '/[a-z]*-token-[a-z]*[.]1$'
                """, 0, """
                bin:
                chainloop-token

                lib:
                chainloop-token.jar
                share/bash-completion/completions/chainloop-token
                share/doc/chainloop-token/LICENSE
                share/doc/chainloop-token/NOTICE
                LICENSESshare/doc/chainloop-token/schema.json
                share/doc/chainloop-token/screens.svg
                share/fish/vendor_completions.d/chainloop-token.fish
                share/man/man1/chainloop-token.1
                share/zsh/site-functions/_chainloop-token
                """.replace("LICENSES", Tool.listOfLicenses()), NOTHING);
    }

    /** In the repository the files lie in several folders; here, in one. */
    @Test
    void itsDocumentsLinkToEachOther() throws IOException {
        Path documents =
                Tool.path().resolveSibling("../share/doc/chainloop-token").normalize();
        List<String> broken = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(documents, "*.md")) {
            for (Path file : files) {
                for (Matcher link = DocumentsTest.LINK.matcher(Files.readString(file)); link.find(); ) {
                    if (!Files.exists(documents.resolve(link.group(1)))) {
                        broken.add(file.getFileName() + ": " + link.group(1));
                    }
                }
            }
        }
        assertEquals(List.of(), broken);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiterString = " => ", quoteCharacter = '^', textBlock = """
            an absolute link                => ln -s "$L" l; ./l --field kind => ^^
            a folder that is gone           => mkdir g; cd g; rmdir ../g; "$L" --field kind 2>/dev/null => ^^
            shell characters                =>\
             D='a$b`c*?[!]#%&;~\\d'"'e"; install "$D"; "$D/bin/chainloop-token" --field kind => ^^
            another script, in the C locale => export LC_ALL=C;\
             D=$(printf '\\346\\227\\245\\303\\251'); install "$D"; "$D/bin/chainloop-token" --field kind => ^^
            a link behind a leading dash    => install ./-n; ln -s bin/chainloop-token ./-n/l; sh -- -n/l --field kind => ^^
            a colon                         => install a:b; a:b/bin/chainloop-token =>\
             Java cannot run a program from a path with a colon:\
             a:b/bin/../lib/chainloop-token.jar. Move it elsewhere.
            without a jar                   => install d; rm d/lib; d/bin/chainloop-token =>\
             d/bin/../lib/chainloop-token.jar is missing or not readable.\
             Install the whole folder, and link to its bin/chainloop-token.
            """)
    void startsFromAnywhereOrSaysWhyNot(String name, String script, String error) throws Exception {
        if (error.isEmpty()) {
            plays(Tool.in(home), INSTALL + script, 0, USER, NOTHING);
        } else {
            plays(Tool.in(home), INSTALL + script, 69, NOTHING, "error: " + error + "\n");
        }
    }

    /** Closed descriptors are taken, else the JVM opens files there; by a bash for the script, which does as well. */
    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"dash", "bash", "busybox sh"})
    void runsInEveryShell(String shell) throws Exception {
        Program.require(shell.replaceFirst(" .*", ""));
        plays(
                Tool.in(home).env("S", shell),
                """
                ln -s "$L" l
                $S l --field kind
                $S "$L" --field kind <&- 2>&-
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
                USER + USER + "74\n2\napi-token\n",
                "error: chainloop-token needs Java 17 or later; there is no /nowhere/bin/java."
                        + " Install one, or set JAVA_HOME to it.\n");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiterString = " => ", quoteCharacter = '^', textBlock = """
            an old JAVA_HOME gives way to the PATH's => JAVA_HOME=$(java_is 11 11.0.22 r);\
             PATH=$(java_is 21 21 r)/bin => java 21
            JAVA_HOME wins over the PATH's           => JAVA_HOME=$(java_is 22 22 r);\
             PATH=$(java_is 21 21 r)/bin => java 22
            a relative JAVA_HOME is none             => java_is 22 22 r >/dev/null; JAVA_HOME=22;\
             PATH=$(java_is 21 21 r)/bin => java 21
            an early-access Java, by what it says    => JAVA_HOME=$(java_is 99 99-ea) => java 99
            a link leads to the release file         => J=$(java_is 21 11); echo 'JAVA_VERSION="21"' >21/release;\
             mkdir p; ln -s $J/bin/java p/java; unset JAVA_HOME; PATH=$HOME/p:$PATH => java 21
            no Java at all                           => unset JAVA_HOME; PATH=/nowhere => no Java was found
            JAVA_HOME without a Java                 => JAVA_HOME=/nowhere; PATH= => there is no /nowhere/bin/java
            two old ones, by their release files     => JAVA_HOME=$(java_is 8 1.8.0 r); PATH=$(java_is 16 16 r)/bin =>\
             @HOME@/8/bin/java is Java 8; @HOME@/16/bin/java is Java 16
            """)
    void takesTheFirstJavaThatIsNewEnough(String name, String script, String said) throws Exception {
        boolean found = said.startsWith("java");
        String error =
                "error: chainloop-token needs Java 17 or later; " + said + ". Install one, or set JAVA_HOME to it.\n";
        plays(
                Tool.in(home),
                JAVA_IS + script + "; /bin/sh \"$L\"",
                found ? 0 : 69,
                found ? said + "\n" : NOTHING,
                found ? NOTHING : error);
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"\"$L\"", "LC_ALL=C.UTF-8 \"$JAVA_HOME/bin/java\" -jar \"$JAR\""})
    void loadsNothingFromTheCurrentFolder(String launcher) throws Exception {
        plays(Tool.in(home).env("CLASSPATH", "."), """
                for class in dev/chainloop/token/Main picocli/CommandLine com/fasterxml/jackson/core/JsonFactory; do
                    mkdir -p "${class%/*}"
                    echo junk >"$class.class"
                done
                mkdir -p META-INF/services
                echo evil.Provider >META-INF/services/java.nio.file.spi.FileSystemProvider
                echo evil.Factory >META-INF/services/com.fasterxml.jackson.core.JsonFactory
                """ + launcher + " --field kind", 0, USER, NOTHING);
    }

    /** A relative entry of PATH may be in a folder that anybody can write to; the JVM reports files with options there. */
    @ParameterizedTest
    @ValueSource(strings = {".", "", "bin", "./bin:..", "bin:"})
    void runsNothingFromTheCurrentFolder(String relative) throws Exception {
        plays(Tool.in(home).env("RELATIVE", relative), """
                good=$JAVA_HOME/bin
                unset JAVA_HOME
                mkdir -p bin
                for program in java readlink bin/java bin/readlink; do
                    printf '#!/bin/sh\necho evil\n' >"$program"; chmod +x "$program"
                done
                echo '+PrintGC' | tee .hotspotrc >.hotspot_compiler
                ln -s "$L" link
                PATH="$RELATIVE:$good:/usr/bin:/bin:$RELATIVE"
                /bin/sh ./link --field kind
                """, 0, USER, NOTHING);
    }

    private static void plays(Program run, String script, int status, String out, String err) throws Exception {
        assertEquals(new CliRun.Result(status, out, err), run.script(script));
    }
}
