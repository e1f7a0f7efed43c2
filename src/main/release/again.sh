#!/bin/sh
# again.sh KIND VERSION FOLDER: builds a second time, from a copy of the sources in another place, what assets.sh put into
# FOLDER, and compares. $MAVEN_ARGS is Maven's own.
set -eu
kind=$1
version=$2
folder=$(realpath "$3")
root=$(cd -P "$(dirname "$0")/../../.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 1' HUP INT TERM

copy="$work/another place"
mkdir "$copy"
tar -C "$root" --exclude=./target --exclude=./.git -cf - . | tar -C "$copy" -xf -
cd "$copy"
profile=
[ "$kind" = java ] || profile=-Pbundle
# shellcheck disable=SC2086 # Nothing, or one word.
mvn -B -ntp -q -DskipTests -Drevision="$version" $profile package
sh src/main/release/assets.sh "$kind" "$version" "$work/assets"
# Of a folder with other builds' files too, those of this one.
mkdir "$work/first"
for file in "$work/assets"/*; do
    cp "$folder/${file##*/}" "$work/first/"
done
sh src/main/release/compare.sh "$work/first" "$work/assets"
for file in "$work/assets"/*; do
    echo "the same twice: ${file##*/}"
done
