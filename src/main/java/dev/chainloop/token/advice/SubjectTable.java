package dev.chainloop.token.advice;

import static dev.chainloop.token.advice.StepRow.haveDone;
import static dev.chainloop.token.advice.StepRow.step;
import static dev.chainloop.token.advice.Table.all;
import static dev.chainloop.token.advice.Table.always;
import static dev.chainloop.token.advice.Table.given;
import static dev.chainloop.token.advice.Table.provided;
import static dev.chainloop.token.advice.Table.rows;
import static dev.chainloop.token.advice.Table.unless;
import static dev.chainloop.token.advice.Table.when;

import dev.chainloop.token.source.Place;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What to do about each subject that is not the token. */
final class SubjectTable {

    private static final String STATE_FILE = "/chainloop-attestation.tmp.json";

    private SubjectTable() {}

    static Part of(Subject subject) {
        return switch (subject) {
            case ANOTHER_SERVER ->
                step("See whether the server that the message names, which is not the control plane, answers where the"
                                + " command ran, with the same proxy and authorities")
                        .run(state -> "curl -sSI " + state.said(Detail.URL).orElse("URL"));
            case ANOTHER_SERVICE ->
                rows(
                        when(state -> state.says(Detail.STORE)).then(SubjectTable::storage),
                        when(state -> state.says(Detail.EXPIRED_THERE)).then(SubjectTable::renewedThere),
                        when(state -> state.says(Detail.MISSING_THERE))
                                .then(step(
                                        "Correct the name, the region or the account of what the command uses there: that"
                                                + " service does not have it under this name")),
                        always().then(
                                        step(
                                                "Give the user, role or key that the message names, or that the command uses there, the"
                                                        + " right that is missing; the credentials are that service's, not Chainloop's")));
            case API_TOKENS ->
                asked("See which API tokens exist, and name the one that is meant")
                        .run(
                                state -> state.managing().list()
                                        + " -o json |\n  jq -r '.[] | [.id, .name, .scopedEntity.name // \"\", .expiresAt // \"never\"] | @tsv'");
            case ARTIFACTS ->
                asked("See whether the organization has it, and how it was attested")
                        .chainloop("discover --digest sha256:DIGEST");
            case ATTESTATIONS -> step("See what the attestation still lacks").chainloop("attestation status --full");
            case CAS_BACKEND ->
                rows(
                        unless(state -> state.says(Detail.BACKEND)).then(SubjectTable::backends),
                        when(state -> state.said(Detail.BACKEND)
                                        .filter("INLINE"::equalsIgnoreCase)
                                        .isPresent())
                                .then(SubjectTable::insteadOfInline),
                        always().then(SubjectTable::raisedLimit));
            case COMMAND -> CommandTable.part();
            case CONFIG_FILE ->
                step("See which config file is read, and what it holds").chainloop("config view");
            case CONNECTION ->
                step("See whether the control plane can be reached from here: its address, a proxy on the way, the"
                                + " certificate")
                        .run("chainloop-token ask");
            case CONTRACTS ->
                rows(
                        when(state -> state.says(Detail.RUNNER)).then(SubjectTable::runner),
                        when(state -> state.says(Detail.CONTRACT_FAULT)).then(SubjectTable::mendedContract),
                        always().then(
                                        step("See what the contract demands; `attestation init --dry-run` tries it without recording anything")
                                                .chainloop("workflow contract list")));
            case FILES -> file();
            case LOGINS ->
                step("See who you are logged in as, and in which organization").chainloop("organization describe");
            case MATERIALS ->
                rows(
                        when(state -> state.says(Detail.MISSING_MATERIALS)).then(SubjectTable::missingMaterials),
                        given(SubjectTable::wantedStandard).then(SubjectTable::otherStandard),
                        always().then(
                                        step("See that the file is whole, and of the kind that `--kind` or the contract names; this"
                                                        + " lists the contract's materials")
                                                .chainloop("attestation status --full")));
            case ORGANIZATIONS ->
                asked("See which organizations are yours, and which is chosen").chainloop("organization list");
            case PLUGINS -> step("See which plugins are installed").chainloop("config plugin list");
            case POLICIES ->
                rows(
                        when(state -> state.says(Detail.GATE)).then(SubjectTable::gate),
                        always().then(step("See which policy is violated, and by what")
                                .chainloop("attestation status")));
            case PROJECTS_AND_MEMBERS ->
                asked("See who is a member, with which role").chainloop("organization member list");
            case PROJECTS ->
                asked("See which projects there are, by their workflows").chainloop("workflow list");
            case PROJECT_VERSIONS ->
                rows(
                        when(state -> state.says(Detail.RELEASED_VERSION)).then(SubjectTable::nextVersion),
                        always().then(step(
                                "Name the version by `--version` of `attestation init`, or as `projectVersion`"
                                        + " in .chainloop.yml; a new name makes a new version")));
            case REGISTRY ->
                step("See whether the name of the image is right, and whether a tool that is logged in to its registry can"
                                + " read it")
                        .run("docker manifest inspect IMAGE");
            case REQUEST -> step("Correct what the message says of the command's names and options, and run it again");
            case RUNNERS -> runner();
            case SIGNATURES -> step("Give the key that signed it, or is to sign, by `--key`");
            case STORED_CREDENTIALS ->
                haveDone("Ask whoever runs the control plane: it cannot use the store of its credentials");
            case WORKFLOWS ->
                asked("See which workflows there are, and in which project").chainloop("workflow list");
            case WORKFLOW_RUNS ->
                asked("See which runs there are, and in which state").chainloop("workflow workflow-run list");
        };
    }

