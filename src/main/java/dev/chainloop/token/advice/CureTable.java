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
import dev.chainloop.token.core.Form;
import dev.chainloop.token.diagnosis.Cure;
import dev.chainloop.token.diagnosis.Several;
import dev.chainloop.token.source.Host;
import dev.chainloop.token.source.Place;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The steps of each cure, as a state and its place need them. */
final class CureTable {
    private static final String ALONE = "tr -cd '[:print:]\\n' | grep -oE 'eyJ[A-Za-z0-9_-]+([.][A-Za-z0-9_-]+){2}'";

    private static final String BARE = "tr -cd 'A-Za-z0-9._-' | grep -o 'eyJ.*'";

    private static final String TOKEN = "CHAINLOOP_TOKEN";
    private static final String GIVEN = "chainloop COMMAND --token \"$CHAINLOOP_TOKEN\"";

    /** Who is a member, with the IDs that the second one takes. */
    private static final String[] ROLES = {"organization member list", "organization member update --id ID --role ROLE"
    };

    private static final String INSTALLER = "curl -sfL https://dl.chainloop.dev/cli/install.sh | bash -s -- --version ";

    private CureTable() {}

    static Part of(Cure cure) {
        return switch (cure) {
            case SET_HOME ->
                step("Set HOME to the home folder of the user who logged in, or set CHAINLOOP_TOKEN to an API token");
            case WAIT_FOR_WRITER -> waitForWriter();
            case OWN_CONFIG -> ownConfig();
            case MEND_CONFIG -> mendConfig();
            case MEND_SOURCE -> mendSource();
            case READ_OTHER_CONFIG -> readOtherConfig();
            case UNSET_BLANK ->
                rows(
                        when(state -> state.evidence().blankHidesToken())
                                .then(step("use the token in the config file").withoutVariable()),
                        when(State::canLogIn).then(TokenTable::person),
                        always().then(TokenTable::handIn));
            case MOVE_TO_AUTH -> moveToAuth();
            case HAND_IN -> TokenTable.handIn();
            case HAND_ON_TOKEN -> TokenTable.handOn();
            case PASS_TO_CALLED ->
                inPipeline(
                                "In the job that calls the workflow, add these lines beside its `uses:` (a workflow of another"
                                        + " organization gets a secret only by its name:"
                                        + " `secrets: {api_token: ${{ secrets.CHAINLOOP_TOKEN }}}`)")
                        .put("permissions: {contents: read, id-token: write}", "secrets: inherit");
            case UPDATE_OR_HAND_IN ->
                rows(
                        always().also(step(state -> "Update the Chainloop CLI"
                                        + state.cliVersion()
                                                .map(version -> ", which is " + version)
                                                .orElse("")
                                        + ": since v0.181 it takes a login, too")
                                .enough()),
                        when(State::canLogIn).then(TokenTable::creation),
                        always().then(as(Cure.HAND_IN, TokenTable.handIn())));
            case LIST_SOURCES -> step("See what the other sources hold").run("chainloop-token sources");
            case RECODE ->
                mend(
                        "Replace %2E by a dot, + by - and / by _, and drop =",
                        "sed 's/%2[eE]/./g' | tr '/+' '_-' | tr -d =");
            case DECODE ->
                rows(
                        when(State::isEncodedTwice).then(mend("Decode the value twice", "base64 -d | base64 -d")),
                        always().then(mend("Decode the value", "base64 -d")));
            case DECODE_PART ->
                mend(
                        "Decode the token",
                        "grep -oE '[A-Za-z0-9+/]{40,}=*' |\n  while read -r part; do echo \"$part\" | base64 -d; echo; done |\n  "
                                + ALONE);
            case KEEP_ONE ->
                rows(
                        when(state -> state.fromArgument() && state.namesPath()).then(searchFile()),
                        when(state -> state.fromVariable() && state.namesPath())
                                .also(step("See which tokens are in the file, and set CHAINLOOP_TOKEN to one of them")
                                        .run(state -> "chainloop-token mask --report "
                                                + state.shell().variable(TOKEN))),
                        when(State::namesPath).end(),
                        when(state -> state.several().areDead()).then(TokenTable::token),
                        given(State::severalOfWhichOneIsAlive).then(CureTable::keepAlive),
                        always().then(step(
                                "Keep one token; `chainloop-token inspect --lines` reads several, one per line")));
            case EXPAND -> expand();
            case READ_FILE -> leftStdinOr(readFile());
            case FIND_FILE -> leftStdinOr(findFile());
            case TAKE_OUT -> takeOut();
            case RESOLVE -> resolve();
            case STORE_OWN -> storeWhole("", "Store Chainloop's own token", "there is none");
            case GIVE_AS_KEY -> step("This is a key: give it with --key or --secret-file, and a token beside it");
            case STORE_ALONE ->
                rows(given(State::key).then(KeySelector::part), always().then(mend("Keep only the token", ALONE)));
            case STORE_BARE -> mend("Keep only the token", BARE);
            case SEND_NO_LINE_END ->
                rows(
                        when(state -> state.fromVariable()
                                        && state.canLogIn()
                                        && !state.shell().trim(TOKEN).isEmpty())
                                .then(step("Remove the line end, here and where the variable is set")
                                        .run(state -> state.shell().trim(TOKEN))),
                        always().then(mend("Keep only the token", BARE)));
            case STORE_WHOLE ->
                rows(
                        when(state -> state.isBlankOfProgram() && state.fromVariable())
                                .then(nameLookedUp()),
                        always().then(leftStdinOr(storeWhole())));
            case USE_ORIGINAL -> useOriginal();
            case REQUEST_AUDIENCE -> TokenTable.audience();
            case GET_TOKEN ->
                rows(
                        when(state -> state.maybeDropped() && !state.isAssigned())
                                .also(DropTable::byShells),
                        always().also(TokenTable::token));
            case LOG_IN, REPLACE_API_TOKEN -> TokenTable.token();
            case REQUEST_FEDERATED -> TokenTable.federatedToken();
            case CREATE_API_TOKEN -> TokenTable.apiToken();
            case RECREATE_API_TOKEN ->
                rows(
                        // A job may still have a value that was replaced.
                        when(State::jobMayHaveOldValue)
                                .then(() -> storeWhole(
                                        "the token was replaced", "store the new one", "nobody has replaced it")),
                        always().then(TokenTable::creation));
            case ALLOW_FEDERATED ->
                all(
                        provided(
                                "the job only makes attestations",
                                step("add `--allow-federated`: the CLI requests a token")),
                        provided("it does more", TokenTable.handIn()));
            case WIDEN_TOKEN ->
                rows(when(State::ofOneProject).then(TokenTable::creation), always().then(TokenTable::person));
            case WORK_AS_PERSON -> TokenTable.person();
            case LEAVE_OUT_OPTION ->
                step("Leave out `--token`: the CLI reads CHAINLOOP_TOKEN by itself. See that the variable is set where"
                        + " the command runs, and that the command is complete");
            case REVOKE_LEAKED -> rows(); // Leaks knows which.
            case TRACE_ISSUER -> step("Find out who issued it: the control plane issues no such tokens");
            case CHOOSE_TOKEN -> chooseToken();
            case SEND_VARIABLE -> sendVariable();
            case SET_VARIABLE ->
                rows(given(State::stray)
                        .then(found ->
                                provided("you mean that token", TokenTable.variable(found, "hand it to the CLI"))));
            case MOVE_TO_VARIABLE -> step("To use it, set CHAINLOOP_TOKEN to it; to work as yourself, log in");
            case SET_CLOCK ->
                step(state -> "Compare " + state.machine() + "'s clock with the true time; if it is wrong, set it");
            case CHOOSE_ORGANIZATION ->
                rows(
                        when(state -> state.isApiToken() && state.judged())
                                .then(() -> TokenTable.creation(state -> Commands.Target.OF_OTHER_ORGANIZATION)),
                        always().also(step("See which organizations are yours, and choose one")
                                .chainloop("organization list", "organization set --name ORGANIZATION")),
                        given(State::organizationThere).also(CureTable::invite));
            case NAME_ORGANIZATION -> step("Add `--org` with the organization's name to the command");
            case USE_OWN_ORGANIZATION ->
                rows(
                        given(State::organizationMeant).then(TokenTable::inOrganization),
                        always().then(provided(
                                "you mean the other organization",
                                step("use one of its tokens: this one works only in its own"))));
            case NAME_PROJECT -> nameProject();
            case USE_IN_SCOPE -> useInScope();
            case CREATE_PROJECT -> createProject();
            case CLOSE_CONFIG ->
                rows(
                        when(State::ownsConfig)
                                .then(step("Make the file readable only for you")
                                        .run(state -> "chmod 600 " + state.own().path(state.originName()))),
                        always().then(step("Have the file made readable only for you where it comes from: here it"
                                + " belongs to somebody else, or cannot be changed")));
            case GIVE_OTHER_KEY -> step("Give the key that the token's issuer signs with");
            case LENGTHEN_SECRET ->
                haveDone("Give the control plane a longer secret; that invalidates all its tokens")
                        .run("openssl rand -hex 32");
            case CHECK_CONTROL_PLANE -> checkControlPlane();
            case TRUST_AUTHORITY ->
                rows(
                        when(State::ofStore)
                                .then(settingAnew(
                                        CureTable::trusting, "CHAINLOOP_ARTIFACT_CAS_API_CA", state -> "FILE")),
                        always().then(settingAnew(
                                CureTable::trusting, "CHAINLOOP_CONTROL_PLANE_API_CA", state -> "FILE")));
            case NAME_STORE -> nameStore();
            case SET_CLOCK_THERE ->
                step("Set the clock of the machine (a container has its node's) from a time server, see that it is right"
                                + " after a restart, too, and run the command again")
                        .run("sudo timedatectl set-ntp true", "date -u");
            case RENEW_CERTIFICATE -> haveDone("Ask whoever runs the control plane to renew the server's certificate");
            case MATCH_VERSIONS ->
                all(
                        step("See both versions, and use a CLI that is not newer than the control plane")
                                .chainloop("version"),
                        inPipeline(state ->
                                        "Install the CLI in the control plane's version, and keep it at that until the"
                                                + " control plane is upgraded"
                                                + (state.says(Detail.SERVER_VERSION)
                                                        ? ""
                                                        : " (`Server Version` above)"))
                                .at(State::there)
                                .commands(state -> List.of(INSTALLER
                                        + state.said(Detail.SERVER_VERSION).orElse("VERSION"))));
            case REACH_SERVER ->
                step(state -> "Check that " + state.machine()
                        + " may reach the " + (state.ofStore() ? "artifact store's" : "control plane's")
                        + " address and port: its network, a VPN, a firewall, the proxy in"
                        + " HTTPS_PROXY");
            case PASS_PROXY -> passProxy();
            case PASS_HTTP2 -> passHttp2();
            case REACH_GITHUB ->
                haveDone("Run the job again; if it fails again, ask whoever runs the runner to let it reach the host in"
                        + " ACTIONS_ID_TOKEN_REQUEST_URL over HTTPS");
            case REACH_GITLAB ->
                haveDone("Run the job again; if it fails again, ask whoever runs the runner to let it reach GitLab over"
                        + " HTTPS and trust GitLab's certificate");
            case TRUST_GITLAB ->
                all(
                        inPipeline("Have the CLI trust GitLab's authority beside the public ones: the runner hands its"
                                        + " certificate in as $CI_SERVER_TLS_CA_FILE")
                                .put(
                                        "before_script:",
                                        "  - cat /etc/ssl/certs/ca-certificates.crt \"$CI_SERVER_TLS_CA_FILE\" >/tmp/ca.pem",
                                        "  - export SSL_CERT_FILE=/tmp/ca.pem"),
                        provided(
                                "that variable is empty",
                                haveDone("ask whoever runs the runner for the certificate, or for `tls-ca-file` in its"
                                        + " configuration")));
            case SPEAK_PLAINLY ->
                all(
                        provided(
                                "it is the right server, such as a local one without TLS",
                                settingAnew(
                                        "have the CLI speak plain text, too (like `--insecure`)",
                                        "CHAINLOOP_API_INSECURE",
                                        state -> "true")),
                        provided("it is not", checkAddress()));
            case SPEAK_TLS ->
                provided(
                        "the CLI was told to speak plain text",
                        step("leave out `--insecure`, CHAINLOOP_API_INSECURE and `api-insecure` in the config file"));
            case RESOLVE_NAME -> resolveName();
            case CHECK_ADDRESS -> checkAddress();
            case ENROLL -> enroll();
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
            case PREPARE_ATTESTATION -> prepareAttestation();
            case BEGIN_ATTESTATION ->
                step("Begin an attestation where the next command runs, or name the state of another"
                                + " (`--local-state-path`, `--remote-state`)")
                        .chainloop("attestation init --workflow WORKFLOW --project PROJECT");
            case HAND_ON_STATE -> handOnState();
            case GIVE_SIGNING_KEY ->
                step("Give the private key by `--key`: a file, or `env://NAME` with the whole PEM text in that variable")
                        .at(State::there);
            case GIVE_SIGNING_PASSWORD -> giveSigningPassword();
            case SEPARATE_ATTESTATIONS -> separateAttestations();
            case CREATE_WORKFLOW ->
                step("See that the command spells the workflow's name right; if it does, create the workflow first")
                        .chainloop("workflow create --name WORKFLOW --project PROJECT");
            case MEND_BACKEND ->
                haveDone("See what is wrong with the artifact storage, and ask an administrator to repair it")
                        .chainloop("cas-backend list");
            case LOG_IN_ANEW, RENEW_ACCOUNT -> TokenTable.login("log in again");
            case LOG_IN_WITHOUT_BROWSER ->
                rows(
                        when(State::jobHasApiToken)
                                .then(step("Leave `chainloop auth login` out of what runs there: the API token in"
                                        + " CHAINLOOP_TOKEN is sent without a login")),
                        unless(State::canLogIn).then(TokenTable::apiToken),
                        always().then(step("Open the page that this prints in any browser, and paste the token that it"
                                        + " shows")
                                .chainloop("auth login --skip-browser")));
            case UPDATE_CLI ->
                step("Update the Chainloop CLI: later versions do not stop here, or give the true reason");
            case INSTALL_CLI ->
                step("Install the Chainloop CLI where that ran, in a folder of that PATH; it is built for Linux and macOS,"
                                + " on amd64 and arm64. This shows what is there")
                        .run("uname -sm", "type -a chainloop");
            case GIVE_RESOURCES -> step("Run it again with more memory, or a longer time limit if it was stopped");
            case ASK_ADMINISTRATOR -> haveDone("Ask whoever runs the control plane; a new token will not help");
            case ASK_FOR_ROLE -> askForRole();
            case ASK_FOR_RIGHTS ->
                rows(
                        when(state -> state.judged() && state.isApiToken()).then(askForWiderToken()),
                        when(state -> state.judged() && state.decoded()).then(askForRole()),
                        always().also(provided("a person's login was sent", askForRole())),
                        always().also(provided("an API token was sent", askForWiderToken())));
            case JOIN_ORGANIZATION ->
                haveDone("Ask to be invited, or create an organization of your own; a new token will not help");
            case TRY_AGAIN -> step("Run the command again; if it fails again, tell whoever runs the control plane");
            case LOG_IN_TO_REGISTRY -> step("Log in to the registry that the message names, or check the image's name");
            case CHECK_POLICY ->
                step("Check the policy's reference in the contract, and tell whoever runs the policy provider");
            case ALLOW_HOST -> allowHost();
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
            case FIND_OPTION -> findOption();
            case FIND_TOKEN ->
                all(
                        provided("the command failed here", TokenTable.token()),
                        provided(
                                "it failed elsewhere",
                                step("see which token is used there").run("chainloop-token sources")));
            case EXPLAIN_WITH_CONFIG ->
                step("Have the message explained with the file that the command read")
                        .run(state -> "chainloop-token explain --config " + state.configOfCommand() + " <log");
            case LOOK_THERE -> lookThere();
            case ASK_SERVER ->
                step("Ask the control plane itself about the token")
                        .run(state -> "chainloop-token ask"
                                + state.sourceBehindAnother()
                                        .map(source -> " --source " + source)
                                        .orElse(""));
        };
    }

