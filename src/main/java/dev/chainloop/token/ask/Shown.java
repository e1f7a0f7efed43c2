package dev.chainloop.token.ask;

import dev.chainloop.token.scan.TokenScanner;
import java.util.regex.Pattern;

/** Decides what is shown of the CLI's output, in which the token may stand. Renderers make it safe to print. */
final class Shown {
    private static final String TOKEN = "<token>";
    private static final int MOST = 300;

    /** Shorter pieces of a token can be words by coincidence. */
    private static final int SHORTEST_PIECE = 12;

    private static final Pattern PIECE = Pattern.compile("[\\w-]{" + SHORTEST_PIECE + ",}");

    /** Colors and other sequences of a terminal. */
    private static final Pattern ESCAPE = Pattern.compile("\u001b\\[[0-9;]{0,20}[A-Za-z]");

    private Shown() {}

    /**
     * A text without tokens and without pieces of those that are here, cut to a bounded length.
     *
     * @param secrets the one that was sent, and all others that were found, a line each
     */
    static String text(String text, String secrets) {
        String words = ESCAPE.matcher(text.substring(0, Math.min(text.length(), 20 * MOST)))
                .replaceAll("");
        for (String token : TokenScanner.find(words)) {
            words = words.replace(token, TOKEN);
        }
        words = PIECE.matcher(words).replaceAll(run -> isPiece(run.group(), secrets) ? TOKEN : "$0");
        // What the scanner puts together from several lines is in none of them.
        if (!TokenScanner.find(words).isEmpty()) {
            return TOKEN;
        }
        return words.length() <= MOST ? words : words.substring(0, MOST - 1) + "…";
    }

    /** Whether a run has as many letters in a row of a token as make a piece, whatever is glued to them. */
    private static boolean isPiece(String run, String secrets) {
        for (int i = 0; i + SHORTEST_PIECE <= run.length(); i++) {
            if (secrets.contains(run.substring(i, i + SHORTEST_PIECE))) {
                return true;
            }
        }
        return false;
    }

    /** The line that says why the CLI failed: its error, else the last one. */
    static String error(String stderr) {
        String last = "";
        for (String line :
                ESCAPE.matcher(stderr).replaceAll("").lines().map(String::strip).toList()) {
            for (String mark : new String[] {"ERR ", "Error: ", "panic: "}) {
                if (line.startsWith(mark)) {
                    return line.substring(mark.length()).strip();
                }
            }
            last = line.isEmpty() ? last : line;
        }
        return last;
    }
}
