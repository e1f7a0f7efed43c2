package dev.chainloop.token.io;

import dev.chainloop.token.io.Descriptor.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Standard input, and what it is open on, which decides whether it is read without being asked for. */
public interface StandardInput {
    /** What it is open on; determined only when it matters. */
    Kind kind();

    InputStream stream();

    /** Whether it is a pipe that the process which started this one reads, too; false where the system does not tell. */
    default boolean isParents() {
        return false;
    }

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

        @Override
        public boolean isParents() {
            Optional<ProcessHandle> parent = ProcessHandle.current().parent();
            // The right side of a pipe may be a subshell, a copy of its shell.
            while (parent.isPresent() && isCopy(parent.get())) {
                parent = parent.get().parent();
            }
            try {
                return parent.isPresent()
                        && pipe("self").equals(pipe(String.valueOf(parent.get().pid())));
            } catch (IOException e) {
                return false;
            }
        }

        private static boolean isCopy(ProcessHandle process) {
            Optional<String> line = process.info().commandLine();
            return line.isPresent()
                    && process.parent()
                            .flatMap(parent -> parent.info().commandLine())
                            .equals(line);
        }

        private static Path pipe(String process) throws IOException {
            return Files.readSymbolicLink(Path.of("/proc", process, "fd/0"));
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