    // ---------- which token is sent

    private static Part chooseToken() {
        return rows(
                unless(State::variableRemovable).then(CureTable::lookThere),
                unless(State::loginBehindIsDead).then(provided("you mean the other token", step("").withoutVariable())),
                when(State::canLogIn)
                        .then(provided("you mean to work as yourself", TokenTable.loginCommand("log in"))));
    }

    /** First of all: the CLI, and so the token, is not there. */
    static Part onWindows() {
        return rows(
                unless(State::onWindows).end(),
                always().then(step("Run this where the Chainloop CLI runs, in WSL or in a container: there is none for"
                        + " Windows, and its token is there")));
    }

    private static Part lookThere() {
        return step("See which token is used where the command failed").run("chainloop-token sources");
    }

    /** For a CLI that sends a login although the variable is set. */
    private static Part sendVariable() {
        return all(
                step(state -> "Update the Chainloop CLI"
                                + (state.canLogIn() || state.label().isEmpty() ? "" : " there" + state.label())
                                + ": since v1.100.10, $CHAINLOOP_TOKEN wins over a login")
                        .at(State::there),
                provided(
                        "you cannot update it now",
                        rows(
                                when(State::canLogIn)
                                        .then(step("give the token by `--token`, which lists of processes show")
                                                .run(GIVEN)),
                                always().then(inPipeline("give the token by `--token`, which lists of processes show")
                                        .put(GIVEN)))),
                provided(
                        "nobody needs the login",
                        rows(
                                when(State::canLogIn)
                                        .then(step("remove it, and the addresses that are in its file")
                                                .chainloop("config reset")),
                                always().then(inPipeline(state -> "remove it, and the addresses that are in its file"
                                                + (state.place() == Place.SERVICE ? ", as the unit's user" : ""))
                                        .put("chainloop config reset")))));
    }