    /** What the control plane is asked: a person does that here, where a job is read about. */
    private static StepRow asked(String sentence) {
        return step(state -> state.isRead()
                        ? "On your own machine, logged in, " + Character.toLowerCase(sentence.charAt(0))
                                + sentence.substring(1)
                        : sentence)
                .at(state -> state.isRead() ? Step.Where.OWN_MACHINE : Step.Where.HERE);
    }

    /** What the operating system refused: a right, a name, or space. */
    private static Part file() {
        return rows(
                when(state -> state.said(Detail.FILE_ERROR).orElse("").startsWith("permission denied"))
                        .then(SubjectTable::refusedFile),
                when(state -> state.said(Detail.FILE_ERROR).orElse("").startsWith("no such file"))
                        .then(step(state -> "See that the file is there where the command ran"
                                        + (path(state).startsWith("/") ? "" : ", in the folder that it ran in")
                                        + ", and that the step that makes it ran before")
                                .commands(state -> List.of("ls -ld " + path(state)))),
                always().then(
                                step("See whether the file can be read or written where the command ran, and whether there is"
                                                + " space")
                                        .run("df -h . /tmp")));
    }

    private static Part refusedFile() {
        return rows(
                when(state -> path(state).endsWith(STATE_FILE)).then(SubjectTable::refusedState),
                given(SubjectTable::anotherOwner)
                        .then(owner -> step(state -> "Give the file, which belongs to " + owner
                                        + ", to the user who runs"
                                        + " the command, " + user(state).orElse("USER") + "; or have " + orRoot(owner)
                                        + " remove it if nobody needs it")
                                .run(state -> "sudo chown " + user(state).orElse("USER") + " " + path(state))),
                always().then(
                                step("See whose the file is and who runs the command; one that `sudo` or another user made is"
                                                + " given to the one who runs it (`sudo chown`), or removed")
                                        .commands(state -> List.of("id -un", "ls -ld " + path(state)))));
    }

    /** All jobs of a machine that have no folder of their own for temporary files share one file. */
    private static Part refusedState() {
        return all(
                step(state -> "Give this attestation a state file of its own, the same in `attestation init`,"
                                + " `add`, `status` and `push`; the one in the message "
                                + anotherOwner(state)
                                        .map(owner -> "belongs to " + owner)
                                        .orElse("is perhaps another user's")
                                + user(state)
                                        .map(user -> ", and " + user + " may not open it")
                                        .orElse(""))
                        .at(State::there)
                        .put(state -> List.of("--local-state-path " + state.ownStateFile())),
                provided(
                        "the attestation in that file is no longer needed",
                        step(state -> "have "
                                        + orRoot(anotherOwner(state).orElse("the file's owner (`ls -l` shows it)"))
                                        + " remove it instead, until a job of that user makes it anew")
                                .run(state -> "rm " + path(state))));
    }

