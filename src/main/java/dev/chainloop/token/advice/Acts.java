package dev.chainloop.token.advice;

import dev.chainloop.token.advice.Step.Where;
import dev.chainloop.token.diagnosis.Cure;
import dev.chainloop.token.diagnosis.Evidence;
import dev.chainloop.token.diagnosis.Inspection;
import dev.chainloop.token.source.Host;
import dev.chainloop.token.source.Look;
import dev.chainloop.token.source.Place;
import dev.chainloop.token.source.SourceKind;
import dev.chainloop.token.source.Surroundings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The acts of each cure, for a place's answers. */
final class Acts {
    private final Situation situation;
    private final Evidence evidence;
    private final Inspection inspection;
    private final Surroundings here;
    private final Custody custody;
    private final Supply supply;
    private final Commands own;

    Acts(Situation situation) {
        this.situation = situation;
        this.evidence = situation.evidence();
        this.inspection = evidence.inspection();
        this.here = evidence.surroundings();
        this.custody = situation.custody();
        this.supply = new Supply(situation);
        this.own = new Commands(evidence, false);
    }

    /** The table: what a cure consists of. */
    List<Step> of(Cure cure) {
        return switch (cure) {
            case SET_HOME ->
                one(cure, "Set HOME to the home folder of the user who logged in, or CHAINLOOP_TOKEN to an API token");
            case WAIT_FOR_WRITER -> waitForWriter();
            case OWN_CONFIG -> ownConfig();
            case MEND_CONFIG -> mendConfig();
            case MEND_SOURCE ->
                one(
                        cure,
                        inspection.isFrom(SourceKind.CONFIG)
                                        && !evidence.search().asked()
                                ? "Have a readable file there, then run this again; a container's mount leaves a folder where"
                                        + " the host has none: remove it on the host, log in there, and start the"
                                        + " container again"
                                : "Make the source readable, then run this again");
            case READ_OTHER_CONFIG -> readOtherConfig();
            case UNSET_BLANK -> unsetBlank();
            case HAND_IN -> handIn();
            case LIST_SOURCES -> run(cure, "See what the other sources hold", "chainloop-token sources");
            case RECODE -> one(cure, "Correct the value where it is kept: a dot for %2E, - for +, _ for /, and no =");
            case DECODE -> one(cure, "Decode the value where it is kept (`base64 -d`): what comes out is the token");
            case KEEP_ONE ->
                one(cure, "Keep one of the tokens; `chainloop-token inspect --lines` reads many, one a line");
            case EXPAND ->
                inspection.isFrom(SourceKind.ENVIRONMENT) && !custody.login()
                        ? handIn()
                        : one(
                                cure,
                                "Have the name replaced by its value: `$NAME` by a shell (not in single quotes) or GitLab,"
                                        + " `${{ secrets.NAME }}` by a GitHub workflow; a config file expands nothing");
            case READ_FILE ->
                one(
                        cure,
                        "Give the file's content: `chainloop-token inspect - <FILE`, or CHAINLOOP_TOKEN=\"$(cat FILE)\";"
                                + " in GitLab, make the variable of type Variable");
            case GIVE_AS_KEY -> one(cure, "A key verifies a token: give it with --key or --secret-file");
            case STORE_ALONE ->
                one(
                        cure,
                        custody.login() ? Where.HERE : Where.PIPELINE,
                        "Store the token alone as " + custody.kept() + ", without what is around it now");
            case STORE_BARE, SEND_NO_LINE_END -> storeBare(cure);
            case STORE_WHOLE -> storeWhole();
            case REQUEST_AUDIENCE -> List.of(requestAudience());
            case GET_TOKEN, LOG_IN, REPLACE_API_TOKEN -> supply.token();
            case REQUEST_FEDERATED -> supply.federatedToken();
            case CREATE_API_TOKEN -> supply.apiToken();
            case RECREATE_API_TOKEN -> supply.create(cure, "");
            case ALLOW_FEDERATED ->
                one(
                        cure,
                        "Add `--allow-federated` where the job only makes attestations: the CLI requests a token then");
            case WIDEN_TOKEN -> supply.create(cure, "");
            case WORK_AS_PERSON -> workAsPerson();
            case TRACE_ISSUER -> one(cure, "Find out who issued it: the control plane issues no such token");
            case CHOOSE_TOKEN ->
                List.of(supply.without(cure, "If you mean the other token, take this one out of the way"));
            case SET_VARIABLE -> setVariable();
            case MOVE_TO_VARIABLE ->
                one(cure, "To use it on purpose, set CHAINLOOP_TOKEN to it; to work as yourself, log in");
            case SET_CLOCK -> one(cure, "Set this machine's clock, for example with NTP");
            case CHOOSE_ORGANIZATION ->
                run(
                        cure,
                        "See which organizations are yours, and choose one",
                        own.of("organization list"),
                        own.of("organization set --name ORGANIZATION"));
            case NAME_ORGANIZATION -> one(cure, "Add `--org` with the organization's name to the command");
            case USE_OWN_ORGANIZATION ->
                one(
                        cure,
                        "If you mean the other organization, use a token of that one: an API token is for its own only");
            case NAME_PROJECT ->
                one(
                        cure,
                        "Add `--project` with the project's name; an API token manages no tokens of the whole organization");
            case USE_IN_SCOPE -> one(cure, "Use it for what it is made for, or use a token of the organization");
            case CLOSE_CONFIG -> run(cure, "Let only you read it", "chmod 600 " + own.path(originName()));
            case GIVE_OTHER_KEY -> one(cure, "Give the key that the token's issuer signs with");
            case LENGTHEN_SECRET ->
                run(
                        cure,
                        Where.ADMINISTRATOR,
                        "Give the control plane a longer secret; that invalidates all its tokens",
                        "openssl rand -hex 32");
            case CHECK_CONTROL_PLANE -> checkControlPlane();
            case TRUST_AUTHORITY ->
                one(
                        cure,
                        "Name the file with the certificate of the server's authority by --control-plane-ca or"
                                + " CHAINLOOP_CONTROL_PLANE_API_CA");
            case CHECK_ADDRESS ->
                one(
                        cure,
                        "Check the address: it is HOST:PORT of gRPC, without https:// (--control-plane,"
                                + " CHAINLOOP_CONTROL_PLANE_API, or `control-plane.api` in the config file), and any proxy"
                                + " on the way");
            case ENROLL ->
                one(
                        cure,
                        Where.ADMINISTRATOR,
                        "Have the repository enrolled with the organization and connected to the project; a self-hosted"
                                + " open-source control plane accepts no federated tokens: use an API token there");
            case KEEP_ONE_TOKEN -> keepOneToken();
            case FREE_NAME ->
                run(
                        cure,
                        "Choose another name, or see which token has this one and revoke that",
                        own.of("org api-token list --status all"),
                        own.of("org api-token revoke --id ID"));
            case LIST_TOKENS -> run(cure, "See which tokens there are, and of which organization", own.list());
            case CORRECT_ARGUMENT ->
                one(cure, "Correct the argument that the message names, and run the command again");
            case BEGIN_ATTESTATION ->
                run(
                        cure,
                        "Begin one where the next command runs, or name its state (`--local-state-path`, or `--remote-state`)",
                        own.of("attestation init --workflow WORKFLOW --project PROJECT"));
            case CREATE_WORKFLOW ->
                run(cure, "Create the workflow first", own.of("workflow create --name WORKFLOW --project PROJECT"));
            case MEND_BACKEND ->
                run(
                        cure,
                        Where.ADMINISTRATOR,
                        "See what is wrong with the store for artifacts, and have it mended",
                        own.of("cas-backend list"));
            case LOG_IN_ANEW -> supply.logIn(cure, "Log in again");
            case UPDATE_CLI -> one(cure, "Update the Chainloop CLI: later versions do not stop here");
            case ASK_ADMINISTRATOR ->
                one(cure, Where.ADMINISTRATOR, "Ask whoever runs the control plane; a new token will not help");
            case ASK_FOR_ROLE ->
                one(
                        cure,
                        Where.ADMINISTRATOR,
                        "Ask an administrator of the organization for a role that allows it; a new token will not help");
            case JOIN_ORGANIZATION ->
                one(
                        cure,
                        Where.ADMINISTRATOR,
                        "Ask to be invited, or create an organization of your own; a new token will not help");
            case TRY_AGAIN ->
                one(cure, "Run the command again; if it fails again, tell whoever runs the control plane");
            case LOG_IN_TO_REGISTRY ->
                one(cure, "Log in to the registry that the message names, or check the image's name");
            case CHECK_POLICY ->
                one(cure, "Check the policy's reference in the contract, and tell whoever runs the policy provider");
            case LOOK_THERE -> run(cure, "See which token is used where the command failed", "chainloop-token sources");
            case ASK_SERVER ->
                run(cure, "Ask the control plane itself what it makes of the token", "chainloop-token ask");
        };
    }

