package dev.chainloop.token.advice;

import static dev.chainloop.token.advice.StepRow.haveDone;
import static dev.chainloop.token.advice.StepRow.inPipeline;
import static dev.chainloop.token.advice.StepRow.step;
import static dev.chainloop.token.advice.Table.all;
import static dev.chainloop.token.advice.Table.always;
import static dev.chainloop.token.advice.Table.as;
import static dev.chainloop.token.advice.Table.given;
import static dev.chainloop.token.advice.Table.provided;
import static dev.chainloop.token.advice.Table.rows;
import static dev.chainloop.token.advice.Table.unless;
import static dev.chainloop.token.advice.Table.when;

import dev.chainloop.token.core.Form;
import dev.chainloop.token.diagnosis.Cure;
import dev.chainloop.token.source.Place;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The steps around a token: which one is sent, and what it may do. */
final class RightsTable {
    private RightsTable() {}

    // ---------- which token is sent

    static Part chooseToken() {
        return rows(
                unless(State::variableRemovable).then(RightsTable::lookThere),
                unless(State::loginBehindIsDead).then(provided("you mean the other token", step("").withoutVariable())),
                when(State::canLogIn)
                        .then(provided("you mean to work as yourself", TokenTable.loginCommand("log in"))));
    }

    static Part lookThere() {
        return step("See which token is used where the command failed").run("chainloop-token sources");
    }

    /** For a CLI that sends a login although the variable is set. */
    static Part sendVariable() {
        return all(
                step(state -> "Update the Chainloop CLI"
                                + (state.canLogIn() || state.label().isEmpty() ? "" : " there" + state.label())
                                + ": since v1.100.10, $CHAINLOOP_TOKEN wins over a login")
                        .at(State::there),
                provided(
                        "you cannot update it now",
                        step("give the token by `--token`, which lists of processes show")
                                .script(state -> List.of("chainloop "
                                        + CommandTable.wordsOf(state).orElse("COMMAND")
                                        + " --token \"$CHAINLOOP_TOKEN\""))),
                provided(
                        "nobody needs the login",
                        rows(
                                when(State::canLogIn)
                                        .then(step("remove it, and the addresses that are in its file")
                                                .chainloop("config reset")),
                                always().then(inPipeline(state -> "remove it, and the addresses that are in its file"
                                                + (state.place() == Place.SERVICE ? ", as the unit's user" : ""))
                                        .put("chainloop config reset")))));
    }

    static Part leaveOutOption() {
        return rows(
                unless(state -> state.says(Detail.TAKEN_FOR_TOKEN))
                        .then(step(
                                "Leave out `--token`: the CLI reads CHAINLOOP_TOKEN by itself. See that the variable is set"
                                        + " where the command runs, and that the command is complete")),
                when(State::canLogIn)
                        .then(step(
                                "Leave out `--token`: the CLI reads CHAINLOOP_TOKEN by itself. See that the variable is set"
                                        + " where the command runs")),
                always().also(inPipeline("Leave out `--token`: the CLI reads CHAINLOOP_TOKEN by itself")),
                when(state -> state.place() == Place.BUILDKITE).also(DropTable::replacedAtUpload),
                always().also(TokenTable.handingIn("")));
    }

    static Part findOption() {
        return rows(
                given(state -> state.said(Detail.TOKEN_VARIABLE))
                        .then(variable -> step(state -> "Replace the token in "
                                        + (state.canLogIn() ? "$" + variable : state.keptAs(variable))
                                        + ", which the command gives by `--token`" + state.orAnew(", and "))
                                .at(State::there)),
                unless(State::canLogIn)
                        .then(inPipeline(
                                "Look for `--token` in the job's script and in wrappers of `chainloop`, and replace"
                                        + " the token that it gives where that is kept")),
                always().also(
                                step("Find what gives `--token` to the command: an alias, a function, a wrapper or a script")
                                        .commands(state -> state.shell().locate("chainloop"))),
                when(State::variableSet)
                        .also(provided(
                                "it gives $CHAINLOOP_TOKEN",
                                step("have the message explained with that")
                                        .run("chainloop-token explain --source env <log"))));
    }

    static Part findToken() {
        return all(
                provided("the command failed here", TokenTable.token()),
                provided(
                        "it failed elsewhere",
                        step("see which token is used there").run("chainloop-token sources")));
    }

    static Part passToCalled() {
        return inPipeline(
                        "In the job that calls the workflow, add these lines beside its `uses:` (a workflow of another"
                                + " organization gets a secret only by its name:"
                                + " `secrets: {api_token: ${{ secrets.CHAINLOOP_TOKEN }}}`)")
                .put("permissions: {contents: read, id-token: write}", "secrets: inherit");
    }

