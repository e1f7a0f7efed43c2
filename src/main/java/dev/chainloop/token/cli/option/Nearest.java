package dev.chainloop.token.cli.option;

import java.util.Optional;

/** Finds the word that was probably meant. */
public final class Nearest {
    private static final int MAX_EDITS = 2;
    private static final int MAX_LENGTH = 30;

    private Nearest() {}

    /** A question, to follow a phrase, whether the closest of the words was meant; empty when none is close. */
    public static String hint(String typed, Iterable<String> words) {
        Optional<String> near = to(typed, words);
        return near.isPresent() ? "; did you mean " + near.get() + "?" : "";
    }

    /** The closest of the words, at most two typing errors away and less than half of the word; the first of equals. */
    public static Optional<String> to(String typed, Iterable<String> words) {
        if (typed.length() > MAX_LENGTH) {
            return Optional.empty();
        }
        String best = null;
        int bestEdits = MAX_EDITS + 1;
        for (String word : words) {
            int edits = edits(typed, word);
            if (edits < bestEdits && edits * 2 < word.length()) {
                best = word;
                bestEdits = edits;
            }
        }
        return Optional.ofNullable(best);
    }

    /** Edit distance with swaps of neighbours (optimal string alignment), ignoring case. */
    private static int edits(String a, String b) {
        int[][] table = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                table[i][j] = i == 0 || j == 0 ? i + j : step(table, a, b, i, j);
            }
        }
        return table[a.length()][b.length()];
    }

    private static int step(int[][] table, String a, String b, int i, int j) {
        boolean same = equal(a, i - 1, b, j - 1);
        int least = Math.min(Math.min(table[i - 1][j], table[i][j - 1]) + 1, table[i - 1][j - 1] + (same ? 0 : 1));
        boolean swapped = i > 1 && j > 1 && equal(a, i - 1, b, j - 2) && equal(a, i - 2, b, j - 1);
        return swapped ? Math.min(least, table[i - 2][j - 2] + 1) : least;
    }

    private static boolean equal(String a, int i, String b, int j) {
        return Character.toLowerCase(a.charAt(i)) == Character.toLowerCase(b.charAt(j));
    }
}
