package dev.chainloop.token.cli;

import dev.chainloop.token.io.StandardInput;
import dev.chainloop.token.source.Environment;
import java.io.OutputStream;
import java.time.InstantSource;

/** Everything outside the process, so that tests can bring their own. Streams are unbuffered. */
public record World(
        Environment environment, StandardInput stdin, OutputStream out, OutputStream err, InstantSource clock) {

    /** With nothing on standard input, such as one that was read for something else. */
    World withoutStdin() {
        return new World(environment, StandardInput.empty(), out, err, clock);
    }
}
