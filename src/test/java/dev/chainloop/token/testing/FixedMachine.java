package dev.chainloop.token.testing;

import dev.chainloop.token.source.Machine;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A machine that a test makes.
 *
 * @param attended whether a person is at a terminal
 * @param files the files that exist, with what they hold
 * @param journal what standard error is open on
 */
public record FixedMachine(boolean attended, Map<String, String> files, Optional<String> journal) implements Machine {
    /** A person's terminal. */
    public static final FixedMachine TERMINAL = of(List.of());

    /** By a transcript's lines: {@code unattended}, {@code journal 8:1}, {@code FILE} or {@code FILE CONTENT}. */
    public static FixedMachine of(List<String> lines) {
        Map<String, String> files = new java.util.HashMap<>();
        Optional<String> journal = Optional.empty();
        for (String line : lines) {
            String[] words = line.split(" ", 2);
            if (words[0].equals("journal")) {
                journal = Optional.of(words[1]);
            } else if (words[0].startsWith("/")) {
                files.put(words[0], words.length > 1 ? words[1] : "");
            }
        }
        return new FixedMachine(!lines.contains("unattended"), files, journal);
    }

    @Override
    public boolean exists(String path) {
        return files.containsKey(path);
    }

    @Override
    public Optional<String> read(String path) {
        return Optional.ofNullable(files.get(path));
    }
}
