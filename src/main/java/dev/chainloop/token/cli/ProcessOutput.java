package dev.chainloop.token.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What the process's own standard output is open on. */
public final class ProcessOutput implements World.OutputKind {
    private static final int TYPE_MASK = 0170000;
    private static final int PIPE_TYPE = 0010000;
    private static final int SOCKET_TYPE = 0140000;
    private static final int DEVICE_TYPE = 0020000;

    private static final Path DESCRIPTOR = Path.of("/dev/stdout");
    private static final Path NULL_DEVICE = Path.of("/dev/null");

    @Override
    public boolean isTerminal() {
        // Terminals are character devices; so are null, zero and full, which share one driver.
        return type() == DEVICE_TYPE && driver(DESCRIPTOR) != driver(NULL_DEVICE);
    }

    @Override
    public boolean isPipe() {
        int type = type();
        return type == PIPE_TYPE || type == SOCKET_TYPE;
    }

    private static int type() {
        return attribute(DESCRIPTOR, "unix:mode") & TYPE_MASK;
    }

    private static int driver(Path device) {
        return attribute(device, "unix:rdev") >> 8;
    }

    private static int attribute(Path path, String name) {
        try {
            return ((Number) Files.getAttribute(path, name)).intValue();
        } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
            return 0;
        }
    }
}
