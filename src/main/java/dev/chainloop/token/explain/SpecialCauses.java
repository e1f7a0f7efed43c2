package dev.chainloop.token.explain;

import dev.chainloop.token.advice.Detail;
import dev.chainloop.token.core.ApiToken;
import dev.chainloop.token.core.Audience;
import dev.chainloop.token.core.Form;
import dev.chainloop.token.core.Token;
import dev.chainloop.token.diagnosis.Cure;
import dev.chainloop.token.diagnosis.Finding;
import dev.chainloop.token.diagnosis.Inspection;
import dev.chainloop.token.diagnosis.Lookalike;
import dev.chainloop.token.diagnosis.Rule;
import dev.chainloop.token.diagnosis.Status;
import dev.chainloop.token.explain.Cause.Weight;
import dev.chainloop.token.source.Look;
import dev.chainloop.token.source.SourceKind;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Causes that need more than a kind or a finding, each a part of the row that names it. The findings of the row's rules
 * are among the causes already.
 */
final class SpecialCauses {
    /** How far apart two clocks may be that are both right enough. */
    private static final long NEAR_SECONDS = 86_400;

    private SpecialCauses() {}

    /** The certificate has ended, or the clock that says so is wrong: its time and the certificate's tell which. */
    static void certificate(Facts facts, Causes causes) {
        Optional<String> said = Optional.ofNullable(facts.testimony.details().get(Detail.CERTIFICATE_TIME));
        String[] words = said.orElse("").split(" ", -1);
        Optional<Instant> clock = instant(words[0]);
        Optional<Instant> end = instant(words[words.length - 1]);
        if (clock.isEmpty() || end.isEmpty()) {
            causes.likely("It was not renewed in time.", Cure.RENEW_CERTIFICATE);
            causes.likely("The clock of that machine is wrong.", Cure.SET_CLOCK_THERE);
            return;
        }
        Instant now = facts.inspection.at();
        boolean early = said.orElseThrow().contains("before");
        boolean ahead = clock.get().isAfter(now.plusSeconds(NEAR_SECONDS));
        boolean begun = !end.get().isAfter(now.plusSeconds(NEAR_SECONDS));
        if (early ? begun : ahead) {
            causes.certain(
                    "The clock of that machine is wrong: it said " + words[0] + (early ? ", before the" : ", after the")
                            + " certificate " + (early ? "begins (" : "ends (") + words[words.length - 1] + ").",
                    Cure.SET_CLOCK_THERE);
        } else {
            causes.certain(
                    early
                            ? "It is valid only from " + words[words.length - 1] + " on."
                            : "It ended at " + words[words.length - 1] + ", and was not renewed in time.",
                    Cure.RENEW_CERTIFICATE);
        }
    }

    /** Why the CLI could not fetch the CI provider's keys, as the end of the message says. */
    static void providerUnreachable(Facts facts, Causes causes) {
        String fault = facts.detail(Detail.PROVIDER_FAULT);
        if (fault.startsWith("x509: ")) {
            causes.certain(
                    "The CLI does not trust the certificate of GitLab itself: " + fault
                            + ". The control plane's certificate is another matter.",
                    Cure.TRUST_GITLAB);
        } else {
            causes.certain(
                    "The job cannot reach GitLab itself over HTTPS"
                            + (fault.isEmpty() ? ", or does not trust its certificate." : ": " + fault + "."),
                    Cure.REACH_GITLAB);
        }
    }

    /** A command that the text shows tells for certain whether `--token` took a word of it. */
    static void emptyOption(Facts facts, Causes causes) {
        String taken = facts.detail(Detail.TAKEN_FOR_TOKEN);
        if (!taken.isEmpty()) {
            causes.certain(
                    "`--token` had no value, and took `" + taken
                            + "` as one, as the text shows: the variable after it was empty where the command ran.",
                    Cure.LEAVE_OUT_OPTION);
        } else if (facts.says("needs an argument")) {
            causes.certain(
                    "The variable after `--token`, where the command ends, was empty where it ran.",
                    Cure.LEAVE_OUT_OPTION);
        } else {
            causes.likely("The variable after `--token` was empty where the command ran.", Cure.LEAVE_OUT_OPTION);
            causes.likely("The word before this one is missing, such as `attestation`.", null);
        }
    }

