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

import dev.chainloop.token.advice.Step.Where;
import dev.chainloop.token.core.ApiToken;
import dev.chainloop.token.core.Audience;
import dev.chainloop.token.core.Form;
import dev.chainloop.token.diagnosis.Cure;
import dev.chainloop.token.source.Extraction;
import dev.chainloop.token.source.Look;
import dev.chainloop.token.source.Origin;
import dev.chainloop.token.source.Place;
import dev.chainloop.token.source.SourceKind;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** How a place gets the token that is demanded: one that is already there and will do, else a new one. */
final class TokenTable {
    /** A job that names one permission has no others. */
    private static final String[] GITHUB_TOKEN = {"permissions: {contents: read, id-token: write}"};

    private static final String[] GITLAB_TOKEN = {"id_tokens:", "  GITLAB_OIDC:", "    aud: chainloop"};

    static final String ALONE = "tr -cd '[:print:]\\n' | grep -oE 'eyJ[A-Za-z0-9_-]+([.][A-Za-z0-9_-]+){2}'";

    static final String BARE = "tr -cd 'A-Za-z0-9._-' | grep -o 'eyJ.*'";

    private TokenTable() {}

    // ---------- which token

    static Part token() {
        return rows(
                when(State::mayBeAssignedAnew).also(() -> provided("what it reads was renewed", StartupTable.read())),
                when(state -> state.isAssigned() && state.fromConfig())
                        .also(() -> provided("you mean the token of a startup file", StartupTable.read())),
                when(state -> state.isAssigned() && !state.mayBeAssignedAnew() && !state.fromConfig())
                        .then(StartupTable::read),
                when(state -> state.isUnloaded() && state.fromConfig())
                        .also(() -> provided("you mean the token of a file in this project", StartupTable.load())),
                when(state -> state.isUnloaded() && !state.fromConfig()).then(StartupTable::load),
                when(State::coversStartup).then(StartupTable::uncover),
                when(state -> state.isSetByProgram() && !state.canLogIn()).also(StartupTable::setByProgram),
                when(State::keeperMayHoldOldValue).also(StartupTable::keptByKeeper),
                given(State::another).then(TokenTable::use),
                given(State::behindTheGiven)
                        .then(found -> step("Leave out the token that you gave: there is another in " + noun(found))),
                when(State::renewsThisApiToken).then(TokenTable::replacement),
                when(state -> state.renews(Audience.API_TOKEN)).then(TokenTable::creation),
                when(state -> state.renews(Audience.USER)).then(() -> login("log in")),
                when(state -> state.renews(Audience.GENERIC)).then(TokenTable::federatedRequest),
                when(State::placeUnknown).then(TokenTable::eitherThere),
                when(State::loginWillDo)
                        .then(() -> login(state -> state.here().wsl()
                                ? "log in here, too: Linux does not see your login on Windows"
                                : "log in")),
                when(State::apiTokenWillDo).then(TokenTable::creation),
                when(State::federatedWillDo).then(TokenTable::federatedRequest),
                always().then(acceptance()));
    }

    /** Where neither the place nor the kind of token is known. */
    private static Part eitherThere() {
        return all(provided("a person's login was sent", loginThere()), provided("an API token was sent", creation()));
    }

    private static Part loginThere() {
        return step("log in where the command failed").run(state -> state.away().login());
    }

    /** An API token, whatever kind was used. */
    static Part apiToken() {
        return rows(
                given(State::anotherApiToken).then(TokenTable::use),
                when(State::isApiToken).then(TokenTable::token),
                always().then(TokenTable::creation));
    }

    /** The CI provider's token, unless another is demanded. */
    static Part federatedToken() {
        return rows(
                when(State::hasAnother).then(TokenTable::token),
                when(State::federatedWillDo).then(TokenTable::federatedRequest),
                always().then(TokenTable::token));
    }

    /** The same for the right audience. */
    static Part audience() {
        return rows(
                unless(state -> state.open() || state.federatedWillDo()).then(TokenTable::token),
                when(state -> state.onGitlab() || state.fromGitlabsProvider())
                        .then(inPipeline("Name the audience in the job").put(GITLAB_TOKEN)),
                when(State::audienceMiscased)
                        .then(inPipeline("Write the audience in lower case in the URL of the request:"
                                + " `&audience=chainloop`")),
                always().then(inPipeline("Request the token for the audience chainloop: end the URL of the request in"
                        + " `&audience=chainloop`, in place of any other `&audience=`")));
    }

