package dev.chainloop.token.advice;

import dev.chainloop.token.core.ApiToken;
import dev.chainloop.token.core.Audience;
import dev.chainloop.token.diagnosis.Candidate;
import dev.chainloop.token.diagnosis.Cure;
import dev.chainloop.token.diagnosis.Redaction;
import dev.chainloop.token.diagnosis.Status;
import dev.chainloop.token.source.Origin;
import dev.chainloop.token.source.Place;
import dev.chainloop.token.source.SourceKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** How to get a token that will do: a token that is here, a login, an API token or a federated token. */
record Renewal(PlanContext facts, Draft plan, Commands cli) {
    private static final String NOBODY = "nobody can log in here";

    /** Where a job finds a login, which is sent before a token of the job's own. */
    private static final String LOG_OUT = "log out on this runner (`chainloop config reset`)";

    /** The files where a shell or a project may set the variable; the user sees which do. */
    private static final String WHERE_SET = " ~/.bashrc ~/.bash_profile ~/.profile ~/.zshrc ~/.zshenv .envrc .env";

    static final String EVERYWHERE = " from this shell and from whatever sets it";

    /** A token that is already here, else one of the same kind, else one of another kind. */
    Draft token() {
        WantedToken wanted = facts.wanted();
        Optional<Candidate> other = facts.other();
        if (other.isPresent()) {
            return use(other.get());
        }
        Optional<Audience> kind = facts.used().matched();
        if (kind.isPresent() && wanted.accepts(kind.get())) {
            Optional<ApiToken> api = facts.used().api();
            return switch (kind.get()) {
                case API_TOKEN -> api.isPresent() && wanted.isMetBy(api.get()) ? replace(api.get()) : newToken();
                case USER -> logIn();
                case GENERIC -> requestFederated();
            };
        }
        if (facts.hasPerson() && wanted.accepts(Audience.USER)) {
            return logIn();
        }
        return wanted.accepts(Audience.GENERIC) && !wanted.accepts(Audience.API_TOKEN)
                ? requestFederated()
                : apiToken(wanted.accepts(Audience.USER) ? NOBODY : "a login lasts only a week");
    }

    // ---------- a token that is here

    /** How to use a token that was found here instead of this one. */
    Draft use(Candidate found) {
        Origin origin = found.origin().orElseThrow();
        if (origin.kind() == SourceKind.ENVIRONMENT) {
            return setTo(origin, found.isKind(Audience.GENERIC));
        }
        if (found.isKind(Audience.USER)) {
            return workWithLogin();
        }
        String use = "use the token in " + origin.noun();
        String config = cli.namedConfig();
        return facts.used().isFrom(SourceKind.CONFIG)
                ? plan.here(LOG_OUT + ", and " + use)
                : removeStaleVariable(use + (config.isEmpty() ? "" : ", with" + config));
    }

    /** Passes the value of another variable to the CLI; {@code minted}: the job itself made it, so it is not stored. */
    private Draft setTo(Origin origin, boolean minted) {
        Place place = facts.place();
        if (place == Place.GITLAB && minted) {
            return plan.put(
                    "name the token $GITLAB_OIDC, not " + origin.noun(),
                    cli.secrets().federated());
        }
        String variable = origin.name();
        String sentence = "use the token in " + origin.noun();
        boolean expands = variable.matches("[A-Za-z_][A-Za-z0-9_]*");
        if (!expands || place == Place.POD || place == Place.CONTAINER || place == Place.SERVICE) {
            return plan.atVariable(sentence + ": rename the variable to CHAINLOOP_TOKEN where it is set");
        }
        if (place == Place.GITHUB && !minted) {
            return plan.put(
                    "pass the token in " + origin.noun() + " to the step under the name that the CLI reads",
                    "env:",
                    "  CHAINLOOP_TOKEN: ${{ secrets." + variable + " }}");
        }
        if (place == Place.GITLAB) {
            return plan.put(sentence, "variables:", "  CHAINLOOP_TOKEN: $" + variable);
        }
        String export = "export CHAINLOOP_TOKEN=\"$" + variable + "\"";
        if (!facts.there().posix()) {
            return plan.here(sentence);
        }
        return facts.hasPerson() ? plan.here(sentence, export) : plan.put(sentence, export);
    }

    /** Removes the variable, so that the source after it counts; a command finds where it is set. */
    private Draft removeStaleVariable(String what) {
        boolean sought = facts.hasPerson() && facts.there().posix();
        String files = (facts.there().direnv() ? " \"$DIRENV_FILE\"" : "") + WHERE_SET;
        return sought ? removeVariable(what, "grep -ls CHAINLOOP_TOKEN" + files) : removeVariable(what);
    }

    /** Removes the variable, which overrides all else, also from where it is set, or the next shell has it again. */
    private Draft removeVariable(String what, String... commands) {
        String found = commands.length > 0 && commands[0].startsWith("grep")
                ? " (the second command looks for the file that does)"
                : "";
        String from = facts.hasPerson() ? EVERYWHERE + found : " from the job";
        return plan.atVariable(
                "remove CHAINLOOP_TOKEN" + from + ", and " + what, cli.unset("CHAINLOOP_TOKEN", commands));
    }