    /** An image that the text shows pushed is there, so that only the login can be what the registry refuses. */
    static void registry(Facts facts, Causes causes) {
        String host = facts.detail(Detail.REGISTRY);
        String repository = facts.detail(Detail.REPOSITORY);
        String image = host + "/" + repository;
        if (!facts.detail(Detail.STORE).isEmpty()) {
            causes.certain(
                    "The artifact store logs in there with the credentials of its CAS backend, which are refused, or may"
                            + " not read and write that repository; a login of this machine has no part in it.",
                    Cure.LOG_IN_TO_REGISTRY);
        } else if (host.isEmpty()) {
            causes.certain(
                    "The image is private or its name is wrong, and this machine is not logged in to the registry.",
                    Cure.LOG_IN_TO_REGISTRY);
        } else if (image.equals(facts.detail(Detail.PUSHED))) {
            causes.certain(
                    "The CLI has no login at " + host + " that may read " + repository
                            + ", which the text shows pushed there, as with another login.",
                    Cure.LOG_IN_TO_REGISTRY);
        } else {
            causes.certain(
                    "The CLI has no login at " + host + " that may read "
                            + (repository.isEmpty() ? "the image" : repository)
                            + "; or no image has that name there.",
                    Cure.LOG_IN_TO_REGISTRY);
        }
    }

    static void killed(Facts facts, Causes causes) {
        if (facts.says("137") || facts.says("illed")) {
            causes.likely("There was not enough memory: that is what ends a command with 137 or `killed`.", null);
        } else if (facts.says("longer than")) {
            causes.certain("The job ran out of its time.", Cure.RUN_LONGER);
        } else if (facts.says("runner")) {
            causes.likely(
                    "The runner was shut down, or lost: its machine was taken away, or had no resources left.",
                    Cure.RUN_LONGER);
        } else {
            causes.likely("The job was canceled, or ran out of its time.", Cure.RUN_LONGER);
        }
    }

    static void notStarted(Facts facts, Causes causes) {
        if (facts.says("Permission denied")) {
            causes.certain("The user who runs it may not execute the file, or its file system forbids that.", null);
        } else if (facts.says("Exec format") || facts.says("cannot execute")) {
            causes.certain("The file is for another system or processor, or was not loaded whole.", null);
        } else if (facts.says("busy")) {
            causes.certain("The file was being written when it was started.", null);
        } else {
            causes.likely("It is not installed where that ran, or its folder is not in that PATH.", null);
        }
    }

    static void proxyRefusal(Facts facts, Causes causes) {
        String status = facts.detail(Detail.PROXY_STATUS);
        if (status.startsWith("5")) {
            causes.certain("The proxy itself cannot reach the server (" + status + ").", Cure.OPEN_PROXY);
        } else if (status.startsWith("4")) {
            causes.certain("The proxy does not allow that host, or that port (" + status + ").", Cure.OPEN_PROXY);
        }
    }

    /** A sandbox may tell of itself in a variable. */
    static void connectionForbidden(Facts facts, Causes causes) {
        if (facts.inAgentsSandbox()) {
            causes.certain(
                    "Codex ran the command in its sandbox, which has no network: $CODEX_SANDBOX_NETWORK_DISABLED is 1.",
                    Cure.ALLOW_CONNECTION);
        } else {
            causes.certain(
                    "A rule of that machine forbids it: a sandbox, such as an AI agent's, seccomp, SELinux, the local"
                            + " firewall or a network policy.",
                    Cure.ALLOW_CONNECTION);
        }
    }

