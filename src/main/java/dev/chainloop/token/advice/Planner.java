package dev.chainloop.token.advice;

import dev.chainloop.token.core.ApiToken;
import dev.chainloop.token.core.Audience;
import dev.chainloop.token.core.Form;
import dev.chainloop.token.diagnosis.Candidate;
import dev.chainloop.token.diagnosis.Cure;
import dev.chainloop.token.diagnosis.Evidence;
import dev.chainloop.token.diagnosis.Redaction;
import dev.chainloop.token.diagnosis.Status;
import dev.chainloop.token.source.Host;
import dev.chainloop.token.source.Organization;
import dev.chainloop.token.source.Origin;
import dev.chainloop.token.source.Place;
import dev.chainloop.token.source.SourceKind;
import dev.chainloop.token.source.SourceReading;
import dev.chainloop.token.source.Surroundings;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The steps of one cure, at most three, for the place where it is carried out. */
final class Planner {
    /** Takes the bare token out of a value, or fails. */
    private static final String ALONE = "grep -oE 'eyJ[A-Za-z0-9_-]+([.][A-Za-z0-9_-]+){2}'";

    /** Takes out what came into a token. */
    private static final String JOINED = "tr -cd 'A-Za-z0-9._-'";

    private static final String STORED = "kubectl get secret SECRET -o 'jsonpath={.data.KEY}' | base64 -d | ";

    /** The files where a shell or a project may set the variable; the user sees which do. */
    private static final String WHERE_SET =
            "grep -ls CHAINLOOP_TOKEN ~/.bashrc ~/.bash_profile ~/.profile ~/.zshrc ~/.zshenv .envrc .env";

    private static final String NOBODY = "nobody can log in here, or run this where somebody is logged in";

    private final Situation situation;
    private final Cure cure;
    private final Evidence evidence;
    private final Candidate used;
    private final Surroundings there;
    private final Place place;
    private final SecretStore secrets;
    private final Demand demand;

    /** Whether a person is there, who can log in. */
    private final boolean person;

    private final Commands cli;

    private final Draft plan;

    /** Whether a step makes a token. */
    private boolean made;

    Planner(Situation situation, Cure cure) {
        this.situation = situation;
        this.cure = cure;
        this.evidence = situation.evidence();
        this.used = evidence.used();
        this.there = situation.there();
        this.place = situation.place();
        this.secrets = SecretStore.of(place);
        this.demand = situation.demand();
        this.person = place.isAttended();
        this.cli = new Commands(situation);
        this.plan = new Draft(cure, person);
    }

    /** Whether the place where the new token is kept is known only to the user; asked after {@link #steps}. */
    boolean isOfUnknownPlace() {
        return place == Place.ELSEWHERE || (made && situation.isKeptElsewhere());
    }

    List<Step> steps() {
        planned();
        if (situation.isUnseen() && !endsWithRun()) {
            boolean unknown = place == Place.ELSEWHERE;
            plan.ending(". Then run the " + (place.isCi() || unknown ? "job" : "command") + " again", unknown);
        }
        return plan.steps();
    }

    /** Whether the steps say themselves that it is run again, or need no run. */
    private boolean endsWithRun() {
        return switch (cure) {
            case GIVE_LINE, TRY_AGAIN -> true;
            case REQUEST_FEDERATED -> place == Place.GITLAB;
            default -> false;
        };
    }

    private Draft planned() {
        if (cure.isOfToken() && situation.hasUnsentLogin()) {
            return workWithLogin();
        }
        if (situation.isSentAstray() && (cure.getsToken() || cure == Cure.CHECK_CONTROL_PLANE)) {
            goHome();
            if (cure.getsToken() || used.expired().orElse(false)) {
                plan.always();
                logIn().atMost(2);
            }
            return plan;
        }
        return cured();
    }

