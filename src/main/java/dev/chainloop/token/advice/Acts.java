package dev.chainloop.token.advice;

import dev.chainloop.token.advice.Step.Where;
import dev.chainloop.token.core.ApiToken;
import dev.chainloop.token.core.Audience;
import dev.chainloop.token.diagnosis.Cure;
import dev.chainloop.token.source.Host;
import dev.chainloop.token.source.Look;
import dev.chainloop.token.source.Place;
import dev.chainloop.token.source.SourceKind;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The steps of each cure, as its place needs them. */
final class Acts extends Acting {
    private static final String ALONE = "tr -cd '[:print:]\\n' | grep -oE 'eyJ[A-Za-z0-9_-]+([.][A-Za-z0-9_-]+){2}'";
    private final Supply supply;

    Acts(Situation situation, Cure cure) {
        super(situation, cure);
        this.supply = new Supply(situation, cure);
    }

    List<Step> steps() {
        return switch (cure) {
            case SET_HOME ->
                step("Set HOME to the home folder of the user who logged in, or set CHAINLOOP_TOKEN to an API token");
            case WAIT_FOR_WRITER ->
                both(
                        step("Wait until other chainloop commands have finished, then run this again"),
                        Step.provided(
                                "the file stays empty", custody.login() ? step("Log in", own.login()) : handIn()));
            case OWN_CONFIG -> ownConfig();
            case MEND_CONFIG -> mendConfig();
            case MEND_SOURCE -> mendSource();
            case READ_OTHER_CONFIG -> readOtherConfig();
            case HAND_IN -> handIn();
            case EXPAND ->
                inspection.isFrom(SourceKind.ENVIRONMENT) && !custody.login()
                        ? handIn()
                        : step(
                                "Put the value in the place of its name: a shell expands `$NAME`, but not in single quotes,"
                                        + " and a GitHub workflow `${{ secrets.NAME }}`; a config file expands nothing");
            case STORE_ALONE -> mend("Keep only the token", ALONE);
            case STORE_WHOLE -> storeWhole("Store the whole token", "nobody kept it");
            case REQUEST_AUDIENCE ->
                situation.demand().open() || situation.demand().accepts(Audience.GENERIC)
                        ? List.of(supply.requestAudience())
                        : supply.token();
            case GET_TOKEN, LOG_IN, REPLACE_API_TOKEN -> supply.token();
            case REQUEST_FEDERATED -> supply.federatedToken();
            case CREATE_API_TOKEN -> supply.apiToken();
            case RECREATE_API_TOKEN -> // A job may still have a value that was replaced.
                custody.login() || !after.isEmpty() || !inspection.isFrom(SourceKind.ENVIRONMENT)
                        ? supply.create("")
                        : storeWhole("If the token was replaced, store the new one", "nobody has replaced it");
            case ALLOW_FEDERATED ->
                both(
                        step("If the job only makes attestations, add `--allow-federated`: the CLI requests a token"),
                        Step.provided("it does more", handIn()));
            case WIDEN_TOKEN ->
                inspection.token() instanceof ApiToken api && api.project().isPresent()
                        ? supply.create("")
                        : workAsPerson();
            case WORK_AS_PERSON -> workAsPerson();
            case CHOOSE_TOKEN -> List.of(without("if you mean the other token, ", ""));
            case SET_VARIABLE ->
                supply.setTo(evidence.strays().get(0).origin().name(), "If you mean that token, hand it to the CLI");
            case SET_CLOCK -> step("Compare this machine's clock with the true time; if it is wrong, set it");
            case CHOOSE_ORGANIZATION ->
                inspection.token() instanceof ApiToken && situation.judged()
                        ? supply.create("", Optional.empty(), Optional.of(""))
                        : step(
                                "See which organizations are yours, and choose one",
                                own.of("organization list"),
                                own.of("organization set --name ORGANIZATION"));
            case USE_OWN_ORGANIZATION ->
                step("If you mean the other organization, use one of its tokens: this one works only in its own");
            case NAME_PROJECT -> nameProject();
            case USE_IN_SCOPE -> useInScope();
            case CLOSE_CONFIG -> step("Make the file readable only for you", "chmod 600 " + own.path(originName()));
            case GIVE_OTHER_KEY -> step("Give the key that the token's issuer signs with");
            case CHECK_CONTROL_PLANE -> checkControlPlane();
            case ENROLL ->
                haveDone(
                        "Ask an administrator of the organization to enroll the repository and connect it to the project;"
                                + " with a self-hosted open-source control plane, use an API token instead");
            case KEEP_ONE_TOKEN ->
                step(
                        "Finish the attestation with the token that began it, or begin a new one",
                        own.of("attestation init --remote-state --workflow WORKFLOW --project PROJECT"));
            case LIST_TOKENS -> step("See which API tokens exist, and in which organization", own.list());
            case UPDATE_CLI -> step("Update the Chainloop CLI: later versions do not stop here");
            case ASK_ADMINISTRATOR -> haveDone("Ask whoever runs the control plane; a new token will not help");
            case ASK_FOR_ROLE ->
                haveDone("Ask an organization's administrator for a role that allows it; a new token will not help");
            case TRY_AGAIN -> step("Run the command again; if it fails again, tell whoever runs the control plane");
            case LOOK_THERE -> step("See which token is used where the command failed", "chainloop-token sources");
            case ASK_SERVER -> step("Ask the control plane itself about the token", "chainloop-token ask");
            case LEAVE_OUT_OPTION ->
                step("Leave out `--token`, or see that the variable behind it is set and in quotes");
        };
    }

