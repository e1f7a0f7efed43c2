package dev.chainloop.token.advice;

import static dev.chainloop.token.advice.StepRow.inPipeline;
import static dev.chainloop.token.advice.StepRow.step;
import static dev.chainloop.token.advice.Table.always;
import static dev.chainloop.token.advice.Table.provided;
import static dev.chainloop.token.advice.Table.rows;
import static dev.chainloop.token.advice.Table.when;

/** A token that a shell's startup file sets, and that this process does not have. */
final class StartupTable {
    private StartupTable() {}

    static Part read() {
        return rows(
                when(State::assignedForAnotherShell)
                        .then(step(state -> "Put what " + state.assignedLine() + " sets, CHAINLOOP_TOKEN, "
                                + state.shellAndItsFile() + " does not read that file")),
                when(state -> state.assignedUniversally() && state.assignedUnexported())
                        .then(step("Export the universal variable CHAINLOOP_TOKEN, which was set without `-x`")
                                .run("set -Ux CHAINLOOP_TOKEN $CHAINLOOP_TOKEN")),
                when(State::assignedUniversally)
                        .then(step(state -> "Erase the global variable CHAINLOOP_TOKEN, here and " + state.whereSet()
                                        + ": it hides the universal one, which holds another token")
                                .run("set -eg CHAINLOOP_TOKEN")),
                when(State::assignedInVain)
                        .then(step(state -> "Remove " + state.lineInUse() + ", which sets this old token although "
                                        + state.assignedLine() + " sets another; then read the latter file again")
                                .commands(State::rereading)),
                when(State::assignedUnexported)
                        .then(step(state -> "In " + state.assignedLine()
                                        + ", which sets CHAINLOOP_TOKEN but does not export it, "
                                        + state.exporting() + "; then read the file again")
                                .commands(State::rereading)),
                when(State::agentMayDrop)
                        .then(inPipeline(state -> "Start " + state.keeper() + " anew where " + state.assignedLine()
                                        + ", which sets CHAINLOOP_TOKEN, has been read, and in " + state.passingFile()
                                        + " let the variable through, which it may drop for its name")
                                .put(State::passingLines)),
                when(State::inAgent)
                        .then(step(state -> "Start " + state.keeper() + " anew where " + state.assignedLine()
                                + ", which sets CHAINLOOP_TOKEN, has been read: its shells have only what it was started"
                                + " with")),
                when(State::mayBeAssignedAnew)
                        .then(step(state ->
                                        "have " + state.assignedLine() + ", which sets CHAINLOOP_TOKEN, read it again")
                                .commands(State::rereading)
                                .enough()),
                always().then(step(state -> "Read the file again: " + state.assignedLine() + " sets CHAINLOOP_TOKEN"
                                + (state.variableSet() ? " to another token" : "") + ", and this shell has not read it")
                        .commands(State::rereading)));
    }

    /** Nothing has loaded the file of the project here that sets it. */
    static Part load() {
        return step(State::loadingUnloaded).at(State::there).commands(State::loading);
    }

    static Part ofCheckout(String line) {
        return inPipeline("Do not count on " + line + ", which sets CHAINLOOP_TOKEN: nothing loads that file here");
    }

    /** A program sets another token over the one of a startup file. */
    static Part uncover() {
        return step(state -> "Remove " + state.settingLine() + " over " + state.coveredLine()
                        + ", which has a token that will do; then have it read again")
                .commands(State::rereadingSetting);
    }

    /** A program sets the value, and sets it again. */
    static Part setByProgram() {
        return step(state -> "Put another token into " + state.settingLine()
                        + ", or remove the line; then have it read again")
                .at(State::there)
                .commands(State::rereadingSetting);
    }

    /** A window or a terminal has what its program was started with. */
    static Part keptByKeeper() {
        return provided(
                state -> "CHAINLOOP_TOKEN was renewed after " + state.keeper() + " was started",
                rows(
                        when(State::inEditor)
                                .then(step(state ->
                                                "quit " + state.keeper() + " with all its windows, and start it anew")
                                        .enough()),
                        when(State::inAgent)
                                .then(step(state -> "quit " + state.keeper() + ", and start it anew")
                                        .enough()),
                        always().then(step(state -> "set it to the new one here"
                                        + (state.setting().isEmpty() ? "" : "; then have new windows get that, too"))
                                .commands(State::setting)
                                .enough())));
    }

    /** A script of zsh reads one of its files, too. */
    static Part ofZsh() {
        return step(state -> "Copy " + state.assignedForPeople().orElseThrow()
                        + ", which sets CHAINLOOP_TOKEN, to ~/.zshenv: zsh reads that everywhere, and the other only where"
                        + " a person types")
                .commands(State::copyingToZshenv);
    }

    /** Debian's own file has such a line at its top. */
    static Part behindGuard(String line) {
        return inPipeline("Put " + line + ": there bash stops reading that file where nobody types");
    }

    /** Where nobody is. */
    static Part ofPeople(String line) {
        return inPipeline("Do not count on " + line
                + ", which sets CHAINLOOP_TOKEN: a shell reads that file only where a person types");
    }
}
