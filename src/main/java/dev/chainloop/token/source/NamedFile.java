package dev.chainloop.token.source;

import java.io.BufferedInputStream;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads a file that the user named, which can be a pipe or a device too, as a shell's {@code <(…)} is. */
public final class NamedFile {
    private NamedFile() {}

    /**
     * Reads all of it.
     *
     * @param most how many bytes it may have; one byte more is read of a larger file, to detect it
     * @param notes told what is being waited for, if it is a pipe or a device that takes a while
     * @param what what the file is
     */
    public static byte[] read(Path file, int most, Search.Notes notes, String what) throws IOException {
        if (Files.isRegularFile(file)) {
            return read(file, most);
        }
        Hint hint = Hint.after(notes, "waiting for " + what + ", which is a pipe or a device");
        try {
            return read(file, most);
        } finally {
            hint.end();
        }
    }

    private static byte[] read(Path file, int most) throws IOException {
        // Buffered: a bare FileInputStream.readNBytes of JDK 17 seeks, which a pipe cannot.
        try (InputStream in = new BufferedInputStream(new FileInputStream(file.toFile()))) {
            return in.readNBytes(most + 1);
        }
    }
}
