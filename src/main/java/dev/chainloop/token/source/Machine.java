package dev.chainloop.token.source;

import dev.chainloop.token.io.Descriptor;
import dev.chainloop.token.io.NamedFile;
import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the machine tells about the place where this runs, beyond the variables; tests bring their own. */
public interface Machine {
    /** Where the system shows files that are none, and have no length. */
    String PROC = "/proc/";

    /** Whether a person is at a terminal: one of the standard descriptors is open on it, or the process has one. */
    boolean attended();

    boolean exists(String path);

    /** Whether something can be made in a folder, or in the nearest above it that exists. */
    boolean writable(Path folder);

    /** The home folder of the user's account, whatever the variables say; empty when unknown. */
    Optional<String> home();

    /** The beginning of a text file; empty when it cannot be read. */
    Optional<String> read(String path);

    /** The names of the files in a folder, in order; none where it cannot be read. */
    List<String> files(String folder);

    /** The names of the processes that started this one, nearest first, as {@code ps -o comm} shows them. */
    List<String> ancestors();

    /** Whether another process than the machine's first one started this, as {@code docker exec} does in a container. */
    boolean entered();

    /** Whether the permissions of a file can be changed. */
    boolean owns(Path file);

    /** The machine that runs the process. */
    final class Own implements Machine {
        /** More than any real chain has. */
        private static final int MOST_ANCESTORS = 32;

        /** Null until somebody asks. */
        private @Nullable List<String> ancestors;

        @Override
        public boolean attended() {
            for (Descriptor descriptor : Descriptor.values()) {
                if (descriptor.kind() == Descriptor.Kind.TERMINAL) {
                    return true;
                }
            }
            return hasTerminal();
        }

        /** Opening it fails for a process without a controlling terminal (ENXIO). */
        private static boolean hasTerminal() {
            try {
                new FileInputStream("/dev/tty").close();
                return true;
            } catch (IOException e) {
                return false;
            }
        }

        @Override
        public boolean exists(String path) {
            return Files.exists(Path.of(path));
        }

        @Override
        public boolean writable(Path folder) {
            Path above = folder;
            while (!Files.exists(above) && above.getParent() != null) {
                above = above.getParent();
            }
            return Files.isWritable(above);
        }

        @Override
        public Optional<String> home() {
            String account = NamedFile.owner(Path.of("/proc/self")) + ":";
            return read("/etc/passwd")
                    .orElse("")
                    .lines()
                    .filter(line -> line.startsWith(account))
                    .map(line -> line.split(":", -1)[5])
                    .findFirst();
        }

        @Override
        public Optional<String> read(String path) {
            // A file without a length may have no end; of those in /proc, only some are asked for.
            boolean endless = new File(path).length() == 0 && !path.startsWith(PROC);
            if (endless || !Files.isRegularFile(Path.of(path))) {
                return Optional.empty();
            }
            try (FileInputStream in = new FileInputStream(path)) {
                return Optional.of(new String(in.readNBytes(1 << 20), StandardCharsets.UTF_8));
            } catch (IOException e) {
                return Optional.empty();
            }
        }

        @Override
        public List<String> files(String folder) {
            String[] names = new File(folder).list();
            List<String> files = new ArrayList<>();
            if (names != null) {
                Arrays.sort(names);
                files.addAll(Arrays.asList(names));
            }
            return files;
        }

        @Override
        public List<String> ancestors() {
            List<String> known = ancestors;
            if (known == null) {
                known = read(PROC + "self/stat").isPresent() ? byProc() : byHandles();
                ancestors = known;
            }
            return known;
        }

        /** A line begins {@code PID (NAME) STATE PARENT}; a name can hold spaces and parentheses. */
        private List<String> byProc() {
            List<String> names = new ArrayList<>();
            String line = read(PROC + "self/stat").orElse("");
            while (names.size() < MOST_ANCESTORS) {
                line = read(PROC + parent(line) + "/stat").orElse("");
                if (line.isEmpty()) {
                    break;
                }
                names.add(line.substring(line.indexOf('(') + 1, line.lastIndexOf(')')));
            }
            return names;
        }

        @Override
        public boolean entered() {
            String line = read(PROC + "self/stat").orElse("");
            String parent = parent(line);
            while (!parent.isEmpty() && !parent.equals("0")) {
                line = read(PROC + parent + "/stat").orElse("");
                parent = parent(line);
            }
            return parent.equals("0") && !line.startsWith("1 ");
        }

        private static String parent(String line) {
            String[] fields = line.substring(line.lastIndexOf(')') + 1).trim().split(" ", 3);
            return fields.length > 1 ? fields[1] : "";
        }

        @Override
        public boolean owns(Path file) {
            String user = NamedFile.owner(Path.of("/proc/self"));
            try {
                return (user.equals("root") || user.equals(NamedFile.owner(file)))
                        && !Files.getFileStore(file).isReadOnly();
            } catch (IOException e) {
                return false;
            }
        }

        private static List<String> byHandles() {
            List<String> names = new ArrayList<>();
            Optional<ProcessHandle> parent = ProcessHandle.current().parent();
            while (parent.isPresent() && names.size() < MOST_ANCESTORS) {
                String command = parent.get().info().command().orElse("");
                names.add(command.substring(command.lastIndexOf('/') + 1));
                parent = parent.get().parent();
            }
            return names;
        }
    }
}
