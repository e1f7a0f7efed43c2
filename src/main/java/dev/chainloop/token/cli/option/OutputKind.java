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
    boolean isErrorTerminal();

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

    /** The width of texts: {@code COLUMNS}, but at most what is readable, else 80. */
    record Columns(Environment environment, OutputKind out, int max) implements ViewOptions.Width {
        @Override
        public int columns() {
            String named = environment.get("COLUMNS").orElse("");
            try {
                int columns = named.isEmpty() ? 0 : Integer.parseInt(named);
                return columns <= 0 ? USUAL.columns() : Math.max(LEAST, Math.min(max, columns));
            } catch (NumberFormatException e) {
                return USUAL.columns();
            }
        }

        @Override
        public boolean isTerminal() {
            return out.isTerminal();
        }
    }
}
