package dev.chainloop.token.cli.option;

import dev.chainloop.token.source.Environment;

/** How wide the reader's terminal is. */
public final class Columns {
    private static final int DEFAULT = 80;
    private static final int MIN = 40;
    private static final int MAX_DIGITS = 9;

    private Columns() {}

    /**
     * The columns of the reader's terminal, as far as lines of that length can be read.
     *
     * @param max the widest that is of use
     * @return 80 where nothing tells
     */
    public static int of(Environment environment, OutputKind out, int max) {
        int columns = number(environment.get("COLUMNS").orElse(""));
        if (columns == 0 && out.isTerminal()) {
            columns = number(out.columns());
        }
        return columns == 0 ? DEFAULT : Math.max(MIN, Math.min(max, columns));
    }

    /** A number; 0 for anything else, which is also what a terminal says that does not know its size. */
    private static int number(String digits) {
        int columns = 0;
        for (int i = 0; i < digits.length(); i++) {
            char c = digits.charAt(i);
            if (c < '0' || c > '9' || i == MAX_DIGITS) {
                return 0;
            }
            columns = columns * 10 + c - '0';
        }
        return columns;
    }
}