    /** A check that nothing can meet where nobody can log in. */
    private static Part acceptance() {
        return rows(
                when(State::canLogIn)
                        .then(step("Ask for no other lifetime than a week, which a login has, or accept an API token"
                                + " (`--type api-token`)")),
                always().then(
                                step("Accept an API token (`--type api-token`), since nobody can log in here, or run this where"
                                                + " somebody is logged in")
                                        .at(Where.OWN_MACHINE)));
    }

    // ---------- one that is there

    /** How to use a token that was found here instead of this one. */
    static Part use(Look.Found found) {
        return rows(
                when(state -> state.onGitlab()
                                && found.origin().kind() == SourceKind.ENVIRONMENT
                                && state.isOf(found, Audience.GENERIC))
                        .then(inPipeline(state -> (state.variableSet()
                                                ? "Remove CHAINLOOP_TOKEN from the job, and rename "
                                                : "Rename ")
                                        + "the token that is now in " + noun(found))
                                .put(GITLAB_TOKEN)),
                when(state -> found.origin().kind() == SourceKind.ENVIRONMENT).then(() -> variable(found)),
                always().then(step(state -> "use the token in " + noun(found)
                                + (state.readsNamedConfig()
                                        ? ", with" + state.own().namedConfig()
                                        : ""))
                        .withoutVariable()));
    }

    /** Hands the value of another variable to the CLI, or what is in the file that it names. */
    private static Part variable(Look.Found found) {
        Origin origin = found.origin();
        String name = origin.name();
        String sentence = "Use the token in " + noun(found);
        return rows(
                given(state -> Addition.of(name, state.place())).then(addition -> addition.part(name)),
                when(state -> state.isInNomadsTemplate(origin)).then(() -> nomadsTemplate(name)),
                when(state -> origin.isMounted() && state.here().assigns(origin))
                        .then(step(sentence + ", a file of assignments")
                                .script(state -> List.of("set -a; . \"" + origin.path() + "\"; set +a"))),
                when(state -> origin.isMounted() && state.hasConfiguration())
                        .then(() -> inConfiguration(sentence, origin.path())),
                when(state -> origin.isMounted() && name.startsWith("/"))
                        .then(step(sentence)
                                .says((shell, state) -> shell.exportOutput("CHAINLOOP_TOKEN", "cat " + name))),
                when(state -> origin.isNamedFile() && found.extractionOfAll().isPresent())
                        .then(() -> outOfFile(name, found.extractionOfAll().get(), sentence)),
                when(state -> origin.isFile())
                        .then(step(sentence)
                                .says((shell, state) -> shell.exportOutput("CHAINLOOP_TOKEN", shell.reading(name)))),
                when(state -> state.place() == Place.AIRFLOW)
                        .then(inPipeline(sentence + ": in the operator, name it CHAINLOOP_TOKEN")
                                .put(State::handInLines)),
                unless(state -> ShellWord.isName(name)
                                && (state.canLogIn() || state.place().isCi())
                                && state.script().hasWords())
                        .then(step(state -> sentence
                                        + (state.canLogIn()
                                                ? ": set CHAINLOOP_TOKEN to the value of " + name
                                                : ": where that is set, set CHAINLOOP_TOKEN to the same value"
                                                        + state.orAnew(", and ")))
                                .at(State::there)
                                .commands(state -> state.canLogIn() ? List.of() : state.restart())),
                always().then(step(state -> sentence + (state.canLogIn() ? "" : ", in the job's script"))
                        .script(state -> List.of(state.script().exportVariable("CHAINLOOP_TOKEN", name)))));
    }

    /** Takes a token out of the file that a variable names. */
    private static Part outOfFile(String name, Extraction way, String sentence) {
        String filter = switch (way) {
            case ALONE -> ALONE;
            case ONCE -> ALONE + " | head -n 1";
            case BARE -> BARE;
            case DECODE -> "base64 -d";
            case DECODE_TWICE -> "base64 -d | base64 -d";
            case READ, READ_ALONE, RECODE, DECODE_PART, HALF, NONE -> "";
        };
        return step(sentence + ", without what is around it there")
                .script(state -> filter.isEmpty() ? List.of() : filteredFile(state, name, filter));
    }

