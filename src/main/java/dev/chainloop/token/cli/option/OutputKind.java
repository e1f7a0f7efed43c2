package dev.chainloop.token.cli.option;

import dev.chainloop.token.io.Descriptor;
import dev.chainloop.token.render.ViewOptions;
import dev.chainloop.token.source.Environment;

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
    }

    /** The width of the reader's terminal, limited to what is readable: {@code COLUMNS}, else 80. */
    final class Columns implements ViewOptions.Width {
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
                columns = named == 0 ? USUAL.columns() : Math.max(LEAST, Math.min(max, named));
            }
            return columns;
        }

        @Override
        public boolean isTerminal() {
            return out.isTerminal();
        }

        /** A number; 0 for anything else. */
        private static int number(String digits) {
            try {
                return Math.max(0, Integer.parseInt(digits));
            } catch (NumberFormatException e) {
                return 0;
            }
        }
    }
}
