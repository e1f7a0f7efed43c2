package dev.chainloop.token;

import static org.junit.jupiter.api.Assertions.*;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.chainloop.token.testing.CliRun;
import dev.chainloop.token.testing.Program;
import dev.chainloop.token.testing.Tool;
import dev.chainloop.token.verification.SignedToken;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What the native executable does differently from a JVM. In scripts, {@code $L} is the executable, {@code $TAR} the
 * archive that is published.
 */
@EnabledIfSystemProperty(named = "native", matches = ".+")
class NativeIT {
    private static final int LARGEST = 18_000_000;
    /** The second part of its version. */
    private static final int NEWEST_GLIBC = 34;

    @TempDir
    Path home;

    @AfterEach
    void deleteLinks() throws IOException {
        Tool.deleteLinks(home);
    }

    /** ~ is a line break. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiterString = " => ", quoteCharacter = '`', textBlock = """
            unpacked              => tar -xzf "$TAR"; chainloop-token-*/bin/chainloop-token --field kind => user~
            copied alone, with a blank in its path => mkdir 'a b'; cp "$L" 'a b/'; 'a b'/* --field kind => user~
            a home that cannot be written => export HOME=/proc/self; "$L" --field kind  => user~
            an empty environment  => env -i CHAINLOOP_TOKEN="$CHAINLOOP_TOKEN" "$L" --field kind         => user~
            # The run time reserves most of it, and never uses it.
            little address space  => ulimit -v 700000; "$L" --field kind                                 => user~
            few open files        => ulimit -n 8; "$L" --field kind                                      => user~
            a small stack         => ulimit -s 256; "$L" --field kind                                    => user~
            no core dump          => ulimit -c 0; "$L" --field kind                                      => user~
            # Even those that a run time would take for itself: here, an argument too many or an unknown option.
            the tool gets every argument => for option in -XX:+PrintGC -XX:MaxHeapSize=1m -Xmx1m -Xss1k -Dos.name=Windows -Duser.home=/\
             -verbose:gc; do "$L" "$option" --field kind >out 2>err; echo "$?" $(wc -l <out); done | sort -u;\
             "$L" --token -Xmx1m --field kind >o 2>&1; echo "$?" => 2 0~3~
            # Background jobs of a shell ignore SIGINT, and nohup SIGHUP; env resets that.
            SIGINT                => SIGNAL kill -INT $!; { wait $!; } 2>/dev/null; echo $?              => 130~
            SIGTERM               => SIGNAL kill -TERM $!; { wait $!; } 2>/dev/null; echo $?             => 143~
            SIGHUP                => SIGNAL kill -HUP $!; { wait $!; } 2>/dev/null; echo $?              => 129~
            # A run time's report of a crash would show its memory, where the first part of the token already is.
            a crash says nothing  => mkfifo p; ulimit -c 0; (exec 4>p; printf %s "$T" >&4; sleep 2) & "$L" --field kind <p 2>err &\
             sleep 1; kill -SEGV $!; { wait $!; } 2>/dev/null; echo $?; cat err                          => 139~
            """)
    void worksAnywhere(String name, String script, String out) throws Exception {
        if (script.startsWith("ulimit")) {
            needLimitsOfAddressSpace();
        }
        if (script.contains("SIGNAL")) {
            Program.require("setsid");
        }
        String signalled =
                "mkfifo p; (exec 4<>p; exec env --default-signal=INT,TERM,HUP \"$L\" --source stdin <&4 2>/dev/null) &"
                        + " sleep 0.5;";
        plays(script.replace("SIGNAL", signalled), out.replace('~', '\n'));
    }

    /** The next file to be opened must not get the number of a closed stdout, and then the answer. */
    @Test
    void noFileTakesThePlaceOfAClosedDescriptor() throws Exception {
        plays("""
                : >outputs; : >summary
                export GITHUB_OUTPUT=$HOME/outputs GITHUB_STEP_SUMMARY=$HOME/summary
                "$L" check -o github >said 2>&1; cp outputs expected; : >outputs; : >summary
                "$L" check -o github <&- >&- 2>&-; echo $?
                grep -c '^::' outputs summary
                printf '[auth]\\ntoken = "%s"\\n' "$CHAINLOOP_TOKEN" >c; cp c before; unset CHAINLOOP_TOKEN
                "$L" -c c <&- >&- 2>&-; echo $?; cmp c before
                """, "74\noutputs:0\nsummary:0\n74\n");
    }

    /** macOS rejects this limit. */
    private static void needLimitsOfAddressSpace() throws Exception {
        CliRun.Result limited = Program.of("sh", "-c", "ulimit -v 300000").run();
        assumeTrue(limited.status() == 0, "this system does not limit the address space");
    }

    /** It says so in one line, without a stack trace. */
    @Test
    void saysThatThereIsTooLittleMemory() throws Exception {
        needLimitsOfAddressSpace();
        CliRun.Result result = run().script("ulimit -v 20000; \"$L\" --field kind");
        assertTrue(result.status() != 0, result::toString);
        assertEquals("", result.out());
        assertTrue(result.err().lines().count() <= 2, result.err());
    }

    static List<SignedToken> signedTokens() throws Exception {
        return SignedToken.all();
    }

