#!/bin/sh
# again.sh KINDS VERSION FOLDER: builds these kinds of assets in FOLDER a second time, and compares them byte by byte. The
# first build must have been a clean one with the same JDK.
set -eu
kinds=$1
version=$2
folder=$3
here=$(cd -P "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 1' HUP INT TERM

sh "$here/build.sh" "$kinds" "$version" "$work/again"
# FOLDER may hold other builds' files too.
mkdir "$work/first"
for file in "$work/again"/*; do
    cp "$folder/${file##*/}" "$work/first/"
done
sh "$here/compare.sh" "$work/first" "$work/again"
for file in "$work/again"/*; do
    echo "the same twice: ${file##*/}"
done
