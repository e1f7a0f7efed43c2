#!/bin/sh
# First step of the action beside it: sets the output `path` to a chainloop-token, from a release or the installed one; or also
# `build`, the folder with the sources. Then `get-tool.sh build` builds it from there, for the Java in $JAVA_HOME.
# $CHAINLOOP_TOKEN_RELEASES names a mirror of the releases.
set -eu
unset CHAINLOOP_TOKEN

# quoted TEXT: as one word of a shell, whatever it holds.
quoted() { printf "'%s'" "$(printf '%s\n' "$1" | LC_ALL=C sed "s/'/'\\\\''/g")"; }

if [ "${1:-}" = build ]; then
    cd "$SOURCES"
    mvn -B -ntp -q -DskipTests -Dmaven.repo.local="$RUNNER_TEMP/chainloop-token-maven" package
    launcher=$SOURCES/target/chainloop-token/bin/chainloop-token
    printf '#!/bin/sh\nJAVA_HOME=%s exec %s "$@"\n' "$(quoted "$JAVA_HOME")" "$(quoted "$launcher")" >"$TOOL"
    chmod +x "$TOOL"
    exit
fi

# fail TITLE TEXT. Foreign words are checked before they get into a text here.
fail() {
    printf '::error title=chainloop-token%%3A %s::%s\n' "$1" "$2"
    exit 1
}

# use PROGRAM ORIGIN, if it starts here
use() {
    said=$("$1" --version </dev/null) || return 0
    printf '%s, %s\n' "$said" "$2"
    printf 'path=%s\n' "$1" >>"$GITHUB_OUTPUT"
    exit
}

# Where the tool is asked for without a version, it is built; where a release was asked for, its sources may be others.
build() {
    [ -z "$CHECK_VERSION" ] || fail "$1" "$2 Use another version, or leave the input out to build the tool."
    echo "no release was used ($1): built from the action's sources"
    tool=$(mktemp -d "$RUNNER_TEMP/chainloop-token.XXXXXX")/chainloop-token
    printf 'path=%s\nbuild=%s\n' "$tool" "$(cd "$GITHUB_ACTION_PATH/../../.." && pwd)" >>"$GITHUB_OUTPUT"
    exit
}

case ${CHECK_VERSION:-$ACTION_REF} in
    installed)
        path=$(command -v chainloop-token) || fail 'not installed' 'There is no chainloop-token in the PATH. Install it in an earlier step.'
        use "$path" 'the one in the PATH'
        fail 'does not start' 'The chainloop-token in the PATH does not start; the lines above say why.'
        ;;
    latest) release=latest/download ;;
    *[!0-9A-Za-z.+~-]*) build 'no version' 'The input version is not a version.' ;;
    v[0-9]*.*) release=download/${CHECK_VERSION:-$ACTION_REF} ;;
    *) [ -n "$CHECK_VERSION" ] && release=download/v$CHECK_VERSION || build 'no version' '' ;;
esac
case $(uname -s)/$(uname -m) in
    # Static: it runs on Alpine, too. The other one needs glibc 2.34 or newer.
    Linux/x86_64) system=linux-x86_64 ;;
    Linux/aarch64) system=linux-glibc-aarch64 ;;
    Darwin/arm64) system=macos-arm64 ;;
    *) build 'no executable for this system' 'There is no executable for this system.' ;;
esac
releases=${CHAINLOOP_TOKEN_RELEASES:-$GITHUB_SERVER_URL/${ACTION_REPOSITORY:-$GITHUB_REPOSITORY}/releases}
work=$(mktemp -d "$RUNNER_TEMP/chainloop-token.XXXXXX")

# fetch FILE. Without the user's .curlrc.
fetch() {
    curl --disable --fail --silent --show-error --location --proto =https --proto-redir =https --retry 3 --max-time 600 \
        --output "$work/$1" "$releases/$release/$1"
}

fetch checksums_sha256.txt || build 'release not fetched' "The release could not be fetched; the lines above say why."
line=$(grep -E "^[0-9a-f]{64} [ *]chainloop-token-[^ /]*-${system}[.]tar[.]gz\$" "$work/checksums_sha256.txt") ||
    build 'no executable' 'The release has no executable for this system.'
name=chainloop-token-${line##*chainloop-token-}
fetch "$name" || fail 'download failed' "$name could not be fetched; the lines above say why. Run the job again."
# What is verified is what is unpacked: opened twice, and no longer to be found by a name.
exec 3<"$work/$name" 4<"$work/$name"
rm "$work/$name"
[ "$(sha256sum <&3 | cut -c1-64)" = "${line%% *}" ] ||
    fail 'wrong checksum' "$name does not match the checksum of its release, so it was not used. Run the job again; if this happens again, a proxy or mirror changes the file, or the release was tampered with: tell the maintainers."
tar -xzof - -C "$work" <&4 || fail 'cannot be unpacked' "$name could not be unpacked; the lines above say why."
use "$work/${name%.tar.gz}/bin/chainloop-token" "from $releases/$release, checksum verified"
build 'does not start' 'The executable does not start here; the lines above say why.'