    private static String orRoot(String owner) {
        return owner.equals("root") ? owner : owner + " or root";
    }

    /** The owner of the file, where the log shows that as another than the user who ran the command. */
    private static Optional<String> anotherOwner(State state) {
        String path = path(state);
        Optional<String> owner = state.said(Detail.LISTING)
                .filter(line -> {
                    String name = line.substring(line.lastIndexOf(' ') + 1);
                    return path.equals(name) || path.endsWith("/" + name);
                })
                .map(line -> line.substring(0, line.indexOf(' ')));
        return owner.or(() -> state.said(Detail.STATE_OWNER).filter(one -> path.endsWith(STATE_FILE)))
                .filter(one -> user(state).filter(one::equals).isEmpty());
    }

    private static Optional<String> user(State state) {
        return state.said(Detail.RUNNING_USER);
    }

    private static String path(State state) {
        return state.said(Detail.FILE).orElse("FILE");
    }

    private static Part backends() {
        return asked("See which backend is invalid, or over its limit").chainloop("cas-backend list --full");
    }

    /** The inline backend's limit cannot be changed. */
    private static Part insteadOfInline() {
        return all(
                haveDone(
                                "Ask an administrator for a backend that stores files of that size, and to make it the default: the"
                                        + " inline one takes 500K and no more. In S3, for example (`oci` and `azure-blob` are the other"
                                        + " kinds)")
                        .chainloop(
                                "cas-backend add aws-s3 --name BACKEND --bucket BUCKET --region REGION --access-key-id"
                                        + " \"$AWS_ACCESS_KEY_ID\" --secret-access-key \"$AWS_SECRET_ACCESS_KEY\" --default"),
                step("Then begin the attestation again"));
    }

    /** The artifact store reaches its backend with that backend's own credentials, whoever runs the command. */
    static Part storage() {
        return rows(
                when(state -> state.says(Detail.EXPIRED_THERE) || state.says(Detail.BAD_KEY_THERE))
                        .then(SubjectTable::backendCredentials),
                when(state -> state.says(Detail.MISSING_THERE))
                        .then(haveDone(
                                        "Ask an administrator to see whether the bucket or container of the CAS backend, and"
                                                + " what was stored there, still exists; the list shows its name")
                                .chainloop("cas-backend list --full")),
                always().also(
                                haveDone(
                                        "Ask whoever runs the storage to give the user or key of the CAS backend the right that is"
                                                + " missing: the artifact store uses the backend's credentials, not yours or the job's")),
                always().also(provided("the backend is to have other credentials", backendCredentials())));
    }

    static Part backendCredentials() {
        return haveDone("Ask an administrator to give the CAS backend, whose name is in the list, new credentials")
                .commands(state -> List.of(
                        state.own().of("cas-backend list"),
                        state.own().of("cas-backend update " + credentials(state))));
    }

    /** The options of `cas-backend update` by which a kind gets credentials. */
    private static String credentials(State state) {
        String service = state.said(Detail.STORAGE).orElse("");
        return service.contains("S3")
                ? "aws-s3 --name BACKEND --access-key-id \"$AWS_ACCESS_KEY_ID\" --secret-access-key"
                        + " \"$AWS_SECRET_ACCESS_KEY\""
                : service.contains("blob")
                        ? "azure-blob --name BACKEND --tenant \"$AZURE_TENANT_ID\" --client-id \"$AZURE_CLIENT_ID\" --client-secret"
                                + " \"$AZURE_CLIENT_SECRET\""
                        : service.isEmpty()
                                ? "KIND --help"
                                : "oci --name BACKEND --username USER --password \"$REGISTRY_PASSWORD\"";
    }

