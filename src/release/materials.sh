#!/bin/sh
# materials.sh VERSION FOLDER: adds the GraalVM that made the executables in FOLDER, and whose parts are in them and in the
# Debian packages, to the bill of materials there, which the build of the jar made.
set -eu
LC_ALL=C
export LC_ALL

version=$1
folder=$2
materials=$folder/chainloop-token-$version.cdx.json

fail() {
    echo "error: $1" >&2
    exit 1
}

# What the executables' archives say of it.
releases() {
    for archive in "$folder/chainloop-token-$version-linux-glibc"-*.tar.gz "$folder/chainloop-token-$version-macos"-*.tar.gz; do
        [ -f "$archive" ] || continue
        name=${archive##*/}
        tar -xzOf "$archive" "${name%.tar.gz}/share/doc/chainloop-token/runtime/release"
    done
}

# Sets `value` to what a release file says, in plain characters.
value_of() {
    value=$(releases | sed -n "s/^$1=\"\\(.*\\)\"\$/\\1/p" | tr -cd 'A-Za-z0-9 .,+_\n-' | sort -u)
    case $value in
        *'
'*) fail "the executables are of different GraalVMs: $(printf %s "$value" | tr '\n' ' ')" ;;
        '') fail "the executables do not say their GraalVM's $1" ;;
    esac
}

value_of JAVA_RUNTIME_VERSION
java_version=$value
value_of GRAALVM_VERSION
graalvm_version=$value
value_of IMPLEMENTOR
maker=$value
grep -qx '  "components" : \[' "$materials" || fail "$materials is not laid out as known"
! grep -q '"bom-ref" : "graalvm"' "$materials" || fail "$materials has its GraalVM already"
VERSION=$graalvm_version JAVA=$java_version MAKER=$maker awk '
    { print }
    /^  "components" : \[$/ {
        print "    {"
        print "      \"type\" : \"platform\","
        print "      \"bom-ref\" : \"graalvm\","
        print "      \"publisher\" : \"" ENVIRON["MAKER"] "\","
        print "      \"name\" : \"GraalVM\","
        print "      \"version\" : \"" ENVIRON["VERSION"] "\","
        print "      \"description\" : \"Made the executables, which hold parts of it and of its Java " ENVIRON["JAVA"] "\","
        print "      \"scope\" : \"optional\","
        print "      \"licenses\" : ["
        print "        {"
        print "          \"expression\" : \"GPL-2.0-only WITH Classpath-exception-2.0\""
        print "        }"
        print "      ]"
        print "    },"
    }
' "$materials" >"$materials.new"
mv "$materials.new" "$materials"
