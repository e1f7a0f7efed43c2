package dev.chainloop.token.advice;

import dev.chainloop.token.advice.Step.Where;
import dev.chainloop.token.core.ApiToken;
import dev.chainloop.token.core.Audience;
import dev.chainloop.token.diagnosis.CiProvider;
import dev.chainloop.token.diagnosis.Cure;
import dev.chainloop.token.diagnosis.Evidence;
import dev.chainloop.token.diagnosis.Fault;
import dev.chainloop.token.diagnosis.Inspection;
import dev.chainloop.token.diagnosis.Lookalike;
import dev.chainloop.token.source.ConfigReading;
import dev.chainloop.token.source.Extraction;
import dev.chainloop.token.source.Host;
import dev.chainloop.token.source.Look;
import dev.chainloop.token.source.Origin;
import dev.chainloop.token.source.OtherConfig;
import dev.chainloop.token.source.PathValue;
import dev.chainloop.token.source.Place;
import dev.chainloop.token.source.SourceKind;
import dev.chainloop.token.source.Surroundings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the rows of a plan may ask about a state. No row asks anything else, and each fact is asked in one place. */
final class State {
    private static final String VARIABLE = "CHAINLOOP_TOKEN";

    private final Situation situation;
    private final Cure cure;
    private final Evidence evidence;
    private final Inspection inspection;
    private final Surroundings here;
    private final Place place;
    private final Demand demand;
    private final OtherTokens others;
    private final Shell shell;
    private final Shell job;
    private final Commands own;
    private final Commands away;

    State(Situation situation, Cure cure) {
        this(situation, cure, new OtherTokens(situation.evidence()));
    }

    private State(Situation situation, Cure cure, OtherTokens others) {
        this.situation = situation;
        this.cure = cure;
        this.evidence = situation.evidence();
        this.inspection = evidence.inspection();
        this.here = evidence.surroundings();
        this.place = situation.place();
        this.demand = situation.demand();
        this.others = others;
        this.job = Shell.of(here);
        this.shell = here.place().isAttended() ? job : Shell.POSIX;
        this.own = new Commands(evidence, false, shell);
        this.away = new Commands(evidence, true, shell);
    }

    State as(Cure other) {
        return new State(situation, other, others);
    }

    /** What the steps are a part of. */
    Cure cure() {
        return cure;
    }

    Evidence evidence() {
        return evidence;
    }

    Surroundings here() {
        return here;
    }

    Place place() {
        return place;
    }

    Demand demand() {
        return demand;
    }

    /** The CLI's commands as they are run here. */
    Commands own() {
        return own;
    }

    /** The CLI's commands as they are run where a person can log in. */
    Commands away() {
        return away;
    }

    // ---------- the place

    boolean canLogIn() {
        return place.isAttended();
    }

    /** Whether this is Windows, for which there is no Chainloop CLI. */
    boolean onWindows() {
        return isHere() && here.onWindows();
    }

    /** Whether nothing is to be done here, as the CLI's token is elsewhere. */
    boolean runsElsewhere() {
        return onWindows() && canLogIn() && !given();
    }

    /** Whether the plan is for the place where this runs. */
    boolean isHere() {
        return situation.isHere();
    }

    /** The shell of the person who carries out the plan; one that is not here is taken to have a POSIX shell. */
    Shell shell() {
        return shell;
    }

    /** The shell of what runs in the place. */
    Shell script() {
        return !isHere() ? Shell.POSIX : canLogIn() ? shell : job;
    }

    boolean onGithub() {
        return place == Place.GITHUB;
    }

    boolean onGitlab() {
        return place == Place.GITLAB;
    }

    boolean fork() {
        return here.fork();
    }

    boolean variableSet() {
        return here.variableSet();
    }

    /** Where a value is changed. */
    Where there() {
        return canLogIn() ? Where.HERE : Where.PIPELINE;
    }

    /** The command that has a changed value read, if one is needed and known. */
    List<String> restart() {
        boolean otherPod = place == Place.POD && isHere() && here.deployment().isEmpty();
        String command = place.restart(here.userUnit());
        return command.isEmpty() || otherPod
                ? List.of()
                : List.of(isHere() && !here.redacted() ? named(command) : command);
    }

