package dev.chainloop.token.explain;

import dev.chainloop.token.advice.Detail;
import dev.chainloop.token.advice.Passage;
import dev.chainloop.token.diagnosis.Cure;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;

/**
 * Causes of what happens on the way to a server, and of how it answers there. Each is a part of the row that names it; the
 * findings of the row's rules are among the causes already.
 */
final class ConnectionCauses {
    /** How far apart two clocks may be that are both right enough. */
    private static final long NEAR_SECONDS = 86_400;

    private ConnectionCauses() {}

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

    static void unreachable(Facts facts, Causes causes) {
        String port = facts.detail(Detail.LOOPBACK);
        boolean contained =
                !facts.detail(Detail.CONTAINER_RUN).isEmpty() || Passage.runsContainer(facts.detail(Detail.STARTED_BY));
        causes.certain(
                !port.isEmpty() && contained
                        ? "In a container, `localhost` is the container itself, where nothing listens at port " + port
                                + "."
                        : "The address is wrong, nothing listens there, or a proxy is in the way.",
                null);
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
}