    private Step requestAudience() {
        Cure cure = Cure.REQUEST_AUDIENCE;
        boolean gitlab = inspection.decoded() == null
                ? situation.place() == Place.GITLAB
                : inspection.decoded().claims().has("namespace_id");
        return gitlab
                ? Step.put(cure, Where.PIPELINE, "Name the audience in the job", Supply.GITLAB_TOKEN)
                : Step.say(
                        cure,
                        Where.PIPELINE,
                        "Request the token for the audience chainloop: add `&audience=chainloop` to the URL of the request");
    }

    // ---------- the value, and how it gets in

    /** The secret that exists first; a new token is the last resort. */
    private List<Step> handIn() {
        Cure cure = Cure.HAND_IN;
        Optional<Look.Found> other = supply.other();
        if (other.isPresent()) {
            return supply.use(other.get());
        }
        if (here.fork()) {
            return List.of(Step.put(
                    cure,
                    Where.PIPELINE,
                    "Skip the job for pull requests from forks, which get no secrets",
                    List.of("if: github.event.pull_request.head.repo.full_name == github.repository")));
        }
        List<Step> steps = new ArrayList<>();
        if (situation.place() == Place.GITHUB && here.variableEmpty() && !here.dependabot()) {
            steps.add(Step.say(
                    cure,
                    Where.PIPELINE,
                    "If the secret exists, name its environment in the job (`environment:`), or hand it on to a called"
                            + " workflow (`secrets: inherit`)"));
        } else if (situation.place() == Place.GITLAB && here.unprotectedRef()) {
            steps.add(Step.say(
                    cure,
                    Where.PIPELINE,
                    "If the CI/CD variable CHAINLOOP_TOKEN is protected, protect this branch too, or lift the"
                            + " variable's protection: a protected one reaches protected branches only"));
        } else if (!here.dependabot()) {
            steps.add(Step.put(cure, Where.PIPELINE, custody.handIn(), custody.lines()));
        }
        steps.addAll(supply.create(cure, steps.isEmpty() ? "" : "there is no such secret yet"));
        return steps;
    }

