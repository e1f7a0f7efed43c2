package dev.chainloop.token.advice;

import dev.chainloop.token.advice.Step.Where;
import dev.chainloop.token.diagnosis.Cure;
import dev.chainloop.token.diagnosis.Evidence;
import dev.chainloop.token.diagnosis.Inspection;
import dev.chainloop.token.source.Surroundings;
import java.util.ArrayList;
import java.util.List;

/** What the acts of a cure are made of: the situation that they are for, and the forms of a step. */
abstract class Acting {
    /** A shell's own variable is not all: the next one has it again. */
    static final String BOTH = ", here and where it is set";

    static final String BARE = ", without CHAINLOOP_TOKEN here and where it is set";

    final Situation situation;
    final Cure cure;
    final Evidence evidence;
    final Inspection inspection;
    final Surroundings here;
    final Custody custody;
    final OtherTokens others;

    final Commands own;

    Acting(Situation situation, Cure cure) {
        this.situation = situation;
        this.cure = cure;
        this.evidence = situation.evidence();
        this.inspection = evidence.inspection();
        this.here = evidence.surroundings();
        this.custody = situation.custody();
        this.others = new OtherTokens(evidence);
        this.own = new Commands(evidence, false);
    }

    /**
     * Takes the variable away, which wins over all else, and runs commands.
     *
     * @param there what the sentence adds about the variable where there is one
     */
    Step without(String sentence, String there, String... commands) {
        if (!custody.login()) {
            return say(Where.PIPELINE, sentence + ": remove CHAINLOOP_TOKEN from the job");
        }
        if (!here.variableSet()) {
            return run(Where.HERE, sentence, List.of(commands));
        }
        if (here.windows()) {
            return run(Where.HERE, sentence + there, List.of(commands));
        }
        List<String> run = new ArrayList<>(List.of(Commands.UNSET));
        run.addAll(List.of(commands));
        return run(Where.HERE, sentence + there, run);
    }

    /** Lines for a file, or for the beginning of a job's script; in a shell they are commands. */
    List<Step> lines(String sentence, List<String> lines) {
        return List.of(
                here.windows()
                        ? say(Where.HERE, sentence)
                        : custody.login() ? run(Where.HERE, sentence, lines) : put(Where.PIPELINE, sentence, lines));
    }

    Step say(Where where, String sentence) {
        return Step.of(cure, where, sentence, List.of(), List.of());
    }

    Step run(Where where, String sentence, List<String> commands) {
        return Step.of(cure, where, sentence, commands, List.of());
    }

    Step put(Where where, String sentence, List<String> lines) {
        return Step.of(cure, where, sentence, List.of(), lines);
    }
}
