package dev.chainloop.token.cli;

/**
 * What the exit statuses of a command mean; an empty meaning stands for a status that the command never returns.
 *
 * @param ok what 0 means
 * @param negative what 1 means
 * @param malformed what 3 means
 * @param unreadable what 4 means
 * @param unreachable what 5 means
 */
record ExitMeanings(String ok, String negative, String malformed, String unreadable, String unreachable) {
    /** For a command that stays offline. */
    ExitMeanings(String ok, String negative, String malformed, String unreadable) {
        this(ok, negative, malformed, unreadable, "");
    }

    /** For a command that reads no token. */
    static ExitMeanings ofPrinting(String ok) {
        return new ExitMeanings(ok, "", "", "");
    }

    String meaning(ExitCode code) {
        return switch (code) {
            case OK -> ok;
            case NEGATIVE -> negative;
            case MALFORMED -> malformed;
            case UNREADABLE -> unreadable;
            case UNREACHABLE -> unreachable;
            case USAGE, NO_JAVA, DEFECT, OUTPUT -> code.meaning();
        };
    }
}
