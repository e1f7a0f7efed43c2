package dev.chainloop.token.advice;

import dev.chainloop.token.core.ApiToken;
import dev.chainloop.token.core.Audience;
import dev.chainloop.token.core.Form;
import dev.chainloop.token.diagnosis.Cure;
import dev.chainloop.token.diagnosis.Redaction;
import dev.chainloop.token.source.Host;
import dev.chainloop.token.source.Organization;
import dev.chainloop.token.source.Place;
import dev.chainloop.token.source.SourceKind;
import dev.chainloop.token.source.SourceReading;
import java.util.List;
import java.util.Optional;

/**
 * The steps of each cure, at most three. Short ones stand here; {@link Renewal} says how to get a token, and {@link HandIn}
 * how it gets to where it is read. The differences between places are rows of {@link SecretStore}.
 */
record Planner(PlanContext facts, Cure cure, Draft plan, Commands cli, Renewal renewal) {
    static Planner of(PlanContext facts, Cure cure) {
        Draft plan = new Draft(cure, facts.hasPerson());
        Commands cli = new Commands(facts, cure, SecretStore.of(facts.there()));
        return new Planner(facts, cure, plan, cli, new Renewal(facts, plan, cli));
    }

    List<Step> steps() {
        planned();
        // These steps say themselves that it is run again, or need no run.
        boolean endsWithRun = cure == Cure.GIVE_LINE
                || cure == Cure.TRY_AGAIN
                || (cure == Cure.REQUEST_FEDERATED && facts.place() == Place.GITLAB);
        if (facts.isUnseen() && !endsWithRun) {
            boolean unknown = facts.place() == Place.ELSEWHERE;
            boolean job = unknown || facts.place().isCi();
            plan.runAgain(" run the " + (job ? "job" : "failed command") + " again", unknown);
        }
        return plan.steps;
    }