    private Draft cured() {
        return switch (cure) {
            // What keeps a source from being read.
            case WAIT_FOR_WRITER -> plan.here("wait until other chainloop commands have finished, then run this again");
            case MEND_CONFIG -> mendConfig();
            case OWN_CONFIG ->
                plan.here(
                        "give the Chainloop CLI a folder for its config file that it can write: set XDG_CONFIG_HOME or HOME");
            case MEND_SOURCE -> plan.here("make sure that it exists and can be read, then run this again");
            case READ_OTHER_CONFIG -> readOtherConfig();

            // No value.
            case HAND_IN -> person ? token() : handIn();
            case FILL_STDIN ->
                plan.here(
                        "look at the command on the left of the pipe, which printed no token: the variable that it prints may"
                                + " be unset");

            // A CI provider's token.
            case REQUEST_AUDIENCE -> demand.open() || demand.accepts(Audience.GENERIC) ? requestAudience() : token();
            case REQUEST_FEDERATED ->
                demand.accepts(Audience.GENERIC) && situation.other().isEmpty() ? requestFederated() : token();
            case ALLOW_FEDERATED ->
                plan.provided("the job only makes attestations")
                        .here(
                                "add `--allow-federated`, since the CLI requests a token by itself; for other commands, store an"
                                        + " API token as " + secrets.kept());

            // A new token.
            case GET_TOKEN, LOG_IN, REPLACE_API_TOKEN -> token();
            case RECREATE_API_TOKEN -> newToken();
            case CREATE_API_TOKEN -> demand.open() || demand.accepts(Audience.API_TOKEN) ? newToken() : token();
            case WORK_AS_PERSON -> workAsPerson();

            // The value.
            case EXPAND -> expand();
            case STORE_ALONE -> storeAlone();
            case STORE_WHOLE -> storeWhole("the whole token");
            case STORE_OWN -> storeWhole("Chainloop's own token");

            // Which token, and for what.
            case SET_VARIABLE -> plan.provided("you mean that token").here("set CHAINLOOP_TOKEN to it");
            case LEAVE_OUT_OPTION ->
                plan.here("leave out `--token`, or check that the variable behind it is set, and put it in quotes");
            case CHOOSE_ORGANIZATION -> chooseOrganization();
            case USE_IN_SCOPE -> useInScope();
            case KEEP_ONE_TOKEN ->
                plan.here(
                        "finish the attestation with the token that began it, or begin a new one",
                        cli.of("attestation init --remote-state --workflow WORKFLOW --project PROJECT"));
            case LIST_TOKENS ->
                plan.provided("you were creating an API token")
                        .here(
                                "see which exist, and in which organization; choose another name, or revoke the one that"
                                        + " has it if the list shows that it has ended",
                                cli.list());

            // The control plane, and who runs it.
            case CHECK_CONTROL_PLANE -> checkControlPlane();
            case GIVE_OTHER_KEY ->
                plan.here(
                        "give the key that the token's issuer signs with; if it was that key, do not use the token: it is"
                                + " forged, or of another installation");
            case ENROLL ->
                plan.byAdministrator("ask an administrator of " + organization()
                        + " to enroll the repository and connect it to the project;"
                        + " with a self-hosted open-source control plane, use an API token instead");
            case UPDATE_CLI ->
                plan.here("update the Chainloop CLI: since v1.100.10, $CHAINLOOP_TOKEN wins over a login, and later"
                        + " versions know more kinds of token");
            case ASK_FOR_ROLE ->
                plan.byAdministrator(
                        person
                                ? "a new token will not help: ask an administrator of " + organization()
                                        + " for a role that allows it"
                                : "run it on your own machine, logged in: an API token may not do this, and a person's needs"
                                        + " a role that an administrator of " + organization() + " gives",
                        cli.of("organization member list"),
                        cli.of("organization member update --id ID --role "
                                + (situation.role() == Situation.Role.ANY
                                        ? "ROLE"
                                        : situation.role().word())));
            case JOIN_ORGANIZATION ->
                plan.byAdministrator(
                        person
                                ? "a new token will not help: ask to be invited, or create an organization of your own"
                                : "store an API token of the organization as " + secrets.kept()
                                        + ": a person's needs a membership");
            case ASK_ADMINISTRATOR ->
                plan.byAdministrator("a new token will not help: ask whoever runs the control plane");
            case TRY_AGAIN ->
                plan.here("run the command again; if it fails again, tell whoever runs the control plane");

            // Where nothing certain is known.
            case LOOK_THERE ->
                plan.here(
                        used.malformed().isPresent()
                                ? "see what each source holds"
                                : evidence.seen().asked()
                                        ? "see what the other sources hold"
                                        : "see which token is used where the command failed",
                        "chainloop-token sources");
            case ASK_SERVER -> plan.here("ask the control plane itself about the token", "chainloop-token ask");
            case GIVE_LINE ->
                plan.here(
                        "give the Chainloop CLI's whole line, which begins with `ERR` or `Error`. If there is no such line,"
                                + " another program failed. This lists all known messages",
                        "chainloop-token explain --list");

            // Beside any other.
            case SET_CLOCK -> plan.here("compare this machine's clock with the true time; if it is wrong, set it");
            case CLOSE_CONFIG -> plan.here("make the file readable only for you", "chmod 600 " + configFile());
        };
    }