    private static Part findOption() {
        return rows(
                given(state -> state.said(Detail.TOKEN_VARIABLE))
                        .then(variable -> step(state -> "Replace the token in "
                                        + (state.canLogIn() ? "$" + variable : state.keptAs(variable))
                                        + ", which the command gives by `--token`" + state.orAnew(", and "))
                                .at(State::there)),
                unless(State::canLogIn)
                        .then(inPipeline(
                                "Look for `--token` in the job's script and in wrappers of `chainloop`, and replace"
                                        + " the token that it gives where that is kept")),
                always().also(
                                step("Find what gives `--token` to the command: an alias, a function, a wrapper or a script")
                                        .commands(state -> state.shell().locate("chainloop"))),
                when(State::variableSet)
                        .also(provided(
                                "it gives $CHAINLOOP_TOKEN",
                                step("have the message explained with that")
                                        .run("chainloop-token explain --source env <log"))));
    }

    // ---------- the value

    private static Part expand() {
        return rows(
                when(State::isNameMistaken).then(step(State::how).at(State::there)),
                when(State::isCommandInConfiguration).then(TokenTable::commandInConfiguration),
                when(state -> state.isUnrunCommand() && state.fromVariable())
                        .then(step(State::how).script(CureTable::commandRun)),
                given(State::credentialInConfiguration)
                        .then(file -> TokenTable.inConfiguration("Have the credential's file read", file)),
                when(State::isReferenceInConfiguration)
                        .also(() -> TokenTable.inConfiguration(
                                "Put the token itself in the place of its name, since a variable's line expands nothing, or"
                                        + " have the command read a file",
                                "FILE")),
                when(State::isReferenceInConfiguration).then(provided("there is no token yet", TokenTable.creation())),
                when(state -> state.isOwnersToPutIn() && !state.handsInExpressions())
                        .also(step(State::how)),
                when(state -> state.fromVariable() && !state.canLogIn()).then(TokenTable::handIn),
                when(State::isOwnersToPutIn).end(),
                always().then(step("Put the value in the place of its name: a shell expands `$NAME`, but not in single"
                        + " quotes, and a GitHub workflow `${{ secrets.NAME }}`; a config file expands nothing")));
    }

