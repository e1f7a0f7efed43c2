package dev.chainloop.token.source;

import dev.chainloop.token.io.Descriptor;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** What the machine tells about the place where this runs, beyond the variables; tests bring their own. */
public class Machine {
    // Kept, because it is asked for more than once and each answer opens a device.
    private Optional<Boolean> attended = Optional.empty();

    /** Whether a person is at a terminal: one of the standard descriptors is open on it, or the process has one. */
    public boolean attended() {
        attended = Optional.of(attended.isPresent() ? attended.get() : isOnTerminal());
        return attended.get();
    }

    /** What a standard descriptor is open on. */
    public Descriptor.Kind kind(Descriptor one) {
        return one.kind();
    }

    /** Whether a person reads there. */
    public final boolean isTerminal(Descriptor one) {
        return kind(one) == Descriptor.Kind.TERMINAL;
    }

    private boolean isOnTerminal() {
        for (Descriptor descriptor : Descriptor.values()) {
            if (isTerminal(descriptor)) {
                return true;
            }
        }
        // Opening it fails for a process without a controlling terminal (ENXIO).
        try {
            new FileInputStream("/dev/tty").close();
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    public boolean exists(String path) {
        return Files.exists(Path.of(path));
    }

    /** The home folder of the user's account, whatever the variables say; empty when unknown. */
    public Optional<String> home() {
        try {
            String account = Files.getOwner(Path.of("/proc/self")).getName() + ":";
            return read("/etc/passwd")
                    .flatMap(text -> text.lines()
                            .filter(line -> line.startsWith(account))
                            .findFirst())
                    .map(line -> line.split(":", -1))
                    .filter(parts -> parts.length > 5) // It may be cut.
                    .map(parts -> parts[5]);
        } catch (IOException | UnsupportedOperationException e) {
            return Optional.empty();
        }
    }

    /** The beginning of a text file; empty when it cannot be read. */
    public Optional<String> read(String path) {
        if (!Files.isRegularFile(Path.of(path))) {
            return Optional.empty();
        }
        try (FileInputStream in = new FileInputStream(path)) {
            return Optional.of(new String(in.readNBytes(1 << 20), StandardCharsets.UTF_8));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    public Path folder() {
        return Path.of("").toAbsolutePath();
    }

    public void pause(int millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
