package dev.chainloop.token.render;

import java.util.ArrayList;
import java.util.List;

/** The remedies of one answer, in which none is said twice. */
final class Remedies {
    private final List<String> said = new ArrayList<>();

    /** What a remedy adds to those said before: all of it, its beginning, or nothing. */
    String unsaid(String remedy) {
        String rest = remedy;
        for (String earlier : said) {
            if (rest.endsWith(earlier)) {
                rest = rest.substring(0, rest.length() - earlier.length()).stripTrailing();
            }
        }
        said.add(remedy);
        return rest;
    }

    /** A sentence, with what its remedy adds to those said before. */
    String with(String sentence, String remedy) {
        String rest = unsaid(remedy);
        return rest.isEmpty() ? sentence : sentence + " " + rest;
    }
}
