#!/bin/sh
# How long does `inspect` of a config file take, measured against a Hello World on the same Java with the same flags?
# Whole processes, in turn, after a warm-up. Needs a JDK and the installed folder (mvn -DskipTests package).
#
# usage: startup.sh [ROUNDS]        JAVA_HOME chooses the JDK, as for the launcher itself
set -eu
unset CHAINLOOP_TOKEN JAVA_TOOL_OPTIONS JDK_JAVA_OPTIONS _JAVA_OPTIONS

rounds=${1:-30}
root=$(cd "$(dirname "$0")/../../.." && pwd)
launcher=$root/target/chainloop-token/bin/chainloop-token
java=${JAVA_HOME:+$JAVA_HOME/bin/}java
javac=${JAVA_HOME:+$JAVA_HOME/bin/}javac
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

[ -x "$launcher" ] || { echo "error: build first: mvn -DskipTests package" >&2; exit 1; }

# A user token of the documentation, whose signature nobody checks.
segment() { printf %s "$1" | base64 | tr -d '=\n' | tr '/+' '_-'; }
user='{"user_id":"bc0b2199-ca85-42ab-a857-042e9c109d43","iss":"cp.chainloop","aud":["user-auth.chainloop"],"exp":1767830400}'
token=$(segment '{"alg":"HS256","typ":"JWT"}').$(segment "$user").$(segment 'a signature of thirty-two bytes.')
cat >"$work/config.toml" <<EOF
api-insecure = false
organization = 'my-org'

[auth]
token = '$token'

[control-plane]
api = 'api.cp.chainloop.dev:443'
api-ca = ''
EOF

# The flags are the launcher's own, read from it.
flags=$(sed -n '/^ *exec "$java"/,/^}/p' "$launcher" | tr -d '\\\n' | tr ' ' '\n' | grep -e '^-X' | grep -v -e '^-Xbootclasspath' | tr '\n' ' ')
mkdir "$work/classes"
cat >"$work/Hello.java" <<'EOF'
final class Hello {
    public static void main(String[] args) {
        System.out.println("Hello, world");
    }
}
EOF
"$javac" -d "$work/classes" "$work/Hello.java"
cat >"$work/Timer.java" <<'EOF'
import java.io.File;
import java.util.ArrayList;
import java.util.List;

/** Times commands in turn: ROUNDS, then commands, each ended by ";". Prints a line of milliseconds for each. */
final class Timer {
    public static void main(String[] args) throws Exception {
        int rounds = Integer.parseInt(args[0]);
        List<List<String>> commands = new ArrayList<>();
        List<String> command = new ArrayList<>();
        for (int i = 1; i < args.length; i++) {
            if (args[i].equals(";")) {
                commands.add(command);
                command = new ArrayList<>();
            } else {
                command.add(args[i]);
            }
        }
        StringBuilder[] lines = new StringBuilder[commands.size()];
        for (int round = -5; round < rounds; round++) {
            for (int i = 0; i < commands.size(); i++) {
                ProcessBuilder builder = new ProcessBuilder(commands.get(i))
                        .redirectInput(new File("/dev/null"))
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .redirectError(ProcessBuilder.Redirect.DISCARD);
                long start = System.nanoTime();
                int status = builder.start().waitFor();
                long taken = System.nanoTime() - start;
                if (status != 0) {
                    throw new IllegalStateException("status " + status + " from " + commands.get(i).get(0));
                }
                if (lines[i] == null) {
                    lines[i] = new StringBuilder();
                }
                if (round >= 0) {
                    lines[i].append(taken / 1e6).append(' ');
                }
            }
        }
        for (StringBuilder line : lines) {
            System.out.println(line);
        }
    }
}
EOF
"$javac" -d "$work/classes" "$work/Timer.java"

# shellcheck disable=SC2086
hello() { "$@" "$java" $flags -cp "$work/classes" Hello; }
inspect() { "$@" "$launcher" inspect -c "$work/config.toml"; }

echo "$("$java" -version 2>&1 | sed -n 1p), $rounds rounds, milliseconds"
# shellcheck disable=SC2086
"$java" -cp "$work/classes" Timer "$rounds" \
    "$java" $flags -cp "$work/classes" Hello ';' \
    "$launcher" inspect -c "$work/config.toml" ';' >"$work/times"
awk '
    function sorted(n,   i, j, x) {
        for (i = 2; i <= n; i++) {
            x = time[i]
            for (j = i - 1; j > 0 && time[j] > x; j--) time[j + 1] = time[j]
            time[j + 1] = x
        }
    }
    BEGIN { split("Hello World,inspect", name, ","); printf "%-12s %8s %8s %8s\n", "", "min", "median", "max" }
    {
        for (i = 1; i <= NF; i++) time[i] = $i + 0
        sorted(NF)
        median[NR] = NF % 2 ? time[(NF + 1) / 2] : (time[NF / 2] + time[NF / 2 + 1]) / 2
        printf "%-12s %8.1f %8.1f %8.1f\n", name[NR], time[1], median[NR], time[NF]
    }
    END { printf "ratio of the medians: %.2f\n", median[2] / median[1] }
' "$work/times"

if [ -x /usr/bin/time ]; then
    for what in hello inspect; do
        $what /usr/bin/time -f %M -o "$work/rss" >/dev/null
        echo "peak memory of $what: $(tail -n 1 "$work/rss") KiB"
    done
else
    echo "peak memory: skipped, there is no /usr/bin/time here"
fi
