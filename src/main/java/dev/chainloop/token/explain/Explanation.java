package dev.chainloop.token.explain;

import dev.chainloop.token.advice.Plan;
import dev.chainloop.token.advice.PlanContext;
import dev.chainloop.token.advice.WantedToken;
import dev.chainloop.token.core.Audience;
import dev.chainloop.token.diagnosis.Candidate;
import dev.chainloop.token.diagnosis.Cure;
import dev.chainloop.token.diagnosis.Diagnosis;
import dev.chainloop.token.diagnosis.Finding;
import dev.chainloop.token.diagnosis.Stage;
import dev.chainloop.token.explain.Cause.Weight;
import dev.chainloop.token.source.Place;
import dev.chainloop.token.source.SourceKind;
import dev.chainloop.token.source.Surroundings.Variable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * What a text means for the token that would be sent here.
 *
 * @param search what the text says
 * @param match the message, as it may be shown; empty when none with a row is known
 * @param layer where it arises; empty when that is not known
 * @param elsewhere whether it arose in another place, about which this machine's token, variables and config say nothing
 * @param diagnosis the token that is weighed; none for a message that arose elsewhere
 * @param causes what it has to do with the message, the surest first
 * @param spoken the error of the CLI that is not known, or that of another program, as it may be shown; empty for a known message
 * @param there the plan for another place, if the log does not fit the token here; empty if it does
 */
