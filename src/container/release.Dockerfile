# The image that a release publishes: the executable, which needs no Java, on a small base with a shell. push.sh beside this file
# makes it. No entry point: a job's shell, or the tool by its name, is the command.
FROM docker.io/library/alpine:3.23@sha256:5b10f432ef3da1b8d4c7eb6c487f2f5a8f096bc91145e68878dd4a5019afde11 AS authorities

# With a glibc, which the executable for arm64 needs.
FROM docker.io/library/busybox:1.37.0-glibc@sha256:a2c55ed708c564a69a695e0a3bb16a4c47d2bb268d2ebd06f0d77336801b80de
ARG TARGETARCH
COPY --from=authorities /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/
COPY $TARGETARCH/bin/chainloop-token /usr/local/bin/
COPY $TARGETARCH/share/doc/chainloop-token /usr/local/share/doc/chainloop-token
USER 65534:65534
CMD ["chainloop-token"]
