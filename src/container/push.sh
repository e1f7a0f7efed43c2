#!/bin/sh
# push.sh VERSION NAME: makes the image of the executables that target has archives of, for each processor, and pushes it as
# NAME:VERSION; a release also as NAME:latest. Prints the image's name and digest, as a step's outputs. Needs Buildah, logged in.
set -eu
cd "$(dirname "$0")/../.."
version=$1
# A registry takes lower case only.
name=$(printf %s "$2" | tr '[:upper:]' '[:lower:]')
work=target/image
rm -rf "$work"

platforms=
for system in amd64/linux-x86_64 arm64/linux-glibc-aarch64; do
    archive=target/chainloop-token-$version-${system#*/}.tar.gz
    [ -e "$archive" ] || continue
    mkdir -p "$work/${system%/*}"
    tar -xzf "$archive" -C "$work/${system%/*}" --strip-components 1
    platforms=$platforms,linux/${system%/*}
done
[ -n "$platforms" ] || { echo "error: target has no executable of $version for Linux" >&2 && exit 1; }

buildah build --manifest "$name:$version" --platform "${platforms#,}" --label "org.opencontainers.image.version=$version" \
    --label "org.opencontainers.image.licenses=Apache-2.0" -f src/container/release.Dockerfile "$work" >&2
tags=$version
case $version in *-*) ;; *) tags="$tags latest" ;; esac
for tag in $tags; do
    buildah manifest push --all --digestfile "$work/digest" "$name:$version" "docker://$name:$tag" >&2
done
digest=$(cat "$work/digest")
printf 'name=%s\ndigest=%s\n' "$name" "$digest"
