#!/bin/sh
# publish.sh TAG FOLDER: makes the GitHub release of a tag, as a draft until all its files are there. A draft that an
# earlier attempt left is completed; a release that is out stays as it is.
set -eu
tag=$1
folder=$2
here=$(cd -P "$(dirname "$0")" && pwd)
version=$(sh "$here/version.sh" "$tag")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 1' HUP INT TERM
sh "$here/notes.sh" "$version" >"$work/notes"
# A failed build for one system does not hold up the others.
for system in linux-glibc-x86_64 linux-glibc-aarch64 macos-arm64; do
    [ -f "$folder/chainloop-token-$version-$system.tar.gz" ] ||
        printf '\nThis release has no executable for %s; chainloop-token-%s-java.tar.gz runs there.\n' "$system" "$version" \
            >>"$work/notes"
done

case $(gh release view "$tag" --json isDraft --jq .isDraft 2>/dev/null || echo none) in
    none)
        set -- --draft --verify-tag --title "$tag" --notes-file "$work/notes"
        case $version in
            *-*) set -- "$@" --prerelease ;;
        esac
        gh release create "$tag" "$@"
        ;;
    true) ;;
    *)
        echo "error: $tag is released already" >&2
        exit 1
        ;;
esac
gh release upload "$tag" --clobber "$folder"/*
gh release edit "$tag" --draft=false
