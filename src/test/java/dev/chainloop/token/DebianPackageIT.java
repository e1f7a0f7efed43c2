package dev.chainloop.token;

import static org.junit.jupiter.api.Assertions.*;

import dev.chainloop.token.testing.CleanRoot;
import dev.chainloop.token.testing.CliRun;
import dev.chainloop.token.testing.LauncherRun;
import dev.chainloop.token.testing.Native;
import dev.chainloop.token.testing.Program;
import dev.chainloop.token.testing.Tmux;
import dev.chainloop.token.testing.TokenMint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** The Debian package of the native executable: {@code $DEB} in scripts. */
@EnabledIfSystemProperty(named = Native.PROPERTY, matches = ".+")
class DebianPackageIT {
    private static final String NOTHING = "";
    private static final Path TRANSCRIPT = Path.of("src/test/resources/deb/clean-root.txt");
    private static final Path BUILD = Path.of("src/deb");
    private static final int LARGEST = 20_000_000;

    @TempDir
    Path home;

    private Path deb;

    @BeforeEach
    void need() throws Exception {
        List<Path> found = Native.debianPackages();
        LauncherRun.skipUnless(!found.isEmpty(), "no Debian package was made");
        assertEquals(1, found.size(), found.toString());
        deb = found.get(0);
    }

    /**
     * Plays the transcript in a clean root: {@code #} is root's prompt, {@code $} the user's, {@code tab:} a line typed at
     * a terminal, with Tab behind it; {@code --} says what goes on. {@code -Dgolden.update=true} writes it anew.
     */
    @Tag("root")
    @Test
    void worksInACleanRootAndLeavesNothing() throws Exception {
        Program.require("tmux");
        String recorded = Files.readString(TRANSCRIPT);
        try (CleanRoot root = CleanRoot.make()) {
            Files.copy(deb, root.resolve("/tmp/chainloop-token.deb"));
            logIn(root);
            String played = play(root, recorded.lines().toList());
            if (Boolean.getBoolean("golden.update")) {
                Files.writeString(TRANSCRIPT, played);
            } else {
                assertEquals(recorded, played);
            }
        }
    }

    private static void logIn(CleanRoot root) throws Exception {
        Path config = root.resolve("/home/ann/.config/chainloop/config.toml");
        Files.createDirectories(config.getParent());
        Files.writeString(config, "[auth]\ntoken = '" + TokenMint.token(TokenMint.USER) + "'\n");
        Files.setPosixFilePermissions(config, PosixFilePermissions.fromString("rw-------"));
        assertEquals(NOTHING, root.asRoot(Map.of(), "chown -R ann: /home/ann"));
    }

    private static String play(CleanRoot root, List<String> lines) throws Exception {
        Map<String, String> token = Map.of("TOKEN", TokenMint.token(TokenMint.API_TOKEN));
        StringBuilder played = new StringBuilder();
        for (int at = 0; at < lines.size(); at++) {
            String line = lines.get(at);
            if (line.startsWith("-- ")) {
                played.append(line).append('\n');
            } else if (line.startsWith("# ")) {
                played.append(line).append('\n').append(steady(root.asRoot(token, line.substring(2))));
            } else if (line.startsWith("$ ")) {
                played.append(line).append('\n').append(steady(root.asUser(token, line.substring(2))));
            } else if (line.startsWith("tab: ")) {
                played.append(line).append('\n').append(pressTab(root, line.substring(5), screenBelow(lines, at)));
            }
        }
        return played.toString();
    }

    /** Without the versions of packages, and dpkg's count of files. */
    private static String steady(String output) {
        return output.replaceAll("(?m)^\\(Reading database.*\n", "")
                .replaceAll("(?m)^((?:Unpacking|Setting up|Removing|Processing) .*?) \\([^()]+\\)", "$1")
                .replaceAll("(?m)^(Unpacking .* over) \\([^()]+\\)", "$1");
    }

    private static List<String> screenBelow(List<String> lines, int at) {
        return lines.stream()
                .skip(at + 1L)
                .takeWhile(line -> !line.matches("(--|#|[$]|tab:) .*"))
                .toList();
    }

    private static String pressTab(CleanRoot root, String typed, List<String> expected) throws Exception {
        try (Tmux tmux = root.terminal()) {
            tmux.type("unset HISTFILE; PS1='> '; bind 'set show-all-if-ambiguous on'; clear");
            tmux.press("Enter");
            assertEquals(List.of(">"), tmux.screen(List.of(">")));
            tmux.type(typed);
            tmux.press("Tab");
            return String.join("\n", tmux.screen(expected)) + "\n";
        }
    }