    private String named(String command) {
        return command.replace("UNIT", here.unit().orElse("UNIT"))
                .replace("DEPLOYMENT", here.deployment().orElse("DEPLOYMENT"));
    }

    /** Whether what runs there goes on with the value that it was started with. */
    boolean keepsOldValue() {
        return !restart().isEmpty() || !container().anew().isEmpty();
    }

    /** What has the new value read, an imperative. */
    String startAnew() {
        String anew = container().anew();
        return restart().isEmpty() && !anew.isEmpty() ? anew + starter() : "restart what reads it";
    }

    /**
     * What has a value read that was changed where no command does that.
     *
     * @param joint goes before it
     * @return empty where nothing is needed
     */
    String orAnew(String joint) {
        return canLogIn() || place.anew().isEmpty() || !restart().isEmpty() ? "" : joint + startAnew();
    }

    /** What starts this, in parentheses, where the place says no more; empty when unknown. */
    String starter() {
        return place == Place.JOB && isHere()
                ? here.starter().map(name -> " (its parent: " + name + ")").orElse("")
                : "";
    }

    /** Whether a command was started in a container that runs already. */
    boolean entered() {
        return isHere() && here.entered() && !container().enter().isEmpty();
    }

    /** The container that this is in. */
    Place container() {
        return here.attendedContainer().orElse(place);
    }

    boolean inAttendedContainer() {
        return isHere() && here.attendedContainer().isPresent();
    }

    /** Whether what runs here was given a stored value that was empty when it started. */
    boolean startedEmpty() {
        return here.variableEmpty() && isHere() && !restart().isEmpty();
    }

    /** Whether the variable is set here, or may be where the plan is carried out. */
    boolean variableRemovable() {
        return !canLogIn() || variableSet();
    }

    String removal() {
        String universal = shell == Shell.FISH ? " (after `set -U`, also by `set -eU CHAINLOOP_TOKEN`)" : "";
        return "remove CHAINLOOP_TOKEN" + (canLogIn() ? ", here and where it is set" + universal : " from the job");
    }

    /** A multiplexer gives new windows what it was started with, whatever a shell in one of them removes. */
    List<String> unset() {
        if (!canLogIn() || !shell.hasWords()) {
            return List.of();
        }
        List<String> commands = new ArrayList<>();
        commands.add(shell.unset(VARIABLE));
        if (here.tmux()) {
            commands.add("tmux set-environment -gu CHAINLOOP_TOKEN");
        } else if (here.screen()) {
            commands.add("screen -X unsetenv CHAINLOOP_TOKEN");
        }
        return commands;
    }

    // ---------- who may have dropped a variable that was set

    /** Whether nothing was found here, so that a variable may have been dropped on the way. */
    boolean maybeDropped() {
        return isHere() && judged() && evidence.search().deciding().isEmpty() && !asked();
    }

    /** What a Makefile assigns wins over the environment, an empty value too. */
    boolean emptyUnderMake() {
        return here.make() && here.variableEmpty();
    }

    boolean behindSu() {
        return here.su();
    }

    boolean behindSsh() {
        return place == Place.SSH && !inAttendedContainer();
    }

    /** Whether this is a command over ssh, with which a person has no terminal. */
    boolean overSsh() {
        return place == Place.REMOTE;
    }

    boolean inFish() {
        return shell == Shell.FISH;
    }

    boolean inPureNixShell() {
        return here.nixShell().equals("pure");
    }

    boolean inNixShell() {
        return !here.nixShell().isEmpty();
    }

    boolean inMultiplexer() {
        return here.tmux() || here.screen();
    }

    boolean onDronesPullRequest() {
        return here.dronePullRequest();
    }

    boolean emptyOnBuildkite() {
        return place == Place.BUILDKITE && here.variableEmpty();
    }

    /** Compose makes a variable empty that has no value where it runs. */
    boolean emptyInContainer() {
        return !container().enter().isEmpty() && here.variableEmpty();
    }

