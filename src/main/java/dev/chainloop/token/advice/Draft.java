package dev.chainloop.token.advice;

import dev.chainloop.token.advice.Step.Where;
import dev.chainloop.token.diagnosis.Cure;
import dev.chainloop.token.diagnosis.Phrases;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The steps of one cure as they are written, one after the other. */
final class Draft {
    private final Cure cure;
    private final boolean person;
    final List<Step> steps = new ArrayList<>();

    private Optional<String> condition = Optional.empty();
    private String before = "";

    /** Whether only the user knows where the new token is kept. */
    boolean endsElsewhere;

    /** @param person whether somebody is there who can log in */
    Draft(Cure cure, boolean person) {
        this.cure = cure;
        this.person = person;
    }

    /** The following steps are done only on a condition, a phrase that follows "if". */
    Draft provided(String phrase) {
        condition = Optional.of(phrase);
        return this;
    }

    /** The following steps are done whatever the condition before was. */
    Draft always() {
        condition = Optional.empty();
        return this;
    }

    /** The next step begins with a sentence. */
    Draft behind(String sentence) {
        before = sentence;
        return this;
    }

    Draft here(String sentence, String... run) {
        return add(Where.HERE, sentence, List.of(run), List.of());
    }

    /** A step where somebody is logged in, or can log in. */
    Draft atLogin(String sentence, String... run) {
        return add(person ? Where.HERE : Where.OWN_MACHINE, sentence, List.of(run), List.of());
    }

    /** A step where the variable is set. */
    Draft atVariable(String sentence, String... run) {
        return add(person ? Where.HERE : Where.PIPELINE, sentence, List.of(run), List.of());
    }

    Draft byAdministrator(String sentence, String... run) {
        return add(Where.ADMINISTRATOR, sentence, List.of(run), List.of());
    }

    /** A step in the settings or files of the pipeline, which may get lines. */
    Draft put(String sentence, List<String> lines) {
        return add(Where.PIPELINE, sentence, List.of(), lines);
    }

    Draft put(String sentence, String... lines) {
        return put(sentence, List.of(lines));
    }

    private Draft add(Where where, String sentence, List<String> run, List<String> put) {
        boolean further =
                !steps.isEmpty() && steps.get(steps.size() - 1).condition().equals(condition);
        String start = condition.isEmpty() ? "" : further ? "then " : "if " + condition.get() + ": ";
        String act = start + sentence;
        steps.add(
                new Step(cure, where, condition, before.isEmpty() ? act : before + Phrases.capitalized(act), run, put));
        before = "";
        return this;
    }

    Draft atMost(int number) {
        steps.subList(Math.min(number, steps.size()), steps.size()).clear();
        return this;
    }

    /** Adds what follows the last step, or the first, which then stands for all, in words alone. */
    void runAgain(String more, boolean alone) {
        int last = alone ? 0 : steps.size() - 1;
        Step step = steps.get(last);
        // Commands stand right behind the sentence, and are not what is run again.
        boolean words = alone || (step.run().isEmpty() && step.put().isEmpty());
        steps.set(last, step.ending((words ? ". Then" : ", and then") + more, alone));
        atMost(last + 1);
    }
}