    static List<String> filteredFile(State state, String name, String filter) {
        Shell shell = state.script();
        String command = shell.exportOutput(State.VARIABLE, shell.reading(name) + " |\n  " + filter);
        return shell.pipes() ? command.lines().toList() : List.of();
    }

    /** The template makes a file of assignments, and is not told to make variables of them. */
    private static Part nomadsTemplate(String file) {
        return all(
                inPipeline("In the task, add `env = true` to the template that writes the file with the token:"
                                + " only that makes variables of its lines")
                        .put(
                                "template {",
                                "  destination = \"secrets" + file.substring(file.indexOf('/')) + "\"",
                                "  env         = true # beside what is there",
                                "}"),
                inPipeline("Run the job again").run("nomad job run FILE"));
    }

    /** Has the place's configuration read a file, whatever the variable holds. */
    static Part inConfiguration(String sentence, String path) {
        return configured(state -> sentence + ", in " + state.place().configuration(), state -> state.reading(path));
    }

    /** A shell runs the command that starts the job, and nothing runs what stands in a variable's line. */
    static Part commandInConfiguration() {
        return commandInConfiguration(
                state -> "Move the command out of the variable's line, where nothing runs it, to where a shell does",
                State::command);
    }

    static Part commandInConfiguration(Function<State, String> sentence, Function<State, String> command) {
        return configured(
                state -> sentence.apply(state) + ", in " + state.place().configuration()
                        + (state.place() == Place.CRON ? " (keep your schedule, and write `%` as `\\%` there)" : ""),
                state -> state.running(command.apply(state)));
    }

    private static Part configured(Function<State, String> sentence, Function<State, List<String>> lines) {
        return rows(
                always().also(inPipeline(sentence).put(lines)),
                unless(state -> state.restart().isEmpty())
                        .also(inPipeline("Restart it").commands(State::restart)));
    }

    private static String noun(Look.Found found) {
        return (found.origin().isNamedFile() ? "the file that " : "")
                + found.origin().kind().noun(found.origin())
                + (found.origin().isNamedFile() ? " names" : "");
    }

    // ---------- handing in

    /** First the secret that may exist; a new token is the last resort. */
    static Part handIn() {
        return as(
                Cure.HAND_IN,
                rows(
                        given(State::passage).also(CommandTable::handedOn),
                        when(State::hasWhatWasNotHandedOn).end(),
                        given(State::passage).then(passage -> provided("it is not set there, either", creation())),
                        when(State::secretIsNamed).then(creation()),
                        when(State::isAssigned).then(StartupTable::read),
                        when(State::grantWillDo).also(provided(State::needOfGrant, grantHandedOn())),
                        given(State::another).then(TokenTable::use),
                        when(State::grantWillDo).then(provided("it does more", handingOn())),
                        when(State::isUnloaded).then(StartupTable::load),
                        when(State::fork).then(TokenTable::skipFork),
                        given(State::inCheckout).also(StartupTable::ofCheckout),
                        when(State::isAssignedForPeopleOfZsh).then(StartupTable::ofZsh),
                        given(State::assignedBehindGuard).then(StartupTable::behindGuard),
                        given(State::assignedForPeople).then(line -> all(StartupTable.ofPeople(line), handingIn(""))),
                        when(State::emptyOnGithub)
                                .also(provided(
                                        "the secret exists",
                                        inPipeline(state ->
                                                "correct its name in the workflow, name its environment in the job"
                                                        + " (`environment:`), or pass it on to the called workflow"
                                                        + " (`secrets: inherit`)"
                                                        + (state.isRead()
                                                                ? "; a fork's pull request gets none, and Dependabot has"
                                                                        + " secrets of its own"
                                                                : "")))),
                        unless(state -> state.perhapsDo().isEmpty())
                                .also(provided(
                                        state -> state.mapped(state.place().perhaps()),
                                        inPipeline(state -> state.named(state.mapped(state.perhapsDo())))
                                                .put(state -> state.place().perhapsLines()))),
                        when(state -> state.onChange() && (state.maybeDropped() || !state.isHere()))
                                .also(TokenTable::forChange),
                        when(State::maybeDropped).also(DropTable::inJobs),
                        when(State::readsAnothersHome).also(TokenTable::ownHome),
                        when(State::handsInByName).also(handingIn("")),
                        always().also(provided(
                                state -> state.maybeStored() ? "there is no token yet" : "", creation())),
                        when(State::mayBeEnrolled).also(TokenTable::enrolled)));
    }

