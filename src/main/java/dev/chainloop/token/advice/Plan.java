package dev.chainloop.token.advice;

import dev.chainloop.token.diagnosis.Cure;
import dev.chainloop.token.diagnosis.Diagnosis;
import dev.chainloop.token.diagnosis.Evidence;
import dev.chainloop.token.diagnosis.Fault;
import dev.chainloop.token.diagnosis.Finding;
import dev.chainloop.token.diagnosis.Severity;
import dev.chainloop.token.source.Look;
import dev.chainloop.token.source.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What to do about a state: the one plan that every command prints.
 *
 * @param place where it is carried out
 * @param steps in their order; at least one
 */
public record Plan(Place place, List<Step> steps) {
    private static final int MOST_STEPS = 3;

    /** The plan for the cures of a state; empty when nothing is to be done. */
    public static Optional<Plan> of(Situation situation, List<Cure> cures) {
        if (cures.isEmpty()) {
            return Optional.empty(); // Without the classes of the plan: most tokens are in order.
        }
        List<Step> steps = new ArrayList<>();
        for (Cure cure : weighed(cures)) {
            for (Step step : new Acts(situation, cure).steps()) {
                boolean said = steps.stream()
                        .anyMatch(one ->
                                one.text().equals(step.text()) && one.run().equals(step.run()));
                if (!said && steps.size() < MOST_STEPS) {
                    steps.add(step);
                }
            }
        }
        List<Look.Unreadable> behind = situation.evidence().search().unreadableBehind();
        if (situation.isHere() && !behind.isEmpty()) {
            // The CLI reads its config file first, and stops when it cannot.
            List<Step> first = new Acts(situation, Cure.of(behind.get(0).obstacle())).steps();
            steps.removeAll(first);
            steps.addAll(0, first);
        }
        return steps.isEmpty() ? Optional.empty() : Optional.of(new Plan(situation.place(), steps));
    }

    /** The same, followed by what is to be done here about the tokens in a text. */
    public static Optional<Plan> of(Optional<Plan> plan, Evidence here, Leaks leaks) {
        Situation situation = Situation.here(here, Demand.ANY);
        List<Step> steps = leaks.steps(new Supply(situation, Cure.LIST_TOKENS));
        if (steps.isEmpty()) {
            return plan;
        }
        List<Step> all = new ArrayList<>(plan.isEmpty() ? List.of() : plan.get().steps());
        all.subList(Math.min(all.size(), Math.max(0, MOST_STEPS - steps.size())), all.size())
                .clear();
        all.addAll(steps);
        return Optional.of(new Plan(plan.map(Plan::place).orElse(situation.place()), all));
    }

    /** The plan for a token, or the lack of one, as it was found here. */
    public static Optional<Plan> of(Diagnosis diagnosis) {
        Situation situation = Situation.here(diagnosis.evidence(), Demand.like(diagnosis.inspection()));
        @Nullable Fault fault = diagnosis.inspection().fault();
        return fault != null && fault.cure() != null
                ? of(situation, List.of(fault.cure()))
                : ofFindings(situation, diagnosis.findings());
    }

    /** The plan after a message that is not known. */
    public static Optional<Plan> ofUnknownMessage(Diagnosis diagnosis) {
        Optional<Plan> plan = of(diagnosis);
        return plan.isPresent() ? plan : of(Situation.here(diagnosis.evidence(), Demand.ANY), List.of(Cure.ASK_SERVER));
    }

    /** The plan for findings: for the errors among them, else for the warnings. */
    public static Optional<Plan> ofFindings(Situation situation, List<Finding> findings) {
        List<Cure> errors = cures(findings, Severity.ERROR);
        return of(situation, errors.isEmpty() ? cures(findings, Severity.WARNING) : errors);
    }

    private static List<Cure> cures(List<Finding> findings, Severity severity) {
        List<Cure> cures = new ArrayList<>();
        for (Finding finding : findings) {
            if (finding.severity() == severity && finding.cure() != null) {
                cures.add(finding.cure());
            }
        }
        return cures;
    }

    /** Each once and in order, without those that another makes superfluous. */
    private static List<Cure> weighed(List<Cure> all) {
        // Not an EnumSet, for which the JVM loads reflection.
        Set<Cure> cures = new TreeSet<>(all);
        if (cures.stream().anyMatch(cure -> isWithin(cure, Cure.WAIT_FOR_WRITER, Cure.SET_HOME))) {
            // These keep the rest from being seen.
            cures.removeIf(cure -> cure.compareTo(Cure.SET_HOME) > 0 && !cure.isAside());
        }
        if (cures.contains(Cure.HAND_IN) || cures.contains(Cure.STORE_WHOLE)) {
            cures.removeIf(Cure::getsToken);
        }
        if (cures.contains(Cure.REQUEST_AUDIENCE) || cures.contains(Cure.ALLOW_FEDERATED)) {
            cures.removeIf(cure -> cure.getsToken() || cure == Cure.ENROLL);
        }
        Optional<Cure> token = cures.stream().filter(Cure::getsToken).findFirst();
        if (token.isPresent()) {
            // One new token serves them all, and the value that it replaces needs no mending.
            cures.removeIf(cure -> cure.getsToken() && cure != token.get());
            cures.removeIf(cure -> isWithin(cure, Cure.EXPAND, Cure.SET_VARIABLE));
        }
        return new ArrayList<>(cures);
    }

    private static boolean isWithin(Cure cure, Cure first, Cure last) {
        return cure.compareTo(first) >= 0 && cure.compareTo(last) <= 0;
    }
}