    // ---------- the sources

    private Draft mendConfig() {
        if (!person) {
            return plan.here("correct the config file that this job reads, or remove it");
        }
        // The CLI makes a new file only in its own place.
        if (!there.posix() || !cli.namedConfig().isEmpty()) {
            return plan.here("correct the file, or move it away and log in again");
        }
        String move = "mv " + configFile() + " " + configFile() + ".old";
        return there.variableSet()
                ? plan.here("correct the file, or do without it", move)
                : plan.here(
                        "correct the file, or log in to the default control plane with a new one", move, cli.login());
    }

    private String configFile() {
        Optional<SourceReading> reading = evidence.seen().reading(SourceKind.CONFIG);
        return reading.isPresent() ? cli.path(reading.get().origin().name()) : "FILE";
    }

    private Draft readOtherConfig() {
        if (there.sudo().isPresent()) {
            return withoutSudo();
        }
        if (there.homeUnknown() || evidence.seen().otherConfigs().isEmpty()) {
            return plan.here(
                    "set HOME to the home folder of the user who logged in, or set CHAINLOOP_TOKEN to an API token");
        }
        String option = "add `--config "
                + cli.path(evidence.seen().otherConfigs().get(0).toString()) + "` to commands";
        return plan.here(
                there.configHome()
                        ? "unset XDG_CONFIG_HOME, or " + option
                        : option + ", or move the file to where it is read");
    }

    /** As whom {@code sudo} runs this. */
    private String sudo() {
        return Redaction.of(there.sudo().orElseThrow(), "another user");
    }

    private Draft withoutSudo() {
        return plan.here(
                "run the command without `sudo`, which drops CHAINLOOP_TOKEN and reads the config file of " + sudo()
                        + ", or have it keep the variable",
                "sudo --preserve-env=CHAINLOOP_TOKEN COMMAND");
    }

    // ---------- a token that is here, or a new one

    /** A token that will do: one that is already here, else one of the same kind, else of another. */
    private Draft token() {
        Optional<Candidate> other = situation.other();
        if (other.isPresent()) {
            return use(other.get());
        }
        Optional<Audience> kind = used.matched();
        if (kind.isPresent() && demand.accepts(kind.get())) {
            return switch (kind.get()) {
                case API_TOKEN ->
                    used.api().isPresent() && demand.isMetBy(used.api().get())
                            ? replace(used.api().get())
                            : newToken();
                case USER -> logIn();
                case GENERIC -> requestFederated();
            };
        }
        if (person && demand.accepts(Audience.USER)) {
            return logIn();
        }
        return demand.accepts(Audience.GENERIC) && !demand.accepts(Audience.API_TOKEN)
                ? requestFederated()
                : apiToken(demand.accepts(Audience.USER) ? NOBODY : "a login lasts a week");
    }

    /** How to use a token that was found here instead of this one. */
    private Draft use(Candidate found) {
        Origin origin = found.origin().orElseThrow();
        if (origin.kind() == SourceKind.ENVIRONMENT) {
            return setTo(origin, found.isKind(Audience.GENERIC));
        }
        String config = cli.namedConfig();
        return found.isKind(Audience.USER)
                ? workWithLogin()
                : removeStaleVariable(
                        "use the token in " + origin.noun() + (config.isEmpty() ? "" : ", with" + config));
    }

