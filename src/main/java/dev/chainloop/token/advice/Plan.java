package dev.chainloop.token.advice;

import dev.chainloop.token.diagnosis.Cure;
import dev.chainloop.token.diagnosis.Diagnosis;
import dev.chainloop.token.diagnosis.Finding;
import dev.chainloop.token.diagnosis.Severity;
import dev.chainloop.token.source.Place;
import dev.chainloop.token.source.SourceReading;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * What to do about a state: the one plan that every command prints.
 *
 * @param place where it is carried out
 * @param steps in their order, at least one: at most three of one cure, and at most one about a clock or a file's mode
 * @param note what else can be asked for, a sentence
 */
public record Plan(Place place, List<Step> steps, Optional<String> note) {
    private static final String PLACES = "For the steps in another place, add `--in github` (gitlab, pod, …).";

    /**
     * The plan for the cures of a state: the plan of the first cure, because that hides the rest or makes it
     * superfluous, and the plan of a cure that stands beside any other.
     *
     * @return empty when nothing is to be done
     */
    public static Optional<Plan> of(PlanContext context, List<Cure> cures) {
        if (cures.isEmpty()) {
            return Optional.empty();
        }
        List<Cure> all = new ArrayList<>(cures);
        Optional<SourceReading.Unreadable> behind = context.evidence().inputs().unreadableBehind();
        if (context.isHere() && behind.isPresent()) {
            // The CLI reads its config file first, and stops when it cannot.
            all.add(Cure.of(behind.get().obstacle()));
        }
        Collections.sort(all);
        Cure first = all.get(0);
        Planner planner = Planner.of(context, first);
        List<Step> steps = new ArrayList<>(planner.steps());
        Cure last = all.get(all.size() - 1);
        if (last.isAside() && last != first) {
            steps.addAll(Planner.of(context, last).steps());
        }
        // Only the user knows the place where the new token is kept.
        boolean unknown = context.place() == Place.ELSEWHERE || planner.plan().endsElsewhere;
        return Optional.of(new Plan(context.place(), steps, unknown ? Optional.of(PLACES) : Optional.empty()));
    }

    public Plan shown(UnaryOperator<String> filter) {
        List<Step> shown = new ArrayList<>();
        for (Step step : steps) {
            shown.add(step.shown(filter));
        }
        return new Plan(place, shown, note);
    }

    /**
     * The same for a log that may be of another place, and what to do if it is of this one.
     *
     * @param diagnosis of the token here
     * @param fresh whether the token here is so new that it may have replaced the one in the log
     */
    public Plan orHere(Diagnosis diagnosis, boolean fresh) {
        List<Step> all = new ArrayList<>(steps);
        Step first = steps.get(0);
        all.set(0, first.condition().isPresent() ? first : first.provided("it ran elsewhere"));
        String again = (fresh ? "the token here may be newer than the log: " : "")
                + "run the command again, and if it fails again, ask the control plane";
        Draft here = new Draft(Cure.ASK_SERVER, true).here(again, "chainloop-token ask");
        Optional<Plan> own = diagnosis.stop().isPresent() ? of(diagnosis) : Optional.empty();
        boolean alone = own.isPresent() && own.get().steps.size() == 1;
        Step mend = alone ? own.get().steps.get(0) : here.steps.get(0);
        all.add(mend.condition().isPresent() ? mend : mend.provided("it ran here"));
        return new Plan(place, all, Optional.of(PLACES));
    }

    /** The same for a log, which may be of another place. */
    public Plan ofLog() {
        return new Plan(place, steps, Optional.of(PLACES));
    }

    /** The same for the job of a called workflow, which gets only the secrets that its caller passes on. */
    public Plan ofCalled() {
        Draft caller = new Draft(Cure.HAND_IN, false);
        caller.put("in the job that calls the workflow, pass the secrets on", "secrets: inherit");
        List<Step> all = new ArrayList<>(caller.steps);
        all.addAll(steps);
        // A secret that the caller does not pass on is empty.
        all.removeIf(step -> step.condition().orElse("").endsWith("empty"));
        return new Plan(place, all, note);
    }

    /** The same, followed by the steps of another plan. */
    public Plan and(Plan other) {
        List<Step> all = new ArrayList<>(steps);
        all.addAll(other.steps);
        return new Plan(place, all, note);
    }

    /** The plan for a token, or the lack of one, as it was found here. */
    public static Optional<Plan> of(Diagnosis diagnosis) {
        Optional<Finding> trouble = diagnosis.used().trouble();
        if (diagnosis.findings().isEmpty() && trouble.isEmpty()) {
            return Optional.empty(); // Without the classes of the plan: most tokens are in order.
        }
        PlanContext context = PlanContext.of(diagnosis, WantedToken.ANY.like(diagnosis.used()));
        return ofFindings(context, trouble.isPresent() ? List.of(trouble.get()) : diagnosis.findings());
    }

    /** The plan for findings: for the errors among them, else for the warnings; one warning may stand beside an error. */
    public static Optional<Plan> ofFindings(PlanContext context, List<Finding> findings) {
        boolean errors = false;
        for (Finding finding : findings) {
            errors |= finding.isError();
        }
        List<Cure> cures = new ArrayList<>();
        for (Finding finding : findings) {
            Optional<Cure> cure = finding.cure();
            boolean counts = cure.isPresent() && finding.severity() != Severity.INFO;
            if (counts && (!errors || finding.isError() || cure.get().isAside())) {
                cures.add(cure.get());
            }
        }
        return of(context, cures);
    }
}