    /** Where the command is not shown, the sentence is all. */
    private static List<String> commandRun(State state) {
        boolean shown = !state.command().equals(State.HIDDEN) && state.script().hasWords();
        return shown ? List.of(state.script().exportOutput(TOKEN, state.command())) : List.of();
    }

    /** Where the tokens stand one by one, a filter takes out the one that has not expired. */
    private static Part keepAlive(Several several) {
        String sentence = "Keep only the " + several.aliveInWords() + " token, which alone has not expired";
        return rows(
                when(state -> several.glued() || state.given()).then(step(sentence)),
                always().then(mend(sentence, ALONE + " | sed -n " + several.alive() + "p")));
    }

    private static Part readFile() {
        return rows(
                when(state -> state.fromArgument() && state.hasMoreInFile()).then(searchFile()),
                unless(State::fromVariable)
                        .then(step("Give what is in the file")
                                .commands(state -> state.shell()
                                        .reading("chainloop-token inspect -", "FILE")
                                        .lines()
                                        .toList())),
                when(state -> state.hasConfiguration() && !state.hasMoreInFile())
                        .then(() ->
                                TokenTable.inConfiguration("Set CHAINLOOP_TOKEN to what is in the file", "$" + TOKEN)),
                when(State::hasMoreInFile)
                        .then(step("Set CHAINLOOP_TOKEN to the token in the file")
                                .script(CureTable::aloneInFile)),
                always().then(step("Set CHAINLOOP_TOKEN to what is in the file")
                        .says((shell, state) -> shell.exportOutput(TOKEN, shell.reading(TOKEN)))));
    }

    private static List<String> aloneInFile(State state) {
        Shell shell = state.script();
        String command = shell.exportOutput(TOKEN, shell.reading(TOKEN) + " |\n  " + ALONE);
        return shell.pipes() ? command.lines().toList() : List.of();
    }

    private static Part searchFile() {
        return step("See which tokens are in it").run("chainloop-token mask --report FILE");
    }

    private static Part findFile() {
        return rows(
                when(state -> state.fromArgument() && state.namesFolder()).then(searchFile()),
                when(State::given).then(step("Give a token, or the name of a file that is here and holds one")),
                when(state -> state.fromVariable() && state.namesFolder())
                        .also(step("Set CHAINLOOP_TOKEN to what is in the file in that folder")
                                .says((shell, state) -> shell.exportOutput(TOKEN, shell.reading(TOKEN + "/FILE")))),
                when(state -> state.fromVariable() && !state.namesFolder())
                        .also(
                                step("See where the file is (a relative path counts from the folder where the command runs, and"
                                                + " a mounted file is only in what it is mounted into), and set CHAINLOOP_TOKEN to"
                                                + " what is in it")
                                        .says((shell, state) -> shell.exportOutput(TOKEN, "cat FILE"))),
                always().then(() -> storeWhole("there is no such file", "store the whole token", "nobody kept it")));
    }

    /** A template or a command ran, and found nothing under the name that it looked up. */
    private static Part nameLookedUp() {
        String sentence =
                "Correct the name of the key in the template or the command that fills CHAINLOOP_TOKEN in: it ran,"
                        + " and found nothing under that name";
        return rows(
                when(state -> state.place() == Place.NOMAD)
                        .also(inPipeline(
                                        "Correct the key in the task's template: it ran, and found nothing under that name"
                                                + " (in version 2 of Vault's KV, keys are below `.Data.data`); then run the job again")
                                .put("CHAINLOOP_TOKEN={{ with secret \"PATH\" }}{{ .Data.data.KEY }}{{ end }}")),
                when(state -> state.place() != Place.NOMAD
                                && state.here().vault().isPresent())
                        .also(inPipeline(
                                        sentence
                                                + " (in Vault Agent's templates, the keys of KV version 2 are below `.Data.data`)")
                                .put("{{ with secret \"PATH\" }}{{ .Data.data.KEY }}{{ end }}")),
                when(state -> state.place() != Place.NOMAD
                                && state.here().vault().isEmpty())
                        .also(step(sentence).at(State::there)),
                when(state -> state.here().vault().isPresent())
                        .also(step("See which keys there are")
                                .at(State::there)
                                .run("vault kv get -format=json PATH | jq '.data.data | keys'")),
                always().also(provided("the key is right", storeWhole())));
    }

    /** Where no command takes it out, a person does. */
    private static Part takeOut() {
        return rows(
                when(State::standsTwice).then(mend("Keep the token once", ALONE + " | head -n 1")),
                when(State::given).then(step("Give only the token")),
                always().then(() -> storeWhole("", "Store the token", "nobody kept it")));
    }

    /** The secret exists: whoever can resolve it puts it in. */
    private static Part resolve() {
        return rows(
                given(state -> Resolver.of(state)).then(Resolver::part),
                when(state -> state.canResolve() && state.fromVariable() && state.hasConfiguration())
                        .then(() -> TokenTable.commandInConfiguration(
                                state -> state.how() + ", where a shell runs that", State::resolving)),
                when(state -> state.fromVariable()
                                && state.canResolve()
                                && state.script().pipes())
                        .also(step(State::how).says((shell, state) -> shell.exportOutput(TOKEN, state.resolving()))),
                unless(state -> state.fromVariable()
                                && state.canResolve()
                                && state.script().pipes())
                        .also(step(State::how)),
                when(state -> !state.given() && !state.fromConfig())
                        .also(provided("that cannot be done there", store("store the secret's value"))));
    }

    private static Part storeWhole() {
        return storeWhole("", "Store the whole token", "nobody kept it");
    }

    /** A filter takes the bare token from the value, if that can be read back, or from a file. */
    private static Part mend(String sentence, String filter) {
        return rows(
                when(state -> state.fromConfig() && state.canLogIn() && !state.isApiToken())
                        .then(() -> TokenTable.login("log in again, which rewrites the file")),
                when(State::fromConfig)
                        .then(step("Store only the token in the config file, between one pair of quotes")),
                when(state -> state.fromArgument() || !canFilter(state, filter)).then(step(sentence)),
                when(state -> state.isSetByProgram() && !state.canLogIn())
                        .then(step(state -> sentence + ", in " + state.settingLine())
                                .at(Where.PIPELINE)
                                .commands(State::rereadingSetting)),
                when(State::keptInSight).then(takeOff()),
                when(State::noCommandShows).then(() -> storeWhole("", "Store the token", "nobody kept it")),
                when(State::noCommandChanges)
                        .then(step(state -> sentence + ", and store what this prints as " + state.kept()
                                        + state.orAnew(", and "))
                                .run(state -> filtered(state, filter))),
                always().then(step(state -> sentence + whereChanged(state) + state.orAnew(", and "))
                        .at(State::there)
                        .run(state -> state.shell().capture(filtered(state, filter), state.store()))));
    }