    /** The token of the shell here is given to what runs on the same machine. */
    static Part handOn() {
        return all(
                handingIn(""),
                inPipeline(state -> "Store the token that CHAINLOOP_TOKEN holds in this shell as " + state.kept()
                                + (state.restart().isEmpty() ? state.orAnew(", and ") : ", and " + state.startAnew()))
                        .commands(State::restart));
    }

    /** Without it the CLI looks for its config file in the home folder of whoever started the service's manager. */
    static Part ownHome() {
        return as(
                Cure.OWN_CONFIG,
                inPipeline(state -> "Set HOME to the home folder of the user as whom this runs" + state.settingIn()
                                + " (now it is another one)")
                        .put(state -> state.settingLines("HOME", state.ownHome())));
    }

    static Part handingIn(String before) {
        return rows(
                when(State::entered).then(DropTable::entering),
                when(state -> state.variablesFile().isPresent())
                        .then(inPipeline(state -> before + "Set CHAINLOOP_TOKEN in " + state.variablesFileAndForm())),
                always().then(inPipeline(state -> before + state.handIn() + state.starter())
                        .put(State::handInLines)));
    }

    /** GitHub sets the variables of a grant in the job, and what starts a container or another user drops them. */
    private static Part grantHandedOn() {
        return rows(
                when(State::underSudo)
                        .then(inPipeline(TokenTable::grantSentence)
                                .run(state -> "sudo --preserve-env=" + state.grantLacks(",") + " COMMAND")),
                always().then(inPipeline(
                                state -> TokenTable.grantSentence(state) + " (with `sudo`, `--preserve-env` does that)")
                        .run(state -> "docker run -e " + state.grantLacks(" -e ") + " IMAGE")));
    }

    private static String grantSentence(State state) {
        return "pass on " + state.grantLacks(", ") + ", too, which the job has beside " + state.grantCame();
    }

    private static Part handingOn() {
        return inPipeline(state -> "pass on CHAINLOOP_TOKEN in the same way. In the job: "
                        + Character.toLowerCase(state.handIn().charAt(0))
                        + state.handIn().substring(1))
                .put(State::handInLines);
    }

    private static Part enrolled() {
        String sentence = "attestations need this and no secret";
        return rows(
                when(State::onGithub)
                        .then(provided(
                                "the repository is enrolled",
                                inPipeline(sentence).put(GITHUB_TOKEN))),
                always().then(provided(
                        "the project is enrolled", inPipeline(sentence).put(GITLAB_TOKEN))));
    }

    /** A pull request may not get what is there. */
    private static Part forChange() {
        return provided(
                state -> state.place().changeIf(),
                step(state -> state.place().changeDo())
                        .at(Where.PIPELINE)
                        .put(state -> state.place().changeLines()));
    }

    /** Nobody can tell what such a change does with a token. */
    static Part skipFork() {
        return inPipeline(state -> state.place().skipFork())
                .put(state -> state.place().skipForkLines());
    }

    // ---------- a login

    /** A login; where nobody can log in, an API token in its place. */
    static Part login(String sentence) {
        return login(state -> sentence);
    }

