# The image that a release publishes: the executable, which needs no Java, on a small base with a shell. push.sh beside this file
# makes it. No entry point: a job's shell, or the tool by its name, is the command.
# With a glibc, which the executable for arm64 needs.
FROM docker.io/library/busybox:1.37.0-glibc@sha256:a2c55ed708c564a69a695e0a3bb16a4c47d2bb268d2ebd06f0d77336801b80de
ARG TARGETARCH
COPY $TARGETARCH/bin/chainloop-token /usr/local/bin/
COPY $TARGETARCH/share/doc/chainloop-token /usr/local/share/doc/chainloop-token
USER 65534:65534
CMD ["chainloop-token"]
