#!/bin/sh
# build.sh VERSION: makes target/chainloop-token-VERSION-SYSTEM-ARCH.tar.gz from the executable in target/native and the
# documents of the installed folder. Run by `mvn -Pnative package`. What is packed stays in target/native. SYSTEM says what it
# needs: linux nothing, linux-glibc a glibc.
set -eu
umask 022
LC_ALL=C
export LC_ALL

version=$1
root=$(cd -P "$(dirname "$0")/../.." && pwd)
installed=$root/target/chainloop-token
work=$root/target/native

fail() {
    echo "error: $1" >&2
    exit 1
}

case $(uname -s) in
    Linux) system=linux tar=tar ;;
    # Its own tar does not sort.
    Darwin) system=macos tar=gtar ;;
    *) fail "nothing is known of executables for $(uname -s)." ;;
esac
# An executable that is not static names its loader in its first page.
if head -c 4096 "$work/chainloop-token" | grep -a -q '/ld-linux'; then
    system=linux-glibc
fi
name=chainloop-token-$version-$system-$(uname -m)
packed=$work/$name
docs=$packed/share/doc/chainloop-token

graalvm=${GRAALVM_HOME:-}
[ -x "$graalvm/bin/native-image" ] || graalvm=$JAVA_HOME

rm -rf "$work"/chainloop-token-*
mkdir -p "$packed/bin" "$docs/runtime"
cp "$work/chainloop-token" "$packed/bin/"
cp -R "$installed/share" "$packed/"

# What must go along with the libraries' classes, and with the parts of a JDK.
mkdir "$work/licenses"
unzip -q "$installed/lib/chainloop-token.jar" 'META-INF/*LICENSE*' META-INF/NOTICE -d "$work/licenses"
for file in "$work"/licenses/META-INF/*; do
    cp "$file" "$docs/libraries-${file##*/}"
done
rm -r "$work/licenses"
[ "$system" != linux ] || cp "$root/src/native/musl-LICENSE" "$docs/libraries-musl-LICENSE"
cp -RL "$graalvm/legal/java.base/." "$docs/runtime/"
[ ! -f "$graalvm/LICENSE_NATIVEIMAGE.txt" ] || cp "$graalvm/LICENSE_NATIVEIMAGE.txt" "$docs/runtime/"
# Which GraalVM's and which JDK's it is.
grep -E '^(GRAALVM_VERSION|IMPLEMENTOR|JAVA_RUNTIME_VERSION|LIBC|OS_ARCH|OS_NAME)=' "$graalvm/release" >"$docs/runtime/release"

said=$("$packed/bin/chainloop-token" --version) || fail 'the executable does not start.'
[ "$said" = "chainloop-token $version" ] || fail "the executable says: $said"

# Two archives of one executable are the same, byte for byte.
chmod -R u+w,go-w,a+rX "$packed"
"$tar" -C "$work" --sort=name --mtime=2026-01-01T00:00:00Z --owner=0 --group=0 --numeric-owner --format=ustar \
    -cf "$work/packed.tar" "$name"
gzip -n -9 "$work/packed.tar"
mv "$work/packed.tar.gz" "$root/target/$name.tar.gz"
# Homebrew's formula, as JReleaser makes it, takes only zip.
[ "$system" != macos ] || (cd "$work" && zip -q -r -X "$root/target/$name.zip" "$name")