    // ---------- what a message tells

    /** Whether the server says that the token has expired, as this machine does: then its clock is right. */
    boolean expiredByServer() {
        return situation.told().expired() && expired();
    }

    /** The config file that the failed command read, as a shell word. */
    String configOfCommand() {
        return situation
                .told()
                .config()
                .filter(ShellWord::isPasteable)
                .map(own::path)
                .orElse("FILE");
    }

    // ---------- why a job may have got nothing

    /** A secret of GitHub that is not handed in is an empty variable. Dependabot's runs have secrets of their own. */
    boolean emptyOnGithub() {
        return onGithub() && !here.dependabot() && here.variableEmpty();
    }

    boolean unprotectedOnGitlab() {
        return onGitlab() && here.unprotectedRef();
    }

    /** Azure leaves a reference as it is when no variable has its name. */
    boolean unresolvedOnAzure() {
        return place == Place.AZURE
                && inspection.fault() != null
                && inspection.fault().cure() == Cure.EXPAND;
    }

    /** Whether a secret that exists is handed in by lines that may be missing. */
    boolean handsInByName() {
        return !emptyOnGithub() && !unresolvedOnAzure() && !onGitlab() && !here.dependabot() && !startedEmpty();
    }

    /** Whether the secret may exist already. */
    boolean maybeStored() {
        return emptyOnGithub() || unprotectedOnGitlab() || unresolvedOnAzure() || handsInByName();
    }

    /** Whether the job could get its CI provider's token, and does not. */
    boolean mayBeEnrolled() {
        return onGitlab() || (onGithub() && !here.dependabot() && !here.canMint());
    }

    // ---------- the token at hand

    boolean fromConfig() {
        return inspection.isFrom(SourceKind.CONFIG);
    }

    boolean fromVariable() {
        return inspection.isFrom(SourceKind.ENVIRONMENT);
    }

    boolean fromArgument() {
        return inspection.isFrom(SourceKind.ARGUMENT);
    }

    boolean fromStdin() {
        return inspection.isFrom(SourceKind.STDIN);
    }

    /** Whether it was read from a standard input that nobody named, and is not even a part of a token. */
    boolean tookStdin() {
        return fromStdin()
                && !asked()
                && evidence.search()
                        .found()
                        .filter(found -> found.secret().contains("eyJ"))
                        .isEmpty();
    }

    /** Whether a person gave the token to this command. */
    boolean given() {
        return inspection.isGiven();
    }

    /** Whether a person gave another service's token. */
    boolean givenAnothers() {
        return given() && cure == Cure.STORE_OWN;
    }

    /** Whether the file that the variable names holds more than the token. */
    boolean hasMoreInFile() {
        return isTakenBy(Extraction.READ_ALONE);
    }

    /** Whether the value is the path of something that is here. */
    boolean namesPath() {
        return evidence.search().found().flatMap(Look.Found::path).isPresent();
    }

    boolean namesFolder() {
        return evidence.search().found().flatMap(Look.Found::path).equals(Optional.of(PathValue.FOLDER));
    }

    /** Whether the same token stands in the value more than once. */
    boolean standsTwice() {
        return isTakenBy(Extraction.ONCE);
    }

    private boolean isTakenBy(Extraction way) {
        return evidence.search().found().flatMap(Look.Found::extraction).equals(Optional.of(way));
    }

    /** What stands in place of the token, if that is known. */
    private Optional<Lookalike> like() {
        return Optional.ofNullable(inspection.fault()).map(Fault::like);
    }

    /** Whether it is known which program puts the value in. */
    boolean isOwnersToPutIn() {
        return !how().isEmpty();
    }

    /** Whether the place's own lines say how an expression is written that hands a secret in. */
    boolean handsInExpressions() {
        return (onGithub() && isLike(Lookalike.GITHUB_EXPRESSION)) || (place == Place.AZURE && isLike(Lookalike.MACRO));
    }

    private boolean isLike(Lookalike row) {
        return like().equals(Optional.of(row));
    }