    /** Hands the value of another variable to the CLI; one that is not stored was made by the job itself. */
    private Draft setTo(Origin origin, boolean minted) {
        if (place == Place.GITLAB && minted) {
            return plan.put("rename the token that is now in " + origin.noun(), secrets.federated());
        }
        String variable = origin.name();
        String sentence = "use the token in " + origin.noun();
        if (!ShellWord.isName(variable) || place == Place.POD || place == Place.CONTAINER || place == Place.SERVICE) {
            return plan.atVariable(sentence + ": name the variable CHAINLOOP_TOKEN where it is set");
        }
        if (place == Place.GITHUB && !minted) {
            return plan.put(
                    sentence + ": hand it to the step by the name that the CLI reads",
                    List.of("env:", "  CHAINLOOP_TOKEN: ${{ secrets." + variable + " }}"));
        }
        if (place == Place.GITLAB) {
            return plan.put(sentence, List.of("variables:", "  CHAINLOOP_TOKEN: $" + variable));
        }
        String export = "export CHAINLOOP_TOKEN=\"$" + variable + "\"";
        if (!there.posix()) {
            return plan.here(sentence);
        }
        return person ? plan.here(sentence, export) : plan.put(sentence, List.of(export));
    }

    // ---------- a login

    /** Where nobody can log in, an API token takes its place. */
    private Draft logIn() {
        if (place == Place.JOB && situation.tokenWorks() && used.isFrom(SourceKind.CONFIG)) {
            // A script that works today is run by somebody who is logged in.
            return plan.atLogin("log in where this runs", cli.login());
        }
        if (!person) {
            return apiToken(NOBODY);
        }
        if (there.sudo().isPresent() && used.isFrom(SourceKind.CONFIG)) {
            withoutSudo().provided("you mean to work as " + sudo());
        }
        return there.variableSet() && !situation.isKeptElsewhere()
                ? removeVariable("log in", cli.login())
                : plan.here("log in", cli.login());
    }

    private Draft workAsPerson() {
        if (!person) {
            return plan.atLogin("run that command on your own machine, logged in: it is for people");
        }
        return situation.isLoggedIn() && there.variableSet() ? workWithLogin() : logIn();
    }

    /** An API token in the place of another kind. */
    private Draft apiToken(String why) {
        return demand.open() || demand.accepts(Audience.API_TOKEN)
                ? newToken()
                : plan.atLogin("accept an API token (`--type api-token`), since " + why);
    }

    private Draft workWithLogin() {
        return removeStaleVariable("work with your login");
    }

    /** Removes the variable, so that what is behind it counts; where it holds a token, a command finds where it is set. */
    private Draft removeStaleVariable(String what) {
        return used.jwt().isEmpty() || !person || !there.posix()
                ? removeVariable(what)
                : removeVariable(what + " (the second command finds the file that sets it)", WHERE_SET);
    }

    /** Removes the variable, which wins over all else; where it is set, too, or the next shell has it again. */
    private Draft removeVariable(String what, String... commands) {
        List<String> run = new ArrayList<>(List.of(commands));
        if (person && (there.posix() || there.fish())) {
            run.add(0, unset("CHAINLOOP_TOKEN"));
        }
        return plan.atVariable(
                "remove CHAINLOOP_TOKEN" + (person ? ", here and where it is set" : " from the job") + ", and " + what,
                run.toArray(new String[0]));
    }

    private String unset(String variable) {
        return (there.fish() ? "set -e " : "unset ") + variable;
    }

    // ---------- an API token

    /** Replaces an API token. One that has expired keeps its name until it is revoked, so that comes first; one that works is revoked last. */
    private Draft replace(ApiToken old) {
        boolean part = old.workflow().isPresent() || old.isOfProduct() || old.isOfInstance();
        if (part || !used.unreadableScope().isEmpty()) {
            return plan.byAdministrator(
                    "ask whoever created it to create it again: no command of the CLI names what it is for");
        }
        beforeManaging();
        if (!used.expired().orElse(false)) {
            return succeed(old);
        }
        if (used.isGiven()) {
            managed("see whether the token is yours: anybody could have written it", cli.list());
        }
        return managed(
                "revoke the expired token, so that its name can be used again, and create it again" + demand.remark()
                        + storing(),
                withoutVariable(cli.revoke(old)),
                create(cli.name(true), project(old), old.organization().name()));
    }

    /** A token that is not expired is taken away only when another is in its place. */
    private Draft succeed(ApiToken old) {
        managed(
                "create a replacement" + demand.remark() + storing(),
                create(cli.name(false), project(old), old.organization().name()));
        plan.provided("nothing uses the old one any more, not even an attestation that is still open");
        String revoke = cli.revoke(old);
        if (used.isGiven()) {
            return plan.atLogin(
                    "revoke it, but only if the list shows that it is yours",
                    withoutVariable(cli.list()),
                    withoutVariable(revoke));
        }
        // By then the new API token is in the variable, and it may not revoke others.
        return plan.atLogin("revoke it", person ? Commands.WITHOUT_VARIABLE + revoke : withoutVariable(revoke));
    }

