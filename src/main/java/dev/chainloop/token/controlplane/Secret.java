package dev.chainloop.token.controlplane;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Removes a token from text: every piece of it that is too long to be there by chance, in whatever case, with whatever
 * stands between its characters, and also in base64, in hexadecimal digits or with percent signs.
 */
final class Secret {
    private static final int PIECE = 12;
    private static final String MARK = "<token>";

    /** The token and its encodings, in lower case. */
    private final List<String> forms = new ArrayList<>();

    Secret(String token) {
        byte[] bytes = token.getBytes(StandardCharsets.UTF_8);
        add(token);
        add(HexFormat.of().formatHex(bytes));
        for (int before = 0; before < 3; before++) {
            // Three bytes become four characters; which ones depends on how many stand before.
            byte[] shifted = new byte[before + bytes.length];
            System.arraycopy(bytes, 0, shifted, before, bytes.length);
            add(Base64.getEncoder().encodeToString(shifted).substring(before == 0 ? 0 : 4));
        }
    }

    private void add(String form) {
        forms.add(letters(form).toString().toLowerCase(Locale.ROOT));
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
        for (String form : forms) {
            for (int i = 0; i + PIECE <= form.length() && !places.isEmpty(); i++) {
                @Nullable List<Integer> found = places.remove(form.substring(i, i + PIECE));
                if (found != null) {
                    for (int start : found) {
                        secret.set(start, start + PIECE);
                    }
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