    String how() {
        return like().map(Lookalike::how).orElse("");
    }

    /** Whether a command prints what the variable refers to. */
    boolean canResolve() {
        return !resolving().isEmpty();
    }

    String resolving() {
        return like().map(Lookalike::command).orElse("");
    }

    /** Whether the user named the one source. */
    boolean asked() {
        return evidence.search().asked();
    }

    Optional<ApiToken> apiToken() {
        return inspection.token() instanceof ApiToken api ? Optional.of(api) : Optional.empty();
    }

    boolean isApiToken() {
        return apiToken().isPresent();
    }

    /** Whether the token that was seen is the one in question. */
    boolean judged() {
        return situation.judged();
    }

    boolean expired() {
        return inspection.expired().orElse(false);
    }

    boolean decoded() {
        return inspection.decoded() != null;
    }

    boolean ofOneProject() {
        return apiToken().filter(ApiToken::isOfProject).isPresent();
    }

    boolean ofOneWorkflow() {
        return apiToken().filter(api -> api.workflow().isPresent()).isPresent();
    }

    boolean ofTheInstance() {
        return apiToken().filter(ApiToken::isOfInstance).isPresent();
    }

    boolean ofOneProduct() {
        return apiToken().filter(ApiToken::isOfProduct).isPresent();
    }

    /** Whether its request names the right audience, but not in lower case. */
    boolean audienceMiscased() {
        return inspection.decoded() != null
                && inspection.decoded().claims().audience().stream()
                        .anyMatch(Audience.GENERIC.value()::equalsIgnoreCase);
    }

    boolean fromGitlabsProvider() {
        return CiProvider.of(inspection).equals(Optional.of(CiProvider.GITLAB));
    }

    /** Whether the job itself sets the variable, to a token that its provider made. */
    boolean jobSetsProvidersToken() {
        return isHere()
                && !canLogIn()
                && fromVariable()
                && inspection.issuer().orElse("").startsWith("http");
    }

    // ---------- the token that is demanded

    /** Whether the token in question is of a kind that will do, so that a new one of that kind will, too. */
    boolean renews(Audience kind) {
        return judged() && inspection.matched().equals(Optional.of(kind)) && demand.accepts(kind);
    }

    /** Whether a token like the one at hand is what is demanded. */
    boolean renewsThisApiToken() {
        return renews(Audience.API_TOKEN) && apiToken().filter(demand::isMetBy).isPresent();
    }

    boolean loginWillDo() {
        return canLogIn() && demand.accepts(Audience.USER);
    }

    /** Whether an API token is created, if none is there. */
    boolean createsApiToken() {
        boolean inPlaceOfLogin = !canLogIn() && !renews(Audience.GENERIC) && (open() || apiTokenWillDo());
        return renews(Audience.API_TOKEN) || inPlaceOfLogin;
    }

    boolean apiTokenWillDo() {
        return demand.accepts(Audience.API_TOKEN);
    }

    boolean federatedWillDo() {
        return demand.accepts(Audience.GENERIC);
    }

    /** Whether a token may be of another kind than the one that is demanded, if it does the work. */
    boolean open() {
        return demand.open();
    }

    // ---------- other tokens

    /** A token that was found here and will do, unless the user gave the one at hand. */
    Optional<Look.Found> another() {
        return !judged() || !isHere() || given() || asked() ? Optional.empty() : others.meeting(demand);
    }

    boolean hasAnother() {
        return another().isPresent();
    }

    boolean hasAnotherInConfig() {
        return another()
                .filter(found -> found.origin().kind() == SourceKind.CONFIG)
                .isPresent();
    }

    boolean hasAnotherApiToken() {
        return another().filter(found -> isOf(found, Audience.API_TOKEN)).isPresent();
    }

    boolean isOf(Look.Found found, Audience kind) {
        return others.isOf(found, kind);
    }

    /** The token that would be used if the user had not given one. */
    Optional<Look.Found> behindTheGiven() {
        return given() && !isApiToken() && isHere() ? others.meeting(demand) : Optional.empty();
    }

