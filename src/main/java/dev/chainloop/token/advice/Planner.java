package dev.chainloop.token.advice;

import dev.chainloop.token.advice.Step.Where;
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
    /** A job that names one permission has no others. */
    private static final List<String> GITHUB_TOKEN = List.of("permissions: {contents: read, id-token: write}");

    private static final List<String> GITLAB_TOKEN = List.of("id_tokens:", "  GITLAB_OIDC:", "    aud: chainloop");

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
    }

    /** Whether the place where the new token is kept is known only to the user; asked after {@link #steps}. */
    boolean isOfUnknownPlace() {
        return place == Place.ELSEWHERE || (made && isKeptElsewhere());
    }

    List<Step> steps() {
        List<Step> steps = all();
        Step last = steps.get(steps.size() - 1);
        if (!situation.isUnseen() || endsWithRun()) {
            return steps;
        }
        boolean unknown = place == Place.ELSEWHERE;
        String again = ". Then run the " + (place.isCi() || unknown ? "job" : "command") + " again";
        return unknown
                ? List.of(steps.get(0).ending(again, true))
                : both(steps.subList(0, steps.size() - 1), List.of(last.ending(again, false)));
    }

    /** Whether the steps say themselves that it is run again, or need no run. */
    private boolean endsWithRun() {
        return switch (cure) {
            case GIVE_LINE, TRY_AGAIN -> true;
            case REQUEST_FEDERATED -> place == Place.GITLAB;
            default -> false;
        };
    }

    private List<Step> all() {
        if (cure.isOfToken() && hasUnsentLogin()) {
            return workWithLogin();
        }
        if (isSentAstray() && (cure.getsToken() || cure == Cure.CHECK_CONTROL_PLANE)) {
            boolean ended = cure.getsToken() || used.expired().orElse(false);
            return ended ? both(goHome(), logIn().subList(0, 1)) : goHome();
        }
        return cured();
    }

    private List<Step> cured() {
        return switch (cure) {
            // What keeps a source from being read.
            case WAIT_FOR_WRITER -> one("wait until other chainloop commands have finished, then run this again");
            case MEND_CONFIG -> mendConfig();
            case OWN_CONFIG ->
                one(
                        "give the Chainloop CLI a folder for its config file that it can write: set XDG_CONFIG_HOME or HOME");
            case MEND_SOURCE -> one("make sure that it exists and can be read, then run this again");
            case READ_OTHER_CONFIG -> readOtherConfig();

            // No value.
            case HAND_IN -> person ? token() : handIn();
            case FILL_STDIN ->
                one(
                        "look at the command on the left of the pipe, which printed no token: the variable that it prints may"
                                + " be unset");

            // A CI provider's token.
            case REQUEST_AUDIENCE -> demand.open() || demand.accepts(Audience.GENERIC) ? requestAudience() : token();
            case REQUEST_FEDERATED ->
                demand.accepts(Audience.GENERIC) && other().isEmpty() ? requestFederated() : token();
            case ALLOW_FEDERATED ->
                Step.provided(
                        "the job only makes attestations",
                        one(
                                "add `--allow-federated`, since the CLI requests a token by itself; for other commands, store an API token as "
                                        + secrets.kept()));

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
            case SET_VARIABLE -> Step.provided("you mean that token", one("set CHAINLOOP_TOKEN to it"));
            case LEAVE_OUT_OPTION ->
                one("leave out `--token`, or check that the variable behind it is set, and put it in quotes");
            case CHOOSE_ORGANIZATION -> chooseOrganization();
            case USE_IN_SCOPE -> useInScope();
            case KEEP_ONE_TOKEN ->
                one(
                        "finish the attestation with the token that began it, or begin a new one",
                        cli.of("attestation init --remote-state --workflow WORKFLOW --project PROJECT"));
            case LIST_TOKENS ->
                Step.provided(
                        "you were creating an API token",
                        one(
                                "see which exist, and in which organization; choose another name, or revoke the one that"
                                        + " has it if the list shows that it has ended",
                                cli.list()));

            // The control plane, and who runs it.
            case CHECK_CONTROL_PLANE -> checkControlPlane();
            case GIVE_OTHER_KEY ->
                one(
                        "give the key that the token's issuer signs with; if it was that key, do not use the token: it is forged, or of"
                                + " another installation");
            case ENROLL ->
                at(
                        Where.ADMINISTRATOR,
                        "ask an administrator of " + organization()
                                + " to enroll the repository and connect it to the project;"
                                + " with a self-hosted open-source control plane, use an API token instead");
            case UPDATE_CLI ->
                one("update the Chainloop CLI: since v1.100.10, $CHAINLOOP_TOKEN wins over a login, and later versions"
                        + " know more kinds of token");
            case ASK_FOR_ROLE ->
                at(
                        Where.ADMINISTRATOR,
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
                at(
                        Where.ADMINISTRATOR,
                        person
                                ? "a new token will not help: ask to be invited, or create an organization of your own"
                                : "store an API token of the organization as " + secrets.kept()
                                        + ": a person's needs a membership");
            case ASK_ADMINISTRATOR ->
                at(Where.ADMINISTRATOR, "a new token will not help: ask whoever runs the control plane");
            case TRY_AGAIN -> one("run the command again; if it fails again, tell whoever runs the control plane");

            // Where nothing certain is known.
            case LOOK_THERE ->
                one(
                        used.malformed().isPresent()
                                ? "see what each source holds"
                                : evidence.seen().asked()
                                        ? "see what the other sources hold"
                                        : "see which token is used where the command failed",
                        "chainloop-token sources");
            case ASK_SERVER -> one("ask the control plane itself about the token", "chainloop-token ask");
            case GIVE_LINE ->
                one(
                        "give the Chainloop CLI's whole line, which begins with `ERR` or `Error`. If there is no such line,"
                                + " another program failed. This lists all known messages",
                        "chainloop-token explain --list");

            // Beside any other.
            case SET_CLOCK -> one("compare this machine's clock with the true time; if it is wrong, set it");
            case CLOSE_CONFIG -> one("make the file readable only for you", "chmod 600 " + configFile());
        };
    }

    // ---------- the sources

    private List<Step> mendConfig() {
        if (!person) {
            return one("correct the config file that this job reads, or remove it");
        }
        // The CLI makes a new file only in its own place.
        if (!there.posix() || !cli.namedConfig().isEmpty()) {
            return one("correct the file, or move it away and log in again");
        }
        String move = "mv " + configFile() + " " + configFile() + ".old";
        return there.variableSet()
                ? one("correct the file, or do without it", move)
                : one("correct the file, or log in to the default control plane with a new one", move, cli.login());
    }

    private String configFile() {
        Optional<SourceReading> reading = evidence.seen().reading(SourceKind.CONFIG);
        return reading.isPresent() ? cli.path(reading.get().origin().name()) : "FILE";
    }

    private List<Step> readOtherConfig() {
        if (there.sudo().isPresent()) {
            return withoutSudo();
        }
        if (there.homeUnknown() || evidence.seen().otherConfigs().isEmpty()) {
            return one("set HOME to the home folder of the user who logged in, or set CHAINLOOP_TOKEN to an API token");
        }
        String file = cli.path(evidence.seen().otherConfigs().get(0).toString());
        return one(
                there.configHome()
                        ? "unset XDG_CONFIG_HOME, or add `--config " + file + "` to commands"
                        : "add `--config " + file + "` to commands, or move the file to where it is read");
    }

    /** As whom {@code sudo} runs this. */
    private String sudo() {
        return Redaction.of(there.sudo().orElseThrow(), "another user");
    }

    private List<Step> withoutSudo() {
        return one(
                "run the command without `sudo`, which drops CHAINLOOP_TOKEN and reads the config file of " + sudo()
                        + ", or have it keep the variable",
                "sudo --preserve-env=CHAINLOOP_TOKEN COMMAND");
    }

    // ---------- a token that is here, or a new one

    /** A token that will do: one that is already here, else one of the same kind, else of another. */
    private List<Step> token() {
        Optional<Candidate> other = other();
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

    /** A token that was found here and will do, unless the user gave the one at hand. */
    private Optional<Candidate> other() {
        if (!situation.isHere() || used.isGiven() || evidence.seen().asked()) {
            return Optional.empty();
        }
        List<Candidate> all = both(evidence.candidates(), evidence.strays());
        // Only a variable's token is sent instead of the config file's.
        boolean ofConfig = used.isFrom(SourceKind.CONFIG);
        for (Candidate one : all) {
            boolean counts = !ofConfig || one.isFrom(SourceKind.ENVIRONMENT);
            if (counts && one.isUsable() && !one.secret().equals(used.secret()) && meetsDemand(one)) {
                return Optional.of(one);
            }
        }
        return Optional.empty();
    }

    private boolean meetsDemand(Candidate one) {
        // A login will do for a token that is of no use, unless another kind is asked for.
        boolean instead = demand.open() && !situation.tokenWorks() && isLogin(one);
        return (instead || demand.isMetBy(one.token().orElseThrow()))
                && demand.isOutlastedBy(one, used)
                && (!demand.isScoped() || one.unreadableScope().isEmpty())
                // A person's login is not for a place where nobody is.
                && (person || !one.isKind(Audience.USER));
    }

    /** Whether somebody is logged in here, with a token that has no error. */
    private boolean isLoggedIn() {
        Optional<Candidate> login = evidence.candidate(SourceKind.CONFIG);
        return login.isPresent() && login.get().isUsable() && isLogin(login.get());
    }

    private static boolean isLogin(Candidate one) {
        return one.isFrom(SourceKind.CONFIG) && one.isKind(Audience.USER);
    }

    /** How to use a token that was found here instead of this one. */
    private List<Step> use(Candidate found) {
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
    private List<Step> setTo(Origin origin, boolean made) {
        if (place == Place.GITLAB && made) {
            return put("rename the token that is now in " + origin.noun(), GITLAB_TOKEN);
        }
        String variable = origin.name();
        String sentence = "use the token in " + origin.noun();
        if (!ShellWord.isName(variable) || place == Place.POD || place == Place.CONTAINER || place == Place.SERVICE) {
            return at(whereSet(), sentence + ": name the variable CHAINLOOP_TOKEN where it is set");
        }
        if (place == Place.GITHUB && !made) {
            return put(
                    sentence + ": hand it to the step by the name that the CLI reads",
                    List.of("env:", "  CHAINLOOP_TOKEN: ${{ secrets." + variable + " }}"));
        }
        if (place == Place.GITLAB) {
            return put(sentence, List.of("variables:", "  CHAINLOOP_TOKEN: $" + variable));
        }
        String export = "export CHAINLOOP_TOKEN=\"$" + variable + "\"";
        if (!there.posix()) {
            return one(sentence);
        }
        return person ? one(sentence, export) : put(sentence, List.of(export));
    }

    // ---------- a login

    /** Where nobody can log in, an API token takes its place. */
    private List<Step> logIn() {
        if (place == Place.JOB && situation.tokenWorks() && used.isFrom(SourceKind.CONFIG)) {
            // A script that works today is run by somebody who is logged in.
            return at(Where.OWN_MACHINE, "log in where this runs", cli.login());
        }
        if (!person) {
            return apiToken(NOBODY);
        }
        List<Step> login = there.variableSet() && !isKeptElsewhere()
                ? removeVariable("log in", cli.login())
                : one("log in", cli.login());
        if (there.sudo().isPresent() && used.isFrom(SourceKind.CONFIG)) {
            return both(withoutSudo(), Step.provided("you mean to work as " + sudo(), login));
        }
        return login;
    }

    private List<Step> workAsPerson() {
        if (!person) {
            return at(Where.OWN_MACHINE, "run that command on your own machine, logged in: it is for people");
        }
        return isLoggedIn() && there.variableSet() ? workWithLogin() : logIn();
    }

    /** An API token in the place of another kind. */
    private List<Step> apiToken(String why) {
        if (demand.open() || demand.accepts(Audience.API_TOKEN)) {
            return newToken();
        }
        return at(atLogin(), "accept an API token (`--type api-token`), since " + why);
    }

    /** Whether a login that will do would be sent without the variable, whose value is of no use. */
    private boolean hasUnsentLogin() {
        Optional<Candidate> other = other();
        return !situation.tokenWorks()
                && used.isFrom(SourceKind.ENVIRONMENT)
                && other.isPresent()
                && isLogin(other.get());
    }

    private List<Step> workWithLogin() {
        return removeStaleVariable("work with your login");
    }

    /** Removes the variable, so that what is behind it counts; where it holds a token, a command finds where it is set. */
    private List<Step> removeStaleVariable(String what) {
        return used.jwt().isEmpty() || !person || !there.posix()
                ? removeVariable(what)
                : removeVariable(what + " (the second command finds the file that sets it)", WHERE_SET);
    }

    /** Removes the variable, which wins over all else; where it is set, too, or the next shell has it again. */
    private List<Step> removeVariable(String what, String... commands) {
        List<String> run = new ArrayList<>(List.of(commands));
        if (person && (there.posix() || there.fish())) {
            run.add(0, unset("CHAINLOOP_TOKEN"));
        }
        return at(
                whereSet(),
                "remove CHAINLOOP_TOKEN" + (person ? ", here and where it is set" : " from the job") + ", and " + what,
                run.toArray(new String[0]));
    }

    private String unset(String variable) {
        return (there.fish() ? "set -e " : "unset ") + variable;
    }

    // ---------- an API token

    /** Replaces an API token. One that has expired keeps its name until it is revoked, so that comes first; one that works is revoked last. */
    private List<Step> replace(ApiToken old) {
        boolean part = old.workflow().isPresent() || old.isOfProduct() || old.isOfInstance();
        if (part || !used.unreadableScope().isEmpty()) {
            return at(
                    Where.ADMINISTRATOR,
                    "ask whoever created it to create it again: no command of the CLI names what it is for");
        }
        if (!used.expired().orElse(false)) {
            return succeed(old);
        }
        List<Step> steps = new ArrayList<>(beforeManaging());
        String create = create(cli.name(true), project(old), old.organization().name());
        if (used.isGiven()) {
            steps.addAll(managed("see whether the token is yours: anybody could have written it", cli.list()));
        }
        steps.addAll(managed(
                "revoke the expired token, so that its name can be used again, and create it again" + demand.remark()
                        + storing(),
                withoutVariable(cli.revoke(old)),
                create));
        return steps;
    }

    /** A token that is not expired is taken away only when another is in its place. */
    private List<Step> succeed(ApiToken old) {
        List<Step> steps = new ArrayList<>(beforeManaging());
        steps.addAll(managed(
                "create a replacement" + demand.remark() + storing(),
                create(cli.name(false), project(old), old.organization().name())));
        String revoke = cli.revoke(old);
        steps.addAll(Step.provided(
                "nothing uses the old one any more, not even an attestation that is still open",
                used.isGiven()
                        ? at(
                                atLogin(),
                                "revoke it, but only if the list shows that it is yours",
                                withoutVariable(cli.list()),
                                withoutVariable(revoke))
                        // By then the new API token is in the variable, and it may not revoke others.
                        : at(
                                atLogin(),
                                "revoke it",
                                person ? Commands.WITHOUT_VARIABLE + revoke : withoutVariable(revoke))));
        return steps;
    }

    /** Creates an API token for the project and organization that are demanded, else for those of the token at hand. */
    private List<Step> newToken() {
        Optional<String> project = used.api().isPresent() ? project(used.api().get()) : Optional.empty();
        Optional<String> organization = isForeign() ? Optional.empty() : used.organization();
        boolean free = cure == Cure.RECREATE_API_TOKEN || used.api().isEmpty();
        boolean known = hadNoValue()
                || used.status() == Status.NONE
                || (used.jwt().isPresent() && used.jwt().get().decoded().signed());
        List<Step> steps = new ArrayList<>(beforeManaging());
        if (situation.isUnseen() && cure != Cure.HAND_IN) {
            return replaceUnseen(steps);
        }
        String create = create(
                known ? cli.name(free) : "NAME",
                demand.project().isPresent() ? demand.project() : project,
                demand.organization().isPresent() ? demand.organization() : organization);
        String what = "create an API token" + (known ? "" : " by a name that the list does not have") + demand.remark()
                + storing();
        steps.addAll(known ? managed(what, create) : managed(what, withoutVariable(cli.list()), create));
        if (!person && !hadNoValue() && isFirst() && store().isPresent()) {
            steps.addAll(put(secrets.unset(), secrets.lines()));
        }
        return steps;
    }

    /** One in the place of a token of which only the list tells whether it lives. */
    private List<Step> replaceUnseen(List<Step> steps) {
        if (place == Place.ELSEWHERE) {
            return one("create an API token, and store it as " + secrets.kept());
        }
        steps.addAll(managed("list the API tokens", withoutVariable(cli.list())));
        String sentence = "create one by a name that is free" + demand.remark() + storing();
        String create = create("NAME", Optional.empty(), Optional.empty());
        steps.addAll(
                cure == Cure.RECREATE_API_TOKEN
                        ? at(atLogin(), sentence, create)
                        : at(
                                atLogin(),
                                sentence + "; if the list shows that the old one has ended, revoke it to free its name",
                                create,
                                withoutVariable(cli.of("org api-token revoke --id ID"))));
        return steps;
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
    private List<Step> beforeManaging() {
        boolean loggedIn = isLoggedIn() || evidence.seen().asked();
        boolean wins = there.variableSet() && !staysInUse();
        if (!person || (loggedIn && !wins)) {
            return List.of();
        }
        if (!wins) {
            return one("log in to create tokens", withoutVariable(cli.login()));
        }
        return loggedIn
                ? removeVariable("work with your login to create tokens")
                : removeVariable("log in to create tokens", cli.login());
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
    private List<Step> managed(String what, String... commands) {
        Optional<String> host = cli.host();
        String login = "on your own machine, logged in" + (host.isEmpty() ? "" : " to " + host.get());
        String sentence = person ? what : login + ", " + what;
        return at(atLogin(), sentence, commands);
    }

    // ---------- where the token is kept

    /** Whether the variable is left as it is: its token still works, or is not the one at hand. */
    private boolean staysInUse() {
        return situation.tokenWorks() || isKeptElsewhere() || cure == Cure.USE_IN_SCOPE;
    }

    /** Whether the token came by stdin or an argument, so that only the user knows where it is kept. */
    private boolean isKeptElsewhere() {
        return used.isGiven() && situation.isHere();
    }

    /** What stores the shell's {@code $token}, and has it read; empty where a person does it. */
    private Optional<String> store() {
        Optional<String> store = isFirst() ? secrets.first() : secrets.again();
        if (store.isEmpty() || isKeptElsewhere() || !there.posix()) {
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
        if (isKeptElsewhere()) {
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
        return isMinted() || (!named && (hadNoValue() || (situation.isHere() && !there.variableSet())));
    }

    /** Whether the trouble is that no value came. */
    private boolean hadNoValue() {
        return cure == Cure.HAND_IN || cure == Cure.EXPAND;
    }

    /** Whether the job itself sets the variable, to a token that its provider made. */
    private boolean isMinted() {
        return situation.isHere()
                && !person
                && used.isFrom(SourceKind.ENVIRONMENT)
                && used.issuer().orElse("").startsWith("http");
    }

    // ---------- handing in

    /** First the secret that may exist; a new token is the second step. */
    private List<Step> handIn() {
        Optional<Candidate> other = other();
        if (other.isPresent()) {
            return use(other.get());
        }
        // On Azure, the line stays: there, what is not defined stays as it is written.
        boolean set = there.variableSet() && place != Place.AZURE;
        List<Step> steps = storedOrNew();
        return set
                ? both(
                        List.of(steps.get(0).after("remove the line that now sets CHAINLOOP_TOKEN. ")),
                        steps.subList(1, steps.size()))
                : steps;
    }

    private List<Step> storedOrNew() {
        if (there.fork()) {
            return skipFork();
        }
        if (there.dependabot()) {
            return newToken();
        }
        List<Step> unset = put(secrets.unset(), secrets.lines());
        if (place == Place.ELSEWHERE) {
            return there.variableEmpty() ? at(Where.PIPELINE, secrets.empty()) : unset;
        }
        List<Step> created = Step.provided("no token is stored yet", newToken());
        if (there.unprotected()) {
            return both(
                    one("this branch"
                            + " is not protected, and a protected CI/CD variable reaches only protected branches:"
                            + " unprotect CHAINLOOP_TOKEN (Settings > CI/CD > Variables), or protect the branch"
                            + " (Settings > Repository)"),
                    created);
        }
        if (cure == Cure.EXPAND && place == Place.AZURE) {
            return both(at(Where.PIPELINE, secrets.empty()), created);
        }
        List<Step> empty = at(Where.PIPELINE, secrets.empty() + (situation.isUnseen() ? ofRun() : ""));
        if (!situation.isHere() && !there.variableEmpty()) {
            return both(
                    both(
                            Step.provided("the variable is not set there", unset),
                            Step.provided("it is set to nothing", empty)),
                    created);
        }
        if (there.variableEmpty()) {
            return both(empty, created);
        }
        boolean attests = demand.open() || demand.accepts(Audience.GENERIC);
        // GitHub's lives for minutes, and GitLab's as long as the job may.
        boolean mints = place == Place.GITHUB && !there.ownGithub() && !there.canMint() && demand.remaining() == 0;
        boolean enrolls = mints || place == Place.GITLAB;
        return both(
                both(unset, created),
                attests && enrolls && !there.variableSet()
                        ? Step.provided(
                                "the repository is enrolled",
                                put(
                                        "attestations need this and no secret",
                                        place == Place.GITHUB ? GITHUB_TOKEN : GITLAB_TOKEN))
                        : List.of());
    }

    /** What keeps a value from a run of which nothing is seen. */
    private String ofRun() {
        if (place == Place.GITHUB) {
            return ". A run for a fork's pull request gets no secret, and one for Dependabot only those that were stored with"
                    + " `--app dependabot`";
        }
        return place == Place.GITLAB
                ? ". A job on a branch that is not protected gets no protected variable, and one for a fork's merge request gets"
                        + " none"
                : "";
    }

    /** Nobody can tell what such a change does with a token. */
    private List<Step> skipFork() {
        return place == Place.GITLAB
                ? put(
                        "skip the job for merge requests from forks, which get no secrets",
                        List.of(
                                "rules: # before any others",
                                "  - if: $CI_MERGE_REQUEST_SOURCE_PROJECT_ID != $CI_MERGE_REQUEST_PROJECT_ID",
                                "    when: never"))
                : put(
                        "skip the job for pull requests from forks, which get no secrets",
                        List.of(
                                "if: github.event_name != 'pull_request' ||",
                                "  github.event.pull_request.head.repo.full_name == github.repository"));
    }

    /** A CI provider's token, which lives for minutes and is requested anew. */
    private List<Step> requestFederated() {
        if (there.fork()) {
            return skipFork();
        }
        if (place == Place.GITHUB && there.ownGithub()) {
            return apiToken("the CLI takes a token of GitHub's own only from github.com");
        }
        if (place == Place.GITLAB) {
            return put("start the job again; its `id_tokens` give it a new token", GITLAB_TOKEN);
        }
        if (place != Place.GITHUB) {
            return at(
                    Where.PIPELINE,
                    "no login can replace it: let the job request a new token, for the audience chainloop, just before it"
                            + " is used");
        }
        boolean set = situation.isHere() && used.isFrom(SourceKind.ENVIRONMENT);
        String what = (set ? "remove CHAINLOOP_TOKEN from the job: attestation" : "attestation") + " commands ";
        if (set && there.canMint()) {
            return at(Where.PIPELINE, what + "then request a token of their own");
        }
        return put(
                set || used.jwt().isEmpty() || used.api().isPresent()
                        ? what + "request a token by themselves if the job has this line"
                        : "request the token just before it is used, since it lives for five minutes; the job needs this"
                                + " line",
                GITHUB_TOKEN);
    }

    private List<Step> requestAudience() {
        boolean gitlab = place == Place.GITLAB || used.claims().has("namespace_id");
        return gitlab
                ? put("name the audience in the job", GITLAB_TOKEN)
                : at(
                        Where.PIPELINE,
                        "request the token for the audience chainloop: add `&audience=chainloop` to the URL of the request");
    }

    // ---------- the value

    private List<Step> expand() {
        if (used.isFrom(SourceKind.CONFIG) && person) {
            return token();
        }
        return used.isFrom(SourceKind.ENVIRONMENT) && !person
                ? handIn()
                : one(
                        "put the token itself in the place of its name: a shell expands `$NAME`, but not in single quotes,"
                                + " and a GitHub workflow `${{ secrets.NAME }}`; a config file expands nothing");
    }

    /** The token stands in the value, perhaps encoded or beside another, so no new one is made. */
    private List<Step> storeAlone() {
        if (used.isFrom(SourceKind.CONFIG)) {
            return person ? token() : one("store only the token in the config file, between one pair of quotes");
        }
        if (isKeptElsewhere()) {
            return one("give the token alone");
        }
        boolean single = used.malformed().isPresent() && used.malformed().get().single();
        boolean pod = place == Place.POD || place == Place.TEKTON;
        if ((person || pod) && there.posix() && (isBroken() || single)) {
            String alone = (pod ? STORED : "printf %s \"$CHAINLOOP_TOKEN\" | ") + (isBroken() ? JOINED : ALONE);
            return at(
                    whereSet(),
                    "keep only the token" + (pod ? " in " + secrets.kept() : ", here and where the variable is set"),
                    Commands.kept(alone, store().orElseThrow()));
        }
        return stored(
                isBroken()
                        ? "store the token in one line"
                        : used.contained().isPresent()
                                ? "store the token"
                                : "store one token, decoded and in one line,");
    }

    /** No command gives the value back: whoever kept the token stores it again, and who did not uses another, or makes one. */
    private List<Step> storeWhole(String what) {
        if (used.isFrom(SourceKind.CONFIG)) {
            return token();
        }
        if (used.isFrom(SourceKind.STDIN) && !evidence.seen().asked() && there.variableSet()) {
            return one("add `</dev/null` or `--source env`: then stdin is left alone, and $CHAINLOOP_TOKEN is judged");
        }
        if (isKeptElsewhere()) {
            return one("give " + what + " and nothing else, as it was printed when it was created");
        }
        Optional<Candidate> other = other();
        return both(
                stored("store " + what),
                Step.provided(
                        "nobody kept it",
                        other.isPresent()
                                ? use(other.get())
                                : person && demand.accepts(Audience.USER) ? logIn() : newToken()));
    }

    private List<Step> stored(String sentence) {
        String alone = sentence + " as " + secrets.kept() + ", and nothing else";
        if (place == Place.GITHUB) {
            String asking = "gh secret set CHAINLOOP_TOKEN" + cli.repository();
            return isBroken()
                    ? at(whereSet(), alone + "; paste it, and end with Ctrl-D", JOINED + " | " + asking)
                    : at(whereSet(), alone + "; this command asks for it", asking);
        }
        String exactly = alone + ", not even a line end (`echo` adds one, `printf %s` does not)";
        return secrets.restart().isPresent()
                ? at(whereSet(), exactly + "; then restart", secrets.restart().get())
                : at(whereSet(), exactly);
    }

    /** Whether something came into the token, such as the line ends of a narrow terminal. */
    private boolean isBroken() {
        return used.malformed().isPresent()
                && used.contained().isEmpty()
                && !used.malformed().get().around().isEmpty();
    }

    // ---------- organizations and projects

    private List<Step> chooseOrganization() {
        if (used.api().isPresent() && used.api().get().isOfInstance()) {
            return one("add `--org` with the organization's name to the command");
        }
        Optional<Organization> told = evidence.otherOrganization();
        if (told.isPresent()) {
            return one("use a token of " + told.get().name().orElseThrow() + ", or take the organization out of "
                    + told.get().where());
        }
        if (used.api().isPresent() || !person) {
            return one("name the token's own organization with `--org`, or use a token of the one that is meant");
        }
        Optional<Organization> first = evidence.seen().organization(used.token(), true);
        boolean kept = first.isEmpty() || first.get().from() == Organization.From.CONFIG;
        return one(
                "see which organizations are yours, and choose one"
                        + (kept ? "" : ", also in " + first.get().where()),
                cli.of("organization list"),
                cli.of("organization set --name ORGANIZATION"));
    }

    private List<Step> useInScope() {
        if (!(used.token().orElse(null) instanceof ApiToken api)) {
            return one("use a token of the organization, project or workflow that the command names");
        }
        boolean workflow = api.workflow().isPresent();
        String what = workflow ? "workflow" : "project";
        Optional<String> own =
                (workflow ? api.workflow() : api.project()).name().filter(Form::isLabel);
        List<Step> named = Step.provided(
                "the command names the wrong " + what,
                one("name one that the token is for with `--" + what + (own.isPresent() ? " " + own.get() : "") + "`"));
        if (situation.tokenWorks()) {
            return named;
        }
        return both(named, Step.provided("the other " + what + " is meant", tokenBeside(api)));
    }

    /** One for another project, beside the one at hand, which works where it is. */
    private List<Step> tokenBeside(ApiToken api) {
        Optional<String> project = api.workflow().isPresent() ? project(api) : Optional.of(Commands.PROJECT);
        String create = cli.create("NAME", project, api.organization().name(), demand.expiration());
        return both(
                beforeManaging(),
                managed(
                        "create an API token for it" + demand.remark()
                                + (person ? ", and hand" : ", store it as a secret of its own, and hand")
                                + " what that prints to that command alone",
                        withoutVariable(create)));
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
    private List<Step> checkControlPlane() {
        Optional<Host> host = evidence.seen().host().filter(one -> situation.isHere());
        String which = host.map(one -> one.address() + " (" + one.from() + ")")
                .orElse("the control plane in use" + (situation.isHere() ? "" : " there")
                        + " (CHAINLOOP_CONTROL_PLANE_API, else `control-plane.api` in the CLI's config file)");
        boolean login = situation.isUnseen() || used.isMatched(Audience.USER);
        if (place == Place.ELSEWHERE) {
            return one("check that the token was created at " + which
                    + "; if it was, create an API token, and store it as " + secrets.kept());
        }
        return both(
                one("check that " + (used.isMatched(Audience.USER) ? "you logged in at " : "the token was created at ")
                        + which
                        + "; if it was elsewhere, set CHAINLOOP_CONTROL_PLANE_API to that address"),
                situation.tokenWorks()
                        ? Step.provided("it was there", one("ask it about the token", "chainloop-token ask"))
                        : Step.provided("it was there", person && login ? logIn().subList(0, 1) : newToken()));
    }

    /** Whether a variable sends the login elsewhere than where its file says that it was made. */
    private boolean isSentAstray() {
        return situation.isHere()
                && used.isMatched(Audience.USER)
                && evidence.ownHost().isPresent();
    }

    private List<Step> goHome() {
        String sentence = "remove the variable, here and where it is set";
        return Step.provided(
                "you mean the control plane in the config file",
                person && (there.posix() || there.fish())
                        ? one(sentence, unset(Host.VARIABLE))
                        : at(whereSet(), "remove " + Host.VARIABLE + " where it is set"));
    }

    // ---------- forms

    private static <T> List<T> both(List<T> first, List<T> second) {
        List<T> all = new ArrayList<>(first);
        all.addAll(second);
        return all;
    }

    private List<Step> put(String sentence, List<String> lines) {
        return List.of(new Step(cure, Where.PIPELINE, Optional.empty(), sentence, List.of(), lines));
    }

    private List<Step> one(String sentence, String... commands) {
        return at(Where.HERE, sentence, commands);
    }

    private List<Step> at(Where where, String sentence, String... commands) {
        return List.of(new Step(cure, where, Optional.empty(), sentence, List.of(commands), List.of()));
    }

    /** Where the variable is set. */
    private Where whereSet() {
        return person ? Where.HERE : Where.PIPELINE;
    }

    /** Where somebody is logged in, or can log in. */
    private Where atLogin() {
        return person ? Where.HERE : Where.OWN_MACHINE;
    }
}
