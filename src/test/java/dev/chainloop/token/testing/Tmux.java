package dev.chainloop.token.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** A shell at a terminal tall enough for any help, at home in the folder where it starts; takes keys, and shows the screen. */
public final class Tmux implements AutoCloseable {
    private static final long PATIENCE_MILLIS = 15_000;

    private final String name = "chainloop-token-" + UUID.randomUUID();
    private final String folder;

    public Tmux(Path folder, String command, int columns) throws IOException, InterruptedException {
        this.folder = folder.toString();
        // Without it, fish makes completions of its own for a while, also in a folder that is being deleted.
        Files.createDirectories(folder.resolve(".cache/fish/generated_completions"));
        String width = String.valueOf(columns);
        tmux("-f", "/dev/null", "new-session", "-d", "-x", width, "-y", "300", "-c", this.folder, command);
    }

    public void type(String text) throws IOException, InterruptedException {
        tmux("send-keys", "-l", text);
    }

    /** Presses a key by tmux's name for it. */
    public void press(String key) throws IOException, InterruptedException {
        tmux("send-keys", key);
    }

    /**
     * The lines that are not empty, joined where the terminal wrapped them and without trailing blanks, once they are
     * as expected or time is up.
     */
    public List<String> screen(List<String> expected) throws IOException, InterruptedException {
        long end = System.currentTimeMillis() + PATIENCE_MILLIS;
        List<String> lines;
        do {
            Thread.sleep(50);
            lines = new ArrayList<>();
            for (String line : tmux("capture-pane", "-p", "-J").lines().toList()) {
                if (!line.isBlank()) {
                    lines.add(line.stripTrailing());
                }
            }
        } while (!lines.equals(expected) && System.currentTimeMillis() < end);
        return lines;
    }

    @Override
    public void close() throws IOException {
        try {
            tmux("kill-server");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private String tmux(String... command) throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(List.of("tmux", "-L", name));
        all.addAll(List.of(command));
        return Program.of(all).with(Map.of("HOME", folder)).merged().run().out();
    }
}