    boolean hasOneBehindTheGiven() {
        return behindTheGiven().isPresent();
    }

    /** The GitLab job's own token, which is enough for attestations, behind a dead API token. */
    Optional<Look.Found> enoughForAttestations() {
        return onGitlab() && isHere() && open() && expired()
                ? others.meeting(demand.of(Audience.GENERIC))
                : Optional.empty();
    }

    boolean hasEnoughForAttestations() {
        return enoughForAttestations().isPresent();
    }

    /** The variable that holds a token without an error and that nothing reads. */
    Optional<Origin> stray() {
        return evidence.strays().stream()
                .filter(found -> !others.hasError(found))
                .map(Look.Found::origin)
                .findFirst();
    }

    boolean hasStray() {
        return stray().isPresent();
    }

    /** Whether somebody is logged in here, with a token that has no error. */
    boolean loggedIn() {
        return others.isLoggedIn();
    }

    boolean onAzure() {
        return place == Place.AZURE;
    }

    boolean rootReadsItsOwn() {
        return here.sudo().isPresent() && fromConfig();
    }

    /** The user as whom this runs, as a shell word. */
    String userWord() {
        return ShellWord.isPasteable(here.user()) && !here.redacted() ? ShellWord.of(here.user(), shell) : "USER";
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
        return situation.works()
                && managedHere()
                && fromVariable()
                && inspection.matched().equals(Optional.of(Audience.USER));
    }

    /** Whether the variable stays as it is until another token is in its place. */
    boolean keepsVariable() {
        return situation.works() && managedHereBehindVariable();
    }

    /** A command that passes over the variable, if that stays. */
    String past(String command) {
        return keepsVariable() ? shell.runWithout(VARIABLE, command) : command;
    }

    /** Where a new token goes if the old one has not been removed. */
    String inItsPlace() {
        return keepsVariable() && fromVariable()
                ? ", and put it in the place of the old one, here and where CHAINLOOP_TOKEN is set"
                : "";
    }

    boolean managedHereBehindVariable() {
        return managedHere() && variableSet();
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
        return managedHere()
                ? what
                : "On your own machine, logged in" + (host.isEmpty() ? "" : " to " + host) + ", " + what;
    }

    /** What is done there to make a token. */
    String made(String what) {
        return loggedIn(what) + (demand.isOpenEnded() ? " (choose its lifetime)" : "");
    }

    /**
     * Commands that manage tokens, without the variable if that would win over the login that they need.
     *
     * @param gone whether it has been removed before
     */
    List<String> withoutVariable(boolean gone, List<String> commands) {
        boolean known = here.place().isAttended() && variableSet();
        // A container is handed the variable of the machine that starts it.
        boolean likely = !place.enter().isEmpty() && fromVariable();
        if (gone || !(known || likely) || keepsVariable()) {
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
                demand.project().or(() -> project), demand.organization().or(() -> organization));
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
        return new Commands.Target(demand.project().or(() -> project), demand.organization());
    }

    /** A name for a new token that is made beside whatever there is. */
    String newName() {
        boolean free = cure == Cure.RECREATE_API_TOKEN || !isApiToken();
        return judged() ? managing().name(free) : "ci-2";
    }

    /** The command that creates a token, and stores it where one command can do both. */
    String creation(String name, Commands.Target target) {
        String create = managing().create(name, target, demand.hours());
        String passing = variableLogsIn() ? create : past(create);
        return commandStores() ? shell.capture(passing, store()) : passing;
    }

    // ---------- where the value is kept

    /** Whether nothing is stored yet that the new value replaces. */
    private boolean isFirst() {
        return jobSetsProvidersToken() || (!startedEmpty() && (cure == Cure.HAND_IN || (isHere() && !variableSet())));
    }