    /** What ended the handshake, as the end of the message says. */
    static void handshake(Facts facts, Causes causes) {
        String end = facts.detail(Detail.HANDSHAKE_END);
        if (end.startsWith("x509:")) {
            causes.certain("The server's certificate is not acceptable: " + end + ".", Cure.RENEW_CERTIFICATE);
        } else if (end.startsWith("remote error: tls:")) {
            causes.certain(
                    "What answers refused the connection: "
                            + end.substring("remote error: ".length())
                            + (end.contains("certificate")
                                    ? ". It wants a certificate of the client, of which the CLI has none: it is a proxy or"
                                            + " a gateway, or not the control plane."
                                    : ". It does not serve that host's name, or speaks another version of TLS."),
                    Cure.CHECK_ADDRESS);
        } else if (end.isEmpty()) {
            causes.likely(
                    "If its end begins with `x509:`, the server's certificate is not acceptable, in the way that it says.",
                    Cure.RENEW_CERTIFICATE);
            causes.likely(
                    "Otherwise, what answers ended the connection: a proxy, a firewall, or a service that is not the"
                            + " control plane.",
                    Cure.CHECK_ADDRESS);
        } else {
            causes.likely(
                    "What answers takes the connection and ends it before there is TLS (" + end
                            + "): a proxy, a firewall, a load balancer with nothing behind it, or a port without TLS.",
                    Cure.CHECK_ADDRESS);
        }
    }

    /** What the text last shows of the attestation tells whether it was begun, and whether it had ended. */
    static void attestationNotFound(Facts facts, Causes causes) {
        boolean onServer = facts.says("attestation state");
        Optional<String> last = Optional.ofNullable(facts.testimony.details().get(Detail.ATTESTATION))
                .filter(shown -> !onServer);
        if (last.isEmpty()) {
            causes.certain("`attestation init` was not run here, or its state is kept elsewhere.", null);
        } else if (!last.get().contains("nitialized")) {
            causes.certain("The attestation had ended before: the text shows \"" + last.get() + "\".", null);
        } else {
            causes.certain(
                    facts.testimony.details().containsKey(Detail.REMOTE_STATE)
                            ? "The attestation's state is on the server, and the command looked for a local one, as it does without"
                                    + " `--attestation-id`."
                            : facts.testimony.tells(Detail.CONTAINER_RUN)
                                    ? "The attestation's state is a file, by default in the folder for temporary files of the container in"
                                            + " which `attestation init` ran. The later command ran in another container, which has"
                                            + " none of that one's files."
                                    : "The attestation's state is a file, by default in the folder for temporary files where `attestation init` ran."
                                            + " The later command ran where that file is not: in another step, container, job or"
                                            + " machine, or with another path.",
                    Cure.HAND_ON_STATE);
            causes.ruledOut("a missing `attestation init`: the text shows that it succeeded");
        }
    }

    /** The CLI says so of whatever call the control plane does not know. */
    static void keylessSigning(Facts facts, Causes causes) {
        String server =
                "The control plane" + facts.controlPlane().map(" "::concat).orElse("");
        if (facts.detail(Detail.ARGUMENTS).contains(" --key")) {
            causes.likely(
                    server
                            + " is older than the CLI: the command named a key, so it lacks another call that a push makes.",
                    Cure.MATCH_VERSIONS);
        } else {
            causes.certain(
                    server
                            + " answered \"Unimplemented\" to the request for a certificate, which `attestation push` makes"
                            + " where no `--key` is given.",
                    Cure.SIGN_WITH_KEY);
        }
    }

