#!/bin/sh
# build.sh VERSION TIME: makes target/chainloop-token_VERSION_ARCH.deb from what src/native/build.sh packed. Run by
# `mvn -Pnative package`. TIME becomes that of every file in it. $DEBFULLNAME and $DEBEMAIL, if set, say who maintains the
# package.
set -eu
umask 022
LC_ALL=C.UTF-8
export LC_ALL
unset CDPATH

version=$1
time=$2
here=$(cd -P "$(dirname "$0")" && pwd)
root=$(cd -P "$here/../.." && pwd)
work=$root/target/deb
tree=$work/tree
docs=$tree/usr/share/doc/chainloop-token
program=usr/bin/chainloop-token

fail() {
    echo "error: $1" >&2
    exit 1
}

rm -f "$root"/target/chainloop-token_*.deb
missing=
for needed in dpkg-deb dpkg-gencontrol strip objdump; do
    command -v "$needed" >/dev/null || missing="$missing $needed"
done
if [ -n "$missing" ]; then
    echo "note: no Debian package is made, since there is no${missing} here (Debian's dpkg-dev and binutils have them)."
    exit 0
fi

set -- "$root/target/native/chainloop-token-$version"-*/
if [ $# != 1 ] || [ ! -d "$1" ]; then
    fail "there is no executable of version $version in target/native, or more than one."
fi
packed=$1
rm -rf "$work"
mkdir -p "$work/debian" "$tree/DEBIAN" "$tree/usr/bin" "$docs" "$tree/usr/share/man" \
    "$tree/usr/share/zsh/vendor-completions"

# Without debugging symbols.
cp "$packed/bin/chainloop-token" "$tree/$program"
strip --strip-unneeded --remove-section=.comment --remove-section=.note "$tree/$program"

# Completions and manual, where shells and `man` look for them.
cd "$packed/share"
cp -R bash-completion fish "$tree/usr/share/"
# It is documentation, not a program.
sed -i '1{/^#!/d}' "$tree"/usr/share/bash-completion/completions/*
cp zsh/site-functions/* "$tree/usr/share/zsh/vendor-completions/"
cp -R man/man1 "$tree/usr/share/man/"
cp -R doc/chainloop-token/. "$docs/"
mkdir -p "$tree/usr/share/lintian/overrides"
cp "$here/lintian-overrides" "$tree/usr/share/lintian/overrides/chainloop-token"
cd "$tree"
# Both are in /usr/share/common-licenses, which `copyright` refers to.
rm -f "$docs/LICENSE" "$docs/runtime/LICENSE"

# Sets `depends` to the packages of the system's libraries, each in the oldest version that has the symbols asked for.
# dpkg-shlibdeps would ask for the builder's own version where the builder has no lists of symbols.
find_depends() {
    objdump -p "$program" >"$work/needs"
    awk '
        function refuse() { print "error: no package is known for " $0 | "sort -u >&2"; bad = 1 }
        function package(library) {
            if (library ~ /^(lib(c|m|dl|rt|pthread)\.so|ld-linux)/) return "libc6"
            return library == "libz.so.1" ? "zlib1g" : ""
        }
        $1 == "NEEDED" && package($2) == "" { refuse() }
        $1 == "required" { sub(/:$/, "", $3); from = package($3) }
        !/^ +0x/ || from == "" { next }
        from == "libc6" && $4 == "GLIBC_ABI_DT_RELR" { print "libc6 2.36"; next }
        from == "libc6" && $4 ~ /^GLIBC_[0-9.]+$/ { print "libc6 " substr($4, 7); next }
        from == "zlib1g" && $4 ~ /^ZLIB_[0-9.]+$/ { print "zlib1g 1:" substr($4, 6); next }
        { refuse() }
        END { exit bad }
    ' "$work/needs" >"$work/versions" || return 1
    depends=$(sort -V "$work/versions" | awk '{ version[$1] = $2 } END {
        for (name in version) print name " (>= " version[name] ")"
    }' | sort | paste -s -d ,)
}
find_depends || fail 'the package cannot say what it depends on.'

"$program" --version >/dev/null || fail '/usr/bin/chainloop-token does not run.'

# Maintainer, date and license. A pre-release sorts before its release.
fill() {
    sed -e "s|@version@|$(echo "$version" | sed 's/-/~/g')|" \
        -e "s|@release@|$version|" \
        -e "s|@date@|$(date -u -R -d "$time")|" \
        -e "s|@maintainer@|${DEBFULLNAME:-chainloop-token contributors} <${DEBEMAIL:-chainloop-token@users.noreply.github.com}>|" \
        -e "s|@java@|$java|" \
        -e "s|@graalvm@|$graalvm|" \
        -e "/@holders@/{r $work/holders" -e 'd;}' \
        "$here/$1"
}
# value NAME: what the executable's maker said.
value() {
    sed -n "s/^$1=\"\(.*\)\"\$/\1/p" "$docs/runtime/release"
}
java=$(value JAVA_RUNTIME_VERSION)
graalvm=$(value GRAALVM_VERSION)
if [ -z "$java" ] || [ -z "$graalvm" ]; then
    fail 'the executable does not say which GraalVM made it.'
fi
# Who holds the libraries: in the first notice, beside their Maven groups.
sed -n 's/^  [a-z]*[.][a-z.]* \{2,\}/ /p' "$docs/libraries-NOTICE" >"$work/holders"
fill control >"$work/debian/control"
fill changelog >"$work/debian/changelog"
fill copyright >"$docs/copyright"
cp "$work/debian/changelog" "$docs/changelog"
[ ! -f "$root/.github/CHANGELOG.md" ] || cp "$root/.github/CHANGELOG.md" "$docs/"

# Debian wants these compressed.
find "$tree/usr/share/man" -type f -exec gzip -n -9 {} +
find "$docs" -type f ! -name copyright \( -iname 'change*' -o -size +4k \) -exec gzip -n -9 {} +

(cd "$work" && dpkg-gencontrol -P"$tree" -Vlibraries="$depends")
find usr -type f -exec md5sum {} + | LC_ALL=C sort -k 2 >DEBIAN/md5sums

# Two packages of one executable are the same, byte for byte: dpkg-deb sets each later time back to this one.
SOURCE_DATE_EPOCH=$(date -u -d "$time" +%s)
export SOURCE_DATE_EPOCH
chmod -R u=rwX,go=rX .
package=$root/target/chainloop-token_${version}_$(dpkg --print-architecture).deb
dpkg-deb --root-owner-group -Zxz --build . "$work/package.deb" >/dev/null
mv "$work/package.deb" "$package"