    /** Creates an API token for the project and organization that are demanded, else for those of the token at hand. */
    private Draft newToken() {
        beforeManaging();
        if (situation.isUnseen() && cure != Cure.HAND_IN) {
            return replaceUnseen();
        }
        Optional<String> project = used.api().isPresent() ? project(used.api().get()) : Optional.empty();
        Optional<String> organization = isForeign() ? Optional.empty() : used.organization();
        boolean free = cure == Cure.RECREATE_API_TOKEN || used.api().isEmpty();
        boolean known = hadNoValue()
                || used.status() == Status.NONE
                || (used.jwt().isPresent() && used.jwt().get().decoded().signed());
        String create = create(
                known ? cli.name(free) : "NAME",
                demand.project().isPresent() ? demand.project() : project,
                demand.organization().isPresent() ? demand.organization() : organization);
        String what = "create an API token" + (known ? "" : " by a name that the list does not have") + demand.remark()
                + storing();
        if (known) {
            managed(what, create);
        } else {
            managed(what, withoutVariable(cli.list()), create);
        }
        return !person && !hadNoValue() && isFirst() && store().isPresent()
                ? plan.put(secrets.unset(), secrets.lines())
                : plan;
    }

    /** One in the place of a token of which only the list tells whether it lives. */
    private Draft replaceUnseen() {
        if (place == Place.ELSEWHERE) {
            return plan.here("create an API token, and store it as " + secrets.kept());
        }
        managed("list the API tokens", withoutVariable(cli.list()));
        String sentence = "create one by a name that is free" + demand.remark() + storing();
        String create = create("NAME", Optional.empty(), Optional.empty());
        return cure == Cure.RECREATE_API_TOKEN
                ? plan.atLogin(sentence, create)
                : plan.atLogin(
                        sentence + "; if the list shows that the old one has ended, revoke it to free its name",
                        create,
                        withoutVariable(cli.of("org api-token revoke --id ID")));
    }

    /** The token's project, if it is for a single one. */
    private Optional<String> project(ApiToken api) {
        Optional<String> name = isForeign() ? Optional.empty() : api.project().name();
        return api.isOfProject() ? Optional.of(name.orElse(Commands.PROJECT)) : Optional.empty();
    }

    /** Whether it may be of another installation, whose names mean nothing here. */
    private boolean isForeign() {
        return cure == Cure.CHECK_CONTROL_PLANE;
    }

    private String create(String name, Optional<String> project, Optional<String> organization) {
        made = true;
        String create = withoutVariable(cli.create(name, project, organization, demand.expiration()));
        Optional<String> store = store();
        return store.isEmpty() ? create : Commands.kept(create, store.get());
    }

    /** Managing tokens takes a login, and no variable that wins over it, unless that stays in use. */
    private void beforeManaging() {
        boolean loggedIn = situation.isLoggedIn() || evidence.seen().asked();
        boolean wins = there.variableSet() && !staysInUse();
        if (!person || (loggedIn && !wins)) {
            return;
        }
        if (!wins) {
            plan.here("log in to create tokens", withoutVariable(cli.login()));
        } else if (loggedIn) {
            removeVariable("work with your login to create tokens");
        } else {
            removeVariable("log in to create tokens", cli.login());
        }
    }

    /** A command for the login: without the variable, which would win, where the shell that runs it still has it. */
    private String withoutVariable(String command) {
        Surroundings reader = evidence.here();
        // A container is handed the variable of the machine that starts it.
        boolean handed = place == Place.CONTAINER && situation.isHere();
        boolean stillSet = person ? staysInUse() : handed || reader.place().isAttended();
        return stillSet && reader.variableSet() ? Commands.WITHOUT_VARIABLE + command : command;
    }

    /** A step that manages tokens, on the reader's own machine if nobody can log in there. */
    private Draft managed(String what, String... commands) {
        Optional<String> host = cli.host();
        String login = "on your own machine, logged in" + (host.isEmpty() ? "" : " to " + host.get());
        return plan.atLogin(person ? what : login + ", " + what, commands);
    }

    // ---------- where the token is kept