    /** The key's passphrase is in a variable of Chainloop's own; what else is wrong with it lies in the key. */
    static void signingKey(Facts facts, Causes causes) {
        String variable = facts.detail(Detail.KEY_VARIABLE);
        if (facts.says("env var")) {
            causes.certain(
                    "`--key` names " + (variable.isEmpty() ? "a variable" : "$" + variable)
                            + ", which is not set where the command ran.",
                    Cure.GIVE_SIGNING_KEY);
        } else if (!facts.says("decrypt") && !facts.says("pass phrase")) {
            causes.certain(
                    "What `--key` names is not a private key in PEM: a public key or another file, or its line ends were lost.",
                    Cure.GIVE_SIGNING_KEY);
        } else if (facts.lacksVariable("CHAINLOOP_SIGNING_PASSWORD")) {
            causes.likely(
                    "The key's passphrase is missing: $CHAINLOOP_SIGNING_PASSWORD is not set here"
                            + (facts.lacksVariable("COSIGN_PASSWORD")
                                    ? ""
                                    : ", and the CLI does not read $COSIGN_PASSWORD, which is")
                            + ".",
                    Cure.GIVE_SIGNING_PASSWORD);
        } else {
            causes.likely(
                    "The key's passphrase, which the CLI reads from $CHAINLOOP_SIGNING_PASSWORD, is missing or is that of"
                            + " another key.",
                    Cure.GIVE_SIGNING_PASSWORD);
        }
    }

    /** A page is a web server's; what else refuses may be a proxy. */
    static void webServer(Facts facts, Causes causes) {
        String status = facts.detail(Detail.PAGE_STATUS);
        Optional<String> address = facts.testimony.tells(Detail.STORE) ? facts.store() : facts.controlPlane();
        causes.certain(
                status.isEmpty()
                        ? "The address is that of a web page or has the wrong port, or a proxy on the way answered itself"
                                + " (401 and 403: it wants a login of its own)."
                        : "A web server answered with a page (" + status + ")"
                                + address.map(" at "::concat).orElse("")
                                + ": that is not the address of gRPC, or what is in front of it does not pass gRPC on.",
                null);
    }

    /** Which method it was, and of what version the CLI is. */
    static void methodUnknown(Facts facts, Causes causes) {
        String method = facts.detail(Detail.METHOD);
        String server = facts.detail(Detail.SERVER_VERSION);
        causes.likely(
                "The server is " + (server.isEmpty() ? "" : server + ", ") + "older than the CLI"
                        + facts.testimony
                                .told()
                                .version()
                                .map(version -> ", which is " + version)
                                .orElse("")
                        + (method.isEmpty() || method.startsWith("NAME ")
                                ? "."
                                : ": it does not have " + method.replace(" for service ", " of ") + " yet."),
                Cure.MATCH_VERSIONS);
    }

    /** Which name server was asked, and whether it answered, tells what is wrong. */
    static void nameUnknown(Facts facts, Causes causes) {
        Optional<Resolver> resolver = Optional.of(facts.detail(Detail.RESOLVER))
                .filter(address -> !address.isEmpty())
                .map(Resolver::new);
        boolean answered = facts.says("no such host") || facts.says("zero addresses");
        boolean failed = facts.says("server misbehaving");
        if (resolver.isEmpty()) {
            causes.likely("The name is misspelled, or the name server that was asked does not know it.", null);
            causes.likely(
                    "That name server cannot be reached, or does not answer: the place's network or DNS is broken.",
                    null);
        } else if (answered) {
            causes.likely(
                    "The name is misspelled, or the name server that was asked ("
                            + resolver.get().named()
                            + ") does not know it: names of a private network are known only there.",
                    null);
        } else if (!failed && resolver.get().isPlaceItself()) {
            causes.certain(
                    "Nothing answers at " + resolver.get().named()
                            + ", the place itself, which Go asks where no name server is named: a sandbox or a container"
                            + " without network is like that, or a machine whose own name server is down.",
                    null);
        } else {
            causes.certain(
                    "The name server that was asked (" + resolver.get().named() + ") "
                            + (failed
                                    ? "could not find the name out: what it asks in turn does not answer, or does not have"
                                            + " that name."
                                    : "does not answer: the place's network or DNS is broken, not the address."),
                    null);
        }
    }

    /**
     * A name server as a message names it.
     *
     * @param address its address and port; hostile
     */
    private record Resolver(String address) {
        boolean isPlaceItself() {
            return address.startsWith("[::1]") || address.startsWith("127.0.0.1:");
        }

        String named() {
            return address
                    + (address.startsWith("127.0.0.11:")
                            ? ", Docker's own, which passes questions on to the host's"
                            : address.startsWith("127.0.0.53:") ? ", systemd-resolved" : "");
        }
    }

