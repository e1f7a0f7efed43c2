#!/bin/sh
# dry-run.sh: plays the release of what is in target, and shows every file that would be published; nothing leaves this machine.
# A candidate of it is played, too, which would publish the same files, and nothing that Homebrew or JBang installs.
# Placeholders stand for systems that nothing was built for here. Not played, since GitHub must answer: the attestations,
# the upload, and the pushes of the Homebrew formula and the JBang catalog, which are only made.
set -eu
root=$(cd -P "$(dirname "$0")/../.." && pwd)
cd "$root"
version=$(target/chainloop-token/bin/chainloop-token --version)
version=${version##* }
name=chainloop-token-$version
work=$root/target/dry-run
rm -rf "$work"
mkdir -p "$work/target"

# JReleaser wants a repository with a remote, and a checkout may have none.
cp -R pom.xml LICENSE src .github .mvn "$work/"
cp -R target/chainloop-token "$work/target/"
find target -maxdepth 1 -name 'chainloop-token[-_]*' -type f -exec cp {} "$work/target/" \;
cd "$work"
git init -q -b main
git remote add origin "https://github.com/$(sed -n 's|.*<place>\(.*\)</place>|\1|p' pom.xml).git"
git add pom.xml
git -c user.name=nobody -c user.email=nobody@localhost -c commit.gpgSign=false commit -q -m 'dry run'

cd target
for file in "$name.cdx.json" "$name-linux-x86_64.tar.gz" "$name-linux-glibc-aarch64.tar.gz" "$name-macos-arm64.zip" \
    "$name-macos-x86_64.zip" "$name-macos-arm64.tar.gz" "$name-macos-x86_64.tar.gz" \
    "chainloop-token_${version}_amd64.deb" "chainloop-token_${version}_arm64.deb" \
    "$name.provenance.sigstore.json" "$name.sbom.sigstore.json"; do
    [ ! -e "$file" ] || continue
    echo "placeholder: $file"
    folder=${file%.*}
    mkdir -p "$folder/bin"
    echo "not built here: $file" >"$folder/bin/chainloop-token"
    case $file in
        *.zip) jar --create --no-manifest --file "$file" "$folder" ;;
        *) tar -czf "$file" "$folder" ;;
    esac
    rm -r "$folder"
done
cd ..

# play VERSION EXCLUDED: `changelog` and `checksum` are steps of `release`.
play() {
    rm -rf target/jreleaser
    JRELEASER_GITHUB_TOKEN=none mvn -B -ntp -Drevision="$1" -Djreleaser.excluded.packagers="$2" -Djreleaser.dry.run=true \
        jreleaser:assemble jreleaser:config jreleaser:release jreleaser:package >target/log 2>&1 || { cat target/log && exit 1; }
    sed -n 's/^\[INFO\]  - uploading /published: /p' target/log | sort -u >target/published
}
fail() {
    echo "error: $1" >&2
    exit 1
}

play "$version" "$(case $version in *-*) echo brew,jbang ;; esac)"
cat target/published
cat target/jreleaser/package/chainloop-token/brew/Formula/*.rb target/jreleaser/package/jar/jbang/jbang-catalog.json

# All of it, and nothing else; the folder as it was packed works, and the checksums are those of the files.
[ "$(wc -l <target/published)" = 14 ] || fail "$(wc -l <target/published) files, not fourteen"
mkdir target/unpacked
find target -maxdepth 1 -type f -name 'chainloop-token[-_]*' -exec cp {} target/unpacked/ \;
cp target/jreleaser/assemble/jar-folder/archive/*.tar.gz target/unpacked/
cp target/chainloop-token/lib/chainloop-token.jar "target/unpacked/$name.jar"
(cd target/unpacked && sha256sum --quiet --strict -c ../jreleaser/checksums/checksums_sha256.txt) || fail 'wrong checksums'
tar -xzf "target/unpacked/$name-java.tar.gz" -C target/unpacked
[ "$("target/unpacked/$name-java/bin/chainloop-token" --version)" = "chainloop-token $version" ] || fail 'the folder does not work'
grep -q '^### ' target/jreleaser/release/CHANGELOG.md || fail "the change log has nothing about $version"

# The same files once more, as a candidate's.
candidate=${version%%-*}-rc.1
for file in target/*"$version"*; do
    [ ! -f "$file" ] || mv "$file" "$(echo "$file" | sed "s/$version/$candidate/")"
done
play "$candidate" brew,jbang
[ "$(wc -l <target/published)" = 14 ] || fail "$(wc -l <target/published) files of a candidate, not fourteen"
[ ! -e target/jreleaser/package/chainloop-token/brew ] && [ ! -e target/jreleaser/package/jar/jbang ] ||
    fail 'Homebrew or JBang would install a candidate'
echo "and as $candidate: the same files, no formula and no catalog"
