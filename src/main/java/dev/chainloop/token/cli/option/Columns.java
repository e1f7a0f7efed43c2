package dev.chainloop.token.cli.option;

import dev.chainloop.token.render.ViewOptions;
import dev.chainloop.token.source.Environment;

/** The width of the reader's terminal, limited to what is readable; 80 where it is not known. */
public final class Columns implements ViewOptions.Width {
    private static final int MAX_DIGITS = 9;

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
            int told = named == 0 && out.isTerminal() ? number(out.columns()) : named;
            columns = told == 0 ? USUAL.columns() : Math.max(LEAST, Math.min(max, told));
        }
        return columns;
    }

    /** A number; 0 for anything else, which is also what a terminal reports that does not know its size. */
    private static int number(String digits) {
        int number = 0;
        for (int i = 0; i < digits.length(); i++) {
            char c = digits.charAt(i);
            if (c < '0' || c > '9' || i == MAX_DIGITS) {
                return 0;
            }
            number = number * 10 + c - '0';
        }
        return number;
    }
}
