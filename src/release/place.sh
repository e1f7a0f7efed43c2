#!/bin/sh
# place.sh OWNER/REPOSITORY: says where this project is on GitHub, in pom.xml and wherever that place is named: documents, forms,
# the action, and the image that a release puts into GitHub's registry. What explains the placeholders goes.
set -eu
cd "$(dirname "$0")/../.."

place=${1:-}
case $place in
    *[!A-Za-z0-9._/-]* | */*/* | /* | */) place= ;;
    */*) ;;
    *) place= ;;
esac
[ -n "$place" ] || { echo 'usage: place.sh OWNER/REPOSITORY' >&2 && exit 2; }
# value NAME: a property of the POM.
value() {
    sed -n "s|^ *<$1>\(.*\)</$1>\$|\1|p" pom.xml
}
before=$(value place)
# A registry takes lower case only. Until there was a place, examples named no image of this project's.
image="ghcr.io/$(printf %s "$place" | tr '[:upper:]' '[:lower:]')"
image_before="ghcr.io/$(printf %s "$before" | tr '[:upper:]' '[:lower:]')"
# pattern TEXT: what matches only it.
pattern() {
    printf %s "$1" | sed 's/[.]/[.]/g'
}

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 1' HUP INT TERM
find pom.xml README.md .github src/ci src/site -type f >"$work/files"
while IFS= read -r file; do
    sed -e "\\,^\`$(pattern "$before")\` stands for ,d" \
        -e "\\,^\(# \)*\`registry[.]example[.]com/chainloop-token\` stands for ,d" \
        -e "s|registry[.]example[.]com/chainloop-token|$image:$(value revision)|g" \
        -e "s|ghcr[.]io/$(pattern "$before")|$image|g" \
        -e "s|$(pattern "$image_before")|$image|g" \
        -e "s|$(pattern "$before")|$place|g" \
        -e "s|$(pattern "${before%/*}")/tap/|${place%/*}/tap/|g" \
        -e "s|chainloop-token@$(pattern "${before%/*}")\$|chainloop-token@${place%/*}|g" "$file" >"$work/new"
    # Written into the file, which keeps its rights.
    cmp -s "$file" "$work/new" || cat "$work/new" >"$file"
done <"$work/files"
