package dev.chainloop.token.testing;

import dev.chainloop.token.source.Machine;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntConsumer;

/**
 * A machine that a test makes.
 *
 * @param attended whether a person is at a terminal
 * @param files the files that exist, with what they hold
 * @param home the home folder of the account
 * @param pauses called in place of each pause
 */
public record FixedMachine(boolean attended, Map<String, String> files, Optional<String> home, IntConsumer pauses)
        implements Machine {
    public static final FixedMachine TERMINAL = of(List.of());

    /**
     * By a transcript's lines: {@code unattended}, {@code home /root}, {@code FILE}
     * or {@code FILE CONTENT}.
     */
    public static FixedMachine of(List<String> lines) {
        Map<String, String> files = new java.util.HashMap<>();
        Optional<String> home = Optional.empty();
        for (String line : lines) {
            String[] words = line.split(" ", 2);
            if (words[0].equals("home")) {
                home = Optional.of(words[1]);
            } else if (words[0].startsWith("/")) {
                files.put(words[0], words.length > 1 ? words[1] : "");
            }
        }
        return new FixedMachine(!lines.contains("unattended"), files, home, millis -> {});
    }

    public FixedMachine pausing(IntConsumer pauses) {
        return new FixedMachine(attended, files, home, pauses);
    }

    @Override
    public boolean exists(String path) {
        return files.containsKey(path);
    }

    @Override
    public Optional<String> read(String path) {
        return Optional.ofNullable(files.get(path));
    }

    @Override
    public void pause(int millis) {
        pauses.accept(millis);
    }
}
