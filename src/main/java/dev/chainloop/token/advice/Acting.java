package dev.chainloop.token.advice;

import dev.chainloop.token.advice.Step.Where;
import dev.chainloop.token.diagnosis.Cure;
import dev.chainloop.token.diagnosis.Evidence;
import dev.chainloop.token.diagnosis.Inspection;
import dev.chainloop.token.source.Surroundings;
import java.util.ArrayList;
import java.util.List;

/** What {@link Acts} and {@link Supply} share: the situation that their steps are for, and the forms of a step. */
abstract class Acting {
    final Situation situation;
    final Cure cure;
    final Evidence evidence;
    final Inspection inspection;
    final Surroundings here;
    final SecretStore custody;
    final OtherTokens others;
    final Commands own;

    /** The command that has a changed value read, if one is needed. */
    final List<String> after;

    Acting(Situation situation, Cure cure) {
        this.situation = situation;
        this.cure = cure;
        this.evidence = situation.evidence();
        this.inspection = evidence.inspection();
        this.here = evidence.surroundings();
        this.custody = situation.custody();
        this.others = new OtherTokens(evidence);
        this.own = new Commands(evidence, false);
        String after = custody.after();
        String command = here.userUnit() ? after.replace("sudo systemctl", "systemctl --user") : after;
        this.after = command.isEmpty() ? List.of() : List.of(command);
    }

    /**
     * Removes the variable, which wins over all else, and runs commands. Where it is set, it must be removed too, or the
     * next shell has it again.
     *
     * @param condition "if", a phrase, a comma and a blank; empty for always
     * @param sentence what else is done; may be empty
     */
    Step without(String condition, String sentence, String... commands) {
        boolean remove = !custody.login() || here.variableSet();
        String removal = "remove CHAINLOOP_TOKEN" + (custody.login() ? ", here and where it is set" : " from the job");
        String rest = (sentence.isEmpty() ? "" : ", and ") + sentence;
        List<String> run = new ArrayList<>(List.of(commands));
        if (remove && custody.login() && here.posix()) {
            run.add(0, Commands.UNSET);
        }
        return run(there(), capitalized(condition + (remove ? removal + rest : sentence)), run);
    }

    /** Lines for a file, or for the beginning of a job's script; in a shell they are commands. */
    List<Step> lines(String sentence, List<String> lines) {
        return List.of(
                !here.posix()
                        ? say(Where.HERE, sentence)
                        : custody.login() ? run(Where.HERE, sentence, lines) : put(Where.PIPELINE, sentence, lines));
    }

    Where there() {
        return custody.login() ? Where.HERE : Where.PIPELINE;
    }

    static String capitalized(String text) {
        return Character.toUpperCase(text.charAt(0)) + text.substring(1);
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
