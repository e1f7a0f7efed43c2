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
        MessageMatch match = matches.get(0);
        Causes causes = new Causes(diagnosis, match);
        match.message().weigh(causes);
        boolean ask = onlyTheServerKnows(diagnosis, causes);
        String remedy = ask && causes.revokes()
                ? ASK_FIRST
                        + Character.toLowerCase(causes.remedy().charAt(0))
                        + causes.remedy().substring(1)
                : causes.remedy() + (ask ? ASK : "");
        return new Explanation(match, causes.sorted(), remedy, matches.subList(1, matches.size()));
    }

    /** Whether there is a token to ask about, and none of its causes is certain. */
    private static boolean onlyTheServerKnows(Diagnosis diagnosis, Causes causes) {
        if (diagnosis.inspection().decoded() == null) {
            return false;
        }
        boolean hidden = causes.revokes();
        for (Cause cause : causes.sorted()) {
            if (cause.weight() == Cause.Weight.CERTAIN) {
                return false;
            }
            hidden |= cause.weight() == Cause.Weight.NOT_VISIBLE;
        }
        return hidden;
    }
}
