package dev.chainloop.token.advice;

import dev.chainloop.token.advice.Step.Where;
import dev.chainloop.token.core.ApiToken;
import dev.chainloop.token.diagnosis.Cure;
import dev.chainloop.token.source.Host;
import dev.chainloop.token.source.Look;
import dev.chainloop.token.source.Place;
import dev.chainloop.token.source.SourceKind;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The acts of a cure, for a place's answers. */
final class Acts extends Acting {
    private final Supply supply;

    Acts(Situation situation, Cure cure) {
        super(situation, cure);
        this.supply = new Supply(situation, cure);
    }

    List<Step> steps() {
        return switch (cure) {
            case SET_HOME ->
                step("Set HOME to the home folder of the user who logged in, or CHAINLOOP_TOKEN to an API token");
            case WAIT_FOR_WRITER -> waitForWriter();
            case OWN_CONFIG -> ownConfig();
            case MEND_CONFIG -> mendConfig();
            case MEND_SOURCE ->
                step(
                        inspection.isFrom(SourceKind.CONFIG)
                                        && !evidence.search().asked()
                                ? "Have a readable file there, then run this again; a container's mount leaves a folder where"
                                        + " the host has none: remove it on the host, log in there, and start the"
                                        + " container again"
                                : "Make the source readable, then run this again");
            case READ_OTHER_CONFIG -> readOtherConfig();
            case UNSET_BLANK -> unsetBlank();
            case HAND_IN -> handIn();
            case LIST_SOURCES -> step("See what the other sources hold", "chainloop-token sources");
            case RECODE ->
                mend(
                        "Correct the value: a dot for %2E, - for +, _ for /, and no =",
                        "sed 's/%2[eE]/./g' | tr '/+' '_-' | tr -d =");
            case DECODE -> mend("Decode the value", "base64 -d");
            case KEEP_ONE -> step("Keep one of the tokens; `chainloop-token inspect --lines` reads many, one a line");
            case EXPAND ->
                inspection.isFrom(SourceKind.ENVIRONMENT) && !custody.login()
                        ? handIn()
                        : step(
                                "Have the name replaced by its value: `$NAME` by a shell (not in single quotes) or GitLab,"
                                        + " `${{ secrets.NAME }}` by a GitHub workflow; a config file expands nothing");
            case READ_FILE ->
                step("Give the file's content: `chainloop-token inspect - <FILE`, or CHAINLOOP_TOKEN=\"$(cat FILE)\";"
                        + " in GitLab, make the variable of type Variable");
            case GIVE_AS_KEY -> step("A key verifies a token: give it with --key or --secret-file");
            case STORE_ALONE ->
                mend(
                        "Take the token out of what is around it",
                        "tr -cd '[:print:]\\n' | grep -oE 'eyJ[A-Za-z0-9_-]+([.][A-Za-z0-9_-]+){2}'");
            case STORE_BARE, SEND_NO_LINE_END ->
                mend("Take away all but the token", "tr -cd 'A-Za-z0-9._-' | grep -o 'eyJ.*'");
            case STORE_WHOLE -> storeWhole();
            case REQUEST_AUDIENCE -> List.of(requestAudience());
            case GET_TOKEN, LOG_IN, REPLACE_API_TOKEN -> supply.token();
            case REQUEST_FEDERATED -> supply.federatedToken();
            case CREATE_API_TOKEN -> supply.apiToken();
            case RECREATE_API_TOKEN -> supply.create("");
            case ALLOW_FEDERATED ->
                step("Add `--allow-federated` where the job only makes attestations: the CLI requests a token then");
            case WIDEN_TOKEN ->
                inspection.token() instanceof ApiToken api && api.project().isPresent()
                        ? supply.create("")
                        : workAsPerson();
            case WORK_AS_PERSON -> workAsPerson();
            case REVOKE_LEAKED -> List.of(); // Leaks knows which.
            case TRACE_ISSUER -> step("Find out who issued it: the control plane issues no such token");
            case CHOOSE_TOKEN -> List.of(without("If you mean the other token, take this one out of the way", BOTH));
            case SET_VARIABLE -> setVariable();
            case MOVE_TO_VARIABLE ->
                step("To use it on purpose, set CHAINLOOP_TOKEN to it; to work as yourself, log in");
            case SET_CLOCK -> List.of(supply.setClock());
            case CHOOSE_ORGANIZATION ->
                inspection.token() instanceof ApiToken && situation.judged()
                        ? supply.create("", Optional.empty(), Optional.of(""))
                        : step(
                                "See which organizations are yours, and choose one",
                                own.of("organization list"),
                                own.of("organization set --name ORGANIZATION"));
            case NAME_ORGANIZATION -> step("Add `--org` with the organization's name to the command");
            case USE_OWN_ORGANIZATION ->
                step("If you mean the other organization, use a token of that one: an API token is for its own only");
            case NAME_PROJECT -> nameProject();
            case USE_IN_SCOPE -> useInScope();
            case CLOSE_CONFIG -> step("Let only you read it", "chmod 600 " + own.path(originName()));
            case GIVE_OTHER_KEY -> step("Give the key that the token's issuer signs with");
            case LENGTHEN_SECRET ->
                haveDone(
                        "Give the control plane a longer secret; that invalidates all its tokens",
                        "openssl rand -hex 32");
            case CHECK_CONTROL_PLANE -> checkControlPlane();
            case TRUST_AUTHORITY ->
                step("Name the file with the certificate of the server's authority by --control-plane-ca or"
                        + " CHAINLOOP_CONTROL_PLANE_API_CA");
            case RENEW_CERTIFICATE ->
                List.of(
                        say(Where.HERE, "If this machine's clock is wrong, set it, for example with NTP"),
                        say(Where.ADMINISTRATOR, "Have whoever runs the control plane renew the certificate"));
            case REACH_GITLAB ->
                haveDone(
                        "Run the job again; if it fails again, have whoever runs the runner let it reach GitLab over HTTPS,"
                                + " and trust GitLab's certificate");
            case CHECK_ADDRESS ->
                step("Check the address: it is HOST:PORT of gRPC, without https:// (--control-plane,"
                        + " CHAINLOOP_CONTROL_PLANE_API, or `control-plane.api` in the config file), and any proxy"
                        + " on the way");
            case ENROLL ->
                haveDone(
                        "Have the repository enrolled with the organization and connected to the project; a self-hosted"
                                + " open-source control plane accepts no federated tokens: use an API token there");
            case KEEP_ONE_TOKEN ->
                step(
                        "Finish the attestation with the token that began it, or begin a new one",
                        own.of("attestation init --remote-state --workflow WORKFLOW --project PROJECT"));
            case FREE_NAME ->
                step(
                        "Choose another name, or see which token has this one and revoke that",
                        own.of("org api-token list --status all"),
                        own.of("org api-token revoke --id ID"));
            case LIST_TOKENS -> step("See which tokens there are, and of which organization", own.list());
            case CORRECT_ARGUMENT -> step("Correct the argument that the message names, and run the command again");
            case BEGIN_ATTESTATION ->
                step(
                        "Begin one where the next command runs, or name its state (`--local-state-path`, or `--remote-state`)",
                        own.of("attestation init --workflow WORKFLOW --project PROJECT"));
            case CREATE_WORKFLOW ->
                step("Create the workflow first", own.of("workflow create --name WORKFLOW --project PROJECT"));
            case MEND_BACKEND ->
                haveDone(
                        "See what is wrong with the store for artifacts, and have it mended",
                        own.of("cas-backend list"));
            case LOG_IN_ANEW -> supply.logIn("Log in again");
            case RENEW_ACCOUNT -> supply.renewAccount();
            case UPDATE_CLI -> step("Update the Chainloop CLI: later versions do not stop here");
            case ASK_ADMINISTRATOR -> haveDone("Ask whoever runs the control plane; a new token will not help");
            case ASK_FOR_ROLE ->
                haveDone(
                        "Ask an administrator of the organization for a role that allows it; a new token will not help");
            case JOIN_ORGANIZATION ->
                haveDone("Ask to be invited, or create an organization of your own; a new token will not help");
            case TRY_AGAIN -> step("Run the command again; if it fails again, tell whoever runs the control plane");
            case LOG_IN_TO_REGISTRY -> step("Log in to the registry that the message names, or check the image's name");
            case CHECK_POLICY ->
                step("Check the policy's reference in the contract, and tell whoever runs the policy provider");
            case LOOK_THERE -> step("See which token is used where the command failed", "chainloop-token sources");
            case ASK_SERVER -> step("Ask the control plane itself what it makes of the token", "chainloop-token ask");
        };
    }

