#!/bin/sh
# First step of the action beside it: sets the output `path` to a chainloop-token that runs here, out of the archive of a
# release, or the installed one. $CHECK_VERSION is the action's input `version`. $CHAINLOOP_TOKEN_RELEASES names a mirror
# of the releases: below it, latest/download/ and download/v<version>/ hold checksums_sha256.txt, the latter also the archives.
set -eu

# Not needed here.
unset CHAINLOOP_TOKEN

# fail TITLE TEXT. Foreign words are checked before they get into a text here.
fail() {
    printf '::error title=chainloop-token%%3A %s::%s\n' "$1" "$2"
    exit 1
}

fail_odd_version() {
    fail 'invalid version' 'The input version must be a version such as 1.2.3, latest or installed.'
}

# Gives the later step the program $1, of which the log says $2.
use() {
    version=$("$1" --version </dev/null) ||
        fail 'does not start' "chainloop-token, $2, does not start on this system; the lines above say why. Another version, or an installed one with version: installed, may."
    printf '%s, %s\n' "$version" "$2"
    printf 'path=%s\n' "$1" >>"$GITHUB_OUTPUT"
}

use_installed() {
    path=$(command -v chainloop-token) ||
        fail 'not installed' 'The input version is installed, but there is no chainloop-token in the PATH. Install it in an earlier step, or leave the input out to get a release.'
    use "$path" 'the one in the PATH'
}

# The release to get: `latest`, or a version.
choose_release() {
    wanted=${CHECK_VERSION:-}
    if [ -z "$wanted" ]; then
        # Pinning the action to a tag pins the tool to it, too.
        case ${ACTION_REF:-} in
            v[0-9]*.[0-9]*.[0-9]*) wanted=$ACTION_REF ;;
            *) wanted=latest ;;
        esac
    fi
    case $wanted in
        latest | installed) return ;;
    esac
    wanted=${wanted#v}
    case $wanted in
        [!0-9]* | *[!0-9A-Za-z.+~-]* | '') fail_odd_version ;;
    esac
}

has_glibc() {
    getconf GNU_LIBC_VERSION >/dev/null 2>&1 && return 0
    case $(ldd --version 2>&1 || true) in
        *musl*) return 1 ;;
    esac
    for loader in /lib64/ld-linux* /lib/ld-linux*; do
        [ -e "$loader" ] && return 0
    done
    return 1
}

# Sets `system` to the one that an executable must be for, or tells that none runs here, and what does.
require_system() {
    java='install Java 17 and the release'\''s chainloop-token-<version>-java.tar.gz in an earlier step, put its bin in the PATH, and give version: installed'
    case $(uname -s) in
        Linux | Darwin) ;;
        MINGW* | MSYS* | CYGWIN* | Windows*) fail 'no executable for Windows' 'Releases have executables for Linux and macOS only. Check the token in a job on Linux.' ;;
        *) fail 'no executable for this system' "Releases have executables for Linux and macOS only. Check the token in a job on Linux, or $java." ;;
    esac
    case $(uname -s)/$(uname -m) in
        Linux/x86_64 | Linux/amd64) system=linux-glibc-x86_64 ;;
        Linux/aarch64 | Linux/arm64) system=linux-glibc-aarch64 ;;
        Darwin/arm64) system=macos-arm64 ;;
        *) fail 'no executable for this processor' "Releases have executables for Linux on x86_64 and aarch64 and for macOS on arm64 only. Check the token in a job on one of these, or $java." ;;
    esac
    [ "$system" = macos-arm64 ] || has_glibc ||
        fail 'no glibc' "The executable needs glibc, which this system (Alpine or another one with musl?) does not have. Use an image with glibc, such as Debian's, or $java."
    for program in curl gzip sha256sum tar; do
        command -v "$program" >/dev/null ||
            fail "no $program" "This action gets a release with $program, which is not in the PATH. Install it in an earlier step or in the container's image, or give version: installed."
    done
}

# Sets `releases`, and `protocols` to the ones that it may be fetched by.
find_releases() {
    releases=${CHAINLOOP_TOKEN_RELEASES:-$GITHUB_SERVER_URL/${ACTION_REPOSITORY:-$GITHUB_REPOSITORY}/releases}
    releases=${releases%/}
    case $releases in
        *[!A-Za-z0-9:/._~-]*) fail 'invalid address' 'The address in CHAINLOOP_TOKEN_RELEASES may only have letters, digits and :/._~-' ;;
        https://?*) protocols='=https' ;;
        http://127.0.0.1 | http://127.0.0.1[:/]* | http://localhost | http://localhost[:/]*) protocols='=http,https' ;;
        *) fail 'invalid address' 'The address in CHAINLOOP_TOKEN_RELEASES must start with https://, or with http:// for this machine.' ;;
    esac
}

