#!/bin/sh
# same.sh: builds a second time, in another place and with nothing of the first build, and compares the jars, the folder
# and the bill of materials byte by byte. The first build must have been a clean one with the same JDK; $MAVEN_ARGS is Maven's own.
set -eu
root=$(cd -P "$(dirname "$0")/../.." && pwd)
version=$("$root/target/chainloop-token/bin/chainloop-token" --version)
version=${version##* }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 1' HUP INT TERM

copy="$work/another place"
mkdir "$copy"
tar -C "$root" --exclude=./target --exclude=./.git -cf - . | tar -C "$copy" -xf -
(cd "$copy" && mvn -B -ntp -q -DskipTests -Drevision="$version" package)
name=chainloop-token-$version
for made in chainloop-token "$name.jar" "$name-sources.jar" "$name.cdx.json"; do
    # Maven makes the bill only when it is online.
    [ -e "$root/target/$made" ] || [ "$made" != "$name.cdx.json" ] || continue
    diff -rq "$root/target/$made" "$copy/target/$made"
    echo "the same twice: $made"
done
