package dev.chainloop.token.advice;

import dev.chainloop.token.advice.Step.Where;
import dev.chainloop.token.core.ApiToken;
import dev.chainloop.token.core.Audience;
import dev.chainloop.token.diagnosis.Cure;
import dev.chainloop.token.source.Look;
import dev.chainloop.token.source.Place;
import dev.chainloop.token.source.SourceKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What the rows of a plan may ask about a state. No row asks anything else, and each fact is asked in one place: here, how tokens are
 * managed and where a new value is kept; what comes before that, in the classes above.
 */
final class State extends ConfigQuestions {
    State(Situation situation, Cure cure) {
        this(situation, cure, new OtherTokens(situation.evidence()));
    }

    private State(Situation situation, Cure cure, OtherTokens others) {
        super(situation, cure, others);
    }

    State as(Cure other) {
        return new State(situation, other, others);
    }

    // ---------- managing tokens

    /** Whether tokens are managed where this runs. */
    boolean managedHere() {
        return canLogIn() && isHere();
    }

    /** Whether nobody is known to be logged in here, as it must be where only the variable is out of the way. */
    boolean managedHereLoggedOut() {
        boolean looked = evidence.search().looked(SourceKind.CONFIG).isPresent();
        return managedHere() && !loggedIn() && (looked || variableSet());
    }

    /** Whether the variable holds a person's token that works, and so manages tokens. */
    boolean variableLogsIn() {
        return situation.works() && managedHere() && fromVariable() && isLogin();
    }

    private boolean isLogin() {
        return inspection.matched().equals(Optional.of(Audience.USER));
    }

    /** Whether the variable stays as it is until another token is in its place. */
    boolean keepsVariable() {
        return situation.works() && managedHereBehindVariable();
    }

    /** A command that passes over the variable, if that stays. */
    String past(String command) {
        return leavesVariable() ? shell.runWithout(VARIABLE, command) : command;
    }

    /** Whether a variable is set at this terminal that the plan is not about, or that works. */
    private boolean leavesVariable() {
        return keepsVariable() || (!managedHere() && here.variableSet() && isReadHere());
    }

    /** Whether the machine of whoever reads this may be the one here; a program that starts this may have no terminal. */
    private boolean isReadHere() {
        return here.isStartedByPerson() || here.place() == Place.JOB;
    }

    /** Whether the variable is set at the terminal where the answer is read. */
    private boolean terminalHasVariable() {
        return here.place().isAttended() && here.variableSet();
    }

    /** Where a new token goes if the old one has not been removed. */
    String inItsPlace() {
        return keepsVariable() && fromVariable()
                ? ", and put it in the place of the old one, here and "
                        + (isSetByProgram() ? whereSet() : "where CHAINLOOP_TOKEN is set" + keptOutside())
                : "";
    }

    boolean managedHereBehindVariable() {
        return managedHere() && variableSet();
    }

    /** Whether somebody is logged in here, and the variable is out of the way as soon as it is removed. */
    boolean hasLoginBehindVariable() {
        return managedHereBehindVariable() && !keepsVariable() && loggedIn();
    }

    /** Whether the login behind the variable has an error. */
    boolean loginBehindIsDead() {
        return evidence.search().looked(SourceKind.CONFIG).orElse(null) instanceof Look.Found found
                && others.hasError(found);
    }

    /** Whether what runs may only have kept the value that it started with, whatever has been stored since. */
    boolean restartMayDo() {
        boolean asksHere = managedHere() && !inAttendedContainer();
        return !asksHere && (startedEmpty() || (isDead() && keepsOldValue() && isHere() && variableSet()));
    }

    /** Whether it was submitted with that value. */
    boolean submissionMayDo() {
        return restartMayDo() && place.isSubmitted();
    }

    private boolean isDead() {
        return expired() || cure == Cure.RECREATE_API_TOKEN;
    }

    /** Whether a CI system's agent is a service, whose variables its jobs may have. */
    boolean agentMayKeepOldValue() {
        return place.isCi()
                && isHere()
                && isDead()
                && fromVariable()
                && !commandStores()
                && here.unit().filter(unit -> !unit.isEmpty()).isPresent();
    }

    /** Whether a job may still have the value that was stored before its token was replaced. */
    boolean jobMayHaveOldValue() {
        return !canLogIn() && !keepsOldValue() && fromVariable();
    }

    Commands managing() {
        return managedHere() ? own : away;
    }

    Where whereManaged() {
        return managedHere() ? Where.HERE : Where.OWN_MACHINE;
    }

    /** What is done where a person is logged in. */
    String loggedIn(String what) {
        String host = away.host();
        String login =
                leavesVariable() && !loggedIn() ? " (`" + away.login() + "`)" : host.isEmpty() ? "" : " to " + host;
        return managedHere() ? what : "On your own machine, logged in" + login + ", " + what;
    }

