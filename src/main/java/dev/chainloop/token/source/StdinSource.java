package dev.chainloop.token.source;

import dev.chainloop.token.core.Parser;
import dev.chainloop.token.io.Descriptor;
import dev.chainloop.token.io.Hint;
import dev.chainloop.token.io.Notes;
import dev.chainloop.token.io.StandardInput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * A token on standard input.
 *
 * @param asked whether the user asked for it; otherwise it is read only when something was probably sent there
 * @param skipped whether there is a token on the command line, and stdin is left to other readers
 */
record StdinSource(StandardInput input, boolean asked, boolean skipped, Notes notes) {
    /** The longest token with its line end, and one byte more. */
    private static final int MAX_BYTES = Parser.MAX_LENGTH + 3;

    Look look() {
        if (skipped) {
            return new Look.Absent(Origin.STDIN, "not read, since there is an argument");
        }
        try {
            Descriptor.Kind kind = input.kind();
            String unread = switch (kind) {
                case CLOSED -> "closed";
                case TAKEN -> "already used for something else";
                case PIPE, FILE -> "";
                case SOCKET -> asked || isDataWaiting() ? "" : "not a pipe or a file";
                case TERMINAL, OTHER -> asked ? "" : "not a pipe or a file";
            };
            return unread.isEmpty()
                    ? Look.ofStdin(new String(read(kind), StandardCharsets.UTF_8))
                    : new Look.Absent(Origin.STDIN, unread);
        } catch (IOException e) {
            return new Look.Unreadable(Origin.STDIN, "standard input cannot be read", Look.Obstacle.UNUSABLE);
        }
    }

    private boolean isDataWaiting() throws IOException {
        boolean waiting = input.stream().available() > 0;
        if (!waiting) {
            notes.note("stdin is a socket with no data waiting, so it was not read; `-` reads it");
        }
        return waiting;
    }

    private byte[] read(Descriptor.Kind kind) throws IOException {
        String waiting = kind == Descriptor.Kind.TERMINAL
                ? "waiting for a token from the terminal; to end, press Enter and Ctrl-D"
                : "waiting for a token on stdin" + (kind == Descriptor.Kind.PIPE ? ", a pipe" : "")
                        + "; to skip it: `</dev/null`, or `--source env` or `config`";
        Hint hint = Hint.after(notes, waiting);
        try {
            return input.stream().readNBytes(MAX_BYTES);
        } finally {
            hint.end();
        }
    }
}