    private Draft planned() {
        if (cure.isOfToken() && facts.hasUnsentLogin()) {
            return renewal.workWithLogin();
        }
        if (facts.isSentAstray() && (cure.getsToken() || cure == Cure.CHECK_CONTROL_PLANE)) {
            return goHome();
        }
        return switch (cure) {
            // What keeps a source from being read.
            case WAIT_FOR_WRITER -> plan.here("wait until other chainloop commands have finished, then run this again");
            case MEND_CONFIG -> mendConfig();
            case OWN_CONFIG ->
                plan.here("give the Chainloop CLI a writable folder for its config file: set XDG_CONFIG_HOME or HOME");
            case MEND_SOURCE -> plan.here("make sure that the source exists and can be read, then run this again");
            case READ_OTHER_CONFIG -> readOtherConfig();

            // No value.
            case HAND_IN -> facts.hasPerson() ? renewal.token() : handIn().missing();
            case FILL_STDIN ->
                plan.here("check the command before the pipe, which printed no token: the variable that it prints may"
                        + " be unset");

            // A CI provider's token.
            case REQUEST_AUDIENCE -> facts.wanted().allows(Audience.GENERIC) ? requestAudience() : renewal.token();
            case REQUEST_FEDERATED ->
                facts.wanted().accepts(Audience.GENERIC) && facts.other().isEmpty()
                        ? renewal.requestFederated()
                        : renewal.token();
            case ALLOW_FEDERATED ->
                plan.provided("the job only makes attestations")
                        .here(
                                "add `--allow-federated` to this check, because the CLI requests a token itself. For other"
                                        + " commands, store an API token as "
                                        + cli.secrets().kept());

            // A new token.
            case GET_TOKEN, LOG_IN, REPLACE_API_TOKEN ->
                handIn().isBehindEmptyVariable() ? handIn().missing() : renewal.token();
            case RECREATE_API_TOKEN -> renewal.newToken();
            case CREATE_API_TOKEN -> facts.wanted().allows(Audience.API_TOKEN) ? renewal.newToken() : renewal.token();
            case WORK_AS_PERSON -> renewal.workAsPerson();

            // The value.
            case EXPAND -> handIn().expand();
            case READ_FILE -> handIn().readFile();
            case ESCAPE_DOLLAR ->
                plan.here(
                        "write `$$CHAINLOOP_TOKEN` in the Makefile, or remove the line that sets CHAINLOOP_TOKEN there: make passes the"
                                + " variable on");
            case STORE_ALONE -> handIn().storeAlone();
            case STORE_WHOLE -> handIn().storeWhole("the whole token");
            case STORE_OWN -> handIn().storeWhole("Chainloop's own token");

            // Which token, and for what.
            case SET_VARIABLE -> plan.provided("you mean that token").here("set CHAINLOOP_TOKEN to it");
            case LEAVE_OUT_OPTION ->
                plan.here("leave out `--token`, or check that the variable after it is set, and quote it");
            case CHOOSE_ORGANIZATION -> chooseOrganization();
            case USE_IN_SCOPE -> useInScope();
            case USE_OWN_PROJECT -> useOwnProject();
            case WIDEN_SCOPE -> {
                plan.here("use a login: a token of a single project may not do this");
                yield renewal.tokenBeside("for the whole organization", Optional.empty());
            }
            case NAME_PROJECT ->
                plan.here("name the project in the command (`--project`), or in the repository's `.chainloop.yml`");
            case START_ATTESTATION ->
                plan.here(
                        "start the attestation first, in the same job",
                        cli.of("attestation init --workflow WORKFLOW --project PROJECT"));
            case KEEP_ONE_TOKEN ->
                plan.here(
                        "finish the attestation with the token that started it, or start a new attestation",
                        cli.of("attestation init --remote-state --workflow WORKFLOW --project PROJECT"));
            case LIST_TOKENS ->
                plan.provided("you were creating an API token")
                        .here(
                                "choose a name that is not in this list, or first revoke an expired token that has the"
                                        + " name",
                                cli.list());

            // The control plane, and who runs it.
            case CHECK_CONTROL_PLANE -> checkControlPlane();
            case GIVE_OTHER_KEY ->
                plan.here(
                        "use the key of the token's issuer. If you already used that key, do not use the token: it is forged, or comes from"
                                + " another installation");
            case ENROLL ->
                plan.byAdministrator("ask an administrator of " + organization()
                        + " to enroll the repository and connect it to the project;"
                        + " with a self-hosted open-source control plane, use an API token instead");
            case UPDATE_CLI ->
                plan.here("update the Chainloop CLI: since v1.89.7, it says why it was refused; since v1.100.10,"
                        + " $CHAINLOOP_TOKEN takes precedence over a login; later versions know more kinds of token");
            case ASK_FOR_ROLE ->
                plan.byAdministrator(
                                facts.hasPerson()
                                        ? "a new token will not help: ask an administrator of " + organization()
                                                + " for a role that allows it"
                                        : "run it on your own machine while logged in: an API token may not do this, and a"
                                                + " user token needs a role, which an administrator of "
                                                + organization() + " grants")
                        .byAdministrator(
                                "an administrator can run this",
                                cli.of("organization member list"),
                                cli.of("organization member update --id ID --role "
                                        + (facts.role() == PlanContext.Role.ANY
                                                ? "ROLE"
                                                : facts.role().word())));
            case JOIN_ORGANIZATION ->
                plan.byAdministrator(
                        facts.hasPerson()
                                ? "a new token will not help: ask to be invited, or create an organization of your own"
                                : "store an API token of the organization as "
                                        + cli.secrets().kept() + ": a user token needs a membership");
            case ASK_ADMINISTRATOR ->
                plan.byAdministrator("a new token will not help: ask whoever runs the control plane");
            case TRY_AGAIN ->
                plan.here("run the command again; if it fails again, tell whoever runs the control plane");

            // Where nothing certain is known.
            case LOOK_THERE ->
                plan.here(
                        facts.used().malformed().isPresent()
                                ? "see what each source holds"
                                : facts.evidence().inputs().asked()
                                        ? "see what the other sources hold"
                                        : "see which token is used where the command failed",
                        "chainloop-token sources");
            case ASK_SERVER -> ask("ask the control plane itself about the token");
            case GIVE_LINE ->
                plan.here(
                        "pass `explain` the whole line of the Chainloop CLI, which begins with `ERR` or `Error`. If"
                                + " there is no such line, another program failed. To list all known messages",
                        "chainloop-token explain --list");

            // Beside any other.
            case SET_CLOCK ->
                plan.here("check " + (facts.isUnseen() ? "that" : "this")
                        + " machine's clock, and set it if it is wrong");
            case CLOSE_CONFIG -> plan.here("make the file readable only by you", "chmod 600 " + configFile());
        };
    }