    static Part updateOrHandIn() {
        return rows(
                always().also(step(state -> "Update the Chainloop CLI"
                                + state.cliVersion()
                                        .map(version -> ", which is " + version)
                                        .orElse("")
                                + ": since v0.181 it takes a login, too")
                        .enough()),
                when(State::canLogIn).then(TokenTable::creation),
                always().then(as(Cure.HAND_IN, TokenTable.handIn())));
    }

    static Part allowFederated() {
        return all(
                provided("the job only makes attestations", step("add `--allow-federated`: the CLI requests a token")),
                provided("it does more", TokenTable.handIn()));
    }

    static Part recreateApiToken() {
        return rows(
                // A job may still have a value that was replaced.
                when(State::jobMayHaveOldValue)
                        .then(() -> SourceTable.storeWhole(
                                "the token was replaced", "store the new one", "nobody has replaced it")),
                when(State::hasLoginBehindVariable).then(() -> TokenTable.useLogin(State::target)),
                always().then(TokenTable::creation));
    }

    static Part widenToken() {
        return rows(when(State::ofOneProject).then(TokenTable::creation), always().then(TokenTable::person));
    }

    /** The CLI requests a provider's token where it gets no other. */
    static Part enroll() {
        String token = "the job is to use an API token";
        return rows(
                always().also(haveDone(state -> "Ask an administrator of the organization to enroll the repository"
                        + state.issuerOfCommand()
                                .map(url -> ", with " + url + " as its CI provider,")
                                .orElse("")
                        + " and connect it to the project; with a self-hosted open-source control plane, use an API token"
                        + " instead")),
                unless(State::requestedForLackOfAnother).end(),
                when(State::onGitlab)
                        .also(provided(
                                state -> token + ", and " + state.place().perhaps(),
                                inPipeline(state -> state.named(state.perhapsDo())))),
                when(State::onGitlab).then(provided(token + ", and there is none yet", TokenTable.creation())),
                always().then(provided(token, inPipeline(State::handIn).put(State::handInLines))));
    }

    static Part logInWithoutBrowser() {
        return rows(
                unless(State::canLogIn).then(RightsTable::leaveOutLogin),
                always().then(step("Open the page that this prints in any browser, and paste the token that it"
                                + " shows")
                        .chainloop("auth login --skip-browser")));
    }

    /** A job or a service that has an API token never asks for a login. */
    static Part leaveOutLogin() {
        return rows(
                when(State::jobHasApiToken)
                        .then(inPipeline("Leave `chainloop auth login` out of what runs there: the API token in"
                                + " CHAINLOOP_TOKEN is sent without a login")),
                unless(State::canLogIn)
                        .also(inPipeline("Leave `chainloop auth login` out of what runs there: with an API token in"
                                + " CHAINLOOP_TOKEN, no login is needed")),
                always().also(TokenTable::apiToken));
    }

    // ---------- what it may do

    static Part chooseOrganization() {
        return rows(
                when(State::isKnownApiToken)
                        .then(() -> TokenTable.creation(state -> Commands.Target.OF_OTHER_ORGANIZATION)),
                always().also(step("See which organizations are yours, and choose one")
                        .chainloop("organization list", "organization set --name ORGANIZATION")),
                given(State::organizationThere).also(RightsTable::invite));
    }

    private static Part invite(String organization) {
        return provided(
                organization + " is not among them",
                haveDone("have one of its administrators invite you")
                        .chainloop("organization member invitation create --receiver EMAIL --org " + organization));
    }

    static Part useOwnOrganization() {
        return rows(
                given(State::organizationMeant).then(TokenTable::inOrganization),
                always().then(provided(
                        "you mean the other organization",
                        step("use one of its tokens: this one works only in its own"))));
    }

    /** An API token cannot manage tokens of the whole organization; a person can. */
    static Part nameProject() {
        return rows(
                always().also(step("Add `--project` with the project's name to the command")),
                when(State::isApiToken)
                        .also(provided("a token of the whole organization is meant", TokenTable.person())));
    }

    static Part useInScope() {
        return rows(
                unless(State::isKnownApiToken).then(RightsTable::useOfUnknownToken),
                when(State::ofOneWorkflow).then(() -> useInScope("workflow", "the token's own", State::projectOfToken)),
                when(State::ofOneProduct)
                        .then(() -> useInScope("project", "one of the token's product", State::projectMeant)),
                always().then(() -> useInScope("project", "the token's own", State::projectMeant)));
    }

    /** Nothing is known of the token that was sent, but which project the command named. */
    private static Part useOfUnknownToken() {
        return rows(
                given(State::projectOfCommand).then(RightsTable::inProject),
                always().then(step("Use a token of the organization, project or workflow that the command names")));
    }