    // ---------- a login

    /** If nobody can log in, an API token takes its place. */
    Draft logIn() {
        boolean ofConfig = facts.used().isFrom(SourceKind.CONFIG);
        if (facts.place() == Place.JOB && ofConfig) {
            // A script that works today is run by somebody who is logged in.
            if (facts.tokenWorks() || !facts.wanted().allows(Audience.API_TOKEN)) {
                return plan.atLogin("log in where this runs", cli.login());
            }
            plan.provided("you work on this machine").atLogin("log in again", cli.login());
            plan.provided("nobody does");
            return newToken();
        }
        if (!facts.hasPerson()) {
            return apiToken(NOBODY);
        }
        if (facts.there().sudo().isPresent() && ofConfig) {
            withoutSudo().provided("you want to work as " + sudo());
        }
        boolean wins = facts.there().variableSet() && !facts.isKeptElsewhere();
        return wins ? removeVariable("log in", cli.login()) : plan.here("log in", cli.login());
    }

    Draft withoutSudo() {
        return plan.here(
                "run the command without `sudo`, or let `sudo` keep the variable (it drops CHAINLOOP_TOKEN, and the CLI"
                        + " then reads the config file of " + sudo() + ")",
                "sudo --preserve-env=CHAINLOOP_TOKEN COMMAND");
    }

    /** As whom {@code sudo} runs this. */
    private String sudo() {
        return Redaction.of(facts.there().sudo().orElseThrow(), "another user");
    }

    Draft workAsPerson() {
        if (!facts.hasPerson()) {
            return plan.atLogin("run that command on your own machine while logged in: it requires a user token");
        }
        return facts.isLoggedIn() && facts.there().variableSet() ? workWithLogin() : logIn();
    }

    Draft workWithLogin() {
        return removeStaleVariable("use your login");
    }

    // ---------- an API token

    /** An API token in place of a token of another kind. */
    private Draft apiToken(String why) {
        return facts.wanted().allows(Audience.API_TOKEN)
                ? newToken()
                : plan.atLogin(why + ": let this check accept an API token (`--type api-token`)"
                        + (why.equals(NOBODY) ? ", or run it where somebody is logged in" : ""));
    }

    /** Replaces an API token. An expired token keeps its name until it is revoked, so that comes first; a working one is revoked last. */
    private Draft replace(ApiToken old) {
        boolean part = old.workflow().isPresent() || old.isOfProduct() || old.isOfInstance();
        if (part || !facts.used().unreadableScope().isEmpty()) {
            return plan.byAdministrator(
                    old.isOfInstance()
                            ? "ask an administrator of the instance to create it again (`chainloop admin api-token create`, a command"
                                    + " that only the CLI of the Chainloop platform has)"
                            : "ask whoever created it to create it again: no CLI command can set this scope");
        }
        beforeManaging();
        Optional<String> organization = old.organization().name();
        String revoke = cli.withoutVariable(cli.revoke(old));
        boolean given = facts.used().isGiven();
        if (facts.used().isExpired()) {
            if (given) {
                managed(
                        "check that this token is in the list and is yours, because anyone could have written its claims",
                        cli.withoutVariable(cli.list()));
            }
            String again = "revoke the expired token to free its name, and create it again";
            return make(again, cli.name(true), project(old), organization, revoke);
        }
        make("create a replacement", cli.name(false), project(old), organization)
                .provided("nothing uses the old one any more, not even an open attestation");
        if (given) {
            String list = cli.withoutVariable(cli.list());
            return plan.atLogin("revoke it, but only if the list shows that it is yours", list, revoke);
        }
        // By then the new API token is in the variable, and it may not revoke others.
        return plan.atLogin("revoke it", facts.hasPerson() ? Commands.WITHOUT_VARIABLE + cli.revoke(old) : revoke);
    }

    /** Creates an API token for the project and organization that are demanded, else for those of the token at hand. */
    Draft newToken() {
        Candidate used = facts.used();
        WantedToken wanted = facts.wanted();
        beforeManaging();
        if (facts.isUnseen() && cli.cure() != Cure.HAND_IN) {
            return replaceUnseen();
        }
        Optional<String> project = used.api().isPresent() ? project(used.api().get()) : Optional.empty();
        // The names of another installation mean nothing here.
        boolean elsewhere = cli.cure() == Cure.CHECK_CONTROL_PLANE;
        Optional<String> organization = elsewhere ? Optional.empty() : used.organization();
        boolean known = cli.cure().isOfNoValue()
                || used.status() == Status.NONE
                || used.jwt().isPresent();
        // Its name is free again on the server.
        boolean gone = cli.cure() == Cure.RECREATE_API_TOKEN;
        boolean handedIn = facts.isKeptElsewhere() || cli.cure().isOfNoValue() || !cli.isFirst();
        if (!handedIn && !cli.secrets().lines().isEmpty()) {
            plan.put(cli.secrets().unset(), cli.secrets().lines());
        }
        return make(
                "create an API token" + (known ? "" : " with a name that is not in the list"),
                known ? cli.name(gone) : "NAME",
                wanted.project().isPresent() ? wanted.project() : project,
                wanted.organization().isPresent() ? wanted.organization() : organization,
                known ? new String[0] : new String[] {cli.withoutVariable(cli.list())});
    }

