#!/bin/sh
# sums.sh FOLDER: writes FOLDER/SHA256SUMS, of all the other files there.
set -eu
LC_ALL=C
export LC_ALL
cd "$1"
rm -f SHA256SUMS
sums=$(sha256sum -- *)
printf '%s\n' "$sums" >SHA256SUMS
