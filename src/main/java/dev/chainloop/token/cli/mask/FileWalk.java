package dev.chainloop.token.cli.mask;

import dev.chainloop.token.io.Hint;
import dev.chainloop.token.io.Notes;
import dev.chainloop.token.scan.TokenScanner;
import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.stream.Stream;

/**
 * Opens files, one after the other: those that are named, and all regular ones in folders. What cannot be opened is reported, and
 * the others are read.
 *
 * @param notes told what is waited for
 */
public record FileWalk(Notes notes, Visitor visitor) {

    /** Receives what a walk finds. */
    public interface Visitor {
        /**
         * A file, which is closed afterwards.
         *
         * @param name its path, as it was named or found; a name with a token in it is left out
         */
        void read(InputStream in, String name) throws StoppedException;

        /** A file or folder that cannot be read, and why. */
        void unreadable(String name, String why);
    }

    /** Thrown by a visitor to end the walk. */
    public static final class StoppedException extends IOException {
        private static final long serialVersionUID = 1L;

        /** Stopped by an error of another kind. */
        public StoppedException(IOException cause) {
            super(cause);
        }
    }

    /** Reads a file, or a pipe or device. */
    public void file(Path path, String name) throws StoppedException {
        try (InputStream in = open(path)) {
            visitor.read(in, name);
        } catch (StoppedException e) {
            throw e;
        } catch (IOException e) {
            visitor.unreadable(name, "cannot be read");
        }
    }

    /** A pipe opens only when somebody writes to it. */
    private InputStream open(Path path) throws IOException {
        if (Files.isRegularFile(path)) {
            return new FileInputStream(path.toFile());
        }
        Hint hint = Hint.after(notes, "waiting for a writer to a file that is a pipe or a device");
        try {
            return new FileInputStream(path.toFile());
        } finally {
            hint.end();
        }
    }

    /** Reads everything in a folder, without following symbolic links. */
    public void folder(Path folder, String name) throws StoppedException {
        String prefix = name.endsWith(File.separator) ? name : name + File.separator;
        List<Path> entries = List.of();
        try (Stream<Path> all = Files.list(folder)) {
            entries = all.sorted().toList();
        } catch (IOException | UncheckedIOException e) {
            visitor.unreadable(name, "cannot be read");
        }
        for (Path entry : entries) {
            String file = String.valueOf(entry.getFileName());
            entry(entry, prefix + (TokenScanner.find(file).isEmpty() ? file : "(a token)"));
        }
    }

    private void entry(Path entry, String path) throws StoppedException {
        try {
            BasicFileAttributes kind =
                    Files.readAttributes(entry, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            if (kind.isDirectory()) {
                folder(entry, path);
            } else if (kind.isRegularFile()) {
                file(entry, path);
            }
        } catch (NoSuchFileException e) {
            // Removed since the folder was read.
        } catch (StoppedException e) {
            throw e;
        } catch (IOException e) {
            visitor.unreadable(path, "cannot be read");
        }
    }
}