    /** Only few cures need it. */
    private HandIn handIn() {
        return new HandIn(facts, plan, cli, renewal);
    }

    // ---------- the sources

    private Draft mendConfig() {
        if (!facts.hasPerson()) {
            return plan.here("correct the config file that this job reads, or remove it");
        }
        // The CLI makes a new file only in its own place.
        if (!facts.there().posix() || !cli.namedConfig().isEmpty()) {
            return plan.here("correct the file, or move it away and log in again");
        }
        String move = "mv " + configFile() + " " + configFile() + ".old";
        return facts.there().variableSet()
                ? plan.here("correct the file, or move it out of the way", move)
                : plan.here(
                        "correct the file, or move it out of the way and log in to the default control plane",
                        move,
                        cli.login());
    }

    private String configFile() {
        Optional<SourceReading> reading = facts.evidence().inputs().reading(SourceKind.CONFIG);
        return reading.isPresent() ? cli.path(reading.get().origin().name()) : "FILE";
    }

    private Draft readOtherConfig() {
        if (facts.there().sudo().isPresent()) {
            return renewal.withoutSudo();
        }
        if (facts.there().homeUnknown()
                || facts.evidence().inputs().otherConfigs().isEmpty()) {
            return plan.here(
                    "set HOME to the home folder of the user who logged in, or set CHAINLOOP_TOKEN to an API token");
        }
        String option = "add `--config "
                + cli.path(facts.evidence().inputs().otherConfigs().get(0).toString()) + "` to your commands";
        return plan.here(
                facts.there().configHome()
                        ? "unset XDG_CONFIG_HOME, or " + option
                        : option + ", or move the file to where the CLI reads it");
    }

    private Draft requestAudience() {
        boolean gitlab = facts.place() == Place.GITLAB || facts.used().claims().has("namespace_id");
        return gitlab
                ? plan.put(
                        "set the audience in the job",
                        SecretStore.of(Place.GITLAB).federated())
                : plan.put(
                        "request the token for the audience chainloop: add `&audience=chainloop` to the request URL");
    }

    // ---------- organizations and projects

    private Draft chooseOrganization() {
        if (facts.used().isOfInstance()) {
            return plan.here("add `--org` with the organization's name to the command");
        }
        Optional<Organization> told = facts.evidence().otherOrganization();
        if (told.isPresent()) {
            return plan.here(
                    "use a token of " + Redaction.ofName(told.get().name().orElseThrow())
                            + ", or remove the organization from " + told.get().where());
        }
        if (facts.used().api().isPresent() || !facts.hasPerson()) {
            return plan.here(
                    "name the token's own organization with `--org`, or use a token of the organization you want");
        }
        Optional<Organization> first = facts.evidence().organization(true);
        boolean kept = first.isEmpty() || first.get().from() == Organization.From.CONFIG;
        return plan.here(
                "list your organizations, and choose one"
                        + (kept ? "" : "; also name it in " + first.get().where()),
                cli.of("organization list"),
                cli.of("organization set --name ORGANIZATION"));
    }

