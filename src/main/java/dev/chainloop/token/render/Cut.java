package dev.chainloop.token.render;

/** Shortens claims that would fill a screen; JSON has them whole. */
final class Cut {
    /** As long as GitHub's subjects are that name an environment. */
    private static final int MAX = 120;

    private static final int KEPT = 100;

    private Cut() {}

    /** A text, or its start and how many characters follow. */
    static String of(String text) {
        if (text.length() <= MAX) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(KEPT - 1)) ? KEPT - 1 : KEPT;
        return text.substring(0, end) + "… and " + (text.length() - end) + " more";
    }
}