    /** What is done there to make a token, and with what that prints. */
    String made(String what) {
        String then = commandStores() || restartsAfterStoring()
                ? beforeStoring().isEmpty() ? "" : ", and store it in the key that the first command shows"
                : canLogIn()
                        ? "; set CHAINLOOP_TOKEN to what that prints"
                        : "; store what that prints as " + kept() + orAnew(", and ");
        return loggedIn(what) + demand.remark() + then;
    }

    /** Whether a person stores a new value, and a command then has it read. */
    boolean restartsAfterStoring() {
        return !commandStores() && restartsThere();
    }

    /**
     * Commands that manage tokens, without the variable if that would win over the login that they need.
     *
     * @param gone whether it has been removed before
     */
    List<String> withoutVariable(boolean gone, List<String> commands) {
        // A container is handed the variable of the machine that starts it.
        boolean likely = !place.enter().isEmpty() && fromVariable();
        if (gone || !(terminalHasVariable() || likely) || leavesVariable()) {
            return commands;
        }
        List<String> all = new ArrayList<>();
        if (shell.hasWords()) {
            all.add(shell.unset(VARIABLE));
            all.addAll(commands);
        } else {
            commands.forEach(command -> all.add(shell.runWithout(VARIABLE, command)));
        }
        return all;
    }

    /** The project and the organization of a new token: those that are demanded, else those of the token at hand. */
    Commands.Target target() {
        Optional<String> project =
                cure == Cure.WIDEN_TOKEN || !judged() || demand.exact() ? Optional.empty() : projectOfToken();
        Optional<String> organization = own.organization().filter(one -> judged());
        return new Commands.Target(
                demand.project().or(() -> project),
                demand.organization().or(() -> organization).or(this::organizationThere));
    }

    /** The token's project, blank where only the reader knows its name; empty where it is for no single one. */
    Optional<String> projectOfToken() {
        return apiToken()
                .filter(ApiToken::isOfProject)
                .map(api -> api.project().name().orElse(""));
    }

    /** The same on what may be another installation, which knows neither; the limit stays. */
    Commands.Target targetElsewhere() {
        Optional<String> project = demand.exact() || !ofOneProject() ? Optional.empty() : Optional.of("");
        return new Commands.Target(
                demand.project().or(() -> project), demand.organization().or(this::organizationThere));
    }

    /** A name for a new token that is made beside whatever there is. */
    String newName() {
        boolean free = cure == Cure.RECREATE_API_TOKEN || !isApiToken();
        return judged() ? managing().name(free) : "ci-2";
    }

    /** The command that creates a token, and stores it where one command can do both. */
    String creation(String name, Commands.Target target) {
        String create = managing().create(name, target, demand.expiration());
        String passing = variableLogsIn() ? create : past(create);
        return commandStores() ? shell.capture(passing, store()) : passing;
    }

    /** The command that shows where a new value is stored, if one stores it and the text does not tell. */
    List<String> beforeStoring() {
        return commandStores() && !isFirst() ? showingKey().stream().toList() : List.of();
    }

    // ---------- where the value is kept

    /** Whether nothing is stored yet that the new value replaces. */
    private boolean isFirst() {
        boolean another = secretIsNamed() && says(Detail.KEY_NOT_FOUND);
        return jobSetsProvidersToken()
                || (!isHere() && requestedForLackOfAnother())
                || (!another && !startedEmpty() && (cure == Cure.HAND_IN || (isHere() && !variableSet())));
    }

    boolean commandStores() {
        return !place.storeFirst().isEmpty() && (canLogIn() ? isHere() && shell.hasWords() : shell.pipes());
    }

    /** Whether a value that is stored there is changed by no command. */
    boolean noCommandChanges() {
        return place.storeAgain().isEmpty();
    }

    /** Whether the value that is stored there is shown by no command. */
    boolean noCommandShows() {
        return place.stored().isEmpty() && !fromStdin();
    }

    boolean commandAsks() {
        return !place.storeAsking().isEmpty();
    }

    /** Whether the job does not get the new value unless it is told to. */
    boolean mustBeHandedIn() {
        return isFirst() && cure != Cure.HAND_IN && commandStores() && !canLogIn();
    }

    /** Whether a person's login lies on a machine that runs a CI system's jobs, and stays there after this one. */
    boolean loginIsLeftOnRunner() {
        return isHere() && place.isCi() && fromConfig() && isLogin() && !here.runnerIsThrownAway();
    }

    /** What stores the shell's {@code $token}, and has it read. */
    String store() {
        return isFirst()
                ? stored(withSecret(place.storeFirst()))
                : stored(place.storeAgain()) + then(restart()) + then(runAgain());
    }

    /** The same where the command asks for the value. */
    String storeAsking() {
        return stored(place.storeAsking());
    }

    private String stored(String command) {
        return canLogIn()
                ? shell.exportToken()
                : onGithub() ? command + (dependabot() ? " --app dependabot" : "") + away.repository(place) : command;
    }

    private static String then(List<String> commands) {
        return commands.isEmpty() ? "" : " &&\n  " + commands.get(0);
    }
}