    private static Part login(Function<State, String> sentence) {
        return rows(
                when(State::overSsh)
                        .then(step("Log in there, in a terminal")
                                .at(Where.OWN_MACHINE)
                                .run(state -> "ssh -t HOST " + state.own().login())),
                when(State::placeUnknown).then(loginThere()),
                when(State::logsInElsewhere)
                        .then(step("Log in, in a terminal of yours")
                                .at(Where.OWN_MACHINE)
                                .run(state -> state.own().login())),
                when(state -> !state.canLogIn() && (state.open() || state.apiTokenWillDo()))
                        .then(TokenTable::creation),
                unless(State::canLogIn).then(acceptance()),
                when(State::rootReadsItsOwn).also(withoutSudo()),
                when(State::configIsReadOnly)
                        .then(step("Log in where the config file comes from, since it cannot be written here")
                                .at(Where.OWN_MACHINE)
                                .run(state -> state.away().login())),
                always().also(provided(TokenTable::whenToLogIn, loginCommand(sentence))),
                when(state -> state.evidence().expiredBeforeWritten())
                        .also(provided(
                                "you have just logged in",
                                step(state ->
                                                "see whether another home is used, or whether a chainloop command that was"
                                                        + " still running wrote the old token back"
                                                        + (state.expiredByServer()
                                                                ? ""
                                                                : "; else this machine's clock is wrong"))
                                        .run("chainloop-token sources"))));
    }

    /** When a login is meant at all; empty for always. */
    private static String whenToLogIn(State state) {
        return state.rootReadsItsOwn()
                ? "you mean to work as " + state.here().user()
                // A job can make a terminal in a container, and nothing tells.
                : state.inAttendedContainer() ? "you are at this terminal" : "";
    }

    static Part loginCommand(String sentence) {
        return loginCommand(state -> sentence);
    }

    private static Part loginCommand(Function<State, String> sentence) {
        return rows(
                when(State::keepsVariable)
                        .then(step(state ->
                                        sentence.apply(state) + state.atTerminal() + ", and then " + state.removal())
                                .run(state -> state.shell()
                                        .and(
                                                state.past(state.own().login()),
                                                state.shell().unset("CHAINLOOP_TOKEN")))),
                always().then(step(state -> sentence.apply(state) + state.atTerminal())
                        .withoutVariable()
                        .run(state -> state.own().login())));
    }

    private static Part loginToManage(String sentence) {
        return rows(
                when(State::keepsVariable)
                        .then(step(sentence).run(state -> state.past(state.own().login()))),
                always().then(() -> loginCommand(sentence)));
    }

    static Part withoutSudo() {
        return step(state -> "Run the command without `sudo`, which drops CHAINLOOP_TOKEN and reads "
                        + state.here().user() + "'s config file, or have it keep the variable")
                .run(state -> "sudo"
                        + (state.here().user().equals("root") ? "" : " -u " + state.userWord())
                        + " --preserve-env=CHAINLOOP_TOKEN COMMAND");
    }

    /** What a person does whom an API token cannot stand for. */
    static Part person() {
        return rows(
                unless(State::canLogIn)
                        .then(step("Run that command on your own machine, logged in: it is for people")
                                .at(Where.OWN_MACHINE)),
                when(state -> state.loggedIn() && state.variableSet()).then(TokenTable::workWithLogin),
                always().then(() -> login("log in")));
    }

    /** The login that a refused token in the variable wins over is what most commands need. */
    static Part useLogin(Function<State, Commands.Target> target) {
        return all(workWithLogin(), provided("an API token is needed here", newToken(target)));
    }

    private static Part workWithLogin() {
        return step("work with your login").withoutVariable();
    }

    // ---------- an API token

    /** Replaces an API token: a dead one is revoked first, since it blocks its name, and a live one last. */
    private static Part replacement() {
        return rows(
                when(State::ofOneWorkflow).then(() -> byItsCreator("a single workflow")),
                when(State::ofTheInstance).then(() -> byItsCreator("the whole instance")),
                when(State::ofOneProduct).then(() -> byItsCreator("a product")),
                always().also(TokenTable::beforeManaging),
                given(State::enoughForAttestations)
                        .also(found -> provided("the job only makes attestations", use(found))),
                given(State::apiToken).also(old -> provided(TokenTable::needOfApiToken, exchange(old))));
    }

    private static Part byItsCreator(String scope) {
        return haveDone("Ask whoever created it to create it again: the CLI creates no tokens for " + scope);
    }

    /** When a new API token is needed at all; empty for always. */
    private static String needOfApiToken(State state) {
        // Here, the login is what most commands need.
        boolean login = state.hasLoginBehindVariable() && state.open();
        return state.enoughForAttestations().isPresent() ? "it does more" : login ? "an API token is needed here" : "";
    }