    private Step requestAudience() {
        boolean gitlab = inspection.decoded() == null
                ? situation.place() == Place.GITLAB
                : inspection.decoded().claims().has("namespace_id");
        return gitlab
                ? put(Where.PIPELINE, "Name the audience in the job", Supply.GITLAB_TOKEN)
                : say(
                        Where.PIPELINE,
                        "Request the token for the audience chainloop: add `&audience=chainloop` to the URL of the request");
    }

    // ---------- the value, and how it gets in

    /** The secret that exists first; a new token is the last resort. */
    private List<Step> handIn() {
        Supply supply = new Supply(situation, Cure.HAND_IN);
        Optional<Look.Found> other = supply.other();
        if (other.isPresent()) {
            return supply.use(other.get());
        }
        if (here.fork()) {
            return List.of(supply.put(
                    Where.PIPELINE,
                    "Skip the job for pull requests from forks, which get no secrets",
                    List.of(
                            "if: github.event_name != 'pull_request' ||",
                            "  github.event.pull_request.head.repo.full_name == github.repository")));
        }
        List<Step> steps = new ArrayList<>();
        if (situation.place() == Place.GITHUB && here.variableEmpty() && !here.dependabot()) {
            steps.add(supply.say(
                    Where.PIPELINE,
                    "If the secret exists, name its environment in the job (`environment:`), or hand it on to a called"
                            + " workflow (`secrets: inherit`)"));
        } else if (situation.place() == Place.GITLAB && here.unprotectedRef()) {
            steps.add(supply.say(
                    Where.PIPELINE,
                    "If the CI/CD variable CHAINLOOP_TOKEN is protected, protect this branch too, or lift the"
                            + " variable's protection: a protected one reaches protected branches only"));
        } else if (situation.place() == Place.GITLAB) {
            steps.add(supply.put(
                    Where.PIPELINE,
                    custody.handIn()
                            + "; a job that only makes attestations, of an enrolled project, needs this instead",
                    Supply.GITLAB_TOKEN));
        } else if (!here.dependabot()) {
            steps.add(supply.put(Where.PIPELINE, custody.handIn(), custody.lines()));
        }
        steps.addAll(supply.create(steps.isEmpty() ? "" : "there is no token yet"));
        if (situation.place() == Place.GITHUB && !here.dependabot() && !here.canMint()) {
            steps.add(supply.put(
                    Where.PIPELINE,
                    "If the job only makes attestations, and its repository is enrolled, it needs no secret, but",
                    Supply.GITHUB_TOKEN));
        }
        return steps;
    }

