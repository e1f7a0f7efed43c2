package dev.chainloop.token.source;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/** The process's own standard input. */
public final class ProcessInput implements StandardInput {
    private static final int TYPE_MASK = 0170000;
    private static final int PIPE_TYPE = 0010000;
    private static final int FILE_TYPE = 0100000;
    private static final int SOCKET_TYPE = 0140000;

    private static final Path DESCRIPTOR = Path.of("/dev/stdin");

    private final InputStream stream;
    private final Path javaHome;

    /**
     * The standard input of this process.
     *
     * @param stream reads descriptor 0
     * @param javaHome the running Java's folder: a descriptor 0 in there is the JVM's own file, opened in the place of a
     *     standard input that the caller had closed
     */
    public ProcessInput(InputStream stream, Path javaHome) {
        this.stream = stream;
        this.javaHome = javaHome;
    }

    @Override
    public InputStream stream() {
        return stream;
    }

    @Override
    public Kind kind() {
        try {
            if (!Files.exists(DESCRIPTOR, LinkOption.NOFOLLOW_LINKS)) {
                return stream.available() > 0 ? Kind.PIPE : Kind.OTHER;
            }
            return switch ((Integer) Files.getAttribute(DESCRIPTOR, "unix:mode") & TYPE_MASK) {
                case PIPE_TYPE -> Kind.PIPE;
                case SOCKET_TYPE -> Kind.SOCKET;
                case FILE_TYPE -> isTheJvmsOwn() ? Kind.CLOSED : Kind.FILE;
                default -> Kind.OTHER;
            };
        } catch (IOException | UnsupportedOperationException e) {
            return Kind.CLOSED;
        }
    }

    private boolean isTheJvmsOwn() {
        try {
            return DESCRIPTOR.toRealPath().startsWith(javaHome.toRealPath());
        } catch (IOException e) {
            // A deleted file has no path any more; the JVM's own files are still there.
            return false;
        }
    }
}
