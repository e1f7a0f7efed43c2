package dev.chainloop.token.explain;

import dev.chainloop.token.diagnosis.Cure;
import dev.chainloop.token.diagnosis.Rule;
import dev.chainloop.token.diagnosis.Stage;
import org.jspecify.annotations.Nullable;

/**
 * What the token has to do with a message.
 *
 * @param weight how sure it is
 * @param sentence what it is; a cause that is ruled out is a noun phrase, with the reason after a colon
 * @param cure what would make it right; {@code null} for none
 * @param stage where the server refuses a token for it; {@code null} where it is of no stage
 * @param finding the rule of the finding that it is; {@code null} where it is none
 */
public record Cause(
        Weight weight,
        String sentence,
        @Nullable Cure cure,
        @Nullable Stage stage,
        @Nullable Rule finding) {
    public Cause(Weight weight, String sentence, @Nullable Cure cure) {
        this(weight, sentence, cure, null, null);
    }

    /** How sure a cause is, the surest first. */
    public enum Weight {
        CERTAIN("certain"),
        /** Only what a warning says. */
        LIKELY("likely"),
        NOT_VISIBLE("not visible here"),
        /** Wrong as well, but the server stopped before. */
        BEHIND("behind it"),
        RULED_OUT("ruled out");

        private final String words;

        Weight(String words) {
            this.words = words;
        }

        public String words() {
            return words;
        }
    }
}
