package dev.chainloop.token;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.chainloop.token.testing.Archive;
import dev.chainloop.token.testing.Bundle;
import dev.chainloop.token.testing.CliRun;
import dev.chainloop.token.testing.LauncherRun;
import dev.chainloop.token.testing.TokenMint;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The published bundle in real processes, without a Java to be found. {@code $TAR} is its file; {@code $B} the folder
 * that it was unpacked into, for tests that leave it as it is; {@code $D} the name of the one folder in it.
 */
@EnabledIfSystemProperty(named = Bundle.PROPERTY, matches = ".+")
class BundleIT {
    private static final String NOTHING = "";
    private static final String USER = "user\n";
    private static final String FIELD = "bin/chainloop-token --field kind";
    private static final String UNPACK = "tar -xzf \"$TAR\"; ";
    /** What the scripts below need; no Java. */
    private static final String PROGRAMS =
            "sh env tar gzip cp mv rm mkdir ln ls chmod cat cut grep sed sort awk" + " readlink setpriv unshare mount";

    private static final String PASSWORD = "changeit";
    private static final int LARGEST = 30_000_000;

    /** Stands in for the bundle's Java: writes each class that it loads from elsewhere than the archive into a file. */
    private static final String JAVA = """
            #!/bin/sh
            for option; do
                shift
                [ "$option" = -Xlog:disable ] && set -- "$@" "$option" && option=-Xlog:class+load:file=$LOG
                set -- "$@" "$option"
            done
            exec "${0%/java}/real" "$@"
            """;

    @TempDir
    Path home;

    @TempDir
    static Path shared;

    @BeforeAll
    static void unpack() throws Exception {
        assertEquals(
                new CliRun.Result(0, NOTHING, NOTHING),
                LauncherRun.in(shared).env("TAR", Bundle.archive().toString()).script("""
                                set -e
                                tar -xzf "$TAR"
                                mkdir traced path
                                cp -Rp chainloop-token-*/. traced
                                mv traced/runtime/bin/java traced/runtime/bin/real
                                for program in %s; do
                                    ! found=$(command -v "$program") || ln -s "$found" path/
                                done
                                """.formatted(PROGRAMS)));
        Path java = shared.resolve("traced/runtime/bin/java");
        Files.writeString(java, JAVA);
        assertTrue(java.toFile().setExecutable(true));
    }

    /** JUnit warns of each link out of a folder that it deletes. */
    @AfterEach
    void deleteLinks() throws IOException {
        deleteLinks(home);
    }

    @AfterAll
    static void deleteSharedLinks() throws IOException {
        deleteLinks(shared);
    }

