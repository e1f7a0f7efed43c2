package dev.chainloop.token.cli;

import dev.chainloop.token.io.Descriptor;
import dev.chainloop.token.io.Notes;
import dev.chainloop.token.render.TextLayout;
import dev.chainloop.token.render.ViewOptions;
import java.io.File;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Writes answers to standard output and everything else to standard error. */
record Console(World world) implements Notes {
    private static final Set<String> DEVICES = Set.of("/dev/null", "/dev/stdout", "/dev/stderr");

    /** Writes an answer, which the renderers have made safe. */
    void answer(String text) throws OutputException {
        try {
            world.out().write(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            refused();
        }
    }

    /** Reports that stdout accepted no more, unless it is a pipe, whose reader may close it. */
    void refused() throws OutputException {
        Descriptor.Kind kind = world.environment().machine().kind(Descriptor.OUT);
        if (kind != Descriptor.Kind.PIPE && kind != Descriptor.Kind.SOCKET) {
            throw new OutputException("the output cannot be written. Check the disk, and where stdout goes.");
        }
    }

    /** Appends texts to the files that variables name, as far as they are set. */
    void append(Map<String, String> texts) throws OutputException {
        for (Map.Entry<String, String> part : texts.entrySet()) {
            Optional<String> file = world.environment().nonEmpty(part.getKey());
            if (file.isEmpty()) {
                continue;
            }
            try {
                // Opening a pipe could wait forever, and a name given by mistake must not become a file.
                if (!new File(file.get()).isFile() && !DEVICES.contains(file.get())) {
                    throw new IOException("not a file");
                }
                try (FileOutputStream appended = new FileOutputStream(file.get(), true)) {
                    appended.write(part.getValue().getBytes(StandardCharsets.UTF_8));
                }
            } catch (IOException e) {
                throw new OutputException(
                        "the file that $" + part.getKey() + " names cannot be written. Check the disk and the path.");
            }
        }
    }

    /** Reports an error: a phrase that says what is wrong, and perhaps sentences that say what to do about it. */
    void error(String what, String... remedy) {
        String stop = what.endsWith("?") || what.endsWith(".") ? "" : ".";
        tell("error: " + what + stop + (remedy.length == 0 ? "" : " " + String.join(" ", remedy)));
    }

    /** Writes a sentence to standard error: wrapped for a person, as one line for a log. */
    @Override
    public void tell(String line) {
        boolean read = world.environment().machine().isTerminal(Descriptor.ERR);
        int width = read ? ViewOptions.columns(world.environment(), true) : Integer.MAX_VALUE;
        try {
            world.err().write(TextLayout.wrap("", line, "  ", width).getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            // It cannot be reported.
        }
    }

    static final class OutputException extends Exception {
        private static final long serialVersionUID = 1L;

        OutputException(String message) {
            super(message);
        }
    }
}