    /** Whoever can read what is stored needs no other token. */
    private static Part takeOff() {
        return step(state -> "Take off " + state.around() + " the token"
                        + (state.quotedForContainer() && state.variablesFile().isEmpty()
                                ? " where the container is started (a file for `--env-file` is written without quotes)"
                                : ", in " + state.kept())
                        + state.orAnew("; then "))
                .at(Where.PIPELINE)
                .commands(State::restart);
    }

    /** A loop is a POSIX shell's own. */
    private static boolean canFilter(State state, String filter) {
        return filter.contains("while ")
                ? state.shell() == Shell.POSIX
                : state.shell().pipes();
    }

    private static String filtered(State state, String filter) {
        return (state.fromStdin() ? "cat FILE" : state.place().stored()) + " |\n  " + filter;
    }

    private static String whereChanged(State state) {
        return state.fromStdin()
                ? ""
                : state.canLogIn()
                        ? (state.isHere() ? ", here and " : ", also ")
                                + (state.isSetByProgram()
                                                || state.variablesFile().isPresent()
                                        ? state.whereSet()
                                        : "where the variable is set")
                        : ", in " + state.kept();
    }

    /** Where no command gives the value back, a person who has it stores it. */
    private static Part storeWhole(String condition, String sentence, String otherwise) {
        return rows(
                when(State::fromConfig).then(() -> TokenTable.login("log in again, which rewrites the file")),
                when(State::givenAnothers)
                        .then(step("Give a token that Chainloop issued: this one is another service's")),
                when(State::wordIsGiven)
                        .also(provided(
                                "you meant a command or a topic",
                                step("see which there are").run("chainloop-token help"))),
                when(State::given)
                        .then(step("Give the whole token and nothing else, as it was printed when it was created")),
                always().also(provided(condition, store(sentence))),
                given(State::another).then(TokenTable::use),
                when(State::loginWillDo)
                        .then(provided(
                                "you want to work as yourself",
                                step("log in")
                                        .withoutVariable()
                                        .run(state -> state.own().login()))),
                always().then(provided(otherwise, TokenTable.creation())));
    }

    /** The token exists; only a copy of it was made for others. */
    private static Part useOriginal() {
        return rows(
                when(State::given).then(step("Give the token itself: this is a copy that was made to be shared")),
                when(State::fromConfig).then(() -> TokenTable.login("log in again, which rewrites the file")),
                always().then(store("Store the token itself")));
    }

    /** What a program finds on its standard input is often meant for the one that started it. */
    private static Part leftStdinOr(Part part) {
        return rows(
                unless(State::tookStdin).then(part),
                always().also(leaveStdin()),
                always().also(provided("it is for this command", part)));
    }

    private static Part leaveStdin() {
        return provided(
                "stdin, which you did not name (`-`), belongs to a script, a loop or a git hook",
                step(state -> "leave it to them: add "
                        + (state.shell().redirects() ? "`</dev/null`" : "`--source env` or `--source config`")
                        + " to the command"));
    }

    private static Part store(String sentence) {
        return rows(
                when(State::commandAsks)
                        .then(step(state -> sentence + " as " + state.kept()
                                        + ", and nothing else; the command asks for it")
                                .at(State::there)
                                .run(State::storeAsking)),
                always().then(step(state -> sentence + " as " + state.kept()
                                + (state.quotedForContainer()
                                                && state.variablesFile().isEmpty()
                                        ? " (`--env-file` keeps quotes)"
                                        : "")
                                + ", and nothing else, not even a line end (`echo` adds one, `printf %s` does not)"
                                + state.orAnew("; then "))
                        .at(State::there)
                        .commands(State::restart)));
    }

    // ---------- config files

    private static Part moveToAuth() {
        return rows(
                always().also(step(state -> "Move the token from " + state.misplacedKey()
                                + " to where the CLI reads it, at the end of the config file")
                        .at(State::there)
                        .put("[auth]", "token = 'TOKEN'")),
                when(State::canLogIn)
                        .also(provided("it was a login", TokenTable.loginCommand("log in again, which writes that"))));
    }

    private static Part waitForWriter() {
        return all(
                step("Wait until other chainloop commands have finished, then run this again"),
                provided(
                        "the file stays as it is",
                        rows(
                                when(State::configEmpty).then(CureTable::fillConfig),
                                always().then(CureTable::mendConfig))));
    }

    /** An empty file stops nothing; what was in it is made anew. */
    private static Part fillConfig() {
        return rows(
                when(State::canLogIn)
                        .then(step("Log in").run(state -> state.own().login())),
                always().then(TokenTable::handIn));
    }

    private static Part mendConfig() {
        return rows(
                when(State::configEmpty).then(CureTable::fillConfig),
                unless(State::canLogIn).then(step("Correct the file, or remove it")),
                // The CLI makes a new file only in its own place.
                when(State::readsNamedConfig).then(step("Correct the file, or move it away and log in again")),
                when(State::variableSet)
                        .then(step("Correct the file, or do without it").run(CureTable::moveAway)),
                always().then(step("Correct the file, or log in to the default control plane with a new one")
                        .commands(state -> List.of(moveAway(state), state.own().login()))));
    }

    private static String moveAway(State state) {
        return "mv " + state.brokenConfig() + " " + state.brokenConfig() + ".old";
    }

    private static Part mendSource() {
        return rows(
                always().also(step("Make the source readable, then run this again")),
                when(state -> state.fromConfig() && !state.asked())
                        .also(provided(
                                "it is a folder that a container's mount made",
                                step("remove it on the host, log in there, and start the container again"))));
    }

    private static Part ownConfig() {
        return rows(
                when(State::configFolderIsOnesOwn)
                        .then(provided(
                                "the folder is root's",
                                step("as after a login with `sudo`, make it yours")
                                        .run(state -> "sudo chown -R "
                                                + state.shell().output("id -un") + " " + state.configFolder()))),
                when(State::homeIsAnothers).then(TokenTable::ownHome),
                when(State::sourceUnreadableHere).then(step("Make the source readable, then run this again")),
                always().also(step(state -> "Give the Chainloop CLI a writable folder for its config file"
                                + (state.configHomeIsSetting() ? state.settingIn() : ""))
                        .script(State::configHome)),
                when(state -> state.configHomeIsSetting() && state.restartsThere() && !state.isHere())
                        .also(haveRead()));
    }