    private static void deleteLinks(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path link : files.filter(Files::isSymbolicLink).toList()) {
                Files.delete(link);
            }
        }
    }

    static List<Arguments> places() {
        return List.of(
                arguments("where it was unpacked", "cd \"$B\"; " + FIELD),
                arguments("from another folder", "cd /; \"$B\"/" + FIELD),
                arguments("renamed", UNPACK + "mv \"$D\" other; other/" + FIELD),
                arguments("moved after a run", UNPACK + "\"$D/\"" + FIELD + " >o; mkdir x; mv \"$D\" x/; x/*/" + FIELD),
                arguments("copied without its times", UNPACK + "cp -R \"$D\" copy; rm -r \"$D\"; copy/" + FIELD),
                arguments("blanks in its path", UNPACK + "mv \"$D\" ' a  b '; ' a  b '/" + FIELD),
                arguments(
                        "another script in its path",
                        UNPACK + "d=$(printf '\\346\\227\\245\\303\\251'); mv \"$D\" \"$d\"; \"$d\"/" + FIELD),
                arguments("through a link", "ln -s \"$B/bin/chainloop-token\" l; ./l --field kind"),
                arguments(
                        "through a chain of links", "ln -s \"$B\" b; ln -s b/bin/chainloop-token l; ./l --field kind"),
                arguments("in the PATH", "PATH=$B/bin:$PATH; chainloop-token --field kind"),
                arguments(
                        "read-only",
                        UNPACK + "chmod -R a-w \"$D\"; \"$D\"/" + FIELD + "; s=$?; chmod -R u+w \"$D\"; exit $s"),
                arguments(
                        "an empty environment",
                        "printf \"[auth]\\ntoken = '%s'\\n\" \"$CHAINLOOP_TOKEN\" >c; env -i \"$B\"/" + FIELD
                                + " -c c"),
                arguments(
                        "a Java in the environment that is none",
                        "export JAVA_HOME=/nowhere JAVA_TOOL_OPTIONS=-Xbogus; \"$B\"/" + FIELD),
                arguments("a home that cannot be written", "export HOME=/proc/self; \"$B\"/" + FIELD));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("places")
    void worksAnywhere(String name, String script) throws Exception {
        plays(script, 0, USER, NOTHING);
    }

    @Test
    void saysThatAColonInItsPathIsNotPossible() throws Exception {
        plays(
                UNPACK + "mv \"$D\" a:b; a:b/" + FIELD,
                69,
                NOTHING,
                "error: Java cannot run a program from a folder with a colon in its path: @HOME@/a:b. Move it elsewhere.\n");
    }

    /** The launcher with a file name of glibc's that is nowhere. */
    @Test
    void saysThatItNeedsGlibc() throws Exception {
        plays(
                """
                mkdir -p b/bin b/runtime/bin
                sed 's|/lib64/ld-linux\\* /lib/ld-linux\\*|/nowhere/ld-linux*|' "$B/bin/chainloop-token" >b/bin/chainloop-token
                cp "$B/runtime/bin/java" b/runtime/bin/
                sh b/bin/chainloop-token
                """,
                69,
                NOTHING,
                "error: this bundle of chainloop-token needs glibc, which this system (musl?) does not have."
                        + " Install Java, and use chainloop-token-<version>-java.tar.gz.\n");
    }

    /** All of TLS and its cryptography is in the image: keys are fetched, and a signature is checked. */
    @Test
    void verifiesAgainstKeysFromAServerOverTls() throws Exception {
        Path store = home.resolve("store");
        Path authority = home.resolve("ca.pem");
        keytool(store, "-genkeypair -alias server -keyalg EC -dname CN=test -storetype PKCS12 -ext san=ip:127.0.0.1");
        keytool(store, "-exportcert -alias server -rfc -file " + authority);
        HttpsServer server = server(store);
        try {
            String verify = "\"$B/bin/chainloop-token\" verify --at 2026-01-01T00:00:00Z --jwks-url https://127.0.0.1:"
                    + server.getAddress().getPort() + "/";
            LauncherRun run = run().env(
                            "CHAINLOOP_TOKEN",
                            TokenMint.token("{\"alg\":\"RS256\",\"kid\":\"rsa\"}", TokenMint.FEDERATED));
            CliRun.Result trusted =
                    run.script(verify + " --ca ca.pem >o; echo $?; grep -e '^Genuine' -e '^  Signature' o");
            assertEquals(new CliRun.Result(0, "0\nGenuine\n  Signature     RS256, verified\n", NOTHING), trusted);
            assertEquals(4, run.script(verify).status());
        } finally {
            server.stop(0);
        }
    }

    private static HttpsServer server(Path store) throws Exception {
        KeyStore keys = KeyStore.getInstance(store.toFile(), PASSWORD.toCharArray());
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        HttpsServer server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(context));
        byte[] set = Files.readAllBytes(Path.of("src/test/resources/keys/jwks.json"));
        server.createContext("/", exchange -> {
            try (exchange) {
                exchange.sendResponseHeaders(200, set.length);
                exchange.getResponseBody().write(set);
            }
        });
        server.start();
        return server;
    }

    private static void keytool(Path store, String options) throws Exception {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(List.of(options.split(" ", -1)));
        command.addAll(List.of("-keystore", store.toString(), "-storepass", PASSWORD));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), output);
    }

    static List<Arguments> limits() {
        return List.of(
                arguments("as another user", "setpriv", "setpriv --reuid 65534 --regid 65534 --clear-groups"),
                arguments(
                        "on a read-only disk",
                        "unshare",
                        "unshare -m sh -c 'mount --bind \"$HOME\" \"$HOME\" &&"
                                + " mount -o remount,ro,bind \"$HOME\" && cd \"$HOME\" && exec \"$@\"' sh"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("limits")
    void needsNoRights(String name, String program, String prefix) throws Exception {
        LauncherRun.need(program);
        Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("rwxr-xr-x"));
        LauncherRun.skipUnless(run().script(prefix + " ls \"$HOME\"").status() == 0, "this user may not");
        plays(UNPACK + prefix + " \"$D\"/" + FIELD, 0, USER, NOTHING);
    }

    @Test
    void hasOneFolderWithAllThatBelongsToIt() throws Exception {
        plays("""
                tar -tzf "$TAR" | cut -d / -f 1 | sort -u | sed "s/^$D$/one folder/"
                tar --numeric-owner --full-time -tvzf "$TAR" | awk '{ print $2 }' | sort -u
                tar -tvzf "$TAR" | cut -c 5-10 | grep w
                ls "$B"; cd "$B/share"; for file in */*/*; do echo "$file"; done
                """, 0, """
                one folder
                0/0
                bin
                runtime
                share
                bash-completion/completions/chainloop-token
                doc/chainloop-token/LICENSE
                doc/chainloop-token/NOTICE
                doc/chainloop-token/README.md
                doc/chainloop-token/THIRD-PARTY.txt
                doc/chainloop-token/libraries-FastDoubleParser-LICENSE
                doc/chainloop-token/libraries-FastDoubleParser-ThirdParty-LICENSE
                doc/chainloop-token/libraries-LICENSE
                doc/chainloop-token/libraries-NOTICE
                doc/chainloop-token/libraries-Schubfach-LICENSE
                fish/vendor_completions.d/chainloop-token.fish
                man/man1/chainloop-token-check.1
                man/man1/chainloop-token-completion.1
                man/man1/chainloop-token-explain.1
                man/man1/chainloop-token-help.1
                man/man1/chainloop-token-inspect.1
                man/man1/chainloop-token-schema.1
                man/man1/chainloop-token-sources.1
                man/man1/chainloop-token-verify.1
                man/man1/chainloop-token.1
                zsh/site-functions/_chainloop-token
                """, NOTHING);
    }

    @Test
    void isSmall() throws Exception {
        assertTrue(Files.size(Bundle.archive()) <= LARGEST, "more than " + LARGEST + " bytes");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("dev.chainloop.token.testing.Archive#commandLines")
    void allClassesComeFromTheArchive(String name, String command) throws Exception {
        Archive.writeConfigFile(home);
        plays("{ " + command + """
                ; } >/dev/null 2>&1
                [ "$(grep -c 'source: shared objects file' "$LOG")" -gt 500 ] && echo archived
                grep 'source: ' "$LOG" | grep -v 'source: shared objects file'; :
                """, 0, "archived\n", NOTHING);
    }

    private void plays(String script, int status, String out, String err) throws Exception {
        assertEquals(new CliRun.Result(status, out, err), run().script(script));
    }

    private LauncherRun run() throws Exception {
        Path folder = shared.resolve(
                Bundle.launcher().getParent().getParent().getFileName().toString());
        return LauncherRun.in(home)
                .unset("JAVA_HOME")
                .unset("JAR")
                .env("PATH", shared.resolve("path").toString())
                .env("TAR", Bundle.archive().toString())
                .env("B", folder.toString())
                .env("D", folder.getFileName().toString())
                .env("L", shared.resolve("traced/bin/chainloop-token").toString())
                .env("LOG", home.resolve("log").toString())
                .env("F", TokenMint.token(TokenMint.FEDERATED))
                .env("N", TokenMint.token("{\"aud\":\"nobody\"}"));
    }
}
