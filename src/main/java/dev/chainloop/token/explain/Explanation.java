package dev.chainloop.token.explain;

import dev.chainloop.token.advice.Demand;
import dev.chainloop.token.advice.Plan;
import dev.chainloop.token.advice.Situation;
import dev.chainloop.token.diagnosis.Cure;
import dev.chainloop.token.diagnosis.Diagnosis;
import dev.chainloop.token.diagnosis.Evidence;
import dev.chainloop.token.diagnosis.Finding;
import dev.chainloop.token.diagnosis.Inspector;
import dev.chainloop.token.diagnosis.Stage;
import dev.chainloop.token.explain.Cause.Weight;
import dev.chainloop.token.source.SourceKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a text means for the token that would be sent here.
 *
 * @param match the message; empty when none with a row is known
 * @param layer where it arises; empty when that is not known
 * @param empty whether there was no text at all
 * @param diagnosis the token that is weighed
 * @param renewal that the token has expired by itself, sentences; empty where it has not, or a cause says it
 * @param causes what it has to do with the message, the surest first
 * @param plan what to do
 * @param further other messages in the same text
 */
public record Explanation(
        Optional<MessageMatch> match,
        Optional<Layer> layer,
        boolean empty,
        Diagnosis diagnosis,
        String renewal,
        List<Cause> causes,
        Optional<Plan> plan,
        List<MessageMatch> further) {

    /**
     * Explains a text.
     *
     * @param here the token that would be sent here
     */
    public static Explanation of(MessageSearch search, Diagnosis here) {
        Optional<MessageMatch> match = search.match();
        boolean elsewhere = isElsewhere(search, here);
        boolean login = !elsewhere && search.ignored().equals(Optional.of(SourceKind.ENVIRONMENT));
        boolean replaced = !elsewhere
                && !isOfBoth(match)
                && search.ignored().isPresent()
                && here.inspection().isFrom(search.ignored().get());
        Diagnosis diagnosis =
                replaced ? Inspector.without(here, search.ignored().get()) : here;
        if (match.isEmpty()) {
            return unknown(search, diagnosis);
        }
        Layer layer = match.get().message().layer();
        boolean unseen = elsewhere && layer.isOfToken();
        boolean empty = search.showsEmptyVariable();
        List<Cause> causes =
                unseen ? Weighing.elsewhere(match.get(), empty) : Weighing.of(diagnosis, match.get(), empty);
        if (login) {
            String sent = "The login was sent, as the text says: CLIs before v1.100.10 prefer it to $CHAINLOOP_TOKEN.";
            causes.add(0, new Cause(Weight.CERTAIN, sent, Cure.UPDATE_CLI));
        }
        Optional<Plan> plan = unseen
                ? there(match.get().message(), diagnosis.evidence())
                : plan(cures(match.get().message(), causes, diagnosis), diagnosis);
        String renewal = unseen ? "" : renewal(match.get(), causes, diagnosis);
        List<MessageMatch> further = new ArrayList<>();
        for (MessageMatch other : search.further()) {
            further.add(other.shown(diagnosis));
        }
        Optional<MessageMatch> shown = Optional.of(match.get().shown(diagnosis));
        return new Explanation(shown, Optional.of(layer), false, diagnosis, renewal, causes, plan, further);
    }

    /** An expired token is to be renewed whatever else the server says, where a token was sent at all. */
    private static Optional<Finding> expired(KnownMessage message, Diagnosis diagnosis) {
        boolean sent = message.layer().isOfToken() && !message.stages("").contains(Stage.PRESENCE);
        return sent ? diagnosis.expired() : Optional.empty();
    }

    private static String renewal(MessageMatch match, List<Cause> causes, Diagnosis diagnosis) {
        for (Cause cause : causes) {
            if (cause.weight() == Weight.CERTAIN && cause.stage() != null) {
                return "";
            }
        }
        boolean secret = match.message().stages(match.text()).contains(Stage.SIGNATURE)
                && causes.get(0).weight() != Weight.RULED_OUT;
        return expired(match.message(), diagnosis).isEmpty()
                ? ""
                : "Your token has expired: renew it."
                        + (secret ? " If the message stays, it is of another installation." : "");
    }

    /** Whether the text is of a CI system's job and read elsewhere, and the user does not say which token is meant. */
    private static boolean isElsewhere(MessageSearch search, Diagnosis here) {
        Optional<MessageMatch> match = search.match();
        boolean ofJob = search.isOfJob()
                || (match.isPresent()
                        && match.get().message().isOfJob(match.get().text()));
        return ofJob
                && !here.evidence().surroundings().place().isCi()
                && !here.evidence().search().asked()
                && !here.inspection().isGiven();
    }

    /** Whether the token may have a part in it. */
    public boolean isAboutToken() {
        return layer.isEmpty() || layer.get().isOfToken() || isOfBoth(match);
    }

    /** Whether it is about two tokens at once. */
    private static boolean isOfBoth(Optional<MessageMatch> match) {
        return match.isPresent() && match.get().message() == KnownMessage.BOTH_CREDENTIALS;
    }

    /** Without a message that has a row: the layer, if a sign of gRPC, Go or the command line's library tells it. */
    private static Explanation unknown(MessageSearch search, Diagnosis diagnosis) {
        Optional<Layer> layer = search.isBlank() ? Optional.empty() : search.layer();
        boolean ofToken = layer.isPresent() && layer.get().isOfToken();
        List<Cause> causes = new ArrayList<>();
        if (layer.isPresent() && !ofToken && layer.get() != Layer.PROGRESS) {
            causes.add(new Cause(Weight.RULED_OUT, "the token: " + layer.get().reason(), null));
        }
        Optional<Plan> plan =
                search.isBlank() || (layer.isPresent() && !ofToken) ? Optional.empty() : Plan.of(diagnosis);
        if (plan.isEmpty() && ofToken && diagnosis.inspection().decoded() != null) {
            plan = plan(List.of(Cure.ASK_SERVER), diagnosis);
        }
        return new Explanation(
                Optional.empty(), layer, search.isBlank(), diagnosis, "", causes, plan, search.further());
    }

    /** The cures of what is certain, else of the rest, else the message's own; a guess alone replaces no token. */
    private static List<Cure> cures(KnownMessage message, List<Cause> causes, Diagnosis diagnosis) {
        boolean certain = false;
        for (Cause cause : causes) {
            certain |= cause.weight() == Weight.CERTAIN && cause.cure() != null;
        }
        List<Cure> cures = new ArrayList<>();
        for (Cause cause : causes) {
            if (cause.cure() != null && (!certain || cause.weight() == Weight.CERTAIN)) {
                cures.add(cause.cure());
            }
        }
        Optional<Finding> expired = expired(message, diagnosis);
        if (expired.isPresent() && expired.get().cure() != null && !cures.contains(Cure.UPDATE_CLI)) {
            cures.remove(Cure.LOOK_THERE);
            // It ends with a new token, too.
            if (!cures.contains(Cure.CHECK_CONTROL_PLANE)) {
                cures.add(expired.get().cure());
            }
        }
        for (Cure only : List.of(Cure.UPDATE_CLI, Cure.LOOK_THERE)) {
            if (cures.contains(only)) {
                // Another token would not be sent, either, or nothing is known of the one that was.
                return List.of(only);
            }
        }
        if (cures.isEmpty()) {
            MessageEntry row = message.row(diagnosis.inspection().matched().orElse(null));
            boolean guess = !certain
                    && message.layer() == Layer.AUTHENTICATION
                    && row.cure().getsToken();
            cures.add(guess ? Cure.ASK_SERVER : row.cure());
        }
        return cures;
    }

    /** For a job's message that is read elsewhere: it is explained there, unless the user names the place. */
    private static Optional<Plan> there(KnownMessage message, Evidence evidence) {
        boolean named = evidence.ofPlan().place() != evidence.surroundings().place();
        return named
                ? Plan.of(
                        Situation.ofMessage(evidence, Demand.ANY),
                        List.of(message.row(null).cure()))
                : Plan.of(Situation.elsewhere(evidence), List.of(Cure.LOOK_THERE));
    }

    private static Optional<Plan> plan(List<Cure> cures, Diagnosis diagnosis) {
        return Plan.of(Situation.ofMessage(diagnosis.evidence(), Demand.like(diagnosis.inspection())), cures);
    }
}