    /** Whether the variable is left as it is: its token still works, or is not the one at hand. */
    private boolean staysInUse() {
        return situation.tokenWorks() || situation.isKeptElsewhere() || cure == Cure.USE_IN_SCOPE;
    }

    /** What stores the shell's {@code $token}, and has it read; empty where a person does it. */
    private Optional<String> store() {
        Optional<String> store = isFirst() ? secrets.first() : secrets.again();
        if (store.isEmpty() || situation.isKeptElsewhere() || !there.posix()) {
            return Optional.empty();
        }
        if (place == Place.GITHUB) {
            return Optional.of(store.get() + cli.repository());
        }
        return isFirst() || secrets.restart().isEmpty()
                ? store
                : Optional.of(store.get() + " &&\n  " + secrets.restart().get());
    }

    /** What a person does with what the command prints, where none stores it. */
    private String storing() {
        if (situation.isKeptElsewhere()) {
            return "; store what that prints where the old one was";
        }
        if (store().isPresent()) {
            return person && there.variableSet() && situation.tokenWorks()
                    ? ", and put it where CHAINLOOP_TOKEN is set, too"
                    : "";
        }
        return person
                ? "; set CHAINLOOP_TOKEN to what that prints"
                : "; store what that prints as " + secrets.kept()
                        + (secrets.restart().isEmpty()
                                ? ""
                                : ", and run `" + secrets.restart().get() + "`");
    }

    /** Whether nothing is stored yet that the new value replaces. */
    private boolean isFirst() {
        // What runs here may have been given a stored value that was empty when it started.
        boolean named = there.variableEmpty() && secrets.restart().isPresent();
        return situation.isMinted() || (!named && (hadNoValue() || (situation.isHere() && !there.variableSet())));
    }

    /** Whether the trouble is that no value came. */
    private boolean hadNoValue() {
        return cure == Cure.HAND_IN || cure == Cure.EXPAND;
    }

    // ---------- handing in

    /** First the secret that may exist; a new token is the second step. */
    private Draft handIn() {
        Optional<Candidate> other = situation.other();
        if (other.isPresent()) {
            return use(other.get());
        }
        // On Azure, the line stays: there, what is not defined stays as it is written.
        if (there.variableSet() && place != Place.AZURE) {
            plan.behind("remove the line that now sets CHAINLOOP_TOKEN. ");
        }
        if (there.fork()) {
            return skipFork();
        }
        if (there.dependabot()) {
            return newToken();
        }
        if (place == Place.ELSEWHERE) {
            return there.variableEmpty()
                    ? plan.inPipeline(secrets.empty())
                    : plan.put(secrets.unset(), secrets.lines());
        }
        if (there.unprotected()) {
            plan.here("this branch is not protected, and a protected CI/CD variable reaches only protected branches:"
                    + " unprotect CHAINLOOP_TOKEN (Settings > CI/CD > Variables), or protect the branch"
                    + " (Settings > Repository)");
        } else if (there.variableEmpty() || (cure == Cure.EXPAND && place == Place.AZURE)) {
            plan.inPipeline(secrets.empty() + (situation.isUnseen() ? secrets.ofRun() : ""));
        } else if (situation.isHere()) {
            plan.put(secrets.unset(), secrets.lines());
        } else {
            plan.provided("the variable is not set there").put(secrets.unset(), secrets.lines());
            plan.provided("it is set to nothing")
                    .inPipeline(secrets.empty() + (situation.isUnseen() ? secrets.ofRun() : ""));
        }
        plan.provided("no token is stored yet");
        newToken();
        boolean missing = situation.isHere() && !there.variableSet() && !there.variableEmpty() && !there.unprotected();
        return missing && canEnroll()
                ? plan.provided("the repository is enrolled")
                        .put("attestations need this and no secret", secrets.federated())
                : plan;
    }

    /** Whether a token that the job requests would do. GitHub's lives for minutes, and GitLab's as long as the job may. */
    private boolean canEnroll() {
        boolean mints = place == Place.GITHUB && !there.ownGithub() && !there.canMint() && demand.remaining() == 0;
        return (demand.open() || demand.accepts(Audience.GENERIC)) && (mints || place == Place.GITLAB);
    }

    /** Nobody can tell what such a change does with a token. */
    private Draft skipFork() {
        String changes = place == Place.GITLAB ? "merge" : "pull";
        return plan.put("skip the job for " + changes + " requests from forks, which get no secrets", secrets.skip());
    }