    /** A new token in place of one of which only the list shows whether it still works. */
    private Draft replaceUnseen() {
        if (facts.place() == Place.ELSEWHERE) {
            return plan.here(
                    "create an API token, and store it as " + cli.secrets().kept());
        }
        managed("list the API tokens", cli.withoutVariable(cli.list()));
        String sentence = "create a token with an unused name" + facts.wanted().remark() + cli.storing();
        String create = cli.stored(cli.create("NAME", Optional.empty(), Optional.empty()));
        return plan.atLogin(sentence, create);
    }

    /** A token for something else, beside the token at hand, which works where it is. */
    Draft tokenBeside(String purpose, Optional<String> project) {
        beforeManaging();
        return managed(
                "create an API token " + purpose + facts.wanted().remark()
                        + (facts.hasPerson() ? "; use it" : "; store the output under another name, and use it")
                        + " for this command only (an open attestation must begin again)",
                cli.create("NAME", project, facts.used().organization()));
    }

    /** Creates a token after other commands, and stores it. */
    private Draft make(
            String what, String name, Optional<String> project, Optional<String> organization, String... before) {
        plan.endsElsewhere |= facts.isKeptElsewhere();
        List<String> run = new ArrayList<>(List.of(before));
        run.add(cli.stored(cli.create(name, project, organization)));
        return managed(what + facts.wanted().remark() + cli.storing(), run.toArray(before));
    }

    /** The token's project, if it is for a single one. */
    private Optional<String> project(ApiToken api) {
        Optional<String> name = cli.cure() == Cure.CHECK_CONTROL_PLANE
                ? Optional.empty()
                : api.project().name();
        return api.isOfProject() ? Optional.of(name.orElse(Commands.PROJECT)) : Optional.empty();
    }

    /** Managing tokens takes a login, and no variable that overrides it, unless that variable stays in use. */
    private void beforeManaging() {
        boolean loggedIn = facts.isLoggedIn() || facts.evidence().inputs().asked();
        boolean wins = facts.there().variableSet() && !cli.staysInUse();
        if (facts.hasPerson() && wins && loggedIn) {
            removeVariable("use your login to create tokens");
        } else if (facts.hasPerson() && wins) {
            removeVariable("log in to create tokens", cli.login());
        } else if (facts.hasPerson() && !loggedIn) {
            plan.here("log in to create tokens", cli.withoutVariable(cli.login()));
        }
    }

    /** A step that manages tokens, on the reader's own machine if nobody can log in there. */
    private Draft managed(String what, String... commands) {
        Optional<String> host = cli.host();
        String login = "on your own machine, while logged in" + (host.isEmpty() ? "" : " to " + host.get());
        return plan.atLogin(facts.hasPerson() ? what : login + ", " + what, commands);
    }

    // ---------- a CI provider's

    /** A federated token, which expires after minutes and is requested anew. */
    Draft requestFederated() {
        Place place = facts.place();
        Candidate used = facts.used();
        if (facts.there().fork()) {
            return skipFork();
        }
        if (facts.there().ownGithub()) {
            return apiToken("the CLI accepts GitHub's federated tokens only from github.com");
        }
        if (place == Place.GITLAB) {
            return plan.put(
                    "run the job again; its `id_tokens` give it a new token",
                    cli.secrets().federated());
        }
        if (place != Place.GITHUB) {
            return plan.put("a login cannot replace it: let the job request a new token for the audience chainloop just"
                    + " before using it");
        }
        boolean set = facts.isHere() && used.isFrom(SourceKind.ENVIRONMENT);
        boolean login = facts.isHere() && used.isFrom(SourceKind.CONFIG);
        String first = set ? "remove CHAINLOOP_TOKEN from the job" : login ? LOG_OUT : "";
        if ((set || login) && facts.there().canMint()) {
            return plan.put(first + ": attestation commands then request their own token");
        }
        return plan.put(
                set || !used.isMatched(Audience.GENERIC)
                        ? first + (first.isEmpty() ? "" : ", and ") + "let attestation commands request a token"
                                + " themselves: give the job (and a workflow that calls it) this line"
                        : "request the token just before using it, because it expires after five minutes; the job"
                                + " needs this line",
                cli.secrets().federated());
    }

    /** Nobody can tell what such a change does with a token. */
    Draft skipFork() {
        String changes = facts.place() == Place.GITLAB ? "merge" : "pull";
        return plan.put(
                "skip the job for " + changes + " requests from forks, which get no secrets",
                cli.secrets().skip());
    }
}