public record Explanation(
        MessageSearch search,
        Optional<MessageMatch> match,
        Optional<Layer> layer,
        boolean elsewhere,
        Diagnosis diagnosis,
        List<Cause> causes,
        Optional<String> spoken,
        Optional<Plan> there) {

    /**
     * Explains a text.
     *
     * @param here the token that would be sent here
     * @param named the place that the user names
     */
    public static Explanation of(MessageSearch search, Diagnosis here, Optional<Place> named) {
        Optional<MessageMatch> match = search.match();
        Optional<Place> elsewhere = elsewhere(search, here, named);
        Optional<SourceKind> ignored = search.ignored();
        Optional<LogFacts> log = search.facts;
        Diagnosis diagnosis = here;
        if (elsewhere.isPresent()) {
            // Nothing is known here about the place where it arose.
            diagnosis =
                    here.elsewhere(elsewhere.get(), log.isPresent() ? log.get().known() : Variable.UNSEEN);
        } else if (!isOfBoth(match) && ignored.isPresent() && here.used().isFrom(ignored.get())) {
            diagnosis = Diagnosis.of(here.evidence().without(ignored.get()));
        }
        Optional<Layer> layer = search.isBlank() ? Optional.empty() : search.layer();
        Optional<String> spoken = Optional.empty();
        if (match.isEmpty() && log.isPresent() && log.get().other().isPresent()) {
            spoken = log.get().other();
            layer = Optional.of(Layer.OTHER_SERVICE);
        } else if (layer.isEmpty()) {
            spoken = search.own();
        }
        Optional<Plan> there = Optional.empty();
        List<Cause> causes = new ArrayList<>();
        Optional<String> unfit = match.isPresent() && elsewhere.isEmpty() && isOpen(here) && search.isLog()
                ? Causes.contradiction(here, match.get(), log.orElseThrow())
                : Optional.empty();
        if (unfit.isPresent()) {
            boolean it = unfit.get().startsWith("it ");
            causes.add(new Cause(
                    Weight.UNKNOWN,
                    "This log does not fit the token here"
                            + (it ? ", which" + unfit.get().substring(2) : ": " + unfit.get()) + ".",
                    Optional.of(Cure.LOOK_THERE)));
            there = of(
                            search,
                            here,
                            Optional.of(match.get().stages().contains(Stage.PRESENCE) ? Place.ELSEWHERE : Place.CI))
                    .plan();
        } else if (match.isPresent()) {
            causes.addAll(Causes.of(diagnosis, match.get(), elsewhere.isPresent(), log));
        } else if (spoken.isPresent() && layer.isEmpty() && sentInsteadOfLogin(here, ignored)) {
            String sent =
                    "$CHAINLOOP_TOKEN was sent, not the login, as the log says. An API token may not do all that a person may.";
            causes.add(new Cause(Weight.LIKELY, sent, Optional.of(Cure.WORK_AS_PERSON)));
        } else if (spoken.isPresent() && layer.isPresent()) {
            causes.add(new Cause(
                    Weight.RULED_OUT, "the token: Chainloop's own commands went well with it", Optional.empty()));
        } else if (layer.isPresent() && !layer.get().isOfToken()) {
            causes.addAll(Causes.ruledOut(layer.get(), search.cure()));
        }
        Optional<Cause> said = match.isPresent() ? search.said(match.get().message()) : Optional.empty();
        if (said.isPresent()) {
            Optional<String> unseen = match.get().message().unseen(Optional.empty());
            causes.removeIf(one -> unseen.equals(Optional.of(one.sentence())));
            causes.add(0, said.get());
        }
        if (match.isPresent() && ignored.equals(Optional.of(SourceKind.ENVIRONMENT))) {
            String sent = "The login was sent, as the log says: CLIs before v1.100.10 prefer it to $CHAINLOOP_TOKEN.";
            // So it is known which token the command sent.
            causes.removeIf(one -> elsewhere.isPresent() && one.weight() == Weight.UNKNOWN);
            causes.add(0, new Cause(Weight.CERTAIN, sent, Optional.of(Cure.UPDATE_CLI)));
        }
        Optional<MessageMatch> shown =
                match.isPresent() ? Optional.of(match.get().shown(here.used())) : match;
        return new Explanation(search, shown, layer, elsewhere.isPresent(), diagnosis, causes, spoken, there);
    }

    public List<MessageMatch> further() {
        List<MessageMatch> further = search.further();
        further.replaceAll(one -> one.shown(diagnosis.used()));
        return further;
    }

    /** If a token was sent at all, and not a provider's, an expired token is to be renewed whatever else the server says. */
    private Optional<Finding> expired() {
        return there.isEmpty()
                        && match.isPresent()
                        && (!match.get().isOfProvider() || diagnosis.used().isMatched(Audience.GENERIC))
                        && match.get().message().layer.isOfToken()
                        && !match.get().stages().contains(Stage.PRESENCE)
                ? diagnosis.expired()
                : Optional.empty();
    }

    /** That the token has also expired, in sentences, unless a cause says it. */
    public Optional<String> renewal() {
        for (Cause cause : causes) {
            boolean said = cause.weight() == Weight.CERTAIN && cause.stage().isPresent();
            if (said || cause.weight() == Weight.ALSO_WRONG || cause.weight() == Weight.RULED_OUT) {
                return Optional.empty();
            }
        }
        if (expired().isEmpty()) {
            return Optional.empty();
        }
        boolean secret = causes.get(0).weight().compareTo(Weight.ALSO_WRONG) < 0
                && !diagnosis.used().isMatched(Audience.GENERIC)
                && match.orElseThrow().stages().contains(Stage.SIGNATURE);
        return Optional.of("Your token has expired: replace it."
                + (secret ? " If the message remains, the token comes from another installation." : ""));
    }

    /** Where the text arose, if that is not here: the user's word overrides the text's; empty if the user named a token. */
    private static Optional<Place> elsewhere(MessageSearch search, Diagnosis here, Optional<Place> named) {
        Place own = here.evidence().here().place();
        if (isGiven(here) || (named.isPresent() ? named.get().isLike(own) : own.isCi())) {
            return Optional.empty();
        }
        return named.isPresent() ? named : search.job();
    }

    /** Whether the CLI ignored a login that is here, too, for the variable that is here. */
    private static boolean sentInsteadOfLogin(Diagnosis here, Optional<SourceKind> ignored) {
        Optional<Candidate> login = here.evidence().candidate(SourceKind.CONFIG);
        return login.isPresent()
                && login.get().isKind(Audience.USER)
                && here.used().isFrom(SourceKind.ENVIRONMENT)
                && ignored.equals(Optional.of(SourceKind.CONFIG));
    }

    private static boolean isGiven(Diagnosis here) {
        return here.evidence().inputs().asked() || here.used().isGiven();
    }

    /** Whether a log may be of elsewhere: the user named no token, and this is no job, whose own log it would be. */
    private static boolean isOpen(Diagnosis here) {
        return !isGiven(here) && !here.evidence().here().place().isCi();
    }

    /** Whether the token here may have a part in it. */
    public boolean isAboutToken() {
        return !elsewhere && (layer.isEmpty() || layer.get().isOfToken() || isOfBoth(match));
    }

    /** Whether it is certainly about something else; a known message only if it is the artifact store's, because others have a cure for tokens. */
    public boolean isApart() {
        return layer.isPresent()
                && !layer.get().isOfToken()
                && layer.get() != Layer.PROGRESS
                && (causes.isEmpty() || causes.get(0).weight() == Weight.RULED_OUT)
                && (match.isEmpty() || layer.get() == Layer.STORAGE);
    }

    private static boolean isOfBoth(Optional<MessageMatch> match) {
        return match.isPresent() && match.get().message() == KnownMessage.BOTH_CREDENTIALS;
    }

    public Optional<Plan> plan() {
        Optional<Plan> plan = planned();
        boolean missing = match.isPresent() && match.get().stages().contains(Stage.PRESENCE);
        boolean called = search.facts.isPresent() && search.facts.get().called();
        if (plan.isEmpty()) {
            return plan;
        }
        boolean open =
                !elsewhere && layer.equals(Optional.of(Layer.AUTHENTICATION)) && search.isLog() && isOpen(diagnosis);
        return called && missing
                ? Optional.of(plan.get().ofCalled())
                : open ? Optional.of(plan.get().ofLog()) : plan;
    }

    private Optional<Plan> planned() {
        PlanContext context = PlanContext.of(diagnosis, WantedToken.ANY.like(diagnosis.used()));
        if (there.isPresent()) {
            Optional<Instant> made = diagnosis.used().time("iat");
            Instant yesterday = diagnosis.used().at().minusSeconds(LogFacts.DAY);
            return Optional.of(
                    there.get().orHere(diagnosis, made.isPresent() && made.get().isAfter(yesterday)));
        }
        if (match.isEmpty()) {
            return planOfUnknown(context);
        }
        return isOfBoth(match) && (elsewhere || causes.isEmpty())
                ? Optional.empty()
                : plan(match.get(), context.asking(match.get().role()));
    }

    /** The plan if no message with a row is known. */
    private Optional<Plan> planOfUnknown(PlanContext context) {
        boolean ofToken = layer.isPresent() && layer.get().isOfToken();
        Optional<Cure> seen =
                causes.isEmpty() ? Optional.empty() : causes.get(0).cure();
        if (seen.isPresent()) {
            return Plan.of(context, List.of(seen.get()));
        }
        if (search.isBlank() || (layer.isPresent() && !ofToken)) {
            return Optional.empty();
        }
        Optional<Plan> plan = Plan.of(diagnosis);
        if (ofToken && (plan.isPresent() || diagnosis.used().jwt().isPresent())) {
            return plan.isPresent() ? plan : Plan.of(context, List.of(Cure.ASK_SERVER));
        }
        if (spoken.isPresent()) {
            return plan;
        }
        Optional<Plan> line = Plan.of(context, List.of(Cure.GIVE_LINE));
        return plan.isPresent() ? Optional.of(plan.get().and(line.orElseThrow())) : line;
    }

    /** A mere guess replaces no token that may work; nobody keeps a federated token. */
    private Optional<Plan> plan(MessageMatch known, PlanContext context) {
        boolean certain = false;
        for (Cause cause : causes) {
            certain |= cause.weight() == Weight.CERTAIN && cause.cure().isPresent();
        }
        List<Cure> cures = cures(known.message(), certain);
        boolean works = known.message().layer.isOfToken()
                && context.tokenWorks()
                && !diagnosis.used().isMatched(Audience.GENERIC);
        if (certain || !works) {
            return Plan.of(context.refused(), cures);
        }
        Collections.sort(cures);
        return Plan.of(context, cures.get(0).getsToken() ? List.of(Cure.ASK_SERVER) : cures);
    }

    /** The cures of the certain causes, else of the other causes, else the message's own. */
    private List<Cure> cures(KnownMessage message, boolean certain) {
        List<Cure> cures = new ArrayList<>();
        for (Cause cause : causes) {
            if (cause.cure().isPresent() && (!certain || cause.weight() == Weight.CERTAIN)) {
                cures.add(cause.cure().get());
            }
        }
        Optional<Finding> expired = expired();
        if (expired.isPresent() && !cures.contains(Cure.UPDATE_CLI)) {
            cures.remove(Cure.LOOK_THERE);
            // This cure also ends with a new token.
            if (!cures.contains(Cure.CHECK_CONTROL_PLANE)) {
                cures.add(expired.get().cure().orElseThrow());
            }
        }
        for (Cure only : List.of(Cure.UPDATE_CLI, Cure.LOOK_THERE)) {
            if (cures.contains(only)) {
                // Another token would not be sent, either, or nothing is known of the token that was sent.
                return new ArrayList<>(List.of(only));
            }
        }
        if (cures.isEmpty()) {
            cures.add(message.cure(diagnosis.used().matched()));
        }
        return cures;
    }
}