    /** Credentials of another service are renewed there, by a person in the way of the service. */
    private static Part renewedThere() {
        return rows(
                unless(state -> state.canLogIn() || state.awsProfile().isPresent())
                        .then(
                                step("Renew the credentials of that service where the job gets them, since they have expired, and"
                                                + " run the command again; no token of Chainloop's has to change")
                                        .at(State::there)),
                always().then(
                                step("Renew the credentials of that service, which have expired, and run the command again; no"
                                                + " token of Chainloop's has to change")
                                        .commands(SubjectTable::renewal)));
    }

    /** How a person logs in to a cloud again; nothing where it is none that is known. */
    private static List<String> renewal(State state) {
        String cloud = state.said(Detail.CLOUD).orElse("");
        return cloud.startsWith("gcp") || cloud.startsWith("oauth2")
                ? List.of("gcloud auth application-default login")
                : cloud.startsWith("azure") || cloud.startsWith("AADSTS")
                        ? List.of("az login")
                        : cloud.isEmpty()
                                ? List.of()
                                : List.of("aws sso login"
                                        + state.awsProfile()
                                                .map(profile -> " --profile " + profile)
                                                .orElse(""));
    }

    private static Part raisedLimit() {
        return all(
                haveDone(state -> "Ask an administrator to raise the backend's limit"
                                + state.said(Detail.BACKEND_LIMIT, ", which is %s")
                                + state.said(Detail.FILE_SIZE, ", above the file's %s")
                                + "; its name and kind are in the list")
                        .commands(state -> List.of(
                                state.own().of("cas-backend list"),
                                state.own()
                                        .of("cas-backend update " + kind(state) + " --name BACKEND --max-bytes SIZE"))),
                step("Run the command that failed again after that; or make the file smaller, or let the contract"
                        + " skip its upload (`skipUpload`)"));
    }

    /** The word of `cas-backend update` for a kind, which is not the one that the message has. */
    private static String kind(State state) {
        return switch (state.said(Detail.BACKEND).orElse("")) {
            case "OCI" -> "oci";
            case "AWS-S3" -> "aws-s3";
            case "AzureBlob" -> "azure-blob";
            default -> "KIND";
        };
    }

    /** An attestation that lacks something stays open. */
    private static Part missingMaterials() {
        return step("Add what is missing before the push: for each, a file, or the name of an image; the attestation is"
                        + " still open. The first command shows of which kind each must be")
                .at(State::there)
                .commands(state -> Stream.concat(
                                Stream.of("attestation status --full"),
                                state.said(Detail.MISSING_MATERIALS).stream()
                                        .flatMap(names -> Stream.of(names.split(",", -1)))
                                        .map(name -> "attestation add --name " + name.strip() + " --value FILE"))
                        .map(state::ofAttestation)
                        .map(state.own()::of)
                        .toList());
    }

    /** What the CLI expected of a bill of materials, where the text shows one made in another form. */
    private static Optional<String> wantedStandard(State state) {
        String made = state.said(Detail.SBOM_FORMAT).orElse("");
        return state.said(Detail.SBOM_STANDARD)
                .filter(wanted -> !made.isEmpty() && !made.equals(wanted) && !made.equals(wanted + "-json"));
    }

    private static Part otherStandard(String wanted) {
        boolean cyclonedx = wanted.equals("cyclonedx");
        return rows(
                always().also(step(state -> "Have the file made as "
                                + (cyclonedx
                                        ? "CycloneDX in JSON (`-o cyclonedx-json` of Syft, `--format cyclonedx` of Trivy)"
                                        : "SPDX in JSON (`-o spdx-json` of Syft, `--format spdx-json` of Trivy)")
                                + ", and add it again"
                                + state.said(Detail.SBOM_FORMAT, "; the text shows it made as `%s`"))
                        .at(State::there)),
                when(SubjectTable::madeForOtherKind)
                        .also(provided(
                                "the contract takes the other standard",
                                step("add the file that there is with `--kind "
                                        + (cyclonedx ? "SBOM_SPDX_JSON" : "SBOM_CYCLONEDX_JSON") + "` instead"))));
    }

