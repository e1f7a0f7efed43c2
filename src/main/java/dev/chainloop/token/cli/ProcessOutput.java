package dev.chainloop.token.cli;

import dev.chainloop.token.source.Descriptor;

/** The process's own standard output. */
public final class ProcessOutput implements World.OutputKind {
    @Override
    public boolean isTerminal() {
        return Descriptor.out().type() == Descriptor.Type.TERMINAL;
    }

    @Override
    public boolean isPipe() {
        Descriptor.Type type = Descriptor.out().type();
        return type == Descriptor.Type.PIPE || type == Descriptor.Type.SOCKET;
    }
}