    private List<Step> unsetBlank() {
        if (!custody.login()) {
            return handIn();
        }
        String blank = "Take away the blank value, which is sent and refused";
        return List.of(others.isLoggedIn() ? without(blank, BOTH) : without(blank, BOTH + ", and log in", own.login()));
    }

    /** A filter makes the bare token of the value where that can be read back, or of a file that was given. */
    private List<Step> mend(String sentence, String filter) {
        if (inspection.isFrom(SourceKind.CONFIG)) {
            return custody.login() && !(inspection.token() instanceof ApiToken)
                    ? supply.logIn("Log in again, which writes the file anew")
                    : step("Store the bare token in the config file: nothing but the token between one pair of quotes");
        }
        boolean given = inspection.isFrom(SourceKind.STDIN);
        String value = given ? "cat FILE" : custody.store().value();
        String mended = value + " |\n  " + filter;
        if (inspection.isFrom(SourceKind.ARGUMENT) || here.windows()) {
            return step(sentence);
        }
        if (value.isEmpty() || custody.store().again().isEmpty()) {
            return given
                    ? step(sentence + " in the file, and store what that prints as " + custody.kept(), mended)
                    : List.of(byHand(sentence + ", and store it as " + custody.kept()));
        }
        String where =
                given ? "in the file" : custody.login() ? "here and where the variable is set" : "in " + custody.kept();
        return step(
                custody.login() ? Where.HERE : Where.PIPELINE,
                sentence + ", " + where,
                Commands.kept(mended, supply.store()));
    }

    /** Nothing gives the value back, so that a person stores it, who has it. */
    private Step byHand(String sentence) {
        boolean asks =
                custody.store().value().isEmpty() && !custody.store().again().isEmpty();
        return asks
                ? run(Where.PIPELINE, sentence + "; the command asks for it", List.of(supply.asking()))
                : run(
                        custody.login() ? Where.HERE : Where.PIPELINE,
                        sentence + ", with no line end (`printf %s` writes none, `echo` does)",
                        custody.after().isEmpty() ? List.of() : List.of(custody.after()));
    }

    private List<Step> storeWhole() {
        if (inspection.isFrom(SourceKind.CONFIG)) {
            return supply.logIn("Log in again, which writes the file anew");
        }
        if (inspection.isGiven()) {
            return step("Give the whole token and nothing else, as it was printed when it was created");
        }
        List<Step> steps = new ArrayList<>();
        steps.add(byHand("Store the whole token again as " + custody.kept()));
        Optional<Look.Found> other = supply.other();
        if (other.isPresent()) {
            steps.addAll(supply.use(other.get()));
        } else if (custody.login()) {
            steps.add(without("If you want to work as yourself, log in", BARE, own.login()));
        } else {
            steps.addAll(supply.create("nobody kept it"));
        }
        return steps;
    }

    private List<Step> setVariable() {
        return evidence.strays().isEmpty()
                ? List.of()
                : supply.setTo(evidence.strays().get(0).origin().name(), "If you mean that token, hand it to the CLI");
    }

    // ---------- config files

