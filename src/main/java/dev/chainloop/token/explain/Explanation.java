package dev.chainloop.token.explain;

import dev.chainloop.token.advice.Demand;
import dev.chainloop.token.advice.Plan;
import dev.chainloop.token.advice.Situation;
import dev.chainloop.token.core.Audience;
import dev.chainloop.token.diagnosis.Cure;
import dev.chainloop.token.diagnosis.Diagnosis;
import dev.chainloop.token.diagnosis.Finding;
import dev.chainloop.token.diagnosis.Stage;
import dev.chainloop.token.explain.Cause.Weight;
import dev.chainloop.token.source.Place;
import dev.chainloop.token.source.SourceKind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * What a text means for the token that would be sent here.
 *
 * @param match the message; empty when none with a row is known
 * @param layer where it arises; empty when that is not known
 * @param empty whether there was no text at all
 * @param elsewhere whether it arose where nothing of this machine's token, variables and config is known to count
 * @param diagnosis the token that is weighed; of a message that arose elsewhere, none
 * @param renewal that the token has expired by itself, sentences; empty where it has not, or a cause says it
 * @param causes what it has to do with the message, the surest first
 * @param plan what to do
 * @param further other messages in the same text
 */
public record Explanation(
        Optional<MessageMatch> match,
        Optional<Layer> layer,
        boolean empty,
        boolean elsewhere,
        Diagnosis diagnosis,
        String renewal,
        List<Cause> causes,
        Optional<Plan> plan,
        List<MessageMatch> further) {

    /**
     * Explains a text.
     *
     * @param here the token that would be sent here
     * @param named the place that the user names
     */
    public static Explanation of(MessageSearch search, Diagnosis here, Optional<Place> named) {
        Optional<MessageMatch> match = search.match();
        Optional<Place> elsewhere = elsewhere(search, here, named);
        boolean there = elsewhere.isPresent();
        boolean login = search.ignored().equals(Optional.of(SourceKind.ENVIRONMENT));
        boolean replaced = !isOfBoth(match)
                && search.ignored().isPresent()
                && here.used().isFrom(search.ignored().get());
        Diagnosis diagnosis = here;
        if (there) {
            // Of where it arose, nothing is seen here.
            diagnosis = here.elsewhere(elsewhere.get());
        } else if (replaced) {
            diagnosis = Diagnosis.of(here.evidence().without(search.ignored().get()));
        }
        if (match.isEmpty()) {
            return unknown(search, there, diagnosis);
        }
        List<Cause> causes = there
                ? Weighing.elsewhere(match.get(), search.showsEmptyVariable())
                : Weighing.of(diagnosis, match.get(), search.showsEmptyVariable());
        if (login && !there) {
            String sent = "The login was sent, as the text says: CLIs before v1.100.10 prefer it to $CHAINLOOP_TOKEN.";
            causes.add(0, new Cause(Weight.CERTAIN, sent, Optional.of(Cure.UPDATE_CLI)));
        }
        Optional<Plan> plan = Optional.empty();
        if (there && !isOfBoth(match)) {
            Situation situation = Situation.of(diagnosis.evidence(), Demand.ANY);
            plan = Plan.of(situation.asking(match.get().role()), List.of(Weighing.cureElsewhere(match.get())));
        } else if (!there && (login || !isOfBoth(match))) {
            plan = plan(match.get(), causes, diagnosis);
        }
        return new Explanation(
                Optional.of(match.get().shown(here.used())),
                Optional.of(match.get().message().layer()),
                false,
                there,
                diagnosis,
                there ? "" : renewal(match.get(), causes, diagnosis),
                causes,
                plan,
                further(search, diagnosis));
    }

    private static List<MessageMatch> further(MessageSearch search, Diagnosis diagnosis) {
        List<MessageMatch> further = new ArrayList<>();
        for (MessageMatch other : search.further()) {
            further.add(other.shown(diagnosis.used()));
        }
        return further;
    }

    /** An expired token is to be renewed whatever else the server says, where a token was sent at all. */
    private static Optional<Finding> expired(KnownMessage message, Diagnosis diagnosis) {
        boolean sent = message.layer().isOfToken() && !message.stages("").contains(Stage.PRESENCE);
        return sent ? diagnosis.expired() : Optional.empty();
    }

    private static String renewal(MessageMatch match, List<Cause> causes, Diagnosis diagnosis) {
        for (Cause cause : causes) {
            if (cause.weight() == Weight.CERTAIN && cause.stage().isPresent()) {
                return "";
            }
        }
        if (expired(match.message(), diagnosis).isEmpty()) {
            return "";
        }
        Weight first = causes.get(0).weight();
        boolean sent = first != Weight.RULED_OUT && first != Weight.BEHIND;
        boolean federated = diagnosis.used().isMatched(Audience.GENERIC);
        boolean secret =
                sent && !federated && match.message().stages(match.text()).contains(Stage.SIGNATURE);
        return "Your token has expired: renew it."
                + (secret ? " If the message stays, it is of another installation." : "");
    }

    /** Where the text arose, if that is not here: the user's word counts more than the text's; empty where a token is given. */
    private static Optional<Place> elsewhere(MessageSearch search, Diagnosis here, Optional<Place> named) {
        Place own = here.evidence().here().place();
        boolean given = here.evidence().seen().asked() || here.used().isGiven();
        if (given || (named.isPresent() ? named.get().isLike(own) : own.isCi())) {
            return Optional.empty();
        }
        return named.isPresent() ? named : search.job();
    }

    /** Whether the token here may have a part in it. */
    public boolean isAboutToken() {
        return !elsewhere && (layer.isEmpty() || layer.get().isOfToken() || isOfBoth(match));
    }

    /** Whether it is certainly about something else; of a known message only the artifact store's, as others name a cure of tokens. */
    public boolean isApart() {
        return layer.isPresent()
                && !layer.get().isOfToken()
                && layer.get() != Layer.PROGRESS
                && (match.isEmpty() || layer.get() == Layer.STORAGE);
    }

    /** Whether it is about two tokens at once. */
    private static boolean isOfBoth(Optional<MessageMatch> match) {
        return match.isPresent() && match.get().message() == KnownMessage.BOTH_CREDENTIALS;
    }

    /** Without a message that has a row: the layer, if a sign of gRPC, Go or the command line's library tells it. */
    private static Explanation unknown(MessageSearch search, boolean elsewhere, Diagnosis diagnosis) {
        Optional<Layer> layer = search.isBlank() ? Optional.empty() : search.layer();
        boolean ofToken = layer.isPresent() && layer.get().isOfToken();
        List<Cause> causes = new ArrayList<>();
        if (layer.isPresent() && !ofToken && layer.get() != Layer.PROGRESS) {
            causes.add(new Cause(Weight.RULED_OUT, "the token: " + layer.get().reason(), Optional.empty()));
        }
        Optional<Plan> plan =
                search.isBlank() || (layer.isPresent() && !ofToken) ? Optional.empty() : Plan.of(diagnosis);
        boolean asks = plan.isEmpty() && ofToken && diagnosis.used().jwt().isPresent();
        if (asks) {
            plan = plan(List.of(Cure.ASK_SERVER), diagnosis);
        } else if (!search.isBlank() && (layer.isEmpty() || (ofToken && plan.isEmpty()))) {
            Plan line = plan(List.of(Cure.GIVE_LINE), diagnosis).orElseThrow();
            plan = Optional.of(plan.isPresent() ? plan.get().and(line) : line);
        }
        return new Explanation(
                Optional.empty(),
                layer,
                search.isBlank(),
                elsewhere,
                diagnosis,
                "",
                causes,
                plan,
                further(search, diagnosis));
    }

    /** A guess alone replaces no token that may work; a CI provider's is none that anybody keeps. */
    private static Optional<Plan> plan(MessageMatch match, List<Cause> causes, Diagnosis diagnosis) {
        boolean certain = false;
        for (Cause cause : causes) {
            certain |= cause.weight() == Weight.CERTAIN && cause.cure().isPresent();
        }
        boolean works = !certain
                && match.message().layer().isOfToken()
                && diagnosis.used().jwt().isPresent()
                && diagnosis.firstError().isEmpty()
                && !diagnosis.used().isMatched(Audience.GENERIC);
        List<Cure> cures = cures(match.message(), causes, certain, diagnosis);
        Situation situation = Situation.of(diagnosis.evidence(), Demand.like(diagnosis.used()))
                .asking(match.role());
        if (works) {
            Collections.sort(cures);
            boolean creates = cures.get(0).getsToken();
            return Plan.of(situation.working(), creates ? List.of(Cure.ASK_SERVER) : cures);
        }
        return Plan.of(situation, cures);
    }

    /** The cures of what is certain, else of the rest, else the message's own. */
    private static List<Cure> cures(KnownMessage message, List<Cause> causes, boolean certain, Diagnosis diagnosis) {
        List<Cure> cures = new ArrayList<>();
        for (Cause cause : causes) {
            if (cause.cure().isPresent() && (!certain || cause.weight() == Weight.CERTAIN)) {
                cures.add(cause.cure().get());
            }
        }
        Optional<Finding> expired = expired(message, diagnosis);
        if (expired.isPresent() && !cures.contains(Cure.UPDATE_CLI)) {
            cures.remove(Cure.LOOK_THERE);
            // It ends with a new token, too.
            if (!cures.contains(Cure.CHECK_CONTROL_PLANE)) {
                cures.add(expired.get().cure().orElseThrow());
            }
        }
        for (Cure only : List.of(Cure.UPDATE_CLI, Cure.LOOK_THERE)) {
            if (cures.contains(only)) {
                // Another token would not be sent, either, or nothing is known of the one that was.
                return new ArrayList<>(List.of(only));
            }
        }
        if (cures.isEmpty()) {
            cures.add(message.row(diagnosis.used().matched()).cure());
        }
        return cures;
    }

    private static Optional<Plan> plan(List<Cure> cures, Diagnosis diagnosis) {
        return Plan.of(Situation.of(diagnosis.evidence(), Demand.like(diagnosis.used())), cures);
    }
}