    private static Part readOtherConfig() {
        return rows(
                when(state -> state.here().sudo().isPresent() && state.otherConfigsAreUseless())
                        .also(() -> TokenTable.loginCommand("log in without `sudo`")),
                when(state -> state.here().sudo().isPresent()).then(TokenTable::withoutSudo),
                when(state -> state.otherConfigIsRelative() && state.canLogIn())
                        .then(provided(
                                state -> state.decoded() ? "you mean that file" : "",
                                step("Make the folder in XDG_CONFIG_HOME absolute, here and where it is set")
                                        .says((shell, state) ->
                                                shell.exportWord("XDG_CONFIG_HOME", state.absoluteConfigHome())))),
                when(State::otherConfigIsRelative)
                        .then(step("Where XDG_CONFIG_HOME is set, make it absolute")
                                .at(State::there)),
                when(state -> state.here().homeUnknown()
                                && !state.container().enter().isEmpty())
                        .then(step(state -> "Add `-e HOME=" + state.otherHome() + "` to `"
                                + state.container().enter().split(" ", 2)[0]
                                + " run`: the config file is in that folder")),
                when(state -> state.here().homeUnknown())
                        .then(step("Set HOME to the folder that holds the config file")
                                .says((shell, state) -> shell.exportWord("HOME", state.otherHome()))),
                when(State::configHomeIsTooDeep)
                        .then(step(state -> "Set XDG_CONFIG_HOME to the folder above" + state.settingIn()
                                        + ": the CLI looks for `chainloop/config.toml` below it")
                                .sets("XDG_CONFIG_HOME", State::folderAboveOtherConfig)),
                when(State::otherConfigIsMisplaced)
                        .then(step(state -> "Move the file to where the CLI reads it, or add `--config "
                                        + state.otherConfig() + "` to commands")
                                .at(State::there)
                                .commands(State::movingOtherConfig)),
                when(state -> state.here().configHome())
                        .then(step(state ->
                                "Unset XDG_CONFIG_HOME, or add `--config " + state.otherConfig() + "` to commands")),
                always().then(step(state -> "Add `--config " + state.otherConfig()
                        + "` to commands, or move the file to where it is read")));
    }

    // ---------- the server

    private static String trusting(State state) {
        String beginning = state.authority()
                .map(from -> "What " + from + " names here does not hold that authority: name")
                .orElse("Name");
        return beginning
                + " the file with the certificate of the "
                + (state.ofStore() ? "artifact store's" : "server's")
                + " authority, or the TLS proxy's (like `--"
                + (state.ofStore() ? "artifact-cas-ca" : "control-plane-ca")
                + "`; its text in base64 will do, too)";
    }

    /**
     * A token that was signed with another secret is damaged, of another installation, or older than the server's secret.
     * Only a token of this installation is worth replacing.
     */
    private static Part checkControlPlane() {
        return rows(
                when(State::variableHidesHostOfLogin)
                        .then(provided(
                                "you mean the control plane in the config file",
                                step("remove the variable, here and where it is set")
                                        .says((shell, state) -> shell.unset(Host.VARIABLE)))),
                given(State::controlPlaneOfCommand)
                        .then(address -> provided(
                                state -> "the token is one of "
                                        + state.host().map(Host::address).orElse("the configured control plane")
                                        + ", which is configured here",
                                step("leave out `--control-plane " + address
                                        + "`; a token works only with the control plane that made it"))),
                always().also(step(
                        state -> "Check whether the whole token was stored, and made for the control plane in use: "
                                + state.host()
                                        .map(one -> one.address() + " (" + one.from() + ")")
                                        .or(state::controlPlaneThere)
                                        .orElse(
                                                "CHAINLOOP_CONTROL_PLANE_API, or `control-plane.api` in the config file")
                                + (state.hostFromVariable()
                                        ? "; if the address is wrong, correct or remove the variable"
                                        : ""))),
                always().also(provided("both are so", TokenTable.tokenOfThisControlPlane())));
    }

    /** The list comes with `attestation init`, and what an update names takes the place of all that were in it. */
    private static Part allowHost() {
        return all(
                haveDone("Have an administrator of the organization allow the host to policies, beside those that"
                                + " `organization describe` shows (separated by commas: this replaces the list)")
                        .commands(state -> List.of(state.own()
                                .of("organization update --name " + state.organizationOfCommand()
                                        + " --policies-allowed-hostnames " + state.hostOfPolicy()))),
                step("Then begin the attestation again, from `attestation init`, which fetches the list"
                        + " (`--allowed-hostnames` is an option of `policy develop eval` only)"));
    }

    /** The address that is in the config file is changed there, and a job's in its settings. */
    private static Part nameStore() {
        return rows(
                always().also(settingAnew(
                        "Name the artifact store of the control plane's own installation, whose address its operator knows"
                                + " (like `--artifact-cas`, or `artifact-cas.api` in the config file)",
                        "CHAINLOOP_ARTIFACT_CAS_API",
                        state -> "HOST:PORT")),
                always().also(step("Then run the command that failed again: the open attestation is kept")));
    }

    private static Part checkAddress() {
        return rows(
                when(State::ofStore)
                        .then(step("Check the artifact store's address (--artifact-cas, CHAINLOOP_ARTIFACT_CAS_API, or"
                                + " `artifact-cas.api` in the config file), which is HOST:PORT of gRPC without https://, and any"
                                + " proxy on the way")),
                given(State::wrongHost).then(CureTable::correctAddress),
                given(State::controlPlaneOfSameDomain)
                        .also(own -> provided(
                                "the control plane of this machine is meant, which is of the same domain",
                                inPipeline(state -> "name that one" + state.settingIn())
                                        .sets(Host.VARIABLE, state -> own))),
                always().then(step("Check the address (--control-plane, CHAINLOOP_CONTROL_PLANE_API, or"
                        + " `control-plane.api` in the config file), which is HOST:PORT of gRPC without https://, and any"
                        + " proxy on the way")));
    }

    /** Sets a variable in the place, and has it read. */
    private static Part settingAnew(String sentence, String name, Function<State, String> value) {
        return settingAnew(state -> sentence, name, value);
    }

    private static Part settingAnew(Function<State, String> sentence, String name, Function<State, String> value) {
        return rows(
                always().also(step(state -> sentence.apply(state) + state.settingIn() + state.orAnew(", and "))
                        .sets(name, value)),
                when(State::restartsThere).also(haveRead()));
    }

    private static Part haveRead() {
        return inPipeline("Have that read").commands(State::restart);
    }