    /** The store of one installation does not know the key of another's control plane. */
    static void storeRefuses(Facts facts, Causes causes) {
        Optional<String> store = facts.store();
        if (facts.mixesInstallations()) {
            causes.likely(
                    "The CLI uses the artifact store " + store.orElseThrow() + facts.storeFrom()
                            + " with the control plane "
                            + facts.controlPlane().orElseThrow()
                            + ": they are of two installations, and a store knows only its own control plane's key.",
                    Cure.NAME_STORE);
        } else if (facts.says("expired")) {
            causes.likely(
                    "That token lasts 30 seconds: the transfer began too late, or the clocks of the control plane and the"
                            + " store differ (Chainloop #1533, #1539).",
                    Cure.TRY_AGAIN);
        } else {
            causes.likely(
                    "The address of the store is that of another installation than the control plane's"
                            + store.map(address -> ": it is " + address + facts.storeFrom())
                                    .orElse("")
                            + ".",
                    Cure.NAME_STORE);
            causes.hidden(
                    "The store may have another public key than the one of its control plane's private key.",
                    Cure.ASK_ADMINISTRATOR);
        }
    }

    private static Optional<Instant> instant(String text) {
        try {
            return text.isEmpty()
                    ? Optional.empty()
                    : Optional.of(OffsetDateTime.parse(text).toInstant());
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    static void issuerNotFound(Facts facts, Causes causes) {
        String named = facts.name.orElse("");
        Optional<String> own = facts.inspection.issuer();
        if (!named.isEmpty() && facts.hasToken() && !named.equalsIgnoreCase(own.orElse(null))) {
            String has = own.map(one -> "has the issuer " + one).orElse("names no issuer");
            causes.clear(Alibi.because(has + ", but the message names " + named));
        }
        if (facts.namesProvider() || causes.isCleared()) {
            causes.add(ofIssuer(facts));
        } else {
            turnedAway(facts, causes);
        }
        if (!named.isEmpty()) {
            causes.ruledOut("a missing token: the message names the issuer of the one that was sent");
        }
        if (!facts.namesProvider() && facts.inspection.hasSeveralAudiences()) {
            causes.ruledOut(
                    "several audiences in the token: the server issues no such token, and treating audiences as a set (pull"
                            + " request #2828) does not change this message (#2812)");
        }
    }

    /** Why the token with the issuer that the message names is refused, wherever that token is. */
    static Cause ofIssuer(Facts facts) {
        Optional<Lookalike> stranger = Lookalike.ofIssuer(facts.name.orElse(""));
        if (stranger.isPresent()) {
            return ofStranger(stranger.get());
        }
        return facts.testimony.isRequested()
                ? new Cause(
                        Weight.LIKELY,
                        "No $CHAINLOOP_TOKEN reached the command, so the CLI requested a federated token; and the repository"
                                + " or the CI provider is not enrolled with the organization. A self-hosted open-source"
                                + " control plane cannot enroll any.",
                        Cure.ENROLL)
                : facts.namesProvider() || facts.isRequested()
                        ? new Cause(
                                Weight.NOT_VISIBLE,
                                "The repository or the CI provider is not enrolled with the organization. A self-hosted"
                                        + " open-source control plane cannot enroll any.",
                                Cure.ENROLL)
                        : new Cause(
                                Weight.NOT_VISIBLE,
                                "The token that was sent had expired, was signed with another secret, or has an audience that the"
                                        + " server does not know.",
                                null);
    }

    private static Cause ofStranger(Lookalike stranger) {
        return new Cause(
                Weight.LIKELY,
                "What was sent" + stranger.what().substring("it".length())
                        + ". Chainloop accepts only its own tokens, and those of GitHub and GitLab.",
                Cure.CREATE_API_TOKEN);
    }

    /** Why the control plane's checks refuse a token where no other check follows. */
    static void ownChecks(Facts facts, Causes causes) {
        if (!facts.isKind(Audience.GENERIC)) {
            turnedAway(facts, causes);
        }
    }

    /** Why each of the control plane's checks refuses a token. */
    static void turnedAway(Facts facts, Causes causes) {
        if (causes.isCertain()) {
            causes.hidden("It may also have been signed with another secret.", null);
        } else if (facts.stranger().isPresent()) {
            causes.add(ofStranger(facts.stranger().get()));
        } else if (facts.isKind(Audience.GENERIC)) {
            causes.add(
                    facts.isRequested()
                            ? ofIssuer(facts)
                            : new Cause(
                                    Weight.NOT_VISIBLE,
                                    "The CI provider or the repository is not enrolled with the organization. A self-hosted"
                                            + " open-source control plane cannot enroll any.",
                                    Cure.ENROLL));
        } else {
            causes.left(
                    "It was not signed with the server's secret: it comes from another installation, its signature is"
                            + " damaged, or the secret has changed (`chainloop-token help secret`). Nothing else in it"
                            + " explains the refusal.",
                    Cure.CHECK_CONTROL_PLANE);
        }
    }

    /** What else the message may mean of a token that is not seen to have expired. */
    static Optional<Cause> perhapsExpired(Facts facts) {
        boolean old = facts.says("authentication") && !facts.testimony.tellsReasons();
        return facts.isExpired()
                ? Optional.empty()
                : Optional.of(new Cause(
                        Weight.NOT_VISIBLE,
                        "Whether it had expired, or was not valid yet, even if only by a second"
                                + (old ? "; CLIs before v1.89.7 say this of every refusal." : "."),
                        null));
    }

    static void expired(Facts facts, Causes causes) {
        if (causes.isCertain() || !facts.hasToken()) {
            return;
        }
        Optional<Finding> worst = facts.diagnosis.firstError();
        if (worst.isPresent() && facts.says("authentication")) { // The CLI's words, not the server's.
            causes.likely(worst.get().message(), worst.get().cure());
            return;
        }
        boolean ends = facts.hasExpClaim();
        if (facts.says("authentication") && !facts.testimony.tellsReasons()) {
            causes.likely(
                    "CLIs before v1.89.7 say this whenever the server refuses a token, whatever its reason (Chainloop #2922, #2945).",
                    Cure.UPDATE_CLI);
            causes.likely(
                    "If the CLI is newer, a different token was sent"
                            + (ends ? ", or this machine's clock is wrong." : ": this one never expires."),
                    Cure.ASK_SERVER);
            return;
        }
        if (ends) {
            causes.likely("By this machine's clock it has not expired, but that clock may be wrong.", Cure.SET_CLOCK);
        }
        causes.likely(
                (ends ? "If the clock is right," : "It has no exp claim and never expires, so")
                        + " a different token was sent.",
                Cure.ASK_SERVER);
        causes.hidden(
                "If an upload or a download failed, the expired token is the artifact store's own, which lasts 30 seconds"
                        + " (Chainloop #1533, #1539).",
                Cure.TRY_AGAIN);
    }

    static void missing(Facts facts, Causes causes) {
        Inspection inspection = facts.inspection;
        if (facts.evidence.isMinted()) {
            causes.likely(
                    "The command was not one of `chainloop attestation`; only those use a federated token, and a"
                            + " self-hosted open-source control plane accepts none.",
                    Cure.HAND_IN);
        }
        if (inspection.status() == Status.NONE) {
            return;
        }
        Optional<Finding> worst = facts.diagnosis.firstError();
        if (inspection.isFrom(SourceKind.GITLAB) && worst.isPresent()) {
            boolean told = worst.get().rule() == Rule.UNKNOWN_AUDIENCE;
            String dropped = told ? "" : " The CLI silently drops such a token in $GITLAB_OIDC.";
            causes.certain(worst.get().message() + dropped, worst.get().cure());
            return;
        }
        Optional<Cause> lost = facts.lostOnTheWay();
        if (lost.isPresent()) {
            causes.clear(Alibi.because("was not handed on"));
            causes.add(lost.get());
            return;
        }
        causes.clear(Alibi.because("would have been sent"));
        causes.likely(
                "The command ran where this token is not visible: as another user, in another job or container, or with"
                        + " another HOME.",
                Cure.LOOK_THERE);
        if (facts.isKind(Audience.GENERIC)) {
            causes.likely(
                    "The command was not one of `chainloop attestation`; only those use a federated token.",
                    Cure.CREATE_API_TOKEN);
        }
    }

    static void loginWithoutTerminal(Facts facts, Causes causes) {
        causes.certain("Nobody can log in where there is no terminal.", null);
        if (facts.isKind(Audience.API_TOKEN)) {
            causes.ruledOut("the token here: it is an API token, which needs no login");
        }
    }

    static void tokenRequired(Facts facts, Causes causes) {
        if (facts.evidence.search().looked(SourceKind.ENVIRONMENT).orElse(null) instanceof Look.Found) {
            causes.likely(
                    "The command ran where $CHAINLOOP_TOKEN is not visible: in another job, step or container.",
                    Cure.HAND_IN);
        } else {
            causes.certain("$CHAINLOOP_TOKEN is not set here, and a CLI that old reads nothing else.", Cure.UPDATE_CLI);
        }
    }

    static void outdated(Facts facts, Causes causes) {
        ApiToken api = (ApiToken) Objects.requireNonNull(facts.inspection.token());
        String what = what(facts, api);
        if (limit(api, what).isPresent()) {
            causes.likely(
                    "The " + what + " was created again or moved after this token was created.",
                    Cure.REPLACE_API_TOKEN);
        } else {
            causes.clear(Alibi.because("names no " + what));
        }
    }

    static void scope(Facts facts, Causes causes) {
        ApiToken api = (ApiToken) Objects.requireNonNull(facts.inspection.token());
        if (api.isOfInstance()) {
            causes.clear(Alibi.because("is for the whole instance"));
            return;
        }
        if (api.isOfProduct() && !facts.says("organization")) {
            causes.likely(
                    "This token is for a product, to which the " + (facts.says("workflow") ? "workflow" : "project")
                            + " that the command names may not belong.",
                    Cure.USE_IN_SCOPE);
            return;
        }
        String what = what(facts, api);
        Token.Named limit = limit(api, what);
        boolean limited = limit.isPresent() || (what.equals("project") && api.isOfProject());
        boolean organization = what.equals("organization");
        if (!limited || (organization && !facts.says(what))) {
            causes.clear(Alibi.because("is not limited to a " + (organization ? "part of its organization" : what)));
        } else if (facts.name.isPresent()
                && limit.name()
                        .filter(own -> !own.equalsIgnoreCase(facts.name.get()))
                        .isPresent()) {
            causes.clear(Alibi.because(
                    "is for the " + what + " " + Form.quoted(limit.name().get())));
        } else {
            causes.certain(
                    limit.name()
                            .map(own -> "This token is for the " + what + " " + Form.quoted(own) + " only"
                                    + named(facts, what) + ".")
                            .orElse("This token is for one " + what + " only, which it does not name"
                                    + named(facts, what) + "."),
                    organization ? Cure.USE_OWN_ORGANIZATION : Cure.USE_IN_SCOPE);
        }
    }

    /** What the command names instead, as far as the text shows that. */
    private static String named(Facts facts, String what) {
        Optional<String> named = what.equals("project")
                ? facts.otherProject()
                : what.equals("workflow") ? facts.otherWorkflow() : facts.otherOrganization();
        return named.map(other -> ", and " + other).orElse("");
    }

    /** What the command names that the API token is not for. */
    static void outOfScope(Facts facts, Causes causes) {
        if (!(facts.inspection.token() instanceof ApiToken api)) {
            return;
        }
        facts.otherOrganization()
                .ifPresent(other -> causes.likely(
                        "This token works in " + own(api.organization()) + " only, and " + other
                                + ", which the server ignores with an API token.",
                        Cure.USE_OWN_ORGANIZATION));
        facts.otherProject()
                .ifPresent(other -> causes.likely(
                        "This token is for the project " + own(api.project()) + " only, and " + other + ".",
                        Cure.USE_IN_SCOPE));
        facts.otherWorkflow()
                .ifPresent(other -> causes.likely(
                        "This token is for the workflow " + own(api.workflow()) + " only, and " + other + ".",
                        Cure.USE_IN_SCOPE));
    }

    private static String own(Token.Named claim) {
        return Form.quoted(claim.name().orElse(""));
    }

    /** A project that does not exist is made by the first attestation, but not with a token of another project. */
    static void projectCreation(Facts facts, Causes causes) {
        if (!(facts.inspection.token() instanceof ApiToken api)) {
            return;
        }
        if (api.isOfProject()) {
            String own = api.project()
                    .name()
                    .map(name -> "the project " + Form.quoted(name))
                    .orElse("one project");
            causes.certain(
                    "This token is for " + own + " only, so it may create none"
                            + facts.otherProject()
                                    .map(other -> "; " + other + ", which does not exist yet")
                                    .orElse("; the command names one that does not exist yet")
                            + ".",
                    Cure.CREATE_PROJECT);
        } else if (!api.isOfProduct() && !api.isOfInstance()) {
            causes.clear(Alibi.because("is for the whole organization, and may create projects"));
        }
    }

    /** What the message is about; if it does not say, the narrowest part that the token is for. */
    private static String what(Facts facts, ApiToken api) {
        for (String one : List.of("organization", "workflow", "project")) {
            if (facts.says(one)) {
                return one;
            }
        }
        return api.workflow().isPresent() ? "workflow" : api.isOfProject() ? "project" : "organization";
    }

    private static Token.Named limit(ApiToken api, String what) {
        return what.equals("workflow") ? api.workflow() : what.equals("project") ? api.project() : api.organization();
    }

    static void authType(Facts facts, Causes causes) {
        if (causes.isCertain() || !facts.hasToken()) {
            return;
        }
        if (facts.isKind(Audience.GENERIC)) {
            causes.likely(
                    "Those two versions of the CLI do not know federated tokens (Chainloop #2160).", Cure.UPDATE_CLI);
        } else {
            causes.clear(Alibi.because("has a type"));
        }
    }

    static void notAMember(Facts facts, Causes causes) {
        String name = facts.evidence.search().config().organization().orElse("");
        if (!name.isEmpty()) {
            causes.likely(
                    "The config file names "
                            + (Form.isLabel(name) ? "the organization " + Form.quoted(name) : "an organization")
                            + "; the user is not in it, or its name is spelled differently.",
                    Cure.CHOOSE_ORGANIZATION);
        }
    }

    static Optional<Cause> homeAtRoot(Facts facts) {
        return facts.testimony.tells(Detail.ROOT)
                ? Optional.of(new Cause(
                        Weight.CERTAIN,
                        "HOME is / or not set there: the CLI's folder would be /.config/chainloop.",
                        null))
                : Optional.empty();
    }

    static void configBroken(Facts facts, Causes causes) {
        if (facts.evidence.search().looked(SourceKind.CONFIG).orElse(null) instanceof Look.Unreadable broken) {
            causes.certain("The config file here cannot be used: " + broken.why() + ".", Cure.of(broken.obstacle()));
            return;
        }
        causes.clear(new Alibi("the config file here: it is not broken"));
        causes.likely(
                "A different file was read: another user's, one in another HOME, or the one given with `--config`.",
                Cure.LOOK_THERE);
        causes.likely(
                "Another chainloop command was writing the file just then: the CLI rewrites it in place.",
                Cure.TRY_AGAIN);
    }

    static void lineEnd(Facts facts, Causes causes) {
        if (facts.hasToken() && (!causes.isCertain() || !facts.isUnsendable())) {
            causes.clear(Alibi.because("contains no line end and no control character"));
            causes.hidden("A proxy that does not speak HTTP/2 causes the same error.", null);
        }
    }
}
