package dev.chainloop.token.diagnosis;

import java.util.List;

/**
 * What a message means for this token.
 *
 * @param match the message
 * @param causes its possible causes, the most certain first
 * @param remedy what to do
 * @param further other messages in the same text
 */
public record Explanation(MessageMatch match, List<Cause> causes, String remedy, List<MessageMatch> further) {
    private static final String ASK = " To ask the control plane itself, run `chainloop-token ask`.";

    /** Replacing a token includes revoking it, which a mere guess does not justify. */
    private static final String ASK_FIRST =
            "Run `chainloop-token ask`: the control plane itself says whether it refuses this token. If it does, ";

    /**
     * Explains the first of some messages: weighs its causes against the token. Causes that only the server knows are
     * marked as such.
     *
     * @param matches at least one
     */
    public static Explanation of(Diagnosis diagnosis, List<MessageMatch> matches) {
        return of(diagnosis, matches, false);
    }

    /** Explains the control plane's own answer about the very token at hand: there is no need to ask it again. */
    static Explanation ofAnswer(Diagnosis diagnosis, List<MessageMatch> matches) {
        return of(diagnosis, matches, true);
    }

    private static Explanation of(Diagnosis diagnosis, List<MessageMatch> matches, boolean answer) {
        MessageMatch match = matches.get(0);
        Causes causes = new Causes(diagnosis, match, answer);
        match.message().weigh(causes);
        boolean ask = !answer && onlyTheServerKnows(diagnosis, causes);
        String remedy = ask && causes.revokes()
                ? ASK_FIRST + Advice.continued(causes.remedy())
                : causes.remedy() + (ask ? ASK : "");
        return new Explanation(match, causes.sorted(), remedy, matches.subList(1, matches.size()));
    }

    /** Whether there is a token to ask about, and none of its causes is certain. */
    private static boolean onlyTheServerKnows(Diagnosis diagnosis, Causes causes) {
        if (diagnosis.inspection().decoded() == null) {
            return false;
        }
        for (Cause cause : causes.sorted()) {
            if (cause.weight() == Cause.Weight.CERTAIN) {
                return false;
            }
        }
        return causes.revokes() || causes.isHidden();
    }
}
