#!/usr/bin/env bash
# make.sh FOLDER: makes FOLDER a stand-in for a GraalVM home, so that
#
#     GRAALVM_HOME=FOLDER mvn -Pnative package
#
# builds the executable where no GraalVM can be had. It is for building and testing; releases use a real GraalVM. It has
# the builder that GraalVM has (from Maven Central), on a JDK of Debian's, with our own C in place of GraalVM's.
#
# On x86-64 Debian 13 or later with gcc, libc6-dev, zlib1g-dev and Maven. Everything goes into FOLDER, nothing is installed;
# the second time it needs no network. The JDK is the newest that Debian has, since Debian keeps no older one; apt checks it by
# Debian's signature. The builder is pinned, and checked against the file `sums` beside this one.
set -euo pipefail
export LC_ALL=C
here=$(cd -P "$(dirname "$0")" && pwd)

fail() {
    echo "error: $1" >&2
    exit 69
}

[ $# = 1 ] || { echo 'usage: make.sh FOLDER' >&2 && exit 2; }
[ "$(uname -sm)" = 'Linux x86_64' ] || fail "the stand-in is for x86-64 Linux, and this is $(uname -sm); use a GraalVM 25."
{ command -v apt-get && command -v dpkg-deb; } >/dev/null ||
    fail 'the stand-in takes its JDK from a package of Debian'\''s, and this is no Debian; use a GraalVM 25.'
for program in gcc ar mvn; do
    command -v "$program" >/dev/null || fail "there is no $program here; install gcc, binutils and Maven."
done
[ -e /usr/include/zlib.h ] || fail 'there is no zlib.h here; install zlib1g-dev.'

mkdir -p "$1"
home=$(cd -P "$1" && pwd)
work=$home/work
rm -rf "$work"
mkdir "$work"
trap 'rm -rf "$work"' EXIT
trap 'exit 1' HUP INT TERM

# What is there is whole: each part is put in its place when it is finished.

# A JDK with the interface that the builder compiles through (JVMCI), and with static libraries. Debian's lists go into a folder
# of their own: those of the system may be old, and only root may renew them.
jdk=openjdk-25-jvmci-jdk
archive() {
    apt-get -qq -o Dir::State::Lists="$work/lists" -o Dir::Cache="$work/cache" -o APT::Sandbox::User=root \
        -o Acquire::AllowInsecureRepositories=false -o APT::Get::AllowUnauthenticated=false "$@"
}
if [ ! -d "$home/jdk" ]; then
    mkdir -p "$work/lists/partial" "$work/cache/archives/partial"
    (cd "$work" && archive update && archive download "$jdk") || fail "apt-get cannot get $jdk; Debian has it from version 13 on."
    (cd "$work" && dpkg-deb --extract ./"$jdk"_*.deb .)
    mv "$work"/usr/lib/jvm/java-25-openjdk-amd64-jvmci "$work/jdk"
    mkdir -p "$work/jdk/legal/java.base"
    cp "$work/usr/share/doc/$jdk/copyright" "$work/jdk/legal/java.base/LICENSE"
    mv "$work/jdk" "$home/"
fi

# The builder. Maven puts what it loads for this into a repository of its own.
if [ ! -d "$home/builder" ]; then
    mvn -q -B -ntp -f "$here/builder.xml" -Dmaven.repo.local="$work/repository" dependency:copy-dependencies \
        -DoutputDirectory="$work/builder" >"$work/log" 2>&1 || fail "Maven could not get the builder: $(grep -m 3 ERROR "$work/log")"
    cmp -s <(cd "$work/builder" && sha256sum -- *.jar) "$here/sums" ||
        fail "what Maven loaded is not what src/native/stand-in/sums says; nothing was used."
    mv "$work/builder" "$home/"
fi

# The C is quickly compiled, and may have changed.
compile() {
    "$@" -std=gnu11 -O2 -fPIC -Wall -Wextra -Werror
}
# libraries LIBC COMPILER FOLDER: our own, compiled.
libraries() {
    mkdir -p "$3/linux-amd64/$1"
    cp -R "$here/c/include" "$3/"
    for source in processor process signals jvm; do
        compile "$2" -I"$here/c/include" -c -o "$work/$source.o" "$here/c/$source.c"
    done
    ar rcsD "$3/liblibchelper.a" "$work/processor.o" "$work/process.o" "$work/signals.o"
    cp "$3/liblibchelper.a" "$3/linux-amd64/$1/"
    ar rcsD "$3/libjvm.a" "$work/jvm.o"
}
libraries glibc gcc "$work/lib"
for library in java net nio zip; do
    ln -s "../jdk/lib/lib$library.a" "$work/lib/"
done
# Those of the JDK and zlib are made for glibc, but call nothing that musl lacks, except by other names. A static executable cannot
# load the JDK's extnet later.
if command -v x86_64-linux-musl-gcc >/dev/null; then
    libraries musl x86_64-linux-musl-gcc "$work/lib-musl"
    for library in java net extnet nio zip; do
        nm -u "$home/jdk/lib/lib$library.a" |
            sed -n -E 's/^ +U (__isoc23_([a-z]+)|([a-z_]+)64)$/\1 \2\3/p' | sort -u >"$work/names"
        objcopy --redefine-syms="$work/names" "$home/jdk/lib/lib$library.a" "$work/lib-musl/lib$library.a"
    done
    ln -s "$(gcc -print-file-name=libz.a)" "$work/lib-musl/"
fi
mkdir -p "$home/jdk/lib/svm/builder/lib"
compile gcc -shared -I"$home/jdk/include" -I"$home/jdk/include/linux" \
    -o "$home/jdk/lib/svm/builder/lib/libreporterchelper.so" "$here/c/report.c"
for made in lib lib-musl; do
    rm -rf "${home:?}/$made"
    [ ! -e "$work/$made" ] || mv "$work/$made" "$home/"
done

mkdir -p "$home/bin"
cp "$here/native-image" "$home/bin/"
ln -sfn jdk/legal "$home/legal"
{
    cat "$home/jdk/release"
    sed -n 's,.*  svm-\([0-9].*\)\.jar$,GRAALVM_VERSION="\1",p' "$here/sums"
} >"$home/release"
"$home/bin/native-image" --version >"$work/version"
echo "made $home: $(head -1 "$work/version")"
