package dev.chainloop.token.testing;

import dev.chainloop.token.source.Machine;
import java.util.List;
import java.util.Optional;
import java.util.function.IntConsumer;

/**
 * A machine that a test makes; without lines, one where a person is at a terminal.
 *
 * @param lines {@code unattended}, {@code home /root}, {@code FILE} or {@code FILE CONTENT}
 * @param pauses called in place of each pause
 */
public record FixedMachine(List<String> lines, IntConsumer pauses) implements Machine {
    @Override
    public boolean attended() {
        return !lines.contains("unattended");
    }

    @Override
    public boolean exists(String path) {
        return read(path).isPresent();
    }

    @Override
    public Optional<String> home() {
        return read("home");
    }

    @Override
    public Optional<String> read(String path) {
        return lines.stream()
                .filter(line -> (line + " ").startsWith(path + " "))
                .map(line -> line.substring(path.length()).stripLeading())
                .findFirst();
    }

    @Override
    public void pause(int millis) {
        pauses.accept(millis);
    }
}