    private static Part inProject(String name) {
        return all(
                provided(
                        "the project " + (name.isEmpty() ? "of the command" : name) + " is meant",
                        TokenTable.creation(state -> new Commands.Target(Optional.of(name), Optional.empty()))),
                provided("the token's own project is meant", step("name that one with `--project` in the command")));
    }

    private static Part useInScope(String what, String own, Function<State, Optional<String>> project) {
        return all(
                provided(
                        "the command names the wrong " + what,
                        step(state -> "name " + own + " with `--" + what
                                + state.projectOfToken()
                                        .filter(name -> what.equals("project") && Form.isLabel(name))
                                        .map(name -> " " + name)
                                        .orElse("")
                                + "`")),
                provided(
                        "the other " + what + " is meant",
                        TokenTable.creation(state -> new Commands.Target(
                                project.apply(state),
                                state.apiToken().orElseThrow().organization().name()))));
    }

    /** Only what is not limited to a project makes one: a person with the role, or a token of the organization. */
    static Part createProject() {
        return rows(
                given(state -> state.projectOfToken().filter(Form::isLabel))
                        .also(own -> provided(
                                "the command names the wrong project",
                                step("name the token's own with `--project " + own + "`"))),
                always().also(provided(
                        state -> otherProject(state) + " is meant",
                        haveDone(
                                        "have it created first, by a person who may or with a token of the whole organization; its"
                                                + " first workflow makes it")
                                .chainloop("workflow create --name WORKFLOW --project PROJECT --org ORGANIZATION"))),
                always().also(provided(
                        state -> otherProject(state) + " exists",
                        TokenTable.creation(state -> new Commands.Target(
                                state.projectMeant(),
                                state.apiToken()
                                        .flatMap(api -> api.organization().name()))))));
    }

    private static String otherProject(State state) {
        return state.projectOfCommand()
                .filter(name -> !name.isEmpty())
                .map(Form::quoted)
                .orElse("the project of the command");
    }

    static Part askForRights() {
        return rows(
                when(State::isKnownApiToken).then(askForWiderToken()),
                when(state -> state.judged() && state.decoded()).then(askForRole()),
                always().also(provided("a person's login was sent", askForRole())),
                always().also(provided("an API token was sent", askForWiderToken())));
    }

    /** Whose role it is: at a terminal the reader's, in a job that of whoever's login it sends. */
    static Part askForRole() {
        return rows(
                always().also(haveDone(state -> state.canLogIn()
                                ? "Ask an organization's administrator for a role that allows it; logging in again will"
                                        + " not help. The administrator runs this (`member` may attest, `admin` manage)"
                                : "Have an administrator of the organization give the owner of the login that was sent a"
                                        + " role that allows it (`member` may attest, `admin` manage); logging in again"
                                        + " will not help")
                        // The second takes an ID that the first shows.
                        .chainloop("organization member list", "organization member update --id ID --role ROLE")),
                when(State::contractsAreRestricted).then(RightsTable::liftRestriction),
                when(State::canLogIn).end(),
                always().also(provided(
                        "it is a job that makes attestations",
                        haveDone(state ->
                                        "have the administrator create an API token, which needs no role; store it as "
                                                + state.kept() + state.orAnew(", and "))
                                .run(state -> state.away()
                                        .create(
                                                state.newName(),
                                                state.target(),
                                                state.demand().expiration())))));
    }

    /** The organization's switch that imposes it, and what else the message lets through. */
    private static Part liftRestriction() {
        return rows(
                always().also(provided(
                        "others are to create contracts, too",
                        haveDone("have the administrator lift the organization's restriction")
                                .run(state -> state.away()
                                        .of("organization update --name " + state.organizationOfCommand()
                                                + " --restrict-contract-creation=false")))),
                when(State::serviceAccountsCreateContracts)
                        .also(provided(
                                "a program is to create them",
                                haveDone("have the administrator create an API token of the whole organization for it")
                                        .run(state -> state.away()
                                                .create(
                                                        state.newName(),
                                                        new Commands.Target(
                                                                Optional.empty(),
                                                                Optional.of(state.organizationOfCommand())),
                                                        state.demand().expiration())))));
    }

    private static Part askForWiderToken() {
        return rows(
                when(State::canLogIn)
                        .then(
                                step(
                                        "use a token of the whole organization, or log in: API tokens may do less than people")),
                always().then(inPipeline(state -> "have whoever keeps " + state.kept()
                        + " replace it by one of the whole organization, or run that command on your own machine, logged"
                        + " in: API tokens may do less than people")));
    }
}