    private List<Step> unsetBlank() {
        if (!custody.login()) {
            return handIn();
        }
        String blank = "Take the blank value away, which is sent and refused";
        return List.of(
                new OtherTokens(evidence).isLoggedIn()
                        ? supply.without(Cure.UNSET_BLANK, blank)
                        : supply.without(Cure.UNSET_BLANK, blank + ", and log in", own.login()));
    }

    private List<Step> storeBare(Cure cure) {
        Optional<Look.Found> found = evidence.search().found();
        boolean blanks = found.isPresent()
                && found.get()
                        .sent()
                        .replaceAll("\\s", "")
                        .equals(found.get().secret().replaceAll("\\s", ""));
        if (inspection.isFrom(SourceKind.ENVIRONMENT) && custody.login() && blanks && !here.windows()) {
            return run(
                    cure,
                    "Remove the white space, here and where the variable is set",
                    "export CHAINLOOP_TOKEN=\"$(printf %s \"$CHAINLOOP_TOKEN\" | tr -d '[:space:]')\"");
        }
        String store = "Store the bare token "
                + (inspection.isFrom(SourceKind.CONFIG) ? "in the config file" : "as " + custody.kept())
                + ", with nothing around it and no line end (`printf %s` writes none, `echo` does)";
        return custody.after().isEmpty()
                ? one(cure, custody.login() ? Where.HERE : Where.PIPELINE, store)
                : run(cure, Where.PIPELINE, store + ", and have it read", custody.after());
    }

    private List<Step> storeWhole() {
        Cure cure = Cure.STORE_WHOLE;
        if (inspection.isFrom(SourceKind.CONFIG)) {
            return supply.logIn(cure, "Log in again, which writes the file anew");
        }
        if (isExplicit()) {
            return one(cure, "Give the whole token and nothing else, as it was printed when it was created");
        }
        List<Step> steps = new ArrayList<>();
        steps.add(Step.say(
                cure,
                custody.login() ? Where.HERE : Where.PIPELINE,
                "Store the whole token again as " + custody.kept() + ", with nothing around it"));
        Optional<Look.Found> other = supply.other();
        if (other.isPresent()) {
            steps.addAll(supply.use(other.get()));
        } else if (custody.login()) {
            steps.add(supply.without(cure, "If you want to work as yourself, log in", own.login()));
        } else {
            steps.addAll(supply.create(cure, "nobody kept it"));
        }
        return steps;
    }

    private List<Step> setVariable() {
        return evidence.strays().isEmpty()
                ? List.of()
                : List.of(supply.setTo(
                        evidence.strays().get(0).origin().name(), "If you mean that token, hand it to the CLI"));
    }

    // ---------- config files

    private List<Step> waitForWriter() {
        List<Step> steps = new ArrayList<>();
        steps.add(Step.say(
                Cure.WAIT_FOR_WRITER,
                Where.HERE,
                "Wait until other chainloop commands have finished, then run this again"));
        if (custody.login()) {
            steps.add(run(Cure.LOG_IN, "If the file stays empty, log in", own.login())
                    .get(0));
        }
        return steps;
    }