    /** The address of a proxy with its password is a secret, and handed in as the token is. */
    private static Part passProxy() {
        return rows(
                when(State::canLogIn)
                        .also(step("Put the user and the password into the proxy's address")
                                .sets("HTTPS_PROXY", State::proxy)),
                unless(State::canLogIn)
                        .also(step(state -> "Store the proxy's address with its user and password, " + state.proxy()
                                        + ", as " + state.keptAs("HTTPS_PROXY")
                                        + (state.proxyLines().isEmpty() ? "" : ", and hand it in"))
                                .at(Where.PIPELINE)
                                .put(State::proxyLines)),
                when(State::restartsThere).also(haveRead()),
                always().also(provided(
                        "the control plane can be reached without the proxy",
                        step(state -> "name its host in NO_PROXY instead" + state.settingIn())
                                .sets("NO_PROXY", State::hostOfControlPlane))));
    }

    /** A proxy is passed by; a load balancer is in front of the control plane for everybody. */
    private static Part passHttp2() {
        return all(
                provided(
                        "a proxy that the CLI is told of inspects TLS",
                        settingAnew(
                                "name the control plane's host in NO_PROXY", "NO_PROXY", State::hostOfControlPlane)),
                haveDone("Otherwise, have the proxy pass that host through unopened, or have the load balancer speak"
                                + " HTTP/2 on that port; this then prints \"ALPN protocol: h2\"")
                        .run(state ->
                                "openssl s_client -alpn h2 -connect " + state.addressOfControlPlane() + " </dev/null"));
    }

    /** The CLI requests a provider's token where it gets no other. */
    private static Part enroll() {
        String token = "the job is to use an API token";
        return rows(
                always().also(haveDone(state -> "Ask an administrator of the organization to enroll the repository"
                        + state.issuerOfCommand()
                                .map(url -> ", with " + url + " as its CI provider,")
                                .orElse("")
                        + " and connect it to the project; with a self-hosted open-source control plane, use an API token"
                        + " instead")),
                when(state -> state.requestedForLackOfAnother() && state.onGitlab())
                        .also(provided(
                                state -> token + ", and " + state.place().perhaps(),
                                inPipeline(state -> state.named(state.perhapsDo())))),
                when(state -> state.requestedForLackOfAnother() && state.onGitlab())
                        .then(provided(token + ", and there is none yet", TokenTable.creation())),
                when(State::requestedForLackOfAnother)
                        .then(provided(
                                token, step(State::handIn).at(Where.PIPELINE).put(State::handInLines))));
    }

    /** A build of Nix is to give the same wherever it runs, and so gets no network. */
    private static Part leaveSandbox() {
        return all(
                inPipeline(
                        "Run the command after the build, as in the shell or the job that started it: the sandbox of a"
                                + " build has no network, and no variables"),
                provided(
                        "it has to run within the build",
                        inPipeline(
                                        "let that derivation out of the sandbox, and build it with `--option sandbox relaxed`")
                                .put("__noChroot = true;")));
    }

    private static Part invite(String organization) {
        return provided(
                organization + " is not among them",
                haveDone("have one of its administrators invite you")
                        .chainloop("organization member invitation create --receiver EMAIL --org " + organization));
    }

    /** A name is resolved by what the place is told to ask. */
    private static Part resolveName() {
        return rows(
                when(state -> state.wrongHost().isPresent()).then(CureTable::checkAddress),
                when(state -> state.place() == Place.NIX).then(CureTable::leaveSandbox),
                when(State::lacksNameServer)
                        .also(
                                step("Run the command where there is a network: outside of the sandbox, or in a container that"
                                                + " was not started with `--network none`; a machine's own name server is started again. This"
                                                + " shows which name servers are known there")
                                        .run("cat /etc/resolv.conf")),
                when(state -> state.lacksNameServer() && state.place() != Place.BUILD)
                        .end(),
                always().also(
                                step("See whether the host's name in the message is right, and known where the command ran")
                                        .run(state -> (state.place() == Place.POD
                                                        ? "kubectl run dns --rm -it --image=busybox -- nslookup "
                                                        : "getent hosts ")
                                                + state.hostLookedUp())),
                when(state -> !state.container().enter().isEmpty())
                        .also(provided(
                                "only the container does not know it",
                                step("give it a name server that does, also by \"dns\" in /etc/docker/daemon.json")
                                        .run(state -> state.container().enter().split(" ", 2)[0]
                                                + " run --dns NAMESERVER IMAGE"))),
                when(state -> state.place() == Place.BUILD)
                        .also(provided(
                                "only the build does not know it",
                                step("let it use the machine's network").run("docker build --network host ."))),
                when(state -> state.place() == Place.POD)
                        .also(provided(
                                "only the pod does not know it",
                                step("look at the cluster's name server, and at network policies for port 53")
                                        .run("kubectl -n kube-system logs -l k8s-app=kube-dns"))));
    }

    /** The value as it stands, what it must be, and where. */
    private static Part correctAddress(Host.Mistake mistake) {
        String fault = ", which is \"" + mistake.written() + "\" and must be \"" + mistake.meant() + "\"";
        return rows(
                unless(State::hostFromVariable)
                        .then(step("Correct `control-plane.api` in the config file" + fault)
                                .chainloop("config save --control-plane " + mistake.meant())),
                when(State::canLogIn)
                        .then(step("Correct " + Host.VARIABLE + fault + ", here and where it is set")
                                .says((shell, state) -> shell.exportWord(Host.VARIABLE, mistake.meant()))),
                always().also(step(state -> "Correct " + Host.VARIABLE + fault + state.settingIn()
                                + ", or where that takes it from")
                        .sets(Host.VARIABLE, state -> mistake.meant())),
                when(State::restartsThere).also(haveRead()));
    }

    /** Whose role it is: at a terminal the reader's, in a job that of whoever's login it sends. */
    private static Part askForRole() {
        return rows(
                when(State::canLogIn)
                        .also(haveDone(
                                        "Ask an organization's administrator for a role that allows it; a new token will not"
                                                + " help. The administrator runs this (`member` may attest, `admin` manage)")
                                .chainloop(ROLES)),
                unless(State::canLogIn)
                        .also(haveDone(
                                        "Have an administrator of the organization give the owner of the login that was sent a"
                                                + " role that allows it (`member` may attest, `admin` manage); logging in again will not help")
                                .chainloop(ROLES)),
                when(State::contractsAreRestricted).then(CureTable::liftRestriction),
                when(State::canLogIn).end(),
                always().also(provided(
                        "it is a job that makes attestations",
                        haveDone(state ->
                                        "have the administrator create an API token, which needs no role; store it as "
                                                + state.kept() + state.orAnew(", and "))
                                .run(state -> state.away()
                                        .create(
                                                state.newName(),
                                                state.target(),
                                                state.demand().expiration())))));
    }

