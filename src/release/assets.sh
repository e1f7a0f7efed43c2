#!/bin/sh
# assets.sh KINDS VERSION FOLDER: puts what a build made for a release into FOLDER, which may hold other builds' already.
# KINDS are words: `java`, the installed folder; `materials`, the bill of materials, which Maven makes only when it is
# online; after `mvn -Pnative package` also `native` and `package`, the executable's archive and the Debian package for this
# machine.
set -eu
umask 022
LC_ALL=C
export LC_ALL

kinds=$1
version=$2
folder=$3
root=$(cd -P "$(dirname "$0")/../.." && pwd)
target=$root/target

fail() {
    echo "error: $1" >&2
    exit 1
}

take() {
    [ -f "$target/$1" ] || fail "target/$1 is missing: build version $version first."
    cp "$target/$1" "$folder/"
}

java() {
    name=chainloop-token-$version
    said=$("$target/chainloop-token/bin/chainloop-token" --version) || :
    [ "$said" = "chainloop-token $version" ] || fail "target/chainloop-token says: $said; build version $version first."
    tar -C "$target" --sort=name --mtime=2026-01-01T00:00:00Z --owner=0 --group=0 --numeric-owner --format=ustar \
        --mode=u+w,go-w,a+rX --transform="s,^chainloop-token,$name," \
        -cf "$folder/$name-java.tar" chainloop-token
    gzip -n -9 -f "$folder/$name-java.tar"
}

machine=$(uname -m)
case $machine in
    x86_64) debian=amd64 ;;
    aarch64) debian=arm64 ;;
    *) debian=$machine ;;
esac
case $(uname -s) in
    Darwin) system=macos ;;
    *) system=linux-glibc ;;
esac

[ -n "$kinds" ] || fail 'no kind is named.'
mkdir -p "$folder"
for kind in $kinds; do
    case $kind in
        java) java ;;
        materials) take "chainloop-token-$version.cdx.json" ;;
        native) take "chainloop-token-$version-$system-$machine.tar.gz" ;;
        package) take "chainloop-token_${version}_$debian.deb" ;;
        *) fail "no such kind: $kind" ;;
    esac
done