    /** A CI provider's token, which lives for minutes and is requested anew. */
    private Draft requestFederated() {
        if (there.fork()) {
            return skipFork();
        }
        if (place == Place.GITHUB && there.ownGithub()) {
            return apiToken("the CLI takes a token of GitHub's own only from github.com");
        }
        if (place == Place.GITLAB) {
            return plan.put("start the job again; its `id_tokens` give it a new token", secrets.federated());
        }
        if (place != Place.GITHUB) {
            return plan.inPipeline(
                    "no login can replace it: let the job request a new token, for the audience chainloop, just before it"
                            + " is used");
        }
        boolean set = situation.isHere() && used.isFrom(SourceKind.ENVIRONMENT);
        String what = (set ? "remove CHAINLOOP_TOKEN from the job: attestation" : "attestation") + " commands ";
        if (set && there.canMint()) {
            return plan.inPipeline(what + "then request a token of their own");
        }
        return plan.put(
                set || used.jwt().isEmpty() || used.api().isPresent()
                        ? what + "request a token by themselves if the job has this line"
                        : "request the token just before it is used, since it lives for five minutes; the job needs this"
                                + " line",
                secrets.federated());
    }

    private Draft requestAudience() {
        boolean gitlab = place == Place.GITLAB || used.claims().has("namespace_id");
        return gitlab
                ? plan.put(
                        "name the audience in the job",
                        SecretStore.of(Place.GITLAB).federated())
                : plan.inPipeline(
                        "request the token for the audience chainloop: add `&audience=chainloop` to the URL of the request");
    }

    // ---------- the value

    private Draft expand() {
        if (used.isFrom(SourceKind.CONFIG) && person) {
            return token();
        }
        return used.isFrom(SourceKind.ENVIRONMENT) && !person
                ? handIn()
                : plan.here(
                        "put the token itself in the place of its name: a shell expands `$NAME`, but not in single quotes,"
                                + " and a GitHub workflow `${{ secrets.NAME }}`; a config file expands nothing");
    }

    /** The token stands in the value, perhaps encoded or beside another, so no new one is made. */
    private Draft storeAlone() {
        if (used.isFrom(SourceKind.CONFIG)) {
            return person ? token() : plan.here("store only the token in the config file, between one pair of quotes");
        }
        if (situation.isKeptElsewhere()) {
            return plan.here("give the token alone");
        }
        boolean single = used.malformed().isPresent() && used.malformed().get().single();
        boolean pod = place == Place.POD || place == Place.TEKTON;
        if ((person || pod) && there.posix() && (situation.isBroken() || single)) {
            String alone =
                    (pod ? STORED : "printf %s \"$CHAINLOOP_TOKEN\" | ") + (situation.isBroken() ? JOINED : ALONE);
            return plan.atVariable(
                    "keep only the token" + (pod ? " in " + secrets.kept() : ", here and where the variable is set"),
                    Commands.kept(alone, store().orElseThrow()));
        }
        return stored(
                situation.isBroken()
                        ? "store the token in one line"
                        : used.contained().isPresent()
                                ? "store the token"
                                : "store one token, decoded and in one line,");
    }

    /** No command gives the value back: whoever kept the token stores it again, and who did not uses another, or makes one. */
    private Draft storeWhole(String what) {
        if (used.isFrom(SourceKind.CONFIG)) {
            return token();
        }
        if (used.isFrom(SourceKind.STDIN) && !evidence.seen().asked() && there.variableSet()) {
            return plan.here(
                    "add `</dev/null` or `--source env`: then stdin is left alone, and $CHAINLOOP_TOKEN is judged");
        }
        if (situation.isKeptElsewhere()) {
            return plan.here("give " + what + " and nothing else, as it was printed when it was created");
        }
        stored("store " + what).provided("nobody kept it");
        Optional<Candidate> other = situation.other();
        if (other.isPresent()) {
            return use(other.get());
        }
        return person && demand.accepts(Audience.USER) ? logIn() : newToken();
    }

