package dev.chainloop.token.io;

import dev.chainloop.token.io.Descriptor.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Optional;

/** Standard input, and what it is open on, which decides whether it is read without being asked for. */
public interface StandardInput {
    /** What it is open on; determined only when it matters. */
    Kind kind();

    InputStream stream();

    /** A standard input that is used for something other than a token. */
    static StandardInput taken() {
        return new Fixed(Kind.TAKEN, InputStream.nullInputStream());
    }

    /** Of one kind, whatever that is. */
    record Fixed(Kind kind, InputStream stream) implements StandardInput {}

    /**
     * The standard input of this process.
     *
     * @param stream reads descriptor 0
     * @param javaHome the running Java's folder, if there is one: if descriptor 0 is a file in there, the caller had closed
     *     standard input, and the JVM opened one of its own files under that number
     */
    record OfProcess(InputStream stream, Optional<Path> javaHome) implements StandardInput {
        @Override
        public Kind kind() {
            Kind kind = Descriptor.IN.kind();
            boolean java = kind == Kind.FILE && javaHome.isPresent() && Descriptor.IN.isWithin(javaHome.get());
            return java ? Kind.CLOSED : kind == Kind.CLOSED && !Descriptor.IN.isNamed() ? kindByData() : kind;
        }

        private Kind kindByData() {
            try {
                return stream.available() > 0 ? Kind.PIPE : Kind.OTHER;
            } catch (IOException e) {
                return Kind.CLOSED;
            }
        }
    }
}
