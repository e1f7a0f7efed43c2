package dev.chainloop.token.source;

import dev.chainloop.token.core.TokenShape;
import dev.chainloop.token.io.Hint;
import dev.chainloop.token.io.Notes;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Opens files, one after the other: those that are named, and all regular ones in folders. What cannot be opened is told, and
 * the others are read.
 */
public final class FileWalk {
    /** So many entries of a folder are read in the order of their names; more would fill the heap. */
    private static final int MOST_SORTED = 10_000;

    private final boolean silent;
    private final Notes notes;
    private final Visitor visitor;

    /** Receives what a walk finds. */
    public interface Visitor {
        /**
         * A file, which is closed afterwards.
         *
         * @param name its path, as it was named or found; a name that looks like a token is left out of it
         * @throws StoppedException to end the walk
         */
        void read(InputStream in, String name) throws StoppedException;

        /** A file or folder that cannot be read, and why. */
        void unreadable(String name, String why);
    }

    /** Nothing more is to be read. */
    public static final class StoppedException extends IOException {
        private static final long serialVersionUID = 1L;

        /** Stopped by an error. */
        public StoppedException(IOException cause) {
            super(cause);
        }
    }

    /**
     * A walk.
     *
     * @param silent whether it gives no notes
     * @param notes is told what is waited for
     * @param visitor receives what is found
     */
    public FileWalk(boolean silent, Notes notes, Visitor visitor) {
        this.silent = silent;
        this.notes = notes;
        this.visitor = visitor;
    }

    /**
     * Reads a file, or a pipe or device.
     *
     * @throws StoppedException when the visitor stops the walk
     */
    public void file(Path path, String name) throws StoppedException {
        try (InputStream in = open(path)) {
            visitor.read(in, name);
        } catch (StoppedException e) {
            throw e;
        } catch (IOException e) {
            visitor.unreadable(name, Files.exists(path) ? "cannot be read" : "does not exist");
        }
    }

    /** A pipe opens only when somebody writes to it. */
    private InputStream open(Path path) throws IOException {
        if (silent || Files.isRegularFile(path)) {
            return Files.newInputStream(path);
        }
        Hint hint = Hint.after(notes, "waiting for a writer to a file that is a pipe or a device");
        try {
            return Files.newInputStream(path);
        } finally {
            hint.end();
        }
    }

    /**
     * Reads everything in a folder, without following symbolic links.
     *
     * @throws StoppedException when the visitor stops the walk
     */
    public void folder(Path folder, String name) throws StoppedException {
        String prefix = name.endsWith(File.separator) ? name : name + File.separator;
        List<Path> entries = new ArrayList<>();
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(folder)) {
            for (Path entry : stream) {
                entries.add(entry);
                if (entries.size() == MOST_SORTED) {
                    entries(entries, prefix);
                    entries.clear();
                }
            }
        } catch (StoppedException e) {
            throw e;
        } catch (IOException | DirectoryIteratorException e) {
            visitor.unreadable(name, "cannot be read");
        }
        entries(entries, prefix);
    }

    private void entries(List<Path> entries, String prefix) throws StoppedException {
        Collections.sort(entries);
        for (Path entry : entries) {
            String path = prefix + TokenShape.hidden(String.valueOf(entry.getFileName()));
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
}
