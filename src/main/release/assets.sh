#!/bin/sh
# assets.sh KIND VERSION FOLDER: puts what a build made for a release into FOLDER, which may hold other builds' already.
# KIND is `java` after `mvn package`: the installed folder and the bill of materials; or `native` after
# `mvn -Pbundle package`: the bundle and the Debian package of this machine's architecture.
set -eu
umask 022
LC_ALL=C
export LC_ALL

kind=$1
version=$2
folder=$3
root=$(cd -P "$(dirname "$0")/../../.." && pwd)
target=$root/target

fail() {
    echo "error: $1" >&2
    exit 1
}

take() {
    [ -f "$target/$1" ] || fail "target/$1 is missing: build version $version first."
    cp "$target/$1" "$folder/"
}

mkdir -p "$folder"
case $kind in
    java)
        take "chainloop-token-$version.cdx.json"
        name=chainloop-token-$version
        tar -C "$target" --sort=name --mtime=2026-01-01T00:00:00Z --owner=0 --group=0 --numeric-owner --format=ustar \
            --mode=u+w,go-w,a+rX --transform="s,^chainloop-token,$name," -cf "$folder/$name-java.tar" chainloop-token
        gzip -n -9 -f "$folder/$name-java.tar"
        ;;
    native)
        machine=$(uname -m)
        case $machine in
            x86_64) debian=amd64 ;;
            aarch64) debian=arm64 ;;
            *) fail "no release is built on $machine." ;;
        esac
        take "chainloop-token-$version-linux-glibc-$machine.tar.gz"
        take "chainloop-token_${version}_$debian.deb"
        ;;
    *) fail "no such kind of build: $kind" ;;
esac