# fetch URL FILE MEGABYTES TITLE TEXT: the title and text are for a URL that is not there. Without the user's .curlrc. The
# limit is set twice: curl checks only the size that a server announces, the shell also what it sends.
fetch() {
    problem=0
    answer=$(
        ulimit -f $(($3 * 2048)) 2>/dev/null || :
        curl --disable --fail --silent --show-error --location --proto "$protocols" --proto-redir "$protocols" \
            --max-filesize $(($3 * 1024 * 1024)) --retry 3 --connect-timeout 20 --max-time 600 --speed-limit 1000 \
            --speed-time 30 --output "$2" --write-out '%{http_code}' "$1"
    ) || problem=$?
    case $problem/$answer in
        0/*) return ;;
        22/404 | 22/410) fail "$4" "$5" ;;
        63/* | 23/* | 153/*) fail 'too large' "$1 is larger than $3 MiB, or the disk is full, so it was not used. Free some space, or name the project's own releases or a mirror in CHAINLOOP_TOKEN_RELEASES." ;;
        22/*) said="the server answered HTTP $answer" ;;
        *) said="curl's exit status is $problem; what it said is above" ;;
    esac
    fail 'download failed' "$1 could not be fetched: $said. Check the runner's network and proxy (HTTPS_PROXY), run the job again, or name a mirror in CHAINLOOP_TOKEN_RELEASES."
}

# Sets `sums` to the checksums of the release. They are fetched once a job, so that a later use gets the same release.
get_sums() {
    folder=$releases/download/v$wanted
    [ "$wanted" = latest ] && folder=$releases/latest/download
    sums=$work/$(printf '%s' "$folder/checksums_sha256.txt" | tr ':/' '__')
    [ -f "$sums" ] && return
    part=$(mktemp "$work/download.XXXXXX")
    fetch "$folder/checksums_sha256.txt" "$part" 1 'no such release' \
        "There is no $folder/checksums_sha256.txt. See $releases for the versions there are; those of a private repository need a mirror, named in CHAINLOOP_TOKEN_RELEASES."
    mv "$part" "$sums"
}

# Sets `name` to the archive's file and `expected` to its checksum.
find_archive() {
    version=$wanted
    [ "$wanted" = latest ] && version='*'
    name=
    # Including a last line without a line end.
    while read -r expected file || [ -n "$expected" ]; do
        file=${file#\*}
        # shellcheck disable=SC2254 # The version is `*`, or has no such character.
        case $file in
            chainloop-token-$version-$system.tar.gz) name=$file && break ;;
        esac
    done <"$sums"
    [ -n "$name" ] ||
        fail 'not in the release' "$folder/checksums_sha256.txt does not list chainloop-token-$version-$system.tar.gz, so nothing was used. Give another version."
    case $expected/$name in
        *[!0-9a-f]*/* | */*[!0-9A-Za-z.+~_-]*) fail 'invalid checksums' "$folder/checksums_sha256.txt is not a list of SHA-256 checksums, so nothing was used." ;;
    esac
    version=${name#chainloop-token-}
    version=${version%-"$system".tar.gz}
}

# Whether the file $1 is the release's.
verify() {
    actual=$(sha256sum <"$1")
    actual=${actual%% *}
    [ "$actual" = "$expected" ]
}

# Sets `archive` to the verified archive, in the runner's cache or, where that cannot be written, in its temporary folder,
# and `from` to where it is from.
get_archive() {
    cache=${RUNNER_TOOL_CACHE:-$work}/chainloop-token/$version/$system
    for archive in "$cache/$name" "$work/$name"; do
        [ -f "$archive" ] || continue
        from='from a former use' && verify "$archive" && return
        echo "The file that a former use left is not the release's; it is fetched anew."
    done
    from="from $releases/download/v$version"
    if ! { mkdir -p "$cache" && part=$(mktemp "$cache/download.XXXXXX"); } 2>/dev/null; then
        echo 'The tool cache of this runner cannot be written, so the next job will fetch the archive again.'
        cache=$work
        part=$(mktemp "$cache/download.XXXXXX")
    fi
    archive=$cache/$name
    fetch "$releases/download/v$version/$name" "$part" 200 'archive missing' \
        "$name is listed in checksums_sha256.txt, but is not at $releases/download/v$version/. The release may be in the making: try again later, or give another version."
    verify "$part" ||
        fail 'wrong checksum' "$name has the SHA-256 $actual, but its release says $expected, so it was not used. Run the job again; if it stays so, a proxy or mirror changes the file, or the release was tampered with: tell the maintainers."
    mv "$part" "$archive"
}

# Sets `unpacked` to the archive's folder: out of the archive each time, since only that is verified.
unpack() {
    unpacked=$work/${name%.tar.gz}
    fresh=$(mktemp -d "$work/unpack.XXXXXX")
    if ! { tar -xzof "$archive" -C "$fresh" && [ -x "$fresh/${name%.tar.gz}/bin/chainloop-token" ]; }; then
        fail 'cannot be unpacked' "$name could not be unpacked in the runner's temporary folder; the lines above say why. Is the disk full?"
    fi
    rm -rf "$unpacked"
    mv "$fresh/${name%.tar.gz}" "$unpacked"
}

choose_release
if [ "$wanted" = installed ]; then
    use_installed
    exit
fi
require_system
find_releases
part=
fresh=
trap 'rm -rf ${part:+"$part"} ${fresh:+"$fresh"}' EXIT
trap 'exit 1' HUP INT TERM
work=$RUNNER_TEMP/chainloop-token
if ! { mkdir -p "$work" && [ -w "$work" ]; }; then
    fail 'no temporary folder' 'The folder that RUNNER_TEMP names cannot be written. Mend the runner.'
fi
get_sums
find_archive
get_archive
unpack
use "$unpacked/bin/chainloop-token" "$from, checksum verified"
