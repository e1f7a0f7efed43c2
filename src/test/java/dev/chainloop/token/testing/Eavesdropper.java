package dev.chainloop.token.testing;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;

/** Another user of the machine, who watches the arguments of all processes while this is open. */
public final class Eavesdropper implements AutoCloseable {
    /** The JUnit resource that a test locks to watch; a test that passes tokens as arguments locks it for reading. */
    public static final String ARGUMENTS = "the arguments of processes";

    private static final int PAUSE_MILLIS = 2;

    private final Set<String> seen = new ConcurrentSkipListSet<>();
    private final Thread thread = new Thread(this::look, "eavesdropper");
    private volatile boolean over;

    public Eavesdropper() {
        thread.setDaemon(true);
        thread.start();
    }

    private void look() {
        while (!over) {
            try (DirectoryStream<Path> processes = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
                for (Path process : processes) {
                    read(process.resolve("cmdline"));
                }
                Thread.sleep(PAUSE_MILLIS);
            } catch (IOException | InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private void read(Path file) {
        try {
            seen.add(new String(Files.readAllBytes(file), StandardCharsets.UTF_8).replace('\0', ' '));
        } catch (IOException e) {
            // It has ended.
        }
    }

    /** The command lines that were seen. */
    public Set<String> commandLines() {
        return seen;
    }

    @Override
    public void close() {
        over = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
