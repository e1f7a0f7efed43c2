package dev.chainloop.token.cli.option;

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

    /** How many columns a terminal has, as a number in text; empty when that is unknown. */
    default String columns() {
        return "";
    }
}
