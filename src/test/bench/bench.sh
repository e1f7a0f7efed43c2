#!/bin/sh
# Measures speed: whole processes, in turn, after a warm-up. Compare ratios, since machines drift.
#
# usage: bench.sh [start] [native] [verify] [mask]        without a word: all of them
#
# start   six starts of the jar against a Hello World on the same Java ($JAVA_HOME's, or the PATH's) with the same flags
# native  the executable: inspect of a config file against jq and jose decoding the same token
# verify  the executable with a secret, an RSA and an EC key, against jose
# mask    a log of 60 MB against sed and ripgrep
#
# Build first: mvn -DskipTests package; for the executable mvn -DskipTests -Pnative package, with a GraalVM. All of it takes
# three minutes.
set -eu
unset CHAINLOOP_TOKEN JAVA_TOOL_OPTIONS JDK_JAVA_OPTIONS _JAVA_OPTIONS CI
rounds=${ROUNDS:-30}

here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../../.." && pwd)
launcher=$root/target/chainloop-token/bin/chainloop-token
native=$root/target/native/chainloop-token
java=${JAVA_HOME:+$JAVA_HOME/bin/}java
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
[ -x "$launcher" ] || { echo 'error: build first: mvn -DskipTests package' >&2; exit 1; }

bench() { "$java" "$here/Bench.java" "$@"; }
add() { printf '%s\t%s\t%s\n' "$1" "$2" "$3" >>"$work/spec"; }
run() { bench time "$1" "$2" "$work/spec"; rm "$work/spec"; echo; }

encode() { base64 | tr -d '=\n' | tr '/+' '_-'; }
# token CLAIMS: one that nobody signed, with as many letters as a signature has.
token() { printf '%s.%s.%043d' "$(printf '{"alg":"HS256"}' | encode)" "$(printf '{%s}' "$1" | encode)" 0; }

# A home of its own, with the CLI's config file.
export HOME="$work/home"
unset XDG_CONFIG_HOME
mkdir -p "$HOME/.config/chainloop"
chmod 700 "$HOME/.config/chainloop"
user='"iss":"cp.chainloop","aud":["user-auth.chainloop"],"user_id":"bc0b2199-ca85-42ab-a857-042e9c109d43"'
token "$user,\"exp\":4102444800" >"$work/one"
cat >"$HOME/.config/chainloop/config.toml" <<EOF
api-insecure = false
organization = 'my-org'

[auth]
token = '$(cat "$work/one")'

[control-plane]
api = 'api.cp.chainloop.dev:443'
api-ca = ''
EOF
chmod 600 "$HOME/.config/chainloop/config.toml"
printf 'final class Hello { public static void main(String[] a) { System.out.println("Hello, world"); } }\n' >"$work/Hello.java"
flags='-Xshare:auto -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -XX:CompileThresholdScaling=3 -Xmx256m -Xlog:disable -XX:-UsePerfData'

start() {
    echo "## start: $("$java" -version 2>&1 | sed -n 1p), $rounds rounds"
    "${java}c" -d "$work/hello" "$work/Hello.java"
    add 'Hello World' /dev/null "$java $flags -cp $work/hello Hello"
    api='"iss":"cp.chainloop","aud":["api-token-auth.chainloop"],"jti":"4b0f0dd4-4538-4269-92a9-ab5b0fce0258","org_name":"acme"'
    for login in good:4102444800 expired:1; do
        mkdir -p "$work/${login%:*}/.config/chainloop"
        printf "[auth]\ntoken = '%s'\n" "$(token "$user,\"exp\":${login#*:}")" >"$work/${login%:*}/.config/chainloop/config.toml"
    done
    add 'an API token of the variable' /dev/null "env HOME=$work/none CHAINLOOP_TOKEN=$(token "$api") $launcher"
    add 'a login' /dev/null "env HOME=$work/good $launcher"
    add 'an expired login' /dev/null "env HOME=$work/expired $launcher"
    add 'an expired API token in a GitHub job' /dev/null \
        "env HOME=$work/none CI=true GITHUB_ACTIONS=true CHAINLOOP_TOKEN=$(token "$api,\"exp\":1") $launcher"
    add 'explain of a known message' /dev/null "env HOME=$work/expired $launcher explain issuer not found: cp.chainloop"
    run "$rounds" 5
}

# Tells what cannot be measured, or compared with, since it is not there.
need() {
    for program in "$@"; do
        command -v "$program" >/dev/null || { echo "## $part: there is no $program"; return 1; }
    done
}

native() {
    need "$native" jose jq || return 0
    archive=$(ls "$root"/target/chainloop-token-*-linux-*.tar.gz | head -n 1)
    echo "## native: $rounds rounds; $(wc -c <"$native") bytes, $(wc -c <"$archive") packed"
    printf 'split(".")[1] | @base64d | fromjson\n' >"$work/decode.jq"
    cut -d. -f2 "$work/one" | tr -d '\n' >"$work/payload"
    add 'jq' "$work/one" "jq -R -f $work/decode.jq"
    add 'jose b64 dec' "$work/payload" 'jose b64 dec -i-'
    add 'inspect' /dev/null "$native inspect"
    add '/bin/true' /dev/null /bin/true
    run "$rounds" 5
}

verify() {
    need "$native" jose || return 0
    echo "## verify: $rounds rounds"
    printf '{"iss":"https://issuer.example","aud":"chainloop","sub":"s","exp":9999999999}' >"$work/claims"
    for algorithm in HS256 RS256 ES256; do
        jose jwk gen -i "{\"alg\":\"$algorithm\"}" -o "$work/private"
        # A secret has no public part.
        jose jwk pub -i "$work/private" -o "$work/$algorithm.jwk"
        [ "$algorithm" != HS256 ] || cp "$work/private" "$work/$algorithm.jwk"
        jose jws sig -I "$work/claims" -k "$work/private" -s "{\"protected\":{\"alg\":\"$algorithm\"}}" -c \
            -o "$work/$algorithm.jws"
        add "jose jws ver, $algorithm" /dev/null "jose jws ver -i $work/$algorithm.jws -k $work/$algorithm.jwk -O-"
        add "verify, $algorithm" "$work/$algorithm.jws" "$native verify --key $work/$algorithm.jwk"
        run "$rounds" 5
    done
}

mask() {
    bench log 60 "$work/log"
    echo "## mask: $(wc -c <"$work/log") bytes with a token every thousand lines, 10 rounds"
    pattern='eyJ[A-Za-z0-9_-]+\.eyJ[A-Za-z0-9_-]+\.[A-Za-z0-9_-]*'
    printf 's/%s/<token>/g\n' "$pattern" >"$work/mask.sed"
    printf '%s\n' "$pattern" >"$work/pattern"
    add 'sed -E, LC_ALL=C' "$work/log" "env LC_ALL=C sed -E -f $work/mask.sed"
    need rg && # Debian: ripgrep
        add 'rg --passthru --replace' "$work/log" "rg --no-config --no-line-number --passthru --replace <token> -f $work/pattern -"
    add 'the jar' "$work/log" "$launcher mask"
    need "$native" && add 'the executable' "$work/log" "$native mask"
    run 10 1
}

[ $# -gt 0 ] || set -- start native verify mask
for part in "$@"; do
    case $part in
        start | native | verify | mask) "$part" ;;
        *) echo "error: there is no part $part" >&2; exit 2 ;;
    esac
done
