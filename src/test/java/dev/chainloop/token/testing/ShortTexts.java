package dev.chainloop.token.testing;

import java.util.ArrayList;
import java.util.List;

/** Short texts that take a careless pattern or loop long when they are repeated: a row each, and any two together. */
public final class ShortTexts {
    /** Letters and words that the project's patterns and loops stop at. */
    public static final List<String> SINGLE = List.of(
            "\n", "\r", "\r\n", "\u0085", "\t", " ", "\u00a0", ":", ".", "eyJ", "[", "\\", "\"", "'", "=", "-", "a",
            "Z", "1", "/", "@", "#", "\u001b", "\u001b]", "level=");

    private ShortTexts() {}

    /** Every short text: each row, and any two of them together. */
    public static List<String> all() {
        List<String> all = new ArrayList<>(SINGLE);
        for (String first : SINGLE) {
            for (String second : SINGLE) {
                all.add(first.equals(second) ? first : first + second);
            }
        }
        return all.stream().distinct().toList();
    }

    /** A short text, repeated until it has so many letters. */
    public static String repeated(String text, int letters) {
        return text.repeat(letters / text.length() + 1).substring(0, letters);
    }
}
