#!/bin/sh
# version.sh TAG: prints the version that a tag releases: 1.2.3 for v1.2.3. Any other form than v and a semantic version
# is refused, including build metadata (+...), since Debian packages and file names use that sign otherwise.
set -eu
LC_ALL=C
export LC_ALL

tag=$1
number='(0|[1-9][0-9]*)'
word='(0|[1-9][0-9]*|[0-9]*[A-Za-z-][0-9A-Za-z-]*)'
form="^v${number}[.]${number}[.]${number}(-${word}([.]${word})*)?\$"

# awk reads the tag as one record, whatever is in it.
if ! TAG=$tag FORM=$form awk 'BEGIN { exit ENVIRON["TAG"] !~ ENVIRON["FORM"] }'; then
    echo "error: not a release's tag, such as v1.2.3 or v1.2.3-rc.1: $tag" >&2
    exit 1
fi
echo "${tag#v}"
