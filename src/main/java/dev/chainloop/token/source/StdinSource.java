package dev.chainloop.token.source;

import dev.chainloop.token.core.Parser;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** A token on standard input. */
final class StdinSource implements TokenSource {
    static final Duration SILENCE = Duration.ofSeconds(2);

    /** Room for what is taken off around the longest token. */
    private static final int MAX_BYTES = Parser.MAX_LENGTH + (64 << 10);

    static final Origin ORIGIN = new Origin(SourceKind.STDIN, "stdin");

    private final StandardInput input;
    private final boolean asked;
    private final Search.Notes notes;

    /**
     * A look at standard input.
     *
     * @param asked whether the user asked for it; else it is read only when something was likely sent there
     * @param notes takes what the user should know at once
     */
    StdinSource(StandardInput input, boolean asked, Search.Notes notes) {
        this.input = input;
        this.asked = asked;
        this.notes = notes;
    }

    @Override
    public Origin origin() {
        return ORIGIN;
    }

    @Override
    public Lookup look() {
        try {
            StandardInput.Kind kind = input.kind();
            if (kind == StandardInput.Kind.CLOSED) {
                return new Lookup.Absent("closed");
            }
            if (!asked && !isSent(kind)) {
                return new Lookup.Absent("not a pipe or a file");
            }
            return found(read(kind == StandardInput.Kind.PIPE));
        } catch (IOException e) {
            return new Lookup.Unreadable("standard input cannot be read", "Give it a pipe or a file.");
        }
    }

    private boolean isSent(StandardInput.Kind kind) throws IOException {
        return switch (kind) {
            case PIPE, FILE -> true;
            case SOCKET -> {
                boolean waiting = input.stream().available() > 0;
                if (!waiting) {
                    notes.note("stdin is a socket with no data waiting, so it was not read; `-` reads it");
                }
                yield waiting;
            }
            case TERMINAL, CLOSED, OTHER -> false;
        };
    }

    private byte[] read(boolean pipe) throws IOException {
        if (!pipe || input.stream().available() > 0) {
            return input.stream().readNBytes(MAX_BYTES + 1);
        }
        Thread hint = new Hint(notes);
        hint.setDaemon(true);
        hint.start();
        int first = input.stream().read();
        hint.interrupt();
        if (first < 0) {
            return new byte[0];
        }
        byte[] rest = input.stream().readNBytes(MAX_BYTES);
        byte[] all = new byte[rest.length + 1];
        all[0] = (byte) first;
        System.arraycopy(rest, 0, all, 1, rest.length);
        return all;
    }

    private static Lookup found(byte[] bytes) {
        Cleaned cleaned = Cleaned.of(new String(bytes, StandardCharsets.UTF_8));
        if (cleaned.text().isEmpty()) {
            return new Lookup.Absent(bytes.length == 0 ? "empty" : "blank");
        }
        return new Lookup.Found(new FoundToken(ORIGIN, cleaned));
    }

    private static final class Hint extends Thread {
        private final Search.Notes notes;

        Hint(Search.Notes notes) {
            super("stdin-hint");
            this.notes = notes;
        }

        @Override
        public void run() {
            try {
                sleep(SILENCE.toMillis());
                notes.note(
                        "waiting for a token on stdin, a pipe; to skip it: `</dev/null`, or `--source env` or `config`");
            } catch (InterruptedException e) {
                // The pipe spoke or ended.
            }
        }
    }
}
