package dev.chainloop.token.io;

import java.io.BufferedInputStream;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A file by its name: what is in it, and who can read it by the POSIX mode bits; access control lists are ignored. */
public final class NamedFile {
    private NamedFile() {}

    /**
     * Reads all of it. It can also be a pipe or a device, such as a shell's {@code <(…)}.
     *
     * @param most how many bytes it may have; one byte more is read of a larger file, to detect it
     */
    public static byte[] read(Path file, int most) throws IOException {
        // Buffered: a bare FileInputStream.readNBytes of JDK 17 seeks, which a pipe cannot.
        try (InputStream in = new BufferedInputStream(new FileInputStream(file.toFile()))) {
            return in.readNBytes(most + 1);
        }
    }

    /**
     * Whether every user of the machine can read a file: its own bits allow it, and each folder above lets them
     * through. False also when that cannot be determined.
     */
    public static boolean isOpenToOthers(Path file) {
        try {
            Path real = file.toRealPath();
            boolean open = (attribute(real, "unix:mode") & 04) != 0;
            for (@Nullable Path folder = real.getParent(); open && folder != null; folder = folder.getParent()) {
                open = (attribute(folder, "unix:mode") & 01) != 0;
            }
            return open;
        } catch (IOException | UnsupportedOperationException e) {
            return false;
        }
    }

    /** The permission bits of a file in octal, as {@code chmod} takes them; empty when they cannot be determined. */
    public static Optional<String> mode(Path file) {
        try {
            return Optional.of(Integer.toOctalString(attribute(file, "unix:mode") & 07777));
        } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** When a file was last modified; empty when that cannot be determined. */
    public static Optional<Instant> written(Path file) {
        try {
            return Optional.of(Files.getLastModifiedTime(file).toInstant());
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    static int attribute(Path file, String name) throws IOException {
        return ((Number) Files.getAttribute(file, name)).intValue();
    }
}