    private static Part exchange(ApiToken old) {
        return rows(
                when(State::expired)
                        .also(step(state -> state.made(
                                        old.name().equals(Optional.of(nameAfter(state)))
                                                ? "revoke the expired token, so that its name can be used again, and"
                                                        + " create it again"
                                                : "revoke the old token, and create a new one"))
                                .at(State::whereManaged)
                                .commands(
                                        state -> managed(state, state.managing().revoke(old), after(state, old)))),
                unless(State::expired)
                        .also(step(state -> state.made("create a replacement" + state.inItsPlace()))
                                .at(State::whereManaged)
                                .commands(state -> managed(state, after(state, old)))),
                always().also(TokenTable::storing),
                unless(State::expired)
                        .also(provided(
                                "nothing uses the old one any more",
                                step("not even an attestation that is still open, revoke it")
                                        .at(State::whereManaged)
                                        // The new API token may not revoke others.
                                        .run(state -> state.managedHere() && state.commandStores()
                                                ? state.shell()
                                                        .runWithout(
                                                                "CHAINLOOP_TOKEN",
                                                                state.managing().revoke(old))
                                                : state.managing().revoke(old)))));
    }

    private static String nameAfter(State state) {
        return state.managing().name(state.expired());
    }

    private static String after(State state, ApiToken old) {
        return state.creation(
                nameAfter(state),
                new Commands.Target(state.projectOfToken(), old.organization().name()));
    }

    /** Commands that manage tokens here, where the variable has been removed, or elsewhere. */
    private static List<String> managed(State state, String... commands) {
        return state.withoutVariable(
                state.managedHere(),
                Stream.concat(state.beforeStoring().stream(), Stream.of(commands))
                        .toList());
    }

    /** A token in the place of one that the control plane has not signed: nothing that it says counts. */
    static Part tokenOfThisControlPlane() {
        return rows(
                when(State::hasAnotherInConfig)
                        .also(step(state -> "see whether the control plane accepts the token in the"
                                        + " config file: if its secret has changed, that has ended, too")
                                .run(state -> state.own().ask())),
                when(State::hasAnother).then(TokenTable::token),
                unless(State::createsApiToken).then(TokenTable::token),
                when(State::managedHereLoggedOut).also(() -> loginToManage("log in to create tokens")),
                when(state -> state.managedHere() && !state.managedHereLoggedOut())
                        .also(() -> loginOrNewOne("").withoutVariable()),
                unless(State::managedHere)
                        .also(() -> loginOrNewOne("On your own machine, ").at(Where.OWN_MACHINE)),
                always().also(() -> newToken(State::targetElsewhere)));
    }

    private static StepRow loginOrNewOne(String place) {
        return step(place
                        + "see whether the control plane accepts your login (if its secret has changed, that has ended,"
                        + " too), and log in again if not")
                .run(state -> state.ownShell()
                        .or(state.managing().ask(), state.managing().login()));
    }

    static Part creation() {
        return creation(State::target);
    }

    /** Creates a token beside whatever there is. */
    static Part creation(Function<State, Commands.Target> target) {
        return rows(always().also(TokenTable::beforeManaging), always().also(() -> newToken(target)));
    }

    /** A login is used as soon as nothing wins over it. */
    static Part inOrganization(String name) {
        String meant = Form.quoted(name) + " is meant";
        return rows(
                when(state -> state.canLogIn() && state.fromVariable() && state.loggedIn())
                        .then(provided(
                                meant,
                                step("take away CHAINLOOP_TOKEN, so that the login in the config file is used, and run the command"
                                                + " again")
                                        .commands(State::unset))),
                always().then(provided(
                        meant, creation(state -> new Commands.Target(Optional.empty(), Optional.of(name))))));
    }

    private static Part newToken(Function<State, Commands.Target> target) {
        return rows(
                always().also(step(state -> state.made((state.cure() == Cure.WIDEN_TOKEN
                                        ? "create a token of the whole organization"
                                        : "create an API token")
                                + state.inItsPlace()))
                        .at(State::whereManaged)
                        .commands(state -> managed(state, state.creation(state.newName(), target.apply(state))))),
                always().also(TokenTable::storing),
                when(State::jobSetsProvidersToken).then(handingIn("Remove what sets CHAINLOOP_TOKEN now. ")),
                when(State::mustBeHandedIn).also(handingIn("")),
                when(State::loginIsLeftOnRunner)
                        .also(inPipeline(
                                        "Then remove the login that was left on the runner, as the user as whom it runs")
                                .chainloop("config reset")));
    }

