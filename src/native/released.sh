#!/bin/sh
# released.sh ARGUMENTS: builds and tests the executable as a release has it for this system, by Maven with these arguments and the
# GraalVM in GRAALVM_HOME or JAVA_HOME. On x86-64 Linux it is static, and needs musl's compiler (x86_64-linux-musl-gcc). On arm64
# Linux it needs glibc 2.34 or newer, and Docker: an executable does not start where the C library is older than that which it was
# linked with, so it is compiled in a container that has an old one.
set -eu
cd "$(dirname "$0")/../.."

# Oracle Linux 9, which has glibc 2.34, a C compiler and a static zlib.
image=ghcr.io/graalvm/native-image-community:25@sha256:0d936f32bb8acb5bc60c41b33e05f064d7a6aaf36b726538296c54949bd4a3c0

# Makes target/container a GraalVM home whose native-image runs the real one in a container.
in_container() {
    graalvm=${GRAALVM_HOME:-$JAVA_HOME}
    home=$PWD/target/container
    rm -rf "$home"
    mkdir -p "$home/bin"
    for file in legal release LICENSE_NATIVEIMAGE.txt; do
        [ ! -e "$graalvm/$file" ] || ln -s "$graalvm/$file" "$home/"
    done
    cat >"$home/bin/native-image" <<'END'
#!/bin/sh
exec docker run --rm --network none --user "$(id -u):$(id -g)" --env HOME=/tmp --env LANG=C.UTF-8 \
    --volume "$REAL:$REAL:ro" --volume "$HOME/.m2:$HOME/.m2:ro" --volume "$ROOT:$ROOT" --workdir "$ROOT" \
    --entrypoint "$REAL/bin/native-image" "$IMAGE" "$@"
END
    chmod +x "$home/bin/native-image"
    # As variables: in the script's text, a path would be code.
    export REAL="$graalvm" IMAGE="$image" ROOT="$PWD" GRAALVM_HOME="$home"
}

case $(uname -sm) in
    'Linux x86_64') set -- -Dnative.link=--static -Dnative.libc=--libc=musl "$@" ;;
    'Linux aarch64') in_container ;;
esac
exec mvn -B -ntp -Pnative,release "$@" verify
