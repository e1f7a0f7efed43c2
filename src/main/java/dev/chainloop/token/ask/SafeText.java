package dev.chainloop.token.ask;

import dev.chainloop.token.explain.PlainText;
import dev.chainloop.token.scan.TokenScanner;

/** Decides what is shown of the CLI's output, in which the token may stand. Renderers make it safe to print. */
final class SafeText {
    private static final int MOST = 300;

    /** Shorter pieces of a token can be words by coincidence. */
    private static final int SHORTEST_PIECE = 12;

    private SafeText() {}

    /**
     * A text, cut to a bounded length, if it contains no token, and no piece of the tokens that are here.
     *
     * @param secrets the token that was sent, and all others that were found, a line each
     */
    static String text(String text, String secrets) {
        String words = PlainText.of(text.substring(0, Math.min(text.length(), 20 * MOST)));
        boolean secret = !TokenScanner.find(words).isEmpty();
        for (int i = 0; i + SHORTEST_PIECE <= words.length() && !secret; i++) {
            secret = secrets.contains(words.substring(i, i + SHORTEST_PIECE));
        }
        if (secret) {
            return "(not shown: a token is in it)";
        }
        return words.length() <= MOST ? words : words.substring(0, MOST - 1) + "…";
    }

    /** The line that says why the CLI failed. */
    static String error(String stderr) {
        String words = PlainText.of(stderr).strip();
        String error = words.substring(Math.max(0, words.indexOf("ERR ")))
                .lines()
                .findFirst()
                .orElse("");
        return error.startsWith("ERR ") ? error.substring(4).strip() : error;
    }
}