    /** The organization's switch that imposes it, and what else the message lets through. */
    private static Part liftRestriction() {
        return rows(
                always().also(provided(
                        "others are to create contracts, too",
                        haveDone("have the administrator lift the organization's restriction")
                                .run(state -> state.away()
                                        .of("organization update --name " + state.organizationOfCommand()
                                                + " --restrict-contract-creation=false")))),
                when(State::serviceAccountsCreateContracts)
                        .also(provided(
                                "a program is to create them",
                                haveDone("have the administrator create an API token of the whole organization for it")
                                        .run(state -> state.away()
                                                .create(
                                                        state.newName(),
                                                        new Commands.Target(
                                                                Optional.empty(),
                                                                Optional.of(state.organizationOfCommand())),
                                                        state.demand().expiration())))));
    }

    private static Part askForWiderToken() {
        return rows(
                when(State::canLogIn)
                        .then(
                                step(
                                        "use a token of the whole organization, or log in: API tokens may do less than people")),
                always().then(inPipeline(state -> "have whoever keeps " + state.kept()
                        + " replace it by one of the whole organization, or run that command on your own machine, logged"
                        + " in: API tokens may do less than people")));
    }

    private static Part useInScope() {
        return rows(
                unless(state -> state.isApiToken() && state.judged()).then(CureTable::useOfUnknownToken),
                when(State::ofOneWorkflow).then(() -> useInScope("workflow", "the token's own", State::projectOfToken)),
                when(State::ofOneProduct)
                        .then(() -> useInScope(
                                "project",
                                "one of the token's product",
                                state -> state.projectOfCommand().or(() -> Optional.of("")))),
                always().then(() -> useInScope(
                        "project",
                        "the token's own",
                        state -> state.projectOfCommand().or(() -> Optional.of("")))));
    }

    /** Nothing is known of the token that was sent, but which project the command named. */
    private static Part useOfUnknownToken() {
        return rows(
                given(State::projectOfCommand).then(CureTable::inProject),
                always().then(step("Use a token of the organization, project or workflow that the command names")));
    }

    private static Part inProject(String name) {
        return all(
                provided(
                        "the project " + (name.isEmpty() ? "of the command" : name) + " is meant",
                        TokenTable.creation(state -> new Commands.Target(Optional.of(name), Optional.empty()))),
                provided("the token's own project is meant", step("name that one with `--project` in the command")));
    }

    /** Only what is not limited to a project makes one: a person with the role, or a token of the organization. */
    private static Part createProject() {
        return rows(
                given(state -> state.projectOfToken().filter(Form::isLabel))
                        .also(own -> provided(
                                "the command names the wrong project",
                                step("name the token's own with `--project " + own + "`"))),
                always().also(provided(
                        state -> otherProject(state) + " is meant",
                        haveDone(
                                        "have it created first, by a person who may or with a token of the whole organization; its"
                                                + " first workflow makes it")
                                .chainloop("workflow create --name WORKFLOW --project PROJECT --org ORGANIZATION"))),
                always().also(provided(
                        state -> otherProject(state) + " exists",
                        TokenTable.creation(state -> new Commands.Target(
                                state.projectOfCommand().or(() -> Optional.of("")),
                                state.apiToken()
                                        .flatMap(api -> api.organization().name()))))));
    }

    private static String otherProject(State state) {
        return state.projectOfCommand()
                .filter(name -> !name.isEmpty())
                .map(Form::quoted)
                .orElse("the project of the command");
    }

    private static Part useInScope(String what, String own, Function<State, Optional<String>> project) {
        return all(
                provided(
                        "the command names the wrong " + what,
                        step(state -> "name " + own + " with `--" + what
                                + state.projectOfToken()
                                        .filter(name -> what.equals("project") && Form.isLabel(name))
                                        .map(name -> " " + name)
                                        .orElse("")
                                + "`")),
                provided(
                        "the other " + what + " is meant",
                        TokenTable.creation(state -> new Commands.Target(
                                project.apply(state),
                                state.apiToken().orElseThrow().organization().name()))));
    }

    /** A passphrase is a secret, and handed in as the token is. */
    private static Part giveSigningPassword() {
        return rows(
                when(State::canLogIn)
                        .then(step(
                                "Set CHAINLOOP_SIGNING_PASSWORD to the passphrase of the key that `--key` names, and run"
                                        + " the command again")),
                always().also(step(state -> "Store the passphrase of the key that `--key` names as "
                                + state.keptAs("CHAINLOOP_SIGNING_PASSWORD") + ", hand it in"
                                + " and run the command again")
                        .at(Where.PIPELINE)
                        .put(state -> state.secretLines("CHAINLOOP_SIGNING_PASSWORD", "PASSPHRASE"))));
    }

    /** The later commands get the state as a file, or by the attestation's ID from the server. */
    private static Part handOnState() {
        return rows(
                when(state -> state.says(Detail.REMOTE_STATE))
                        .then(step("Name the attestation in each command after `attestation init`")
                                .at(State::there)
                                .put(state -> List.of("--attestation-id "
                                        + state.said(Detail.ATTESTATION_ID).orElse("ID")))),
                always().also(step(state ->
                                "Run all of the attestation's commands in one step; or give `attestation init`,"
                                        + " `add`, `status` and `push` the same file for the state, "
                                        + state.handingOnState())
                        .at(State::there)
                        .put(state -> List.of("--local-state-path " + state.ownStateFile()))),
                always().also(provided(
                        "no file can be handed on",
                        step("keep the state on the server, and name the attestation by the ID that this prints"
                                        + " (`--attestation-id ID`) in `add`, `status` and `push`")
                                .chainloop("attestation init --remote-state --workflow WORKFLOW --project PROJECT"))));
    }

    /** Replacing the state of a build that still runs would destroy its attestation. */
    private static Part separateAttestations() {
        return all(
                provided(
                        "builds may run at the same time",
                        step(state ->
                                        "give each a file of its own for the state, in `attestation init`, `add`, `status` and"
                                                + " `push`")
                                .at(State::there)
                                .put(state -> List.of("--local-state-path " + state.ownStateFile()))),
                provided(
                        "no build needs the open attestation any more",
                        step("replace it; that destroys it for a build which still runs")
                                .chainloop("attestation init --replace --workflow WORKFLOW --project PROJECT")));
    }

    /** A job needs an API token, best one of its project. */
    private static Part prepareAttestation() {
        return all(
                provided("you only try it out", step("your login will do")),
                provided(
                        "a job attests",
                        TokenTable.creation(state -> new Commands.Target(Optional.of(""), Optional.empty()))));
    }

    /** An API token cannot manage tokens of the whole organization; a person can. */
    private static Part nameProject() {
        return rows(
                always().also(step("Add `--project` with the project's name to the command")),
                when(State::isApiToken)
                        .also(provided("a token of the whole organization is meant", TokenTable.person())));
    }
}
