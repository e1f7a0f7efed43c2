package dev.chainloop.token.advice;

import static dev.chainloop.token.advice.StepRow.haveDone;
import static dev.chainloop.token.advice.StepRow.step;
import static dev.chainloop.token.advice.Table.always;
import static dev.chainloop.token.advice.Table.provided;
import static dev.chainloop.token.advice.Table.rows;
import static dev.chainloop.token.advice.Table.unless;
import static dev.chainloop.token.advice.Table.when;

import dev.chainloop.token.diagnosis.Cure;

/** The steps of each cure, as a state and its place need them. */
final class CureTable {
    private CureTable() {}

    static Part of(Cure cure) {
        return switch (cure) {
            case SET_HOME ->
                step("Set HOME to the home folder of the user who logged in, or set CHAINLOOP_TOKEN to an API token");
            case WAIT_FOR_WRITER -> SourceTable.waitForWriter();
            case OWN_CONFIG -> SourceTable.ownConfig();
            case MEND_CONFIG -> SourceTable.mendConfig();
            case MEND_SOURCE -> SourceTable.mendSource();
            case READ_OTHER_CONFIG -> SourceTable.readOtherConfig();
            case UNSET_BLANK -> SourceTable.unsetBlank();
            case MOVE_TO_AUTH -> SourceTable.moveToAuth();
            case HAND_IN -> TokenTable.handIn();
            case HAND_ON_TOKEN -> TokenTable.handOn();
            case PASS_TO_CALLED -> RightsTable.passToCalled();
            case UPDATE_OR_HAND_IN -> RightsTable.updateOrHandIn();
            case RUN_PRODUCER -> SourceTable.runProducer();
            case LIST_SOURCES -> step("See what the other sources hold").run("chainloop-token sources");
            case RECODE -> SourceTable.recode();
            case DECODE -> SourceTable.decode();
            case DECODE_PART -> SourceTable.decodePart();
            case KEEP_ONE -> SourceTable.keepOne();
            case EXPAND -> SourceTable.expand();
            case READ_FILE -> SourceTable.leftStdinOr(SourceTable.readFile());
            case FIND_FILE -> SourceTable.leftStdinOr(SourceTable.findFile());
            case TAKE_OUT -> SourceTable.takeOut();
            case RESOLVE -> SourceTable.resolve();
            case STORE_OWN -> SourceTable.storeOwn();
            case GIVE_AS_KEY -> step("This is a key: give it with --key or --secret-file, and a token beside it");
            case STORE_ALONE -> SourceTable.storeAlone();
            case STORE_BARE -> SourceTable.storeBare();
            case SEND_NO_LINE_END -> SourceTable.sendNoLineEnd();
            case STORE_WHOLE -> SourceTable.storeWhole();
            case USE_ORIGINAL -> SourceTable.useOriginal();
            case REQUEST_AUDIENCE -> TokenTable.audience();
            case GET_TOKEN ->
                rows(
                        when(state -> state.maybeDropped() && !state.isAssigned() && !state.isUnloaded())
                                .also(DropTable::byShells),
                        always().also(TokenTable::token));
            case USE_LOGIN -> TokenTable.useLogin(State::targetElsewhere);
            case LOG_IN, REPLACE_API_TOKEN -> TokenTable.token();
            case REQUEST_FEDERATED -> TokenTable.federatedToken();
            case CREATE_API_TOKEN -> TokenTable.apiToken();
            case RECREATE_API_TOKEN -> RightsTable.recreateApiToken();
            case ALLOW_FEDERATED -> RightsTable.allowFederated();
            case WIDEN_TOKEN -> RightsTable.widenToken();
            case WORK_AS_PERSON -> TokenTable.person();
            case LEAVE_OUT_OPTION -> RightsTable.leaveOutOption();
            case REVOKE_LEAKED -> rows(); // Leaks knows which.
            case TRACE_ISSUER -> step("Find out who issued it: the control plane issues no such tokens");
            case CHOOSE_TOKEN -> RightsTable.chooseToken();
            case SEND_VARIABLE -> RightsTable.sendVariable();
            case SET_VARIABLE, MOVE_TO_VARIABLE -> rows(); // Only notes name them, and no plan is made for a note.
            case SET_CLOCK ->
                step(state -> "Compare " + state.machine() + "'s clock with the true time; if it is wrong, set it");
            case CHOOSE_ORGANIZATION -> RightsTable.chooseOrganization();
            case NAME_ORGANIZATION -> step("Add `--org` with the organization's name to the command");
            case USE_OWN_ORGANIZATION -> RightsTable.useOwnOrganization();
            case NAME_PROJECT -> RightsTable.nameProject();
            case USE_IN_SCOPE -> RightsTable.useInScope();
            case CREATE_PROJECT -> RightsTable.createProject();
            case CLOSE_CONFIG -> SourceTable.closeConfig();
            case GIVE_OTHER_KEY -> step("Give the key that the token's issuer signs with");
            case LENGTHEN_SECRET ->
                haveDone("Give the control plane a longer secret; that invalidates all its tokens")
                        .run("openssl rand -hex 32");
            case CHECK_CONTROL_PLANE -> ServerTable.checkControlPlane();
            case TRUST_AUTHORITY -> ServerTable.trustAuthority();
            case NAME_STORE -> ServerTable.nameStore();
            case SET_CLOCK_THERE ->
                step("Set the clock of the machine (a container has its node's) from a time server, see that it is right"
                                + " after a restart, too, and run the command again")
                        .run("sudo timedatectl set-ntp true", "date -u");
            case RENEW_CERTIFICATE -> haveDone("Ask whoever runs the control plane to renew the server's certificate");
            case MATCH_VERSIONS -> ServerTable.matchVersions();
            case REACH_SERVER -> ServerTable.reachServer();
            case ALLOW_CONNECTION -> ServerTable.allowConnection();
            case PASS_PROXY -> ServerTable.passProxy();
            case OPEN_PROXY -> ServerTable.openProxy();
            case PASS_HTTP2 -> ServerTable.passHttp2();
            case REACH_GITHUB ->
                haveDone("Run the job again; if it fails again, ask whoever runs the runner to let it reach the host in"
                        + " ACTIONS_ID_TOKEN_REQUEST_URL over HTTPS");
            case REACH_GITLAB ->
                haveDone("Run the job again; if it fails again, ask whoever runs the runner to let it reach GitLab over"
                        + " HTTPS and trust GitLab's certificate");
            case TRUST_GITLAB -> ServerTable.trustGitlab();
            case SPEAK_PLAINLY -> ServerTable.speakPlainly();
            case SPEAK_TLS ->
                provided(
                        "the CLI was told to speak plain text",
                        step("leave out `--insecure`, CHAINLOOP_API_INSECURE and `api-insecure` in the config file"));
            case RESOLVE_NAME -> ServerTable.resolveName();
            case CHECK_ADDRESS -> ServerTable.checkAddress();
            case ENROLL -> RightsTable.enroll();
            case KEEP_ONE_TOKEN ->
                step("Finish the attestation with the token that began it, or begin a new one")
                        .chainloop("attestation init --remote-state --workflow WORKFLOW --project PROJECT");
            case FREE_NAME ->
                step("Choose another name, or see which token has this one, and revoke it")
                        .chainloop("org api-token list --status all", "org api-token revoke --id ID");
            case LIST_TOKENS ->
                step("See which API tokens exist, and in which organization")
                        .run(state -> state.managing().list());
            case CORRECT_ARGUMENT -> CommandTable.argument();
            case NAME_WORKFLOW ->
                rows(
                        when(state -> state.says(Detail.TYPESET)).then(CommandTable::typeset),
                        always().then(step("Name the project and the workflow, or put the project into .chainloop.yml"
                                        + " (`projectName: PROJECT`)")
                                .chainloop("attestation init --workflow WORKFLOW --project PROJECT")));
            case PREPARE_ATTESTATION -> ServerTable.prepareAttestation();
            case BEGIN_ATTESTATION ->
                step("Begin an attestation where the next command runs, or name the state of another"
                                + " (`--local-state-path`, `--remote-state`)")
                        .chainloop("attestation init --workflow WORKFLOW --project PROJECT");
            case HAND_ON_STATE -> ServerTable.handOnState();
            case SIGN_WITH_KEY -> ServerTable.signWithKey();
            case GIVE_SIGNING_KEY -> ServerTable.giveSigningKey();
            case GIVE_SIGNING_PASSWORD -> ServerTable.giveSigningPassword();
            case SEPARATE_ATTESTATIONS -> ServerTable.separateAttestations();
            case CREATE_WORKFLOW ->
                step("See that the command spells the workflow's name right; if it does, create the workflow first")
                        .chainloop("workflow create --name WORKFLOW --project PROJECT");
            case MEND_BACKEND ->
                haveDone("See what is wrong with the artifact storage, and ask an administrator to repair it")
                        .chainloop("cas-backend list");
            case LOG_IN_ANEW, RENEW_ACCOUNT -> TokenTable.login("log in again");
            case LOG_IN_WITHOUT_BROWSER -> RightsTable.logInWithoutBrowser();
            case LEAVE_OUT_LOGIN -> RightsTable.leaveOutLogin();
            case UPDATE_CLI ->
                step("Update the Chainloop CLI: later versions do not stop here, or give the true reason");
            case INSTALL_CLI ->
                rows(
                        when(state -> state.says(Detail.NO_SUCH_VERSION))
                                .then(step(state ->
                                                "Install a version that exists, or the latest one by leaving out `--version`:"
                                                        + " the installer did not find "
                                                        + state.said(Detail.NO_SUCH_VERSION, "%s")
                                                        + " (404), so nothing was installed")
                                        .at(State::there)
                                        .run("curl -sfL https://dl.chainloop.dev/cli/install.sh | bash -s")),
                        always().then(
                                        step("Install the Chainloop CLI where that ran, in a folder of that PATH; it is built for Linux and macOS,"
                                                        + " on amd64 and arm64. This shows what is there")
                                                .run("uname -sm", "type -a chainloop")));
            case GIVE_RESOURCES -> step("Run it again with more memory");
            case RUN_LONGER ->
                step("See who or what ended it; run it again, with a longer time limit if it ran out of time");
            case ASK_ADMINISTRATOR -> haveDone("Ask whoever runs the control plane; a new token will not help");
            case ASK_FOR_ROLE -> RightsTable.askForRole();
            case ASK_FOR_RIGHTS -> RightsTable.askForRights();
            case JOIN_ORGANIZATION ->
                haveDone("Ask to be invited, or create an organization of your own; a new token will not help");
            case TRY_AGAIN -> step("Run the command again; if it fails again, tell whoever runs the control plane");
            case LOG_IN_TO_REGISTRY ->
                rows(
                        when(state -> state.says(Detail.STORE)).then(SubjectTable::backendCredentials),
                        unless(state -> state.says(Detail.REGISTRY))
                                .then(step("Log in to the registry that the message names, or check the image's name")),
                        always().then(CommandTable::registryLogin));
            case CHECK_POLICY ->
                step("Check the policy's reference in the contract, and tell whoever runs the policy provider");
            case ALLOW_HOST -> ServerTable.allowHost();
            case MEND_POLICY ->
                haveDone(
                                "Have whoever maintains the policy repair it, which can be tried without an attestation; or have"
                                        + " it taken out of the contract")
                        .chainloop("policy develop eval --policy FILE --material FILE --kind KIND");
            case CHECK_SUBJECT -> step("Check what the message names, and run the command again");
            case BEGIN_AGAIN ->
                step(state -> "Begin the attestation again: its remote state can be read only with "
                                + (state.requestedForLackOfAnother()
                                        ? "a federated token, like the one that began it"
                                        : "the token that began it"))
                        .chainloop("attestation init --remote-state --workflow WORKFLOW --project PROJECT");
            case GO_ON ->
                step("Then run the failed command again: the open attestation is kept, and a new token can finish it");
            case FIND_OPTION -> RightsTable.findOption();
            case FIND_TOKEN -> RightsTable.findToken();
            case EXPLAIN_WITH_CONFIG ->
                step("Have the message explained with the file that the command read")
                        .run(state -> "chainloop-token explain --config " + state.configOfCommand() + " <log");
            case LOOK_THERE -> RightsTable.lookThere();
            case ASK_SERVER ->
                step("Ask the control plane itself about the token")
                        .run(state -> "chainloop-token ask"
                                + state.sourceBehindAnother()
                                        .map(source -> " --source " + source)
                                        .orElse(""));
        };
    }

    /** First of all: the CLI, and so the token, is not there. */
    static Part onWindows() {
        return rows(
                unless(State::onWindows).end(),
                always().then(step("Run this where the Chainloop CLI runs, in WSL or in a container: there is none for"
                        + " Windows, and its token is there")));
    }
}
