package dev.chainloop.token.explain;

import dev.chainloop.token.advice.Demand;
import dev.chainloop.token.advice.Plan;
import dev.chainloop.token.advice.Situation;
import dev.chainloop.token.advice.Subject;
import dev.chainloop.token.diagnosis.Cure;
import dev.chainloop.token.diagnosis.Diagnosis;
import dev.chainloop.token.diagnosis.Status;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** What a text is that holds no known message, which decides what is said after it. */
public enum UnknownText {
    EMPTY,
    /** A question or a sentence, no message. */
    PROSE,
    /** About a network, where there is no token that could be the cause. */
    NETWORK,
    /** Of something that may be the token. */
    MESSAGE,
    /** Of something else, or of a place that is not this one; nothing is said of the token here. */
    OTHER;

    /** What messages about tokens, and those who hold them, have among their words. */
    private static final Pattern OF_TOKENS = Pattern.compile(
            "auth|token|jwt|\\b40[13]\\b|permission|forbidden|denied|not allowed|credential|log(?:ged)? ?in|expire|issuer"
                    + "|oidc|claim|signature|bearer|chainloop_",
            Pattern.CASE_INSENSITIVE);

    private static final List<String> QUESTIONS = List.of(
            "how ",
            "what ",
            "why ",
            "where ",
            "when ",
            "which ",
            "who ",
            "can i ",
            "can you ",
            "do i ",
            "does ",
            "is my ",
            "is the ",
            "should ");

    private static final List<String> PERSONS = List.of(" i ", " i'm ", " i've ", " my ", " we ", " our ", " please ");

    private static final List<String> NETWORKS = List.of(
            "dial tcp",
            "i/o timeout",
            "timed out",
            "no route to host",
            "network is unreachable",
            "connection re",
            "connection closed",
            "could not resolve",
            "name resolution",
            "no such host",
            "proxy",
            "tls:",
            "tls handshake",
            "certificate",
            "unexpected eof",
            "code = unavailable");

    private static final int LONGEST_PROSE = 500;

    /** What the text of a search is. */
    public static UnknownText of(MessageSearch search, Diagnosis here) {
        if (search.isBlank()) {
            return EMPTY;
        }
        LogLines lines = search.lines();
        String text = lines.last().orElse("").toLowerCase(Locale.ROOT);
        if (!lines.haveError() && isProse(text)) {
            return PROSE;
        }
        boolean network = NETWORKS.stream().anyMatch(text::contains);
        return network && here.inspection().status() == Status.NONE
                ? NETWORK
                : OF_TOKENS.matcher(text).find() && !search.isOfElsewhere(here) ? MESSAGE : OTHER;
    }

    private static boolean isProse(String text) {
        String padded = " " + text + " ";
        boolean person = PERSONS.stream().anyMatch(padded::contains);
        boolean asked = text.endsWith("?") || QUESTIONS.stream().anyMatch(text::startsWith);
        return text.length() <= LONGEST_PROSE && text.indexOf(' ') > 0 && !text.contains(": ") && (person || asked);
    }

    /**
     * What to do; the control plane knows more of a message that is unknown here.
     *
     * @param diagnosis the token here that was sent, as far as the text tells
     */
    public Optional<Plan> plan(Diagnosis diagnosis, Testimony testimony) {
        return switch (this) {
            case EMPTY, PROSE, OTHER -> Optional.empty();
            case NETWORK ->
                Plan.of(Situation.here(diagnosis.evidence(), Demand.ANY), List.of(Subject.CONNECTION), false);
            case MESSAGE -> planOfMessage(diagnosis, testimony);
        };
    }

    private static Optional<Plan> planOfMessage(Diagnosis diagnosis, Testimony testimony) {
        if (testimony.alibi(diagnosis).isEmpty()) {
            return Plan.ofUnknownMessage(diagnosis);
        }
        Cure cure = testimony.isGiven() ? Cure.FIND_OPTION : Cure.LOOK_THERE;
        return Plan.of(Situation.here(diagnosis.evidence(), Demand.ANY), List.of(cure));
    }
}
