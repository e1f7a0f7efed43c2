package dev.chainloop.token.explain;

import dev.chainloop.token.advice.Demand;
import dev.chainloop.token.advice.Detail;
import dev.chainloop.token.advice.Leaks;
import dev.chainloop.token.advice.Plan;
import dev.chainloop.token.advice.Situation;
import dev.chainloop.token.advice.Told;
import dev.chainloop.token.core.Audience;
import dev.chainloop.token.diagnosis.Cure;
import dev.chainloop.token.diagnosis.Diagnosis;
import dev.chainloop.token.diagnosis.Evidence;
import dev.chainloop.token.diagnosis.Inspection;
import dev.chainloop.token.source.Place;
import dev.chainloop.token.source.Scene;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a message means for the token that may have caused it.
 *
 * @param match the message
 * @param causes its possible causes, the surest first
 * @param plan what to do, where the message arose
 * @param further other messages in the same text
 */
public record Explanation(MessageMatch match, List<Cause> causes, Optional<Plan> plan, List<MessageMatch> further) {
    /**
     * Explains the first of some messages.
     *
     * @param here the token here that would be sent now
     * @param arose the place where the message arose, as far as its text tells
     * @param testimony what the text says of the command that failed
     * @param matches at least one
     * @param leaks the tokens in the text
     */
    public static Explanation of(
            Diagnosis here, Optional<Scene> arose, Testimony testimony, List<MessageMatch> matches, Leaks leaks) {
        Diagnosis diagnosis = testimony.sentOf(here);
        MessageMatch match = matches.get(0);
        Facts facts = new Facts(diagnosis, match.text(), match.name(), testimony);
        Weighed weighed = weigh(match.message().row(), facts, here, arose, leaks);
        List<MessageMatch> further = matches.subList(1, matches.size()).stream()
                .filter(other -> !testimony.hasUsed(other.message()))
                .toList();
        return new Explanation(match, weighed.causes, weighed.plan, further);
    }

    /** What follows from a row and the token here. */
    record Weighed(List<Cause> causes, Optional<Plan> plan) {}

    /**
     * Weighs a row.
     *
     * @param facts about the token here that was sent, as far as the text tells
     * @param here the token here that would be sent now
     */
    static Weighed weigh(Row row, Facts facts, Diagnosis here, Optional<Scene> arose, Leaks leaks) {
        Diagnosis diagnosis = facts.diagnosis;
        Testimony testimony = facts.testimony;
        Evidence evidence =
                testimony.ignoresVariable() ? diagnosis.evidence().ignoringVariable() : diagnosis.evidence();
        Place own = evidence.surroundings().place();
        Optional<Scene> elsewhere = arose.filter(scene -> scene.isElsewhere(evidence.surroundings()));
        Weighing weighing = new Weighing(row, facts.of(elsewhere.isPresent()));
        if (elsewhere.isPresent() && !isMeant(facts)) {
            weighing.weighWithoutToken(elsewhere.get());
        } else {
            weighing.weigh();
        }
        Remedy remedy = new Remedy(row, weighing, testimony, here, arose);
        List<Cure> cures = remedy.cures();
        remedy.reasons().forEach(weighing::addFirst);
        if (testimony.tells(Detail.STORE) && row != KnownMessage.STORE_REFUSES.row()) {
            weighing.addFirst(new Cause(
                    Cause.Weight.CERTAIN,
                    "The server is the artifact store (CAS)"
                            + facts.store().map(" "::concat).orElse("") + ": the control plane"
                            + (facts.mixesInstallations()
                                    ? ", " + facts.controlPlane().orElseThrow()
                                            + " and perhaps of another installation,"
                                    : "")
                            + " had answered before.",
                    null));
        }
        if (elsewhere.isPresent() && weighing.isAboutToken()) {
            weighing.doubt(elsewhere.get());
        }
        boolean away = weighing.isAboutAnother() && !own.isCi() && !row.isOfLogin() && !remedy.isForHere();
        @Nullable Scene scene = arose.orElse(away ? Scene.of(Place.ELSEWHERE) : null);
        Told told =
                testimony.told(remedy.otherConfig(), row == KnownMessage.TOKEN_EXPIRED.row(), facts.says("project"));
        Situation situation = weighing.isAboutAnother()
                ? new Situation(evidence.withoutTokens(), scene, false, false, Demand.ANY, told)
                : new Situation(evidence, scene, true, false, Demand.like(diagnosis.inspection()), told);
        Optional<Plan> plan = Plan.of(Plan.of(situation, cures), evidence, leaks);
        return new Weighed(weighing.told(), plan);
    }

    /**
     * Whether the token here is weighed like the one that was sent elsewhere: the user named it, only CI jobs get such, or
     * the message itself shows that it is another.
     */
    private static boolean isMeant(Facts facts) {
        Inspection inspection = facts.inspection;
        boolean copied = inspection.matched().equals(Optional.of(Audience.GENERIC));
        return inspection.decoded() != null
                && (copied || inspection.isGiven() || facts.evidence.search().asked() || facts.namesOtherIssuer());
    }
}
