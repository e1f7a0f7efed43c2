#!/bin/sh
# build.sh KINDS VERSION FOLDER: builds from a copy of the sources, in another place and with nothing of an earlier build,
# and puts what was made into FOLDER. For KINDS see assets.sh; $MAVEN_ARGS is Maven's own.
set -eu
kinds=$1
version=$2
mkdir -p "$3"
folder=$(realpath "$3")
root=$(cd -P "$(dirname "$0")/../.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 1' HUP INT TERM

copy="$work/another place"
mkdir "$copy"
tar -C "$root" --exclude=./target --exclude=./.git -cf - . | tar -C "$copy" -xf -
cd "$copy"
profile=
case $kinds in
    *native*) profile=-Pnative ;;
esac
# shellcheck disable=SC2086 # Nothing, or one word.
mvn -B -ntp -q -DskipTests -Drevision="$version" $profile package
sh src/release/assets.sh "$kinds" "$version" "$folder"
