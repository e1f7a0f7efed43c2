package dev.chainloop.token.source;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Who can read a file, by the POSIX mode bits; access control lists are ignored. */
public final class FileAccess {
    private static final int OTHERS_READ = 04;
    private static final int OTHERS_ENTER = 01;

    private FileAccess() {}

    /**
     * Whether every user of the machine can read a file: its own bits allow it, and each folder above lets them through.
     *
     * @return false also when that cannot be determined
     */
    public static boolean isOpenToOthers(Path file) {
        try {
            Path real = file.toRealPath();
            if (!allows(real, OTHERS_READ)) {
                return false;
            }
            for (@Nullable Path folder = real.getParent(); folder != null; folder = folder.getParent()) {
                if (!allows(folder, OTHERS_ENTER)) {
                    return false;
                }
            }
            return true;
        } catch (IOException | UnsupportedOperationException e) {
            return false;
        }
    }

    /** The permission bits of a file in octal, as {@code chmod} takes them; empty when they cannot be determined. */
    public static String mode(Path file) {
        try {
            return Integer.toOctalString((Integer) Files.getAttribute(file, "unix:mode") & 07777);
        } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
            return "";
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

    /** Whether there is a file. */
    public static boolean exists(Path file) {
        return Files.exists(file);
    }

    private static boolean allows(Path file, int bit) throws IOException {
        return ((Integer) Files.getAttribute(file, "unix:mode") & bit) != 0;
    }
}