    /** Uses every algorithm and form of key, because an executable cannot load later what it lacks. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("signedTokens")
    void judgesEverySignature(SignedToken signed) throws Exception {
        Files.writeString(home.resolve("key"), signed.key());
        CliRun.Result result = run().env("CHAINLOOP_TOKEN", signed.token())
                .script("\"$L\" verify --at 2026-01-01T00:00:00Z " + signed.option()
                        + " key >o 2>&1; grep '^  Signature' o || cat o");
        assertEquals("  Signature     " + signed.algorithm() + ", verified\n", result.out(), result::toString);
    }

    @Test
    void needsNoLibraryButTheCLibrary() throws Exception {
        Program.require("objdump");
        String needed = Program.run("sh", "-c", "objdump -p \"$1\" | sed -n 's/^ *NEEDED *//p'", "-", executable());
        String allowed = isStatic() ? "" : "(lib(c|m|dl|rt|pthread)|ld-linux.*)[.]so[.][0-9]";
        assertEquals(
                List.of(),
                needed.lines().filter(library -> !library.matches(allowed)).toList());
    }

    /** It asks for no newer symbol of glibc than Debian 12, Ubuntu 22.04 and RHEL 9 have. */
    @Test
    void runsOnSystemsThatAreInUse() throws Exception {
        Program.require("objdump");
        assumeTrue(isStatic() || !isOfDebian(), "Debian's JDK asks for a newer glibc");
        String newest = Program.run(
                "sh",
                "-c",
                "objdump -T \"$1\" 2>/dev/null | grep -o 'GLIBC_2[.0-9]*' | sort -uV | tail -n 1",
                "-",
                executable());
        String minor = newest.replaceFirst("^GLIBC_2[.]", "").strip();
        if (isStatic()) {
            assertEquals("", minor);
        } else {
            assertTrue(Double.parseDouble(minor) <= NEWEST_GLIBC, newest);
        }
    }

    private static boolean isOfDebian() throws IOException {
        Path release = Path.of(executable()).resolveSibling("../share/doc/chainloop-token/runtime/release");
        return Files.readString(release).contains("IMPLEMENTOR=\"Debian\"");
    }

    @Test
    void hasOneFolderWithAllThatBelongsToIt() throws Exception {
        plays("""
                D=$(basename "$TAR" .tar.gz)
                tar -tzf "$TAR" | cut -d / -f 1 | sort -u | sed "s/^$D$/one folder/"
                tar --numeric-owner --full-time -tvzf "$TAR" | awk '{ print $2 }' | sort -u
                tar -tvzf "$TAR" | cut -c 5-10 | grep w
                tar -tzf "$TAR" | sed "s,^$D/,,; /runtime\\/./d; /[A-Za-z][.]md$/d" | grep '[^/]$' |
                    LC_ALL=C sort
                """, """
                one folder
                0/0
                bin/chainloop-token
                share/bash-completion/completions/chainloop-token
                share/doc/chainloop-token/LICENSE
                share/doc/chainloop-token/NOTICE
                LICENSESshare/doc/chainloop-token/libraries-FastDoubleParser-LICENSE
                share/doc/chainloop-token/libraries-FastDoubleParser-ThirdParty-LICENSE
                share/doc/chainloop-token/libraries-LICENSE
                share/doc/chainloop-token/libraries-NOTICE
                share/doc/chainloop-token/libraries-Schubfach-LICENSE
                MUSLshare/doc/chainloop-token/schema.json
                share/doc/chainloop-token/screens.svg
                share/fish/vendor_completions.d/chainloop-token.fish
                share/man/man1/chainloop-token.1
                share/zsh/site-functions/_chainloop-token
                """.replace("LICENSES", Tool.listOfLicenses())
                .replace("MUSL", isStatic() ? "share/doc/chainloop-token/libraries-musl-LICENSE\n" : ""));
    }

    @Test
    void isSmall() throws Exception {
        long size = Files.size(archive());
        assertTrue(size <= LARGEST, size + " bytes");
    }

    private static Path archive() throws IOException {
        return unpacked()
                .resolveSibling("../" + unpacked().getFileName() + ".tar.gz")
                .normalize();
    }

    private static String executable() throws IOException {
        return unpacked().resolve("bin/chainloop-token").toString();
    }

    /** Whether it needs nothing of a Linux system: the release for x86-64, with musl inside. */
    private static boolean isStatic() throws IOException {
        return unpacked().getFileName().toString().matches(".*-linux-[^-]+");
    }

    private static Path unpacked() throws IOException {
        try (Stream<Path> files = Files.list(Path.of(System.getProperty("native")))) {
            List<Path> found = files.filter(
                            file -> file.getFileName().toString().startsWith("chainloop-token-"))
                    .toList();
            assertEquals(1, found.size(), found::toString);
            return found.get(0);
        }
    }

    private void plays(String script, String out) throws Exception {
        assertEquals(new CliRun.Result(0, out, ""), run().script(script));
    }

    private Program run() throws IOException {
        return Tool.in(home)
                .unset("JAVA_HOME")
                .unset("JAR")
                .env("L", executable())
                .env("TAR", archive().toString());
    }
}