    /** Managing tokens needs a login, and no variable that wins over it. */
    private static Part beforeManaging() {
        return rows(
                when(State::agentMayKeepOldValue)
                        .also(provided(
                                "the agent's own service sets CHAINLOOP_TOKEN, and a new value was stored after it"
                                        + " started",
                                inPipeline("restart the agent")
                                        .run(state -> "sudo systemctl restart "
                                                + state.here().unit().orElse("UNIT"))
                                        .enough())),
                when(State::submissionMayDo)
                        .also(provided(
                                "a new value was stored after this was submitted (it keeps a copy from that moment)",
                                step("submit the job again, or begin its script with this, which reads a file (mode 600)"
                                                + " when the job runs")
                                        .says((shell, state) -> shell.exportOutput("CHAINLOOP_TOKEN", "cat FILE"))
                                        .enough())),
                when(state -> state.restartMayDo() && !state.submissionMayDo())
                        .also(provided(
                                "a new value was stored after this started (it keeps what it was started with)",
                                inPipeline(state -> state.restart().isEmpty()
                                                ? state.startAnew()
                                                : state.place().rereading())
                                        .commands(State::restart)
                                        .enough())),
                when(State::variableLogsIn).end(),
                when(State::managedHereLoggedOut).then(() -> loginToManage("log in to create tokens")),
                when(State::keepsVariable).end(),
                when(State::managedHereBehindVariable).then(TokenTable::workWithLogin));
    }

    /** What a person does with the new value where no command stores it, and one has it read. */
    private static Part storing() {
        return rows(
                when(State::isFromOutside)
                        .then(provided(
                                "the old one came from outside",
                                inPipeline(State::handInAnew).put(State::handInLines))),
                unless(State::restartsAfterStoring).end(),
                always().then(inPipeline(
                                state -> "Store what that prints as " + state.kept() + ", and restart what reads it")
                        .commands(State::restart)));
    }

    /** Revokes tokens, whatever the variable holds. */
    static Part revocation(String what, List<ApiToken> tokens) {
        return rows(
                when(State::managedHereLoggedOut).also(() -> loginToManage("log in to revoke tokens")),
                always().also(step(state -> state.loggedIn(what))
                        .at(State::whereManaged)
                        .commands(state -> state.withoutVariable(
                                false,
                                tokens.stream()
                                        .map(token ->
                                                state.past(state.managing().revoke(token)))
                                        .distinct()
                                        .toList()))));
    }

    // ---------- a CI provider's token, which lives for minutes and is requested anew

    private static Part federatedRequest() {
        return rows(
                when(State::fork).then(TokenTable::skipFork),
                when(State::onGitlab)
                        .then(inPipeline("Start the job again; it gets a new token if it has these lines")
                                .put(GITLAB_TOKEN)),
                when(State::onGithub).then(TokenTable::githubsToken),
                always().then(inPipeline(
                        "Let the job request a new token, for the audience chainloop, just before it is"
                                + " used; no login can replace it")));
    }

    private static Part githubsToken() {
        return rows(
                when(state -> state.isHere()
                                && state.fromVariable()
                                && state.here().canMint())
                        .then(inPipeline(
                                "Remove CHAINLOOP_TOKEN from the job: attestation commands then request a token of"
                                        + " their own")),
                when(state -> state.isHere() && state.fromVariable())
                        .then(inPipeline("Give the job this line, and remove CHAINLOOP_TOKEN from it: attestation"
                                        + " commands then request a token by themselves")
                                .put(GITHUB_TOKEN)),
                when(state -> !state.decoded() || state.isApiToken())
                        .then(inPipeline("Attestation commands request a token by themselves if the job has this line")
                                .put(GITHUB_TOKEN)),
                always().then(inPipeline(
                                "Request the token just before it is used, since it lives for five minutes; the job"
                                        + " needs this line")
                        .put(GITHUB_TOKEN)));
    }
}
