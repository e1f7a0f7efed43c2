package dev.chainloop.token.advice;

import static dev.chainloop.token.advice.StepRow.haveDone;
import static dev.chainloop.token.advice.StepRow.inPipeline;
import static dev.chainloop.token.advice.StepRow.step;
import static dev.chainloop.token.advice.Table.all;
import static dev.chainloop.token.advice.Table.always;
import static dev.chainloop.token.advice.Table.given;
import static dev.chainloop.token.advice.Table.provided;
import static dev.chainloop.token.advice.Table.rows;
import static dev.chainloop.token.advice.Table.unless;
import static dev.chainloop.token.advice.Table.when;

import dev.chainloop.token.source.Host;
import dev.chainloop.token.source.Place;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The steps around the control plane: how the CLI connects to it, and the attestations that it keeps. */
final class ServerTable {
    private static final String REMOTELY = "attestation init --remote-state --workflow WORKFLOW --project PROJECT";
    private static final String CONTRACT = " --name CONTRACT --contract FILE";
    private static final String INSTALLER = "curl -sfL https://dl.chainloop.dev/cli/install.sh | bash -s -- --version ";

    private ServerTable() {}

    // ---------- connections

    /**
     * A token that was signed with another secret is damaged, of another installation, or older than the server's secret.
     * Only a token of this installation is worth replacing.
     */
    static Part checkControlPlane() {
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

    static Part trustAuthority() {
        return rows(
                when(State::ofStore)
                        .then(settingAnew(ServerTable::trusting, "CHAINLOOP_ARTIFACT_CAS_API_CA", state -> "FILE")),
                always().then(settingAnew(ServerTable::trusting, "CHAINLOOP_CONTROL_PLANE_API_CA", state -> "FILE")));
    }

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

    /** What an older server does not know, it may do by another command. */
    static Part matchVersions() {
        return rows(
                when(State::appliesContract)
                        .also(
                                step("Until the control plane is upgraded, create each contract, or update the one that exists")
                                        .run(state -> state.shell()
                                                .or(
                                                        state.own().of("workflow contract create" + CONTRACT),
                                                        state.own().of("workflow contract update" + CONTRACT)))),
                unless(state -> state.says(Detail.SERVER_VERSION))
                        .also(step("See both versions, and use a CLI that is not newer than the control plane")
                                .chainloop("version")),
                always().also(inPipeline(state ->
                                "Install the CLI in the control plane's version, and keep it at that until the control plane is"
                                        + " upgraded"
                                        + (state.says(Detail.SERVER_VERSION) ? "" : " (`Server Version` above)"))
                        .at(State::there)
                        .commands(state -> List.of(
                                INSTALLER + state.said(Detail.SERVER_VERSION).orElse("VERSION")))));
    }

    static Part speakPlainly() {
        return all(
                provided(
                        "it is the right server, such as a local one without TLS",
                        settingAnew(
                                "have the CLI speak plain text, too (like `--insecure`)",
                                "CHAINLOOP_API_INSECURE",
                                state -> "true")),
                provided("it is not", checkAddress()));
    }

    static Part checkAddress() {
        return rows(
                when(State::ofStore)
                        .then(step("Check the artifact store's address (--artifact-cas, CHAINLOOP_ARTIFACT_CAS_API, or"
                                + " `artifact-cas.api` in the config file), which is HOST:PORT of gRPC without https://, and any"
                                + " proxy on the way")),
                given(State::portOutside).then(ServerTable::outside),
                given(State::wrongHost).then(ServerTable::correctAddress),
                given(State::controlPlaneOfSameDomain)
                        .also(own -> provided(
                                "the control plane of this machine is meant, which is of the same domain",
                                inPipeline(state -> "name that one" + state.settingIn())
                                        .sets(Host.VARIABLE, state -> own))),
                always().then(step("Check the address (--control-plane, CHAINLOOP_CONTROL_PLANE_API, or"
                        + " `control-plane.api` in the config file), which is HOST:PORT of gRPC without https://, and any"
                        + " proxy on the way")));
    }

    /** From within a container, the machine has another name. */
    private static Part outside(String port) {
        return all(
                step(
                        "If the control plane listens on the machine itself, run the container in the machine's network (on"
                                + " Linux: `--network host`), or name the machine as containers do: `-e "
                                + Host.VARIABLE
                                + "=host.docker.internal:" + port + "` (on Linux with `--add-host"
                                + " host.docker.internal:host-gateway`)"),
                step(
                        "If it runs in a container, too, run this one in that one's network (`--network NETWORK`), and name"
                                + " its service in place of `localhost`"));
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

    /** A name is resolved by what the place is told to ask. */
    static Part resolveName() {
        return rows(
                when(state -> state.wrongHost().isPresent()).then(ServerTable::checkAddress),
                when(state -> state.place() == Place.NIX).then(ServerTable::leaveSandbox),
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

    /** The address that is in the config file is changed there, and a job's in its settings. */
    static Part nameStore() {
        String sentence =
                "Name the artifact store of the control plane's own installation, whose address its operator knows";
        return rows(
                when(State::storeInConfig)
                        .also(step(sentence + ", in the config file, which has another")
                                .chainloop("config save --artifact-cas HOST:PORT")),
                unless(State::storeInConfig)
                        .also(settingAnew(
                                sentence + " (like `--artifact-cas`, or `artifact-cas.api` in the config file)",
                                "CHAINLOOP_ARTIFACT_CAS_API",
                                state -> "HOST:PORT")),
                always().also(step("Then run the command that failed again: the open attestation is kept")));
    }

    static Part reachServer() {
        return step(state -> "Check that " + state.machine()
                + " may reach the " + (state.ofStore() ? "artifact store's" : "control plane's")
                + " address and port: its network, a VPN, a firewall, the proxy in"
                + " HTTPS_PROXY");
    }

    /** What forbids a connection is on the machine itself. */
    static Part allowConnection() {
        return rows(
                when(state -> state.says(Detail.NO_NETWORK)
                                || (state.isHere() && state.here().inAgentsSandbox()))
                        .then(all(
                                step(
                                        "Run the command outside of the sandbox: in your own terminal, or let Codex run it there"
                                                + " when it asks"),
                                provided(
                                        "all that Codex runs may use the network",
                                        inPipeline("allow that in ~/.codex/config.toml")
                                                .put("[sandbox_workspace_write]", "network_access = true")))),
                always().then(step(state -> "Run the command outside of the sandbox, or have it allowed on "
                        + state.machine()
                        + " to connect to " + state.addressOfControlPlane()
                        + ", where that is forbidden: in the sandbox, the firewall, the network policy or SELinux")));
    }

    /** The address of a proxy with its password is a secret, and handed in as the token is. */
    static Part passProxy() {
        return rows(
                when(State::canLogIn)
                        .also(step("Put the user and the password into the proxy's address")
                                .sets("HTTPS_PROXY", State::proxy)),
                unless(State::canLogIn)
                        .also(inPipeline(state ->
                                        "Store the proxy's address with its user and password, " + state.proxy()
                                                + ", as " + state.keptAs("HTTPS_PROXY")
                                                + (state.proxyLines().isEmpty() ? "" : ", and hand it in"))
                                .put(State::proxyLines)),
                when(State::restartsThere).also(haveRead()),
                always().also(withoutProxy()));
    }

    static Part openProxy() {
        return all(
                haveDone(state ->
                        "Have whoever runs the proxy" + state.said(Detail.PROXY, " (%s)") + " let it open tunnels"
                                + " (CONNECT) to " + state.addressOfControlPlane() + ", and keep them open for HTTP/2"),
                withoutProxy());
    }

    private static Part withoutProxy() {
        return provided(
                "the control plane can be reached without the proxy",
                step(state -> "name its host in NO_PROXY instead" + state.settingIn())
                        .exempts());
    }

    /** A proxy is passed by; a load balancer is in front of the control plane for everybody. */
    static Part passHttp2() {
        return all(
                provided(
                        "a proxy that the CLI is told of inspects TLS",
                        rows(
                                always().also(step(state -> "name the control plane's host in NO_PROXY"
                                                + state.settingIn() + state.orAnew(", and "))
                                        .exempts()),
                                when(State::restartsThere).also(haveRead()))),
                haveDone("Otherwise, have the proxy pass that host through unopened, or have the load balancer speak"
                                + " HTTP/2 on that port; this then prints \"ALPN protocol: h2\"")
                        .run(state ->
                                "openssl s_client -alpn h2 -connect " + state.addressOfControlPlane() + " </dev/null"));
    }

    static Part trustGitlab() {
        return all(
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

    static Part haveRead() {
        return inPipeline("Have that read").commands(State::restart);
    }

    // ---------- attestations

    /** The list comes with `attestation init`, and what an update names takes the place of all that were in it. */
    static Part allowHost() {
        return all(
                haveDone("Have an administrator of the organization allow the host to policies, beside those that"
                                + " `organization describe` shows (separated by commas: this replaces the list)")
                        .commands(state -> List.of(state.own()
                                .of("organization update --name " + state.organizationOfCommand()
                                        + " --policies-allowed-hostnames " + state.hostOfPolicy()))),
                step("Then begin the attestation again, from `attestation init`, which fetches the list"
                        + " (`--allowed-hostnames` is an option of `policy develop eval` only)"));
    }

    /** A job needs an API token, best one of its project. */
    static Part prepareAttestation() {
        return all(
                provided("you only try it out", step("your login will do")),
                provided(
                        "a job attests",
                        TokenTable.creation(state -> new Commands.Target(Optional.of(""), Optional.empty()))));
    }

    /** The later commands get the state as a file, or by the attestation's ID from the server. */
    static Part handOnState() {
        return rows(
                when(state -> state.says(Detail.REMOTE_STATE))
                        .then(step("Name the attestation in each command after `attestation init`")
                                .at(State::there)
                                .put(state -> List.of("--attestation-id "
                                        + state.said(Detail.ATTESTATION_ID).orElse("ID")))),
                always().also(step(state -> "Run all of the attestation's commands in one "
                                + (state.inContainers() ? "container" : "step")
                                + "; or give `attestation init`,"
                                + " `add`, `status` and `push` the same file for the state, "
                                + state.handingOnState())
                        .at(State::there)
                        .put(state -> List.of("--local-state-path " + state.ownStateFile()))),
                always().also(provided(
                        state -> state.inContainers() ? "no folder is mounted" : "no file can be handed on",
                        step("keep the state on the server, and name the attestation by the ID that this prints"
                                        + " (`--attestation-id ID`) in `add`, `status` and `push`")
                                .run(state -> state.runInContainer()
                                                .map(run -> run + " ")
                                                .orElse("")
                                        + state.own().of(state.ofAttestation(REMOTELY))))));
    }

    /** Replacing the state of a build that still runs would destroy its attestation. */
    static Part separateAttestations() {
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

    /** The state of the attestation is kept, so only the push is done again. */
    static Part signWithKey() {
        String sentence =
                "Push again with a key of your own, and its passphrase in CHAINLOOP_SIGNING_PASSWORD (`--key` takes"
                        + " the file of a cosign key, `env://NAME` for a variable with its PEM text, or a KMS's reference); the"
                        + " attestation is still open";
        Function<State, List<String>> push = state -> List.of("chainloop attestation push --key cosign.key"
                + (state.says(Detail.REMOTE_STATE)
                        ? " --attestation-id "
                                + state.said(Detail.ATTESTATION_ID).orElse("ID")
                        : ""));
        return rows(
                when(State::canLogIn).also(step(sentence).commands(push)),
                unless(State::canLogIn).also(inPipeline(sentence).put(push)),
                always().also(
                                provided(
                                        "it is to be signed without a key",
                                        haveDone(
                                                "have whoever runs the control plane set up a certificate authority for keyless signing"))));
    }

    /** A passphrase is a secret, and handed in as the token is. */
    static Part giveSigningKey() {
        return rows(
                given(state -> state.said(Detail.KEY_VARIABLE)).then(ServerTable::setSigningKey),
                always().also(
                                step("Give the private key by `--key`: a file, or `env://NAME` with the whole PEM text in that"
                                                + " variable")
                                        .at(State::there)));
    }

    private static Part setSigningKey(String variable) {
        return rows(
                when(State::canLogIn)
                        .then(step("Set " + variable + " to the whole PEM text of the private key, and run the command"
                                + " again")),
                always().also(inPipeline(state -> "Store the whole PEM text of the private key as "
                                + state.keptAs(variable) + ", hand it in and run the command again")
                        .put(state -> state.secretLines(variable, "KEY"))));
    }

    static Part giveSigningPassword() {
        return rows(
                when(State::canLogIn)
                        .then(step(
                                "Set CHAINLOOP_SIGNING_PASSWORD to the passphrase of the key that `--key` names, and run"
                                        + " the command again")),
                always().also(inPipeline(state -> "Store the passphrase of the key that `--key` names as "
                                + state.keptAs("CHAINLOOP_SIGNING_PASSWORD") + ", hand it in"
                                + " and run the command again")
                        .put(state -> state.secretLines("CHAINLOOP_SIGNING_PASSWORD", "PASSPHRASE"))));
    }
}
