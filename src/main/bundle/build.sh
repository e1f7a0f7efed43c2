#!/bin/sh
# build.sh JDK VERSION: makes target/chainloop-token-VERSION-linux-glibc-ARCH.tar.gz, for machines without Java, out of
# the installed folder. Run by `mvn -Pbundle package`. The unpacked bundle stays in target/bundle.
#
# The application is a module in a run-time image of java.base. That image's own class-data archive holds it too, so
# that it starts in about a third of the time: no files to look at, nothing to verify, most classes linked ahead.
set -eu
umask 022
LC_ALL=C.UTF-8
export LC_ALL
unset JAVA_TOOL_OPTIONS JDK_JAVA_OPTIONS _JAVA_OPTIONS

jdk=$1
version=$2
here=$(cd -P "$(dirname "$0")" && pwd)
root=$(cd -P "$here/../../.." && pwd)
installed=$root/target/chainloop-token
work=$root/target/bundle
name=chainloop-token-$version-linux-glibc-$(uname -m)
bundle=$work/$name
runtime=$bundle/runtime
docs=$bundle/share/doc/chainloop-token
module=dev.chainloop.token

fail() {
    echo "error: $1" >&2
    exit 1
}

if [ "$(uname -s)" != Linux ] || ! getconf GNU_LIBC_VERSION >/dev/null 2>&1; then
    fail 'a bundle is made on the kind of system that it is for: Linux with glibc.'
fi
[ -x "$jdk/bin/jlink" ] || fail "$jdk has no jlink: a full JDK is needed."

rm -rf "$work"
mkdir -p "$work/module" "$work/licenses" "$work/training" "$bundle/bin" "$docs"

# The jar with a module descriptor, and with the BigDecimals of Jackson's parsers out of the way.
"$jdk/bin/javac" -d "$work/module" --patch-module $module="$installed/lib/chainloop-token.jar" "$here/module-info.java"
cp "$installed/lib/chainloop-token.jar" "$work/module.jar"
"$jdk/bin/javac" -d "$work/tools" "$here/LazyBigDecimals.java" "$here/TimelessArchive.java"
(cd "$work/module" && "$jdk/bin/jar" --extract --file "$work/module.jar" com/fasterxml/jackson/core)
"$jdk/bin/java" -cp "$work/tools" LazyBigDecimals "$work/module"
"$jdk/bin/jar" --update --file "$work/module.jar" --date=2026-01-01T00:00:00Z -C "$work/module" .

# Not compressed: that would cost time at each start, and the tar is compressed as a whole.
"$jdk/bin/jlink" --module-path "$work/module.jar" --add-modules $module --output "$runtime" \
    --strip-java-debug-attributes --no-header-files --no-man-pages --compress zip-0
# Which JDK's it is; jlink says no more than its version.
grep -E '^(IMPLEMENTOR|JAVA_RUNTIME_VERSION|LIBC|OS_ARCH|OS_NAME)=' "$jdk/release" >>"$runtime/release"
rm -f "$runtime/bin/keytool" "$runtime/lib/jexec" "$runtime/lib/server"/*.jsa

# Answers are of no interest here, but errors are.
run() {
    "$runtime/bin/java" -XX:TieredStopAtLevel=1 -Xmx256m -XX:-UsePerfData -Xlog:disable -Xlog:all=error:stderr "$@" \
        </dev/null
}

# The same steps as in lib/make-archive. Only G1 can write an archive with objects; each collector can read them.
# Interpreted: what a compiled method resolves depends on when the compiler's thread came to it. And in an order of its
# own, for the JVM's threads race for theirs.
run -Xint -Xshare:auto -XX:+UseSerialGC -XX:DumpLoadedClassList="$work/loaded" -m $module/$module.Training \
    "$work/training" >/dev/null 2>&1 || fail 'the training run failed.'
{
    grep -v '^[#@]' "$work/loaded" | sed 's/ id: [0-9]*$//' | sort -u
    grep '^@' "$work/loaded" | sort -u
} >"$work/classes"
for archive in classes again; do
    run -Xshare:dump -XX:+UseG1GC -XX:+AOTClassLinking -XX:SharedClassListFile="$work/classes" \
        -XX:SharedArchiveFile="$work/$archive.jsa" -m $module/$module.Main
done
# A bundle with such a time works as well; it is only not the same twice, which this says.
"$jdk/bin/java" -cp "$work/tools" TimelessArchive "$work/classes.jsa" "$work/again.jsa" || :
rm "$work/again.jsa"
mv "$work/classes.jsa" "$runtime/lib/server/classes.jsa"
chmod 644 "$runtime/lib/server/classes.jsa"
run -Xshare:on -XX:+VerifySharedSpaces -XX:+UseSerialGC -m $module/$module.Main --version >/dev/null ||
    fail 'the class-data archive is not usable.'

# What runs it, and what must go with it. The JDK's own licences are in runtime/legal.
cp "$installed/bin/chainloop-token" "$bundle/bin/"
cp -R "$installed/share" "$bundle/"
(cd "$work/licenses" && "$jdk/bin/jar" --extract --file "$work/module.jar" META-INF)
for file in "$work"/licenses/META-INF/*LICENSE* "$work"/licenses/META-INF/NOTICE; do
    cp "$file" "$docs/libraries-${file##*/}"
done

# Two builds are the same, byte for byte.
chmod -R u+w,go-w,a+rX "$bundle"
tar -C "$work" --sort=name --mtime=2026-01-01T00:00:00Z --owner=0 --group=0 --numeric-owner --format=ustar \
    -cf "$work/bundle.tar" "$name"
gzip -n -9 -c "$work/bundle.tar" >"$work/bundle.tar.gz"
mv "$work/bundle.tar.gz" "$root/target/$name.tar.gz"
rm "$work/bundle.tar"
