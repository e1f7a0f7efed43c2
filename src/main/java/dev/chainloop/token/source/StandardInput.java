package dev.chainloop.token.source;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.function.Supplier;

/** Standard input with what kind of file it is, which decides whether it is read unasked. */
public final class StandardInput {
    private static final int TYPE_MASK = 0170000;
    private static final int PIPE_TYPE = 0010000;
    private static final int FILE_TYPE = 0100000;
    private static final int SOCKET_TYPE = 0140000;

    private final InputStream stream;
    private final Supplier<Kind> kind;

    /** What descriptor 0 is open on. */
    public enum Kind {
        PIPE,
        FILE,
        SOCKET,
        /** Closed by the caller. */
        CLOSED,
        /** A terminal, a device such as {@code /dev/null}, or what cannot be told. */
        OTHER
    }

    /**
     * A standard input of a known kind.
     *
     * @param stream the bytes
     * @param kind what it is open on; asked at most when it matters
     */
    public StandardInput(InputStream stream, Supplier<Kind> kind) {
        this.stream = stream;
        this.kind = kind;
    }

    /**
     * The process's own standard input.
     *
     * @param stream reads descriptor 0
     * @param javaHome the running Java's folder: a descriptor 0 in there is the JVM's own file, opened in the place of a
     *     standard input that the caller had closed
     */
    public static StandardInput ofProcess(InputStream stream, Path javaHome) {
        return new StandardInput(stream, () -> kindOfDescriptor(stream, javaHome));
    }

    Kind kind() {
        return kind.get();
    }

    InputStream stream() {
        return stream;
    }

    private static Kind kindOfDescriptor(InputStream stream, Path javaHome) {
        Path descriptor = Path.of("/dev/stdin");
        try {
            if (!Files.exists(descriptor, LinkOption.NOFOLLOW_LINKS)) {
                return stream.available() > 0 ? Kind.PIPE : Kind.OTHER;
            }
            return switch ((Integer) Files.getAttribute(descriptor, "unix:mode") & TYPE_MASK) {
                case PIPE_TYPE -> Kind.PIPE;
                case SOCKET_TYPE -> Kind.SOCKET;
                case FILE_TYPE -> isWithin(descriptor, javaHome) ? Kind.CLOSED : Kind.FILE;
                default -> Kind.OTHER;
            };
        } catch (IOException | UnsupportedOperationException e) {
            return Kind.CLOSED;
        }
    }

    private static boolean isWithin(Path descriptor, Path folder) {
        try {
            return descriptor.toRealPath().startsWith(folder.toRealPath());
        } catch (IOException e) {
            // A deleted file has no path any more; the JVM's own files are still there.
            return false;
        }
    }
}
