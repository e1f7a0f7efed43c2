package dev.chainloop.token.advice;

import dev.chainloop.token.advice.Step.Where;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;

/** One step, as its row is written: what is said, where it is done, and the commands or lines below it. */
final class StepRow extends Part {
    private final Function<State, String> sentence;
    private Function<State, Where> where = state -> Where.HERE;
    private Function<State, List<String>> run = state -> List.of();
    private Function<State, List<String>> put = state -> List.of();
    private boolean script;
    private boolean withoutVariable;
    private boolean enough;

    private StepRow(Function<State, String> sentence) {
        this.sentence = sentence;
    }

    /** @param sentence an imperative without its full stop */
    static StepRow step(String sentence) {
        return new StepRow(state -> sentence);
    }

    static StepRow step(Function<State, String> sentence) {
        return new StepRow(sentence);
    }

    /** What only whoever runs the control plane, or the organization, can do. */
    static StepRow haveDone(String sentence) {
        return step(sentence).at(Where.ADMINISTRATOR);
    }

    /** What is done in the settings or files of the pipeline, pod or service. */
    static StepRow inPipeline(String sentence) {
        return step(sentence).at(Where.PIPELINE);
    }

    static StepRow haveDone(Function<State, String> sentence) {
        return step(sentence).at(Where.ADMINISTRATOR);
    }

    static StepRow inPipeline(Function<State, String> sentence) {
        return step(sentence).at(Where.PIPELINE);
    }

    StepRow at(Where where) {
        return at(state -> where);
    }

    StepRow at(Function<State, Where> where) {
        this.where = where;
        return this;
    }

    StepRow run(String... commands) {
        List<String> all = List.of(commands);
        return commands(state -> all);
    }

    /**
     * A command of the Chainloop CLI, without its first word and what the place adds to it. The names of the attestation in
     * the log take the place of the placeholders.
     */
    StepRow chainloop(String... commands) {
        return commands(state -> List.of(commands).stream()
                .map(state::ofAttestation)
                .map(state.own()::of)
                .toList());
    }

    StepRow run(Function<State, String> command) {
        return commands(state -> List.of(command.apply(state)));
    }

    StepRow commands(Function<State, List<String>> commands) {
        this.run = commands;
        return this;
    }

    /** Lines for a file. */
    StepRow put(Function<State, List<String>> lines) {
        this.put = lines;
        return this;
    }

    StepRow put(String... lines) {
        List<String> all = List.of(lines);
        return put(state -> all);
    }

    /** Sets a variable that is no secret, in the way of the place. */
    StepRow sets(String name, Function<State, String> value) {
        this.put = state -> state.canLogIn() ? List.of() : state.settingLines(name, value.apply(state));
        this.run = state -> state.canLogIn()
                ? state.shell().hasWords() ? List.of(state.shell().exportWord(name, value.apply(state))) : List.of()
                : List.of();
        return at(State::there);
    }

    /** The same of {@code NO_PROXY}, to whose list the control plane's host is added. */
    StepRow exempts() {
        sets("NO_PROXY", State::exempt);
        Function<State, List<String>> anew = run;
        this.run = state -> state.canLogIn()
                        && state.shell().hasWords()
                        && state.exempting().isPresent()
                ? List.of(state.shell()
                        .exportAppended("NO_PROXY", state.exempting().get(), state.hostOfControlPlane()))
                : anew.apply(state);
        return this;
    }

    /** Lines for the beginning of a job's script; in a shell they are commands. */
    StepRow script(Function<State, List<String>> lines) {
        this.script = true;
        return put(lines);
    }

    /** A line of the place's shell; where that has no words, the sentence is all. */
    StepRow says(BiFunction<Shell, State, String> line) {
        return script(state -> {
            Shell shell = state.script();
            return shell.hasWords() ? List.of(line.apply(shell, state)) : List.of();
        });
    }

    /**
     * The variable, which wins over all else, is removed first. Where it is set, it must be removed too, or the next shell
     * has it again.
     */
    StepRow withoutVariable() {
        this.withoutVariable = true;
        return at(State::there);
    }

    /** Nothing more is to be done where its condition holds. */
    StepRow enough() {
        this.enough = true;
        return this;
    }

    @Override
    List<Step> steps(State state) {
        String said = sentence.apply(state);
        List<String> commands = new ArrayList<>(run.apply(state));
        List<String> lines = put.apply(state);
        Where there = where.apply(state);
        if (withoutVariable && state.variableRemovable()) {
            said = state.removal() + (said.isEmpty() ? "" : ", and " + said);
            commands.addAll(0, state.unset());
        }
        if (script) {
            there = state.canLogIn() ? Where.HERE : Where.PIPELINE;
            commands = new ArrayList<>(state.canLogIn() ? lines : List.of());
            lines = state.canLogIn() ? List.of() : lines;
        }
        if (there == Where.OWN_MACHINE) {
            commands.replaceAll(command -> command.startsWith("chainloop ") ? state.past(command) : command);
        }
        commands.replaceAll(state::named);
        Step step = Step.of(
                state.cure(),
                there,
                there == Where.HERE ? state.there(said) : said,
                commands,
                lines.stream().map(state::named).toList());
        return List.of(enough ? step.thatIsEnough() : step);
    }
}
