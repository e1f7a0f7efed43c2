package dev.chainloop.token.diagnosis;

import java.util.List;

/** Weighs the causes of a message against the token at hand. What the server knows alone is said to be out of sight. */
public final class Explainer {
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
        return new Explanation(match, causes.sorted(), causes.remedy(), matches.subList(1, matches.size()));
    }
}
