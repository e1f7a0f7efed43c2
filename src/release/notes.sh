#!/bin/sh
# notes.sh VERSION: prints what .github/CHANGELOG.md says about a version, or fails if it says nothing. A release
# candidate has the notes of its release; those of a release have their date.
set -eu
version=$1
root=$(cd -P "$(dirname "$0")/../.." && pwd)
heading="## [${version%%-*}] - "

fail() {
    echo "error: .github/CHANGELOG.md $1" >&2
    exit 1
}

notes=$(HEADING=$heading awk '
    /^## / || /^\[/ { inside = 0 }
    index($0, ENVIRON["HEADING"]) == 1 { inside = 1; print; next }
    inside
' "$root/.github/CHANGELOG.md")
[ -n "$notes" ] || fail "has no line that starts with: $heading"
case $version/$notes in
    *-*/*) ;;
    */"$heading"[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]*) ;;
    *) fail "has no date for ${version%%-*}" ;;
esac
printf '%s\n' "$notes" | sed 1d