    private static boolean madeForOtherKind(State state) {
        return state.said(Detail.SBOM_FORMAT)
                .filter(made -> made.equals("spdx-json") || made.equals("cyclonedx-json"))
                .isPresent();
    }

    /** A gate stops the command after the attestation was stored. */
    private static Part gate() {
        return all(
                step(state -> "Repair what the policy"
                        + state.said(Detail.GATE, " %s")
                        + " found"
                        + violation(state).orElse(" (the lines before the message name it)")
                        + ", and attest again from `attestation init` to"
                        + " `push`; the attestation with the violation was stored all the same"),
                provided(
                        "it has to pass as an exception, of which an operator is notified",
                        step("push it by `chainloop attestation push --exception-bypass-policy-check`")));
    }

    private static Optional<String> violation(State state) {
        return state.said(Detail.VIOLATION)
                .filter(line -> state.said(Detail.GATE).filter(line::startsWith).isPresent())
                .map(line -> " (" + line + ")");
    }

    private static Part nextVersion() {
        return step(state -> "Name the next version, as this one takes no more attestations: by"
                + state.said(Detail.VERSION_FILE)
                        .map(file -> " `projectVersion` in " + file + ", where it came from, or by `--version`")
                        .orElse(
                                " `--version` of `attestation init`, or by `projectVersion` in .chainloop.yml if it comes"
                                        + " from there"));
    }

    /** A contract's kinds are those of the CLI's option. */
    private static Part mendedContract() {
        return rows(
                when(SubjectTable::lacksMaterialType)
                        .then(step(state -> "Correct the contract's file: the server says `"
                                        + state.said(Detail.CONTRACT_FAULT, "%s")
                                        + "`, so that type is absent, or none that it knows."
                                        + " This lists the types of materials, at `--kind`")
                                .run("chainloop attestation add --help")),
                always().then(step(state -> "Correct the contract's file: the server says `"
                        + state.said(Detail.CONTRACT_FAULT, "%s") + "`")));
    }

    private static boolean lacksMaterialType(State state) {
        String fault = state.said(Detail.CONTRACT_FAULT).orElse("");
        return fault.contains("materials[") && fault.contains(".type: value must not be in list [0]");
    }

    private static Part runner() {
        return all(
                step(state -> "Run it on "
                        + state.said(Detail.RUNNER)
                                .map(type -> "a runner of type " + type + ", which the contract demands")
                                .orElse("the runner that the contract names")
                        + (state.canLogIn()
                                ? ", or try it here with `attestation init --dry-run`, which records nothing"
                                : "")),
                provided(
                        "it belongs where it ran",
                        haveDone(state -> "have whoever maintains the contract change its `runner`"
                                        + runnerType(state.place())
                                                .map(type -> " to `type: " + type + "`")
                                                .orElse("")
                                        + ", or leave that out")
                                .chainloop("workflow contract update --name CONTRACT --contract FILE")));
    }

    /** What contracts call the runner of a place. */
    private static Optional<String> runnerType(Place place) {
        return switch (place) {
            case GITHUB -> Optional.of("GITHUB_ACTION");
            case GITLAB -> Optional.of("GITLAB_PIPELINE");
            case AZURE -> Optional.of("AZURE_PIPELINE");
            case JENKINS -> Optional.of("JENKINS_JOB");
            case CIRCLECI -> Optional.of("CIRCLECI_BUILD");
            case DAGGER -> Optional.of("DAGGER_PIPELINE");
            case TEAMCITY -> Optional.of("TEAMCITY_PIPELINE");
            case TEKTON -> Optional.of("TEKTON_PIPELINE");
            default -> Optional.empty();
        };
    }

    /** What is first done about something that is looked up where the token belongs. */
    static Part lookup() {
        return rows(
                given(State::organizationMeant).then(TokenTable::inOrganization),
                always().then(step("Compare the token's organization and project with those that the command means")
                        .commands(state -> state.isRead() ? List.of() : List.of("chainloop-token"))));
    }
}