    private Draft useInScope() {
        if (!(facts.used().token().orElse(null) instanceof ApiToken api)) {
            plan.here("use a token of the organization, project or workflow that the command names");
            plan.provided("there is none");
            return renewal.tokenBeside("for it", Optional.of(Commands.PROJECT));
        }
        boolean workflow = api.workflow().isPresent();
        String what = workflow ? "workflow" : "project";
        Optional<String> own =
                (workflow ? api.workflow() : api.project()).name().filter(Form::isLabel);
        plan.provided("the command names the wrong " + what)
                .here("use one that the token allows (`--" + what + (own.isPresent() ? " " + own.get() : "") + "`)");
        if (facts.tokenWorks()) {
            return plan;
        }
        plan.provided("the other " + what + " is the right one");
        boolean ofProject = !workflow || api.isOfProject();
        String project = workflow ? api.project().name().orElse(Commands.PROJECT) : Commands.PROJECT;
        return renewal.tokenBeside("for it", ofProject ? Optional.of(project) : Optional.empty());
    }

    private Draft useOwnProject() {
        Optional<String> own =
                facts.used().api().flatMap(api -> api.project().name()).filter(Form::isLabel);
        plan.provided("the project's name is wrong")
                .here("correct it" + (own.isPresent() ? " (the token's own is `--project " + own.get() + "`)" : ""));
        plan.provided("the project is new");
        return renewal.tokenBeside("for the whole organization", Optional.empty());
    }

    /** The organization in use, by its name where that is known. */
    private String organization() {
        Optional<Organization> first = facts.evidence().organization(false);
        return facts.used()
                .organization()
                .or(() -> first.flatMap(Organization::name))
                .filter(Form::isLabel)
                .orElse("the organization");
    }

    // ---------- the server

    /** Only the user can pass on a token that was given. */
    private Draft ask(String sentence) {
        return facts.used().isGiven()
                ? plan.here("pass the same token to `chainloop-token ask`, which asks the control plane about it")
                : plan.here(sentence, cli.ask());
    }

    /** A token of another installation is not replaced here, but a project's token stays a project's. */
    private Draft checkControlPlane() {
        Optional<Host> host = facts.evidence().inputs().host().filter(one -> facts.isHere());
        String which = host.map(one -> one.address() + " (" + one.from() + ")")
                .orElse("the control plane" + (facts.isHere() ? " in use" : " that the job uses")
                        + " (CHAINLOOP_CONTROL_PLANE_API, or `control-plane.api` in the CLI's config file)");
        boolean login = facts.used().isMatched(Audience.USER);
        if (facts.hasPerson() && login && !facts.tokenWorks()) {
            // What helps first: nobody knows by heart where a login was made.
            renewal.logIn().atMost(2);
            return plan.provided("it fails again and you use several control planes")
                    .here("set CHAINLOOP_CONTROL_PLANE_API to the address of the right one; now it is " + which);
        }
        if (facts.place() == Place.ELSEWHERE) {
            return plan.here("check that the token was created at " + which
                    + ". If not, set CHAINLOOP_CONTROL_PLANE_API to the right address. If it was, create an API token, and store it as "
                    + cli.secrets().kept());
        }
        plan.here("check that " + (login ? "you logged in at " : "the token was created at ") + which
                        + "; if not, set CHAINLOOP_CONTROL_PLANE_API to the right address")
                .provided("the address is right");
        if (facts.tokenWorks()) {
            return ask("ask the control plane about the token");
        }
        return facts.hasPerson() && facts.isUnseen() ? renewal.logIn().atMost(2) : renewal.newToken();
    }

    /** If a variable sends the login to another control plane than its config file names. */
    private Draft goHome() {
        plan.provided("you want to use the control plane that the config file names");
        String[] unset = cli.unset(Host.VARIABLE);
        String from = unset.length > 0 ? Renewal.EVERYWHERE : " where it is set";
        plan.atVariable("remove " + Host.VARIABLE + from, unset).always();
        return cure.getsToken() || facts.used().isExpired() ? renewal.logIn().atMost(2) : plan;
    }
}
