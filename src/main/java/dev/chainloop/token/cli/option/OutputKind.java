package dev.chainloop.token.cli.option;

import dev.chainloop.token.io.Descriptor;
import dev.chainloop.token.render.ViewOptions;
import dev.chainloop.token.source.Environment;

/** What the process's standard output is open on, unless a test says it; queried only when it matters. */
public interface OutputKind {
    /** Below this, a table cannot be read. */
    int LEAST_WIDTH = 60;

    /** Longer lines are hard to read. */
    int MOST_WIDTH = 100;

    /** Whether a person reads it. */
    default boolean isTerminal() {
        return Descriptor.OUT.kind() == Descriptor.Kind.TERMINAL;
    }

    /** Whether another process reads it, which may stop reading. */
    default boolean isPipe() {
        Descriptor.Kind type = Descriptor.OUT.kind();
        return type == Descriptor.Kind.PIPE || type == Descriptor.Kind.SOCKET;
    }

    /** Whether a person reads standard error. */
    default boolean isErrorTerminal() {
        return Descriptor.ERR.kind() == Descriptor.Kind.TERMINAL;
    }

    final class ProcessOutput implements OutputKind {}

    /** The width of texts: {@code COLUMNS}, else 80, and at most what is readable. */
    static int columns(Environment environment) {
        try {
            int named = Integer.parseInt(environment.get("COLUMNS").orElse(""));
            return named <= 0 ? ViewOptions.USUAL_WIDTH : Math.max(LEAST_WIDTH, Math.min(MOST_WIDTH, named));
        } catch (NumberFormatException e) {
            return ViewOptions.USUAL_WIDTH;
        }
    }
}
