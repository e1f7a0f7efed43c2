#!/bin/sh
# materials.sh VERSION FOLDER: adds the Java that the bundles in FOLDER bring along, and the Debian packages with them, to
# the bill of materials there, which the build of the jar made.
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

# What the bundles say of their Java, without the machine that it is for.
javas() {
    for bundle in "$folder/chainloop-token-$version-linux-glibc"-*.tar.gz; do
        name=${bundle##*/}
        tar -xzOf "$bundle" "${name%.tar.gz}/runtime/release" | grep -v '^OS_ARCH='
    done
}

# Sets `value` to what a release file says, in plain characters.
value_of() {
    value=$(javas | sed -n "s/^$1=\"\\(.*\\)\"\$/\\1/p" | tr -cd 'A-Za-z0-9 .,+_\n-' | sort -u)
    case $value in
        *'
'*) fail "the bundles bring different Javas along: $(printf %s "$value" | tr '\n' ' ')" ;;
        '') fail "the bundles do not say their Java's $1" ;;
    esac
}

value_of JAVA_RUNTIME_VERSION
java_version=$value
value_of IMPLEMENTOR
maker=$value
grep -qx '  "components" : \[' "$materials" || fail "$materials is not laid out as known"
! grep -q '"bom-ref" : "java"' "$materials" || fail "$materials has its Java already"
VERSION=$java_version MAKER=$maker awk '
    { print }
    /^  "components" : \[$/ {
        print "    {"
        print "      \"type\" : \"platform\","
        print "      \"bom-ref\" : \"java\","
        print "      \"publisher\" : \"" ENVIRON["MAKER"] "\","
        print "      \"name\" : \"OpenJDK\","
        print "      \"version\" : \"" ENVIRON["VERSION"] "\","
        print "      \"description\" : \"The run-time image of java.base in the bundles and Debian packages\","
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
