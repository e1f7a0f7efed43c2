#!/bin/sh
# A stand-in for the Chainloop CLI that writes down how it was started and then does what the test says.
here=${0%/*}
{
    printf '%s|' "$@"
    echo
    env | grep -E '^(CHAINLOOP_|DO_NOT_TRACK|NO_COLOR|MY_|HTTPS_)' | LC_ALL=C sort
    [ ! -e /proc/self/fd/0 ] || [ "$(readlink /proc/self/fd/0)" = /dev/null ] || echo 'stdin is open'
} >>"$here/log"
while [ $# -gt 0 ]; do
    case $1 in
    --config) config=$2 && case $2 in *.toml) cat "$2" >>"$here/log" || exit 2 ;; *) echo 'no TOML' >>"$here/log" ;; esac ;;
    version) cat "$here/versions" && exit ;;
    esac
    shift
done
. "$here/says"
