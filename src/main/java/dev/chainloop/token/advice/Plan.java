package dev.chainloop.token.advice;

import dev.chainloop.token.diagnosis.Cure;
import dev.chainloop.token.diagnosis.Diagnosis;
import dev.chainloop.token.diagnosis.Evidence;
import dev.chainloop.token.diagnosis.Fault;
import dev.chainloop.token.diagnosis.Finding;
import dev.chainloop.token.diagnosis.Inspection;
import dev.chainloop.token.diagnosis.Severity;
import dev.chainloop.token.source.ConfigReading;
import dev.chainloop.token.source.Look;
import dev.chainloop.token.source.Place;
import dev.chainloop.token.source.Search;
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
 * @param shell the shell that the commands of the steps are for
 * @param steps in their order; at least one
 */
public record Plan(Place place, Shell shell, List<Step> steps) {
    private static final int MOST_STEPS = 3;

    /** The plan for the cures of a state; empty when nothing is to be done. */
    public static Optional<Plan> of(Situation situation, List<Cure> cures) {
        if (cures.isEmpty()) {
            return Optional.empty(); // Without the classes of the plan: most tokens are in order.
        }
        State state = new State(situation, cures.get(0));
        List<Step> steps = new ArrayList<>(CureTable.onWindows().steps(state));
        if (state.runsElsewhere()) {
            return Optional.of(new Plan(situation.place(), state.shell(), steps));
        }
        for (Cure cure : weighed(worthwhile(situation, cures))) {
            for (Step step : CureTable.of(cure).steps(state.as(cure))) {
                boolean said = steps.stream()
                        .anyMatch(one ->
                                one.text().equals(step.text()) && one.run().equals(step.run()));
                if (!said) {
                    add(steps, step);
                }
            }
        }
        Optional<Cure> obstacle = obstacle(situation);
        if (obstacle.isPresent()) {
            List<Step> first = CureTable.of(obstacle.get()).steps(state.as(obstacle.get()));
            steps.removeAll(first);
            List<Step> behind = List.copyOf(steps);
            steps.clear();
            first.forEach(steps::add);
            behind.forEach(step -> join(steps, step));
        }
        sayOnce(steps, state.label());
        return steps.isEmpty() ? Optional.empty() : Optional.of(new Plan(situation.place(), state.shell(), steps));
    }

    private static void add(List<Step> steps, Step step) {
        if (steps.size() < MOST_STEPS || steps.get(steps.size() - 1).joinsWith(step)) {
            join(steps, isAfterOneThatIsEnough(steps) ? step.otherwise() : step);
        }
    }

    /** A program's section has a single line for its variables. */
    private static void join(List<Step> steps, Step step) {
        int last = steps.size() - 1;
        if (last >= 0 && steps.get(last).joinsWith(step)) {
            steps.set(last, steps.get(last).with(step));
        } else {
            steps.add(step);
        }
    }

    /** Whether no step since the one that may be enough is for where it is not. */
    private static boolean isAfterOneThatIsEnough(List<Step> steps) {
        boolean open = false;
        for (Step step : steps) {
            open = step.enough() || (open && step.condition().isPresent());
        }
        return open;
    }

    /** Leaves a phrase only in the first of the steps that have it. */
    private static void sayOnce(List<Step> steps, String phrase) {
        boolean said = false;
        for (int i = 0; i < steps.size() && !phrase.isEmpty(); i++) {
            Step step = steps.get(i);
            steps.set(i, said ? step.without(phrase) : step);
            said |= step.text().contains(phrase);
        }
    }

    /** The CLI reads its config file first, or makes one, and stops when it cannot. */
    private static Optional<Cure> obstacle(Situation situation) {
        Search.Result search = situation.evidence().search();
        List<Look.Unreadable> behind = search.unreadableBehind();
        if (!situation.isHere()) {
            return Optional.empty();
        }
        return !behind.isEmpty()
                ? Optional.of(Cure.of(behind.get(0).obstacle()))
                : search.config() == ConfigReading.Missing.UNMAKEABLE
                                && !search.asked()
                                && situation.evidence().otherConfigToRead().isEmpty()
                        ? Optional.of(Cure.OWN_CONFIG)
                        : Optional.empty();
    }

    /** The same, followed by what is to be done here about the tokens in a text. */
    public static Optional<Plan> of(Optional<Plan> plan, Evidence here, Leaks leaks) {
        Situation situation = Situation.here(here, Demand.ANY).working();
        State state = new State(situation, Cure.REVOKE_LEAKED);
        List<Step> steps = leaks.steps(state);
        if (steps.isEmpty()) {
            return plan;
        }
        List<Step> all = new ArrayList<>(plan.isEmpty() ? List.of() : plan.get().steps());
        all.subList(Math.min(all.size(), Math.max(0, MOST_STEPS - steps.size())), all.size())
                .clear();
        all.addAll(steps);
        return Optional.of(new Plan(plan.map(Plan::place).orElse(situation.place()), state.shell(), all));
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

    /**
     * The plan for what is not the token's fault.
     *
     * @param lookup whether something was looked up in the token's organization or project
     */
    public static Optional<Plan> of(Situation situation, List<Subject> subjects, boolean lookup) {
        State state = new State(situation, Cure.CHECK_SUBJECT);
        List<Step> steps = new ArrayList<>(lookup ? SubjectTable.lookup().steps(state) : List.of());
        steps.addAll(CommandTable.typeset().steps(state));
        for (Subject subject : subjects) {
            steps.addAll(SubjectTable.of(subject).steps(state));
        }
        sayOnce(steps, state.label());
        return Optional.of(new Plan(
                situation.place(), state.shell(), List.copyOf(steps.subList(0, Math.min(steps.size(), MOST_STEPS)))));
    }

    /** The plan for findings: for the errors among them, else for the warnings. */
    public static Optional<Plan> ofFindings(Situation situation, List<Finding> findings) {
        List<Cure> errors = cures(findings, Severity.ERROR);
        return errors.isEmpty() ? of(situation.working(), cures(findings, Severity.WARNING)) : of(situation, errors);
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

    /** A dead token is replaced, whatever is wrong with the value that holds it: nobody stores it again. */
    private static List<Cure> worthwhile(Situation situation, List<Cure> cures) {
        Inspection inspection = situation.evidence().inspection();
        if (!situation.judged()
                || !inspection.expired().orElse(false)
                || cures.stream().noneMatch(Cure::storesAgain)) {
            return cures;
        }
        List<Cure> all = new ArrayList<>(cures);
        all.removeIf(Cure::storesAgain);
        all.add(Cure.renewal(inspection.matched()));
        return all;
    }

    /** Each once and in order, without those that another makes superfluous. */
    private static List<Cure> weighed(List<Cure> all) {
        // Not an EnumSet, for which the JVM loads reflection.
        Set<Cure> cures = new TreeSet<>(all);
        for (Cure.Group group : Cure.Group.values()) {
            if (cures.stream().anyMatch(cure -> cure.group() == group)) {
                cures.removeIf(cure -> group.supersedes(cure.group()));
            }
        }
        Optional<Cure> token = cures.stream().filter(Cure::getsToken).findFirst();
        cures.removeIf(cure -> cure.getsToken() && cure != token.orElse(cure));
        return new ArrayList<>(cures);
    }
}
