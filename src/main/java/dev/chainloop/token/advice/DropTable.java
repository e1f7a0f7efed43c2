package dev.chainloop.token.advice;

import static dev.chainloop.token.advice.StepRow.inPipeline;
import static dev.chainloop.token.advice.StepRow.step;
import static dev.chainloop.token.advice.Table.always;
import static dev.chainloop.token.advice.Table.provided;
import static dev.chainloop.token.advice.Table.rows;
import static dev.chainloop.token.advice.Table.unless;
import static dev.chainloop.token.advice.Table.when;

import java.util.List;

/** Who may have dropped a variable that was set. Each sign fits somebody who never had a token, too: hence the conditions. */
final class DropTable {
    private DropTable() {}

    /** At a terminal: the nearest first. */
    static Part byShells() {
        return rows(
                when(State::emptyUnderMake).then(makefile()),
                when(State::agentMayDrop)
                        .also(provided(
                                state -> "you set CHAINLOOP_TOKEN where " + state.keeper()
                                        + " was started, which may drop variables with TOKEN in their names",
                                letThrough())),
                when(State::inAttendedContainer)
                        .then(provided("this is a job, or you set CHAINLOOP_TOKEN outside the container", entering())),
                when(State::inWorkspace)
                        .then(provided(
                                "you set CHAINLOOP_TOKEN outside",
                                inPipeline(State::handIn).put(State::handInLines))),
                unless(state -> state.shell().unexported().isEmpty())
                        .then(provided(
                                state -> "you set CHAINLOOP_TOKEN with "
                                        + state.shell().unexported() + ", which exports nothing",
                                step("export it").run(state -> state.shell().exportUnexported()))),
                when(State::inPureNixShell)
                        .then(provided(
                                "you set CHAINLOOP_TOKEN before `nix-shell --pure`, which keeps nothing",
                                step("start the shell anew").run("nix-shell --pure --keep CHAINLOOP_TOKEN"))),
                when(State::inNixShell)
                        .then(provided(
                                "you set CHAINLOOP_TOKEN before `nix develop -i`, which keeps nothing",
                                step("start the shell anew").run("nix develop -i --keep CHAINLOOP_TOKEN"))),
                when(State::behindSu)
                        .then(provided(
                                "you set CHAINLOOP_TOKEN before `su -`, which drops it",
                                step("leave, and come back without the dash").run(state -> "su " + state.userWord()))),
                when(State::inMultiplexer)
                        .then(provided(
                                "you set CHAINLOOP_TOKEN in another window",
                                step(state -> "export it in this one, too: a new window has only what "
                                                + state.keeper() + " was started with"
                                                + (state.renewalOfKeeper().isEmpty()
                                                        ? ""
                                                        : ", and after this also what the shell has that attaches to it"))
                                        .commands(State::renewalOfKeeper))),
                when(State::inEditor)
                        .then(provided(
                                state -> "you set CHAINLOOP_TOKEN after " + state.keeper() + " was started",
                                step(state -> "quit " + state.keeper()
                                        + " with all its windows, and start it anew: its terminals have what it was"
                                        + " started with"))),
                when(state -> state.inAgent() && !state.agentMayDrop())
                        .then(provided(
                                state -> "you set CHAINLOOP_TOKEN after " + state.keeper() + " was started",
                                step(state -> "quit " + state.keeper()
                                        + ", and start it anew: its shells have what it was started with"))),
                when(state -> state.here().wsl())
                        .then(provided(
                                "you set CHAINLOOP_TOKEN on Windows",
                                step("add `CHAINLOOP_TOKEN/u` to the variable WSLENV there, and open a new window"))),
                when(State::behindSsh)
                        .then(provided(
                                "you set CHAINLOOP_TOKEN before `ssh`, which passes no variables",
                                step("export it here"))));
    }

    /** Past an AI agent, to its shells. */
    private static Part letThrough() {
        return inPipeline(
                        state -> "let it through in " + state.passingFile() + ", and start " + state.keeper() + " anew")
                .put(State::passingLines);
    }

    private static Part makefile() {
        return provided(
                "the Makefile assigns CHAINLOOP_TOKEN",
                step("have the environment win over it").at(State::there).run("make -e TARGET"));
    }

    /** Into the container that this is in. */
    static Part entering() {
        return rows(
                when(State::entered)
                        .then(inPipeline("Export CHAINLOOP_TOKEN where the command is started, and hand it in")
                                .put(state -> List.of(state.container().enter()))),
                always().then(inPipeline(state -> state.container().handIn())
                        .put(state -> state.container().handInLines())));
    }

    static Part replacedAtUpload() {
        return provided(
                "the pipeline file says `$NAME`, which Buildkite replaces when the file is uploaded",
                inPipeline("write `$$NAME` in commands, and no such line in `env:`"));
    }

    /** Where nobody is. */
    static Part inJobs() {
        return rows(
                when(State::emptyUnderMake).then(makefile()),
                when(State::emptyOnBuildkite).then(DropTable::replacedAtUpload),
                when(State::emptyInContainer)
                        .then(provided(
                                "Compose starts it, which makes `${CHAINLOOP_TOKEN}` empty where that is not set",
                                inPipeline(
                                                "export CHAINLOOP_TOKEN where Compose runs, or set it in the file .env beside"
                                                        + " compose.yaml")
                                        .put(state -> List.of(
                                                state.container().enter().split(" ", 2)[0] + " compose up -d")))));
    }
}
