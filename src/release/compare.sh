#!/bin/sh
# compare.sh ONE OTHER: compares two builds byte by byte: two files, or two folders of them. For archives that differ,
# names the files in them that do.
set -eu
LC_ALL=C
export LC_ALL

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 1' HUP INT TERM
differ=0

# An archive's contents with modes and times, which comparing unpacked files would miss.
list() {
    case $1 in
        *.tar.gz) tar --numeric-owner --full-time -tvzf "$1" ;;
        *.deb) dpkg-deb --contents "$1" ;;
        *.jar) jar --list --file "$1" ;;
    esac
}

unpack() {
    mkdir "$2"
    case $1 in
        *.tar.gz) tar -C "$2" -xzf "$1" ;;
        *.deb) dpkg-deb --raw-extract "$1" "$2/package" ;;
        *.jar) (cd "$2" && jar --extract --file "$1") ;;
        *) cp "$1" "$2/" ;;
    esac
}

compare() {
    cmp -s "$1" "$2" && return
    differ=1
    echo "${1##*/} differs"
    case $1 in
        *.tar.gz | *.deb | *.jar) ;;
        *) return ;;
    esac
    list "$1" >"$work/list.one"
    list "$2" >"$work/list.other"
    diff "$work/list.one" "$work/list.other" | sed 's/^/  /' || :
    unpack "$1" "$work/one"
    unpack "$2" "$work/other"
    (cd "$work" && diff -rq --no-dereference one other | sed 's/^/  /') || :
    rm -rf "$work/one" "$work/other"
}

one=$(realpath "$1")
other=$(realpath "$2")
if [ -f "$one" ]; then
    compare "$one" "$other"
    exit "$differ"
fi
# All names in either of them.
for file in $( (cd "$one" && ls && cd "$other" && ls) | sort -u); do
    if [ -f "$one/$file" ] && [ -f "$other/$file" ]; then
        compare "$one/$file" "$other/$file"
    else
        differ=1
        echo "only one of them has $file"
    fi
done
exit "$differ"
