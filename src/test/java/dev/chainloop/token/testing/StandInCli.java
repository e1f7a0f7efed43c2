package dev.chainloop.token.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;

/**
 * A stand-in for the Chainloop CLI in a home folder's {@code bin}: a shell script that writes down how it was started and
 * then does what the test says.
 */
public final class StandInCli {
    private static final String SCRIPT = """
            #!/bin/sh
            here=${0%%/*}
            printf '%%s|' "$@" >>"$here/log"
            echo >>"$here/log"
            env | grep -E '^(CHAINLOOP_|DO_NOT_TRACK|NO_COLOR|MY_|HTTPS_)' | LC_ALL=C sort >>"$here/log"
            [ ! -e /proc/self/fd/0 ] || [ "$(readlink /proc/self/fd/0)" = /dev/null ] || echo 'stdin is open' >>"$here/log"
            while [ $# -gt 0 ]; do
                case $1 in
                --config) config=$2 && case $2 in *.toml) cat "$2" >>"$here/log" || exit 2 ;; *) echo 'no TOML' >>"$here/log" ;; esac ;;
                version) version=1 ;;
                esac
                shift
            done
            if [ -n "${version:-}" ]; then
                printf '{"client":"%s","server":"%s"}\\n'
                exit
            fi
            %s
            """;

    private final Path home;

    /** One that does what a shell script says when it is asked about a token. */
    public StandInCli(Path home, String client, String server, String script) throws IOException {
        this.home = home;
        Files.createDirectories(home.resolve("bin"));
        Files.deleteIfExists(log());
        Files.writeString(program(), SCRIPT.formatted(client, server, script));
        Files.setPosixFilePermissions(program(), PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    /** What has a shell script print some lines: of an error, on stderr and with status 1. */
    public static String saying(String lines) {
        String print = "printf '%s\\n' " + Program.quoted(lines);
        return lines.startsWith("ERR") || lines.startsWith("WRN") ? print + " >&2; exit 1" : print;
    }

    public Path program() {
        return home.resolve("bin/chainloop");
    }

    private Path log() {
        return home.resolve("bin/log");
    }

    /** Each start: its arguments, what variables of Chainloop's it got, and what is in the config file that it was given. */
    public String started() throws IOException {
        return Files.exists(log()) ? Files.readString(log()) : "";
    }

    static String path(Path home) {
        return "bin:" + home.resolve("bin") + ":/usr/bin:/bin";
    }

    /** The PATH on which it is, behind a folder that is not absolute. */
    public Map<String, String> variables() {
        return Map.of("PATH", path(home));
    }
}
