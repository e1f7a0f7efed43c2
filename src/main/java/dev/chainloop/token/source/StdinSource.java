package dev.chainloop.token.source;

import dev.chainloop.token.core.Parser;
import dev.chainloop.token.io.Descriptor;
import dev.chainloop.token.io.Notes;
import dev.chainloop.token.io.StandardInput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * A token on standard input: a pipe or a file is read to its end, anything else only if the user asked for it.
 *
 * @param skipped whether there is a token on the command line, and stdin is left to other readers
 */
record StdinSource(StandardInput input, boolean asked, boolean skipped, Notes notes) {
    /** The longest token with its line end, and one byte more. */
    private static final int MAX_BYTES = Parser.MAX_LENGTH + 3;

    Look look() {
        if (skipped) {
            return new Look.Absent(Origin.STDIN, "not read, since there is an argument");
        }
        Descriptor.Kind kind = input.kind();
        if (!asked && kind != Descriptor.Kind.PIPE && kind != Descriptor.Kind.FILE) {
            return new Look.Absent(Origin.STDIN, "not a pipe or a file");
        }
        try {
            byte[] bytes = input.open("the token", notes).readNBytes(MAX_BYTES);
            return Look.ofStdin(new String(bytes, StandardCharsets.UTF_8));
        } catch (IOException e) {
            return new Look.Unreadable(Origin.STDIN, "standard input cannot be read", Look.Obstacle.UNUSABLE);
        }
    }
}
