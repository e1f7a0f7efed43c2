package dev.chainloop.token.diagnosis;

/**
 * A possible cause of a message.
 *
 * @param weight how sure it is for this token
 * @param sentence what it is, and why it has that weight
 */
public record Cause(Weight weight, String sentence) {
    /** How sure a cause is. */
    public enum Weight {
        CERTAIN("certain"),
        LIKELY("likely"),
        /** Only the server knows. */
        NOT_VISIBLE("not visible here"),
        RULED_OUT("ruled out");

        private final String words;

        Weight(String words) {
            this.words = words;
        }

        /** The words for it in the output. */
        public String words() {
            return words;
        }
    }
}
