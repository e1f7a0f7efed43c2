package dev.chainloop.token.source;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Optional;

/** The process's own standard input. */
public final class ProcessInput implements StandardInput {
    private final InputStream stream;
    private final Optional<Path> javaHome;

    /**
     * The standard input of this process.
     *
     * @param stream reads descriptor 0
     * @param pause lets time pass between two looks at a non-blocking pipe
     * @param javaHome the running Java's folder, if there is one: if descriptor 0 is a file in there, the caller had closed standard
     *     input, and the JVM opened one of its own files under that number
     */
    public ProcessInput(InputStream stream, Search.Pause pause, Optional<Path> javaHome) {
        this.stream = new PatientStream(stream, pause);
        this.javaHome = javaHome;
    }

    @Override
    public InputStream stream() {
        return stream;
    }

    @Override
    public Kind kind() {
        Descriptor descriptor = Descriptor.in();
        return switch (descriptor.type()) {
            case PIPE -> Kind.PIPE;
            case SOCKET -> Kind.SOCKET;
            case FILE -> javaHome.isPresent() && descriptor.isWithin(javaHome.get()) ? Kind.CLOSED : Kind.FILE;
            case TERMINAL -> Kind.TERMINAL;
            case OTHER -> Kind.OTHER;
            case UNKNOWN -> descriptor.isNamed() ? Kind.CLOSED : kindByData();
        };
    }

    private Kind kindByData() {
        try {
            return stream.available() > 0 ? Kind.PIPE : Kind.OTHER;
        } catch (IOException e) {
            return Kind.CLOSED;
        }
    }
}
