package dev.chainloop.token.cli.option;

import dev.chainloop.token.io.Descriptor;
import dev.chainloop.token.render.ViewOptions;
import dev.chainloop.token.source.Environment;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** What standard output is open on; queried only when it matters. */
public interface OutputKind {
    /** Whether a person reads it. */
    boolean isTerminal();

    /** Whether another process reads it, which may stop reading. */
    boolean isPipe();

    /** Whether a person reads standard error. */
    default boolean isErrorTerminal() {
        return false;
    }

    /** How many rows and columns a terminal has, as {@code stty size} says it; empty when that is unknown. */
    default String size() {
        return "";
    }

    /** The process's own standard output. */
    final class OfProcess implements OutputKind {
        @Override
        public boolean isTerminal() {
            return Descriptor.OUT.kind() == Descriptor.Kind.TERMINAL;
        }

        @Override
        public boolean isErrorTerminal() {
            return Descriptor.ERR.kind() == Descriptor.Kind.TERMINAL;
        }

        @Override
        public boolean isPipe() {
            Descriptor.Kind type = Descriptor.OUT.kind();
            return type == Descriptor.Kind.PIPE || type == Descriptor.Kind.SOCKET;
        }

        /** Asks {@code stty}: shells do not export {@code COLUMNS}, and Java has no API for it. */
        @Override
        public String size() {
            try {
                Process stty = new ProcessBuilder("stty", "size")
                        .redirectInput(new File("/dev/tty"))
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .start();
                return new String(stty.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).strip();
            } catch (IOException e) {
                return "";
            }
        }
    }

    /** The width of the reader's terminal, limited to what is readable; 80 where it is not known. */
    final class Columns implements ViewOptions.Width {
        private static final int USUAL_ROWS = 24;

        private final Environment environment;
        private final OutputKind out;
        private final int max;
        private int columns;

        /** The columns of a terminal, at most {@code max}. */
        public Columns(Environment environment, OutputKind out, int max) {
            this.environment = environment;
            this.out = out;
            this.max = max;
        }

        @Override
        public int columns() {
            if (columns == 0) {
                int named = number(environment.get("COLUMNS").orElse(""));
                String size = named == 0 && out.isTerminal() ? out.size() : "";
                int told = named == 0 ? number(size.substring(size.indexOf(' ') + 1)) : named;
                columns = told == 0 ? USUAL.columns() : Math.max(LEAST, Math.min(max, told));
            }
            return columns;
        }

        @Override
        public boolean isTerminal() {
            return out.isTerminal();
        }

        /** Whether a text leaves no row for the prompt on a terminal that knows its height; few are lower than usual. */
        public boolean isTall(String text) {
            int rows = text.split("\n", -1).length;
            String size = rows > USUAL_ROWS && out.isTerminal() ? out.size() : "";
            int height = number(size.substring(0, Math.max(0, size.indexOf(' '))));
            return height > 0 && rows > height;
        }

        /** A number; 0 for anything else, which is also what a terminal reports that does not know its size. */
        private static int number(String digits) {
            try {
                return Math.max(0, Integer.parseInt(digits));
            } catch (NumberFormatException e) {
                return 0;
            }
        }
    }
}