    private List<Step> waitForWriter() {
        List<Step> steps = new ArrayList<>();
        steps.add(say(Where.HERE, "Wait until other chainloop commands have finished, then run this again"));
        if (custody.login()) {
            steps.add(step("If the file stays empty, log in", own.login()).get(0));
        }
        return steps;
    }

    private List<Step> mendConfig() {
        if (!custody.login()) {
            return step("Correct the file or remove it: the Chainloop CLI stops at it");
        }
        String broken = evidence.search().looked().stream()
                .filter(Look.Unreadable.class::isInstance)
                .map(look -> look.origin().name())
                .findFirst()
                .orElseGet(this::originName);
        String file = own.path(broken);
        // The CLI makes a new file only in its own place.
        return here.windows() || !own.namedConfig().isEmpty()
                ? step("Correct the file, or move it away and log in again")
                : here.variableSet()
                        ? step("Correct the file, or do without it", "mv " + file + " " + file + ".old")
                        : step(
                                "Correct the file, or start again with a new one, for the default control plane",
                                "mv " + file + " " + file + ".old",
                                own.login());
    }

    /** One's own folder, as after a login by `sudo`, can be taken back. */
    private List<Step> ownConfig() {
        String folder = here.config()
                .map(file -> own.path(String.valueOf(file.getParent())))
                .orElse("");
        return folder.startsWith("~/") && custody.login()
                ? step(
                        "Make the folder yours, which is root's after a login by `sudo`",
                        "sudo chown -R \"$(id -un)\" " + folder)
                : lines(
                        "Give the Chainloop CLI a folder for its config file that it can write",
                        Custody.configHome(situation.place()));
    }

    private List<Step> readOtherConfig() {
        if (here.sudo().isPresent()) {
            return step(
                    "Run the command without `sudo`, which takes CHAINLOOP_TOKEN away and reads root's config file; or keep"
                            + " the variable",
                    "sudo --preserve-env=CHAINLOOP_TOKEN COMMAND");
        }
        Path other = evidence.otherConfigs().get(0);
        String file = own.path(other.toString());
        String home = own.path(other.resolve("../../..").normalize().toString());
        return here.homeUnknown()
                ? situation.place() == Place.CONTAINER
                        ? step("Add `-e HOME=" + home + "` to `docker run`: a config file is in that folder")
                        : lines("Set HOME to the folder that has a config file", List.of("export HOME=" + home))
                : step(
                        here.configHome()
                                ? "Run `unset XDG_CONFIG_HOME`, or give commands `--config " + file + "`"
                                : "Give commands `--config " + file + "`, or move the file to where it is read");
    }

    // ---------- the server

    private List<Step> workAsPerson() {
        if (!custody.login()) {
            return step(Where.OWN_MACHINE, "Run that command on your own machine, logged in: it is for people");
        }
        return others.isLoggedIn() && here.variableSet()
                ? List.of(without("Work with your login", BARE))
                : supply.logIn("Log in");
    }

    /** Only a token of this very installation needs a successor. */
    private List<Step> checkControlPlane() {
        if (evidence.search().host().filter(host -> host.from().startsWith("$")).isPresent()
                && inspection.isFrom(SourceKind.CONFIG)) {
            return lines(
                    "Unless you mean the control plane in the variable, and log in there, take it away, here and where it is set",
                    List.of("unset " + Host.VARIABLE));
        }
        String host = evidence.search()
                .host()
                .filter(one -> situation.isHere())
                .map(one -> one.address() + " (" + one.from() + ")")
                .orElse("CHAINLOOP_CONTROL_PLANE_API, or `control-plane.api` in the config file");
        List<Step> steps =
                new ArrayList<>(step("Check whether the token was made for the control plane in use: " + host));
        steps.addAll(Step.provided("it was", supply.token()));
        return steps;
    }

    private List<Step> useInScope() {
        if (!(inspection.token() instanceof ApiToken api) || !situation.judged()) {
            return step("Use a token of the organization, project or workflow that the command names");
        }
        boolean workflow = api.workflow().isPresent();
        String what = workflow ? "workflow" : "project";
        List<Step> steps = new ArrayList<>(
                step("If the command names the wrong " + what + ", give it the token's own by `--" + what + "`"));
        Optional<String> project = workflow ? api.project().name() : Optional.of("");
        steps.addAll(supply.create(
                "the other " + what + " is meant", project, api.organization().name()));
        return steps;
    }

    /** An API token manages no tokens of the whole organization; a person may. */
    private List<Step> nameProject() {
        List<Step> steps = new ArrayList<>(step("Add `--project` with the project's name to the command"));
        if (inspection.token() instanceof ApiToken) {
            steps.addAll(Step.provided("a token of the whole organization is meant", workAsPerson()));
        }
        return steps;
    }

    // ---------- forms

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
