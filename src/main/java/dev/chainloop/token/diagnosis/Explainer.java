package dev.chainloop.token.diagnosis;

import java.util.List;

/** Weighs the causes of a message against the token at hand. What the server knows alone is said to be out of sight. */
public final class Explainer {
    private static final String ASK = " To hear it from the control plane itself, run `chainloop-token ask`.";

    private Explainer() {}

    /**
     * Explains the first of the messages that were found.
     *
     * @param matches at least one
     */
    public static Explanation explain(Diagnosis diagnosis, List<MessageMatch> matches) {
        MessageMatch match = matches.get(0);
        Causes causes = new Causes(diagnosis, match);
        match.message().weigh(causes);
        String remedy = causes.remedy() + (onlyTheServerKnows(diagnosis, causes) ? ASK : "");
        return new Explanation(match, causes.sorted(), remedy, matches.subList(1, matches.size()));
    }

    /** Whether there is a token to ask about, and nothing that can be seen here is certain to be the cause. */
    private static boolean onlyTheServerKnows(Diagnosis diagnosis, Causes causes) {
        if (diagnosis.inspection().decoded().isEmpty()) {
            return false;
        }
        boolean hidden = false;
        for (Cause cause : causes.sorted()) {
            if (cause.weight() == Cause.Weight.CERTAIN) {
                return false;
            }
            hidden |= cause.weight() == Cause.Weight.NOT_VISIBLE;
        }
        return hidden;
    }
}
