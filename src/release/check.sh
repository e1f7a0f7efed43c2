#!/bin/sh
# check.sh [--complete] VERSION FOLDER: checks a release's files. Each is in SHA256SUMS and has
# a name of a release; each archive unpacks into one folder of its own, and the tool in it says this version; the bill of
# materials lists the libraries that are inside. With --complete, the jar, the bill and at least one executable are there,
# and the bill lists the GraalVM that made the executables; systems without one are reported, as is everything wrong.
set -eu
LC_ALL=C
export LC_ALL
unset JAVA_TOOL_OPTIONS JDK_JAVA_OPTIONS _JAVA_OPTIONS

complete=
if [ "$1" = --complete ]; then
    complete=1
    shift
fi
version=$1
folder=$(cd -P "$2" && pwd)
name=chainloop-token-$version
# In Debian's order a tilde, unlike a hyphen, comes before the release.
debian_version=$(printf '%s' "$version" | tr - '~')
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 1' HUP INT TERM
wrong=0

wrong() {
    echo "error: $1" >&2
    wrong=1
}

# Sets `home` to what an archive unpacked into, if all in it is below one folder of that name.
unpack() {
    home=$work/$2
    if ! tar -tzf "$folder/$1" >"$work/list" 2>/dev/null; then
        wrong "$1 is damaged"
        return 1
    fi
    if grep -qv "^$2/" "$work/list" || grep -qE '(^|/)\.\.(/|$)' "$work/list"; then
        wrong "$1 has more than the folder $2"
        return 1
    fi
    rm -rf "$home"
    tar -C "$work" -xzf "$folder/$1"
}

says_version() {
    said=$("$2" --version 2>&1 </dev/null) || :
    [ "$said" = "chainloop-token $version" ] || wrong "the tool in $1 says: $said"
}

check_java() {
    unpack "$1" "$name" || return 0
    says_version "$1" "$home/bin/chainloop-token"
    # What the build recorded: (licence) name (group:artifact:version - address)
    sed -n 's/^.* (\([^ ()]*:[^ ()]*:[^ ()]*\) - .*$/\1/p' "$home/share/doc/chainloop-token/THIRD-PARTY.txt" |
        sort -u >"$work/libraries"
}

# check_native FILE SYSTEM MACHINE: the last two as `uname -s` and `-m` say them.
check_native() {
    unpack "$1" "${1%.tar.gz}" || return 0
    release=$home/share/doc/chainloop-token/runtime/release
    arch=$(sed -n 's/^OS_ARCH="\(.*\)"$/\1/p' "$release" | sed 's/^arm64$/aarch64/')
    [ "$arch" = "$(echo "$3" | sed 's/^arm64$/aarch64/')" ] || wrong "the executable in $1 is not one for $3"
    sed -n 's/^GRAALVM_VERSION="\(.*\)"$/\1/p' "$release" >>"$work/graalvms"
    [ "$2 $3" != "$(uname -s -m)" ] || says_version "$1" "$home/bin/chainloop-token"
}

check_package() {
    if ! command -v dpkg-deb >/dev/null; then
        echo "note: without dpkg-deb, $1 is not checked"
        return
    fi
    architecture=${1##*_}
    architecture=${architecture%.deb}
    # shellcheck disable=SC2016 # They are dpkg-deb's.
    if ! fields=$(dpkg-deb --showformat '${Package} ${Version} ${Architecture}' --show "$folder/$1" 2>/dev/null) ||
        ! dpkg-deb --extract "$folder/$1" "$work/$architecture" 2>/dev/null; then
        wrong "$1 is damaged"
        return
    fi
    [ "$fields" = "chainloop-token $debian_version $architecture" ] || wrong "$1 calls itself: $fields"
    case $architecture/$(uname -m) in
        amd64/x86_64 | arm64/aarch64) says_version "$1" "$work/$architecture/usr/bin/chainloop-token" ;;
    esac
}

check_materials() {
    sed -n 's,^ *"purl" : "pkg:maven/\([^/]*\)/\([^@]*\)@\([^?]*\)?type=jar"\,*$,\1:\2:\3,p' "$folder/$1" | sort -u \
        >"$work/materials"
    grep -qx "dev.chainloop:chainloop-token:$version" "$work/materials" || wrong "$1 is not of this version"
    sed -i '/^dev.chainloop:chainloop-token:/d' "$work/materials"
    [ -e "$work/libraries" ] || return 0
    cmp -s "$work/materials" "$work/libraries" || {
        wrong "$1 does not list the libraries that are inside:"
        diff "$work/libraries" "$work/materials" >&2 || :
    }
}

check_graalvm_in_materials() {
    sed -n '/"bom-ref" : "graalvm"/,/}/s/^ *"version" : "\(.*\)",$/\1/p' "$folder/$1" >"$work/graalvm"
    sort -u -o "$work/graalvms" "$work/graalvms"
    cmp -s "$work/graalvm" "$work/graalvms" ||
        wrong "$1 does not list the GraalVM of the executables: $(cat "$work/graalvms")"
}

: >"$work/graalvms"
cd "$folder"
[ -f SHA256SUMS ] || {
    wrong 'SHA256SUMS is missing'
    : >"$work/summed"
}
if [ -f SHA256SUMS ]; then
    sha256sum --quiet --strict -c SHA256SUMS >"$work/sums" 2>&1 || wrong "SHA256SUMS: $(cat "$work/sums")"
    sed 's/^[0-9a-f]* [ *]//' SHA256SUMS | sort >"$work/summed"
fi
for file in *; do
    [ "$file" = SHA256SUMS ] && continue
    grep -Fqx -e "$file" "$work/summed" || wrong "SHA256SUMS does not have $file"
    case $file in
        "$name-java.tar.gz") check_java "$file" ;;
        "$name-linux-glibc-x86_64.tar.gz") check_native "$file" Linux x86_64 ;;
        "$name-linux-glibc-aarch64.tar.gz") check_native "$file" Linux aarch64 ;;
        "$name-macos-arm64.tar.gz") check_native "$file" Darwin arm64 ;;
        "chainloop-token_${version}_amd64.deb" | "chainloop-token_${version}_arm64.deb") check_package "$file" ;;
        "$name.cdx.json") ;;
        *) wrong "no file of release $version: $file" ;;
    esac
done
# After the archive, with whose libraries it is compared.
[ ! -f "$name.cdx.json" ] || check_materials "$name.cdx.json"

check_complete() {
    for file in "$name-java.tar.gz" "$name.cdx.json"; do
        [ -f "$file" ] || wrong "$file is missing"
    done
    for file in "$name-linux-glibc-x86_64.tar.gz" "$name-linux-glibc-aarch64.tar.gz" "$name-macos-arm64.tar.gz" \
        "chainloop-token_${version}_amd64.deb" "chainloop-token_${version}_arm64.deb"; do
        [ -f "$file" ] || echo "note: there is no $file: its build failed" >&2
    done
    [ -s "$work/graalvms" ] || wrong 'there is no executable'
    [ ! -f "$name.cdx.json" ] || check_graalvm_in_materials "$name.cdx.json"
}
[ -z "$complete" ] || check_complete
exit "$wrong"