    @Test
    void lintianHasNothingToSay() throws Exception {
        Program.require("lintian");
        assertEquals(NOTHING, Program.run("lintian", "--allow-root", deb.toString()));
    }

    @Test
    void hasEachFileInItsPlace() throws Exception {
        // Without the documents of the archive, and those of the JDK's parts.
        plays("""
                dpkg-deb -c "$DEB" | grep -v -e 'chainloop-token/runtime/.' -e 'doc/chainloop-token/[A-Zl]' -e '/[a-z-]*[.]md' -e '-token-[a-z]*.1.gz' >list
                cut -d ' ' -f 1,2 list | sort | uniq -c | awk '{ print $2, $3 }'
                awk '{ print $4, $5 }' list | uniq | wc -l
                awk '{ print $6, $7, $8 }' list | grep -v '/ *$' | sed 's/ *$//'
                """, 0, """
                -rw-r--r-- root/root
                -rwxr-xr-x root/root
                drwxr-xr-x root/root
                1
                ./usr/bin/chainloop-token
                ./usr/share/bash-completion/completions/chainloop-token
                ./usr/share/doc/chainloop-token/changelog.gz
                ./usr/share/doc/chainloop-token/copyright
                ./usr/share/fish/vendor_completions.d/chainloop-token.fish
                ./usr/share/lintian/overrides/chainloop-token
                ./usr/share/man/man1/chainloop-token.1.gz
                ./usr/share/zsh/vendor-completions/_chainloop-token
                """, NOTHING);
    }

    /** It depends on the C library alone, or, static, on nothing. */
    @Test
    void isSmallAndDependsOnTheCLibraryAtMost() throws Exception {
        assertTrue(Files.size(deb) <= LARGEST, "more than " + LARGEST + " bytes");
        String depends = Program.run("dpkg-deb", "-f", deb.toString(), "Depends");
        assertTrue(depends.matches(Native.isStatic() ? "\n" : "libc6 \\(>= 2[.][0-9]+\\)\n"), depends);
    }

    /** In the copyright file each holder that the notice beside it names has a line. */
    @Test
    void namesTheHolderOfEachLibrary() throws Exception {
        plays("""
                dpkg-deb -x "$DEB" x; cd x/usr/share/doc/chainloop-token
                zcat -f libraries-NOTICE* | sed -n 's/^  [a-z]*[.][a-z.]* *//p' >../holders
                grep -c 'authors$' ../holders
                sed 's/^/ /' ../holders | grep -v -x -F -f copyright
                cd ../../../../..; rm -r x
                """, 0, "4\n", NOTHING);
    }

    @Test
    void isTheSameWhereverAndWheneverItIsMade() throws Exception {
        assertEquals(
                NOTHING,
                Program.run(
                        "sh",
                        "-c",
                        """
                        set -e
                        cd "$1"
                        mkdir -p 'a place/target' 'a place/src'
                        cp -R "$2/src/deb" 'a place/src/'
                        ln -s "$2/target/native" 'a place/target/native'
                        [ ! -d "$2/.github" ] || ln -s "$2/.github" 'a place/.github'
                        umask 077
                        TZ=Asia/Tokyo LC_ALL=C sh 'a place/src/deb/build.sh' "$3" "$4"
                        cmp "$5" 'a place/target/'*.deb
                        rm -r 'a place'
                        """,
                        "-",
                        home.toString(),
                        Path.of("").toAbsolutePath().toString(),
                        System.getProperty("project.version"),
                        System.getProperty("timestamp"),
                        deb.toString()));
    }

    @Test
    void isLeftOutWhereDebiansToolsAreMissing() throws Exception {
        plays(
                """
                mkdir -p path src target
                cp -R "$BUILD" src/
                for program in sh dirname rm dpkg-deb strip; do ln -s "$(command -v $program)" path/; done
                PATH=$HOME/path sh src/deb/build.sh 1.0 2026-01-01T00:00:00Z; echo $?; ls target; rm -r path
                """,
                0,
                "note: no Debian package is made, since there is no dpkg-gencontrol objdump here"
                        + " (Debian's dpkg-dev and binutils have them).\n0\n",
                NOTHING);
    }

    private void plays(String script, int status, String out, String err) throws Exception {
        assertEquals(new CliRun.Result(status, out, err), run().script(script));
    }

    private LauncherRun run() throws IOException {
        return LauncherRun.in(home)
                .env("DEB", deb.toString())
                .env("BUILD", BUILD.toAbsolutePath().toString());
    }
}