    // ---------- the value, and how it gets in

    /** First the secret that may exist; a new token is the last resort. */
    private List<Step> handIn() {
        Supply supply = new Supply(situation, Cure.HAND_IN);
        Optional<Look.Found> other = supply.other();
        if (other.isPresent()) {
            return supply.use(other.get());
        }
        if (here.fork()) {
            return List.of(supply.skipFork());
        }
        boolean github = situation.place() == Place.GITHUB && !here.dependabot();
        boolean gitlab = situation.place() == Place.GITLAB;
        String missing = github && here.variableEmpty()
                ? "If the secret exists, name its environment in the job (`environment:`), or pass it on to the called"
                        + " workflow (`secrets: inherit`)"
                : gitlab && here.unprotectedRef()
                        ? "If the CI/CD variable CHAINLOOP_TOKEN is protected, protect this branch too, or skip the job"
                                + " on it: only protected branches get the variable"
                        : cure == Cure.EXPAND && situation.place() == Place.AZURE
                                ? "If a variable group holds CHAINLOOP_TOKEN, name the group in the pipeline"
                                        + " (`variables: - group: …`)"
                                : "";
        List<Step> steps = new ArrayList<>();
        if (!missing.isEmpty()) {
            steps.add(supply.say(Where.PIPELINE, missing));
        } else if (!gitlab && !here.dependabot() && !supply.isNamed()) {
            steps.add(supply.put(Where.PIPELINE, custody.handIn(), custody.lines()));
        }
        steps.addAll(supply.create(steps.isEmpty() ? "" : "there is no token yet"));
        if (gitlab || (github && !here.canMint())) {
            steps.add(supply.put(
                    Where.PIPELINE,
                    "If the " + (github ? "repository" : "project")
                            + " is enrolled, attestations need this and no secret",
                    github ? Supply.GITHUB_TOKEN : Supply.GITLAB_TOKEN));
        }
        return steps;
    }

    /** A filter takes the bare token from the value, if that can be read back, or from a file. */
    private List<Step> mend(String sentence, String filter) {
        if (inspection.isFrom(SourceKind.CONFIG)) {
            return custody.login() && !(inspection.token() instanceof ApiToken)
                    ? supply.logIn("log in again, which rewrites the file")
                    : step("Store only the token in the config file, between one pair of quotes");
        }
        boolean given = inspection.isFrom(SourceKind.STDIN);
        String value = given ? "cat FILE" : custody.store().value();
        String mended = value + " |\n  " + filter;
        if (inspection.isFrom(SourceKind.ARGUMENT) || !here.posix()) {
            return step(sentence);
        }
        if (value.isEmpty()) {
            return storeWhole("Store the whole token", "nobody kept it");
        }
        if (custody.store().again().isEmpty()) {
            return step(sentence + ", and store what this prints as " + custody.kept(), mended);
        }
        String where = given ? "" : custody.login() ? ", here and where the variable is set" : ", in " + custody.kept();
        return step(there(), sentence + where, Commands.kept(mended, supply.store()));
    }

    /** Where no command gives the value back, a person who has it stores it. */
    private List<Step> storeWhole(String sentence, String otherwise) {
        if (inspection.isFrom(SourceKind.CONFIG)) {
            return supply.logIn("log in again, which rewrites the file");
        }
        if (inspection.isGiven()) {
            return step("Give the whole token and nothing else, as it was printed when it was created");
        }
        boolean asks =
                custody.store().value().isEmpty() && !custody.store().again().isEmpty();
        String store = sentence + " as " + custody.kept() + ", and nothing else";
        List<Step> steps = new ArrayList<>();
        steps.add(
                asks
                        ? run(there(), store + "; the command asks for it", List.of(supply.asking()))
                        : run(there(), store + ", not even a line end (`echo` adds one, `printf %s` does not)", after));
        Optional<Look.Found> other = supply.other();
        if (other.isPresent()) {
            steps.addAll(supply.use(other.get()));
        } else if (custody.login() && situation.demand().accepts(Audience.USER)) {
            steps.add(without("if you want to work as yourself, ", "log in", own.login()));
        } else {
            steps.addAll(supply.create(otherwise));
        }
        return steps;
    }

    // ---------- config files