    private List<Step> mendConfig() {
        if (!custody.login()) {
            return one(Cure.MEND_CONFIG, "Correct the file or remove it: the Chainloop CLI stops at it");
        }
        String broken = evidence.search().looked().stream()
                .filter(Look.Unreadable.class::isInstance)
                .map(look -> look.origin().name())
                .findFirst()
                .orElseGet(this::originName);
        String file = own.path(broken);
        // The CLI makes a new file only in its own place.
        return here.windows() || !own.namedConfig().isEmpty()
                ? one(Cure.MEND_CONFIG, "Correct the file, or move it away and log in again")
                : here.variableSet()
                        ? run(
                                Cure.MEND_CONFIG,
                                "Correct the file, or do without it",
                                "mv " + file + " " + file + ".old")
                        : run(
                                Cure.MEND_CONFIG,
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
                ? run(
                        Cure.OWN_CONFIG,
                        "Make the folder yours, which is root's after a login by `sudo`",
                        "sudo chown -R \"$(id -un)\" " + folder)
                : put(
                        Cure.OWN_CONFIG,
                        "Give the Chainloop CLI a folder for its config file that it can write",
                        Custody.configHome(situation.place()));
    }

    private List<Step> readOtherConfig() {
        Cure cure = Cure.READ_OTHER_CONFIG;
        if (here.sudo().isPresent()) {
            return run(
                    cure,
                    "Run the command without `sudo`, which takes CHAINLOOP_TOKEN away and reads root's config file; or keep"
                            + " the variable",
                    "sudo --preserve-env=CHAINLOOP_TOKEN COMMAND");
        }
        Path other = evidence.otherConfigs().get(0);
        String file = own.path(other.toString());
        return here.homeUnknown()
                ? put(
                        cure,
                        "Name the home folder, in which there is a config file",
                        Custody.variable(
                                situation.place(),
                                "HOME",
                                own.path(other.resolve("../../..").normalize().toString())))
                : one(
                        cure,
                        here.configHome()
                                ? "Run `unset XDG_CONFIG_HOME`, or give commands `--config " + file + "`"
                                : "Give commands `--config " + file + "`, or move the file to where it is read");
    }

    // ---------- the server

    private List<Step> workAsPerson() {
        if (!custody.login()) {
            return one(
                    Cure.WORK_AS_PERSON,
                    Where.OWN_MACHINE,
                    "Run that command on your own machine, logged in: it is for people");
        }
        return new OtherTokens(evidence).isLoggedIn() && here.variableSet()
                ? List.of(supply.without(Cure.WORK_AS_PERSON, "Work with your login instead"))
                : supply.logIn(Cure.WORK_AS_PERSON, "Log in");
    }

    private List<Step> checkControlPlane() {
        if (evidence.search().host().filter(host -> host.from().startsWith("$")).isPresent()
                && inspection.isFrom(SourceKind.CONFIG)) {
            return put(
                    Cure.CHECK_CONTROL_PLANE,
                    "Unless you mean the control plane in the variable, and log in there, take it away, here and where it is set",
                    List.of("unset " + Host.VARIABLE));
        }
        String host = evidence.search()
                .host()
                .map(one -> one.address() + " (" + one.from() + ")")
                .orElse("");
        return one(
                Cure.CHECK_CONTROL_PLANE,
                host.isEmpty()
                        ? "Check which control plane the CLI talks to: CHAINLOOP_CONTROL_PLANE_API, or `control-plane.api`"
                                + " in its config file"
                        : "Check whether it was made for the control plane that the CLI talks to: " + host);
    }

    private List<Step> keepOneToken() {
        return run(
                Cure.KEEP_ONE_TOKEN,
                "Finish the attestation with the token that began it, or begin a new one",
                own.of("attestation init --remote-state --workflow WORKFLOW --project PROJECT"));
    }

    // ---------- forms

    /** Lines for a file; in a shell they are commands. */
    private List<Step> put(Cure cure, String sentence, List<String> lines) {
        return List.of(
                here.windows()
                        ? Step.say(cure, Where.HERE, sentence)
                        : custody.login()
                                ? Step.run(cure, Where.HERE, sentence, lines)
                                : Step.put(cure, Where.PIPELINE, sentence, lines));
    }

    private static List<Step> one(Cure cure, String sentence) {
        return one(cure, Where.HERE, sentence);
    }

    private static List<Step> one(Cure cure, Where where, String sentence) {
        return List.of(Step.say(cure, where, sentence));
    }

    private List<Step> run(Cure cure, String sentence, String... commands) {
        return run(cure, Where.HERE, sentence, commands);
    }

    private List<Step> run(Cure cure, Where where, String sentence, String... commands) {
        return List.of(Step.run(cure, where, sentence, List.of(commands)));
    }

    private boolean isExplicit() {
        return inspection.isFrom(SourceKind.ARGUMENT) || inspection.isFrom(SourceKind.STDIN);
    }

    private String originName() {
        return inspection.origin() == null ? "FILE" : inspection.origin().name();
    }
}
