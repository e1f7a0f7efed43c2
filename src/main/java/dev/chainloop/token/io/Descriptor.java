package dev.chainloop.token.io;

import java.io.IOException;
import java.nio.file.Path;

/** What one of the process's standard descriptors is open on. POSIX systems show that by {@code /dev/stdin} and the like. */
public enum Descriptor {
    IN("/dev/stdin"),
    OUT("/dev/stdout"),
    ERR("/dev/stderr");

    private final Path path;

    public enum Kind {
        PIPE,
        FILE,
        SOCKET,
        TERMINAL,
        /** A folder, a device such as {@code /dev/null}, or what the system does not tell. */
        OTHER
    }

    Descriptor(String path) {
        this.path = Path.of(path);
    }

    public Kind kind() {
        try {
            return switch (NamedFile.attribute(path, "unix:mode") & 0170000) {
                case 0010000 -> Kind.PIPE;
                case 0140000 -> Kind.SOCKET;
                case 0100000 -> Kind.FILE;
                // Terminals are character devices; so are null, zero and full, which share one driver.
                case 0020000 -> driver(path) == driver(Path.of("/dev/null")) ? Kind.OTHER : Kind.TERMINAL;
                default -> Kind.OTHER;
            };
        } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
            return Kind.OTHER;
        }
    }

    private static int driver(Path device) throws IOException {
        return NamedFile.attribute(device, "unix:rdev") >> 8;
    }
}