    private List<Step> mendConfig() {
        if (!custody.login()) {
            return step("Correct the file, or remove it");
        }
        String broken = evidence.search().looked().stream()
                .filter(Look.Unreadable.class::isInstance)
                .map(look -> look.origin().name())
                .findFirst()
                .orElseGet(this::originName);
        String file = own.path(broken);
        String move = "mv " + file + " " + file + ".old";
        // The CLI makes a new file only in its own place.
        return !here.posix() || !own.namedConfig().isEmpty()
                ? step("Correct the file, or move it away and log in again")
                : here.variableSet()
                        ? step("Correct the file, or do without it", move)
                        : step(
                                "Correct the file, or log in to the default control plane with a new one",
                                move,
                                own.login());
    }

    private List<Step> mendSource() {
        boolean config = cure == Cure.MEND_SOURCE
                && inspection.isFrom(SourceKind.CONFIG)
                && !evidence.search().asked();
        String folder =
                "If it is a folder that a container's mount made, remove it on the host, log in there, and start the container again";
        return both(step("Make the source readable, then run this again"), config ? step(folder) : List.of());
    }

    /** A folder of one's own that became root's can be taken back; a new one would lack the login. */
    private List<Step> ownConfig() {
        String folder = here.config()
                .map(file -> own.path(String.valueOf(file.getParent())))
                .orElse("");
        return folder.startsWith("~/") && custody.login() && own.namedConfig().isEmpty()
                ? step(
                        "If the folder is root's, as after a login with `sudo`, make it yours",
                        "sudo chown -R \"$(id -un)\" " + folder)
                : evidence.search().deciding().orElse(null) instanceof Look.Unreadable && situation.isHere()
                        ? mendSource()
                        : lines(
                                "Give the Chainloop CLI a writable folder for its config file",
                                SecretStore.configHome(situation.place()));
    }

    private List<Step> readOtherConfig() {
        if (here.sudo().isPresent()) {
            return List.of(supply.withoutSudo());
        }
        Path other = evidence.otherConfigs().get(0);
        String file = own.path(other.toString());
        String home = own.path(other.resolve("../../..").normalize().toString());
        return here.homeUnknown()
                ? situation.place() == Place.CONTAINER
                        ? step("Add `-e HOME=" + home + "` to `docker run`: the config file is in that folder")
                        : lines("Set HOME to the folder that holds the config file", List.of("export HOME=" + home))
                : step(
                        here.configHome()
                                ? "Unset XDG_CONFIG_HOME, or add `--config " + file + "` to commands"
                                : "Add `--config " + file + "` to commands, or move the file to where it is read");
    }

    // ---------- the server

    private List<Step> workAsPerson() {
        if (!custody.login()) {
            return step(Where.OWN_MACHINE, "Run that command on your own machine, logged in: it is for people");
        }
        return others.isLoggedIn() && here.variableSet()
                ? List.of(without("", "work with your login"))
                : supply.logIn("log in");
    }

    /** Only a token of this installation is worth replacing. */
    private List<Step> checkControlPlane() {
        Optional<Host> host = evidence.search().host().filter(one -> situation.isHere());
        boolean variable = host.filter(one -> one.from().startsWith("$")).isPresent();
        if (variable && inspection.isFrom(SourceKind.CONFIG)) {
            return lines(
                    "If you mean the control plane in the config file, remove the variable, here and where it is set",
                    List.of("unset " + Host.VARIABLE));
        }
        String which = host.map(one -> one.address() + " (" + one.from() + ")")
                .orElse("CHAINLOOP_CONTROL_PLANE_API, or `control-plane.api` in the config file");
        String otherwise = variable ? "; if the address is wrong, correct or remove the variable" : "";
        return both(
                step("Check whether the token was made for the control plane in use: " + which + otherwise),
                Step.provided("the address is right", supply.token()));
    }

    private List<Step> useInScope() {
        if (!(inspection.token() instanceof ApiToken api) || !situation.judged()) {
            return step("Use a token of the organization, project or workflow that the command names");
        }
        boolean workflow = api.workflow().isPresent();
        String what = workflow ? "workflow" : "project";
        Optional<String> project = workflow ? api.project().name() : Optional.of("");
        return both(
                step("If the command names the wrong " + what + ", name the token's own with `--" + what + "`"),
                supply.create(
                        "the other " + what + " is meant",
                        project,
                        api.organization().name()));
    }

    /** An API token cannot manage tokens of the whole organization; a person can. */
    private List<Step> nameProject() {
        boolean person = inspection.token() instanceof ApiToken;
        return both(
                step("Add `--project` with the project's name to the command"),
                person ? Step.provided("a token of the whole organization is meant", workAsPerson()) : List.of());
    }

    // ---------- forms

    private static List<Step> both(List<Step> first, List<Step> second) {
        return Stream.concat(first.stream(), second.stream()).toList();
    }

    private List<Step> step(String sentence, String... commands) {
        return step(Where.HERE, sentence, commands);
    }

    /** What only whoever runs the control plane, or the organization, can do. */
    private List<Step> haveDone(String sentence, String... commands) {
        return step(Where.ADMINISTRATOR, sentence, commands);
    }

    private List<Step> step(Where where, String sentence, String... commands) {
        return List.of(run(where, sentence, List.of(commands)));
    }

    private String originName() {
        return inspection.origin() == null ? "FILE" : inspection.origin().name();
    }
}
