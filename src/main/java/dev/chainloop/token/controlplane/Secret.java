package dev.chainloop.token.controlplane;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Removes a token from text: every piece of it that is too long to be there by chance, in whatever case, and with whatever
 * stands between its characters.
 */
final class Secret {
    private static final int PIECE = 12;
    private static final String MARK = "<token>";

    private final String token;

    Secret(String token) {
        this.token = letters(token).toString().toLowerCase(Locale.ROOT);
    }

    /** The text, with every piece of the token of twelve characters or more replaced by a mark. */
    String removedFrom(String words) {
        String letters = letters(words).toString().toLowerCase(Locale.ROOT);
        BitSet secret = secretLetters(letters);
        if (secret.isEmpty()) {
            return words;
        }
        StringBuilder clean = new StringBuilder(words.length());
        int letter = 0;
        boolean within = false;
        for (int i = 0; i < words.length(); i++) {
            boolean isLetter = isLetter(words.charAt(i));
            // What stands between two characters of a piece goes with them.
            boolean hidden = isLetter ? secret.get(letter) : within && secret.get(letter);
            letter += isLetter ? 1 : 0;
            if (hidden && !within) {
                clean.append(MARK);
            } else if (!hidden) {
                clean.append(words.charAt(i));
            }
            within = hidden;
        }
        return clean.toString();
    }

    /** Which of a text's letters are a part of such a piece. */
    private BitSet secretLetters(String letters) {
        Map<String, List<Integer>> places = new HashMap<>();
        for (int i = 0; i + PIECE <= letters.length(); i++) {
            places.computeIfAbsent(letters.substring(i, i + PIECE), piece -> new ArrayList<>(1))
                    .add(i);
        }
        BitSet secret = new BitSet();
        for (int i = 0; i + PIECE <= token.length() && !places.isEmpty(); i++) {
            @Nullable List<Integer> found = places.remove(token.substring(i, i + PIECE));
            if (found != null) {
                for (int start : found) {
                    secret.set(start, start + PIECE);
                }
            }
        }
        return secret;
    }

    private static StringBuilder letters(String text) {
        StringBuilder letters = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            if (isLetter(text.charAt(i))) {
                letters.append(text.charAt(i));
            }
        }
        return letters;
    }

    /** Whether a character is one of base64url. */
    private static boolean isLetter(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
    }

    @Override
    public String toString() {
        return "<redacted>";
    }
}