    private Draft stored(String sentence) {
        String alone = sentence + " as " + secrets.kept() + ", and nothing else";
        if (place == Place.GITHUB) {
            String asking = "gh secret set CHAINLOOP_TOKEN" + cli.repository();
            return situation.isBroken()
                    ? plan.atVariable(alone + "; paste it, and end with Ctrl-D", JOINED + " | " + asking)
                    : plan.atVariable(alone + "; this command asks for it", asking);
        }
        String exactly = alone + ", not even a line end (`echo` adds one, `printf %s` does not)";
        return secrets.restart().isPresent()
                ? plan.atVariable(exactly + "; then restart", secrets.restart().get())
                : plan.atVariable(exactly);
    }

    // ---------- organizations and projects

    private Draft chooseOrganization() {
        if (used.api().isPresent() && used.api().get().isOfInstance()) {
            return plan.here("add `--org` with the organization's name to the command");
        }
        Optional<Organization> told = evidence.otherOrganization();
        if (told.isPresent()) {
            return plan.here("use a token of " + told.get().name().orElseThrow() + ", or take the organization out of "
                    + told.get().where());
        }
        if (used.api().isPresent() || !person) {
            return plan.here("name the token's own organization with `--org`, or use a token of the one that is meant");
        }
        Optional<Organization> first = evidence.seen().organization(used.token(), true);
        boolean kept = first.isEmpty() || first.get().from() == Organization.From.CONFIG;
        return plan.here(
                "see which organizations are yours, and choose one"
                        + (kept ? "" : ", also in " + first.get().where()),
                cli.of("organization list"),
                cli.of("organization set --name ORGANIZATION"));
    }

    private Draft useInScope() {
        if (!(used.token().orElse(null) instanceof ApiToken api)) {
            return plan.here("use a token of the organization, project or workflow that the command names");
        }
        boolean workflow = api.workflow().isPresent();
        String what = workflow ? "workflow" : "project";
        Optional<String> own =
                (workflow ? api.workflow() : api.project()).name().filter(Form::isLabel);
        plan.provided("the command names the wrong " + what)
                .here("name one that the token is for with `--" + what + (own.isPresent() ? " " + own.get() : "")
                        + "`");
        if (situation.tokenWorks()) {
            return plan;
        }
        plan.provided("the other " + what + " is meant");
        return tokenBeside(api);
    }

    /** One for another project, beside the one at hand, which works where it is. */
    private Draft tokenBeside(ApiToken api) {
        Optional<String> project = api.workflow().isPresent() ? project(api) : Optional.of(Commands.PROJECT);
        String create = cli.create("NAME", project, api.organization().name(), demand.expiration());
        beforeManaging();
        return managed(
                "create an API token for it" + demand.remark()
                        + (person ? ", and hand" : ", store it as a secret of its own, and hand")
                        + " what that prints to that command alone",
                withoutVariable(create));
    }

    /** The organization in use, by its name where that is known. */
    private String organization() {
        return used.organization()
                .or(() -> evidence.seen().organization(used.token(), false).flatMap(Organization::name))
                .filter(Form::isLabel)
                .orElse("the organization");
    }

    // ---------- the server

    /** A token of another installation is not replaced here, but a token of a project stays one. */
    private Draft checkControlPlane() {
        Optional<Host> host = evidence.seen().host().filter(one -> situation.isHere());
        String which = host.map(one -> one.address() + " (" + one.from() + ")")
                .orElse("the control plane in use" + (situation.isHere() ? "" : " there")
                        + " (CHAINLOOP_CONTROL_PLANE_API, else `control-plane.api` in the CLI's config file)");
        boolean login = used.isMatched(Audience.USER);
        if (place == Place.ELSEWHERE) {
            return plan.here("check that the token was created at " + which
                    + "; if it was, create an API token, and store it as " + secrets.kept());
        }
        plan.here("check that " + (login ? "you logged in at " : "the token was created at ") + which
                        + "; if it was elsewhere, set CHAINLOOP_CONTROL_PLANE_API to that address")
                .provided("it was there");
        if (situation.tokenWorks()) {
            return plan.here("ask it about the token", "chainloop-token ask");
        }
        return person && (login || situation.isUnseen()) ? logIn().atMost(2) : newToken();
    }

    private Draft goHome() {
        plan.provided("you mean the control plane in the config file");
        return person && (there.posix() || there.fish())
                ? plan.here("remove the variable, here and where it is set", unset(Host.VARIABLE))
                : plan.atVariable("remove " + Host.VARIABLE + " where it is set");
    }
}
