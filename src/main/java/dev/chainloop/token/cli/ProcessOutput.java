package dev.chainloop.token.cli;

import dev.chainloop.token.cli.option.OutputKind;
import dev.chainloop.token.io.Descriptor;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** The process's own standard output. */
public final class ProcessOutput implements OutputKind {
    @Override
    public boolean isTerminal() {
        return Descriptor.out().type() == Descriptor.Type.TERMINAL;
    }

    @Override
    public boolean isErrorTerminal() {
        return Descriptor.err().type() == Descriptor.Type.TERMINAL;
    }

    @Override
    public boolean isPipe() {
        Descriptor.Type type = Descriptor.out().type();
        return type == Descriptor.Type.PIPE || type == Descriptor.Type.SOCKET;
    }

    /** Asks {@code stty}: shells do not export {@code COLUMNS}, and Java has no API for it. */
    @Override
    public String columns() {
        try {
            Process stty = new ProcessBuilder("stty", "size")
                    .redirectInput(new File("/dev/tty"))
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            String size = new String(stty.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).strip();
            return size.substring(size.indexOf(' ') + 1);
        } catch (IOException e) {
            return "";
        }
    }
}
