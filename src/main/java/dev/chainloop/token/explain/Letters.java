package dev.chainloop.token.explain;

/** A text in lower case and without gaps, and where each of its letters was. */
final class Letters {
    /** What may stand between two letters: where a line was broken, quoted, emphasized, hyphenated or badly encoded. */
    private static final String GAPS = " \n_>|*\"'`-\u00ab\u00bb\u0301\u02bc\u2010\u2011\u2012\u2013\u2014"
            + "\u2018\u2019\u201a\u201b\u201c\u201d\u201e\u201f\u2032\ufffd";

    final String letters;
    final int[] index;

    Letters(String text) {
        StringBuilder compact = new StringBuilder(text.length());
        index = new int[text.length()];
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (GAPS.indexOf(c) < 0) {
                index[compact.length()] = i;
                compact.append(Character.toLowerCase(c));
            }
        }
        letters = compact.toString();
    }
}