    boolean commandStores() {
        return !place.storeFirst().isEmpty() && (canLogIn() ? shell.hasWords() : shell.pipes());
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

    /** What stores the shell's {@code $token}, and has it read. */
    String store() {
        return isFirst() ? stored(place.storeFirst()) : stored(place.storeAgain()) + then(restart());
    }

    /** The same where the command asks for the value. */
    String storeAsking() {
        return stored(place.storeAsking());
    }

    private String stored(String command) {
        return canLogIn()
                ? shell.exportToken()
                : onGithub()
                        ? command + (here.dependabot() ? " --app dependabot" : "") + away.repository(place)
                        : command;
    }

    private static String then(List<String> commands) {
        return commands.isEmpty() ? "" : " &&\n  " + commands.get(0);
    }

    // ---------- config files, and the control plane

    /** The config file that cannot be read, else the one that the token is from, as a shell word. */
    String brokenConfig() {
        return own.path(evidence.search().looked().stream()
                .filter(Look.Unreadable.class::isInstance)
                .map(look -> look.origin().name())
                .findFirst()
                .orElseGet(this::originName));
    }

    boolean configEmpty() {
        return evidence.search().config() instanceof ConfigReading.Read read && read.empty();
    }

    /** Whether the login cannot be renewed here. */
    boolean configIsReadOnly() {
        return fromConfig() && isHere() && here.readOnly(originName());
    }

    boolean ownsConfig() {
        return here.owns(originName());
    }

    String originName() {
        return inspection.origin() == null ? "FILE" : inspection.origin().name();
    }

    /** Whether the CLI reads another file than the one that was looked at. */
    boolean readsNamedConfig() {
        return !own.namedConfig().isEmpty();
    }

    /** The folder of the CLI's config file, as a shell word; empty where there is none. */
    String configFolder() {
        return here.config()
                .map(file -> own.path(String.valueOf(file.getParent())))
                .orElse("");
    }

    /** Whether that folder is the user's, and so can be taken back; a new one would lack the login. */
    boolean configFolderIsOnesOwn() {
        return configFolder().startsWith("~/") && canLogIn() && !readsNamedConfig();
    }

    /** Lines that give the CLI another folder for its config file. */
    List<String> configHome() {
        boolean own = !place.configHome().isEmpty();
        return own || !script().hasWords()
                ? place.configHome()
                : List.of(script().exportOutput("XDG_CONFIG_HOME", "mktemp -d"));
    }

    boolean sourceUnreadableHere() {
        return evidence.search().deciding().orElse(null) instanceof Look.Unreadable && isHere();
    }

    /** The first config file that the CLI does not read here. */
    String otherConfig() {
        return own.path(otherFile().toString());
    }

    /** The home folder that it is in. */
    String otherHome() {
        return own.path(otherFile().resolve("../../..").normalize().toString());
    }

    private Path otherFile() {
        return evidence.otherConfigToRead().orElseThrow().path();
    }

    /** Whether it is in the folder that a relative variable names. */
    boolean otherConfigIsRelative() {
        return evidence.otherConfigToRead().filter(OtherConfig::relative).isPresent();
    }

    /** Whether no config file that the CLI does not read here is worth reading, though there is one. */
    boolean otherConfigsAreUseless() {
        return !evidence.otherConfigs().isEmpty()
                && evidence.otherConfigToRead().isEmpty();
    }

    /** The folder that a relative variable names, in double quotes, with what makes it absolute. */
    String absoluteConfigHome() {
        String folder = String.valueOf(otherFile().resolve("../..").normalize());
        boolean plain = !here.redacted()
                && ShellWord.isPasteable(folder)
                && ShellWord.of(folder, shell).equals(folder);
        return "\"$PWD/" + (plain ? folder : "$XDG_CONFIG_HOME") + "\"";
    }

    /** The control plane that the CLI talks to here. */
    Optional<Host> host() {
        return evidence.search().host().filter(one -> isHere());
    }

    /** What stands in place of its address, as far as that is seen. */
    Optional<Host.Mistake> wrongHost() {
        return host().flatMap(Host::mistake);
    }

    boolean hostFromVariable() {
        return host().filter(one -> one.from().startsWith("$")).isPresent();
    }

    boolean variableHidesHostOfLogin() {
        return hostFromVariable() && fromConfig();
    }
}
